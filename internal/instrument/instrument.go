// Package instrument is the language in which surveys are written: it decodes an instrument file, checks it
// and compiles it into an Instrument. It refuses to know who answers, when, or where answers are kept.
package instrument

import (
	"surveyd/internal/condition"
	"surveyd/internal/diag"
)

// The identifiers of an instrument and its parts, each with a type of its own so that one cannot be handed
// over as another.
type (
	ID            string
	ItemID        string
	ScaleID       string
	PageID        string
	ResponseSetID string
	SettingID     string
	// Lang is a language tag such as "en" or "es".
	Lang string
	// Code is an option's code as written in the file, e.g. "4" or "soccer".
	Code string
	// Grade is TK, K or 1 to 12 as written.
	Grade string
)

// Text is one text in every language of its instrument.
type Text map[Lang]string

// In returns the text in lang; the compiler guarantees that it exists for every language of the instrument.
func (t Text) In(lang Lang) string { return t[lang] }

// Instrument is a compiled instrument file. It is immutable: nothing that receives one may write to it.
type Instrument struct {
	ID        ID
	Version   Version
	Hash      string // content hash, hex SHA-256 of the canonical content: comments, layout and key order do not change it
	Digest    string // hex SHA-256 of Source
	Source    []byte // the file as it was read
	Title     Text
	Languages []Lang // the first is the source language
	Audience  Audience
	Minutes   int

	Provenance Provenance
	Intro      Text // assent text, markdown subset; nil when left out
	Closing    Text
	Settings   []Setting

	ResponseSets []*ResponseSet
	Items        []*Item // in the order of the file
	Pages        []*Page // every item stands on exactly one page
	Scales       []*Scale
	Quality      Quality
	Tests        []Test

	Parts  []*Instrument // of a battery: the instruments that its pages include, in the order of the pages
	Assets []*Asset      // the files beside the instrument that it shows or plays, and those of its parts, by path

	own        []*Asset // the files beside the instrument itself
	versionAt  diag.Span
	itemIndex  map[ItemID]int
	scaleIndex map[ScaleID]int
}

// Item finds an item by id.
func (in *Instrument) Item(id ItemID) (*Item, bool) {
	i, ok := in.itemIndex[id]
	if !ok {
		return nil, false
	}
	return in.Items[i], true
}

// Scale finds a scale by id.
func (in *Instrument) Scale(id ScaleID) (*Scale, bool) {
	i, ok := in.scaleIndex[id]
	if !ok {
		return nil, false
	}
	return in.Scales[i], true
}

// VersionAt is where the file states its version.
func (in *Instrument) VersionAt() diag.Span { return in.versionAt }

// HasLanguage says whether every text of the instrument exists in lang.
func (in *Instrument) HasLanguage(lang Lang) bool {
	for _, l := range in.Languages {
		if l == lang {
			return true
		}
	}
	return false
}

// OwnAssets are the files beside the instrument itself, without those of its parts, by path.
func (in *Instrument) OwnAssets() []*Asset { return in.own }

// Setting is a named text that other texts refer to as {{name}}; an administration may override it.
type Setting struct {
	ID   SettingID
	Text Text
}

// SetKind says whether the codes of a response set are ordered.
type SetKind string

// The kinds of response set.
const (
	Ordinal SetKind = "ordinal"
	Nominal SetKind = "nominal"
)

// ResponseSet is the options that several items share.
type ResponseSet struct {
	ID       ResponseSetID
	Kind     SetKind
	Options  []Option
	Declined Text    // the "I'd rather not say" choice; nil when the set has none
	Min, Max float64 // lowest and highest scored code; 0 and 0 when no scored code is a number
	index    map[Code]int
}

// Option finds the position of a code in Options; -1 when the set has no such code.
func (s *ResponseSet) Option(code Code) int {
	if i, ok := s.index[code]; ok {
		return i
	}
	return -1
}

// Option is one choice of a response set.
type Option struct {
	Code        Code
	Value       float64 // the code as a number
	IsNumber    bool
	Label       Text
	Description Text   // a rubric's level descriptor; nil when left out
	Picture     string // built-in name or file beside the instrument; empty when left out
	Image       *Asset // the file that Picture names; nil when it is built in, or files are not looked for
	Missing     bool   // can be chosen, is never scored
}

