package render_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"surveyd/internal/browsertest"
	"surveyd/internal/render/gallery"
)

// fakeSpeech stands for a device's voices, which a browser without a screen has none of. It writes down what it is asked to
// say, and says that it has ended when a test lets it.
const fakeSpeech = `(voices => {
	const speech = Object.assign(new EventTarget(), { log: [], now: null, speaking: false, getVoices: () => voices,
		speak(u) { this.log.push(u.voice.name + ': ' + u.text); this.now = u; this.speaking = true },
		cancel() { const u = this.now; this.now = null; if (u) { this.log.push('(stopped)'); setTimeout(() => u.onerror?.({ error: 'interrupted' })) } },
		end() { const u = this.now; this.now = null; u.onend() },
		come(...more) { voices.push(...more); this.dispatchEvent(new Event('voiceschanged')) } })
	Object.defineProperty(window, 'speechSynthesis', { value: speech })
	window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
})`

// voices is what getVoices gives: one of a server, and one of the device for each of two languages.
const voices = `[{ name: 'cloud', lang: 'en-US', localService: false, default: true }, { name: 'Brit', lang: 'en_GB', localService: true },
	{ name: 'Ana', lang: 'en-US', localService: true }, { name: 'cloud', lang: 'es-US', localService: false }, { name: 'Paz', lang: 'es-MX', localService: true }]`

func beforeLoad(script string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
		return err
	})
}

// withVoices gives a tab the voices of a device.
func withVoices() chromedp.Action { return beforeLoad(fakeSpeech + "(" + voices + ")") }

// withVoicesOf gives it some voices only, as JavaScript.
func withVoicesOf(list string) chromedp.Action { return beforeLoad(fakeSpeech + "(" + list + ")") }

// said is what was spoken since it was asked last, one line for each part.
func (s student) said() string {
	s.t.Helper()
	return strings.Join(browsertest.Ask[[]string](s.t, s.tab, `speechSynthesis.log.splice(0)`), "\n")
}

// goesOn lets the voice end what it says.
func (s student) goesOn() { s.script(`speechSynthesis.end()`) }

// marked is what is marked as being said.
func (s student) marked() string {
	return browsertest.Read[string](s.t, s.tab, `[...document.querySelectorAll('.spoken')].map(e => e.tagName + ' ' + (e.querySelector('input')?.value || e.textContent.slice(0, 12))).join()`)
}

func (s student) listen(item string) {
	s.t.Helper()
	browsertest.Run(s.t, s.tab, chromedp.Click("#q-"+item+" .listen", chromedp.NodeVisible))
}

// button is what the button of an item says, and what a screen reader says of it; empty when there is none.
func (s student) button(item string) string {
	return browsertest.Read[string](s.t, s.tab, fmt.Sprintf(`(b => b ? b.textContent + ' | ' + b.getAttribute('aria-label') : '')(document.querySelector('#q-%s .listen'))`, item))
}

func (s student) expectSaid(want string) {
	s.t.Helper()
	if got := s.said(); got != want {
		s.t.Errorf("it said\n%s\nwant\n%s", got, want)
	}
}

// TestReadingAloud takes one browser through what children hear; each part has a tab and a server of its own.
func TestReadingAloud(t *testing.T) {
	t.Parallel()
	browser := browsertest.Browser(t)
	for _, part := range []struct {
		promise string
		voices  chromedp.Action
		act     func(student)
	}{
		{"early readers get one question at a time, and come back to where they were", withVoices(), oneAtATime},
		{"question and answers are read one after the other, each marked", withVoices(), readInOrder},
		{"tapping again, Escape, another question and another language stop it", withVoices(), stopped},
		{"a recording comes first, then the answers by voice", withVoices(), recordedFirst},
		{"a recording alone is played without a voice", withVoicesOf("[]"), recordedAlone},
		{"a recording that cannot be had is spoken", withVoices(), recordingLost},
		{"without a local voice of the language there is no button", withVoicesOf(`[{ name: 'cloud', lang: 'en-US', localService: false }, { name: 'Zoé', lang: 'fr-FR', localService: true }]`), noVoice},
		{"voices that come late bring the buttons", withVoicesOf("[]"), lateVoices},
		{"a browser without speech has the recording's button alone", beforeLoad(`Object.defineProperty(window, 'speechSynthesis', { value: undefined })`), noSpeech},
	} {
		t.Run(part.promise, func(t *testing.T) {
			s := student{t: t, tab: browsertest.Tab(t, browser), server: newProtocolServer(t, gallery.Early())}
			browsertest.Run(t, s.tab, browsertest.Device(1366, 768, "light", true), part.voices)
			part.act(s)
		})
	}
}

func (s student) question() string {
	return browsertest.Read[string](s.t, s.tab, `[...document.querySelectorAll('.item')].filter(i => i.getClientRects().length).map(i => i.dataset.item).join()`)
}

