package instrument

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"surveyd/internal/diag"
)

// withPicture is base with a picture on one option; withAudio with recordings of one item.
func withPicture(name string) string {
	return strings.Replace(baseYAML(), "missing: true}", "missing: true, picture: "+name+"}", 1)
}

func withAudio(en, es string) string {
	return strings.Replace(baseYAML(), "es: \"Hago mates.\"}, responses: agree3", fmt.Sprintf("es: \"Hago mates.\"}, responses: agree3, audio: {en: %s, es: %s}", en, es), 1)
}

func silence(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/beside/silence.mp3")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// svg is a picture with something in it.
func svg(inside string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">` + "\n" + inside + "\n</svg>"
}

func pngOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// loadBeside loads base with one picture, whose bytes are given.
func loadBeside(name string, body []byte) (*Instrument, []diag.Diagnostic) {
	return Load("x.yaml", []byte(withPicture(name)), Options{Files: fstest.MapFS{name: {Data: body}}})
}

func TestPicturesAreTakenByWhatIsInThem(t *testing.T) {
	for what, p := range map[string]struct {
		name string
		body []byte
	}{
		"a drawing":                  {"a.svg", []byte(svg(`<path d="M1 1l7 7"/>`))},
		"a declaration and a mark":   {"a.svg", []byte("\ufeff<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- ours -->" + svg(""))},
		"parts that refer to others": {"a.svg", []byte(svg(`<defs><g id="x"/></defs><use href="#x"/><use xlink:href="#x"/><path style="fill: url(#x)" fill="url('#x')"/><style>p { fill: url("#x") }</style>`))},
		"pixels written out":         {"a.svg", []byte(svg(`<image href="data:image/png;base64,iVBORw0KGgo="/>`))},
		"what programs leave":        {"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://example.org/i" width="9" height="9"><i:view zoom="1"/><metadata/></svg>`)},
		"a PNG":                      {"a.png", pngOf(t, 20, 30)},
		"the largest PNG":            {"art/A.PNG", pngOf(t, 1024, 1024)},
	} {
		t.Run(what, func(t *testing.T) {
			in, list := loadBeside(p.name, p.body)
			if in == nil {
				t.Fatalf("it does not load:%s", say(list))
			}
			image := in.ResponseSets[0].Options[3].Image
			if image == nil || !bytes.Equal(image.Bytes, p.body) || image.Path != p.name || image.Extension() != strings.ToLower(filepath.Ext(p.name)) {
				t.Errorf("the picture is %+v", image)
			}
			if len(in.Assets) != 1 || in.Assets[0] != image {
				t.Errorf("the assets are %v", in.Assets)
			}
		})
	}
}

func TestAPictureThatCouldDoMoreThanBeSeenIsAnErrorThatSaysWhere(t *testing.T) {
	for what, p := range map[string]struct{ name, body, says string }{
		"a script":                  {"a.svg", svg(`<script>alert(1)</script>`), "a script (<script>) in line 2"},
		"a script with a prefix":    {"a.svg", strings.Replace(svg(`<s:script/>`), "<svg ", `<svg xmlns:s="http://www.w3.org/2000/svg" `, 1), "a script"},
		"an event handler":          {"a.svg", svg("<g/>\n<g onclick='x()'/>"), "an event handler (onclick) in line 3"},
		"an event handler in big":   {"a.svg", svg("<g ONLOAD='x()'/>"), "an event handler (ONLOAD)"},
		"a foreignObject":           {"a.svg", svg(`<foreignObject/>`), "a foreignObject"},
		"HTML":                      {"a.svg", svg(`<p xmlns="http://www.w3.org/1999/xhtml"/>`), "a piece of HTML (<p>)"},
		"a link":                    {"a.svg", svg(`<a href="#x"/>`), "a link"},
		"an animation":              {"a.svg", svg(`<g><animate attributeName="x"/></g>`), "an animation"},
		"another file":              {"a.svg", svg(`<image href="http://example.org/a.png"/>`), `a reference to another file ("http://example.org/a.png")`},
		"another file by xlink":     {"a.svg", svg(`<use xlink:href="b.svg#x"/>`), "a reference to another file"},
		"a picture in a picture":    {"a.svg", svg(`<image href="data:image/svg+xml,x"/>`), "a reference to another file"},
		"a style that loads":        {"a.svg", svg(`<style>p { fill: URL( "//example.org/x" ) }</style>`), "a style that loads another file"},
		"a style that imports":      {"a.svg", svg(`<style>@import "x.css";</style>`), "a style with @import"},
		"a style that hides it":     {"a.svg", svg(`<g style="fill: u\72l(x)"/>`), `a style with \`},
		"a colour that loads":       {"a.svg", svg(`<g fill="url(http://example.org/#a)"/>`), "a style that loads another file"},
		"a stylesheet":              {"a.svg", "<?xml-stylesheet href='x.css'?>" + svg(""), "a <?xml-stylesheet?>"},
		"a document type":           {"a.svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("&a;"), "a <!DOCTYPE>"},
		"an entity":                 {"a.svg", svg("&a;"), "not well-formed in line 2"},
		"a base":                    {"a.svg", svg(`<g xml:base="http://example.org"/>`), "an xml:base"},
		"a tag that never ends":     {"a.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g>`, "not well-formed in line 1"},
		"two of one attribute":      {"a.svg", svg(`<g id="a" id="b"/>`), "the attribute id twice"},
		"a prefix of nothing":       {"a.svg", svg(`<sodipodi:view/>`), "the prefix sodipodi:"},
		"two roots":                 {"a.svg", svg("") + svg(""), "a second root"},
		"text outside":              {"a.svg", svg("") + "x", "text outside"},
		"no namespace":              {"a.svg", `<svg viewBox="0 0 9 9"/>`, "without its namespace"},
		"another kind of XML":       {"a.svg", `<html/>`, "begins with <html>"},
		"nothing":                   {"a.svg", "", "has no <svg>"},
		"a PNG called SVG":          {"a.svg", string(pngOf(t, 2, 2)), "not well-formed"},
		"an SVG called PNG":         {"a.png", svg(""), "is no PNG"},
		"a PNG that breaks off":     {"a.png", string(pngOf(t, 200, 200)[:80]), "is a broken PNG"},
		"a PNG that is too wide":    {"a.png", string(pngOf(t, 1025, 1)), "is 1025 by 1 pixels"},
		"an encoding of yesteryear": {"a.svg", `<?xml version="1.0" encoding="ISO-8859-1"?>` + svg(""), "cannot be read"},
	} {
		t.Run(what, func(t *testing.T) {
			in, list := loadBeside(p.name, []byte(p.body))
			at := strings.Index(withPicture(p.name), p.name)
			line := 1 + strings.Count(withPicture(p.name)[:at], "\n")
			if in != nil || len(list) != 1 || list[0].Code != "broken-file" || list[0].Line != line {
				t.Fatalf("not one broken-file in line %d:%s", line, say(list))
			}
			if !strings.Contains(list[0].Message, p.says) || list[0].Hint == "" {
				t.Errorf("it says %q", list[0])
			}
		})
	}
}

func TestAFileOfTheRightKindThatMayDisappointIsWarnedOf(t *testing.T) {
	for what, c := range map[string]struct {
		src, name, says string
		body            []byte
	}{
		"a picture without a size":      {withPicture("a.svg"), "a.svg", "does not say its size", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>`)},
		"a recording with a title only": {withAudio("a.mp3", "a.mp3"), "a.mp3", "has a title, and behind it no sound", []byte("ID3\x04\x00\x00\x00\x00\x00\x05title")},
	} {
		in, list := Load("x.yaml", []byte(c.src), Options{Files: fstest.MapFS{c.name: {Data: c.body}}})
		if in == nil || len(in.Assets) != 1 || len(list) != 1 || list[0].Severity != diag.Warning || list[0].Code != "broken-file" ||
			!strings.Contains(list[0].Message, c.says) || list[0].Hint == "" {
			t.Errorf("%s:%s", what, say(list))
		}
	}
	// A picture that could do more than be seen is an error, whatever else it lacks.
	if in, list := loadBeside("a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`)); in != nil || list[0].Severity != diag.Error {
		t.Errorf("got%s", say(list))
	}
}

func TestFilesOfAnySizeAreReadNoFurtherThanTheirLimit(t *testing.T) {
	big := append([]byte(svg("")), make([]byte, maxPicture)...)
	if in, list := loadBeside("a.svg", big); in != nil || list[0].Code != "file-too-large" {
		t.Errorf("got%s", say(list))
	}
	files := fstest.MapFS{}
	src := baseYAML()
	clip := append(silence(t), make([]byte, maxAudio-len(silence(t)))...)
	for i, item := range []string{"q1", "q2", "q3"} {
		for _, lang := range []string{"en", "es"} {
			files[fmt.Sprintf("%s.%s.mp3", item, lang)] = &fstest.MapFile{Data: append(clip[:len(clip)-1:len(clip)-1], byte(i))}
		}
		src = strings.Replace(src, "{id: "+item+",", fmt.Sprintf("{id: %s, audio: {en: %s.en.mp3, es: %s.es.mp3},", item, item, item), 1)
	}
	in, list := Load("x.yaml", []byte(src), Options{Files: files})
	if in == nil || len(in.Assets) != 6 {
		t.Fatalf("files at their limit are refused:%s", say(list))
	}
}

func TestALinkIsNotFollowedOutOfTheFolder(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "a.svg"), []byte(svg("")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "a.svg"), filepath.Join(dir, "a.svg")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "art")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.svg", "art/a.svg"} {
		in, list := Load("x.yaml", []byte(withPicture(name)), Options{Files: os.DirFS(dir)})
		if in != nil || len(list) != 1 || list[0].Code != "missing-file" || !strings.Contains(list[0].Message, "a link") {
			t.Errorf("%s:%s", name, say(list))
		}
	}
}

