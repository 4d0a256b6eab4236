package interchange

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"surveyd/internal/condition"
)

// identifying are words of questions whose answer says who a person is, without accents.
var identifying = []string{
	"name", "names", "firstname", "lastname", "surname", "email", "mail", "phone", "telephone", "address", "nombre", "nombres",
	"apellido", "apellidos", "correo", "telefono", "celular", "direccion", "domicilio",
}

// identifies notes a text question that seems to ask who the person is: answers are to be pseudonymous.
func (x *xlsform) identifies(r *surveyRow, q *question) {
	if q.kind != condition.TextItem {
		return
	}
	words := wordsOf(r.name)
	for _, label := range q.text {
		words = append(words, wordsOf(label)...)
	}
	if slices.ContainsFunc(words, func(word string) bool { return slices.Contains(identifying, word) }) {
		x.add(q.at, "", fmt.Sprintf("%q may ask who the person is, and its answers would be stored with all others", r.name),
			"take it out of the file if it does: surveyd knows persons by their codes")
	}
}

// wordsOf gives the words of a text, small and without accents; e-mail is one word.
func wordsOf(s string) []string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
	return strings.FieldsFunc(strings.ReplaceAll(s, "e-mail", "email"), func(r rune) bool { return !unicode.IsLetter(r) })
}
