package render

import (
	"fmt"
	"html/template"
	"io"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// PacketView is an instrument as families and review boards read it on paper, in one language.
type PacketView struct {
	Lang       instrument.Lang
	Instrument *instrument.Instrument
	Settings   Settings
	Contact    string // whom to ask; empty leaves a line for the school to fill in
	Retention  string // how long answers are kept; empty leaves a line
	By         string // until when families answer; empty leaves a line
	Dates      string // when the survey is given; empty leaves a line
}

// Packet writes the paper copy as one self-contained page: style and pictures inside, no script. Errors: a language that the
// instrument or the interface does not have, a placeholder that no setting fills, a picture whose file was not read.
func (r *Renderer) Packet(w io.Writer, v PacketView) error {
	in := v.Instrument
	if !in.HasLanguage(v.Lang) {
		return fmt.Errorf("packet of %s: the instrument has no texts in %q", in.ID, v.Lang)
	}
	if !r.words.Speaks(v.Lang) {
		return fmt.Errorf("packet of %s: the interface has no words in %q", in.ID, v.Lang)
	}
	b := packetBuilder{r: r, in: in, view: v, words: r.wordsFor(in, v.Lang), fill: newFiller(in, v.Lang, v.Settings), numbers: paperNumbers(in)}
	page, err := b.page()
	if err != nil {
		return fmt.Errorf("packet of %s in %s: %w", in.ID, v.Lang, err)
	}
	return r.pageIn(w, b.words, "packet", page)
}

type packetPage struct {
	Title       string // of the file
	Style       template.CSS
	Name        string // of the survey
	Source      string // id and version
	Adults      bool
	Facts       []paperFact
	Consent     paperConsent
	Topics      []string
	NoTopics    bool // the file says that there are none
	Data        []string
	Retention   string
	By          string
	Assent      template.HTML
	Pages       []paperPage
	Pictures    bool
	Closing     template.HTML
	Scales      []paperScale
	Evidence    string
	Populations []string
	Translation []paperFact
	Authors     string
	License     string
	Parts       string
	Sources     []sourceView
	Hash        string
}

// paperFact is a term with what is said of it; where nothing is, the school fills it in.
type paperFact struct{ Term, Text string }

// paperConsent is what families are asked.
type paperConsent struct {
	Label, Text string
	Slip        bool // a form to send back
	OptIn       bool // the form offers yes as well as no
}

type paperScale struct {
	Title, Higher, Items, Reversed string
}

// packetBuilder turns an instrument into its paper copy.
type packetBuilder struct {
	r       *Renderer
	in      *instrument.Instrument
	view    PacketView
	words   i18n.Words
	fill    filler
	numbers map[instrument.ItemID]int
	failed  error // the first text that could not be filled
}

// text fills a text of the instrument; the first error is kept and given by page.
func (b *packetBuilder) text(text instrument.Text) string { return b.textBy(b.fill, text) }

func (b *packetBuilder) textBy(fill filler, text instrument.Text) string {
	filled, err := fill.fill(text)
	if err != nil && b.failed == nil {
		b.failed = err
	}
	return filled
}

func (b *packetBuilder) page() (packetPage, error) {
	in := b.in
	p := packetPage{
		Name: b.text(in.Title), Source: string(in.ID) + " " + in.Version.String(), Adults: in.Audience.Adults != "",
		Facts: b.facts(), Consent: b.consent(), Data: b.data(), Retention: b.view.Retention, By: b.view.By,
		Assent: Markdown(b.text(in.Intro)), Closing: Markdown(b.text(in.Closing)),
		NoTopics: in.Provenance.Consent != "" && len(in.Provenance.ProtectedTopics) == 0,
	}
	p.Title = b.words.T("packet.page.title", i18n.Data{"Title": p.Name})
	p.Style = paperStyle(b.words, p.Name, p.Source, true)
	for _, topic := range in.Provenance.ProtectedTopics {
		p.Topics = append(p.Topics, b.words.T(topicWords[topic], nil))
	}
	for _, page := range in.Pages {
		view, err := b.questions(page)
		if err != nil {
			return p, fmt.Errorf("page %s: %w", page.ID, err)
		}
		p.Pages = append(p.Pages, view)
	}
	for _, item := range in.Items {
		if item.Responses == nil {
			continue
		}
		for _, option := range item.Responses.Options {
			p.Pictures = p.Pictures || isBuiltin(option.Picture)
		}
	}
	for _, scale := range in.Scales {
		p.Scales = append(p.Scales, b.scale(scale))
	}
	b.provenance(&p)
	return p, b.failed
}
