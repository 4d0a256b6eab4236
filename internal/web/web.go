// Package web is the edge to browsers: routes, thin handlers, and what becomes of an error. It turns requests into use
// cases of fieldwork and staff, and their results into pages of render. It is the only package that knows Fiber, and it
// refuses to know where anything is stored.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net"
	"net/netip"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"surveyd/internal/render"
)

// Config is what a server is made from. All fields but TrustedProxies are needed.
type Config struct {
	Fieldwork      Fieldwork
	Staff          Staff
	Pages          *render.Renderer
	TrustedProxies []netip.Prefix // whose X-Forwarded-For and X-Forwarded-Proto are believed
	Log            *slog.Logger
	Now            func() time.Time
}

const (
	// requestTime is how long a request may take once its body has been read.
	requestTime = 10 * time.Second
	// readTime bounds how slowly a request may be sent; school networks are slow, a slow attacker is slower.
	readTime = 30 * time.Second
	// writeTime bounds how slowly a page may be taken; exportTime a download, which can be a district's answers.
	writeTime  = 60 * time.Second
	exportTime = 10 * time.Minute
	idleTime   = 2 * time.Minute
	// connections is how many may be open: a large district's students at once, some 20 KB each while they are idle.
	connections = 16 << 10
	// drainTime is how long requests under way get to finish when the server stops.
	drainTime = 15 * time.Second
)

// Server answers browsers.
type Server struct {
	app       *fiber.App
	fieldwork Fieldwork
	staff     Staff
	pages     *render.Renderer
	log       *slog.Logger
	now       func() time.Time
	proxies   []netip.Prefix
	surveys   *surveys
	assets    map[string]render.Asset
	guesses   *guesses
	ready     readiness
	// life ends when the server has stopped: every request's context comes from it, because Fiber's own never ends.
	life context.Context
	end  context.CancelFunc
}

// New makes a server that does not listen yet. Errors: a field of the Config that is missing.
func New(cfg Config) (*Server, error) {
	if cfg.Fieldwork == nil || cfg.Staff == nil || cfg.Pages == nil || cfg.Log == nil || cfg.Now == nil {
		return nil, errors.New("web: the configuration is not complete")
	}
	s := &Server{
		fieldwork: cfg.Fieldwork,
		staff:     cfg.Staff,
		pages:     cfg.Pages,
		log:       cfg.Log,
		now:       cfg.Now,
		proxies:   cfg.TrustedProxies,
		surveys:   newSurveys(cfg.Pages),
		assets:    map[string]render.Asset{},
		guesses:   newGuesses(cfg.Now),
	}
	for _, asset := range cfg.Pages.Assets() {
		s.assets[asset.Path] = asset
	}
	s.life, s.end = context.WithCancel(context.Background())
	s.app = fiber.New(fiber.Config{
		// Fiber's strings are windows into buffers that the next request overwrites: kept beyond the handler, one
		// student's answer would turn into another's. Immutable makes them copies. It does not cover BodyParser, which is
		// why bodies are decoded by encoding/json and net/url from memory of their own (see body.go).
		Immutable:             true,
		CaseSensitive:         true,
		StrictRouting:         true,
		Concurrency:           connections,
		DisableStartupMessage: true,
		ErrorHandler:          s.failEarly,
		// Bodies are read by takeBody, which knows how to refuse a large one so that the browser gets to read why; and
		// nothing of a form is ever written to a temporary file.
		StreamRequestBody:            true,
		BodyLimit:                    math.MaxInt,
		DisablePreParseMultipartForm: true,
		ReadTimeout:                  readTime,
		WriteTimeout:                 writeTime,
		IdleTimeout:                  idleTime,
		ReadBufferSize:               16 << 10, // request headers; a school's filter can add long ones
	})
	s.routes()
	s.server()
	return s, nil
}

// server sets what Fiber has no field for.
func (s *Server) server() {
	server := s.app.Server()
	server.CloseOnShutdown = true
	server.HeaderReceived = func(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
		if isExport(h.RequestURI()) {
			return fasthttp.RequestConfig{WriteTimeout: exportTime}
		}
		return fasthttp.RequestConfig{WriteTimeout: writeTime}
	}
	handle := server.Handler
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		if knownMethod(string(ctx.Method())) {
			handle(ctx)
			return
		}
		// Fiber answers these itself, past every middleware and without our headers.
		c := s.app.AcquireCtx(ctx)
		defer s.app.ReleaseCtx(c)
		ctx.SetConnectionClose() // its body has not been read
		_ = s.failEarly(c, fiber.ErrMethodNotAllowed)
	}
}

func knownMethod(method string) bool {
	for _, m := range fiber.DefaultMethods {
		if m == method {
			return true
		}
	}
	return false
}

// Serve answers what comes in on ln until ctx ends; then it stops accepting and lets requests under way finish. nil after
// an orderly end.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	defer s.end()
	served := make(chan error, 1)
	go func() { served <- s.app.Listener(ln) }()
	go s.warm(ctx)
	select {
	case err := <-served:
		if err == nil {
			err = net.ErrClosed
		}
		return fmt.Errorf("serve %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	err := s.app.ShutdownWithContext(grace)
	// Where serving had not begun yet, Shutdown found nothing to close.
	if closeErr := ln.Close(); closeErr != nil && !errors.Is(closeErr, net.ErrClosed) {
		err = errors.Join(err, closeErr)
	}
	if err != nil {
		return fmt.Errorf("stop serving %s: %w", ln.Addr(), err)
	}
	return nil
}
