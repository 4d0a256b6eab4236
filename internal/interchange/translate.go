package interchange

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"surveyd/internal/condition"
)

// translator says in the words of show_if what an expression of another format says.
type translator struct {
	dialect  dialect
	question map[string]*question // by name in the form; those left out of the file too
	self     *question            // whose condition it is
	order    map[*question]int    // places in the file
}

// translate gives the logic of an expression, negated if asked. The error says what show_if cannot say.
func (t *translator) translate(e *expr, negated bool) (*logic, error) {
	switch e.kind {
	case exprNot:
		return t.translate(e.args[0], !negated)
	case exprAnd, exprOr:
		return t.connective(e, negated)
	case "=", "!=", "<", "<=", ">", ">=":
		return t.comparison(e, negated)
	case exprCall:
		return t.call(e, negated)
	case exprRef:
		q, err := t.ref(e)
		if err != nil {
			return nil, err
		}
		if t.dialect == logical {
			return nil, fmt.Errorf("[%s] is compared with nothing", e.text)
		}
		return answered(q, !negated), nil
	}
	return nil, errors.New("it is a value where a comparison should stand")
}

// answered is the statement that a question has an answer, or that it has none.
func answered(q *question, truth bool) *logic {
	if q.kind == condition.ChoiceItem {
		a := atom{item: q, blank: !truth, accepted: make([]bool, len(q.set.options))}
		for i := range a.accepted {
			a.accepted[i] = truth
		}
		return statement(a)
	}
	return statement(atom{item: q, any: truth, none: !truth, blank: !truth})
}

