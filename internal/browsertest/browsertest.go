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
	"github.com/chromedp/chromedp"
)

// Path is where Debian installs Chromium.
const Path = "/usr/bin/chromium"

// tabTime bounds what a test may do in one tab.
const tabTime = 90 * time.Second

// Start starts one Chromium with an empty profile and gives its first tab.
func Start(t testing.TB) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(Path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(profile(t)),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	tab, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	if err := chromedp.Run(tab); err != nil {
		t.Fatalf("start Chromium (make test installs it): %v", err)
	}
	return limit(t, tab)
}

// profile makes a folder for a browser. It is not a test's own temporary folder: Chromium's processes go on writing for a
// moment after the browser has ended, and what they write must not fail the test.
func profile(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "browsertest-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 50 {
			if err = os.RemoveAll(dir); err == nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Logf("a browser's folder stays behind: %v", err)
	})
	return dir
}

// Tab opens another tab of a tab's browser: it has the same cookies, caches and storage.
func Tab(t testing.TB, of context.Context) context.Context {
	t.Helper()
	tab, closeTab := chromedp.NewContext(of)
	t.Cleanup(closeTab)
	return limit(t, tab)
}

func limit(t testing.TB, tab context.Context) context.Context {
	limited, cancel := context.WithTimeout(tab, tabTime)
	t.Cleanup(cancel)
	return limited
}

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
		return emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}).Do(ctx)
	})
}

// Shoot takes a picture of the whole page, or of what is in sight.
func Shoot(into *[]byte, whole bool) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) (err error) {
		*into, err = page.CaptureScreenshot().WithCaptureBeyondViewport(whole).Do(ctx)
		return err
	})
}
