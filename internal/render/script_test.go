package render_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"surveyd/internal/browsertest"
	"surveyd/internal/instrument"
	"surveyd/internal/render/gallery"
)

// student is somebody at a device.
type student struct {
	t      *testing.T
	tab    context.Context
	server *protocolServer
}

func (s student) open(lang string) {
	s.t.Helper()
	browsertest.Run(s.t, s.tab, chromedp.Navigate(s.server.URL+"/s/"+s.server.sid+"/survey?lang="+lang), chromedp.WaitReady("html.on"))
}

// choose clicks the choice of an item, as a finger would on its label.
func (s student) choose(item, code string) {
	s.t.Helper()
	if !browsertest.Ask[bool](s.t, s.tab, fmt.Sprintf(`(() => { const o = document.querySelector('[name=%s][value="%s"]'); o?.closest('label').click(); return !!o && o.getClientRects().length > 0 })()`, item, code)) {
		s.t.Fatalf("there is no choice %s of %s to see", code, item)
	}
}

func (s student) press(id string) {
	s.t.Helper()
	browsertest.Run(s.t, s.tab, chromedp.Click("#"+id, chromedp.ByID, chromedp.NodeVisible))
}

func (s student) heading() string {
	return browsertest.Read[string](s.t, s.tab, `[...document.querySelectorAll('.page')].find(p => !p.hidden).querySelector('h2').textContent`)
}

func (s student) state() string {
	return browsertest.Read[string](s.t, s.tab, `document.getElementById('state').textContent`)
}

func (s student) sees(selector string) bool {
	return browsertest.Read[bool](s.t, s.tab, `!!document.querySelector('`+selector+`')?.getClientRects().length`)
}

func (s student) address() string { return browsertest.Read[string](s.t, s.tab, "location.pathname") }

// TestTheSurveyWithItsScript takes one browser through what the script promises; each part has a server and a
// storage of its own.
func TestTheSurveyWithItsScript(t *testing.T) {
	t.Parallel()
	browser := browsertest.Browser(t)
	for _, part := range []struct {
		promise string
		act     func(student)
	}{
		{"a page at a time, with the focus on its heading", aPageAtATime},
		{"conditions hold without the server", conditionsHold},
		{"answers are kept at once and can be taken back", answersAreKept},
		{"a busy server gets the same save again", busyServer},
		{"another device's saves are not undone", anotherDevice},
		{"the language changes in place, without a network", languageInPlace},
		{"a reload without a network finds page and answers", offlineReload},
		{"unanswered questions are pointed out once, then sent", pointedOutOnce},
		{"a refused answer is said beside its question, and the rest is kept", refusedAnswer},
		{"who comes back goes on at the first open question", comesBack},
		{"the device keeps nothing that the next student could read", nothingLeft},
		{"an order that is the student's own, and recorded", ownOrder},
		{"a session that is over says so and keeps the answers in the page", sessionOver},
		{"Enter never sends anything", enterNeverSends},
	} {
		t.Run(part.promise, func(t *testing.T) {
			s := student{t: t, tab: browsertest.Tab(t, browser), server: newProtocolServer(t, gallery.Demo())}
			browsertest.Run(t, s.tab, browsertest.Device(1366, 768, "light", true))
			part.act(s)
		})
	}
}

func aPageAtATime(s student) {
	s.open("en")
	if got := s.heading(); got != "Page 1 of 3 How I see math" {
		s.t.Errorf("begins at %q", got)
	}
	if s.sees("#q-face") || s.sees("#send") || s.sees("#back") {
		s.t.Error("more than the first page is in sight")
	}
	s.press("next")
	if got := browsertest.Read[string](s.t, s.tab, "document.activeElement.textContent"); got != "Page 2 of 3 New things" {
		s.t.Errorf("the focus is on %q", got)
	}
	s.press("next")
	if !s.sees("#send") || s.sees("#next") {
		s.t.Error("the last page does not offer to send")
	}
	s.press("back")
	if got := s.heading(); got != "Page 2 of 3 New things" {
		s.t.Errorf("back leads to %q", got)
	}
}