func TestRecordingsAreTakenByWhatIsInThem(t *testing.T) {
	mp3 := silence(t)
	ogg := append([]byte("OggS\x00\x02"), make([]byte, 22)...)
	ogg[26] = 1
	opus := append(append(slices.Clone(ogg), []byte("OpusHead")...), make([]byte, 11)...)
	vorbis := append(append(slices.Clone(ogg), []byte("\x01vorbis")...), make([]byte, 20)...)
	m4a := []byte("\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00mdat moov trak hdlr soun")
	tagged := append([]byte("ID3\x04\x00\x00\x00\x00\x00\x05title"), mp3...)
	for what, c := range map[string]struct {
		name, media string
		body        []byte
	}{
		"MP3": {"a.mp3", "audio/mpeg", mp3}, "MP3 with a title": {"a.mp3", "audio/mpeg", tagged}, "M4A": {"a.m4a", "audio/mp4", m4a},
		"Opus": {"a.opus", "audio/ogg", opus}, "Opus in .ogg": {"a.ogg", "audio/ogg", opus}, "Vorbis": {"b/a.OGG", "audio/ogg", vorbis},
	} {
		in, list := Load("x.yaml", []byte(withAudio(c.name, c.name)), Options{Files: fstest.MapFS{c.name: {Data: c.body}}})
		if in == nil {
			t.Errorf("%s does not load:%s", what, say(list))
			continue
		}
		var spoken *Item
		for _, item := range in.Items {
			if item.Audio != nil {
				spoken = item
			}
		}
		if spoken == nil || spoken.Audio["es"] == nil || spoken.Audio["en"].Type != c.media || !bytes.Equal(spoken.Audio["en"].Bytes, c.body) {
			t.Errorf("%s: the item's audio is %v", what, spoken)
		}
	}
	for what, c := range map[string]struct {
		name, says string
		body       []byte
	}{
		"Opus called MP3": {"a.mp3", "is an Ogg file inside, not an MP3 file", opus},
		"a WAV":           {"a.mp3", "is a WAV file inside", []byte("RIFF\x00\x00\x00\x00WAVEfmt ")},
		"a video":         {"a.m4a", "is a video or another MP4 file inside", append(slices.Clone(m4a), []byte("hdlr vide")...)},
		"a text":          {"a.ogg", "holds no sound", []byte("hello, this is a text and no sound at all")},
		"nothing":         {"a.mp3", "holds no sound", nil},
	} {
		in, list := Load("x.yaml", []byte(withAudio(c.name, c.name)), Options{Files: fstest.MapFS{c.name: {Data: c.body}}})
		if in != nil || len(list) != 1 || list[0].Code != "broken-file" || !strings.Contains(list[0].Message, c.says) {
			t.Errorf("%s:%s", what, say(list))
		}
	}
}

