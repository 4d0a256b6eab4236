package gallery

import (
	"surveyd/internal/condition"
	"surveyd/internal/instrument"
)

func both(en, es string) instrument.Text { return instrument.Text{"en": en, "es": es} }

func number(f float64) *float64 { return &f }

func agree() *instrument.ResponseSet {
	return &instrument.ResponseSet{ID: "agree5", Kind: instrument.Ordinal, Min: 1, Max: 5, Options: []instrument.Option{
		{Code: "1", Value: 1, IsNumber: true, Label: both("Strongly disagree", "Totalmente en desacuerdo")},
		{Code: "2", Value: 2, IsNumber: true, Label: both("Disagree", "En desacuerdo")},
		{Code: "3", Value: 3, IsNumber: true, Label: both("Not sure", "No lo sé")},
		{Code: "4", Value: 4, IsNumber: true, Label: both("Agree", "De acuerdo")},
		{Code: "5", Value: 5, IsNumber: true, Label: both("Strongly agree", "Totalmente de acuerdo")},
	}}
}

// Demo is a small instrument that shows every kind of item, every layout, conditions, settings and pictures.
func Demo() *instrument.Instrument {
	grid := agree()
	grid.Declined = both("I'd rather not say", "Prefiero no decir")
	faces := agree()
	faces.ID = "faces"
	for i, name := range []string{"face-1", "face-2", "face-3", "face-4", "face-5"} {
		faces.Options[i].Picture = name
	}
	yesNo := &instrument.ResponseSet{ID: "yes_no", Kind: instrument.Nominal, Max: 1, Options: []instrument.Option{
		{Code: "1", Value: 1, IsNumber: true, Label: both("Yes", "Sí")},
		{Code: "0", Value: 0, IsNumber: true, Label: both("No", "No")},
		{Code: "9", Value: 9, IsNumber: true, Label: both("Does not apply", "No se aplica"), Missing: true},
	}, Declined: both("I'd rather not say", "Prefiero no decir")}
	clubs := &instrument.ResponseSet{ID: "clubs", Kind: instrument.Nominal, Options: []instrument.Option{
		{Code: "robotics", Label: both("Robotics", "Robótica"), Description: both("We build and program machines", "Construimos y programamos máquinas")},
		{Code: "garden", Label: both("School garden", "Huerto escolar")},
		{Code: "chess", Label: both("Chess", "Ajedrez")},
	}}
	onlyMembers := &condition.Node{Kind: condition.Compare, Item: "club", Op: condition.Equal, Values: []condition.Literal{{Text: "1", Number: 1, IsNumber: true}}}
	items := []*instrument.Item{
		{ID: "mi1", Kind: instrument.Choice, Text: both("I like to figure out how things work.", "Me gusta averiguar cómo funcionan las cosas."), Responses: grid},
		{ID: "mi2", Kind: instrument.Choice, Text: both("When a math problem is hard, I try a different way.", "Cuando un problema de matemáticas es difícil, pruebo otra manera."), Responses: grid},
		{ID: "mi3", Kind: instrument.Choice, Text: both("People at home see me as someone who is good with numbers.", "En mi casa creen que soy una persona buena con los números."), Responses: grid},
		{ID: "face", Kind: instrument.Choice, Text: both("How does a new math topic make you feel?", "¿Cómo te sientes con un tema nuevo de matemáticas?"), Responses: faces},
		{ID: "club", Kind: instrument.Choice, Text: both("Are you in a {{programme}} club?", "¿Estás en un club de {{programme}}?"), Responses: yesNo},
		{ID: "club_fun", Kind: instrument.Choice, Text: both("The club is worth my time.", "El club vale mi tiempo."), Responses: agree(), ShowIf: onlyMembers, ShowIfSrc: "club == 1"},
		{ID: "clubs", Kind: instrument.Multiple, Text: both("Which clubs have you tried?", "¿Qué clubes has probado?"), Responses: clubs},
		{ID: "hours", Kind: instrument.Number, Text: both("How many hours a week do you build or code something?", "¿Cuántas horas a la semana construyes o programas algo?"), Min: number(0), Max: number(40)},
		{ID: "more", Kind: instrument.FreeText, Text: both("Is there anything else you want to tell us?", "¿Hay algo más que quieras contarnos?"), MaxLength: 500},
	}
	in := &instrument.Instrument{
		ID: "gallery", Version: instrument.Version{Major: 1}, Title: both("Math and me", "Las matemáticas y yo"), Languages: []instrument.Lang{"en", "es"}, Minutes: 5,
		Intro: both("We want to know how **you** see math and {{programme}}.\n\n- There are no right or wrong answers.\n- You may skip any question.\n- Your teacher does not see your answers.\n\nQuestions? Ask an adult, or [read more](https://example.org/about).",
			"Queremos saber cómo ves **tú** las matemáticas y {{programme}}.\n\n- No hay respuestas buenas ni malas.\n- Puedes saltarte cualquier pregunta.\n- Tu docente no ve tus respuestas.\n\n¿Preguntas? Habla con una persona adulta o [lee más](https://example.org/acerca)."),
		Closing:      both("If a question left you feeling uneasy, talk with your counselor or an adult you trust.", "Si alguna pregunta te dejó con inquietud, habla con tu consejería o con una persona adulta de confianza."),
		Settings:     []instrument.Setting{{ID: "programme", Text: both("K-PhD", "K-PhD")}},
		ResponseSets: []*instrument.ResponseSet{grid, faces, yesNo, clubs},
		Items:        items,
		Pages: []*instrument.Page{
			{ID: "p1", Title: both("How I see math", "Cómo veo las matemáticas"), Layout: instrument.Grid, Items: items[:3], Shuffle: true},
			{ID: "p2", Title: both("New things", "Cosas nuevas"), Layout: instrument.Cards, Items: items[3:4]},
			{ID: "p3", Title: both("Clubs and free time", "Clubes y tiempo libre"), Layout: instrument.List, Items: items[4:]},
		},
	}
	return numbered(in)
}

