package export

import (
	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// qualityFlags is the last column that scoring adds.
const qualityFlags = "quality_flags"

// ScoreColumns is the columns that scoring adds to a file: for each scale S, S_answered, S_missing, S_favorable and, where it
// has bands, S_band; last quality_flags. Every file with scores is written by it, so that all of them agree to the byte.
type ScoreColumns struct {
	names []string
	bands [][]string // of a scale, by position of the band, as CSV fields; nil when the scale has none
}

// NewScoreColumns prepares the columns of an instrument. Band labels are in its source language.
func NewScoreColumns(in *instrument.Instrument) *ScoreColumns {
	c := &ScoreColumns{bands: make([][]string, len(in.Scales))}
	for i, scale := range in.Scales {
		id := string(scale.ID)
		c.names = append(c.names, id, id+"_answered", id+"_missing", id+"_favorable")
		if scale.Bands == nil {
			continue
		}
		c.names = append(c.names, id+"_band")
		for _, cut := range scale.Bands.Cuts {
			label := csvfile.Defuse(cut.Label.In(in.Languages[0]))
			c.bands[i] = append(c.bands[i], string(csvfile.AppendField(nil, label)))
		}
	}
	c.names = append(c.names, qualityFlags)
	return c
}

// Names is the headings, in order.
func (c *ScoreColumns) Names() []string { return c.names }

// Append appends one person's cells, with a comma before each.
func (c *ScoreColumns) Append(dst []byte, result *scoring.Result) []byte {
	for i := range result.Scores {
		score := &result.Scores[i]
		dst = append(dst, ',')
		if score.Reason == "" {
			dst = csvfile.AppendNumber(dst, score.Value)
		}
		dst = append(dst, ',')
		dst = csvfile.AppendNumber(dst, float64(score.Answered))
		dst = append(dst, ',')
		dst = append(dst, score.Reason...)
		dst = append(dst, ',')
		if score.HasFavorable {
			dst = csvfile.AppendNumber(dst, score.Favorable)
		}
		if c.bands[i] == nil {
			continue
		}
		dst = append(dst, ',')
		if score.Band >= 0 {
			dst = append(dst, c.bands[i][score.Band]...)
		}
	}
	for i, flag := range result.Flags {
		separator := byte(';')
		if i == 0 {
			separator = ','
		}
		dst = append(dst, separator)
		dst = append(dst, flag...)
	}
	if len(result.Flags) == 0 {
		dst = append(dst, ',')
	}
	return dst
}
