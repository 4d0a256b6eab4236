package gallery

import (
	"crypto/sha256"
	_ "embed" // a recording
	"encoding/hex"

	"surveyd/internal/instrument"
)

// silence is half a second of it, made by hand: 14 frames of MPEG-2 layer III.
//
//go:embed silence.mp3
var silence []byte

func asset(path, media string, body []byte) *instrument.Asset {
	digest := sha256.Sum256(body)
	return &instrument.Asset{Path: path, Type: media, Digest: hex.EncodeToString(digest[:]), Bytes: body}
}

func drawing(name, inside string) *instrument.Asset {
	return asset(name+".svg", "image/svg+xml", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><circle cx="24" cy="24" r="23" fill="#dff0ff"/>`+inside+`</svg>`))
}

// Early is a survey for children who do not read yet: faces, pictures from files, and a question that a person has recorded.
func Early() *instrument.Instrument {
	faces := &instrument.ResponseSet{ID: "faces3", Kind: instrument.Ordinal, Min: 1, Max: 3, Options: []instrument.Option{
		{Code: "1", Value: 1, IsNumber: true, Label: both("Not happy", "Sin alegría"), Picture: "face-1"},
		{Code: "2", Value: 2, IsNumber: true, Label: both("In between", "Más o menos"), Picture: "face-3"},
		{Code: "3", Value: 3, IsNumber: true, Label: both("Happy", "Con alegría"), Picture: "face-5"},
	}, Declined: both("Skip this one", "Saltar esta")}
	block := drawing("art/blocks", `<path d="M10 28h12v12H10zM24 28h12v12H24zM17 14h12v12H17z" fill="#0b6461"/>`)
	leaf := drawing("art/leaf", `<path d="M24 40V24M24 30c-12 0-14-10-13-16 9 0 14 5 13 16zM24 26c0-9 5-13 13-13 0 8-4 13-13 13z" fill="#3f8f3f" stroke="#16262e" stroke-width="2"/>`)
	stars := drawing("art/stars", `<path d="M24 8l4 11 11 1-9 7 3 11-9-6-9 6 3-11-9-7 11-1z" fill="#f2b632"/>`)
	things := &instrument.ResponseSet{ID: "things", Kind: instrument.Nominal, Options: []instrument.Option{
		{Code: "blocks", Label: both("Building with blocks", "Construir con bloques"), Picture: block.Path, Image: block},
		{Code: "plants", Label: both("Watching plants grow", "Ver crecer las plantas"), Picture: leaf.Path, Image: leaf},
		{Code: "stars", Label: both("Looking at the stars", "Mirar las estrellas"), Picture: stars.Path, Image: stars},
	}}
	spoken := asset("build.mp3", "audio/mpeg", silence)
	items := []*instrument.Item{
		{ID: "build", Kind: instrument.Choice, Text: both("How do you feel when you build something?", "¿Cómo te sientes cuando construyes algo?"), Responses: faces,
			Audio: map[instrument.Lang]*instrument.Asset{"en": spoken, "es": spoken}},
		{ID: "count", Kind: instrument.Choice, Text: both("How do you feel when you count things?", "¿Cómo te sientes cuando cuentas cosas?"), Responses: faces},
		{ID: "like", Kind: instrument.Multiple, Text: both("What do you like to do?", "¿Qué te gusta hacer?"), Responses: things},
	}
	in := &instrument.Instrument{
		ID: "early", Version: instrument.Version{Major: 1}, Title: both("How I feel", "Cómo me siento"), Languages: []instrument.Lang{"en", "es"}, Minutes: 3,
		Audience:     instrument.Audience{Grades: []instrument.Grade{"K", "1", "2"}},
		Intro:        both("We want to know how you feel.", "Queremos saber cómo te sientes."),
		Closing:      both("Thank you!", "¡Gracias!"),
		ResponseSets: []*instrument.ResponseSet{faces, things},
		Items:        items,
		Pages: []*instrument.Page{
			{ID: "p1", Title: both("Doing things", "Hacer cosas"), Layout: instrument.Grid, Items: items[:2]},
			{ID: "p2", Layout: instrument.Cards, Items: items[2:]},
		},
		Assets: []*instrument.Asset{block, leaf, stars, spoken},
	}
	return numbered(in)
}

// Learners is Demo for children who learn to read: as it is, with a button to listen at each question.
func Learners() *instrument.Instrument {
	in := Demo()
	in.Audience.Grades = []instrument.Grade{"3", "4", "5"}
	return in
}
