package render_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"surveyd/internal/browsertest"
	"surveyd/internal/render/gallery"
)

// inFocus tells where the focus is, and what hides it: the bar below, the head of a table, an edge of the screen.
const inFocus = `(() => {
	const e = document.activeElement
	if (!e || e === document.body || e === document.documentElement) return {Where: '', Hidden: ''}
	const seen = e.matches('.options input, .grid input') ? e.closest('label') : e
	const b = seen.getBoundingClientRect()
	const where = e.id || (e.name ? e.name + e.value : e.className || e.getAttribute('href') || e.tagName)
	const at = [b.left + b.width / 2, Math.min(b.bottom - 4, b.top + 20)]
	const top = document.elementFromPoint(...at)
	const hidden = !top || !(seen.contains(top) || top.contains(seen)) ? 'under ' + (top ? top.outerHTML.slice(0, 60) : 'the edge at ' + at) : ''
	const style = getComputedStyle(seen)
	const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || e.matches('h2, #summary')
	return {Where: where, Hidden: hidden || (ring ? '' : 'without a ring')}
})()`

type focus struct{ Where, Hidden string }

// key presses one key and looks at where the focus is then.
func (s student) key(key string, modifiers ...input.Modifier) string {
	s.t.Helper()
	browsertest.Run(s.t, s.tab, chromedp.KeyEvent(key, chromedp.KeyModifiers(modifiers...)))
	at := browsertest.Read[focus](s.t, s.tab, inFocus)
	if at.Hidden != "" {
		s.t.Errorf("the focus on %s is %s", at.Where, at.Hidden)
	}
	return at.Where
}

// tabTo presses Tab until the focus is there. On the way it is never lost.
func (s student) tabTo(where string, modifiers ...input.Modifier) {
	s.t.Helper()
	var way []string
	for range 30 {
		at := s.key(kb.Tab, modifiers...)
		way = append(way, at)
		if at == where {
			return
		}
		if at == "" && (len(way) < 2 || way[len(way)-2] != "send" && way[len(way)-2] != "next") { // after the last, the browser's own
			s.t.Errorf("the focus is lost on the way to %s: %q", where, way)
		}
	}
	s.t.Fatalf("Tab does not lead to %s: %q", where, way)
}

// TestTheWholeSurveyByKeyboardAlone answers in Spanish without a mouse: on a Chromebook, on a phone's width and at 400 %.
func TestTheWholeSurveyByKeyboardAlone(t *testing.T) {
	t.Parallel()
	browser := browsertest.Browser(t)
	for _, size := range [][2]int64{{1366, 768}, {360, 740}, {342, 192}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			s := student{t: t, tab: browsertest.Tab(t, browser), server: newProtocolServer(t, gallery.Demo())}
			browsertest.Run(t, s.tab, browsertest.Device(size[0], size[1], "light", true))
			s.open("es")
			first := browsertest.Read[string](t, s.tab, `document.querySelector('#page-p1 .item').dataset.item`)
			s.tabTo(first + "1")
			if at := s.key(" "); at != first+"1" {
				t.Errorf("Space leads to %s", at)
			}
			if at := s.key(kb.ArrowDown); at != first+"2" {
				t.Errorf("an arrow leads to %s", at)
			}
			browsertest.Eventually(t, "the answer is stored", func() bool { return s.server.stored(first) == "2" })
			if at := s.key(kb.Tab); at != "clear" {
				t.Errorf("after an answer, Tab leads to %s", at)
			}
			if at := s.key("\r"); at != first+"1" {
				t.Errorf("taking an answer back leads to %s", at)
			}
			browsertest.Eventually(t, "the answer is taken back", func() bool { return s.server.stored(first) == "" })
			s.key(" ")
			s.tabTo("next")
			if at := s.key("\r"); at != "H2" || s.heading() != "Página 2 de 3 Cosas nuevas" {
				t.Errorf("Siguiente leads to %s of %s", at, s.heading())
			}
			s.tabTo("face1")
			s.key(" ")
			s.key(kb.ArrowRight)
			s.tabTo("next")
			s.key(" ")
			if got := s.heading(); got != "Página 3 de 3 Clubes y tiempo libre" {
				t.Errorf("the page is %s", got)
			}
			s.tabTo("club1")
			s.key(" ")
			s.tabTo("club_fun1")
			s.key(" ")
			s.tabTo("clubsrobotics")
			s.key(" ")
			s.tabTo("i-hours")
			browsertest.Run(t, s.tab, input.InsertText("2.5"))
			s.tabTo("i-more")
			browsertest.Run(t, s.tab, input.InsertText("¡Más robots! 🤖"))
			s.tabTo("send")
			if at := s.key("\r"); at != "summary" {
				t.Errorf("with two questions open, sending leads to %s", at)
			}
			s.key(kb.Tab)
			if at := s.key("\r"); len(at) < 3 || at[:2] != "mi" {
				t.Errorf("the first open question is %s", at)
			}
			s.tabTo("next")
			s.key("\r")
			s.tabTo("next")
			s.tabTo("back", input.ModifierShift)
			s.tabTo("next")
			s.key("\r")
			s.tabTo("send")
			browsertest.Run(t, s.tab, chromedp.KeyEvent("\r"))
			browsertest.Eventually(t, "the receipt is on the screen", func() bool { return s.address() == "/s/"+sid+"/thanks" })
			for item, want := range map[string]string{first: "1", "face": "2", "club": "1", "club_fun": "1", "clubs": "robotics", "hours": "2.5", "more": "¡Más robots! 🤖"} {
				if got := s.server.stored(item); got != want {
					t.Errorf("%s is stored as %q, want %q", item, got, want)
				}
			}
		})
	}
}
