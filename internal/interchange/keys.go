package interchange

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"surveyd/internal/instrument"
)

// KeysFormat names a language that a scoring key can be written in.
type KeysFormat string

// The formats of keys.
const (
	Psych  KeysFormat = "psych"  // an R script that scores answers as surveyd does
	Lavaan KeysFormat = "lavaan" // an R script with a factor model of each scale and of all together
)

// KeysFormats lists the formats of keys.
func KeysFormats() []KeysFormat { return []KeysFormat{Psych, Lavaan} }

// ErrNoScales says that an instrument scores nothing, so that there is no key to write.
var ErrNoScales = errors.New("the instrument has no scales, so there is no key to write")

// Keys writes an instrument's scoring key as an R script.
func Keys(in *instrument.Instrument, format KeysFormat) ([]byte, error) {
	if len(in.Scales) == 0 {
		return nil, ErrNoScales
	}
	switch format {
	case Psych:
		return psych(in)
	case Lavaan:
		return lavaan(in)
	}
	return nil, fmt.Errorf("there is no format %q", format)
}

// summed says whether a scale's score is made of the answers by adding, which a script can do; the others rest on an item
// response model.
func summed(s *instrument.Scale) bool {
	return s.Score != instrument.EAP && s.Score != instrument.WLE
}

// scriptHead writes what both scripts open with.
func scriptHead(b *strings.Builder, in *instrument.Instrument, lines ...string) {
	fmt.Fprintf(b, "# %s %s: %s\n", in.ID, in.Version, comment(in.Title.In(in.Languages[0])))
	for _, line := range lines {
		fmt.Fprintf(b, "# %s\n", line)
	}
	b.WriteString("#\n# Made by surveyd keys. The instrument file is the authority; make this anew when it changes.\n\n")
}

// shared lists the items that several scales hold.
func shared(in *instrument.Instrument) []string {
	count := map[instrument.ItemID]int{}
	var out []string
	for _, s := range in.Scales {
		for _, key := range s.Items {
			if count[key.Item.ID]++; count[key.Item.ID] == 2 {
				out = append(out, string(key.Item.ID))
			}
		}
	}
	slices.Sort(out)
	return out
}

// rText writes a string of R.
func rText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(s) + `"`
}

// rTexts writes a character vector.
func rTexts(list []string) string {
	if len(list) == 0 {
		return "character(0)"
	}
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = rText(s)
	}
	return "c(" + strings.Join(out, ", ") + ")"
}

// rNumbers writes a numeric vector.
func rNumbers(list []float64) string {
	if len(list) == 0 {
		return "numeric(0)"
	}
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = number64(x)
	}
	return "c(" + strings.Join(out, ", ") + ")"
}