func oneAtATime(s student) {
	s.open("en")
	if s.question() != "build" || s.heading() != "Question 1 of 3 Doing things" || s.sees("#back") {
		s.t.Errorf("it begins with %q under %q", s.question(), s.heading())
	}
	s.choose("build", "3")
	s.arrives("build", "3")
	s.press("next")
	if s.question() != "count" || s.heading() != "Question 2 of 3 Doing things" {
		s.t.Errorf("next is %q under %q", s.question(), s.heading())
	}
	if got := browsertest.Read[string](s.t, s.tab, "document.activeElement.tagName + document.getElementById('progress').getAttribute('aria-valuetext')"); got != "H2Question 2 of 3" {
		s.t.Errorf("focus and progress are %q", got)
	}
	s.hasOther()
	browsertest.Run(s.t, s.tab, chromedp.Click(`.languages [lang=es]`))
	browsertest.Eventually(s.t, "the question stands in Spanish", func() bool { return s.heading() == "Pregunta 2 de 3 Hacer cosas" })
	if s.question() != "count" {
		s.t.Errorf("after the switch it is %q", s.question())
	}
	s.choose("count", "1")
	s.arrives("count", "1")
	s.server.set(func(p *protocolServer) {
		if last := p.saves[len(p.saves)-1]; last.Reached != 1 || last.Seconds["p1"] <= 0 {
			s.t.Errorf("two questions of the first page count as %d pages, %v", last.Reached, last.Seconds)
		}
	})
	s.open("es")
	if s.question() != "like" || !s.sees("#send") || s.sees("#next") {
		s.t.Errorf("who comes back goes on at %q", s.question())
	}
	s.press("send")
	if !s.sees("#summary") {
		s.t.Error("the open question is not pointed out")
	}
}

func readInOrder(s student) {
	s.open("en")
	s.press("next")
	if got := s.button("count"); got != "Listen | Listen: How do you feel when you count things?" {
		s.t.Errorf("the button says %q", got)
	}
	s.expectSaid("")
	s.listen("count")
	for _, part := range []struct{ said, marked string }{
		{"Ana: How do you feel when you count things?", "LEGEND How do you f"},
		{"Ana: Not happy", "LABEL 1"}, {"Ana: In between", "LABEL 2"}, {"Ana: Happy", "LABEL 3"}, {"Ana: Skip this one", "LABEL -94"},
	} {
		s.expectSaid(part.said)
		if got := s.marked(); got != part.marked {
			s.t.Errorf("with %q this is marked: %q", part.said, got)
		}
		if got := s.button("count"); got != "Stop | Stop" {
			s.t.Errorf("meanwhile the button says %q", got)
		}
		s.goesOn()
	}
	s.expectSaid("")
	if s.marked() != "" {
		s.t.Errorf("at the end this is marked: %q", s.marked())
	}
	if got := s.button("count"); !strings.HasPrefix(got, "Listen |") {
		s.t.Errorf("at the end the button says %q", got)
	}
	if got := browsertest.Read[string](s.t, s.tab, `document.getElementById('news').textContent`); strings.Contains(got, "happy") {
		s.t.Errorf("a screen reader was told %q", got)
	}
	s.press("next")
	s.listen("like")
	s.expectSaid("Ana: What do you like to do? Choose all that fit you.")
}

func stopped(s student) {
	s.open("en")
	s.press("next")
	quiet := func(how string) {
		s.t.Helper()
		if got := s.said(); !strings.HasSuffix(got, "(stopped)") || s.marked() != "" {
			s.t.Errorf("after %s it has said %q and %q is marked", how, got, s.marked())
		}
	}
	s.listen("count")
	s.listen("count")
	quiet("another tap")
	s.listen("count")
	browsertest.Run(s.t, s.tab, chromedp.KeyEvent(kb.Escape))
	quiet("Escape")
	s.listen("count")
	s.goesOn()
	s.press("next")
	quiet("another question")
	s.press("back")
	s.listen("count")
	s.hasOther()
	browsertest.Run(s.t, s.tab, chromedp.Click(`.languages [lang=es]`))
	browsertest.Eventually(s.t, "the page is in Spanish", func() bool { return strings.HasPrefix(s.heading(), "Pregunta") })
	quiet("another language")
	s.listen("count")
	s.expectSaid("Paz: ¿Cómo te sientes cuando cuentas cosas?")
	browsertest.Run(s.t, s.tab, chromedp.Navigate("about:blank"))
}

func recordedFirst(s student) {
	s.open("en")
	s.listen("build")
	if got := s.marked(); got != "LEGEND How do you f" {
		s.t.Errorf("while the recording plays this is marked: %q", got)
	}
	browsertest.Eventually(s.t, "the recording has ended and the first answer is spoken", func() bool { return s.said() == "Ana: Not happy" })
}

