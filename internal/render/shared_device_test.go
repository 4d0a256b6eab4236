package render_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"surveyd/internal/browsertest"
	"surveyd/internal/render/gallery"
)

// onDevice is everything that a page of this origin could read: both storages and all caches.
const onDevice = `(async () => {
	let all = JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})
	for (const name of await caches.keys()) {
		const cache = await caches.open(name)
		for (const request of await cache.keys()) all += request.url + ' ' + await (await cache.match(request))?.text()
	}
	return all
})()`

// TestTheNextStudentFindsNothing is two students at one device, one after the other.
func TestTheNextStudentFindsNothing(t *testing.T) {
	t.Parallel()
	browser := browsertest.Browser(t)
	for _, part := range []struct {
		promise string
		act     func(first, second student)
	}{
		{"after thanks, Back shows nothing and the device holds nothing", backAfterThanks},
		{"a survey that was left open is not shown by Back", backAfterLeaving},
		{"a draft that was never sent is neither read nor sent by the next", draftStays},
	} {
		t.Run(part.promise, func(t *testing.T) {
			first := student{t: t, tab: browsertest.Tab(t, browser), server: newProtocolServer(t, gallery.Demo())}
			second := student{t: t, tab: first.tab, server: first.server.beside("c2Vjb25k")}
			browsertest.Run(t, first.tab, browsertest.Device(1366, 768, "light", true), chromedp.Navigate(first.server.URL+"/?lang=en"))
			part.act(first, second)
		})
	}
}

func (s student) writes(text string) {
	s.t.Helper()
	s.press("next")
	s.press("next")
	browsertest.Run(s.t, s.tab, chromedp.SendKeys("#i-more", text))
}

func (s student) goesBack() {
	s.t.Helper()
	browsertest.Ask[bool](s.t, s.tab, `(window.before = true) && setTimeout(() => history.back()) > 0`)
	browsertest.Eventually(s.t, "Back leads somewhere", func() bool {
		return browsertest.Read[bool](s.t, s.tab, `!window.before && document.readyState === 'complete'`)
	})
}

// shows looks for a text in whatever the page holds, typed or written.
func (s student) shows(text string) bool {
	return browsertest.Read[bool](s.t, s.tab, `(document.documentElement?.outerHTML + [...document.querySelectorAll('input,textarea')].map(e => e.value)).includes('`+text+`')`)
}

func backAfterThanks(first, second student) {
	first.open("en")
	first.hasOther()
	first.writes("a secret wish")
	first.arrives("more", "a secret wish")
	first.press("send")
	first.press("send")
	first.isThanked()
	browsertest.Eventually(first.t, "nothing is left on the device", func() bool {
		return browsertest.Read[string](first.t, first.tab, onDevice) == "{}{}" || !strings.Contains(browsertest.Read[string](first.t, first.tab, onDevice), "/s/")
	})
	for range 2 {
		first.goesBack()
		if first.shows("a secret wish") || first.sees("#survey") {
			first.t.Errorf("Back shows what was answered, at %s", first.address())
		}
	}
	second.open("en")
	second.hasOther()
	if kept := browsertest.Read[string](second.t, second.tab, onDevice); strings.Contains(kept, "secret") || strings.Contains(kept, sid) {
		second.t.Error("the next student's device still knows the first")
	}
}

func backAfterLeaving(first, second student) {
	first.open("en")
	first.writes("a secret wish")
	first.arrives("more", "a secret wish")
	browsertest.Run(first.t, first.tab, chromedp.Navigate(first.server.URL+"/?lang=en"))
	first.server.set(func(p *protocolServer) { p.gone = true }) // coming to the entry ends the session
	second.goesBack()
	if second.shows("a secret wish") || second.sees("#survey") {
		second.t.Errorf("Back shows what was answered, at %s", second.address())
	}
	second.server.set(func(p *protocolServer) { p.down = true })
	first.server.set(func(p *protocolServer) { p.down = true })
	browsertest.Run(second.t, second.tab, chromedp.Navigate("about:blank"))
	second.goesBack()
	second.goesBack()
	if second.shows("a secret wish") || second.sees("#survey") {
		second.t.Errorf("without a network, Back shows what was answered, at %s", second.address())
	}
}

func draftStays(first, second student) {
	first.open("en")
	first.hasOther()
	first.server.set(func(p *protocolServer) { p.down = true })
	first.writes("a secret wish")
	first.choose("club", "1")
	browsertest.Eventually(first.t, "the device has a copy", func() bool {
		return browsertest.Read[bool](first.t, first.tab, `!!localStorage['surveyd:`+sid+`']`)
	})
	first.server.set(func(p *protocolServer) { p.down, p.gone = false, true })
	browsertest.Run(first.t, first.tab, chromedp.Navigate(first.server.URL+"/?lang=en"))
	second.open("en")
	second.hasOther()
	if kept := browsertest.Read[string](second.t, second.tab, onDevice); strings.Contains(kept, "secret") {
		second.t.Error("the copy can be read")
	}
	second.choose("mi1", "4")
	second.arrives("mi1", "4")
	if second.server.stored("more") != "" || second.server.stored("club") != "" || second.shows("a secret wish") {
		second.t.Error("the second student has the first one's answers")
	}
	keys := browsertest.Read[int](second.t, second.tab, `Object.keys(sessionStorage).filter(k => k.includes('`+sid+`')).length`)
	if keys != 0 {
		second.t.Error("the first student's key is still in the tab")
	}
	first.server.set(func(p *protocolServer) { p.gone = false })
	first.open("en") // with the code typed again
	first.arrives("more", "a secret wish")
	first.arrives("club", "1")
	if got := second.server.stored("club"); got != "" {
		first.t.Errorf("the second student has %q", got)
	}
}
