package render_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"surveyd/internal/browsertest"
	"surveyd/internal/render/gallery"
)

// script runs what a page's own code or a device could do.
func (s student) script(code string) {
	s.t.Helper()
	browsertest.Ask[bool](s.t, s.tab, `(() => { `+code+` })() || true`)
}

// checked are the choices that are marked, in the order of their names.
func (s student) checked() string {
	s.t.Helper()
	all := browsertest.Read[[]string](s.t, s.tab, `[...document.querySelectorAll(':checked')].map(i => i.name + i.value)`)
	slices.Sort(all)
	return strings.Join(all, " ")
}

func (s student) arrives(item, value string) {
	s.t.Helper()
	browsertest.Eventually(s.t, item+" is stored as "+value, func() bool { return s.server.stored(item) == value })
}

func (s student) says(words string) {
	s.t.Helper()
	browsertest.Eventually(s.t, "the page says "+words, func() bool { return strings.Contains(s.state(), words) })
}

func (s student) isThanked() {
	s.t.Helper()
	browsertest.Eventually(s.t, "the receipt is on the screen", func() bool { return s.address() == "/s/"+s.server.sid+"/thanks" })
}

// anew opens a tab as after a crash: cookies and storage are there, what lived in the tab is not.
func (s student) anew() student {
	return student{t: s.t, tab: browsertest.Tab(s.t, s.tab), server: s.server}
}

func (s student) online() { s.script(`dispatchEvent(new Event('online'))`) }

// TestWhatGoesWrongAroundAStudentLosesNothing takes the page through outages, other devices and endings.
func TestWhatGoesWrongAroundAStudentLosesNothing(t *testing.T) {
	t.Parallel()
	browser := browsertest.Browser(t)
	for _, part := range []struct {
		promise string
		act     func(student)
	}{
		{"a network that dies after the page came", networkDies},
		{"a server that is away while the page loads the rest", serverStartsAnew},
		{"a server that asks for time gets it", serverAsksForTime},
		{"a slow network", slowNetwork},
		{"two tabs with the same code", twoTabs},
		{"a page that is behind sends nobody's blanks", behindAtTheEnd},
		{"a crash without a network", crashOffline},
		{"a draft that is older than what is stored", olderDraft},
		{"the language, switched before and after a reload without a network", languageOffline},
		{"a double click", doubleClick},
		{"a number out of range", numberOutOfRange},
		{"a number out of range on a question that is hidden again", hiddenProblem},
		{"the window closes", windowCloses},
		{"the session ends", sessionEnds},
		{"another device has finished", finishedElsewhere},
		{"a long text with pictures in it", longText},
	} {
		t.Run(part.promise, func(t *testing.T) {
			s := student{t: t, tab: browsertest.Tab(t, browser), server: newProtocolServer(t, gallery.Demo())}
			browsertest.Run(t, s.tab, browsertest.Device(1366, 768, "light", true))
			part.act(s)
		})
	}
}

// answerAll gives every question an answer but the text.
func (s student) answerAll() {
	s.t.Helper()
	for _, item := range []string{"mi1", "mi2", "mi3"} {
		s.choose(item, "4")
	}
	s.press("next")
	s.choose("face", "5")
	s.press("next")
	s.choose("club", "0")
	s.choose("clubs", "chess")
	browsertest.Run(s.t, s.tab, chromedp.SendKeys("#i-hours", "3"))
}

func networkDies(s student) {
	s.open("es")
	s.hasOther()
	s.server.set(func(p *protocolServer) { p.down = true })
	s.answerAll()
	s.press("send")
	s.says("Tus respuestas se quedan aquí y se van a enviar")
	if s.address() != "/s/"+sid+"/survey" || !s.sees("#q-club") {
		s.t.Error("the page is left though nothing was sent")
	}
	if got := browsertest.Read[string](s.t, s.tab, `document.activeElement.id`); got != "send" {
		s.t.Errorf("while it waits, the focus is on %q", got)
	}
	s.server.set(func(p *protocolServer) { p.down = false })
	s.online()
	s.isThanked()
	s.server.set(func(p *protocolServer) {
		if p.submitted == nil || len(p.submitted.Answers) != len(p.in.Items) || p.submitted.Answers["mi2"][0] != "4" {
			s.t.Errorf("what arrived is %+v", p.submitted)
		}
	})
}

