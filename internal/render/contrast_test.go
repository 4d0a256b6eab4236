package render_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestColoursCanBeToldApart holds the stylesheet's colours to WCAG 2.2: 4.5 to 1 for words, 3 to 1 for what marks a field.
func TestColoursCanBeToldApart(t *testing.T) {
	source, err := os.ReadFile("style/student.css")
	if err != nil {
		t.Fatal(err)
	}
	light, rest, ok := strings.Cut(string(source), "@media screen and (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("no dark colours")
	}
	dark, _, _ := strings.Cut(rest, "\n}\n")
	for name, css := range map[string]string{"light": light, "dark": dark} {
		colours := coloursOf(t, css)
		for _, pair := range []struct {
			front, back string
			least       float64
		}{
			{"ink", "paper", 4.5}, {"ink", "card", 4.5}, {"ink", "tint", 4.5}, {"soft", "paper", 4.5}, {"soft", "card", 4.5}, {"soft", "tint", 4.5},
			{"go", "card", 4.5}, {"go", "paper", 4.5}, {"go", "tint", 4.5}, {"go-ink", "go", 4.5}, {"bad", "card", 4.5}, {"bad", "paper", 4.5}, {"note", "note-tint", 4.5},
			{"edge", "card", 3}, {"edge", "paper", 3},
		} {
			if got := contrast(colours[pair.front], colours[pair.back]); got < pair.least {
				t.Errorf("%s: %s on %s is %.2f to 1, at least %.1f is needed", name, pair.front, pair.back, got, pair.least)
			}
		}
	}
}

var colour = regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{3,6});`)

func coloursOf(t *testing.T, css string) map[string][3]float64 {
	t.Helper()
	found := map[string][3]float64{}
	for _, m := range colour.FindAllStringSubmatch(css, -1) {
		digits := m[2]
		if len(digits) == 3 {
			digits = strings.Repeat(digits[:1], 2) + strings.Repeat(digits[1:2], 2) + strings.Repeat(digits[2:], 2)
		}
		var rgb [3]float64
		for i := range rgb {
			v, err := strconv.ParseUint(digits[2*i:2*i+2], 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			rgb[i] = float64(v) / 255
		}
		found[m[1]] = rgb
	}
	return found
}

// luminance and contrast are as WCAG 2.2 defines them.
func luminance(rgb [3]float64) float64 {
	for i, v := range rgb {
		if v <= 0.04045 {
			rgb[i] = v / 12.92
		} else {
			rgb[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2]
}

func contrast(a, b [3]float64) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}
