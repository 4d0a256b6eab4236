package web

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// surveys are the compiled pages of instruments, made once for each language and each set of an administration's own
// texts. None is ever dropped: their number is that of administrations.
type surveys struct {
	pages *render.Renderer
	mu    sync.Mutex
	byKey map[string]*compiled
}

// compiled is one survey; whoever comes while it is made waits for it.
type compiled struct {
	once   sync.Once
	survey *render.Survey
	err    error
}

func newSurveys(pages *render.Renderer) *surveys {
	return &surveys{pages: pages, byKey: map[string]*compiled{}}
}

// of gives an administration's survey in a language.
func (s *surveys) of(in *instrument.Instrument, a fieldwork.Administration, offered []instrument.Lang, lang instrument.Lang) (*render.Survey, error) {
	key := surveyKey(a, offered, lang)
	s.mu.Lock()
	entry := s.byKey[key]
	if entry == nil {
		entry = &compiled{}
		s.byKey[key] = entry
	}
	s.mu.Unlock()
	entry.once.Do(func() {
		// A panic must not leave an entry without survey and error.
		entry.err = fmt.Errorf("survey of %s was not compiled", a.ID)
		entry.survey, entry.err = s.pages.CompileSurvey(in, lang, render.SurveyOptions{
			Languages: offered, Settings: settingsOf(a), Synthetic: a.Synthetic,
		})
	})
	return entry.survey, entry.err
}

// surveyKey is everything that a compiled survey is made from. The length keeps texts apart.
func surveyKey(a fieldwork.Administration, offered []instrument.Lang, lang instrument.Lang) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %v %t", a.Instrument.Hash, lang, offered, a.Synthetic)
	for _, v := range a.Settings {
		fmt.Fprintf(&b, " %s %s %d:%s", v.ID, v.Lang, len(v.Text), v.Text)
	}
	return b.String()
}

// settingsOf are an administration's own texts.
func settingsOf(a fieldwork.Administration) render.Settings {
	if len(a.Settings) == 0 {
		return nil
	}
	settings := render.Settings{}
	for _, v := range a.Settings {
		if settings[v.ID] == nil {
			settings[v.ID] = instrument.Text{}
		}
		settings[v.ID][v.Lang] = v.Text
	}
	return settings
}

// warm compiles what students may ask for soon, so that not the first of a class waits for it. It runs beside the first
// requests: the server is ready without it.
func (s *Server) warm(ctx context.Context) {
	if err := s.warmUp(ctx); err != nil && ctx.Err() == nil {
		s.log.LogAttrs(ctx, slog.LevelWarn, "surveys were not compiled ahead", slog.String("error", err.Error()))
	}
}

func (s *Server) warmUp(ctx context.Context) error {
	list, err := s.fieldwork.Administrations(ctx)
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.Status == fieldwork.Closed || !s.now().Before(a.Closes.Add(fieldwork.Grace)) {
			continue
		}
		in, err := s.fieldwork.Instrument(ctx, a.Instrument)
		if err != nil {
			return err
		}
		offered := s.offered(a)
		for _, lang := range offered {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if _, err := s.surveys.of(in, a, offered, lang); err != nil {
				return err
			}
		}
	}
	return nil
}
