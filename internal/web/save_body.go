package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"unicode/utf16"
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
	if loneSurrogate(body) {
		return fieldwork.Save{}, fmt.Errorf("%w: half a character", errBadBody)
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

// loneSurrogate says whether JSON escapes half of a character, which encoding/json would replace as well.
func loneSurrogate(body []byte) bool {
	for {
		at := bytes.IndexByte(body, '\\')
		if at < 0 || at+1 >= len(body) {
			return false
		}
		unit, escapes := escapedUnit(body[at:])
		if !escapes {
			body = body[at+2:]
			continue
		}
		body = body[at+6:]
		if !utf16.IsSurrogate(unit) {
			continue
		}
		low, escapes := escapedUnit(body)
		if !escapes || utf16.DecodeRune(unit, low) == utf8.RuneError {
			return true
		}
		body = body[6:]
	}
}

// escapedUnit reads an escape such as \u00e9 at the beginning of text.
func escapedUnit(text []byte) (unit rune, ok bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(n), err == nil
}