func conditionsHold(s student) {
	s.open("en")
	s.press("next")
	s.press("next")
	if s.sees("#q-club_fun") {
		s.t.Error("a question shows before its condition is true")
	}
	s.choose("club", "1")
	if !s.sees("#q-club_fun") {
		s.t.Error("a question does not show though its condition is true")
	}
	s.choose("club_fun", "4")
	s.choose("club", "-94")
	if s.sees("#q-club_fun") {
		s.t.Error("a question shows though the answer was declined")
	}
	browsertest.Eventually(s.t, "what the hidden question held is stored raw", func() bool { return s.server.stored("club_fun") == "4" })
}

func answersAreKept(s student) {
	s.open("en")
	s.choose("mi1", "4")
	s.choose("mi2", "2")
	browsertest.Eventually(s.t, "both answers are stored", func() bool { return s.server.stored("mi1") == "4" && s.server.stored("mi2") == "2" })
	browsertest.Eventually(s.t, "the page says so", func() bool { return s.state() == "Saved" })
	browsertest.Ask[bool](s.t, s.tab, `document.querySelector('#q-mi1 .clear').click() || true`)
	browsertest.Eventually(s.t, "the answer is taken back", func() bool { return s.server.stored("mi1") == "" })
	s.server.set(func(p *protocolServer) {
		if len(p.saves) > 3 || p.saves[0].Language != "en" || p.saves[0].Reached != 1 || p.saves[0].Seconds["p1"] < 0 {
			s.t.Errorf("%d saves, the first %+v", len(p.saves), p.saves[0])
		}
	})
}

func busyServer(s student) {
	s.open("en")
	s.server.set(func(p *protocolServer) { p.status = 503 })
	s.choose("mi1", "4")
	browsertest.Eventually(s.t, "the page says calmly that it waits", func() bool { return strings.Contains(s.state(), "busy") })
	s.choose("mi2", "2")
	s.server.set(func(p *protocolServer) { p.status = 0 })
	browsertest.Eventually(s.t, "everything arrives", func() bool { return s.server.stored("mi1") == "4" && s.server.stored("mi2") == "2" })
	s.server.set(func(p *protocolServer) { p.down = true })
	s.choose("mi3", "1")
	browsertest.Eventually(s.t, "the page says that there is no connection", func() bool { return strings.Contains(s.state(), "No connection") })
	s.server.set(func(p *protocolServer) { p.down = false })
	browsertest.Ask[bool](s.t, s.tab, `dispatchEvent(new Event('online'))`)
	browsertest.Eventually(s.t, "the last answer arrives", func() bool { return s.server.stored("mi3") == "1" })
	browsertest.Eventually(s.t, "the page says that all is stored", func() bool { return s.state() == "Saved" })
}

func anotherDevice(s student) {
	s.open("en")
	s.server.set(func(p *protocolServer) { p.seq, p.answers["mi2"] = 9, []string{"5"} })
	s.choose("mi1", "4")
	browsertest.Eventually(s.t, "the page's own change comes on top", func() bool { return s.server.stored("mi1") == "4" })
	s.server.set(func(p *protocolServer) {
		if p.seq != 10 || p.answers["mi2"][0] != "5" {
			s.t.Errorf("after number 9 of another device: number %d, mi2 %q", p.seq, p.answers["mi2"])
		}
	})
}

// hasOther waits until the other language is on the device: the service worker's shelf is filled after that.
func (s student) hasOther() {
	s.t.Helper()
	browsertest.Eventually(s.t, "the pages are on the device's shelf", func() bool {
		return browsertest.Read[int](s.t, s.tab, `caches.open('surveyd-1').then(c => c.keys()).then(k => k.filter(r => r.url.includes('/survey?')).length)`) == 2
	})
}

