package render_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"surveyd/internal/browsertest"
	"surveyd/internal/catalog"
	"surveyd/internal/codebook"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// study is an instrument with every feature that a codebook and a packet speak of.
func study(t *testing.T) *instrument.Instrument {
	t.Helper()
	source, err := catalog.Read(os.DirFS("../codebook/testdata"), "study.yaml")
	if err != nil {
		t.Fatal(err)
	}
	loaded, problems := catalog.Check([]catalog.Source{source})
	if loaded[0].Instrument == nil {
		t.Fatalf("the instrument has errors: %v", problems)
	}
	return loaded[0].Instrument
}

// paper is one page that is a file of its own.
type paper struct {
	name  string
	write func(w io.Writer) error
}

func papers(t *testing.T) []paper {
	r, in := renderer(t), study(t)
	book := codebook.Of(in)
	packet := func(v render.PacketView) func(io.Writer) error {
		v.Instrument = in
		return func(w io.Writer) error { return r.Packet(w, v) }
	}
	return []paper{
		{"codebook.both", func(w io.Writer) error { return r.Codebook(w, render.CodebookView{Book: book}) }},
		{"codebook.es", func(w io.Writer) error {
			return r.Codebook(w, render.CodebookView{Book: book, Languages: []instrument.Lang{"es"}})
		}},
		{"packet.en", packet(render.PacketView{Lang: "en"})},
		{"packet.es", packet(render.PacketView{Lang: "es", Contact: "Ana Ruiz, 555-0100", Retention: "Tres años.", By: "1 de octubre", Dates: "Octubre"})},
	}
}

func written(t *testing.T, p paper) []byte {
	t.Helper()
	var page bytes.Buffer
	if err := p.write(&page); err != nil {
		t.Fatal(err)
	}
	return page.Bytes()
}

func TestCodebookAndPacketAreAsTheirGoldensSay(t *testing.T) {
	for _, p := range papers(t) {
		got := written(t, p)
		golden := filepath.Join("testdata", "golden", p.name+".html")
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from its golden; look at it, then run with -update\n%s", p.name, firstDifference(string(got), string(want)))
		}
	}
}

func TestCodebookAndPacketStandAlone(t *testing.T) {
	for _, p := range papers(t) {
		page := written(t, p)
		for _, pattern := range []string{`<script`, `<link\b`, `(?i)\ssrc="[^d]`, `url\(`, `@import`, `ZgotmplZ`, `<no value>`, `\[(?:codebook|packet|condition)\.`, `\{\{`} {
			found := regexp.MustCompile(pattern).Find(page)
			if pattern == `\{\{` && strings.HasPrefix(p.name, "codebook") {
				continue // the settings are named as the file writes them
			}
			if found != nil {
				t.Errorf("%s holds %q", p.name, found)
			}
		}
	}
}

func TestThePacketHoldsEveryQuestionAndAnswerAndTheConsentOfTheFile(t *testing.T) {
	in := study(t)
	page := string(written(t, papers(t)[3]))
	says := func(what string) {
		t.Helper()
		if !strings.Contains(page, what) {
			t.Errorf("the packet does not say %q", what)
		}
	}
	for _, item := range in.Items {
		says(strings.ReplaceAll(item.Text["es"], "{{programme}}", "el Taller"))
		if item.Responses == nil {
			continue
		}
		for _, o := range item.Responses.Options {
			says(o.Label["es"])
		}
	}
	says("Prefiero no decir")
	says("Hay quienes empezaron.")
	says("data:image/svg&#43;xml;base64,")
	says("problemas mentales o emocionales")
	says("religión:")
	says("No, por favor no pregunten a mi hija o hijo.")
	says("Ana Ruiz, 555-0100")
	says("Tres años.")
	says("Piloteada:")
	says("Solo se pregunta si la respuesta a la pregunta 6 es “Sí”.")
	if strings.Contains(page, "Lo llena la escuela") {
		t.Error("everything was told, and yet there is a line to fill in")
	}
	if n := strings.Count(string(written(t, papers(t)[2])), "To be filled in by the school"); n != 4 {
		t.Errorf("%d lines to fill in where contact, retention, dates and the day to answer by were left out", n)
	}
}

func TestAnInstrumentForAdultsAsksNoParents(t *testing.T) {
	in := *study(t)
	in.Audience = instrument.Audience{Adults: "staff"}
	var page bytes.Buffer
	if err := renderer(t).Packet(&page, render.PacketView{Lang: "en", Instrument: &in}); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"your child", "my child", "1232h", "students read"} {
		if strings.Contains(page.String(), word) {
			t.Errorf("it says %q", word)
		}
	}
}

