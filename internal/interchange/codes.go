package interchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"surveyd/internal/condition"
)

// codes gives every option of a set its code. Names that are all whole numbers are taken for an ordered scale, which only
// the author can confirm.
func (f *form) codes(s *set) {
	s.ordinal = true
	for _, o := range s.options {
		code, ok := integerCode(o.raw)
		s.ordinal = s.ordinal && ok && !isState(code)
	}
	taken := map[string]bool{}
	s.options = slices.DeleteFunc(s.options, func(o *option) bool {
		code, ok := f.code(s, o, taken)
		if !ok {
			f.add(o.at, "", fmt.Sprintf("the choice %q of %q stands twice and was left out", o.raw, s.name), "give it a name of its own and import again, or add it to "+s.id)
			return true
		}
		o.code = code
		taken[strings.ToLower(code)] = true
		return false
	})
	s.ordinal = s.ordinal && f.takesOne(s)
	if s.ordinal && !s.known {
		f.confirmOrder(s)
	}
}

// takesOne says whether a set is that of a question with one answer: where several are given, an order means nothing.
func (f *form) takesOne(s *set) bool {
	return slices.ContainsFunc(f.questions, func(q *question) bool { return q.left == "" && q.set == s && q.kind == condition.ChoiceItem })
}

func (f *form) code(s *set, o *option, taken map[string]bool) (string, bool) {
	if code, ok := integerCode(o.raw); ok && !isState(code) {
		if taken[code] {
			return "", false
		}
		if code != o.raw {
			f.add(o.at, "", fmt.Sprintf("the choice %q has the code %s here", o.raw, code), "")
		}
		return code, true
	}
	code := strings.Trim(notInCode.ReplaceAllString(plainLetters(o.raw), "_"), "_-")
	if code == "" || !isLetter(code[0]) {
		code = "c_" + strings.TrimLeft(code, "_-")
	}
	if strings.EqualFold(code, "na") {
		code += "_1" // NA is how tables write that there is no answer
	}
	code = code[:min(len(code), maxName)]
	if taken[strings.ToLower(code)] {
		if code == o.raw {
			return "", false
		}
		base := code[:min(len(code), maxName-4)]
		for i := 2; taken[strings.ToLower(code)]; i++ {
			code = base + "_" + strconv.Itoa(i)
		}
	}
	if code != o.raw {
		f.add(o.at, "", fmt.Sprintf("the choice %q has the code %s here, in conditions too", o.raw, code), "a code is a whole number, or at most 32 letters, digits, _ and -")
	}
	return code, true
}

// confirmOrder tells that a set was taken for an ordered one, and which of its codes look like "no answer".
func (f *form) confirmOrder(s *set) {
	f.add(s.at, "", fmt.Sprintf("the list %q has whole numbers as names and became an ordinal set", s.name),
		"confirm that they are in order; write kind: nominal if they are only labels")
	for _, o := range s.options {
		if v, _ := strconv.Atoi(o.code); (v < 0 || v > len(s.options)) && slices.Contains(noAnswerCodes, strings.TrimPrefix(o.code, "-")) {
			f.add(o.at, "", fmt.Sprintf("the code %s of %q stands apart from the others", o.code, s.name),
				"if it means no answer or does not apply, add missing: true, or it is scored")
		}
	}
}

// noAnswerCodes are what questionnaires have long used for "does not know", "does not say" and "does not apply".
var noAnswerCodes = []string{"7", "8", "9", "77", "88", "97", "98", "99", "777", "888", "997", "998", "999"}
