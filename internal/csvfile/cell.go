package csvfile

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// AppendField appends value as a CSV field, quoted where it must be.
func AppendField(dst []byte, value string) []byte { return AppendFieldFor(dst, value, ',') }

// AppendFieldFor is AppendField for a file with comma between its fields.
func AppendFieldFor(dst []byte, value string, comma byte) []byte {
	if strings.IndexByte(value, comma) < 0 && !strings.ContainsAny(value, "\"\r\n") {
		return append(dst, value...)
	}
	dst = append(dst, '"')
	for {
		q := strings.IndexByte(value, '"')
		if q < 0 {
			dst = append(dst, value...)
			return append(dst, '"')
		}
		dst = append(dst, value[:q+1]...)
		dst = append(dst, '"')
		value = value[q+1:]
	}
}

// AppendNumber appends x in the shortest form that reads back to the same float64: plain decimals, an exponent only
// beyond 1e21 and below 1e-6. A zero has no sign.
func AppendNumber(dst []byte, x float64) []byte {
	if x == 0 {
		return append(dst, '0')
	}
	format := byte('f')
	if size := math.Abs(x); size < 1e-6 || size >= 1e21 {
		format = 'e'
	}
	return strconv.AppendFloat(dst, x, format, -1, 64)
}

// Defuse makes value harmless in a spreadsheet: what would be read as a formula (a cell that begins with = + - @, tab or
// CR, also in their full-width forms and behind characters that have no width) gets an apostrophe before it. A plain
// number stays a number. What looks defused already gets one apostrophe more, so that Undefuse always gives value back.
func Defuse(value string) string {
	if !armed(value) || IsNumber(value) {
		return value
	}
	return "'" + value
}

// Undefuse takes off what Defuse put on.
func Undefuse(cell string) string {
	if strings.HasPrefix(cell, "'") && armed(cell) {
		return cell[1:]
	}
	return cell
}

// armed says whether a formula begins after any apostrophes and byte order marks, which some spreadsheets do not see.
func armed(value string) bool {
	value = strings.TrimLeft(value, "'\ufeff\u200b")
	first, _ := utf8.DecodeRuneInString(value)
	return value != "" && strings.ContainsRune("=+-@\t\r\uff1d\uff0b\uff0d\uff20", first)
}

// IsNumber says whether s is a plain decimal number such as -2.5 or 1e6: digits with at most one point and an exponent.
// No thousands mark, no decimal comma, no hexadecimal, no infinity.
func IsNumber(s string) bool {
	i := sign(s, 0)
	whole := digits(s, i)
	n := whole - i
	i = whole
	if i < len(s) && s[i] == '.' {
		i = digits(s, i+1)
		n += i - whole - 1
	}
	if n == 0 {
		return false
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		exponent := sign(s, i+1)
		i = digits(s, exponent)
		if i == exponent {
			return false
		}
	}
	return i == len(s)
}

func sign(s string, i int) int {
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		return i + 1
	}
	return i
}

func digits(s string, i int) int {
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}
