package interchange

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"surveyd/internal/condition"
)

// details reads what a row says of a question besides its text and its condition.
func (x *xlsform) details(r *surveyRow, q *question) {
	if required, heading := r.value("required"); isTrue(required) {
		q.required = true
	} else if !isFalse(required) {
		x.add(r.at, heading, fmt.Sprintf("required is a condition (%s) and was not carried", quoted(required)), "students may skip any question here")
	}
	if cell, heading := r.value("readonly"); isTrue(cell) {
		x.leaveOut(q, heading, fmt.Sprintf("%q is read-only and was left out: nobody can answer it", q.name), "")
		return
	}
	x.parameters(r, q)
	if cell, heading := r.value("constraint"); cell != "" {
		x.constraint(r, q, cell, heading)
	}
	if r.word == "integer" {
		x.add(r.at, "type", "that only whole numbers are allowed was not carried", "a number item takes 2.5 too")
	}
	if q.min != nil && q.max != nil && *q.min >= *q.max {
		x.add(r.at, "", fmt.Sprintf("the bounds of %q leave one number or none and were not carried", q.name), "")
		q.min, q.max = nil, nil
	}
	x.appearance(r, q)
	if cell, heading := r.value("choice_filter"); cell != "" {
		x.add(r.at, heading, fmt.Sprintf("choice_filter was not carried: all choices of %q are shown", q.name), "write one question for each narrower list, each with its show_if")
	}
}

// parameters reads those of a range; the others are told of.
func (x *xlsform) parameters(r *surveyRow, q *question) {
	cell, heading := r.value("parameters")
	given := map[string]string{}
	for _, pair := range strings.FieldsFunc(cell, func(c rune) bool { return c == ' ' || c == ',' || c == ';' }) {
		key, v, _ := strings.Cut(pair, "=")
		given[strings.ToLower(key)] = v
	}
	if r.word != "range" {
		if cell != "" {
			x.add(r.at, heading, "the parameters were not carried: "+quoted(cell), "")
		}
		return
	}
	low, high := 1.0, 10.0
	for key, v := range given {
		n, err := parseNumber(v)
		switch {
		case key == "start" && err == nil && bounded(n):
			low = n
		case key == "end" && err == nil && bounded(n):
			high = n
		}
	}
	var keys []string
	for key := range given {
		if key != "start" && key != "end" {
			keys = append(keys, key+"="+given[key])
		}
	}
	slices.Sort(keys)
	if len(keys) > 0 {
		x.add(r.at, heading, fmt.Sprintf("%s was not carried: a number item takes every number between its bounds", strings.Join(keys, " ")), "")
	}
	if low > high {
		low, high = high, low
	}
	q.min, q.max = &low, &high
}

// bounded keeps bounds among numbers that print and compare without surprise.
func bounded(x float64) bool { return math.Abs(x) <= 1e12 }

// constraint reads the bounds of a number and the length of a text.
func (x *xlsform) constraint(r *surveyRow, q *question, source, heading string) {
	e, err := parseExpr(source, xpath)
	if err != nil {
		x.add(r.at, heading, fmt.Sprintf("%s was not carried: %v", quoted(source), err), "")
		return
	}
	parts := []*expr{e}
	if e.kind == exprAnd {
		parts = e.args
	}
	carried := 0
	for _, part := range parts {
		if x.bound(r, q, part, heading) {
			carried++
		}
	}
	what := ""
	switch {
	case carried == 0:
		what = "was not carried"
	case carried < len(parts):
		what = "was carried in part"
	default:
		return
	}
	x.add(r.at, heading, fmt.Sprintf("%s %s", quoted(source), what), "an item can have min, max and max_length")
}

