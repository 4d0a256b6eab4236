// Package browsertest drives Debian's Chromium in tests. Everything that is asked of chromedp goes through it, because
// chromedp's interface moves. It refuses to know any page.
package browsertest

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Path is where Debian installs Chromium.
const Path = "/usr/bin/chromium"

// tabTime bounds what a test may do in one tab.
const tabTime = 3 * time.Minute

// Browser starts one Chromium with an empty profile. It gives no tab that a test should use: Tab opens them.
func Browser(t testing.TB, more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	profile := profileDir(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(Path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(profile),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true))
	options = append(options, more...)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	browser, closeBrowser := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		_ = chromedp.Cancel(browser) // asks it to end and waits; stop ends what did not
		closeBrowser()
		stop()
	})
	if err := chromedp.Run(browser); err != nil {
		t.Fatalf("start Chromium (make test installs it): %v", err)
	}
	return browser
}

// profileDir is a folder that goes when the test ends. Chromium's last processes may still write while it is removed, and
// even make it anew, so that it is tried until it stays away; testing's own folders are removed once and fail the test.
func profileDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "surveyd-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 100 {
			err = os.RemoveAll(dir)
			time.Sleep(50 * time.Millisecond)
			if _, gone := os.Stat(dir); os.IsNotExist(gone) {
				return
			}
		}
		t.Logf("Chromium's profile stays behind: %v", err)
	})
	return dir
}

// Start starts one Chromium with an empty profile and gives a tab of it.
func Start(t testing.TB) context.Context {
	t.Helper()
	return Tab(t, Browser(t))
}

// Tab opens another tab of a browser: it has the same cookies, caches and storage. A page that asks whether it may be left
// is left, and an
// error in a script fails the test.
func Tab(t testing.TB, of context.Context) context.Context {
	t.Helper()
	opened, closeTab := chromedp.NewContext(of)
	tab, cancel := context.WithTimeout(opened, tabTime)
	t.Cleanup(func() {
		cancel()
		closeTab()
	})
	chromedp.ListenTarget(tab, func(event any) {
		switch event := event.(type) {
		case *page.EventJavascriptDialogOpening:
			go func() { _ = chromedp.Run(tab, page.HandleJavaScriptDialog(true)) }() // a tab that closes meanwhile needs no answer
		case *runtime.EventExceptionThrown:
			if tab.Err() == nil {
				t.Errorf("an error in the page that nothing caught: %v", event.ExceptionDetails)
			}
		}
	})
	Run(t, tab, Front())
	return tab
}

// Front brings a tab before the others: one behind another paints nothing.
func Front() chromedp.Action { return page.BringToFront() }

// Run does actions in a tab.
func Run(t testing.TB, tab context.Context, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(tab, actions...); err != nil {
		t.Fatal(err)
	}
}

// Device sets a tab's size, colour scheme and whether scripts run.
func Device(width, height int64, scheme string, scripts bool) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		if err := emulation.SetDeviceMetricsOverride(width, height, 1, width < 500).Do(ctx); err != nil {
			return err
		}
		if err := emulation.SetScriptExecutionDisabled(!scripts).Do(ctx); err != nil {
			return err
		}
		return Media("prefers-color-scheme", scheme).Do(ctx)
	})
}

// Media makes a media feature so, such as forced-colors active; every other goes back to what it was.
func Media(feature, value string) chromedp.Action {
	return emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: feature, Value: value}})
}

// Shoot takes a picture of the whole page, or of what is in sight.
func Shoot(into *[]byte, whole bool) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) (err error) {
		*into, err = page.CaptureScreenshot().WithCaptureBeyondViewport(whole).Do(ctx)
		return err
	})
}
