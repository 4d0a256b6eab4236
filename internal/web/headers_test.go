package web_test

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"surveyd/internal/render"
)

func checkHeaders(t *testing.T, what string, r reply) {
	t.Helper()
	for name, value := range map[string]string{
		"Content-Security-Policy":      render.ContentSecurityPolicy,
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := r.header.Get(name); got != value {
			t.Errorf("%s: %s is %q", what, name, got)
		}
	}
	if !strings.Contains(r.header.Get("Permissions-Policy"), "camera=()") {
		t.Errorf("%s: Permissions-Policy is %q", what, r.header.Get("Permissions-Policy"))
	}
	if len(r.header.Get("X-Request-Id")) != 16 {
		t.Errorf("%s: X-Request-Id is %q", what, r.header.Get("X-Request-Id"))
	}
	if r.header.Get("Server") != "" {
		t.Errorf("%s: says that it is %q", what, r.header.Get("Server"))
	}
}

func TestEveryResponseCarriesTheHeaders(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	entry := b.get("/")
	at := b.begin(s.codes["1001"])
	asset := assetPath(t, entry.body)
	for what, r := range map[string]reply{
		"entry":          entry,
		"unknown code":   b.post("/", url.Values{"code": {"AAAA-AAAA"}}),
		"assent":         b.get(at + "/assent"),
		"survey":         b.get(at + "/survey"),
		"save":           b.send(at+"/save", saveOf(1, "q1", "4")),
		"resumed":        b.get(at + "/survey"),
		"bad save":       b.send(at+"/save", "{"),
		"form":           b.post(at+"/survey", with(fullForm, "action", "submit", "hours", "x")),
		"redirect":       b.post(at+"/survey", with(fullForm, "action", "submit")),
		"thanks":         b.get(at + "/thanks"),
		"session over":   b.get(at + "/thanks"),
		"not found":      b.get("/nothing"),
		"another method": b.do("DELETE", "/", nil),
		"asset":          b.get(asset),
		"service worker": b.get("/sw.js"),
		"health":         b.get("/healthz"),
		"ready":          b.get("/readyz"),
		"staff":          b.get("/staff"),
		"sign-in":        b.get("/staff/sign-in"),
		"a link":         b.get("/staff/link/none"),
		"an export":      b.get("/staff/administrations/fall/export?format=csv-wide"),
		"cross-site":     b.do("POST", "/", nil, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }),
		"too large":      b.post("/", url.Values{"code": {strings.Repeat("x", 300<<10)}}),
	} {
		checkHeaders(t, what, r)
		cache := r.header.Get("Cache-Control")
		switch what {
		case "asset":
			if cache != "public, max-age=31536000, immutable" {
				t.Errorf("%s: Cache-Control is %q", what, cache)
			}
		case "service worker":
			if cache != "no-cache" {
				t.Errorf("%s: Cache-Control is %q", what, cache)
			}
		default:
			if cache != "no-store" {
				t.Errorf("%s: Cache-Control is %q", what, cache)
			}
		}
	}
}

func assetPath(t *testing.T, page string) string {
	t.Helper()
	_, rest, found := strings.Cut(page, `href="/assets/`)
	name, _, closed := strings.Cut(rest, `"`)
	if !found || !closed {
		t.Fatal("the page has no stylesheet")
	}
	return "/assets/" + name
}

func TestCookiesAreOfTheSiteAndOutOfScriptsReach(t *testing.T) {
	s := newSchool(t, func(o *options) { o.proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} })
	b := s.browser()
	enter := func(proto string) *http.Response {
		r := b.do("POST", "/", strings.NewReader(url.Values{"code": {s.codes["1001"]}}.Encode()), func(r *http.Request) {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if proto != "" {
				r.Header.Set("X-Forwarded-Proto", proto)
			}
		})
		return &http.Response{Header: r.header}
	}
	for proto, secure := range map[string]bool{"": false, "http": false, "https": true, "http, https": true, "https, http": false} {
		response := enter(proto)
		cookies := response.Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%d cookies", len(cookies))
		}
		c := cookies[0]
		name := "surveyd"
		if secure {
			name = "__Host-surveyd"
		}
		if c.Name != name || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.MaxAge != 0 || !c.Expires.IsZero() || c.Secure != secure {
			t.Errorf("over %q: %v", proto, c)
		}
		if got := response.Header.Get("Strict-Transport-Security"); (got != "") != secure {
			t.Errorf("over %q: Strict-Transport-Security is %q", proto, got)
		}
	}
}

func TestOverTLSOnlyACookieOfThisVeryHostCounts(t *testing.T) {
	s := newSchool(t, func(o *options) { o.proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} })
	b := s.browser()
	b.client.Jar = nil
	tls := func(r *http.Request) {
		r.Header.Set("X-Forwarded-Proto", "https")
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	entered := b.do("POST", "/", strings.NewReader(url.Values{"code": {s.codes["1001"]}}.Encode()), tls)
	value := (&http.Response{Header: entered.header}).Cookies()[0].Value
	for name, status := range map[string]int{"__Host-surveyd": http.StatusOK, "surveyd": http.StatusForbidden} {
		r := b.do("GET", entered.to(), nil, tls, func(r *http.Request) { r.AddCookie(&http.Cookie{Name: name, Value: value}) })
		want(t, name, r, status)
	}
}

func TestAProxyThatIsNotTrustedIsNotBelieved(t *testing.T) {
	s := newSchool(t)
	r := s.browser().do("GET", "/", nil, func(r *http.Request) { r.Header.Set("X-Forwarded-Proto", "https") })
	if got := r.header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("Strict-Transport-Security: %q", got)
	}
}

func TestPagesComeInTheEncodingThatTheBrowserTakes(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	asset := assetPath(t, b.get("/").body)
	at := b.begin(s.codes["1001"])
	ask := func(path, accept string) reply {
		return b.do("GET", path, nil, func(r *http.Request) { r.Header.Set("Accept-Encoding", accept) })
	}
	for _, test := range []struct{ path, accept, coding string }{
		{at + "/survey", "gzip, deflate, br, zstd", "br"}, {at + "/survey", "gzip", "gzip"}, {at + "/survey", "identity", ""},
		{at + "/survey", "br;q=0, gzip;q=0.5", "gzip"}, {asset, "gzip, br", "br"}, {asset, "*", ""}, {at + "/assent", "br, gzip", "gzip"},
	} {
		r := ask(test.path, test.accept)
		if got := r.header.Get("Content-Encoding"); got != test.coding || r.status != http.StatusOK {
			t.Errorf("%s with %q: %d in %q, want %q", test.path, test.accept, r.status, got, test.coding)
		}
		if !strings.Contains(r.header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s: Vary is %q", test.path, r.header.Get("Vary"))
		}
	}
	b.send(at+"/save", saveOf(1, "more", "abc"))
	if r := ask(at+"/survey", "gzip, br"); r.header.Get("Content-Encoding") != "gzip" {
		t.Errorf("a resumed page comes in %q", r.header.Get("Content-Encoding"))
	}
	want(t, "a resumed page", b.get(at+"/survey"), http.StatusOK, ">\nabc</textarea>")
	etag := ask(asset, "br").header.Get("Etag")
	again := b.do("GET", asset, nil, func(r *http.Request) { r.Header.Set("If-None-Match", etag) })
	if again.status != http.StatusNotModified || etag == "" {
		t.Errorf("a file that the browser has: %d with %q", again.status, etag)
	}
}
