package answer

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
)

// ProblemCode says what is wrong with a value; the words for it live with the interface.
type ProblemCode string

// The problems of a value. Too small, too large and too long carry the limit.
const (
	NotInSet    ProblemCode = "not_in_set"
	NotANumber  ProblemCode = "not_a_number"
	TooSmall    ProblemCode = "too_small"
	TooLarge    ProblemCode = "too_large"
	TooLong     ProblemCode = "too_long"
	TwoValues   ProblemCode = "two_values"
	UnknownItem ProblemCode = "unknown_item"
	BadUTF8     ProblemCode = "bad_utf8"
)

// Problem is what is wrong with the value given to one item.
type Problem struct {
	Item  instrument.ItemID // of UnknownItem: the name that was given
	Code  ProblemCode
	Limit float64 // of TooSmall, TooLarge, TooLong (characters)
}

// read reads one value given to an item. A blank is skipped; an illegal value gives an invalid answer that keeps it, and
// the problem. States written as codes are none of its business.
func read(item *instrument.Item, given string) (Answer, *Problem) {
	value := strings.TrimSpace(given)
	if value == "" {
		return Answer{State: Skipped, Option: -1}, nil
	}
	if !utf8.ValidString(given) {
		return invalid(item, given, BadUTF8, 0)
	}
	switch item.Kind {
	case instrument.Multiple:
		return readMultiple(item, given, value)
	case instrument.Number:
		return readNumber(item, given, value)
	case instrument.FreeText:
		return readText(item, given, value)
	default:
		option := findOption(item.Responses, value)
		if option < 0 {
			return invalid(item, given, NotInSet, 0)
		}
		return Answer{State: Answered, Option: option}, nil
	}
}

// findOption finds a code by its text or, because spreadsheets and statistics programs write 4 as 4.0, by its number.
func findOption(set *instrument.ResponseSet, value string) int {
	if option := set.Option(instrument.Code(value)); option >= 0 {
		return option
	}
	number, ok := parseNumber(value)
	if !ok {
		return -1
	}
	for i := range set.Options {
		if set.Options[i].IsNumber && set.Options[i].Value == number {
			return i
		}
	}
	return -1
}

// readMultiple reads codes joined by ; in any order. A code given twice says the same as once.
func readMultiple(item *instrument.Item, given, value string) (Answer, *Problem) {
	a := Answer{State: Answered, Option: -1}
	for part := range strings.SplitSeq(value, ";") {
		option := findOption(item.Responses, strings.TrimSpace(part))
		if option < 0 {
			return invalid(item, given, NotInSet, 0)
		}
		if at, found := slices.BinarySearch(a.Options, option); !found {
			a.Options = slices.Insert(a.Options, at, option)
		}
	}
	return a, nil
}

func readNumber(item *instrument.Item, given, value string) (Answer, *Problem) {
	number, ok := parseNumber(value)
	switch {
	case !ok:
		return invalid(item, given, NotANumber, 0)
	case item.Min != nil && number < *item.Min:
		return invalid(item, given, TooSmall, *item.Min)
	case item.Max != nil && number > *item.Max:
		return invalid(item, given, TooLarge, *item.Max)
	}
	if _, reserved := stateOfNumber(number); reserved {
		// No file could tell it from a state.
		return invalid(item, given, NotANumber, 0)
	}
	return Answer{State: Answered, Option: -1, Number: number}, nil
}

// readText reads a text; a line break is one character, as the page's form counts it. What nobody types and nobody sees is
// dropped.
func readText(item *instrument.Item, given, value string) (Answer, *Problem) {
	value = strings.ReplaceAll(strings.ReplaceAll(value, "\r\n", "\n"), "\r", "\n")
	value = strings.TrimSpace(strings.Map(visible, value))
	if value == "" {
		return Answer{State: Skipped, Option: -1}, nil
	}
	if item.MaxLength > 0 && utf8.RuneCountInString(value) > item.MaxLength {
		return invalid(item, given, TooLong, float64(item.MaxLength))
	}
	return Answer{State: Answered, Option: -1, Text: value}, nil
}

// visible drops control characters, which can drive a terminal, and those that turn the direction of the text around them,
// which can make a row of a table read as something else.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return -1
	}
	return r
}

// parseNumber reads a plain decimal number; a decimal comma is none, for 1,500 could mean two things.
func parseNumber(value string) (float64, bool) {
	if !csvfile.IsNumber(value) {
		return 0, false
	}
	number, err := strconv.ParseFloat(value, 64)
	return number + 0, err == nil // adding 0 makes -0 a 0
}

func invalid(item *instrument.Item, given string, code ProblemCode, limit float64) (Answer, *Problem) {
	return Answer{State: Answered, Invalid: true, Option: -1, Text: given}, &Problem{Item: item.ID, Code: code, Limit: limit}
}
