package preview_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// get asks for a page, in English unless the address says otherwise.
func get(t testing.TB, address string) (status int, body string) {
	t.Helper()
	reply, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply.StatusCode, string(text)
}

// stream follows the events of a workbench: each is the numbers that it says.
func stream(t testing.TB, address, key string) <-chan string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/events?key="+key, nil)
	if err != nil {
		t.Fatal(err)
	}
	reply, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	events := make(chan string, 1000)
	go func() {
		defer reply.Body.Close()
		for lines := bufio.NewScanner(reply.Body); lines.Scan(); {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				events <- data
			}
		}
	}()
	next(t, events, "the numbers of now")
	return events
}

func next(t testing.TB, events <-chan string, what string) string {
	t.Helper()
	select {
	case event := <-events:
		return event
	case <-time.After(patience):
		t.Fatalf("nothing was said of %s", what)
		return ""
	}
}

// patience is how long a test waits for what has to come: on a machine that does much else, that takes seconds.
const patience = 30 * time.Second

// arrives waits until a page holds a text. An editor that saves in several steps can be told of in between.
func arrives(t testing.TB, events <-chan string, address, key, lang, text string) {
	t.Helper()
	for !strings.Contains(survey(t, address, key, lang), text) {
		next(t, events, text)
	}
}

// quiet waits until nothing is told any more.
func quiet(events <-chan string) {
	for {
		select {
		case <-events:
		case <-time.After(300 * time.Millisecond):
			return
		}
	}
}

// keyOf finds the only document's key in the workbench's page.
func keyOf(t testing.TB, address string) string {
	t.Helper()
	_, body := get(t, address)
	_, rest, ok := strings.Cut(body, `data-key="`)
	if !ok {
		t.Fatalf("no document in %s", body)
	}
	key, _, _ := strings.Cut(rest, `"`)
	return key
}

func survey(t testing.TB, address, key, lang string) string {
	_, body := get(t, address+"/s/"+key+"-t/survey?lang="+lang)
	return body
}

func TestEverySaveIsSeenHoweverAnEditorSaves(t *testing.T) {
	path := filepath.Join(t.TempDir(), "robots.yaml")
	write(t, path, sample)
	address := serve(t, path)
	key := keyOf(t, address)
	events := stream(t, address, key)
	put := func(text string) error { return os.WriteFile(path, []byte(text), 0o644) }
	for _, way := range []struct {
		name string
		save func(text string) error
	}{
		{"in place", put},
		{"by renaming another file", func(text string) error { write(t, path, text); return nil }},
		{"in two steps", func(text string) error {
			if err := put(""); err != nil {
				return err
			}
			time.Sleep(5 * time.Millisecond)
			return put(text)
		}},
		{"by keeping the old file under another name", func(text string) error {
			if err := os.Rename(path, path+"~"); err != nil {
				return err
			}
			return put(text)
		}},
	} {
		text := edited(t, "I like to build robots.", "Saved "+way.name+".")
		if err := way.save(text); err != nil {
			t.Fatal(err)
		}
		arrives(t, events, address, key, "en", "Saved "+way.name+".")
	}
	quiet(events)
	if err := os.Chtimes(path, time.Now(), time.Now()); err != nil {
		t.Fatal(err)
	}
	select {
	case event := <-events:
		t.Errorf("a file that was touched and has not changed is said to be new: %s", event)
	case <-time.After(300 * time.Millisecond):
	}
}

func TestAFileThatGoesAndComesBackIsFollowed(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "later", "deep")
	path := filepath.Join(folder, "robots.yaml")
	address := serve(t, path)
	_, body := get(t, address)
	if !strings.Contains(body, "There is no such file yet") {
		t.Fatalf("a missing file is not told: %s", body)
	}
	key := keyOf(t, address)
	events := stream(t, address, key)
	write(t, path, sample)
	next(t, events, "the new file")
	if !strings.Contains(survey(t, address, key, "en"), "I like to build robots.") {
		t.Error("the new file is not on the page")
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	next(t, events, "the file that went")
	if _, body = get(t, address+"/i/"+key+"/part"); !strings.Contains(body, "The file is gone") || !strings.Contains(body, "data-stale") {
		t.Errorf("a file that went is not told: %s", body)
	}
	if !strings.Contains(survey(t, address, key, "es"), "Me gusta construir robots.") {
		t.Error("what was there last is not shown any more")
	}
	write(t, path, edited(t, "I like to build robots.", "I am back."))
	next(t, events, "the file that came back")
	if !strings.Contains(survey(t, address, key, "en"), "I am back.") {
		t.Error("the file that came back is not on the page")
	}
}

