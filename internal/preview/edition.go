package preview

import (
	"fmt"
	"sync"

	"surveyd/internal/instrument"
	"surveyd/internal/render"
	"surveyd/internal/scoring"
)

// edition is one content of an instrument with the pages made from it, each when it is first looked at.
type edition struct {
	in     *instrument.Instrument
	scorer *scoring.Scorer
	pages  *render.Renderer

	mu      sync.Mutex
	surveys map[instrument.Lang]*render.Survey
}

func newEdition(in *instrument.Instrument, pages *render.Renderer) *edition {
	return &edition{in: in, scorer: scoring.NewScorer(in), pages: pages, surveys: map[instrument.Lang]*render.Survey{}}
}

// survey gives the survey in a language. Errors: those of render.CompileSurvey.
func (e *edition) survey(lang instrument.Lang) (*render.Survey, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if survey := e.surveys[lang]; survey != nil {
		return survey, nil
	}
	survey, err := e.pages.CompileSurvey(e.in, lang, render.SurveyOptions{Uncompressed: true})
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	e.surveys[lang] = survey
	return survey, nil
}

// media finds a file beside the instrument by the address at which pages ask for it; nil when it is none of this instrument's.
func (e *edition) media(address string) *instrument.Asset {
	for _, file := range e.in.Assets {
		if render.MediaPath(file) == address {
			return file
		}
	}
	return nil
}

// languages are those that the pages can be shown in: the instrument's that the interface speaks as well.
func (e *edition) languages() []instrument.Lang {
	var spoken []instrument.Lang
	for _, lang := range e.in.Languages {
		for _, own := range e.pages.Languages() {
			if lang == own {
				spoken = append(spoken, lang)
			}
		}
	}
	return spoken
}
