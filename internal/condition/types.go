package condition

// ItemKind is what kind of answer an item gives to a condition.
type ItemKind string

// The kinds of item.
const (
	ChoiceItem   ItemKind = "choice"
	MultipleItem ItemKind = "multiple"
	NumberItem   ItemKind = "number"
	TextItem     ItemKind = "text"
	UnreadItem   ItemKind = "" // in error itself, so that nothing is said of comparisons with it
)

// ItemType is what a condition may know of an item.
type ItemType struct {
	Kind    ItemKind `json:"kind"`
	Ordered bool     `json:"ordered,omitempty"` // the codes of a choice are ordered numbers
	Codes   []Code   `json:"codes,omitempty"`   // of a choice or multiple
	Min     *float64 `json:"min,omitempty"`     // of a number; nil when open
	Max     *float64 `json:"max,omitempty"`
	Perhaps []string `json:"-"` // codes that options in error may have been meant to have
}

// unread says whether what can be answered is not known, since the item or its codes are in error.
func (t ItemType) unread() bool { return t.Kind == UnreadItem || len(t.Perhaps) > 0 }

// Code is one code of an item. Number is its value when IsNumber.
type Code struct {
	Text     string  `json:"text"`
	Number   float64 `json:"number,omitempty"`
	IsNumber bool    `json:"is_number,omitempty"`
	Missing  bool    `json:"missing,omitempty"` // "does not apply" and its like: can be chosen, has no place in the order
}

// Scope is the items that a condition can see, by id: those that stand earlier, and those that do not yet.
type Scope struct {
	Earlier map[string]ItemType
	Later   map[string]bool
	Self    string // the item that the condition belongs to
}

func (t *ItemType) code(text string) (Code, bool) {
	for _, c := range t.Codes {
		if c.Text == text {
			return c, true
		}
	}
	return Code{}, false
}
