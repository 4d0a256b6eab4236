package preview_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"surveyd/internal/browsertest"
)

var screenshots = flag.String("screenshots", "", "folder into which pictures of the workbench are written, for looking at")

// shoot writes a picture of what is in sight.
func shoot(t testing.TB, tab context.Context, name string) {
	t.Helper()
	if *screenshots == "" {
		return
	}
	var picture []byte
	browsertest.Run(t, tab, browsertest.Shoot(&picture, false))
	if err := os.WriteFile(filepath.Join(*screenshots, name+".png"), picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

// page gives the text of the frame in a language.
func page(t testing.TB, tab context.Context, lang string) string {
	return browsertest.Read[string](t, tab, fmt.Sprintf(`document.querySelector('.view[data-lang=%s] iframe:not(.coming)')?.contentDocument?.body?.innerText || ""`, lang))
}

// ready waits until every frame holds a survey that its script has taken over.
func ready(t testing.TB, tab context.Context) {
	browsertest.Eventually(t, "the pages are there", func() bool {
		return browsertest.Read[bool](t, tab, `(() => { const frames = [...document.querySelectorAll('.view iframe')]; return frames.length > 0 && frames.every(f => f.contentDocument?.documentElement.classList.contains("on")) })()`)
	})
}

// has says whether what a selector finds holds a text.
func has(t testing.TB, tab context.Context, selector, text string) bool {
	return browsertest.Read[bool](t, tab, fmt.Sprintf(`[...document.querySelectorAll(%q)].some(e => !e.closest("[hidden]") && e.textContent.includes(%q))`, selector, text))
}

func eventuallyHas(t testing.TB, tab context.Context, selector, text string) {
	t.Helper()
	browsertest.Eventually(t, selector+" says "+text, func() bool { return has(t, tab, selector, text) })
}

// choose clicks an answer in the frame of a language.
func choose(t testing.TB, tab context.Context, lang, item, code string) {
	t.Helper()
	if !browsertest.Ask[bool](t, tab, fmt.Sprintf(`(() => { const f = document.querySelector('.view[data-lang=%s] iframe').contentDocument.querySelector('[name=%s][value="%s"]'); f?.click(); return !!f })()`, lang, item, code)) {
		t.Fatalf("%s has no answer %s in %s", item, code, lang)
	}
}

// checked gives the code that is chosen in the frame of a language.
func checked(t testing.TB, tab context.Context, lang, item string) string {
	return browsertest.Read[string](t, tab, fmt.Sprintf(`document.querySelector('.view[data-lang=%s] iframe').contentDocument.querySelector('[name=%s]:checked')?.value || ""`, lang, item))
}

func TestTheWorkbenchFollowsTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "robots.yaml")
	write(t, path, sample)
	address := serve(t, path)
	tab := browsertest.Start(t)
	browsertest.Run(t, tab, browsertest.Device(1366, 768, "light", true), chromedp.Navigate(address))
	ready(t, tab)

	t.Run("clicking answers shows the score, and both languages keep in step", func(t *testing.T) {
		choose(t, tab, "en", "r1", "4")
		choose(t, tab, "es", "r2", "1")
		choose(t, tab, "en", "r3", "3")
		// r1 counts twice, r2 is turned round: 1 + 4 - 1 = 4
		eventuallyHas(t, tab, "#scores .sum", "(2×4 + 4 + 3) ÷ (2 + 1 + 1) = 3.75")
		eventuallyHas(t, tab, "#scores .value", "3.75")
		eventuallyHas(t, tab, "#scores .band", "high")
		for _, lang := range []string{"en", "es"} {
			if got := checked(t, tab, lang, "r1") + checked(t, tab, lang, "r2") + checked(t, tab, lang, "r3"); got != "413" {
				t.Errorf("%s holds %s", lang, got)
			}
		}
		shoot(t, tab, "scores")
	})

	t.Run("a saved change is on the page without a reload, with page and answers kept", func(t *testing.T) {
		browsertest.Ask[any](t, tab, `(window.still = true, document.querySelector('.view[data-lang=en] iframe').contentDocument.getElementById("next").click(), 1)`)
		began := time.Now()
		write(t, path, edited(t, "How many hours a week?", "How many hours each week?"))
		for time.Since(began) < patience && !browsertest.Read[bool](t, tab, `document.querySelector('.view[data-lang=en] iframe').contentDocument?.body?.innerText.includes("each week?") || false`) {
			time.Sleep(5 * time.Millisecond)
		}
		took := time.Since(began)
		t.Logf("on the page, on its second screen, after %v", took.Round(time.Millisecond))
		if took >= patience { // a quarter of a second on a machine that has nothing else to do
			t.Fatal("it never came")
		}
		if !browsertest.Read[bool](t, tab, `window.still === true`) {
			t.Error("the workbench was reloaded")
		}
		if !strings.Contains(page(t, tab, "es"), "¿Cuántas horas a la semana?") {
			t.Error("the other language is not on the same page")
		}
		if got := checked(t, tab, "en", "r1") + checked(t, tab, "es", "r2"); got != "41" {
			t.Errorf("the answers are %q", got)
		}
	})

	t.Run("a mistake shows its line over the last good page, and goes away", func(t *testing.T) {
		write(t, path, edited(t, "responses: agree}\n  - {id: r2", "responses: agre}\n  - {id: r2"))
		eventuallyHas(t, tab, "#trouble", "line 23")
		eventuallyHas(t, tab, "#trouble pre", "responses: agre}")
		eventuallyHas(t, tab, "#trouble pre", "^^^^")
		if !browsertest.Read[bool](t, tab, `document.body.hasAttribute("data-stale")`) || !browsertest.Read[bool](t, tab, `getComputedStyle(document.querySelector("#views .hole")).filter.includes("grayscale")`) {
			t.Error("the page does not look old")
		}
		accessible(t, tab, "a page that is older than its file")
		shoot(t, tab, "mistake")
		write(t, path, sample)
		browsertest.Eventually(t, "the problem has gone", func() bool {
			return browsertest.Read[bool](t, tab, `document.getElementById("trouble").hidden && !document.body.hasAttribute("data-stale")`)
		})
	})

	t.Run("a test fills its answers in", func(t *testing.T) {
		browsertest.Ask[any](t, tab, `(document.getElementById("tab-tests").click(), 1)`)
		shoot(t, tab, "tests")
		browsertest.Ask[any](t, tab, `([...document.querySelectorAll("#pane-tests button")].find(b => b.textContent.includes("two are enough")).click(), 1)`)
		eventuallyHas(t, tab, "#scores .value", "from 1 to 4")
		eventuallyHas(t, tab, "#scores .sum", "(2×4 + 1) ÷ (2 + 1) = 3")
		for _, lang := range []string{"en", "es"} {
			if got := checked(t, tab, lang, "r1") + "-" + checked(t, tab, lang, "r2") + "-" + checked(t, tab, lang, "r3"); got != "4--1" {
				t.Errorf("%s holds %s", lang, got)
			}
		}
	})

	t.Run("widths are those of devices", func(t *testing.T) {
		for size, want := range map[string]int{"phone": 360, "chromebook": 1366, "zoom": 320} {
			browsertest.Ask[any](t, tab, `(document.querySelector("[name=size][value=`+size+`]").click(), 1)`)
			browsertest.Eventually(t, size+" is as wide as it should be", func() bool {
				return browsertest.Read[int](t, tab, `document.querySelector(".view iframe").contentWindow.innerWidth`) == want
			})
			time.Sleep(100 * time.Millisecond) // for the picture
			shoot(t, tab, "size-"+size)
		}
		browsertest.Ask[any](t, tab, `(document.querySelector("[name=size][value=phone]").click(), 1)`)
	})

	t.Run("the pages are shown as to early readers when that is asked for, also after a reload", func(t *testing.T) {
		layouts := func() string {
			return browsertest.Read[string](t, tab, `[...document.querySelectorAll(".view iframe:not(.coming)")].map(f => f.contentDocument?.body?.classList.contains("early") ? "early" : f.contentDocument?.getElementById("survey") ? "own" : "coming").join()`)
		}
		are := func(want string) {
			t.Helper()
			browsertest.Eventually(t, "both pages are "+want, func() bool { return layouts() == want+","+want })
		}
		are("own")
		browsertest.Run(t, tab, chromedp.Focus("[name=early]", chromedp.ByQuery), chromedp.KeyEvent(" "))
		are("early")
		if got := checked(t, tab, "en", "r1") + checked(t, tab, "es", "r3"); got != "41" {
			t.Errorf("the answers are %q", got)
		}
		shoot(t, tab, "layout-early")
		browsertest.Run(t, tab, chromedp.Reload())
		ready(t, tab)
		are("early")
		if !browsertest.Read[bool](t, tab, `document.querySelector("[name=early]").checked`) {
			t.Error("the switch does not say so")
		}
		write(t, path, edited(t, "How many hours a week?", "How many hours a day?"))
		browsertest.Eventually(t, "the change is there", func() bool {
			return strings.Contains(browsertest.Read[string](t, tab, `document.querySelector('.view[data-lang=en] iframe:not(.coming)').contentDocument?.body?.textContent || ""`), "hours a day?")
		})
		are("early")
		browsertest.Ask[any](t, tab, `(document.querySelector("[name=early]").click(), 1)`)
		are("own")
		write(t, path, early)
		eventuallyHas(t, tab, "#layout", "always")
		are("early")
		write(t, path, sample)
		browsertest.Eventually(t, "the switch is there again", func() bool {
			return browsertest.Read[bool](t, tab, `document.querySelector("[name=early]")?.checked === false`)
		})
		are("own")
	})

	t.Run("the page works to the end, and starts over", func(t *testing.T) {
		browsertest.Ask[any](t, tab, `(() => { const d = document.querySelector('.view[data-lang=es] iframe').contentDocument; for (let i = 0; i < 3; i++) d.getElementById("next").click(); d.getElementById("send").click(); setTimeout(() => d.getElementById("send").click(), 100); return 1 })()`)
		browsertest.Eventually(t, "the thanks are there", func() bool {
			return has(t, tab, "[name=screen][value=thanks]", "") && browsertest.Read[bool](t, tab, `document.querySelector("[name=screen][value=thanks]").checked`)
		})
		for lang, thanks := range map[string]string{"en": "Receipt", "es": "Recibo"} {
			browsertest.Eventually(t, "there are thanks in "+lang, func() bool { return strings.Contains(page(t, tab, lang), thanks) })
		}
		shoot(t, tab, "thanks")
		browsertest.Ask[any](t, tab, `(document.querySelector("[name=screen][value=survey]").click(), 1)`)
		browsertest.Eventually(t, "the questions are back, with the answers", func() bool {
			return strings.Contains(page(t, tab, "en"), "I like to build robots.") && checked(t, tab, "en", "r1") == "4" && checked(t, tab, "es", "r3") == "1"
		})
		browsertest.Ask[any](t, tab, `(document.getElementById("again").click(), 1)`)
		eventuallyHas(t, tab, "#scores", "nothing answered")
		ready(t, tab)
		if got := checked(t, tab, "en", "r1"); got != "" {
			t.Errorf("r1 is still %s", got)
		}
	})
}
