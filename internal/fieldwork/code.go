package fieldwork

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// A code is seven random characters and a check character from an alphabet without look-alikes (no 0 1 I L O U): 30^7
// codes, about 2*10^10, so that a guess among 13,500 living ones succeeds once in 1.6 million tries.
const (
	codeAlphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeLength   = 8
)

// errMistyped says that what was typed can be no code: wrong length, wrong character or wrong check character.
var errMistyped = errors.New("mistyped code")

// newCode draws a code from random.
func newCode(random io.Reader) (string, error) {
	var code [codeLength]byte
	var one [1]byte
	for i := 0; i < codeLength-1; {
		if _, err := io.ReadFull(random, one[:]); err != nil {
			return "", fmt.Errorf("draw a code: %w", err)
		}
		// 240 is the largest multiple of 30 in a byte: beyond it, characters would not be equally likely.
		if one[0] >= 240 {
			continue
		}
		code[i] = codeAlphabet[int(one[0])%len(codeAlphabet)]
		i++
	}
	code[codeLength-1] = checkCharacter(code[:codeLength-1])
	return string(code[:]), nil
}

// checkCharacter is Luhn's algorithm modulo 30 (ISO/IEC 7812-1 Annex B, generalised to N characters): it finds every
// single wrong character and nearly every swap of neighbours. The page's script computes the same.
func checkCharacter(body []byte) byte {
	n := len(codeAlphabet)
	sum, factor := 0, 2
	for i := len(body) - 1; i >= 0; i-- {
		product := factor * strings.IndexByte(codeAlphabet, body[i])
		sum += product/n + product%n
		factor = 3 - factor
	}
	return codeAlphabet[(n-sum%n)%n]
}

// normalizeCode takes what a person typed to the code's own form: case, hyphens and spaces do not matter.
func normalizeCode(typed string) (string, error) {
	if len(typed) > 64 {
		return "", errMistyped
	}
	var code []byte
	for _, r := range strings.ToUpper(typed) {
		switch {
		case r == '-' || r == ' ' || r == '\u2010' || r == '\u2011' || r == '\u2013':
		case r < 128 && strings.IndexByte(codeAlphabet, byte(r)) >= 0:
			code = append(code, byte(r))
		default:
			return "", errMistyped
		}
	}
	if len(code) != codeLength || checkCharacter(code[:codeLength-1]) != code[codeLength-1] {
		return "", errMistyped
	}
	return string(code), nil
}

// IsMistyped says whether what was typed can be no code, which needs no lookup.
func IsMistyped(typed string) bool {
	_, err := normalizeCode(typed)
	return err != nil
}

// FormatCode writes a code as it stands on a code sheet: two groups of four.
func FormatCode(code string) string {
	if len(code) != codeLength {
		return code
	}
	return code[:4] + "-" + code[4:]
}