func languageInPlace(s student) {
	s.open("en")
	s.choose("mi1", "4")
	s.press("next")
	s.choose("face", "5")
	s.hasOther()
	s.server.set(func(p *protocolServer) { p.down = true })
	browsertest.Run(s.t, s.tab, chromedp.Click(`.languages [lang=es]`))
	if got := s.heading(); got != "Página 2 de 3 Cosas nuevas" {
		s.t.Errorf("in Spanish the page is %q", got)
	}
	checked := browsertest.Read[[]string](s.t, s.tab, `[...document.querySelectorAll(':checked')].map(i => i.name + i.value)`)
	slices.Sort(checked)
	if !slices.Equal(checked, []string{"face5", "mi14"}) {
		s.t.Errorf("after the switch these are checked: %q", checked)
	}
	if got := browsertest.Read[string](s.t, s.tab, `document.documentElement.lang + location.search + document.activeElement.lang + document.title`); got != "es?lang=eses"+"Las matemáticas y yo" {
		s.t.Errorf("language, address, focus and title are %q", got)
	}
	s.server.set(func(p *protocolServer) { p.down = false })
	s.press("next")
	s.choose("club", "0")
	browsertest.Eventually(s.t, "saves go on in the new language", func() bool { return s.server.stored("club") == "0" })
	browsertest.Run(s.t, s.tab, chromedp.Click(`.languages [lang=en]`))
	if got := s.heading(); got != "Page 3 of 3 Clubs and free time" {
		s.t.Errorf("back in English the page is %q", got)
	}
}

func offlineReload(s student) {
	s.open("en")
	s.choose("mi1", "4")
	s.hasOther()
	browsertest.Eventually(s.t, "the first answer is stored", func() bool { return s.server.stored("mi1") == "4" })
	browsertest.Read[bool](s.t, s.tab, `navigator.serviceWorker.ready.then(() => true)`)
	s.server.set(func(p *protocolServer) { p.down = true })
	s.choose("mi2", "2")
	browsertest.Eventually(s.t, "the page says that there is no connection", func() bool { return strings.Contains(s.state(), "kept here") })
	browsertest.Eventually(s.t, "the device has a copy", func() bool { return browsertest.Read[bool](s.t, s.tab, `!!localStorage['surveyd:`+sid+`']`) })
	browsertest.Ask[bool](s.t, s.tab, `(window.before = true) && setTimeout(() => location.reload()) > 0`)
	browsertest.Eventually(s.t, "the page is there again, with the unsent answer", func() bool {
		return browsertest.Read[bool](s.t, s.tab, `!window.before && !!document.querySelector('html.on') && !!document.querySelector('[name=mi2][value="2"]')?.checked`)
	})
	if browsertest.Read[bool](s.t, s.tab, `document.querySelector('[name=mi1][value="4"]').checked`) {
		s.t.Error("the page on the shelf held an answer")
	}
	s.server.set(func(p *protocolServer) { p.down = false })
	browsertest.Ask[bool](s.t, s.tab, `dispatchEvent(new Event('online'))`)
	browsertest.Eventually(s.t, "the unsent answer is stored", func() bool { return s.server.stored("mi2") == "2" })
	browsertest.Eventually(s.t, "the stored answer is back in the page", func() bool {
		return browsertest.Read[bool](s.t, s.tab, `document.querySelector('[name=mi1][value="4"]').checked`)
	})
	if got := s.server.stored("mi1"); got != "4" {
		s.t.Errorf("the first answer became %q", got)
	}
}

func pointedOutOnce(s student) {
	s.open("en")
	s.choose("mi1", "4")
	s.press("next")
	s.press("next")
	s.press("send")
	if got := browsertest.Read[string](s.t, s.tab, "document.activeElement.querySelector('h2').textContent"); got != "6 questions have no answer" {
		s.t.Errorf("the focus is on %q", got)
	}
	browsertest.Run(s.t, s.tab, chromedp.Click(`#summary li:nth-child(1) a`))
	if !s.sees("#q-mi2") || !browsertest.Read[bool](s.t, s.tab, `document.activeElement.closest('.item').id === document.querySelector('#summary a').hash.slice(1)`) {
		s.t.Error("the link does not lead to its question")
	}
	s.press("next")
	s.press("next")
	s.press("send")
	browsertest.Eventually(s.t, "the receipt is on the screen", func() bool { return s.address() == "/s/"+sid+"/thanks" })
	s.server.set(func(p *protocolServer) {
		if p.submitted == nil || p.submitted.Answers["mi1"][0] != "4" || len(p.submitted.Answers) != len(p.in.Items) {
			s.t.Errorf("what was sent is %+v", p.submitted)
		}
	})
}