func TestTheHashCoversTheFilesAndOnlyThoseOfAnInstrumentThatHasAny(t *testing.T) {
	hash := func(src string, files fstest.MapFS) string {
		t.Helper()
		opt := Options{}
		if files != nil {
			opt.Files = files
		}
		in, list := Load("x.yaml", []byte(src), opt)
		if in == nil {
			t.Fatalf("it does not load:%s", say(list))
		}
		return in.Hash
	}
	if hash(baseYAML(), nil) != hash(baseYAML(), fstest.MapFS{"a.svg": {Data: []byte(svg(""))}}) {
		t.Error("a file that the instrument does not name changes its hash")
	}
	one := hash(withPicture("a.svg"), fstest.MapFS{"a.svg": {Data: []byte(svg(""))}})
	if one != hash("# a comment\n"+withPicture("a.svg"), fstest.MapFS{"a.svg": {Data: []byte(svg(""))}, "b.svg": {}}) {
		t.Error("the same content has two hashes")
	}
	if one == hash(withPicture("a.svg"), fstest.MapFS{"a.svg": {Data: []byte(svg("<g/>"))}}) {
		t.Error("another picture under the same name has the same hash")
	}
}

var scriptTag = regexp.MustCompile(`(?i)<script[\s/>]`)

func FuzzNoPictureOrRecordingBreaksTheCheck(f *testing.F) {
	f.Add([]byte(svg(`<g style="fill: url(#x)"><image href="data:image/png;base64,"/></g>`)))
	f.Add(pngOf(f, 3, 3))
	f.Add(silence(f))
	f.Add([]byte("ID3\x04\x00\x00\x7f\x7f\x7f\x7f"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, kind := range []*assetKind{&pictureKind, &audioKind} {
			for _, format := range kind.types {
				if err := format.check(b); err == nil && format.media == "image/svg+xml" && scriptTag.Match(b) && !bytes.Contains(b, []byte("<!")) {
					t.Errorf("a picture with a script passes: %q", b)
				}
			}
		}
	})
}
