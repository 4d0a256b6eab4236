package instrument

import (
	"cmp"
	"fmt"

	"surveyd/internal/diag"
)

// Audience is whom an instrument is written for: grades, or adults.
type Audience struct {
	Grades       []Grade
	Adults       string // "family" or "staff"; empty when Grades is set
	ReadingLevel float64
}

// Provenance says where an instrument comes from and what stands behind it.
type Provenance struct {
	Authors         []string
	License         string
	Citations       []Citation
	Evidence        Evidence
	Translation     []Translation
	Consent         Consent
	ProtectedTopics []int // PPRA areas 1 to 8
}

// Citation is one work that an instrument rests on.
type Citation struct {
	Text string
	DOI  string `validate:"omitempty,doi"`
}

// EvidenceStatus is how far an instrument has been tried.
type EvidenceStatus string

// The evidence statuses.
const (
	Experimental EvidenceStatus = "experimental"
	Piloted      EvidenceStatus = "piloted"
	Validated    EvidenceStatus = "validated"
	Retired      EvidenceStatus = "retired"
)

// Evidence says with whom an instrument has been tried.
type Evidence struct {
	Status      EvidenceStatus
	Populations []Population
}

// Population is a sample that evidence comes from.
type Population struct {
	Grades    []Grade
	Languages []Lang
	N         int
	Source    string
}

// Translation says how one language's texts were made, and from which source texts.
type Translation struct {
	Lang     Lang
	Method   string
	Reviewer string
	Date     string `validate:"omitempty,datetime=2006-01-02"`
	Source   string // digest of the source texts that it was made from
}

// Consent is what parents must be asked before a student answers.
type Consent string

// The consent rules.
const (
	Notice Consent = "notice"
	OptOut Consent = "opt-out"
	OptIn  Consent = "opt-in"
)

// Rank orders grades: TK is -1, K is 0, 1 to 12 are themselves. ok is false for any other text.
func (g Grade) Rank() (rank int, ok bool) {
	switch g {
	case "TK":
		return -1, true
	case "K":
		return 0, true
	}
	for i, name := range [...]Grade{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"} {
		if g == name {
			return i + 1, true
		}
	}
	return 0, false
}

// Version is major.minor.patch.
type Version struct{ Major, Minor, Patch int }

// Test is one example that an instrument carries to prove its scoring.
type Test struct {
	Name    string
	Answers []TestAnswer
	Scores  []ExpectedScore
	Missing []ExpectedMissing
	Flags   []string // expected quality flags; nil when the test does not speak of them
	FlagsAt diag.Span
}

// TestAnswer is what a test's respondent answers to one item, as a CSV cell would hold it.
type TestAnswer struct {
	Item ItemID
	Cell string
}

// ExpectedScore is a score that a test expects.
type ExpectedScore struct {
	Scale    ScaleID
	Scaled   bool // the scale score is meant, which the file calls S_scaled
	Value    float64
	Decimals int       // digits behind the point as the file writes them; 0 with an exponent
	At       diag.Span // the expected value in the file
}

// scaledSuffix makes of a scale's id the name of its scale score, in tests as in exports.
const scaledSuffix = "_scaled"

// Column is what the file calls the score: the scale's id, or S_scaled.
func (e ExpectedScore) Column() string {
	if e.Scaled {
		return string(e.Scale) + scaledSuffix
	}
	return string(e.Scale)
}

// ExpectedMissing is a reason for which a test expects no score.
type ExpectedMissing struct {
	Scale  ScaleID
	Reason string
	At     diag.Span
}

// String writes the version as major.minor.patch.
func (v Version) String() string { return fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch) }

// CompareVersions is negative when a is older than b, positive when it is newer, and 0 when they are the same.
func CompareVersions(a, b Version) int {
	return cmp.Or(cmp.Compare(a.Major, b.Major), cmp.Compare(a.Minor, b.Minor), cmp.Compare(a.Patch, b.Patch))
}
