// Package codebook says what every column of an instrument's exports holds: a value that pages, CSV and JSON are written
// from. It takes everything from the compiled instrument, so that a codebook can never disagree with the survey that it
// describes. It refuses to know answers, who gave them, and how a page looks.
package codebook

import "surveyd/internal/instrument"

// Book is the codebook of one version of an instrument. Texts have their settings filled in with the file's defaults.
type Book struct {
	Instrument About      `json:"instrument"`
	Scales     []Scale    `json:"scales"`
	Variables  []Variable `json:"variables"` // items in the order of the pages, then scores, the flags, administrative columns
}

// About is what a reader must know of the instrument before its variables.
type About struct {
	ID              instrument.ID      `json:"id"`
	Version         string             `json:"version"` // major.minor.patch
	Hash            string             `json:"hash"`    // content hash, hex SHA-256
	Title           instrument.Text    `json:"title"`
	Languages       []instrument.Lang  `json:"languages"` // the first is the source language
	Grades          []instrument.Grade `json:"grades"`    // empty for adults
	Adults          string             `json:"adults"`    // "family" or "staff"; empty for grades
	ReadingLevel    float64            `json:"reading_level,omitzero"`
	Minutes         int                `json:"minutes,omitzero"`
	Authors         []string           `json:"authors"`
	License         string             `json:"license"`
	Citations       []Citation         `json:"citations"`
	Evidence        string             `json:"evidence"` // experimental, piloted, validated or retired; empty when the file is silent
	Populations     []Population       `json:"populations"`
	Translations    []Translation      `json:"translations"`
	Consent         string             `json:"consent"`          // notice, opt-out or opt-in; empty when the file is silent
	ProtectedTopics []int              `json:"protected_topics"` // PPRA areas 1 to 8
	Settings        []Setting          `json:"settings"`
	Parts           []Home             `json:"parts"` // of a battery: what it is made of
}

// Citation is a work that the instrument rests on.
type Citation struct {
	Text string `json:"text"`
	DOI  string `json:"doi,omitempty"`
}

// Population is a sample that evidence comes from.
type Population struct {
	Grades    []instrument.Grade `json:"grades"`
	Languages []instrument.Lang  `json:"languages"`
	N         int                `json:"n"`
	Source    string             `json:"source"`
}

// Translation is how one language's texts were made.
type Translation struct {
	Language instrument.Lang `json:"language"`
	Method   string          `json:"method"`
	Reviewer string          `json:"reviewer"`
	Date     string          `json:"date"` // YYYY-MM-DD
}

// Setting is a text that an administration may replace. The codebook's texts hold its default.
type Setting struct {
	ID   instrument.SettingID `json:"id"`
	Text instrument.Text      `json:"text"`
}

// Home is the instrument in which something was written; in a battery not the battery itself.
type Home struct {
	ID      instrument.ID `json:"id"`
	Version string        `json:"version"`
	Hash    string        `json:"hash,omitempty"`
}

// Scale finds a scale by id.
func (b *Book) Scale(id instrument.ScaleID) (*Scale, bool) {
	for i := range b.Scales {
		if b.Scales[i].ID == id {
			return &b.Scales[i], true
		}
	}
	return nil, false
}

// Variable finds a variable by its name, which is the heading of its column.
func (b *Book) Variable(name string) (*Variable, bool) {
	for i := range b.Variables {
		if b.Variables[i].Name == name {
			return &b.Variables[i], true
		}
	}
	return nil, false
}
