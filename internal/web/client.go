package web

import (
	"net"
	"net/netip"
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
	hops := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return addr
		}
		addr = hop.Unmap()
		if !s.trusted(addr) {
			return addr
		}
	}
	return addr
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
	proto := c.Get(fiber.HeaderXForwardedProto)
	return strings.EqualFold(strings.TrimSpace(proto[strings.LastIndexByte(proto, ',')+1:]), "https")
}
