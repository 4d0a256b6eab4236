package render

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strconv"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// declinedValue is what a form sends for "I'd rather not say".
const declinedValue = "-94"

type languageView struct {
	Tag     instrument.Lang
	Name    string
	Current bool
}

// surveyView is what the survey's template shows. Its fields of type string whose comment says so hold slot markers.
type surveyView struct {
	Lang      instrument.Lang
	Languages []languageView
	Title     string
	Synthetic bool
	Seq       string // marker
	SeqField  string // marker of the same number in the form
	Reached   string // marker
	Summary   template.HTML
	Confirmed template.HTML
	Pages     []pageView
	Pictures  bool
	Early     bool // one question at a time, for children who do not read yet
	Listen    bool // some item can be listened to
}

type pageView struct {
	ID      instrument.PageID
	Number  int
	Of      int
	Title   string
	Layout  instrument.Layout
	Shuffle bool
	Seconds string // marker
	Blocks  []blockView
}

// blockView is either a table of items that share their options or one item by itself.
type blockView struct {
	Grid *gridView
	Item *itemView
}

type gridView struct {
	Title   string
	Columns []columnView
	Rows    []itemView
}

type columnView struct {
	ID    string
	Label string
	Aside bool
}

type itemView struct {
	ID        instrument.ItemID
	Kind      instrument.ItemKind
	Text      string
	Hint      string
	Condition string // JSON; empty when the item is always shown
	MaxLength int
	Min, Max  string
	Options   []optionView
	Cards     bool
	Listen    bool
	Recording string        // address
	Class     string        // marker
	Problem   template.HTML // marker
	State     template.HTMLAttr
	Value     string // marker; of a number or text
}

type optionView struct {
	Code        string
	Label       string
	Description string
	Picture     string // id of a built-in drawing's symbol
	Image       string // address of a file
	Column      string // id of the column's header in a grid
	Aside       bool   // not an answer to the question itself: declined, or a missing code
	Checked     template.HTMLAttr
}

// surveyBuilder turns one instrument in one language into its view, issuing slots on the way.
type surveyBuilder struct {
	in    *instrument.Instrument
	lang  instrument.Lang
	words i18n.Words
	fill  filler
	slots slots

	early bool // see SurveyOptions.Early
}

func (b *surveyBuilder) view(languages []languageView, synthetic bool) (surveyView, error) {
	v := surveyView{Lang: b.lang, Languages: languages, Synthetic: synthetic, Early: b.early}
	var err error
	if v.Title, err = b.fill.fill(b.in.Title); err != nil {
		return v, err
	}
	v.Seq = b.slots.mark(slot{kind: slotSeq})
	v.SeqField = b.slots.mark(slot{kind: slotSeq})
	v.Reached = b.slots.mark(slot{kind: slotReached})
	v.Summary = template.HTML(b.slots.mark(slot{kind: slotSummary}))
	v.Confirmed = template.HTML(b.slots.mark(slot{kind: slotConfirmed}))
	for _, page := range b.in.Pages {
		p, err := b.page(page)
		if err != nil {
			return v, fmt.Errorf("page %s: %w", page.ID, err)
		}
		v.Pages = append(v.Pages, p)
	}
	v.Listen = slices.ContainsFunc(b.in.Items, b.listens)
	for _, set := range b.in.ResponseSets {
		for _, option := range set.Options {
			v.Pictures = v.Pictures || isBuiltin(option.Picture)
		}
	}
	return v, nil
}

func (b *surveyBuilder) page(page *instrument.Page) (pageView, error) {
	v := pageView{
		ID: page.ID, Number: page.Index + 1, Of: len(b.in.Pages), Layout: page.Layout, Shuffle: page.Shuffle,
		Seconds: b.slots.mark(slot{kind: slotSeconds, page: page.Index}),
	}
	var err error
	if v.Title, err = b.fill.fill(page.Title); err != nil {
		return v, err
	}
	for i := 0; i < len(page.Items); {
		if run := gridRun(page, i); run > 0 && !b.early {
			grid, err := b.grid(page, len(v.Blocks), page.Items[i:i+run])
			if err != nil {
				return v, err
			}
			v.Blocks = append(v.Blocks, blockView{Grid: &grid})
			i += run
			continue
		}
		item, err := b.item(page.Items[i], "")
		if err != nil {
			return v, err
		}
		item.Cards = page.Layout == instrument.Cards || b.early
		v.Blocks = append(v.Blocks, blockView{Item: &item})
		i++
	}
	return v, nil
}

// gridRun says how many items from i on can share one table: choices of one response set. A single one makes no table.
func gridRun(page *instrument.Page, i int) int {
	if page.Layout != instrument.Grid {
		return 0
	}
	run := 0
	for _, item := range page.Items[i:] {
		if item.Kind != instrument.Choice || item.Responses != page.Items[i].Responses {
			break
		}
		run++
	}
	if run < 2 {
		return 0
	}
	return run
}

