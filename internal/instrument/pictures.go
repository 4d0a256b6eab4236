package instrument

import (
	"fmt"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

// maxPicture is the largest picture beside an instrument, in bytes: a page of five must still load on a slow line.
const maxPicture = 64 << 10

// BuiltinPictures are the names of the pictures that come with surveyd: five faces, from a frown to a smile.
func BuiltinPictures() []string { return []string{"face-1", "face-2", "face-3", "face-4", "face-5"} }

// picture reads the name of a built-in picture, or the path of a file beside the instrument.
func (l *loader) picture(n *yaml.Node) string {
	s, ok := l.word(n, "a picture")
	if !ok {
		return s
	}
	ext := strings.ToLower(path.Ext(s))
	if ext == "" {
		for _, name := range BuiltinPictures() {
			if s == name {
				return s
			}
		}
		hint := "write one of " + strings.Join(BuiltinPictures(), ", ") + ", or an SVG or PNG file beside this one"
		if !strings.HasPrefix(s, "face-") { // of a face that there is not, no other is nearer than the rest
			hint = diag.DidYouMean(s, BuiltinPictures(), hint)
		}
		l.errAt(n, "unknown-picture", fmt.Sprintf("there is no built-in picture %q", s), hint)
		return s
	}
	if ext != ".svg" && ext != ".png" {
		l.errAt(n, "unknown-picture", fmt.Sprintf("the picture %q is neither SVG nor PNG", s), "save it as .svg or .png")
		return s
	}
	if path.IsAbs(s) || strings.Contains(s, `\`) || path.Clean(s) != s || strings.HasPrefix(s, "..") {
		l.errAt(n, "unknown-picture", fmt.Sprintf("the picture %q does not stand beside the instrument", s), "put it into the same folder or one below, and write its path with /")
		return s
	}
	if l.opt.Asset == nil {
		return s
	}
	size, err := l.opt.Asset(s)
	switch {
	case err != nil:
		l.errAt(n, "missing-file", fmt.Sprintf("the picture %q cannot be read", s), "put it beside the instrument, or correct its name")
	case size > maxPicture:
		l.errAt(n, "file-too-large", fmt.Sprintf("the picture %q has %d bytes", s, size), fmt.Sprintf("make it smaller than %d, so that the page loads on a slow line", maxPicture))
	}
	return s
}