func TestThePacketQuotesThePagesAsFamiliesReadThem(t *testing.T) {
	in := *study(t)
	in.Audience = instrument.Audience{Adults: "family"}
	var page bytes.Buffer
	if err := renderer(t).Packet(&page, render.PacketView{Lang: "es", Instrument: &in}); err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]bool{"No, gracias": true, "Elija todas las que quiera": true, "No quiero participar": false, "Elige todas las que quieras": false} {
		if strings.Contains(page.String(), said) != want {
			t.Errorf("it says %q: %v, want %v", said, !want, want)
		}
	}
}

func TestConsentIsSaidAsTheFileRules(t *testing.T) {
	for consent, want := range map[instrument.Consent]struct {
		says string
		yes  bool
		slip bool
	}{
		instrument.Notice: {"You do not have to send anything back.", false, false},
		instrument.OptOut: {"You may say no for your child.", false, true},
		instrument.OptIn:  {"only if you say yes in writing", true, true},
		"":                {"The school must decide that", false, false},
	} {
		in := *study(t)
		in.Provenance.Consent = consent
		var page bytes.Buffer
		if err := renderer(t).Packet(&page, render.PacketView{Lang: "en", Instrument: &in}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(page.String(), want.says) {
			t.Errorf("%q: it does not say %q", consent, want.says)
		}
		if strings.Contains(page.String(), "Yes, my child may be asked.") != want.yes || strings.Contains(page.String(), "No, please do not ask my child.") != want.slip {
			t.Errorf("%q: the form is not the one for it", consent)
		}
	}
}

func TestASettingFillsThePacket(t *testing.T) {
	var page bytes.Buffer
	view := render.PacketView{Lang: "es", Instrument: study(t), Settings: render.Settings{"programme": {"es": "la Fábrica </style>"}}}
	if err := renderer(t).Packet(&page, view); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page.String(), "Me gustan las matemáticas en la Fábrica &lt;/style&gt;.") {
		t.Error("the setting does not stand in the question")
	}
	if n := strings.Count(page.String(), "</style>"); n != 1 {
		t.Errorf("the style ends %d times: a text has broken out of it", n)
	}
	view.Settings, view.Lang = nil, "fr"
	if err := renderer(t).Packet(&page, view); err == nil || !strings.Contains(err.Error(), `no texts in "fr"`) {
		t.Errorf("a language that it does not have: %v", err)
	}
}

// TestCodebookAndPacketBreakNoRuleOfAccessibility also sees that nothing is wider than a phone.
func TestCodebookAndPacketBreakNoRuleOfAccessibility(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	browser := browsertest.Browser(t)
	for _, look := range []struct {
		width, height int64
		scheme        string
	}{{1366, 768, "light"}, {360, 740, "dark"}} {
		tab := browsertest.Tab(t, browser)
		browsertest.Run(t, tab, browsertest.Device(look.width, look.height, look.scheme, true))
		for _, p := range papers(t) {
			file := filepath.Join(dir, p.name+".html")
			// The page's own policy would keep axe out of it.
			page := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`).ReplaceAll(written(t, p), nil)
			if err := os.WriteFile(file, page, 0o600); err != nil {
				t.Fatal(err)
			}
			browsertest.Run(t, tab, chromedp.Navigate("file://"+file))
			found := browsertest.Ask[struct {
				Passes     int
				Violations []string
			}](t, tab, string(axe)+axeRun)
			if found.Passes < 5 {
				t.Errorf("%s: only %d rules were looked at", p.name, found.Passes)
			}
			if len(found.Violations) > 0 {
				t.Errorf("%s at %d px, %s:\n  %s", p.name, look.width, look.scheme, strings.Join(found.Violations, "\n  "))
			}
			if wide := browsertest.Ask[int64](t, tab, `document.documentElement.scrollWidth`); wide > look.width {
				t.Errorf("%s is %d px wide on a screen of %d", p.name, wide, look.width)
			}
		}
	}
}

func TestAPacketOfABatteryNamesItsPartsByTheirOwnSettings(t *testing.T) {
	const head = "format: 1\nversion: 1.0.0\nlanguages: [en]\naudience: {grades: [6]}\n"
	part, problems := instrument.Load("part.yaml", []byte(head+`id: part
title: {en: "You and {{programme}}"}
settings: {programme: {en: "robots"}}
items: [{id: why, kind: text, text: {en: "Why?"}}]
pages: [{id: p, items: [why]}]
`), instrument.Options{})
	if part == nil {
		t.Fatal(problems)
	}
	include := func(instrument.Ref) (*instrument.Instrument, error) { return part, nil }
	in, problems := instrument.Load("all.yaml", []byte(head+`id: all
title: {en: "All of it"}
pages: [{include: part@1}]
`), instrument.Options{Include: include})
	if in == nil {
		t.Fatal(problems)
	}
	var page bytes.Buffer
	if err := renderer(t).Packet(&page, render.PacketView{Lang: "en", Instrument: in}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page.String(), "You and robots (part 1.0.0)") {
		t.Error("the part is not named")
	}
}