func (b *surveyBuilder) grid(page *instrument.Page, block int, items []*instrument.Item) (gridView, error) {
	prefix := fmt.Sprintf("%s-%d-", page.ID, block)
	var v gridView
	for _, item := range items {
		row, err := b.item(item, prefix)
		if err != nil {
			return v, err
		}
		v.Rows = append(v.Rows, row)
	}
	for _, option := range v.Rows[0].Options {
		v.Columns = append(v.Columns, columnView{ID: option.Column, Label: option.Label, Aside: option.Aside})
	}
	v.Title = b.words.T("survey.grid.label", nil)
	return v, nil
}

func (b *surveyBuilder) item(item *instrument.Item, columns string) (itemView, error) {
	v := itemView{
		ID: item.ID, Kind: item.Kind, MaxLength: item.MaxLength, Listen: b.listens(item), Recording: b.recording(item),
		Class:   b.slots.mark(slot{kind: slotItemClass, item: item.Index}),
		Problem: template.HTML(b.slots.mark(slot{kind: slotItemProblem, item: item.Index})),
	}
	var err error
	if v.Text, err = b.fill.fill(item.Text); err != nil {
		return v, fmt.Errorf("item %s: %w", item.ID, err)
	}
	if item.ShowIf != nil {
		tree, err := json.Marshal(item.ShowIf)
		if err != nil {
			return v, fmt.Errorf("item %s: condition: %w", item.ID, err)
		}
		v.Condition = string(tree)
	}
	switch item.Kind {
	case instrument.Choice, instrument.Multiple:
		v.Options, err = b.options(item, columns)
		if item.Kind == instrument.Multiple {
			v.Hint = b.words.T("survey.multiple.hint", nil)
		}
	case instrument.Number:
		v.Value = b.slots.mark(slot{kind: slotValue, item: item.Index})
		v.State = template.HTMLAttr(b.slots.mark(slot{kind: slotControlState, item: item.Index}))
		v.Min, v.Max = bound(item.Min), bound(item.Max)
		v.Hint = b.numberHint(v.Min, v.Max)
	case instrument.FreeText:
		v.Value = b.slots.mark(slot{kind: slotText, item: item.Index})
		v.State = template.HTMLAttr(b.slots.mark(slot{kind: slotControlState, item: item.Index}))
		if item.MaxLength > 0 {
			v.Hint = b.words.T("survey.text.hint", i18n.Data{"Count": item.MaxLength})
		}
	default:
		return v, fmt.Errorf("item %s: pages cannot show the kind %q", item.ID, item.Kind)
	}
	return v, err
}

func (b *surveyBuilder) options(item *instrument.Item, columns string) ([]optionView, error) {
	var views []optionView
	for i, option := range item.Responses.Options {
		picture, image, err := pictureOf(option)
		if err != nil {
			return nil, fmt.Errorf("item %s, option %s: %w", item.ID, option.Code, err)
		}
		label, err := b.fill.fill(option.Label)
		if err != nil {
			return nil, fmt.Errorf("item %s, option %s: %w", item.ID, option.Code, err)
		}
		description, err := b.fill.fill(option.Description)
		if err != nil {
			return nil, fmt.Errorf("item %s, option %s: %w", item.ID, option.Code, err)
		}
		views = append(views, optionView{
			Code: string(option.Code), Label: label, Description: description, Picture: picture, Image: image, Aside: option.Missing,
			Checked: template.HTMLAttr(b.slots.mark(slot{kind: slotChecked, item: item.Index, option: i})),
		})
	}
	if item.Responses.Declined != nil {
		label, err := b.fill.fill(item.Responses.Declined)
		if err != nil {
			return nil, fmt.Errorf("item %s, declined: %w", item.ID, err)
		}
		views = append(views, optionView{
			Code: declinedValue, Label: label, Aside: true,
			Checked: template.HTMLAttr(b.slots.mark(slot{kind: slotDeclined, item: item.Index})),
		})
	}
	for i := range views {
		if columns != "" {
			views[i].Column = columns + strconv.Itoa(i)
		}
	}
	return views, nil
}

func (b *surveyBuilder) numberHint(least, most string) string {
	switch {
	case least != "" && most != "":
		return b.words.T("survey.number_between.hint", i18n.Data{"Min": least, "Max": most})
	case least != "":
		return b.words.T("survey.number_from.hint", i18n.Data{"Min": least})
	case most != "":
		return b.words.T("survey.number_to.hint", i18n.Data{"Max": most})
	}
	return b.words.T("survey.number.hint", nil)
}

func bound(limit *float64) string {
	if limit == nil {
		return ""
	}
	return strconv.FormatFloat(*limit, 'f', -1, 64)
}

// Row says how many choices stand side by side where there is room, as classes; nothing when they are too many or too
// wordy for that.
func (v itemView) Row() string {
	n := 0
	for _, option := range v.Options {
		if option.Description != "" {
			return ""
		}
		if !option.Aside {
			n++
		}
	}
	if n < 2 || n > 7 {
		return ""
	}
	return " row n" + strconv.Itoa(n)
}