// ItemKind says what kind of answer an item takes.
type ItemKind string

// The item kinds; Choice is what an item is when the file names none.
const (
	Choice   ItemKind = "choice"
	Multiple ItemKind = "multiple"
	Number   ItemKind = "number"
	FreeText ItemKind = "text"
)

// Item is one question.
type Item struct {
	Index     int // position in Instrument.Items
	ID        ItemID
	Kind      ItemKind
	Home      Home // the instrument that the item comes from; of a battery's own items the battery
	Text      Text
	Audio     map[Lang]*Asset // the text read aloud by a person; nil when left out, or files are not looked for
	Responses *ResponseSet    // of a choice or multiple
	Min, Max  *float64        // of a number; nil when open
	MaxLength int             // of a text, in characters; 0 when the file sets none
	Required  bool
	ShowIf    *condition.Node // nil when always shown
	ShowIfSrc string
	Page      int // position in Instrument.Pages
}

// Layout says how the items of a page are set out.
type Layout string

// The layouts; List is the default.
const (
	List  Layout = "list"
	Grid  Layout = "grid"
	Cards Layout = "cards"
)

// Page is what a student sees at a time.
type Page struct {
	Index   int
	ID      PageID
	Home    Home // the instrument that the page comes from
	Title   Text // nil when left out
	Layout  Layout
	Items   []*Item
	Shuffle bool
}

// ScoreMethod is how a scale's items become its score.
type ScoreMethod string

// The score methods.
const (
	Mean        ScoreMethod = "mean"
	Sum         ScoreMethod = "sum"
	ProratedSum ScoreMethod = "prorated_sum"
	POMP        ScoreMethod = "pomp"
	EAP         ScoreMethod = "eap"
	WLE         ScoreMethod = "wle"
)

// Rounding is the rule for a prorated sum.
type Rounding string

// The rounding rules.
const (
	RoundNone     Rounding = "none"
	RoundHalfUp   Rounding = "half_up"
	RoundHalfEven Rounding = "half_even"
	RoundUp       Rounding = "up"
)

// Scale is a set of items that measure one construct, and the rule that scores them.
type Scale struct {
	Index       int
	ID          ScaleID
	Home        Home // the instrument that the scale comes from: see Identity
	Title       Text
	HigherMeans Text // nil when left out
	Items       []Key
	Score       ScoreMethod
	MinAnswered int // a count; a share in the file is ceil(p*k - 1e-9)
	Rounding    Rounding
	Range       *Range // nil only for eap and wle
	Favorable   []Code // after reversal; nil when left out
	Reliability *float64
	Bands       *Bands  // nil when left out
	Lookup      *Lookup // nil when left out
	Norms       *Norms  // nil when left out
	IRT         *IRT    // nil unless Score is eap or wle
}

// Key is one item of a scale.
type Key struct {
	Item     *Item
	Reversed bool
	Weight   float64 // 1 when the file names none
}

// Range is the lowest and highest possible score on the score's own metric.
type Range struct{ Min, Max float64 }

// Bands cut a scale's score into named, half-open intervals.
type Bands struct {
	Source string
	Cuts   []Band
}

// Band holds from From (inclusive) to the next band's From (exclusive).
type Band struct {
	From  float64
	Label Text
}

// Quality says which flags a submission can raise. Zero values mean that a flag is not asked for.
type Quality struct {
	StraightLine *StraightLine
	TooFast      *TooFast
	MissingShare *float64
	Attention    []Attention
}

// StraightLine is raised when Run or more answers in a row on Page have one code.
type StraightLine struct {
	Page *Page
	Run  int
}

// TooFast is raised when at least Share of the pages took less than the grade's seconds for each shown item.
type TooFast struct {
	Seconds []GradeSeconds
	Share   float64
}

// GradeSeconds is the shortest plausible time for one item in the grades From to To (as ranks of Grade.Rank).
type GradeSeconds struct {
	From, To Grade
	Seconds  float64
}

// Attention is an item whose expected answer is known.
type Attention struct {
	Item   *Item
	Expect Code
}
