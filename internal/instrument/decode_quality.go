package instrument

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

func (l *loader) readQuality(d *draft) {
	m := l.mapping(d.root.value("quality"), "quality", "straight_line", "too_fast", "missing_share", "attention")
	q := &d.in.Quality
	if n := m.value("straight_line"); n != nil {
		q.StraightLine = l.straightLine(d, l.mapping(n, "straight_line", "page", "run"))
	}
	if n := m.value("too_fast"); n != nil {
		q.TooFast = l.tooFast(d, l.mapping(n, "too_fast", "seconds_per_item", "share"))
	}
	if n := m.value("missing_share"); n != nil {
		if v, ok := l.share(n, "missing_share"); ok {
			q.MissingShare = &v
		}
	}
	for _, n := range l.items(m.value("attention"), "attention") {
		if a, ok := l.attention(d, l.mapping(n, "an attention item", "item", "expect")); ok {
			q.Attention = append(q.Attention, a)
		}
	}
}

func (l *loader) straightLine(d *draft, m *mapping) *StraightLine {
	l.require(m, "straight_line", "page", "run")
	s := &StraightLine{}
	if n := m.value("run"); n != nil {
		s.Run, _ = l.count(n, "run", 2, 1000)
	}
	n := m.value("page")
	if n == nil {
		return s
	}
	id, ok := l.word(n, "the page of straight_line")
	if !ok {
		return s
	}
	p := d.page(id)
	if p == nil {
		d.pages.unknown(l, n, id)
		return s
	}
	s.Page = p.Page
	choices := 0
	for _, it := range p.Items {
		if it.Kind == Choice {
			choices++
		}
	}
	if s.Run > choices && !p.unknown {
		l.warnAt(m.value("run"), "flag-never-raised", fmt.Sprintf("a run of %d cannot occur among the %d choice items of %q", s.Run, choices, id),
			"lower run, or name a longer page")
	}
	return s
}

func (l *loader) tooFast(d *draft, m *mapping) *TooFast {
	l.require(m, "too_fast", "seconds_per_item")
	t := &TooFast{Share: 0.5}
	if n := m.value("share"); n != nil {
		t.Share, _ = l.share(n, "share of too_fast")
	}
	n := m.value("seconds_per_item")
	if n == nil {
		return t
	}
	held := map[int]*yaml.Node{}
	whole := true
	for _, p := range l.mapping(n, "seconds_per_item").pairs {
		s, ok := l.gradeSeconds(p)
		if !ok {
			whole = false
			continue
		}
		t.Seconds = append(t.Seconds, s)
		from, _ := s.From.Rank()
		to, _ := s.To.Rank()
		for r := from; r <= to; r++ {
			if held[r] != nil {
				l.errAt(p.key, "overlapping-grades", fmt.Sprintf("%s and %s share a grade", held[r].Value, p.key.Value), "give each grade one number of seconds")
				break
			}
			held[r] = p.key
		}
	}
	var bare []string
	for _, g := range d.in.Audience.Grades {
		if r, _ := g.Rank(); held[r] == nil {
			bare = append(bare, string(g))
		}
	}
	if whole && len(bare) > 0 {
		l.warnAt(m.key("seconds_per_item"), "flag-never-raised", "seconds_per_item says nothing of grade "+strings.Join(bare, ", "),
			"add the grade; students in it are not judged")
	}
	slices.SortFunc(t.Seconds, func(a, b GradeSeconds) int {
		ra, _ := a.From.Rank()
		rb, _ := b.From.Rank()
		return ra - rb
	})
	return t
}

// gradeSeconds reads one grade or a span of grades such as K-5, and its seconds.
func (l *loader) gradeSeconds(p pair) (GradeSeconds, bool) {
	from, to, spanned := strings.Cut(p.key.Value, "-")
	if !spanned {
		to = from
	}
	g := GradeSeconds{From: Grade(strings.TrimSpace(from)), To: Grade(strings.TrimSpace(to))}
	first, ok1 := g.From.Rank()
	last, ok2 := g.To.Rank()
	if !ok1 || !ok2 || first > last {
		l.errAt(p.key, "unknown-grade", fmt.Sprintf("%q is neither a grade nor a span of grades", p.key.Value), `write "K-5", "6-12" or "4"`)
		return g, false
	}
	if isNull(p.value) {
		l.errAt(p.key, "empty", fmt.Sprintf("the seconds of %s are empty", p.key.Value), "write a number above 0")
		return g, false
	}
	v, ok := l.number(p.value, "the seconds of "+p.key.Value)
	if ok && v <= 0 {
		l.errAt(p.value, "out-of-range", fmt.Sprintf("the seconds of %s are %s", p.key.Value, p.value.Value), "write a number above 0")
		return g, false
	}
	g.Seconds = v
	return g, ok
}

func (l *loader) attention(d *draft, m *mapping) (Attention, bool) {
	l.require(m, "an attention item", "item", "expect")
	n, expect := m.value("item"), m.value("expect")
	if n == nil || expect == nil {
		return Attention{}, false
	}
	id, ok := l.word(n, "an attention item")
	if !ok {
		return Attention{}, false
	}
	it := d.item(id)
	if it == nil {
		d.items.unknown(l, n, id)
		return Attention{}, false
	}
	code, ok := l.word(expect, "the expected code")
	if !ok {
		return Attention{}, false
	}
	if it.kindOK && it.Kind != Choice {
		l.errAt(n, "wrong-kind", fmt.Sprintf("%s is a %s item", id, it.Kind), "an attention item is a choice, with one code that is right")
		return Attention{}, false
	}
	switch {
	case it.set == nil, it.set.Option(Code(code)) >= 0:
	case octalPattern.MatchString(code):
		l.octal(expect, "the expected code")
	default:
		l.unknownCode(expect, it.set, code)
	}
	return Attention{Item: it.Item, Expect: Code(code)}, true
}
