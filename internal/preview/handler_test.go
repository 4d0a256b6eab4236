package preview_test

import (
	"bytes"
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// ask sends a request to a handler, as a page of its own would; a body is sent as JSON.
func ask(handler http.Handler, method, address string, body any) *httptest.ResponseRecorder {
	var sent bytes.Buffer
	if body != nil {
		_ = json.NewEncoder(&sent).Encode(body) // what tests send can be written
	}
	req := httptest.NewRequest(method, "http://127.0.0.1:8090"+address, &sent)
	req.Header.Set("Accept-Language", "en")
	return do(handler, req)
}

func do(handler http.Handler, req *http.Request) *httptest.ResponseRecorder {
	reply := httptest.NewRecorder()
	handler.ServeHTTP(reply, req)
	return reply
}

// handlerOf gives the workbench of a file with this content, and the key of it.
func handlerOf(t *testing.T, text, listening string) (http.Handler, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "robots.yaml")
	write(t, path, text)
	handler := open(t, path).Handler(listening)
	_, rest, ok := strings.Cut(ask(handler, http.MethodGet, "/", nil).Body.String(), `data-key="`)
	if !ok {
		t.Fatal("there is no document")
	}
	key, _, _ := strings.Cut(rest, `"`)
	return handler, key
}

func TestOnlyNamesThatThisMachineHasAreAnswered(t *testing.T) {
	for _, c := range []struct {
		listening, host string
		want            int
	}{
		{"127.0.0.1:8090", "127.0.0.1:8090", 200},
		{"127.0.0.1:8090", "localhost:8090", 200},
		{"127.0.0.1:8090", "[::1]:8090", 200},
		{"127.0.0.1:8090", "LOCALHOST.", 200},
		{"127.0.0.1:8090", "evil.example:8090", 421},
		{"127.0.0.1:8090", "127.0.0.1.evil.example", 421},
		{"127.0.0.1:8090", "192.168.1.5:8090", 421},
		{"0.0.0.0:8090", "192.168.1.5:8090", 200},
		{":8090", "[fe80::1]:8090", 200},
		{"0.0.0.0:8090", "evil.example", 421},
		{"lab.example.org:8090", "lab.example.org:8090", 200},
		{"lab.example.org:8090", "evil.example:8090", 421},
	} {
		handler, _ := handlerOf(t, sample, c.listening)
		req := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/", nil)
		req.Host = c.host
		if got := do(handler, req).Code; got != c.want {
			t.Errorf("listening on %s, asked as %s: %d, want %d", c.listening, c.host, got, c.want)
		}
	}
}

func TestAnotherOriginChangesNothing(t *testing.T) {
	handler, key := handlerOf(t, sample, "127.0.0.1:8090")
	for header, value := range map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"} {
		for _, address := range []string{"/s/" + key + "-t/save", "/s/" + key + "-t/restart", "/i/" + key + "/score"} {
			req := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:8090"+address, strings.NewReader("{}"))
			req.Header.Set(header, value)
			if got := do(handler, req).Code; got != http.StatusForbidden {
				t.Errorf("%s with %s %s: %d", address, header, value, got)
			}
		}
	}
}

func TestAFrameKeepsTheStrictPolicyOfStudentsPages(t *testing.T) {
	handler, key := handlerOf(t, sample, "127.0.0.1:8090")
	for _, page := range []string{"assent", "survey", "thanks"} {
		reply := ask(handler, http.MethodGet, "/s/"+key+"-t/"+page, nil)
		policy := reply.Header().Get("Content-Security-Policy")
		if reply.Code != 200 || !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'self'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: %d, %s", page, reply.Code, policy)
		}
	}
	if policy := ask(handler, http.MethodGet, "/", nil).Header().Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("the workbench: %s", policy)
	}
}