func (t *translator) connective(e *expr, negated bool) (*logic, error) {
	kind := logicAnd
	if (e.kind == exprOr) != negated {
		kind = logicOr
	}
	var parts []*logic
	for _, arg := range e.args {
		part, err := t.translate(arg, negated)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return join(kind, parts), nil
}

// ref finds the question that an expression names, which must stand earlier in the file.
func (t *translator) ref(e *expr) (*question, error) {
	q, ok := t.question[e.text]
	switch {
	case !ok:
		return nil, fmt.Errorf("the form has no question %q", e.text)
	case q == t.self:
		return nil, fmt.Errorf("%q is the question itself", e.text)
	case q.left != "":
		return nil, fmt.Errorf("the question %q was not carried", e.text)
	case t.order[q] >= t.order[t.self]:
		return nil, fmt.Errorf("the question %q stands later", e.text)
	}
	return q, nil
}

// call translates the functions that give true or false.
func (t *translator) call(e *expr, negated bool) (*logic, error) {
	switch e.text {
	case "true", "false":
		if len(e.args) == 0 {
			return constant((e.text == "true") != negated), nil
		}
	case "selected":
		if len(e.args) == 2 && e.args[0].kind == exprRef && isValue(e.args[1]) {
			return t.selected(e.args[0], e.args[1], negated)
		}
	case "boolean":
		if len(e.args) == 1 && t.dialect == xpath {
			return t.translate(e.args[0], negated)
		}
	case "isblankormissingcode", "isblankornull":
		if len(e.args) == 1 && e.args[0].kind == exprRef && !e.args[0].hasCode && t.dialect == logical {
			q, err := t.ref(e.args[0])
			if err != nil {
				return nil, err
			}
			return answered(q, negated), nil
		}
	}
	return nil, fmt.Errorf("show_if has nothing like %s()", e.text)
}

// selected is selected(${q}, 'code'), and REDCap's [q(code)] = '1'.
func (t *translator) selected(ref, value *expr, negated bool) (*logic, error) {
	q, err := t.ref(ref)
	if err != nil {
		return nil, err
	}
	if q.kind == condition.ChoiceItem {
		return t.choice(q, "=", value, negated)
	}
	if q.kind != condition.MultipleItem {
		return nil, fmt.Errorf("the question %q has no choices", ref.text)
	}
	for _, o := range q.set.options {
		if o.raw == value.text || sameInteger(o.raw, value.text) {
			test := q.id + " has " + literal(o.code)
			if negated {
				test = "not " + test
			}
			return statement(atom{item: q, test: test, blank: negated, code: o.code}), nil
		}
	}
	return nil, fmt.Errorf("the question %q has no choice %q", ref.text, value.text)
}

func sameInteger(a, b string) bool {
	x, okX := integerCode(a)
	y, okY := integerCode(b)
	return okX && okY && x == y
}

func isValue(e *expr) bool { return e.kind == exprText || e.kind == exprNumber }

// mirrored is a comparison read from the other side.
var mirrored = map[exprKind]exprKind{"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

// opposite is what holds when a comparison of two numbers does not.
var opposite = map[exprKind]exprKind{"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}

func (t *translator) comparison(e *expr, negated bool) (*logic, error) {
	left, right, op := unwrap(e.args[0]), unwrap(e.args[1]), e.kind
	if isValue(left) && !isValue(right) {
		left, right, op = right, left, mirrored[op]
	}
	switch {
	case isValue(left) && isValue(right):
		truth, known := compareValues(left.text, op, right, t.dialect)
		if !known {
			return nil, errors.New("it compares a value with a value")
		}
		return constant(truth != negated), nil
	case !isValue(right):
		return nil, errors.New("it compares a question with another, or with a computed value")
	case left.kind == exprCall:
		return t.counted(left, op, right, negated)
	case left.kind != exprRef:
		return nil, errors.New("it computes with answers")
	}
	if left.hasCode {
		return t.checkbox(left, op, right, negated)
	}
	q, err := t.ref(left)
	if err != nil {
		return nil, err
	}
	if right.kind == exprText && strings.TrimSpace(right.text) == "" {
		if op != "=" && op != "!=" {
			return nil, errors.New("it compares with an empty text by order")
		}
		return answered(q, (op == "!=") != negated), nil
	}
	switch q.kind {
	case condition.ChoiceItem:
		return t.choice(q, op, right, negated)
	case condition.NumberItem:
		return number(q, op, right, negated)
	case condition.MultipleItem:
		return nil, fmt.Errorf("%q takes several answers and is compared with one; selected(${%s}, '%s') can be carried", q.name, q.name, right.text)
	}
	return nil, fmt.Errorf("%q is a text, of which show_if can only ask whether there is one", q.name)
}

// unwrap takes off conversions that change nothing here.
func unwrap(e *expr) *expr {
	for e.kind == exprCall && len(e.args) == 1 && (e.text == "number" || e.text == "string" || e.text == "int") {
		if e.text == "int" && e.args[0].kind != exprRef {
			break
		}
		e = e.args[0]
	}
	return e
}

// counted is string-length(${q}) = 0 and count-selected(${q}) > 0: whether there is an answer.
func (t *translator) counted(call *expr, op exprKind, value *expr, negated bool) (*logic, error) {
	if (call.text != "string-length" && call.text != "count-selected" && call.text != "length") || len(call.args) != 1 || call.args[0].kind != exprRef || call.args[0].hasCode {
		return nil, fmt.Errorf("show_if has nothing like %s()", call.text)
	}
	q, err := t.ref(call.args[0])
	if err != nil {
		return nil, err
	}
	// What holds for none and for any number of at least one is a question of whether there is an answer.
	zero, _ := compareValues("0", op, value, t.dialect)
	one, known := compareValues("1", op, value, t.dialect)
	many, _ := compareValues("1000000", op, value, t.dialect)
	if n, err := strconv.ParseFloat(value.text, 64); err != nil || n != math.Trunc(n) || !known || one != many || zero == one || n > 1 || n < 0 {
		return nil, fmt.Errorf("%s() can be carried only where it asks whether there is an answer, as in %s(...) > 0", call.text, call.text)
	}
	return answered(q, one != negated), nil
}

// checkbox is REDCap's [question(code)], which is 1 when the box is ticked and 0 when it is not.
func (t *translator) checkbox(ref *expr, op exprKind, value *expr, negated bool) (*logic, error) {
	ticked, known := compareValues("1", op, value, t.dialect)
	clear, _ := compareValues("0", op, value, t.dialect)
	if _, err := strconv.ParseFloat(value.text, 64); err != nil || !known {
		return nil, fmt.Errorf("[%s(%s)] is 0 or 1, and it is compared with %q", ref.text, ref.code, value.text)
	}
	if ticked == clear {
		return constant(ticked != negated), nil
	}
	return t.selected(ref, &expr{kind: exprText, text: ref.code}, ticked == negated)
}

// choice finds the answers of a choice question for which a comparison holds.
func (t *translator) choice(q *question, op exprKind, value *expr, negated bool) (*logic, error) {
	blank, _ := compareValues("", op, value, t.dialect)
	a := atom{item: q, blank: blank != negated, accepted: make([]bool, len(q.set.options)), ordering: op != "=" && op != "!="}
	found := a.ordering
	for i, o := range q.set.options {
		holds, _ := compareValues(o.raw, op, value, t.dialect)
		equal, _ := compareValues(o.raw, "=", value, t.dialect)
		found = found || equal
		a.accepted[i] = holds != negated
	}
	if !found {
		return nil, fmt.Errorf("the question %q has no choice %q", q.name, value.text)
	}
	return statement(a), nil
}

// compareValues compares a stored answer with a value as the dialect does. known is false when an order is asked of texts.
func compareValues(left string, op exprKind, right *expr, d dialect) (truth, known bool) {
	x, errX := parseNumber(left)
	y, errY := parseNumber(right.text)
	numbers := errX == nil && errY == nil
	switch op {
	case "=", "!=":
		equal := left == right.text
		if right.kind == exprNumber || d == logical && numbers {
			equal = numbers && x == y
		}
		return equal == (op == "="), true
	case "<":
		return numbers && x < y, numbers
	case "<=":
		return numbers && x <= y, numbers
	case ">":
		return numbers && x > y, numbers
	default:
		return numbers && x >= y, numbers
	}
}

// parseNumber reads a number as both languages write it, without hexadecimal digits, infinities and underscores.
func parseNumber(s string) (float64, error) {
	s = strings.TrimSpace(s)
	if s == "" || strings.Trim(s, "0123456789.+-") != "" {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(s, 64)
}

// number compares a number question. Without an answer every comparison is false, but for != and for what is negated.
func number(q *question, op exprKind, value *expr, negated bool) (*logic, error) {
	y, err := parseNumber(value.text)
	if err != nil {
		return nil, fmt.Errorf("%q is a number, and it is compared with %q", q.name, value.text)
	}
	blank := (op == "!=") != negated
	if negated {
		op = opposite[op]
	}
	a := atom{item: q, blank: blank}
	switch always, never := fate(q, op, y); {
	case always:
		a.any = true
	case never:
		a.none = true
	default:
		written := string(op)
		if op == "=" {
			written = "=="
		}
		a.test = fmt.Sprintf("%s %s %s", q.id, written, strconv.FormatFloat(y, 'f', -1, 64))
	}
	return statement(a), nil
}

// fate says whether the bounds of a number question decide a comparison beforehand.
func fate(q *question, op exprKind, y float64) (always, never bool) {
	low, high := math.Inf(-1), math.Inf(1)
	if q.min != nil {
		low = *q.min
	}
	if q.max != nil {
		high = *q.max
	}
	switch op {
	case "<":
		return high < y, low >= y
	case "<=":
		return high <= y, low > y
	case ">":
		return low > y, high <= y
	case ">=":
		return low >= y, high < y
	case "=":
		return false, y < low || y > high
	default:
		return y < low || y > high, false
	}
}
