// Package condition is the small typed language of show_if: it parses a condition, holds it as a tree
// and evaluates it in three-valued logic. It knows items only by id: which items exist, and of what
// type they are, is told to it by the caller.
package condition

// Kind names what a Node is.
type Kind string

// The kinds of Node.
const (
	And      Kind = "and"
	Or       Kind = "or"
	Not      Kind = "not"
	Answered Kind = "answered"
	Compare  Kind = "compare"
	In       Kind = "in"
	Has      Kind = "has"
)

// Op is a comparison operator as it is written.
type Op string

// The comparison operators.
const (
	Equal        Op = "=="
	NotEqual     Op = "!="
	Less         Op = "<"
	LessEqual    Op = "<="
	Greater      Op = ">"
	GreaterEqual Op = ">="
)

// Node is one node of a condition's tree. The page's script evaluates the same tree, so the JSON form
// is part of the page's contract.
type Node struct {
	Kind   Kind      `json:"kind"`
	Item   string    `json:"item,omitempty"`
	Op     Op        `json:"op,omitempty"`
	Values []Literal `json:"values,omitempty"`
	Args   []*Node   `json:"args,omitempty"`
	Offset int       `json:"-"` // byte offset in the source, for diagnostics

	itemOffset int // where Item stands; after "answered(" it is not Offset
}

// Literal is a number or a quoted code. Text is the literal as written, without quotes.
type Literal struct {
	Text     string  `json:"text"`
	Number   float64 `json:"number,omitempty"`
	IsNumber bool    `json:"is_number,omitempty"`
	Offset   int     `json:"-"`

	length int // in the source, with its quotes
}

// Truth is a value of three-valued logic.
type Truth int8

// The three truth values, ordered so that and is the minimum and or the maximum.
const (
	False   Truth = -1
	Unknown Truth = 0
	True    Truth = 1
)

// Value is what an item holds while a condition is evaluated. Answered is false for an item that was
// skipped, declined, hidden or not reached. A choice has one code, a multiple any number of them; Number
// is set for a number item and for a choice whose code is an integer.
type Value struct {
	Answered bool
	Codes    []string
	Number   float64
	IsNumber bool
}

// Lookup gives the value of an item by its id.
type Lookup func(item string) Value
