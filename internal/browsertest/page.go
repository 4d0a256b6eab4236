package browsertest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Ask evaluates an expression in the page; a promise is waited for.
func Ask[T any](t testing.TB, tab context.Context, expression string) T {
	t.Helper()
	var value T
	if err := evaluate(tab, expression, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// Read is Ask for an expression that changes nothing: should the page go while it is evaluated, the next one is asked.
func Read[T any](t testing.TB, tab context.Context, expression string) T {
	t.Helper()
	for {
		var value T
		err := evaluate(tab, expression, &value)
		var gone *cdproto.Error
		switch {
		case err == nil:
			return value
		case tab.Err() != nil || !errors.As(err, &gone) || gone.Code != pageGone:
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// pageGone is the code by which Chromium says that a page went while something was asked of it.
const pageGone = -32000

func evaluate(tab context.Context, expression string, into any) error {
	return chromedp.Run(tab, chromedp.Evaluate(expression, into, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
		return p.WithAwaitPromise(true)
	}))
}

// Eventually waits until something is so, looking often.
func Eventually(t testing.TB, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatalf("it never came to be that %s", what)
}

// Tap presses what a selector finds by the mouse alone, for pages whose scripts do not run.
func Tap(selector string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		var nodes []*cdp.Node
		if err := chromedp.Nodes(selector, &nodes, chromedp.ByQuery).Do(ctx); err != nil {
			return err
		}
		return chromedp.MouseClickNode(nodes[0]).Do(ctx)
	})
}