func serverStartsAnew(s student) {
	s.open("en")
	s.server.set(func(p *protocolServer) { p.down = true })
	s.choose("mi1", "4")
	s.says("No connection")
	s.server.set(func(p *protocolServer) { p.down = false })
	s.online()
	s.arrives("mi1", "4")
	s.hasOther()
	s.says("Saved")
}

func serverAsksForTime(s student) {
	s.open("en")
	s.server.set(func(p *protocolServer) { p.status, p.retryAfter = 503, "2" })
	s.choose("mi1", "4")
	s.says("busy")
	at := time.Now()
	s.server.set(func(p *protocolServer) { p.status, p.requests = 0, nil })
	s.arrives("mi1", "4")
	if waited := time.Since(at); waited < 1500*time.Millisecond {
		s.t.Errorf("asked for 2 s, the page came back after %v", waited)
	}
}

func slowNetwork(s student) {
	s.open("en")
	s.choose("mi1", "4")
	s.says("Saved")
	s.server.set(func(p *protocolServer) { p.delay = 1500 * time.Millisecond })
	s.choose("mi2", "2")
	if got := s.state(); got != "Saving…" {
		s.t.Errorf("with an answer on its way the page says %q", got)
	}
	time.Sleep(500 * time.Millisecond)
	s.press("next")
	s.choose("face", "5")
	if got := s.state(); got != "Saving…" {
		s.t.Errorf("while the server thinks the page says %q", got)
	}
	s.server.set(func(p *protocolServer) { p.delay = 0 })
	s.arrives("face", "5")
	s.says("Saved")
}

func twoTabs(s student) {
	other := s.anew()
	s.open("en")
	other.open("es")
	s.choose("mi1", "4")
	s.arrives("mi1", "4")
	browsertest.Run(s.t, other.tab, browsertest.Front())
	other.choose("mi2", "2")
	other.arrives("mi2", "2")
	if got := other.checked(); got != "mi14 mi22" {
		s.t.Errorf("after its save, the second tab shows %q", got)
	}
	other.choose("mi1", "5")
	other.arrives("mi1", "5")
	for range 2 {
		other.press("next")
	}
	for range 2 {
		other.press("send")
	}
	other.isThanked()
	if got := s.server.stored("mi1") + s.server.stored("mi2"); got != "52" {
		s.t.Errorf("stored in the end: %q", got)
	}
}

func behindAtTheEnd(s student) {
	s.open("en")
	s.hasOther()
	s.server.set(func(p *protocolServer) { p.seq, p.answers = 7, map[string][]string{"mi1": {"4"}, "face": {"2"}} })
	s.press("next")
	s.press("next")
	s.press("send")
	s.press("send")
	s.isThanked()
	if got := s.server.stored("mi1") + s.server.stored("face"); got != "42" {
		s.t.Errorf("of another device's answers there is %q left", got)
	}
}

func crashOffline(s student) {
	s.open("en")
	s.choose("mi1", "4")
	s.arrives("mi1", "4")
	s.hasOther()
	s.server.set(func(p *protocolServer) { p.down = true })
	s.choose("mi2", "2")
	s.says("kept here")
	browsertest.Eventually(s.t, "the device has a copy", func() bool {
		return browsertest.Read[bool](s.t, s.tab, `!!localStorage['surveyd:`+sid+`']`)
	})
	after := s.anew()
	browsertest.Run(s.t, after.tab, browsertest.Device(1366, 768, "light", true))
	after.open("en")
	after.says("will show again")
	if got := after.checked(); got != "" {
		s.t.Errorf("without a key the page shows %q", got)
	}
	after.choose("mi3", "5")
	s.server.set(func(p *protocolServer) { p.down = false })
	after.online()
	after.arrives("mi2", "2")
	after.arrives("mi3", "5")
	browsertest.Eventually(s.t, "all three answers are in the page", func() bool { return after.checked() == "mi14 mi22 mi35" })
	if got := s.server.stored("mi1"); got != "4" {
		s.t.Errorf("the first answer became %q", got)
	}
}