func recordedAlone(s student) {
	s.open("en")
	s.listen("build")
	browsertest.Eventually(s.t, "the recording has ended", func() bool { return strings.HasPrefix(s.button("build"), "Listen") && s.marked() == "" })
	s.expectSaid("")
	s.press("next")
	if got := s.button("count"); got != "" {
		s.t.Errorf("a question without a recording has a button: %q", got)
	}
}

func recordingLost(s student) {
	s.open("en")
	s.script(`document.getElementById('q-build').dataset.recording = '/media/none.mp3'`)
	s.listen("build")
	browsertest.Eventually(s.t, "the question is spoken", func() bool { return s.said() == "Ana: How do you feel when you build something?" })
	s.goesOn()
	s.expectSaid("Ana: Not happy")
}

func noVoice(s student) {
	s.open("en")
	s.press("next")
	if got := s.button("count"); got != "" {
		s.t.Errorf("there is a button: %q", got)
	}
}

func lateVoices(s student) {
	s.open("es")
	s.press("next")
	if got := s.button("count"); got != "" {
		s.t.Errorf("before there is a voice, there is a button: %q", got)
	}
	s.script(`speechSynthesis.come({ name: 'Paz', lang: 'es-MX', localService: true })`)
	if got := s.button("count"); got != "Escuchar | Escuchar: ¿Cómo te sientes cuando cuentas cosas?" {
		s.t.Errorf("then the button says %q", got)
	}
}

func noSpeech(s student) {
	s.open("en")
	if !strings.HasPrefix(s.button("build"), "Listen") || s.button("count") != "" {
		s.t.Errorf("the buttons say %q and %q", s.button("build"), s.button("count"))
	}
}

func TestATableIsListenedToByItsRows(t *testing.T) {
	t.Parallel()
	s := student{t: t, tab: browsertest.Start(t), server: newProtocolServer(t, gallery.Learners())}
	browsertest.Run(t, s.tab, browsertest.Device(1366, 768, "light", true), withVoices())
	s.open("en")
	s.listen("mi2")
	s.expectSaid("Ana: When a math problem is hard, I try a different way.")
	if got := s.marked(); got != "TH When a math " {
		t.Errorf("this is marked: %q", got)
	}
	s.goesOn()
	s.expectSaid("Ana: Strongly disagree")
	if got := s.marked(); got != "LABEL 1" {
		t.Errorf("this is marked: %q", got)
	}
	rows := browsertest.Read[[]int](t, s.tab, `[...new Set([...document.querySelectorAll('.grid tr')].map(r => r.cells.length))]`)
	if len(rows) != 1 {
		t.Errorf("the table's rows have %v cells", rows)
	}
}

func TestOlderPupilsHaveNoButtons(t *testing.T) {
	t.Parallel()
	s := student{t: t, tab: browsertest.Start(t), server: newProtocolServer(t, gallery.Demo())}
	browsertest.Run(t, s.tab, withVoices())
	s.open("en")
	if n := browsertest.Read[int](t, s.tab, `document.querySelectorAll('.listen,script[src*=aloud]').length`); n != 0 {
		t.Errorf("%d buttons and scripts", n)
	}
}

func TestPicturesAndRecordingsAreThereWithoutANetwork(t *testing.T) {
	t.Parallel()
	s := student{t: t, tab: browsertest.Start(t), server: newProtocolServer(t, gallery.Early())}
	browsertest.Run(t, s.tab, withVoicesOf("[]"))
	s.open("en")
	browsertest.Eventually(t, "pictures and recording are on the shelf", func() bool {
		return browsertest.Read[int](t, s.tab, `caches.open('surveyd-1').then(c => c.keys()).then(k => k.filter(r => r.url.includes('/media/')).length)`) == 4
	})
	s.choose("build", "3")
	s.arrives("build", "3")
	browsertest.Run(t, s.tab, chromedp.Evaluate(`fetch('/media/x').catch(() => 0)`, nil)) // the service worker stands between
	s.server.set(func(p *protocolServer) { p.down = true })
	s.open("en")
	browsertest.Eventually(t, "the page is there again", func() bool { return s.sees("html.on") })
	for range 2 {
		s.press("next")
	}
	browsertest.Eventually(t, "every picture is seen", func() bool {
		return browsertest.Read[int](t, s.tab, `[...document.querySelectorAll('#q-like img')].filter(i => i.complete && i.naturalWidth > 0).length`) == 3
	})
	s.press("back")
	s.press("back")
	s.listen("build")
	browsertest.Eventually(t, "the recording begins", func() bool { return strings.HasPrefix(s.button("build"), "Stop") })
	browsertest.Eventually(t, "the recording ends", func() bool { return strings.HasPrefix(s.button("build"), "Listen") })
}
