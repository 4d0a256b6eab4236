package report

import (
	"embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed templates
var templates embed.FS

// pageView is a document made ready for the template.
type pageView struct {
	Lang, SourceLang string
	Title, Subtitle  string
	Style            template.CSS
	Facts            []fact
	Warnings         []string
	Sections         []sectionView
	Notes            []string
	Words            pageWords
}

// pageWords are the headings of what a page has around its sections.
type pageWords struct{ Beware, Notes string }

type sectionView struct {
	ID, Title, Aside string
	Blocks           []blockView
}

type blockView struct {
	block
	Label    string // of a table, for those who cannot see it
	Rows     [][]cellView
	Glossary []fact
	Bars     *barsView
	Figure   *figureView
}

type cellView struct {
	cell
	Head, Right bool
	Spark       template.HTML
}

type barsView struct {
	Caption string
	Middle  string
	Keys    []tone
	Rows    []barRowView
}

type barRowView struct {
	barRow
	Segments []segmentView
}

type segmentView struct {
	segment
	X, W, Middle string
}

type figureView struct {
	Caption string
	Keys    []string
	SVG     template.HTML
}

// writeHTML writes a document as one page that needs nothing else: no script, no font, no file beside it.
func writeHTML(w io.Writer, d document) error {
	page, err := template.ParseFS(templates, "templates/page.html")
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	style, err := templates.ReadFile("templates/page.css")
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	view := pageView{
		Lang: "en", SourceLang: d.Lang, Title: d.Title, Subtitle: d.Subtitle, Style: template.CSS(style), Facts: d.Facts,
		Warnings: warningsOf(d.Warnings), Notes: d.Notes, Words: pageWords{Beware: "Beware", Notes: "Notes"},
	}
	explained := map[string]bool{} // what a row of headings stands for is said once
	for _, s := range d.Sections {
		v := sectionView{ID: s.ID, Title: s.Title, Aside: s.Aside}
		for _, b := range s.Blocks {
			view := viewOf(b, s.Title)
			if key := fmt.Sprint(view.Glossary); explained[key] {
				view.Glossary = nil
			} else {
				explained[key] = true
			}
			v.Blocks = append(v.Blocks, view)
		}
		view.Sections = append(view.Sections, v)
	}
	return page.ExecuteTemplate(w, "page.html", view)
}

func viewOf(b block, title string) blockView {
	v := blockView{block: b}
	switch {
	case b.Table != nil:
		v.Label = title
		for _, c := range b.Table.Columns {
			if c.Hint != "" {
				v.Glossary = append(v.Glossary, fact{c.Name, c.Hint})
			}
		}
		for _, row := range b.Table.Rows {
			cells := make([]cellView, len(row))
			for i, c := range row {
				cells[i] = cellView{cell: c, Head: i == 0, Right: b.Table.Columns[i].Right}
				if c.Counts != nil {
					cells[i].Spark = sparkSVG(c.Counts)
				}
			}
			v.Rows = append(v.Rows, cells)
		}
	case b.Bars != nil:
		v.Bars = &barsView{Caption: b.Bars.Caption, Middle: coordinate(b.Bars.Middle), Keys: b.Bars.Keys}
		for _, row := range b.Bars.Rows {
			r := barRowView{barRow: row}
			for _, s := range row.Segments {
				r.Segments = append(r.Segments, segmentView{s, coordinate(s.Left), coordinate(s.Width), coordinate(s.Left + s.Width/2)})
			}
			v.Bars.Rows = append(v.Bars.Rows, r)
		}
	case b.Figure != nil:
		v.Figure = &figureView{Caption: b.Figure.Caption, Keys: b.Figure.Keys, SVG: b.Figure.svg()}
	}
	return v
}
