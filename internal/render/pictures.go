package render

import (
	"fmt"

	"surveyd/internal/instrument"
)

// MediaPath is the address at which pages ask for a picture or recording of an instrument: it names the content, so that it
// may be kept for ever.
func MediaPath(a *instrument.Asset) string { return "/media/" + a.Digest + a.Extension() }

// MediaSecurityPolicy goes with a picture or recording in the place of a page's: opened by itself, an SVG can style itself and
// do nothing else.
const MediaSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'"

// isBuiltin says whether name is one of the drawings that the survey page carries as symbols.
func isBuiltin(name string) bool {
	switch name {
	case "face-1", "face-2", "face-3", "face-4", "face-5":
		return true
	}
	return false
}

// pictureOf finds an option's picture: the id of a built-in drawing or the address of a file; both empty for none.
// Errors: a file that was not looked for when the instrument was compiled.
func pictureOf(o instrument.Option) (symbol, address string, err error) {
	switch {
	case o.Picture == "":
		return "", "", nil
	case isBuiltin(o.Picture):
		return o.Picture, "", nil
	case o.Image != nil:
		return "", MediaPath(o.Image), nil
	}
	return "", "", fmt.Errorf("the picture %q was not looked for", o.Picture)
}
