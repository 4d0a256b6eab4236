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
	surveys map[manner]*render.Survey
}

// manner is how a survey is shown.
type manner struct {
	lang  instrument.Lang
	early bool // as to early readers, whatever the grades
}

func newEdition(in *instrument.Instrument, pages *render.Renderer) *edition {
	return &edition{in: in, scorer: scoring.NewScorer(in), pages: pages, surveys: map[manner]*render.Survey{}}
}

// survey gives the survey in a language and layout. Errors: those of render.CompileSurvey.
func (e *edition) survey(m manner) (*render.Survey, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if survey := e.surveys[m]; survey != nil {
		return survey, nil
	}
	survey, err := e.pages.CompileSurvey(e.in, m.lang, render.SurveyOptions{Uncompressed: true, Early: m.early})
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	e.surveys[m] = survey
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
