package render_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"surveyd/internal/browsertest"
	"surveyd/internal/render/gallery"
)

// TestAWalkThroughTheSurveyKeepsEveryControlInSight goes through the survey as a student does and, with -screenshots, takes a picture of each screen.
func TestAWalkThroughTheSurveyKeepsEveryControlInSight(t *testing.T) {
	t.Parallel()
	browser := browsertest.Browser(t)
	for _, look := range looks {
		t.Run(fmt.Sprintf("%s.%d.%s", look.lang, look.width, look.scheme), func(t *testing.T) {
			s := student{t: t, tab: browsertest.Tab(t, browser), server: newProtocolServer(t, gallery.Demo())}
			browsertest.Run(t, s.tab, browsertest.Device(look.width, look.height, look.scheme, true))
			s.open(look.lang)
			for screen, act := range []func(){
				func() { s.choose("mi1", "4") },
				func() { s.press("next"); s.choose("face", "4") },
				func() { s.press("next"); s.choose("club", "1"); s.choose("clubs", "chess") },
				func() { s.press("send") },
			} {
				act()
				if !browsertest.Read[bool](t, s.tab, `(b => b.bottom <= innerHeight + 1 && b.top >= 0)(document.querySelector('.steps').getBoundingClientRect())`) {
					t.Errorf("screen %d: what leads on is out of sight", screen+1)
				}
				if small := browsertest.Read[[]string](t, s.tab, tooSmall); len(small) > 0 {
					t.Errorf("screen %d: smaller than 44 px: %q", screen+1, small)
				}
				if *screenshots == "" {
					continue
				}
				time.Sleep(600 * time.Millisecond)
				var picture []byte
				browsertest.Run(t, s.tab, browsertest.Shoot(&picture, false))
				name := fmt.Sprintf("walk-%d.%s.%d.%s.png", screen+1, look.lang, look.width, look.scheme)
				if err := os.WriteFile(filepath.Join(*screenshots, name), picture, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// tooSmall lists what can be pressed and is lower or narrower than a finger needs.
const tooSmall = `[...document.querySelectorAll('button:not(.default), .options label, .grid label, main input:not([type]), textarea')]
	.filter(e => e.getClientRects().length)
	.filter(e => { const b = e.getBoundingClientRect(); return b.height < 44 || b.width < 44 })
	.map(e => e.outerHTML.slice(0, 80))`
