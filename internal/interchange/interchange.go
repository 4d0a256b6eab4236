// Package interchange carries instruments from and to the formats that researchers already have: an XLSForm or a REDCap data
// dictionary becomes an instrument file, an instrument becomes an R script or a lavaan model. Whatever the other format says
// and an instrument file cannot is a Note, so that nothing is lost in silence. The package refuses to know files, terminals
// and whether the result is good: the checker of instrument files says that.
package interchange

// Options is what the author says besides the form.
type Options struct {
	ID       string   // the instrument's id; made from the form when empty
	Language string   // language tag of texts that do not say theirs; "en" when empty
	Grades   []string // who is asked; when both are empty grades 6 to 12 are assumed, and the notes say so
	Adults   string   // "family" or "staff"
}

// Result is an instrument file made from another format.
type Result struct {
	YAML      []byte
	Notes     []Note   // in the order of the form
	Items     int      // items in the file
	Languages []string // language tags, the source language first
}

// Error is a form from which nothing can be made.
type Error struct{ Message string }

func (e *Error) Error() string { return e.Message }

// The limits of what is read. They are far above real forms and keep what a hostile file can cost below 100 MB.
const (
	maxFile      = 8 << 20  // bytes of a workbook as it is packed, or of a dictionary
	maxRows      = 10_000   // rows of one sheet that hold something
	maxColumns   = 256      // of one sheet
	maxCell      = 32 << 10 // bytes of one cell
	maxText      = 8 << 20  // bytes of all cells of a workbook together
	maxQuestions = 1_500    // questions of one form
)

// InstrumentID makes an instrument's id of any name; a name that is one already stays as it is.
func InstrumentID(name string) string { return instrumentID(name) }

// IsLanguage says whether a tag can be a language of an instrument file.
func IsLanguage(tag string) bool { return languageTag.MatchString(tag) }