func TestAPictureBesideTheInstrumentCounts(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "robots.yaml")
	write(t, path, edited(t, `label: {en: "Yes", es: "Sí"}}`, `label: {en: "Yes", es: "Sí"}, picture: art/yes.svg}`))
	address := serve(t, path)
	key := keyOf(t, address)
	if _, body := get(t, address); !strings.Contains(body, "art/yes.svg") {
		t.Fatal("a picture that is not there is not told")
	}
	events := stream(t, address, key)
	drawing := func(colour string) string {
		return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="` + colour + `"/></svg>`
	}
	seen := map[string]bool{}
	for _, colour := range []string{"red", "blue"} {
		write(t, filepath.Join(folder, "art", "yes.svg"), drawing(colour))
		next(t, events, "a picture in "+colour)
		page := survey(t, address, key, "en")
		_, rest, ok := strings.Cut(page, `src="/media/`)
		if !ok {
			t.Fatalf("no picture on the page in %s", colour)
		}
		name, _, _ := strings.Cut(rest, `"`)
		if _, body := get(t, address+"/media/"+name); !strings.Contains(body, colour) {
			t.Errorf("the picture in %s is %q", colour, body)
		}
		seen[name] = true
	}
	if len(seen) != 2 {
		t.Error("two pictures have one address")
	}
	if status, _ := get(t, address+"/media/robots.yaml"); status != http.StatusNotFound {
		t.Error("a file that no instrument shows is given away")
	}
}

func TestAPictureThatIsALinkIsRefusedAsByTheCheck(t *testing.T) {
	elsewhere := filepath.Join(t.TempDir(), "yes.svg")
	write(t, elsewhere, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>`)
	path := filepath.Join(t.TempDir(), "robots.yaml")
	if err := os.Symlink(elsewhere, filepath.Join(filepath.Dir(path), "yes.svg")); err != nil {
		t.Fatal(err)
	}
	write(t, path, edited(t, `label: {en: "Yes", es: "Sí"}}`, `label: {en: "Yes", es: "Sí"}, picture: yes.svg}`))
	if _, body := get(t, serve(t, path)); !strings.Contains(body, "is a link to another place") {
		t.Errorf("it is not told: %s", body)
	}
}

func TestAPartOfABatteryCounts(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "parts", "robots.yaml"), sample)
	write(t, filepath.Join(folder, "battery.yaml"), `format: 1
id: battery
version: 1.0.0
title: {en: "All of it", es: "Todo"}
languages: [en, es]
audience: {grades: [4, 5, 6], reading_level: 4}
pages:
  - {id: b1, include: robots@1}
`)
	address := serve(t, folder)
	_, list := get(t, address)
	key := ""
	for _, row := range strings.Split(list, "<tr>") {
		if strings.Contains(row, "battery.yaml") {
			_, rest, _ := strings.Cut(row, `href="/i/`)
			key, _, _ = strings.Cut(rest, `"`)
		}
	}
	if !strings.Contains(survey(t, address, key, "en"), "I like to build robots.") {
		t.Fatalf("the battery does not show its part: %s", list)
	}
	events := stream(t, address, key)
	write(t, filepath.Join(folder, "parts", "robots.yaml"), edited(t, "I like to build robots.", "I like to repair robots."))
	next(t, events, "the part")
	if !strings.Contains(survey(t, address, key, "en"), "I like to repair robots.") {
		t.Error("the battery still shows the part as it was")
	}
}

func TestAFolderListsItsInstrumentsWithTheirProblems(t *testing.T) {
	folder := t.TempDir()
	address := serve(t, filepath.Join(folder, "mine"))
	if _, body := get(t, address); !strings.Contains(body, "There is no such folder") {
		t.Errorf("a missing folder is not told: %s", body)
	}
	events := stream(t, address, "")
	if err := os.Mkdir(filepath.Join(folder, "mine"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "mine", "notes.txt"), "not an instrument")
	write(t, filepath.Join(folder, "mine", "deep", "one.yaml"), sample)
	next(t, events, "the first file")
	write(t, filepath.Join(folder, "mine", "two.yaml"), edited(t, "version: 1.0.0", "version: 1.0.1", "range: [1, 4]", "range: [1, 9]"))
	next(t, events, "the second file")
	_, body := get(t, address+"/list?ui=es")
	for _, want := range []string{"deep/one.yaml", "two.yaml", "Los robots y yo", "1 error"} {
		if !strings.Contains(body, want) {
			t.Errorf("the list does not say %q: %s", want, body)
		}
	}
	write(t, filepath.Join(folder, "mine", "two.yaml"), edited(t, "I like to build robots.", "Another text."))
	next(t, events, "the conflict")
	if _, body = get(t, address+"/list"); !strings.Contains(body, "1 error") {
		t.Errorf("two contents of one version are no error: %s", body)
	}
	if err := os.RemoveAll(filepath.Join(folder, "mine")); err != nil {
		t.Fatal(err)
	}
	for _, body = get(t, address+"/list"); !strings.Contains(body, "There is no such folder"); _, body = get(t, address+"/list") {
		next(t, events, "the folder that went")
	}
}

