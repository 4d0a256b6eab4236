package browsertest

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Ask evaluates an expression in the page; a promise is waited for.
func Ask[T any](t testing.TB, tab context.Context, expression string) T {
	t.Helper()
	var value T
	Run(t, tab, chromedp.Evaluate(expression, &value, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
		return p.WithAwaitPromise(true)
	}))
	return value
}

// Eventually waits until something is so, looking often.
func Eventually(t testing.TB, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
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
