package preview

import (
	"fmt"
	"strings"

	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// arithmetic writes how the parts of a score make it, so that it can be redone by hand, as in "(4 + 2×5) ÷ (1 + 2) = 4.6667".
// It is empty where nothing counts, and for a score that no sum gives.
func arithmetic(scale *instrument.Scale, parts []scoring.Part, score scoring.Score) string {
	terms, weights := terms(parts)
	if terms == nil || scale.Score == instrument.EAP || scale.Score == instrument.WLE {
		return ""
	}
	sum := strings.Join(terms, " + ")
	if score.Reason != "" {
		return sum + " = " + number(score.Raw)
	}
	var how string
	switch scale.Score {
	case instrument.Sum:
		how = sum
	case instrument.ProratedSum:
		how = fmt.Sprintf("%d × %s ÷ %s", len(parts), grouped(terms), grouped(weights))
		if scale.Rounding != "" && scale.Rounding != instrument.RoundNone {
			how += fmt.Sprintf(" (%s)", scale.Rounding)
		}
	case instrument.POMP:
		how = pomp(parts, terms, weights)
	default:
		how = grouped(terms) + " ÷ " + grouped(weights)
	}
	return how + " = " + number(score.Value)
}

// terms are the answers that count, each with its weight where that is not 1, and the weights.
func terms(parts []scoring.Part) (terms, weights []string) {
	even := true
	for _, p := range parts {
		if !p.Counts {
			continue
		}
		term := number(p.Value)
		if p.Weight != 1 {
			term = number(p.Weight) + "×" + term
			even = false
		}
		terms = append(terms, term)
		weights = append(weights, number(p.Weight))
	}
	if even && terms != nil {
		weights = []string{fmt.Sprint(len(terms))}
	}
	return terms, weights
}

// pomp is the percent of maximum possible: of the mean, or of each item where they have different ranges.
func pomp(parts []scoring.Part, terms, weights []string) string {
	low, high := parts[0].Min, parts[0].Max
	same := true
	var each []string
	for _, p := range parts {
		same = same && p.Min == low && p.Max == high
		if !p.Counts {
			continue
		}
		term := fmt.Sprintf("100×(%s − %s)÷%s", number(p.Value), number(p.Min), number(p.Max-p.Min))
		if p.Weight != 1 {
			term = number(p.Weight) + "×" + term
		}
		each = append(each, term)
	}
	if !same {
		return grouped(each) + " ÷ " + grouped(weights)
	}
	return fmt.Sprintf("100 × (%s ÷ %s − %s) ÷ %s", grouped(terms), grouped(weights), number(low), number(high-low))
}

// grouped adds up, in brackets where there is more than one.
func grouped(terms []string) string {
	if len(terms) == 1 {
		return terms[0]
	}
	return "(" + strings.Join(terms, " + ") + ")"
}