func TestTheStandInSpeaksTheStudentsProtocol(t *testing.T) {
	handler, key := handlerOf(t, sample, "127.0.0.1:8090")
	at := "/s/" + key + "-t/"
	save := func(to string, seq int, answers map[string][]string) (int, string) {
		reply := ask(handler, http.MethodPost, at+to, map[string]any{"seq": seq, "save": "a", "language": "es", "reached": 1, "answers": answers, "seconds": map[string]float64{"p1": 3}, "order": map[string][]string{}})
		return reply.Code, strings.TrimSpace(reply.Body.String())
	}
	if code, body := save("save", 1, map[string][]string{"r1": {"4"}, "gone": {"1"}}); code != 200 || body != `{"seq":1}` {
		t.Errorf("a save: %d %s", code, body)
	}
	if code, body := save("save", 2, map[string][]string{"hours": {"99"}}); code != 422 || !strings.Contains(body, `"item":"hours"`) || !strings.Contains(body, "40") {
		t.Errorf("a number that is too large: %d %s", code, body)
	}
	page := ask(handler, http.MethodGet, at+"survey?lang=es", nil).Body.String()
	if !strings.Contains(page, `name="r1" value="4" checked`) || !strings.Contains(page, `data-seq="1"`) || strings.Contains(page, "99") {
		t.Error("the page does not hold what was saved")
	}
	if code, body := save("submit", 2, map[string][]string{"r1": {"4"}}); code != 200 || !strings.Contains(body, `"next":"thanks"`) {
		t.Errorf("a submit: %d %s", code, body)
	}
	if reply := ask(handler, http.MethodGet, at+"survey?lang=es", nil); reply.Code != 303 || reply.Header().Get("Location") != at+"thanks?lang=es" {
		t.Errorf("after the submit: %d %s", reply.Code, reply.Header().Get("Location"))
	}
	req := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8090/?lang=es", nil)
	req.Header.Set("Sec-Fetch-Dest", "iframe")
	req.Header.Set("Referer", "http://127.0.0.1:8090"+at+"thanks")
	if reply := do(handler, req); reply.Code != 303 || reply.Header().Get("Location") != at+"survey?lang=es" {
		t.Errorf("where thanks leads: %d %s", reply.Code, reply.Header().Get("Location"))
	}
	if page := ask(handler, http.MethodGet, at+"survey", nil).Body.String(); strings.Contains(page, " checked") {
		t.Error("the next trial begins with the last one's answers")
	}
}

func TestATrialKeepsTheLayoutThatItsFramesWereAskedIn(t *testing.T) {
	handler, key := handlerOf(t, sample, "127.0.0.1:8090")
	at := "/s/" + key + "-t/"
	isEarly := func(address string) bool {
		return strings.Contains(ask(handler, http.MethodGet, address, nil).Body.String(), "data-early")
	}
	if isEarly(at + "survey?lang=en") {
		t.Error("it begins as for early readers")
	}
	ask(handler, http.MethodGet, at+"assent?lang=en&layout=early", nil)
	if !isEarly(at + "survey?lang=es") {
		t.Error("the page that the survey itself asks for is in another layout")
	}
	ask(handler, http.MethodPost, at+"restart", nil)
	if !isEarly(at + "survey?lang=en") {
		t.Error("to start over changes the layout")
	}
	if isEarly(at + "survey?lang=en&layout=own") {
		t.Error("it does not go back to the instrument's own layout")
	}
	if handler, key := handlerOf(t, early, "127.0.0.1:8090"); !strings.Contains(ask(handler, http.MethodGet, "/s/"+key+"-t/survey?layout=own", nil).Body.String(), "data-early") {
		t.Error("an instrument for early readers can be shown otherwise")
	}
}

