package instrument

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Ref names an instrument as an include does, by its id and the beginning of its version. The newest version that fits is
// meant.
type Ref struct {
	ID           ID
	Major        int
	Minor, Patch int // anyVersion when the include leaves them open
}

// anyVersion stands for a part of a version that an include leaves open.
const anyVersion = -1

// Fits says whether a version of an instrument is one that the ref means.
func (r Ref) Fits(id ID, v Version) bool {
	return r.ID == id && r.Major == v.Major && (r.Minor == anyVersion || r.Minor == v.Minor) && (r.Patch == anyVersion || r.Patch == v.Patch)
}

// String writes the ref as a file does, e.g. "growth-mindset@1".
func (r Ref) String() string {
	s := fmt.Sprintf("%s@%d", r.ID, r.Major)
	if r.Minor != anyVersion {
		s += "." + strconv.Itoa(r.Minor)
	}
	if r.Patch != anyVersion {
		s += "." + strconv.Itoa(r.Patch)
	}
	return s
}

// IncludeError is why an instrument that a battery includes cannot be had: a diagnostic without its place.
type IncludeError struct{ Code, Message, Hint string }

func (e *IncludeError) Error() string { return e.Message + "; " + e.Hint }

// NestedInclude is the error of including an instrument that is a battery itself; parts is what its own pages include. A part
// of a part would have two homes, and nobody could say from the file what a student reads.
func NestedInclude(ref Ref, parts []string) *IncludeError {
	return &IncludeError{
		Code: "nested-include", Message: fmt.Sprintf("%s is a battery itself", ref.ID),
		Hint: "include its parts, each on a page of its own: " + strings.Join(parts, ", "),
	}
}

// target is what an include names: an instrument, or one page or scale of it.
type target struct {
	ref  Ref
	kind string // "pages" or "scales" when the file says which; else empty
	name string // of the page or scale; empty for the whole instrument
}

var targetPattern = regexp.MustCompile(`^([a-z][a-z0-9-]{0,63})@(0|[1-9][0-9]{0,5})(?:\.(0|[1-9][0-9]{0,5}))?(?:\.(0|[1-9][0-9]{0,5}))?(?:/(?:(pages|scales)/)?([A-Za-z][A-Za-z0-9_]{0,31}))?$`)

func parseTarget(s string) (target, bool) {
	m := targetPattern.FindStringSubmatch(s)
	if m == nil {
		return target{}, false
	}
	t := target{ref: Ref{ID: ID(m[1]), Minor: anyVersion, Patch: anyVersion}, kind: m[5], name: m[6]}
	for i, to := range []*int{&t.ref.Major, &t.ref.Minor, &t.ref.Patch} {
		if m[i+2] != "" {
			*to, _ = strconv.Atoi(m[i+2]) // the pattern lets only short runs of digits through
		}
	}
	return t, true
}