// Fives is an instrument of n five-point items, ten to a page, as most surveys are: what budgets are measured with.
func Fives(n int) *instrument.Instrument {
	set := agree()
	in := &instrument.Instrument{
		ID: "fives", Version: instrument.Version{Major: 1}, Title: both("Math, science and me", "Las matemáticas, las ciencias y yo"), Languages: []instrument.Lang{"en", "es"}, Minutes: 6,
		Intro: both("We want to know what you think.", "Queremos saber lo que piensas."), Closing: both("Thank you.", "Gracias."),
		ResponseSets: []*instrument.ResponseSet{set},
	}
	for i := range n {
		if i%10 == 0 {
			in.Pages = append(in.Pages, &instrument.Page{ID: instrument.PageID("p" + string(rune('1'+i/10))), Layout: instrument.List,
				Title: both("What I think", "Lo que pienso")})
		}
		page := in.Pages[len(in.Pages)-1]
		stem := stems[i%len(stems)]
		item := &instrument.Item{ID: instrument.ItemID("q" + string(rune('a'+i))), Kind: instrument.Choice, Text: both(stem[0], stem[1]), Responses: set}
		in.Items = append(in.Items, item)
		page.Items = append(page.Items, item)
	}
	return numbered(in)
}

// numbered gives items and pages their positions.
func numbered(in *instrument.Instrument) *instrument.Instrument {
	for i, item := range in.Items {
		item.Index = i
	}
	for i, page := range in.Pages {
		page.Index = i
		for _, item := range page.Items {
			item.Page = i
		}
	}
	return in
}

var stems = [][2]string{
	{"I like to figure out how machines work.", "Me gusta averiguar cómo funcionan las máquinas."},
	{"I can explain a math idea to a friend.", "Puedo explicarle una idea de matemáticas a una amistad."},
	{"My family talks with me about science.", "En mi familia hablamos de ciencia."},
	{"When I get stuck I look for another way.", "Cuando me atoro, busco otra manera."},
	{"I look forward to building things at school.", "Me emociona construir cosas en la escuela."},
	{"My teachers notice when I have a good idea.", "En la escuela notan cuando tengo una buena idea."},
	{"I could see myself working with computers one day.", "Me imagino trabajando algún día con computadoras."},
	{"Mistakes help me learn math.", "Los errores me ayudan a aprender matemáticas."},
	{"There are people like me who do science.", "Hay gente como yo que hace ciencia."},
	{"I ask questions when a graph is not clear.", "Hago preguntas cuando una gráfica no es clara."},
	{"Working on a hard puzzle makes time fly.", "Con un rompecabezas difícil se me pasa volando el tiempo."},
	{"Others count on me when we do experiments.", "Cuentan conmigo cuando hacemos experimentos."},
	{"I want to know more about space, plants or machines.", "Quiero saber más del espacio, las plantas o las máquinas."},
}
