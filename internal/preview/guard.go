package preview

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// ownPolicy is that of the workbench's own pages: nothing inline, nothing from elsewhere, frames of its own alone.
const ownPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard refuses what another page in the researcher's browser may send: a request under a name that somebody has pointed
// at this machine (DNS rebinding), and a change asked for by another origin. Listening is the address that was asked for.
func guard(listening string, next http.Handler) http.Handler {
	open, named := reachable(listening)
	protected := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if !isOwnName(req.Host, open, named) {
			http.Error(w, "surveyd preview does not answer under this name; open the address that it printed.", http.StatusMisdirectedRequest)
			return
		}
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", ownPolicy)
		protected.ServeHTTP(w, req)
	})
}

// reachable says whether an address to listen on lets other machines in, and the name in it if it is one.
func reachable(listening string) (open bool, named string) {
	host, _, err := net.SplitHostPort(listening)
	if err != nil {
		host = listening
	}
	if isLoopback(host) {
		return false, ""
	}
	if _, err := netip.ParseAddr(host); err == nil || host == "" {
		return true, ""
	}
	return true, strings.ToLower(host)
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}

// isOwnName says whether a request was sent to a name that only this machine has: a loopback one, and where other machines
// are let in any address in digits, which nobody can point elsewhere, or the name that was asked for.
func isOwnName(hostport string, open bool, named string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if isLoopback(host) {
		return true
	}
	if !open {
		return false
	}
	_, err = netip.ParseAddr(host)
	return err == nil || named != "" && host == named
}