func refusedAnswer(s student) {
	s.server.set(func(p *protocolServer) { p.refuse["hours"] = 1 })
	s.open("en")
	s.press("next")
	s.press("next")
	browsertest.Run(s.t, s.tab, chromedp.SendKeys("#i-hours", "400"))
	s.choose("club", "0")
	browsertest.Eventually(s.t, "the words stand beside the question", func() bool {
		return browsertest.Read[string](s.t, s.tab, `document.querySelector('#q-hours .problem')?.textContent || ''`) == "The largest number you can use here is 40."
	})
	browsertest.Eventually(s.t, "the other answer is stored", func() bool { return s.server.stored("club") == "0" })
	browsertest.Ask[bool](s.t, s.tab, `document.getElementById("i-hours").select() || true`)
	browsertest.Run(s.t, s.tab, chromedp.SendKeys("#i-hours", "4"))
	browsertest.Eventually(s.t, "the better answer is stored", func() bool { return s.server.stored("hours") == "4" })
	if s.sees("#q-hours .problem") {
		s.t.Error("the words stay though the answer is good")
	}
}

func comesBack(s student) {
	s.server.set(func(p *protocolServer) {
		p.seq, p.answers = 3, map[string][]string{"mi1": {"1"}, "mi2": {"-94"}, "mi3": {"5"}}
	})
	s.open("es")
	if got := s.heading(); got != "Página 2 de 3 Cosas nuevas" {
		s.t.Errorf("goes on at %q", got)
	}
	s.choose("face", "3")
	browsertest.Eventually(s.t, "the numbers go on", func() bool { return s.server.stored("face") == "3" })
}

func nothingLeft(s student) {
	s.open("en")
	s.hasOther()
	s.server.set(func(p *protocolServer) { p.down = true })
	s.press("next")
	s.press("next")
	browsertest.Run(s.t, s.tab, chromedp.SendKeys("#i-more", "a secret wish"))
	browsertest.Eventually(s.t, "the device has a copy", func() bool { return browsertest.Read[bool](s.t, s.tab, `!!localStorage['surveyd:`+sid+`']`) })
	for range 5 {
		if kept := browsertest.Read[string](s.t, s.tab, `JSON.stringify({...localStorage})`); strings.Contains(kept, "secret") || strings.Contains(kept, "more") {
			s.t.Errorf("the copy can be read: %s", kept)
		}
	}
	s.server.set(func(p *protocolServer) { p.down = false })
	browsertest.Ask[bool](s.t, s.tab, `dispatchEvent(new Event('online'))`)
	browsertest.Eventually(s.t, "the answer is stored", func() bool { return s.server.stored("more") == "a secret wish" })
	browsertest.Eventually(s.t, "the copy is gone", func() bool { return !browsertest.Read[bool](s.t, s.tab, `!!localStorage['surveyd:`+sid+`']`) })
	s.press("send")
	s.press("send")
	browsertest.Eventually(s.t, "the receipt is on the screen", func() bool { return s.address() == "/s/"+sid+"/thanks" })
	browsertest.Eventually(s.t, "nothing of the session is left on the device", func() bool {
		return browsertest.Read[int](s.t, s.tab, `caches.open('surveyd-1').then(c => c.keys()).then(k => localStorage.length + sessionStorage.length + k.filter(r => r.url.includes('/s/')).length)`) == 0
	})
}

