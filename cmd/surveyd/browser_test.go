package main

import (
	"bufio"
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"surveyd/internal/browsertest"
	"surveyd/internal/fieldwork"
)

var shots = flag.String("shots", "", "write pictures of the demonstration's pages to `DIR`")

// runningDemo is a demonstration that answers until the test ends.
type runningDemo struct {
	address                string
	english, spanish, half string
	dir, link              string
}

var demoCodeForm = regexp.MustCompile(`([2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}) +(English|Spanish|half finished)`)

func startDemo(t *testing.T) runningDemo {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, outWriter := io.Pipe()
	d := runningDemo{dir: filepath.Join(t.TempDir(), "demo")}
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"demo", "--listen", "127.0.0.1:0", "--data", d.dir}, noEnv, strings.NewReader(""), outWriter, os.Stderr)
		outWriter.Close()
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitOK {
			t.Errorf("demo ended with %d", code)
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		line := lines.Text()
		if code := demoCodeForm.FindStringSubmatch(line); code != nil {
			*map[string]*string{"English": &d.english, "Spanish": &d.spanish, "half finished": &d.half}[code[2]] = code[1]
		}
		if at := strings.Index(line, "http://"); at >= 0 && d.address == "" {
			d.address = line[at:]
		} else if at >= 0 {
			d.link = line[at:]
		}
		if strings.HasPrefix(line, "Stop") {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return d
		}
	}
	t.Fatal("the demo ended before it was ready")
	return d
}

// checkScores compares stored scores with ones computed by hand; a scale that is not named must have no score.
func checkScores(t *testing.T, r fieldwork.Response, want map[string]float64) {
	t.Helper()
	if r.Status != fieldwork.Submitted || r.Scores == nil {
		t.Fatalf("the response is %s, scores %v", r.Status, r.Scores)
	}
	for _, scale := range r.Scores.Scales {
		value, scored := want[string(scale.Scale)]
		switch {
		case scored && (scale.Score == nil || *scale.Score != value):
			t.Errorf("%s is %v, want %v", scale.Scale, scale.Score, value)
		case !scored && scale.Score != nil:
			t.Errorf("%s is %v, want none", scale.Scale, *scale.Score)
		}
	}
}

// shoot keeps a picture when they were asked for: of the whole page where no script runs, else of what is in sight.
func shoot(t *testing.T, name string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		if *shots == "" {
			return nil
		}
		var picture []byte
		if err := browsertest.Shoot(&picture, strings.HasPrefix(name, "nojs")).Do(ctx); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(*shots, name+".png"), picture, 0o644)
	})
}

// check marks a radio button the way a click does, whatever the page's layout shows of it.
func check(item, code string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		selector := `input[name="` + item + `"][value="` + code + `"]`
		return chromedp.Click(selector, chromedp.ByQuery, chromedp.NodeVisible).Do(ctx)
	})
}

// waitAt waits until the address ends so.
func waitAt(suffix string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		for {
			var at string
			if err := chromedp.Location(&at).Do(ctx); err != nil {
				return err
			}
			path, _, _ := strings.Cut(at, "?")
			if strings.HasSuffix(path, suffix) {
				return chromedp.WaitReady("h1", chromedp.ByQuery).Do(ctx)
			}
			if err := chromedp.Sleep(20 * time.Millisecond).Do(ctx); err != nil {
				return err
			}
		}
	})
}

func TestTheDemoInSpanishWithoutJavaScript(t *testing.T) {
	demo := startDemo(t)
	tab := browsertest.Start(t)
	var heading, language, receipt string
	browsertest.Run(t, tab,
		browsertest.Device(1366, 768, "light", false),
		chromedp.Navigate(demo.address), shoot(t, "nojs-entry"),
		chromedp.SendKeys("#code", strings.ToLower(demo.spanish)+"\r", chromedp.ByQuery),
		waitAt("/assent"), shoot(t, "nojs-assent"),
		chromedp.AttributeValue("html", "lang", &language, nil, chromedp.ByQuery),
		chromedp.Click(`button[value="start"]`, chromedp.ByQuery), waitAt("/survey"), shoot(t, "nojs-survey"),
		check("srec1", "5"), check("srec2", "5"), check("srec3", "4"), check("srec4", "4"), check("srec5", "5"),
		check("sint1", "1"),
		chromedp.Click("#send", chromedp.ByQuery), chromedp.WaitReady(`input[name="confirmed"]`, chromedp.ByQuery), shoot(t, "nojs-unanswered"),
		check("sint2", "2"), check("sint3", "1"), check("sint4", "2"),
		chromedp.Click("#send", chromedp.ByQuery), waitAt("/thanks"), shoot(t, "nojs-thanks"),
		chromedp.TextContent("h1", &heading, chromedp.ByQuery),
		chromedp.TextContent(".receipt b", &receipt, chromedp.ByQuery),
	)
	if language != "es" {
		t.Errorf("the page is in %q", language)
	}
	r := stored(t, demo.dir, demoSpring, demo.spanish)
	if receipt == "" || r.Receipt != receipt {
		t.Errorf("the receipt on the page is %q, stored is %q", receipt, r.Receipt)
	}
	// Recognition (5+5+4+4+5)/5; interest, four of five: (1+2+1+2)/4; competence not answered.
	checkScores(t, r, map[string]float64{"stem_recognition": 4.6, "stem_interest": 1.5})
}

