package instrument

import (
	"bytes"
	"fmt"
	"image/png"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

// maxPicture is the largest picture beside an instrument, in bytes: a page of five must still load on a slow line.
const maxPicture = 64 << 10

// maxPixels is the longest side of a PNG. Nothing is shown larger than 160 points, which are 480 pixels on the finest
// screens; and a small file can unfold to any size in a student's device.
const maxPixels = 1024

var pictureKind = assetKind{
	what: "picture", Code: "unknown-picture", limit: maxPicture, why: "make it smaller, so that the page loads on a slow line",
	types: []assetType{
		{endings: []string{".svg"}, media: "image/svg+xml", check: checkSVG},
		{endings: []string{".png"}, media: "image/png", check: checkPNG},
	},
	save: "save it as .svg or .png", none: "neither SVG nor PNG",
}

// BuiltinPictures are the names of the pictures that come with surveyd: five faces, from a frown to a smile.
func BuiltinPictures() []string { return []string{"face-1", "face-2", "face-3", "face-4", "face-5"} }

// picture reads the name of a built-in picture, or the path of a file beside the instrument.
func (l *loader) picture(n *yaml.Node) (name string, image *Asset) {
	s, ok := l.word(n, "a picture")
	if !ok {
		return s, nil
	}
	if path.Ext(s) != "" {
		return s, l.asset(n, s, &pictureKind)
	}
	for _, name := range BuiltinPictures() {
		if s == name {
			return s, nil
		}
	}
	hint := "write one of " + strings.Join(BuiltinPictures(), ", ") + ", or an SVG or PNG file beside this one"
	if !strings.HasPrefix(s, "face-") { // of a face that there is not, no other is nearer than the rest
		hint = diag.DidYouMean(s, BuiltinPictures(), hint)
	}
	l.errAt(n, "unknown-picture", fmt.Sprintf("there is no built-in picture %q", s), hint)
	return s, nil
}

func checkPNG(b []byte) error {
	if !bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")) {
		return &contentError{wrong: "is no PNG, whatever its name says", right: "save it as PNG; a new ending alone changes nothing"}
	}
	head, err := png.DecodeConfig(bytes.NewReader(b))
	if err == nil && (head.Width > maxPixels || head.Height > maxPixels) {
		return &contentError{wrong: fmt.Sprintf("is %d by %d pixels", head.Width, head.Height), right: fmt.Sprintf("at most %d on a side are needed on the finest screen", maxPixels)}
	}
	if err == nil {
		_, err = png.Decode(bytes.NewReader(b))
	}
	if err != nil {
		return &contentError{wrong: "is a broken PNG", right: "save it anew: a part of it is missing or damaged"}
	}
	return nil
}
