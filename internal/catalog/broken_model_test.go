package catalog

import (
	"fmt"
	"strings"
	"testing"

	"surveyd/internal/diag"
)

// A model, table or norm group that is half written, as it is while somebody types, is reported and scores nothing.
func TestAHalfWrittenModelIsReportedAndNotScored(t *testing.T) {
	base := strings.Replace(tiny, "scales:", "", 1)
	whole := `scales:
  - id: s
    title: {en: "S"}
    items: [q1]
    score: %s
    min_answered: 1
%s
tests:
  - {name: one, answers: {q1: 1}, expect: {scores: {s: 0.5}}}
`
	for _, half := range []string{"{a: 1.4}", "{a: 1.4, d: [0]}", "{a: 1.4, b: -1.5}", "{}", "", "{a: 1.4, b: []}", "{a: 1.4, b: [x]}", "{b: [0]}", "[0]", "{a: 0, b: [0]}", "{a: 1, b: [0, 1]}"} {
		for _, model := range []string{"grm", "gpcm", "pcm"} {
			for _, score := range []string{"eap", "wle", "sum"} {
				scale := fmt.Sprintf("    irt: {model: %s, items: {q1: %s}}", model, half)
				if score == "sum" {
					scale += "\n    range: [0, 1]"
				}
				loaded, list := Check([]Source{{Name: "half.yaml", Bytes: []byte(base + fmt.Sprintf(whole, score, scale))}})
				if sound := half == "{b: [0]}" && model == "pcm"; (loaded[0].Instrument != nil) && !sound || !diag.HasError(list) && !sound {
					t.Errorf("%s %s %s is usable: %v", score, model, half, list)
				}
			}
		}
	}
	for _, half := range []string{"lookup: {table: {0: 1}}", "lookup: {table: {0: x, 1: 2}}", "lookup: {}", "norms: {groups: [{table: [{score: 0}]}]}", "norms: {groups: [{}]}", "norms: {groups: [{table: []}]}", "norms: {groups: [{mean: 1, sd: 0}]}"} {
		if loaded, list := Check([]Source{{Name: "half.yaml", Bytes: []byte(base + fmt.Sprintf(whole, "sum", "    range: [0, 1]\n    "+half))}}); loaded[0].Instrument != nil || !diag.HasError(list) {
			t.Errorf("%s is usable: %v", half, list)
		}
	}
}
