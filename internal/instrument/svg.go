package instrument

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xhtmlSpace = "http://www.w3.org/1999/xhtml"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
)

// livelyElements can run, load or move: a picture of an answer does none of that. (An animation can also put an address
// where there was none, and cannot be stopped for whom moving things make dizzy.)
var livelyElements = map[string]string{
	"script": "a script", "foreignobject": "a foreignObject", "iframe": "an iframe", "embed": "an embed", "object": "an object",
	"audio": "a sound", "video": "a video", "handler": "a handler", "listener": "a listener", "a": "a link",
	"animate": "an animation", "animatetransform": "an animation", "animatemotion": "an animation", "animatecolor": "an animation", "set": "an animation",
}

// cssAddress finds what a style refers to.
var cssAddress = regexp.MustCompile(`(?i)url\(\s*["']?\s*([^"')\s]*)`)

// cssLoads are other ways for a style to load something, or to hide that it does.
var cssLoads = regexp.MustCompile(`(?i)@import|image-set\(|\bsrc\(|\\`)

// checkSVG holds a picture to be well-formed XML with an <svg> as its root, which runs nothing, loads nothing and stands still.
func checkSVG(b []byte) error {
	r := &svgReader{d: xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")))), spaces: map[string]bool{"": true, xmlSpace: true, "xmlns": true}}
	for {
		token, err := r.d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return r.malformed(err)
		}
		if err := r.take(token); err != nil {
			return err
		}
	}
	if !r.closed {
		return &contentError{wrong: "has no <svg>", right: "save it as SVG; a new ending alone changes nothing"}
	}
	if r.unsized {
		return &contentError{wrong: "has an <svg> that does not say its size, so that browsers may show a corner of it", right: `write viewBox="0 0 width height" in the <svg>`, doubt: true}
	}
	return nil
}

type svgReader struct {
	d      *xml.Decoder
	spaces map[string]bool // namespaces that were declared
	depth  int
	style  bool // inside of a style element
	closed bool // the root has ended

	unsized bool // the root does not say how large the picture is
}

// fail says where something is wrong.
func (r *svgReader) fail(right, format string, args ...any) error {
	line, _ := r.d.InputPos()
	return &contentError{wrong: fmt.Sprintf("has %s in line %d", fmt.Sprintf(format, args...), line), right: right}
}

func (r *svgReader) malformed(err error) error {
	var syntax *xml.SyntaxError
	if !errors.As(err, &syntax) {
		return &contentError{wrong: fmt.Sprintf("cannot be read: %v", err), right: "save it as UTF-8"}
	}
	return &contentError{wrong: fmt.Sprintf("is not well-formed in line %d: %s", syntax.Line, syntax.Msg), right: "save it anew from the program that it was drawn with"}
}

const still = "take it out: a picture runs nothing and loads nothing; \"optimized\" or \"plain\" SVG mostly does"

func (r *svgReader) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return r.start(t)
	case xml.EndElement:
		r.depth--
		r.style = false
		r.closed = r.closed || r.depth == 0
	case xml.CharData:
		if r.depth == 0 && len(bytes.TrimSpace(t)) > 0 {
			return r.fail("save it anew from the program that it was drawn with", "text outside of the <svg>")
		}
		if r.style {
			return r.css(string(t))
		}
	case xml.ProcInst:
		if t.Target != "xml" {
			return r.fail(still, "a <?%s?>", t.Target)
		}
	case xml.Directive:
		return r.fail("take the line away: browsers need none, and what it can define is not safe", "a <!%s>", firstWord(string(t)))
	}
	return nil
}

func (r *svgReader) start(t xml.StartElement) error {
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			r.spaces[a.Value] = true
		}
	}
	if !r.spaces[t.Name.Space] {
		return r.fail("declare it in the <svg>, or save the picture as plain SVG", "the prefix %s:, which nothing declares,", t.Name.Space)
	}
	if r.depth == 0 {
		if err := r.root(t); err != nil {
			return err
		}
	}
	r.depth++
	name := strings.ToLower(t.Name.Local)
	if what, lively := livelyElements[name]; lively {
		return r.fail(still, "%s (<%s>)", what, t.Name.Local)
	}
	if t.Name.Space == xhtmlSpace {
		return r.fail(still, "a piece of HTML (<%s>)", t.Name.Local)
	}
	r.style = name == "style"
	return r.attributes(t.Attr)
}

func (r *svgReader) root(t xml.StartElement) error {
	switch {
	case r.closed:
		return r.fail("save it anew from the program that it was drawn with", "a second root, <%s>,", t.Name.Local)
	case t.Name.Local != "svg":
		return &contentError{wrong: fmt.Sprintf("begins with <%s>, not with <svg>", t.Name.Local), right: "save it as SVG; a new ending alone changes nothing"}
	case t.Name.Space != svgSpace:
		return r.fail(fmt.Sprintf("write <svg xmlns=%q>; without it browsers show nothing", svgSpace), "an <svg> without its namespace")
	}
	has := map[string]bool{}
	for _, a := range t.Attr {
		has[a.Name.Local] = true
	}
	r.unsized = !has["viewBox"] && !(has["width"] && has["height"])
	return nil
}

func (r *svgReader) attributes(list []xml.Attr) error {
	seen := map[xml.Name]bool{}
	for _, a := range list {
		if seen[a.Name] {
			return r.fail("keep one; browsers show nothing of such a file", "the attribute %s twice", a.Name.Local)
		}
		seen[a.Name] = true
		name := strings.ToLower(a.Name.Local)
		switch {
		case !r.spaces[a.Name.Space]:
			return r.fail("declare it in the <svg>, or save the picture as plain SVG", "the prefix %s:, which nothing declares,", a.Name.Space)
		case a.Name.Space == "xmlns" || name == "xmlns" && a.Name.Space == "":
		case strings.HasPrefix(name, "on") && a.Name.Space == "":
			return r.fail(still, "an event handler (%s)", a.Name.Local)
		case name == "base" && a.Name.Space == xmlSpace:
			return r.fail(still, "an xml:base")
		case (name == "href" || name == "src") && (a.Name.Space == "" || a.Name.Space == xlinkSpace):
			if !within(a.Value) {
				return r.fail(still, "a reference to another file (%q)", shortened(a.Value))
			}
		default:
			if err := r.css(a.Value); err != nil && (name == "style" || strings.Contains(strings.ToLower(a.Value), "url(")) {
				return err
			}
		}
	}
	return nil
}

// css holds a style, or an attribute that can hold one's values, to refer to the picture itself alone.
func (r *svgReader) css(style string) error {
	if found := cssLoads.FindString(style); found != "" {
		return r.fail(still, "a style with %s", found)
	}
	for _, found := range cssAddress.FindAllStringSubmatch(style, -1) {
		if !within(found[1]) {
			return r.fail(still, "a style that loads another file (%q)", shortened(found[1]))
		}
	}
	return nil
}

// within says whether an address stays inside of the picture: a part of it, or pixels written out in it.
func within(address string) bool {
	address = strings.ToLower(strings.TrimSpace(address))
	for _, prefix := range []string{"#", "data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp"} {
		if strings.HasPrefix(address, prefix) {
			return true
		}
	}
	return address == ""
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return word
}

func shortened(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "..."
	}
	return s
}
