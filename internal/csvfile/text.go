package csvfile

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Text gives a value as text. What is not UTF-8 is read as Windows-1252, in which Excel saves a plain CSV file in western Europe and
// the Americas; utf8 is then false.
func Text(value []byte) (text string, isUTF8 bool) {
	if utf8.Valid(value) {
		return string(value), true
	}
	runes := make([]rune, len(value))
	for i, b := range value {
		runes[i] = charmap.Windows1252.DecodeByte(b)
	}
	return string(runes), false
}
