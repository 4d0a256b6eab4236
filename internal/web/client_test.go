package web

import (
	"net"
	"net/netip"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// request is a request from an address with header lines, given as name and value in turn.
func request(t *testing.T, from string, lines ...string) *fiber.Ctx {
	t.Helper()
	app := fiber.New()
	var in fasthttp.RequestCtx
	in.Init(&fasthttp.Request{}, net.TCPAddrFromAddrPort(netip.MustParseAddrPort(from)), nil)
	for i := 0; i < len(lines); i += 2 {
		in.Request.Header.Add(lines[i], lines[i+1])
	}
	c := app.AcquireCtx(&in)
	t.Cleanup(func() { app.ReleaseCtx(c) })
	return c
}

func TestTheClientIsTheLastHopThatNoTrustedProxyHas(t *testing.T) {
	s := &Server{proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}}
	const header = "X-Forwarded-For"
	for name, test := range map[string]struct {
		from  string
		lines []string
		want  string
	}{
		"no proxy":                     {"192.0.2.9:1234", []string{header, "198.51.100.1"}, "192.0.2.9"},
		"one hop":                      {"10.0.0.1:1234", []string{header, "198.51.100.1"}, "198.51.100.1"},
		"what the client wrote before": {"10.0.0.1:1234", []string{header, "203.0.113.5, 198.51.100.1"}, "198.51.100.1"},
		"two proxies":                  {"10.0.0.1:1234", []string{header, "198.51.100.1,10.0.0.2"}, "198.51.100.1"},
		"a line of the client's own":   {"10.0.0.1:1234", []string{header, "203.0.113.5", header, "198.51.100.1"}, "198.51.100.1"},
		"two lines, two proxies":       {"10.0.0.1:1234", []string{header, "198.51.100.1", header, "10.0.0.2"}, "198.51.100.1"},
		"with a port":                  {"10.0.0.1:1234", []string{header, "198.51.100.1:5555"}, "198.51.100.1"},
		"IPv6":                         {"10.0.0.1:1234", []string{header, "2001:db8::1"}, "2001:db8::1"},
		"IPv6 in brackets":             {"10.0.0.1:1234", []string{header, "[2001:db8::1]"}, "2001:db8::1"},
		"IPv6 with a port":             {"[fd00::1]:1234", []string{header, "[2001:db8::1]:5555"}, "2001:db8::1"},
		"IPv4 as IPv6":                 {"[::ffff:10.0.0.1]:1234", []string{header, "::ffff:198.51.100.1"}, "198.51.100.1"},
		"what is no address":           {"10.0.0.1:1234", []string{header, "198.51.100.1, unknown, 10.0.0.2"}, "10.0.0.2"},
		"no header":                    {"10.0.0.1:1234", nil, "10.0.0.1"},
		"an empty header":              {"10.0.0.1:1234", []string{header, ""}, "10.0.0.1"},
		"nobody but proxies":           {"10.0.0.1:1234", []string{header, "10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
	} {
		if got := s.client(request(t, test.from, test.lines...)); got != netip.MustParseAddr(test.want) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestTheNearestProxySaysWhetherARequestIsSecure(t *testing.T) {
	s := &Server{proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	const header = "X-Forwarded-Proto"
	for name, test := range map[string]struct {
		from  string
		lines []string
		want  bool
	}{
		"a proxy":                    {"10.0.0.1:1234", []string{header, "https"}, true},
		"nobody that is trusted":     {"192.0.2.9:1234", []string{header, "https"}, false},
		"a line of the client's own": {"10.0.0.1:1234", []string{header, "https", header, "http"}, false},
		"two lines":                  {"10.0.0.1:1234", []string{header, "http", header, "HTTPS"}, true},
		"no header":                  {"10.0.0.1:1234", nil, false},
	} {
		if got := s.secure(request(t, test.from, test.lines...)); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
