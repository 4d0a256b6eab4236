package instrument

import (
	"fmt"
	"slices"

	"surveyd/internal/diag"
)

// maxListed is how many errors, and how many warnings, of one file are listed. Nobody reads more; a file that is wrong in
// each of its hundred thousand lines would cost hundreds of megabytes to say so.
const maxListed = 1000

// tally counts what has been reported of a file, listed or not.
type tally struct{ errors, warnings int }

// add counts one more; listed is false when there is no room for it in the list.
func (t *tally) add(severity diag.Severity) (listed bool) {
	n := &t.warnings
	if severity == diag.Error {
		n = &t.errors
	}
	*n++
	return *n <= maxListed
}

// full says whether no further error is listed, so that nobody need find out what may have been meant.
func (t tally) full() bool { return t.errors >= maxListed }

// sum ends a sorted list: the last error and the last warning say how many more there are.
func (t tally) sum(list []diag.Diagnostic) {
	for _, kind := range []struct {
		severity diag.Severity
		n        int
		what     string
	}{{diag.Error, t.errors, "errors"}, {diag.Warning, t.warnings, "warnings"}} {
		if kind.n <= maxListed {
			continue
		}
		for i, d := range slices.Backward(list) {
			if d.Severity == kind.severity {
				list[i].Hint += fmt.Sprintf("; %d more %s are not listed, so begin with these", kind.n-maxListed, kind.what)
				break
			}
		}
	}
}
