package web

import (
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// peer is who holds the other end of the connection.
func peer(c *fiber.Ctx) netip.Addr {
	tcp, ok := c.Context().RemoteAddr().(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return tcp.AddrPort().Addr().Unmap()
}

func (s *Server) trusted(a netip.Addr) bool {
	for _, p := range s.proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// client is the address that a request comes from: the last one that no trusted proxy has, for whatever stands before it
// in the header was written by the client itself.
func (s *Server) client(c *fiber.Ctx) netip.Addr {
	addr := peer(c)
	if !s.trusted(addr) {
		return addr
	}
	for _, hop := range slices.Backward(listed(c, fiber.HeaderXForwardedFor)) {
		before, ok := hopAddr(hop)
		if !ok {
			return addr
		}
		addr = before
		if !s.trusted(addr) {
			return addr
		}
	}
	return addr
}

// listed is a header's list. A list may stand in several lines, of which the proxies' own come last.
func listed(c *fiber.Ctx, header string) []string {
	var list []string
	for _, line := range c.Request().Header.PeekAll(header) {
		for part := range strings.SplitSeq(string(line), ",") {
			list = append(list, strings.TrimSpace(part))
		}
	}
	return list
}

// hopAddr reads an address as proxies write it: alone, in brackets, or with a port.
func hopAddr(hop string) (netip.Addr, bool) {
	if with, err := netip.ParseAddrPort(hop); err == nil {
		return with.Addr().Unmap(), true
	}
	addr, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(hop, "["), "]"))
	return addr.Unmap(), err == nil
}

// secure says whether the browser's request came over TLS.
func (s *Server) secure(c *fiber.Ctx) bool {
	if c.Context().IsTLS() {
		return true
	}
	if !s.trusted(peer(c)) {
		return false
	}
	// The nearest proxy wrote the last value.
	protos := listed(c, fiber.HeaderXForwardedProto)
	return len(protos) > 0 && strings.EqualFold(protos[len(protos)-1], "https")
}
