package instrument

import (
	"go.yaml.in/yaml/v3"

	"surveyd/internal/condition"
)

// draft is an instrument while it is read: the values so far, and the nodes that reports point at.
type draft struct {
	root *mapping
	in   *Instrument

	texts        []*textDraft // every text, in the order of the file
	pagesLost    bool         // the items of a page could not be read
	textLost     bool         // a text could not be read at all, or what it belongs to is doubled
	settings     *names
	settingTexts map[string]Text // see filled
	sets         *names
	items        *names
	pages        *names
	scales       *names

	setList   []*setDraft
	itemList  []*itemDraft
	pageList  []*pageDraft
	scaleList []*scaleDraft
	parts     []*part // in the order of the pages that include them

	allIncluded bool // every page includes another instrument, so that the file needs no items
	includeLost bool // what a page includes cannot be had, so that any id may be one of its

	// By id; of a doubled id the first.
	setByID   map[string]*setDraft
	itemByID  map[string]*itemDraft
	pageByID  map[string]*pageDraft
	scaleByID map[string]*scaleDraft

	provenance  *mapping
	evidence    *mapping
	audience    *mapping
	translation map[Lang]*mapping
	badTests    map[int]bool // tests with an answer or expectation in error, by position
}

// size is how many items the scale names.
func (s *scaleDraft) size() int { return len(s.Items) + len(s.lacking) }

// textDraft is one text: where it stands, and its languages.
type textDraft struct {
	path string // stable under layout, e.g. "items/mi1/text"
	what string // how reports name it
	key  *yaml.Node
	node *yaml.Node
	in   map[Lang]*yaml.Node
	text Text
}

type setDraft struct {
	*ResponseSet
	idNode *yaml.Node
	codes  []*yaml.Node // by option
	doubt  []bool       // by option: its code is in error
	used   bool

	// Of a set with codes in error: what those codes may have been meant to be. When that could be anything, the set is lost and
	// nothing follows from it.
	bad     bool
	lost    bool
	perhaps []string

	forConditions []condition.Code // see conditionCodes
}

type itemDraft struct {
	*Item
	m           *mapping
	idNode      *yaml.Node
	kindOK      bool
	set         *setDraft    // nil when it has none, or an unknown one
	onPages     []*yaml.Node // where pages name it
	perhapsHere bool         // a page names what is nearly its id
	text        *textDraft
	from        *include // nil when the item is the file's own
}

type pageDraft struct {
	*Page
	m         *mapping
	idNode    *yaml.Node
	itemNodes []*yaml.Node // by item of the page
	unknown   bool         // it names an item that does not exist
	from      *include     // nil when the page is the file's own
}

type scaleDraft struct {
	*Scale
	m        *mapping
	idNode   *yaml.Node
	keyNodes []*yaml.Node // by key
	items    []*itemDraft // by key
	lacking  []string     // what it names where no item is known
	broken   bool         // it has no items, or its weights or score could not be read, so that nothing follows from them
	untested bool         // its tests would only say again what is in error
	canScore bool         // its items can be scored together
	wrong    bool         // an error was reported in it
	cuts     []*yaml.Node // where each band begins; nil when one could not be read
	from     *include     // nil when the scale is the file's own

	irt        *irtDraft // nil when left out
	lookupRows []pair    // of the table, as written
	norms      []normDraft
}

func (d *draft) set(id string) *setDraft     { return d.setByID[id] }
func (d *draft) item(id string) *itemDraft   { return d.itemByID[id] }
func (d *draft) page(id string) *pageDraft   { return d.pageByID[id] }
func (d *draft) scale(id string) *scaleDraft { return d.scaleByID[id] }
