package render

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"strconv"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// paperPage is one page of the survey.
type paperPage struct {
	Number, Of int
	Title      string
	Shuffled   bool
	Blocks     []paperBlock
}

// paperBlock is a table of questions that share their options, or one question by itself.
type paperBlock struct {
	Columns []paperOption // of a table; nil for a single question
	Rows    []paperQuestion
}

type paperQuestion struct {
	Number    int
	Kind      instrument.ItemKind
	Text      string
	Hint      string
	Condition string
	Audio     bool
	Options   []paperOption
	Faces     bool // every option has a picture: they stand side by side
	Blank     bool // room to write a sentence, not a number
}

type paperOption struct {
	Label, Description string
	Picture            string       // id of a built-in drawing
	Image              template.URL // the file itself
	Aside              bool         // declined, or a code that is never scored
}

func (b *packetBuilder) questions(page *instrument.Page) (paperPage, error) {
	v := paperPage{Number: page.Index + 1, Of: len(b.in.Pages), Title: b.text(page.Title), Shuffled: page.Shuffle}
	for i := 0; i < len(page.Items); {
		run := gridRun(page, i)
		block := paperBlock{}
		for _, item := range page.Items[i : i+max(run, 1)] {
			question, err := b.question(item)
			if err != nil {
				return v, err
			}
			block.Rows = append(block.Rows, question)
		}
		if run > 0 {
			block.Columns = block.Rows[0].Options
		}
		v.Blocks = append(v.Blocks, block)
		i += max(run, 1)
	}
	return v, nil
}

func (b *packetBuilder) question(item *instrument.Item) (paperQuestion, error) {
	v := paperQuestion{Number: b.numbers[item.ID], Kind: item.Kind, Text: b.text(item.Text), Audio: item.Audio != nil}
	conditions := conditionWords{in: b.in, fill: b.fill, words: b.words, numbers: b.numbers}
	var err error
	if v.Condition, err = conditions.sentence(item); err != nil {
		return v, err
	}
	survey := surveyBuilder{words: b.words}
	switch item.Kind {
	case instrument.Choice, instrument.Multiple:
		if item.Kind == instrument.Multiple {
			v.Hint = b.words.T("survey.multiple.hint", nil)
		}
		v.Options, err = b.options(item)
	case instrument.Number:
		v.Hint = survey.numberHint(bound(item.Min), bound(item.Max))
	case instrument.FreeText:
		v.Blank = true
		if item.MaxLength > 0 {
			v.Hint = b.words.T("survey.text.hint", i18n.Data{"Count": item.MaxLength})
		}
	}
	v.Faces = len(v.Options) > 0
	for _, option := range v.Options {
		v.Faces = v.Faces && (option.Aside || option.Picture != "" || option.Image != "")
	}
	return v, err
}

func (b *packetBuilder) options(item *instrument.Item) ([]paperOption, error) {
	var list []paperOption
	for _, o := range item.Responses.Options {
		view := paperOption{Label: b.text(o.Label), Description: b.text(o.Description), Aside: o.Missing}
		switch {
		case isBuiltin(o.Picture):
			view.Picture = o.Picture
		case o.Image != nil:
			view.Image = template.URL("data:" + o.Image.Type + ";base64," + base64.StdEncoding.EncodeToString(o.Image.Bytes))
		case o.Picture != "":
			return nil, fmt.Errorf("item %s, option %s: picture %s was not read", item.ID, o.Code, strconv.Quote(o.Picture))
		}
		list = append(list, view)
	}
	if item.Responses.Declined != nil {
		list = append(list, paperOption{Label: b.text(item.Responses.Declined), Aside: true})
	}
	return list, nil
}
