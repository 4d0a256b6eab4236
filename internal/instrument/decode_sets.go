package instrument

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

var (
	integerPattern = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,8})$`)
	shortIDPattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,31}$`)
)

// The codes that a labelled export writes for the states of an answer, so that no option may have them.
const lowestStateCode, highestStateCode = -94, -91

func (l *loader) readSets(d *draft) {
	for _, p := range l.mapping(d.root.value("response_sets"), "response_sets").pairs {
		id, ok := l.name(p.key, "the id of a response set")
		if !ok || !d.sets.add(l, p.key, id) {
			continue
		}
		l.readSet(d, p, id)
	}
}

func (l *loader) readSet(d *draft, p pair, id string) {
	what := fmt.Sprintf("the response set %q", id)
	s := &setDraft{ResponseSet: &ResponseSet{ID: ResponseSetID(id), index: map[Code]int{}}, idNode: p.key}
	d.setList = append(d.setList, s)
	d.setByID[id] = s
	if isNull(p.value) {
		l.errAt(p.key, "missing-key", what+" has no options", "add options: [{code: 1, label: ...}, ...]")
		return
	}
	m := l.mapping(p.value, what, "kind", "options", "declined")
	s.Kind, _ = choice(l, m.value("kind"), "the kind of "+what, Ordinal, Nominal)
	list := m.value("options")
	options := l.items(list, "the options of "+what)
	switch {
	case p.value.Kind != yaml.MappingNode || len(options) > 0:
	case list == nil:
		l.errAt(m.placeOr("options", p.key), "missing-key", what+" has no options", "add options: [{code: 1, label: ...}, ...]")
	case list.Kind == yaml.SequenceNode:
		l.errAt(list, "empty", "the options of "+what+" are empty", "write [{code: 1, label: ...}, ...]")
	}
	for i, n := range options {
		l.readOption(d, s, n, i)
	}
	s.Declined = l.text(d, m, "declined", "response_sets/"+id+"/declined", "the declined choice of "+what)
	s.bounds()
	s.guess()
}

func (l *loader) readOption(d *draft, s *setDraft, n *yaml.Node, i int) {
	what := fmt.Sprintf("option %d of %q", i+1, s.ID)
	m := l.mapping(n, what, "code", "label", "description", "picture", "missing")
	l.require(m, what, "code", "label")
	var o Option
	codeNode := m.value("code")
	doubt := codeNode == nil
	if codeNode != nil {
		code, ok := l.code(codeNode, s.Kind)
		doubt = !ok
		if ok {
			if first, double := s.index[code]; double {
				l.errAt(codeNode, "doubled-code", fmt.Sprintf("the code %s stands twice in %q, first in line %d", code, s.ID, s.codes[first].Line),
					"give each option a code of its own, or answers cannot be told apart")
				doubt, s.doubt[first] = true, true
			} else {
				s.index[code] = len(s.Options)
			}
			o.Code = code
			if integerPattern.MatchString(string(code)) {
				o.Value, _ = strconv.ParseFloat(string(code), 64) // the pattern lets only short integers through
				o.IsNumber = true
			}
		}
	}
	before := l.tally
	o.Missing = l.truth(m.value("missing"), "missing of "+what)
	s.lost = s.lost || l.tally != before
	path := fmt.Sprintf("response_sets/%s/options/%s", s.ID, o.Code)
	if o.Code == "" {
		path = fmt.Sprintf("response_sets/%s/options/#%d", s.ID, i)
	}
	o.Label = l.text(d, m, "label", path+"/label", "the label of "+what)
	o.Description = l.text(d, m, "description", path+"/description", "the description of "+what)
	if picture := m.value("picture"); picture != nil {
		o.Picture, o.Image = l.picture(picture)
	}
	s.codes, s.doubt = append(s.codes, codeNode), append(s.doubt, doubt)
	s.Options = append(s.Options, o)
}

// code reads an option's code from the text that stands there.
func (l *loader) code(n *yaml.Node, kind SetKind) (Code, bool) {
	s, ok := l.word(n, "a code")
	if !ok {
		return Code(s), false
	}
	if octalPattern.MatchString(s) {
		l.octal(n, "a code")
		return "", false
	}
	if integerPattern.MatchString(s) {
		if v, err := strconv.Atoi(s); err == nil && v >= lowestStateCode && v <= highestStateCode {
			l.errAt(n, "reserved-code", fmt.Sprintf("the code %s says in a labelled export that there is no answer", s), "take a code outside of -94 to -91")
			return "", false
		}
		return Code(s), true
	}
	if strings.EqualFold(s, "NA") {
		l.errAt(n, "reserved-code", fmt.Sprintf("the code %s is how tables write that there is no answer", s), "take another word, such as none")
		return "", false
	}
	if kind == Nominal && shortIDPattern.MatchString(s) {
		return Code(s), true
	}
	if kind == Ordinal {
		hint := "write a whole number such as 1"
		if shortIDPattern.MatchString(s) {
			hint = "write a whole number such as 1, or kind: nominal when the options have no order"
		}
		l.errAt(n, "illegal-code", fmt.Sprintf("the code is %q in an ordinal set, whose codes are ordered numbers", s), hint)
	} else {
		l.errAt(n, "illegal-code", fmt.Sprintf("the code is %q", s), "write a whole number, or a short id of letters, digits, _ and -")
	}
	return "", false
}

// bounds finds the lowest and highest scored code.
func (s *setDraft) bounds() {
	found := false
	for _, o := range s.Options {
		if !o.IsNumber || o.Missing {
			continue
		}
		if !found {
			s.Min, s.Max, found = o.Value, o.Value, true
		}
		s.Min, s.Max = min(s.Min, o.Value), max(s.Max, o.Value)
	}
}