// bound reads one comparison of a constraint; false when an item cannot say it.
func (x *xlsform) bound(r *surveyRow, q *question, e *expr, heading string) bool {
	op, ok := mirrored[e.kind]
	if !ok || len(e.args) != 2 {
		return false
	}
	left, right := e.args[0], e.args[1]
	if isValue(left) {
		left, right = right, left
	} else {
		op = e.kind
	}
	n, err := parseNumber(right.text)
	if err != nil || !isValue(right) || !bounded(n) {
		return false
	}
	switch {
	case left.kind == exprSelf && q.kind == condition.NumberItem:
		return x.numberBound(r, q, op, n, heading)
	case left.kind == exprCall && left.text == "string-length" && len(left.args) == 1 && left.args[0].kind == exprSelf && q.kind == condition.TextItem:
		if op == "<" {
			n--
		}
		if (op != "<" && op != "<=") || n < 1 || n > maxTextLength || n != math.Trunc(n) {
			return false
		}
		q.maxLength = int(n)
		return true
	}
	return false
}

// maxTextLength is the longest free text that an item can ask for, in characters.
const maxTextLength = 10_000

func (x *xlsform) numberBound(r *surveyRow, q *question, op exprKind, n float64, heading string) bool {
	if op == ">" || op == "<" {
		if r.word == "integer" && n == math.Trunc(n) {
			n += map[exprKind]float64{">": 1, "<": -1}[op]
		} else {
			x.add(r.at, heading, fmt.Sprintf("%s itself is allowed now: bounds belong to what they bound", strconv.FormatFloat(n, 'f', -1, 64)), "")
		}
	}
	switch op {
	case ">", ">=":
		if q.min == nil || *q.min < n {
			q.min = &n
		}
	case "<", "<=":
		if q.max == nil || *q.max > n {
			q.max = &n
		}
	default:
		return false
	}
	return true
}

// appearance reads how a question is drawn. surveyd draws choices in one way, so most of it is told of.
func (x *xlsform) appearance(r *surveyRow, q *question) {
	cell, heading := r.value("appearance")
	for _, word := range strings.Fields(cell) {
		switch {
		case word == "likert" && q.kind == condition.ChoiceItem:
			q.likert = true
		case word == "list-nolabel" && q.kind == condition.ChoiceItem:
			q.likert = true
		case word == "label" && q.set != nil:
			x.leaveOut(q, heading, fmt.Sprintf("%q was left out: it draws the headings of a table and has no answer", q.name), "")
			return
		case word == "multiline" && q.kind == condition.TextItem: // every text item has room for several lines
		default:
			x.add(r.at, heading, fmt.Sprintf("the appearance %q was not carried", word), "surveyd draws questions in its own way, the same on every device")
		}
	}
}

// handled are the columns of the survey sheet that are read elsewhere.
var handled = []string{"type", "name", "label", "hint", "required", "relevant", "constraint", "appearance", "parameters", "choice_filter", "readonly", "disabled"}

// uncarriedAdvice says what to do about a column that has no place here.
var uncarriedAdvice = map[string]string{
	"guidance_hint":      "it is for interviewers; nobody stands beside the student here",
	"constraint_message": "surveyd has its own words, in the student's language",
	"required_message":   "surveyd has its own words, in the student's language",
	"default":            "no answer is given before the student gives it",
	"calculation":        "nothing is computed while a student answers",
	"media::audio":       "put the recording beside the instrument and name it in audio",
	"media::image":       "items have no pictures; options have",
	"repeat_count":       "",
}

// uncarried tells of the cells of a row that are not read.
func (x *xlsform) uncarried(r *surveyRow) {
	for _, c := range r.columns {
		cell := r.row.cell(c.index)
		group := strings.HasPrefix(r.word, "begin") || r.word == "note"
		if cell == "" || slices.Contains(handled, c.kind) && !group {
			continue
		}
		switch c.kind {
		case "type", "name", "label", "relevant", "appearance", "disabled":
			continue
		case "hint", "constraint", "parameters", "choice_filter", "required", "readonly":
			if isFalse(cell) {
				continue
			}
		}
		x.add(r.at, c.heading, fmt.Sprintf("%s was not carried: %s", c.kind, quoted(cell)), uncarriedAdvice[c.kind])
	}
}
