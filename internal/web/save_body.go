package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode/utf8"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// saveBody is what the page's script sends.
type saveBody struct {
	Seq      int64                                     `json:"seq"`
	Save     string                                    `json:"save"`
	Language instrument.Lang                           `json:"language"`
	Reached  int                                       `json:"reached"`
	Answers  map[instrument.ItemID][]string            `json:"answers"`
	Seconds  map[instrument.PageID]float64             `json:"seconds"`
	Order    map[instrument.PageID][]instrument.ItemID `json:"order"`
}

// decodeSave reads a save. Everything in it is a copy. errBadBody.
func decodeSave(body []byte) (fieldwork.Save, error) {
	// encoding/json would replace what is not UTF-8, and an answer would be stored that nobody gave.
	if !utf8.Valid(body) {
		return fieldwork.Save{}, fmt.Errorf("%w: not UTF-8", errBadBody)
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	var in saveBody
	if err := decoder.Decode(&in); err != nil {
		return fieldwork.Save{}, fmt.Errorf("%w: not the JSON of a save", errBadBody)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return fieldwork.Save{}, fmt.Errorf("%w: more than one value", errBadBody)
	}
	save := fieldwork.Save{Seq: in.Seq, Name: in.Save, Language: in.Language, Reached: in.Reached}
	for _, id := range slices.Sorted(maps.Keys(in.Answers)) {
		save.Answers = append(save.Answers, fieldwork.Given{Item: id, Values: in.Answers[id]})
	}
	for _, id := range slices.Sorted(maps.Keys(in.Seconds)) {
		save.Seconds = append(save.Seconds, fieldwork.PageSeconds{Page: id, Seconds: in.Seconds[id]})
	}
	for _, id := range slices.Sorted(maps.Keys(in.Order)) {
		save.Order = append(save.Order, fieldwork.PageOrder{Page: id, Items: in.Order[id]})
	}
	return save, nil
}