func ownOrder(s student) {
	s.open("en")
	order := browsertest.Read[[]string](s.t, s.tab, `[...document.querySelectorAll('#page-p1 .item')].map(i => i.dataset.item)`)
	s.open("es")
	if again := browsertest.Read[[]string](s.t, s.tab, `[...document.querySelectorAll('#page-p1 .item')].map(i => i.dataset.item)`); !slices.Equal(order, again) {
		s.t.Errorf("the order was %q and became %q", order, again)
	}
	s.choose("mi1", "4")
	browsertest.Eventually(s.t, "the answer is stored", func() bool { return s.server.stored("mi1") == "4" })
	s.server.set(func(p *protocolServer) {
		if got := p.saves[0].Order; !slices.Equal(got["p1"], order) || !slices.Equal(slices.Collect(maps.Keys(got)), []string{"p1"}) {
			s.t.Errorf("recorded order %q, on the screen %q", got, order)
		}
	})
	orders := browsertest.Read[int](s.t, s.tab, `import('/script/shuffle.js').then(m => new Set([...'abcdefghijklmnopqrstuvwxyz'].map(seed => m.shuffled([1, 2, 3], seed + 'p1').join())).size)`)
	if orders != 6 {
		s.t.Errorf("26 students see %d of the 6 orders of three items", orders)
	}
}

func sessionOver(s student) {
	s.open("en")
	s.server.set(func(p *protocolServer) { p.status = 403 })
	s.choose("mi1", "4")
	browsertest.Eventually(s.t, "the page says that the code must be typed again", func() bool { return strings.Contains(s.state(), "type your code again") })
	if !browsertest.Read[bool](s.t, s.tab, `document.querySelector('[name=mi1][value="4"]').checked`) || !s.sees(`#state a[href^="/?lang="]`) {
		s.t.Error("the answer left the page, or no link leads to the code entry")
	}
}

func enterNeverSends(s student) {
	s.open("en")
	browsertest.Ask[bool](s.t, s.tab, `document.querySelector('[name=mi1]').focus() || true`)
	browsertest.Run(s.t, s.tab, chromedp.KeyEvent("\r"))
	if got := s.heading(); got != "Page 2 of 3 New things" {
		s.t.Errorf("Enter leads to %q", got)
	}
	s.press("next")
	browsertest.Run(s.t, s.tab, chromedp.Focus("#i-hours"), chromedp.KeyEvent("\r"))
	if got := browsertest.Read[string](s.t, s.tab, "document.activeElement.id + location.pathname"); got != "i-hours/s/"+sid+"/survey" {
		s.t.Errorf("Enter on the last page leads to %q", got)
	}
}