func TestScoresShowWhatCountsAndWhy(t *testing.T) {
	handler, key := handlerOf(t, sample, "127.0.0.1:8090")
	score := func(answers map[string][]string) string {
		reply := ask(handler, http.MethodPost, "/i/"+key+"/score", map[string]any{"trial": key + "-t", "language": "en", "answers": answers})
		if reply.Code != 200 {
			t.Fatalf("%d %s", reply.Code, reply.Body)
		}
		return html.UnescapeString(reply.Body.String())
	}
	for _, c := range []struct {
		name    string
		answers map[string][]string
		want    []string
	}{
		{"nothing", nil, []string{"nothing answered", "0 of 3, 2 needed"}},
		// one of three is too few; its sum is shown all the same
		{"one", map[string][]string{"r1": {"4"}}, []string{"too few answered", "2×4 = 8"}},
		// r2 is turned round, 1 + 4 - 2 = 3; (2*3 + 3) / 3 = 3, which is the second band
		{"reversed", map[string][]string{"r1": {"3"}, "r2": {"2"}}, []string{"(2×3 + 3) ÷ (2 + 1) = 3", "1 + 4 − 2 = 3", "high", "100 %"}},
		// r2 turned round is 4: two of three are favorable
		{"two of three", map[string][]string{"r1": {"1"}, "r2": {"1"}, "r3": {"4"}}, []string{"66.7 %"}},
		{"declined", map[string][]string{"r1": {"1"}, "r2": {"-94"}, "r3": {"2"}}, []string{"declined", "(2×1 + 2) ÷ (2 + 1) = 1.3333", "low", "0 %"}},
		{"not legal", map[string][]string{"r1": {"7"}, "hours": {"many"}}, []string{"Not a legal answer, treated as missing: r1, hours", "not legal"}},
		{"straight line", map[string][]string{"r1": {"2"}, "r2": {"2"}, "r3": {"2"}}, []string{`<li class="raised"><code>straight_line</code>`}},
	} {
		got := score(c.answers)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in %s", c.name, want, got)
			}
		}
	}
}

func TestAFailingTestShowsWhatIsExpectedAndWhatIsGot(t *testing.T) {
	handler, key := handlerOf(t, edited(t, "{liking: 3.75}", "{liking: 2.5}"), "127.0.0.1:8090")
	part := ask(handler, http.MethodGet, "/i/"+key+"/part", nil).Body.String()
	for _, want := range []string{"✗ failed", "<td>2.5</td><td>3.75", "1 fails", "A test in the file expects something else"} {
		if !strings.Contains(part, want) {
			t.Errorf("no %q in %s", want, part)
		}
	}
	if page := ask(handler, http.MethodGet, "/s/"+key+"-t/survey?lang=en", nil); page.Code != 200 {
		t.Errorf("the page is not shown although only a test fails: %d", page.Code)
	}
}

func TestReadingLevelsMarkWhatIsTooHard(t *testing.T) {
	handler, key := handlerOf(t, sample, "127.0.0.1:8090")
	part := ask(handler, http.MethodGet, "/i/"+key+"/part", nil).Body.String()
	_, reading, _ := strings.Cut(part, `data-into="pane-reading"`)
	for _, row := range strings.Split(reading, "<tr") {
		marked := strings.Contains(row, `class="above"`)
		if strings.Contains(row, "<code>more</code>") && !marked || strings.Contains(row, "<code>r1</code>") && marked {
			t.Errorf("marked: %v in %s", marked, row)
		}
	}
	if !strings.Contains(reading, "Flesch-Kincaid") || !strings.Contains(reading, "Fernández-Huerta") || !strings.Contains(reading, "grade 4") {
		t.Errorf("no formula or level in %s", reading)
	}
}

func TestTheWorkbenchSpeaksTheBrowsersLanguage(t *testing.T) {
	handler, key := handlerOf(t, sample, "127.0.0.1:8090")
	req := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8090/", nil)
	req.Header.Set("Accept-Language", "es-MX,es;q=0.9")
	body := do(handler, req).Body.String()
	for _, want := range []string{`<html lang="es">`, "Puntajes", "Los robots y yo", "✓ pasó"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(body, "[preview.") {
		t.Error("words are missing")
	}
	if book := ask(handler, http.MethodGet, "/i/"+key+"/codebook?ui=es", nil); book.Code != 200 || !strings.Contains(book.Body.String(), `<html lang="es">`) {
		t.Errorf("the codebook: %d", book.Code)
	}
}
