package instrument

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

var (
	numberPattern = regexp.MustCompile(`^-?(0|[1-9][0-9]*)?(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)
	octalPattern  = regexp.MustCompile(`^[-+]?0[0-9_]+$`)
)

// word reads a scalar as the text that stands there, never as YAML's guess at a type. what names it in reports.
func (l *loader) word(n *yaml.Node, what string) (string, bool) {
	switch {
	case n == nil:
		return "", false
	case n.Kind != yaml.ScalarNode:
		hint := "write one value, without brackets"
		if n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle != 0 || n.Kind == yaml.SequenceNode && n.Style&yaml.FlowStyle != 0 {
			hint = "write a single value; one that begins with { or [ needs quotes"
		}
		l.errAt(n, "wrong-shape", fmt.Sprintf("%s must be a single value, not %s", what, shapeOf(n)), hint)
		return "", false
	case isNull(n):
		l.errAt(n, "empty", fmt.Sprintf("%s is empty", what), "write it, or take the key away; the word null itself needs quotes")
		return "", false
	case isTruthWord(n):
		l.errAt(n, "yaml-truth-value", fmt.Sprintf("%s is the unquoted word %s, which many readers of YAML take for true or false", what, n.Value),
			fmt.Sprintf("write \"%s\" in quotes", n.Value))
		return n.Value, false
	}
	return n.Value, true
}

// number reads a scalar as a finite decimal number.
func (l *loader) number(n *yaml.Node, what string) (float64, bool) {
	return l.numberOr(n, what, "write digits with a decimal point where needed, such as 0.5")
}

// numberOr is number with what would be right in the place of no number.
func (l *loader) numberOr(n *yaml.Node, what, hint string) (float64, bool) {
	s, ok := l.word(n, what)
	if !ok {
		return 0, false
	}
	if octalPattern.MatchString(s) {
		l.octal(n, what)
		return 0, false
	}
	v, ok := parseNumber(s)
	if !ok {
		l.errAt(n, "not-a-number", fmt.Sprintf("%s is %q, not a number", what, s), hint)
		return 0, false
	}
	return v, true
}

// parseNumber reads a finite decimal number.
func parseNumber(s string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && numberPattern.MatchString(s) && !math.IsInf(v, 0)
}

func (l *loader) octal(n *yaml.Node, what string) {
	digits := strings.TrimLeft(strings.TrimLeft(n.Value, "+-"), "0_")
	if digits == "" {
		digits = "0"
	}
	l.errAt(n, "yaml-octal", fmt.Sprintf("%s is %s: the leading zero makes it an octal number to some readers of YAML", what, n.Value),
		fmt.Sprintf("write %s", digits))
}

// count reads a scalar as a whole number from low to high.
func (l *loader) count(n *yaml.Node, what string, low, high int) (int, bool) {
	return l.countOr(n, what, low, high, fmt.Sprintf("write a whole number from %d to %d", low, high))
}

// countOr is count with what would be right in the place of anything else.
func (l *loader) countOr(n *yaml.Node, what string, low, high int, hint string) (int, bool) {
	v, ok := l.numberOr(n, what, hint)
	if !ok {
		return 0, false
	}
	if v != math.Trunc(v) || v < float64(low) || v > float64(high) {
		l.errAt(n, "out-of-range", fmt.Sprintf("%s is %s", what, n.Value), hint)
		return 0, false
	}
	return int(v), true
}

// share reads a scalar as a share above 0, up to 1.
func (l *loader) share(n *yaml.Node, what string) (float64, bool) {
	hint := "write a share above 0, up to 1, such as 0.5"
	if percent, isPercent := strings.CutSuffix(n.Value, "%"); isPercent {
		if v, ok := parseNumber(strings.TrimSpace(percent)); ok && v > 0 && v <= 100 {
			hint = fmt.Sprintf("write %g", v/100)
		}
	}
	v, ok := l.numberOr(n, what, hint)
	if !ok {
		return 0, false
	}
	if v <= 0 || v > 1 {
		l.errAt(n, "out-of-range", fmt.Sprintf("%s is %s", what, n.Value), hint)
		return 0, false
	}
	return v, true
}

// truth reads a scalar as true or false.
func (l *loader) truth(n *yaml.Node, what string) bool {
	if n == nil {
		return false
	}
	if n.Kind == yaml.ScalarNode && isPlain(n) {
		switch n.Value {
		case "true":
			return true
		case "false":
			return false
		}
	}
	if n.Kind != yaml.ScalarNode {
		l.errAt(n, "wrong-shape", fmt.Sprintf("%s must be true or false, not %s", what, shapeOf(n)), "write true or false")
		return false
	}
	if isTruthWord(n) {
		l.errAt(n, "yaml-truth-value", fmt.Sprintf("%s is the word %s, which only some readers of YAML take for true or false", what, n.Value), "write true or false")
		return false
	}
	l.errAt(n, "not-a-truth-value", fmt.Sprintf("%s is %q", what, n.Value), "write true or false, without quotes")
	return false
}

// choice reads a scalar as one of a few words; a missing one is the first.
func choice[T ~string](l *loader, n *yaml.Node, what string, words ...T) (T, bool) {
	if n == nil {
		return words[0], true
	}
	s, ok := l.word(n, what)
	if !ok {
		return words[0], false
	}
	names := make([]string, len(words))
	for i, w := range words {
		if string(w) == s {
			return w, true
		}
		names[i] = string(w)
	}
	l.errAt(n, "unknown-word", fmt.Sprintf("%s is %q", what, s), diag.DidYouMean(s, names, "write "+orList(names)))
	return words[0], false
}

// orList writes "a, b or c".
func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
