package report

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The size of a chart in its own units, and the room around the frame. It is drawn small, so that its words can be read on a phone.
const (
	chartWidth  = 400.0
	chartHeight = 220.0
	rowHeight   = 22.0 // of a chart with a row for each name
	above       = 10.0
	below       = 38.0
	rightRoom   = 14.0
	letterWidth = 6.2 // about, of the words on an axis
)

// coordinate writes a position so that it is short and does not depend on rounding elsewhere.
func coordinate(x float64) string {
	text := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
	if text == "-0" || text == "" {
		return "0"
	}
	return text
}

// frame turns values into positions.
type frame struct {
	x, y                     axis
	left, top, right, bottom float64
}

func (f *frame) atX(v float64) float64 {
	return f.left + (v-f.x.From)/(f.x.To-f.x.From)*(f.right-f.left)
}

func (f *frame) atY(v float64) float64 {
	return f.bottom - (v-f.y.From)/(f.y.To-f.y.From)*(f.bottom-f.top)
}

// svg draws the figure.
func (f *figure) svg() template.HTML {
	height := chartHeight
	named := f.Y.From > f.Y.To // a row for each name, downwards
	if named {
		height = above + below + rowHeight*float64(len(f.Y.Ticks))
	}
	room := 0
	for _, t := range f.Y.Ticks {
		room = max(room, utf8.RuneCountInString(short(t.Name)))
	}
	fr := frame{x: f.X, y: f.Y, left: 24 + letterWidth*float64(room), top: above, right: chartWidth - rightRoom, bottom: height - below}
	if named {
		fr.left -= 14
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %s %s" role="img" aria-label="%s">`, coordinate(chartWidth), coordinate(height), template.HTMLEscapeString(f.About))
	fr.axes(&b, named)
	fr.marks(&b, f)
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) // every word in it is escaped
}

func (f *frame) axes(b *strings.Builder, named bool) {
	for _, t := range f.y.Ticks {
		y := f.atY(t.At)
		fmt.Fprintf(b, `<line class="grid" x1="%s" x2="%s" y1="%s" y2="%s"/>`, coordinate(f.left), coordinate(f.right), coordinate(y), coordinate(y))
		class := ""
		if named {
			class = ` class="name"`
		}
		fmt.Fprintf(b, `<text%s x="%s" y="%s" text-anchor="end" dominant-baseline="middle">%s</text>`, class, coordinate(f.left-6), coordinate(y), template.HTMLEscapeString(short(t.Name)))
	}
	fmt.Fprintf(b, `<line class="base" x1="%s" x2="%s" y1="%s" y2="%s"/>`, coordinate(f.left), coordinate(f.right), coordinate(f.bottom), coordinate(f.bottom))
	for _, t := range f.x.Ticks {
		x := f.atX(t.At)
		fmt.Fprintf(b, `<line class="base" x1="%s" x2="%s" y1="%s" y2="%s"/>`, coordinate(x), coordinate(x), coordinate(f.bottom), coordinate(f.bottom+4))
		fmt.Fprintf(b, `<text x="%s" y="%s" text-anchor="middle">%s</text>`, coordinate(x), coordinate(f.bottom+16), template.HTMLEscapeString(t.Name))
	}
	fmt.Fprintf(b, `<text x="%s" y="%s" text-anchor="middle">%s</text>`, coordinate((f.left+f.right)/2), coordinate(f.bottom+32), template.HTMLEscapeString(f.x.Name))
	if f.y.Name != "" {
		middle := (f.top + f.bottom) / 2
		fmt.Fprintf(b, `<text x="11" y="%s" text-anchor="middle" transform="rotate(-90 11 %s)">%s</text>`, coordinate(middle), coordinate(middle), template.HTMLEscapeString(f.y.Name))
	}
}

func (f *frame) marks(b *strings.Builder, fig *figure) {
	for _, m := range fig.Bars {
		x, y := f.atX(m.X), f.atY(m.Y)
		fmt.Fprintf(b, `<rect class="column" x="%s" y="%s" width="%s" height="%s"/>`, coordinate(x+0.75), coordinate(y), coordinate(f.atX(m.X+m.Width)-x-1.5), coordinate(f.bottom-y))
	}
	for _, l := range fig.Lines {
		class := "curve s" + strconv.Itoa(l.Series)
		if l.Dashed {
			class = "zero"
		}
		var at []string
		for i := range l.X {
			at = append(at, coordinate(f.atX(l.X[i]))+","+coordinate(f.atY(l.Y[i])))
		}
		fmt.Fprintf(b, `<polyline class="%s" points="%s"/>`, class, strings.Join(at, " "))
	}
	for _, m := range fig.Points {
		f.point(b, m)
	}
}

func (f *frame) point(b *strings.Builder, m mark) {
	series := "s" + strconv.Itoa(m.Series)
	if m.CI != nil {
		x1, x2, y1, y2 := f.atX(m.X), f.atX(m.X), f.atY(m.CI.Low), f.atY(m.CI.High)
		if m.Sideways {
			x1, x2, y1, y2 = f.within(m.CI.Low), f.within(m.CI.High), f.atY(m.Y), f.atY(m.Y)
		}
		fmt.Fprintf(b, `<line class="span %s" x1="%s" x2="%s" y1="%s" y2="%s"/>`, series, coordinate(x1), coordinate(x2), coordinate(y1), coordinate(y2))
	}
	full := ""
	if m.Highlight {
		full = " full"
	}
	fmt.Fprintf(b, `<circle class="dot%s %s" cx="%s" cy="%s" r="4"/>`, full, series, coordinate(f.atX(m.X)), coordinate(f.atY(m.Y)))
}

// within keeps the end of an interval in the frame: of five persons it may lie beyond what can be scored.
func (f *frame) within(x float64) float64 { return min(max(f.atX(x), f.left), f.right) }

// short cuts a name that would take the room of the chart.
func short(name string) string {
	const most = 22
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return name
}

// sparkSVG draws counts as bars, the highest full.
func sparkSVG(counts []int) template.HTML {
	const width, height, gap = 7.0, 20.0, 1.0
	most := 1
	for _, n := range counts {
		most = max(most, n)
	}
	all := coordinate(width * float64(len(counts)))
	var b strings.Builder
	numbers := strings.Trim(strings.ReplaceAll(fmt.Sprint(counts), " ", ", "), "[]")
	fmt.Fprintf(&b, `<svg class="spark" viewBox="0 0 %s %s" width="%s" height="%s" role="img" aria-label="%s"><line x1="0" x2="%s" y1="%s" y2="%s"/>`,
		all, coordinate(height+1), all, coordinate(height+1), numbers, all, coordinate(height+0.5), coordinate(height+0.5))
	for i, n := range counts {
		h := height * float64(n) / float64(most)
		fmt.Fprintf(&b, `<rect x="%s" y="%s" width="%s" height="%s"/>`, coordinate(width*float64(i)), coordinate(height-h), coordinate(width-gap), coordinate(h))
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) // numbers alone
}