// TestTwoHundredSavesLeaveNothingBehind holds the memory: what an edition needs goes with it.
func TestTwoHundredSavesLeaveNothingBehind(t *testing.T) {
	path := filepath.Join(t.TempDir(), "robots.yaml")
	write(t, path, sample)
	bench := open(t, path)
	handler := bench.Handler("127.0.0.1:0")
	var key string
	save := func(i int) {
		write(t, path, edited(t, "I like to build robots.", fmt.Sprintf("I like to build %d robots.", i)))
		bench.Look()
		if key == "" {
			body := ask(handler, http.MethodGet, "/", nil).Body.String()
			_, rest, _ := strings.Cut(body, `data-key="`)
			key, _, _ = strings.Cut(rest, `"`)
		}
		for _, lang := range []string{"en", "es"} {
			if body := ask(handler, http.MethodGet, fmt.Sprintf("/s/%s-%d/survey?lang=%s", key, i, lang), nil).Body.String(); lang == "en" && !strings.Contains(body, fmt.Sprintf("build %d robots", i)) {
				t.Fatalf("save %d is not on the page", i)
			}
		}
		ask(handler, http.MethodPost, fmt.Sprintf("/s/%s-%d/save", key, i), map[string]any{"seq": 1, "answers": map[string][]string{"r1": {"4"}}})
	}
	used := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	for i := range 110 { // as many trials as are kept at all
		save(i)
	}
	before := used()
	for i := range 100 {
		save(110 + i)
	}
	if after := used(); after > before+1<<20 {
		t.Errorf("100 saves keep %d KB", (after-before)>>10)
	}
}

// BenchmarkASavedChange is what the server does between a save and a page that can be fetched, without the browser and
// without the time that files are left to settle.
func BenchmarkASavedChange(b *testing.B) {
	path := filepath.Join(b.TempDir(), "robots.yaml")
	write(b, path, sample)
	bench := open(b, path)
	handler := bench.Handler("127.0.0.1:0")
	body := ask(handler, http.MethodGet, "/", nil).Body.String()
	_, rest, _ := strings.Cut(body, `data-key="`)
	key, _, _ := strings.Cut(rest, `"`)
	i := 0
	for b.Loop() {
		i++
		write(b, path, edited(b, "I like to build robots.", fmt.Sprintf("I like to build %d robots.", i)))
		bench.Look()
		ask(handler, http.MethodGet, "/i/"+key+"/part", nil)
		for _, lang := range []string{"en", "es"} {
			ask(handler, http.MethodGet, "/s/"+key+"-t/survey?lang="+lang, nil)
		}
	}
}

// BenchmarkALookAtAFolder is what happens every moment in a folder of 500 instruments of which one was saved.
func BenchmarkALookAtAFolder(b *testing.B) {
	folder := b.TempDir()
	for i := range 500 {
		write(b, filepath.Join(folder, fmt.Sprintf("robots-%d.yaml", i)), edited(b, "id: robots", fmt.Sprintf("id: robots-%d", i)))
	}
	began := time.Now()
	bench := open(b, folder)
	opened := time.Since(began)
	i := 0
	for b.Loop() {
		i++
		write(b, filepath.Join(folder, "robots-7.yaml"), edited(b, "id: robots", "id: robots-7", "I like to build robots.", fmt.Sprintf("I like to build %d robots.", i)))
		bench.Look()
	}
	b.ReportMetric(float64(opened.Milliseconds()), "ms-to-open")
}

func TestTheNumbersAreJSON(t *testing.T) {
	path := filepath.Join(t.TempDir(), "robots.yaml")
	write(t, path, sample)
	address := serve(t, path)
	events := stream(t, address, keyOf(t, address))
	write(t, path, edited(t, "I like to build robots.", "New."))
	var now struct{ List, Document int }
	if err := json.Unmarshal([]byte(next(t, events, "the change")), &now); err != nil || now.Document < 2 || now.List != 0 {
		t.Errorf("%+v, %v", now, err)
	}
}