func olderDraft(s student) {
	s.open("en")
	s.choose("mi1", "4")
	s.arrives("mi1", "4")
	s.hasOther()
	s.server.set(func(p *protocolServer) { p.down = true })
	s.choose("mi2", "2")
	s.choose("mi3", "1")
	browsertest.Eventually(s.t, "the device has a copy", func() bool {
		return browsertest.Read[bool](s.t, s.tab, `!!localStorage['surveyd:`+sid+`']`)
	})
	s.says("kept here")
	s.script(`const kept = localStorage['surveyd:` + sid + `']; window.stop(); addEventListener('pagehide', () => { localStorage['surveyd:` + sid + `'] = kept })`)
	browsertest.Run(s.t, s.tab, chromedp.Navigate("about:blank"))
	s.server.set(func(p *protocolServer) { p.down, p.seq, p.answers["mi2"] = false, 5, []string{"5"} })
	s.open("en")
	s.arrives("mi3", "1")
	if got := s.server.stored("mi2"); got != "5" {
		s.t.Errorf("what another device saved later became %q", got)
	}
}

func languageOffline(s student) {
	s.open("en")
	s.press("next")
	s.choose("face", "5")
	s.hasOther()
	s.arrives("face", "5")
	s.server.set(func(p *protocolServer) { p.down = true })
	s.choose("face", "4")
	s.says("kept here")
	browsertest.Ask[bool](s.t, s.tab, `(window.before = true) && setTimeout(() => location.reload()) > 0`)
	browsertest.Eventually(s.t, "the page is there again, with the unsent answer", func() bool {
		return browsertest.Read[bool](s.t, s.tab, `!window.before && !!document.querySelector('html.on') && !!document.querySelector('[name=face][value="4"]')?.checked`)
	})
	browsertest.Run(s.t, s.tab, chromedp.Click(`.languages [lang=es]`))
	browsertest.Eventually(s.t, "the page is in Spanish", func() bool { return strings.HasPrefix(s.heading(), "Página") })
	if got := s.checked(); got != "face4" {
		s.t.Errorf("after the switch these are marked: %q", got)
	}
	s.says("Ahora no hay conexión")
}

func doubleClick(s student) {
	s.open("en")
	for _, item := range []string{"mi1", "mi2", "mi3"} {
		s.choose(item, "4")
	}
	s.press2("next")
	if got := s.heading(); got != "Page 2 of 3 New things" {
		s.t.Errorf("a double click on Next leads to %q", got)
	}
	s.choose("face", "5")
	s.press2("next")
	if s.sees("#summary") || s.heading() != "Page 3 of 3 Clubs and free time" {
		s.t.Error("the second click on Next fell on Send")
	}
	s.press2("send")
	if !s.sees("#summary") || s.address() != "/s/"+sid+"/survey" {
		s.t.Error("the second click sent what the first had only pointed out")
	}
	s.press2("send")
	s.isThanked()
	s.server.set(func(p *protocolServer) {
		n := 0
		for _, request := range p.requests {
			if strings.HasSuffix(request, "/submit") {
				n++
			}
		}
		if n != 1 {
			s.t.Errorf("%d submits came", n)
		}
	})
}

// press2 presses a button as an impatient finger does: a second time in the same place, whatever is there then.
func (s student) press2(id string) {
	s.t.Helper()
	at := browsertest.Ask[[]float64](s.t, s.tab, `(e => { e.scrollIntoView(); const b = e.getBoundingClientRect(); return [b.right - 20, b.top + b.height / 2] })(document.getElementById('`+id+`'))`)
	for n := int64(1); n <= 2; n++ {
		for _, what := range []input.MouseType{input.MousePressed, input.MouseReleased} {
			browsertest.Run(s.t, s.tab, input.DispatchMouseEvent(what, at[0], at[1]).WithButton(input.Left).WithClickCount(n))
		}
	}
}