// inSight waits until the page of a survey that holds an item is the one in sight.
func inSight(item string) chromedp.Action {
	return chromedp.WaitVisible(`[data-item="`+item+`"]`, chromedp.ByQuery)
}

func TestTheDemoInSpanishWithJavaScript(t *testing.T) {
	demo := startDemo(t)
	tab := browsertest.Start(t)
	var language, receipt string
	browsertest.Run(t, tab,
		browsertest.Device(1366, 768, "light", true),
		chromedp.Navigate(demo.address), shoot(t, "js-entry"),
		chromedp.SendKeys("#code", strings.ToLower(demo.spanish)+"\r", chromedp.ByQuery),
		waitAt("/assent"), shoot(t, "js-assent"),
		chromedp.AttributeValue("html", "lang", &language, nil, chromedp.ByQuery),
		chromedp.Click(`button[value="start"]`, chromedp.ByQuery), waitAt("/survey"), inSight("srec1"), shoot(t, "js-survey-1"),
		check("srec1", "5"), check("srec2", "5"), check("srec3", "4"), check("srec4", "4"), check("srec5", "5"), shoot(t, "js-survey-1-answered"),
		chromedp.Click("#next", chromedp.ByQuery), inSight("sint1"), shoot(t, "js-survey-2"),
		check("sint1", "1"), check("sint2", "2"), check("sint3", "1"), check("sint4", "2"),
		chromedp.Click("#next", chromedp.ByQuery), inSight("scom1"), shoot(t, "js-survey-3"),
		check("scom1", "3"),
		chromedp.Click("#send", chromedp.ByQuery), chromedp.Sleep(300*time.Millisecond), shoot(t, "js-unanswered"),
		chromedp.Click("#send", chromedp.ByQuery), waitAt("/thanks"), shoot(t, "js-thanks"),
		chromedp.TextContent(".receipt b", &receipt, chromedp.ByQuery),
	)
	if language != "es" {
		t.Errorf("the page is in %q", language)
	}
	r := stored(t, demo.dir, demoSpring, demo.spanish)
	if receipt == "" || r.Receipt != receipt {
		t.Errorf("the receipt on the page is %q, stored is %q", receipt, r.Receipt)
	}
	if len(r.Seconds) != 3 {
		t.Errorf("times are stored for %d pages: %v", len(r.Seconds), r.Seconds)
	}
	// Recognition (5+5+4+4+5)/5; interest, four of five: (1+2+1+2)/4; competence: one of five is too few.
	checkScores(t, r, map[string]float64{"stem_recognition": 4.6, "stem_interest": 1.5})
}

func TestStaffSignInByTheDemosLinkAndSeeTheCounts(t *testing.T) {
	demo := startDemo(t)
	tab := browsertest.Start(t)
	var page string
	browsertest.Run(t, tab,
		browsertest.Device(1366, 768, "light", true),
		chromedp.Navigate(demo.link), shoot(t, "staff-link"),
		chromedp.Click(`main form button`, chromedp.ByQuery), waitAt("/staff"), shoot(t, "staff-home"),
		chromedp.Text("main", &page, chromedp.ByQuery),
		browsertest.Device(360, 740, "dark", true), shoot(t, "staff-home-phone-dark"),
	)
	mustContain(t, "the staff's page", page, "Jacaranda Middle School", "Mariposa Academy", "demo-fall-synthetic", "demo-spring")
}

func TestAHalfFinishedSurveyGoesOnAtTheFirstUnansweredQuestion(t *testing.T) {
	demo := startDemo(t)
	tab := browsertest.Start(t)
	var before, after bool
	browsertest.Run(t, tab,
		browsertest.Device(360, 740, "dark", true),
		chromedp.Navigate(demo.address), shoot(t, "phone-entry"),
		chromedp.SendKeys("#code", demo.half+"\r", chromedp.ByQuery), waitAt("/survey"),
		chromedp.WaitVisible(`[data-item="sint1"]`, chromedp.ByQuery), shoot(t, "phone-resumed"),
		chromedp.Evaluate(`document.querySelector('[data-item="srec1"]').checkVisibility()`, &before),
		chromedp.Evaluate(`document.querySelector('[data-item="sint1"]').checkVisibility()`, &after),
	)
	if before || !after {
		t.Errorf("the first page is in sight: %v, the second: %v", before, after)
	}
}
