package codebook

import "surveyd/internal/instrument"

// Section groups variables as a reader looks for them.
type Section string

// The sections, in the order of a book.
const (
	Items          Section = "item"
	Scores         Section = "score"
	Quality        Section = "quality"
	Administrative Section = "administrative"
)

// Role is what a variable means.
type Role string

// The roles. Those of a scale are named like the endings of their columns.
const (
	RoleItem      Role = "item"
	RoleScore     Role = "score"
	RoleAnswered  Role = "answered"
	RoleMissing   Role = "missing"
	RoleFavorable Role = "favorable"
	RoleSE        Role = "se"
	RoleScaled    Role = "scaled"
	RoleT         Role = "t"
	RolePR        Role = "pr"
	RoleStanine   Role = "stanine"
	RoleNCE       Role = "nce"
	RoleBand      Role = "band"
	RoleFlags     Role = "quality_flags"
	RoleSeconds   Role = "seconds"
	RoleOrder     Role = "order"
	RoleAttribute Role = "attribute"
	RoleIdentity  Role = "identity" // who, where and when; its name says which
)

// Type is how the cells of a column are to be read.
type Type string

// The types.
const (
	Integer Type = "integer"
	Number  Type = "number" // decimal point, the shortest form that reads back to the same float64
	Words   Type = "text"
	List    Type = "list" // values joined by semicolons
)

// Variable is one column of the exports.
type Variable struct {
	Name    string             `json:"name"`
	Section Section            `json:"section"`
	Role    Role               `json:"role"`
	Type    Type               `json:"type"`
	Label   instrument.Text    `json:"label"`            // of an item its text; of others what they hold, in words
	Formula instrument.Text    `json:"formula,omitzero"` // how it is computed, in words; only of what is computed
	Values  []Value            `json:"values,omitempty"` // what may stand in a cell, where that is a closed list
	Range   *Range             `json:"range,omitempty"`
	Page    instrument.PageID  `json:"page,omitempty"`  // of an item, its page's time and order
	Scale   instrument.ScaleID `json:"scale,omitempty"` // of a score
	Item    *Item              `json:"item,omitempty"`
}

// Value is one thing that a cell may hold.
type Value struct {
	Code    string          `json:"code"`
	Label   instrument.Text `json:"label"`
	Detail  instrument.Text `json:"detail,omitzero"` // a rubric's level descriptor
	Missing bool            `json:"missing,omitempty"`
	Picture string          `json:"picture,omitempty"` // built-in drawing or file
}

// Range is the lowest and highest value; nil where it is open.
type Range struct {
	Min *float64 `json:"min"`
	Max *float64 `json:"max"`
}

// Item is what only an item has.
type Item struct {
	Number    int                      `json:"number"` // position in the survey, from 1
	Kind      instrument.ItemKind      `json:"kind"`
	Home      Home                     `json:"home"`
	PageTitle instrument.Text          `json:"page_title,omitzero"`
	Set       instrument.ResponseSetID `json:"response_set,omitempty"`
	Ordinal   bool                     `json:"ordinal,omitempty"`
	Declined  instrument.Text          `json:"declined,omitzero"` // nil when it cannot be declined
	States    []State                  `json:"states"`            // that an answer to this item can be in, beside answered
	MaxLength int                      `json:"max_length,omitzero"`
	Required  bool                     `json:"required,omitempty"`
	Condition string                   `json:"condition,omitempty"` // as the file writes it; empty when always asked
	Uses      []Use                    `json:"uses"`
	Audio     []instrument.Lang        `json:"audio,omitempty"` // languages with a recording
}

// Use is one scale that an item counts for.
type Use struct {
	Scale    instrument.ScaleID `json:"scale"`
	Reversed bool               `json:"reversed"`
	Weight   float64            `json:"weight"`
}

// State is why an item has no answer, with the code that a labelled export writes for it. A plain CSV leaves the cell empty.
type State struct {
	Code string          `json:"code"`
	Name string          `json:"name"` // not_shown, skipped, not_reached or declined
	Text instrument.Text `json:"text"`
}