// TestThePageEvaluatesConditionsAsTheServerDoes drives the script with the file of cases that drives package condition.
func TestThePageEvaluatesConditionsAsTheServerDoes(t *testing.T) {
	cases, err := os.ReadFile("../condition/testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	server := newProtocolServer(t, gallery.Demo())
	tab := browsertest.Start(t)
	browsertest.Run(t, tab, chromedp.Navigate(server.URL+"/empty"))
	type result struct {
		Cases int
		Wrong []string
	}
	got := browsertest.Read[result](t, tab, `import('/script/condition.js').then(({evaluate}) => {
		const cases = `+string(cases)+`
		const wrong = []
		let n = 0
		for (const c of cases) {
			if (!c.tree) continue
			n++
			const lookup = (id) => {
				const a = c.answers?.[id]
				if (!a) return null
				const number = 'number' in a ? a.number : Number(a.codes?.[0])
				return { codes: a.codes || [], number, isNumber: c.items[id].kind !== 'multiple' && !Number.isNaN(number) }
			}
			const truth = {'-1': 'false', 0: 'unknown', 1: 'true'}[evaluate(c.tree, lookup)]
			if (truth !== c.want) wrong.push(c.name + ': ' + truth + ', want ' + c.want)
		}
		return { Cases: n, Wrong: wrong }
	})`)
	if got.Cases < 20 {
		t.Errorf("only %d cases were evaluated", got.Cases)
	}
	for _, wrong := range got.Wrong {
		t.Error(wrong)
	}
}

// TestAMistypedCodeIsToldWithoutARequest types at the entry page as a student would.
func TestAMistypedCodeIsToldWithoutARequest(t *testing.T) {
	server := newProtocolServer(t, gallery.Demo())
	tab := browsertest.Start(t)
	browsertest.Run(t, tab, chromedp.Navigate(server.URL+"/?lang=es"), chromedp.SendKeys("#code", "abcd2346"))
	if got := browsertest.Read[string](t, tab, "document.getElementById('code').value"); got != "ABCD-2346" {
		t.Errorf("the field shows %q", got)
	}
	browsertest.Run(t, tab, chromedp.Click("button.go"))
	if got := browsertest.Read[string](t, tab, "document.getElementById('code-problem').textContent + document.activeElement.id"); !strings.HasPrefix(got, "Ese código tiene un error") || !strings.HasSuffix(got, "code") {
		t.Errorf("the page says %q", got)
	}
	for _, request := range server.requests {
		if strings.HasPrefix(request, "POST") {
			t.Errorf("the code was sent: %s", request)
		}
	}
	for code, good := range map[string]bool{withCheck("ABCD234"): true, strings.ToLower(withCheck("7KXM9QA")): true, withCheck("2222223")[:7] + "2": false, "0BCD2345": false, "ABCD234": false} {
		if got := browsertest.Read[bool](t, tab, fmt.Sprintf(`import('/script/code.js').then(m => m.isCode(%q))`, code)); got != good {
			t.Errorf("isCode(%q) is %t", code, got)
		}
	}
}

// withCheck adds the check character: the sum over the characters, from the right, of their places in the alphabet doubled
// and single by turns, with the carry of base 30 added, must end in 0.
func withCheck(body string) string {
	const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	for _, last := range alphabet {
		sum := 0
		for i, r := range []rune(body + string(last)) {
			product := strings.IndexRune(alphabet, r) * (1 + (len(body)-i)%2)
			sum += product/30 + product%30
		}
		if sum%30 == 0 {
			return body + string(last)
		}
	}
	return ""
}

func TestWithoutAScriptTheSurveyIsAFormThatWorks(t *testing.T) {
	server := newProtocolServer(t, gallery.Demo())
	tab := browsertest.Start(t)
	browsertest.Run(t, tab, browsertest.Device(360, 740, "light", false), chromedp.Navigate(server.URL+"/s/"+sid+"/survey?lang=es"),
		browsertest.Tap(`[name=mi1][value="4"]`), browsertest.Tap(`[name=clubs][value="chess"]`), browsertest.Tap("#i-hours"), chromedp.KeyEvent("2.5"), browsertest.Tap("#send"))
	browsertest.Eventually(t, "the form has come", func() bool {
		server.mu.Lock()
		defer server.mu.Unlock()
		return len(server.forms) > 0
	})
	if len(server.forms) != 1 {
		t.Fatalf("%d forms came", len(server.forms))
	}
	form := server.forms[0]
	for name, want := range map[string]string{"mi1": "4", "clubs": "chess", "hours": "2.5", "action": "submit", "_seq": "0", "more": ""} {
		if got := strings.Join(form[name], ";"); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for name := range form {
		if _, ok := gallery.Demo().Item(instrument.ItemID(name)); !ok && name != "action" && name != "_seq" && !slices.ContainsFunc(gallery.Demo().Items, func(i *instrument.Item) bool { return string(i.ID) == name }) {
			t.Errorf("the form has a field %q of its own", name)
		}
	}
}

// TestShouldTheScriptNeverComeThePagesShowThemselves cuts the script off, as a network does that dies after the page.
func TestShouldTheScriptNeverComeThePagesShowThemselves(t *testing.T) {
	server := newProtocolServer(t, gallery.Demo())
	server.set(func(p *protocolServer) { p.scriptless = true })
	tab := browsertest.Start(t)
	browsertest.Run(t, tab, browsertest.Device(360, 740, "light", true), chromedp.Navigate(server.URL+"/s/"+sid+"/survey?lang=en"))
	const inSight = `['#page-p3', '#i-more', '#send'].map(s => { const e = document.querySelector(s); return e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().height >= 44 })`
	if seen := browsertest.Read[[]bool](t, tab, inSight); slices.Contains(seen, true) {
		t.Errorf("before the script had its chance, later pages show: %v", seen)
	}
	browsertest.Ask[bool](t, tab, `document.getAnimations().forEach(a => a.finish()) || true`)
	if seen := browsertest.Read[[]bool](t, tab, inSight); slices.Contains(seen, false) {
		t.Errorf("without the script, later pages stay hidden: %v", seen)
	}
}
