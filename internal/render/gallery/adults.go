package gallery

import (
	"io"

	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// Family is a survey for families, with a question of each kind that a page gives hints for.
func Family() *instrument.Instrument {
	agreeing := agree()
	helps := &instrument.ResponseSet{ID: "helps", Kind: instrument.Nominal, Options: []instrument.Option{
		{Code: "times", Label: both("Other times of day", "Otro horario")},
		{Code: "ride", Label: both("A ride", "Transporte")},
		{Code: "language", Label: both("Someone who speaks my language", "Alguien que hable mi idioma")},
	}}
	items := []*instrument.Item{
		{ID: "view", Kind: instrument.Choice, Text: both("I can see my child working in science one day.", "Me imagino a mi hija o hijo trabajando algún día en ciencias."), Responses: agreeing},
		{ID: "school", Kind: instrument.Choice, Text: both("I know whom to ask at school.", "Sé a quién preguntar en la escuela."), Responses: agreeing},
		{ID: "helps", Kind: instrument.Multiple, Text: both("What would help your family?", "¿Qué le ayudaría a su familia?"), Responses: helps},
		{ID: "times", Kind: instrument.Number, Text: both("How many times did you come to school this year?", "¿Cuántas veces vino a la escuela este año?"), Min: number(0), Max: number(99)},
		{ID: "more", Kind: instrument.FreeText, Text: both("What else should we know? Please leave out names.", "¿Qué más debemos saber? Por favor, no ponga nombres."), MaxLength: 500},
	}
	return numbered(&instrument.Instrument{
		ID: "family", Version: instrument.Version{Major: 1}, Title: both("Our family and science", "Nuestra familia y las ciencias"), Languages: []instrument.Lang{"en", "es"}, Minutes: 4,
		Audience:     instrument.Audience{Adults: "family"},
		Closing:      both("Do you have a question? Ask the school's front office.", "¿Tiene una pregunta? Llame a la oficina de la escuela."),
		ResponseSets: []*instrument.ResponseSet{agreeing, helps},
		Items:        items,
		Pages: []*instrument.Page{
			{ID: "p1", Title: both("You and the school", "Usted y la escuela"), Layout: instrument.Grid, Items: items[:2]},
			{ID: "p2", Title: both("Last questions", "Últimas preguntas"), Layout: instrument.List, Items: items[2:]},
		},
	})
}

// Staff is Family as if it asked colleagues: what differs is how the pages' own words speak to them.
func Staff() *instrument.Instrument {
	in := Family()
	in.ID, in.Audience = "staff", instrument.Audience{Adults: "staff"}
	return in
}

// adultStates are the pages whose words are others for adults.
func adultStates() []State {
	return []State{
		{"assent-family", assentOf(Family)},
		{"assent-staff", assentOf(Staff)},
		{"survey-family", surveyOf(Family, render.SurveyOptions{}, render.ResumeState{})},
		{"survey-family-unanswered", surveyOf(Family, render.SurveyOptions{Synthetic: true}, render.ResumeState{
			Seq: 2, Reached: 2, Unanswered: []instrument.ItemID{"view", "times"}, Confirmed: true})},
		{"thanks-family", thanksOf(Family, render.OutcomeSubmitted, "R7KQ-2M4X-9TBA")},
		{"thanks-family-declined", thanksOf(Family, render.OutcomeDeclined, "")},
		{"thanks-family-partial", thanksOf(Family, render.OutcomePartial, "")},
		{"thanks-staff", thanksOf(Staff, render.OutcomeSubmitted, "R7KQ-2M4X-9TBA")},
	}
}

func assentOf(in func() *instrument.Instrument) writer {
	return func(r *render.Renderer, w io.Writer, lang instrument.Lang) error {
		return r.Assent(w, render.AssentView{Lang: lang, Instrument: in()})
	}
}

func thanksOf(in func() *instrument.Instrument, outcome render.Outcome, receipt string) writer {
	return func(r *render.Renderer, w io.Writer, lang instrument.Lang) error {
		return r.Thanks(w, render.ThanksView{Lang: lang, Instrument: in(), Outcome: outcome, Receipt: receipt})
	}
}