func numberOutOfRange(s student) {
	s.server.set(func(p *protocolServer) { p.refuse["hours"] = 1 })
	s.server.set(func(p *protocolServer) { p.seq, p.answers["hours"] = 1, []string{"40"} })
	s.open("en")
	s.press("next")
	s.press("next")
	s.script(`document.getElementById('i-hours').select()`)
	browsertest.Run(s.t, s.tab, input.InsertText("400"))
	const described = `(i => [i.getAttribute('aria-invalid'), i.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id)?.textContent || '').join('|')].join())(document.getElementById('i-hours'))`
	browsertest.Eventually(s.t, "the field is tied to what is wrong with it", func() bool {
		return browsertest.Read[string](s.t, s.tab, described) == "true,Type a number from 0 to 40.|The largest number you can use here is 40."
	})
	s.arrives("hours", "") // 40 is not what the student means
	s.says("needs another look")
	s.server.set(func(p *protocolServer) { p.refuse["hours"] = 1 })
	browsertest.Run(s.t, s.tab, chromedp.Click(`.languages [lang=es]`))
	browsertest.Eventually(s.t, "the server has said it again", func() (said bool) {
		s.server.set(func(p *protocolServer) { said = p.refuse["hours"] == 0 })
		return said
	})
	s.says("Hay una respuesta por revisar")
	if got := browsertest.Read[string](s.t, s.tab, `document.getElementById('i-hours').value`); got != "400" {
		s.t.Errorf("after the switch the field holds %q", got)
	}
	s.script(`document.getElementById('i-hours').select()`)
	browsertest.Run(s.t, s.tab, input.InsertText("4"))
	s.arrives("hours", "4")
	s.says("Guardado")
	if s.sees(".wrong") || s.sees("[aria-invalid]") {
		s.t.Error("the field is still marked as wrong")
	}
}

func hiddenProblem(s student) {
	s.server.set(func(p *protocolServer) { p.refuse["club_fun"] = 1000 })
	s.open("en")
	s.answerAll()
	s.choose("club", "1")
	s.choose("club_fun", "4")
	browsertest.Eventually(s.t, "the words stand beside the question", func() bool { return s.sees("#q-club_fun .problem") })
	s.choose("club", "0")
	if s.sees("#q-club_fun") {
		s.t.Fatal("the question is still there")
	}
	s.press("send")
	s.isThanked()
}

func windowCloses(s student) {
	s.open("es")
	s.server.set(func(p *protocolServer) { p.status = 410 })
	s.choose("mi1", "4")
	s.says("Esta encuesta ya cerró. Lo que enviaste antes está guardado.")
	if got := browsertest.Read[string](s.t, s.tab, `document.querySelector('#state a').pathname`); got != "/s/"+sid+"/thanks" {
		s.t.Errorf("the way out leads to %q", got)
	}
}

func sessionEnds(s student) {
	s.open("en")
	s.choose("mi1", "4")
	s.arrives("mi1", "4")
	s.hasOther()
	s.server.set(func(p *protocolServer) { p.gone = true })
	s.choose("mi2", "2")
	s.says("Please type your code again to go on. Your last answers are kept on this device.")
	browsertest.Run(s.t, s.tab, chromedp.Click("#state a"))
	browsertest.Eventually(s.t, "the code can be typed", func() bool { return s.address() == "/" })
	s.server.set(func(p *protocolServer) { p.gone = false })
	s.open("en")
	s.arrives("mi2", "2")
	browsertest.Eventually(s.t, "the copy is gone", func() bool {
		return !browsertest.Read[bool](s.t, s.tab, `!!localStorage['surveyd:`+sid+`']`)
	})
}

func finishedElsewhere(s student) {
	s.open("en")
	s.server.set(func(p *protocolServer) { p.submitted, p.seq = &saved{Save: "other"}, 3 })
	s.isThanked() // the page hears of it when it asks for the other language
}

func longText(s student) {
	s.open("en")
	s.press("next")
	s.press("next")
	text := strings.Repeat("ñandú 🤖👩🏽‍🔬 ", 30) + "\n<b>\"&'\\"
	s.script(`document.getElementById('i-more').focus()`)
	browsertest.Run(s.t, s.tab, input.InsertText(text))
	s.arrives("more", text)
	s.open("en")
	if got := browsertest.Read[string](s.t, s.tab, `document.getElementById('i-more').value`); got != text {
		s.t.Errorf("after a reload the text is %q", got)
	}
	s.press("next")
	s.press("next")
	s.script(`document.getElementById('i-more').select()`)
	browsertest.Run(s.t, s.tab, input.InsertText(strings.Repeat("x", 9000)))
	s.arrives("more", strings.Repeat("x", 500))
}
