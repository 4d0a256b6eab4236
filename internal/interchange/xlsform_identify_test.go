package interchange

import (
	"strings"
	"testing"
)

func TestATextThatAsksWhoAPersonIsIsNoted(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label::English (en) | label::Español (es)
text | full_name | Who are you? | ¿Quién eres?
text | b | Your e-mail: | Tu dirección electrónica:
text | c | How can we call you? | ¿Cuál es tu TELÉFONO?
text | renamed | What did you rename? | ¿Qué nombraste?
text | d | What do you like? | ¿Qué te gusta?
integer | phone | How many phones are there at home? | ¿Cuántos teléfonos hay en casa?`})
	noted(t, r, `survey row 2: "full_name" may ask who the person is`, `survey row 3: "b" may ask who`, `survey row 4: "c" may ask who`, "take it out of the file")
	n := 0
	for _, note := range r.Notes {
		if strings.Contains(note.What, "may ask who the person is") {
			n++
		}
	}
	if n != 3 {
		t.Errorf("%d notes: %v", n, r.Notes)
	}
	contains(t, r, "{id: full_name, kind: text")
}
