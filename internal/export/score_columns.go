package export

import (
	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// qualityFlags is the last column that scoring adds.
const qualityFlags = "quality_flags"

// ScoreColumns is the columns that scoring adds to a file: for each scale S, S_answered, S_missing, S_favorable and, where
// declared, S_se, S_scaled, S_t, S_pr, S_stanine, S_nce, S_band; last quality_flags. Every file with scores is written by it, so
// that all of them agree to the byte.
type ScoreColumns struct {
	names  []string
	scales []scaleColumns
	comma  byte // between fields
}

// scaleColumns is which of the columns a scale has beside those that every scale has.
type scaleColumns struct {
	se, scaled, norms bool
	bands             []string // by position of the band; nil when the scale has none
}

// NewScoreColumns prepares the columns of an instrument, with commas between them. Band labels are in its source language.
func NewScoreColumns(in *instrument.Instrument) *ScoreColumns {
	c := &ScoreColumns{scales: make([]scaleColumns, len(in.Scales)), comma: ','}
	for i, scale := range in.Scales {
		id, columns := string(scale.ID), &c.scales[i]
		c.names = append(c.names, id, id+"_answered", id+"_missing", id+"_favorable")
		if columns.se = scoring.HasError(scale); columns.se {
			c.names = append(c.names, id+"_se")
		}
		if columns.scaled = scoring.IsScaled(scale); columns.scaled {
			c.names = append(c.names, id+"_scaled")
		}
		if columns.norms = scale.Norms != nil; columns.norms {
			c.names = append(c.names, id+"_t", id+"_pr", id+"_stanine", id+"_nce")
		}
		if scale.Bands == nil {
			continue
		}
		c.names = append(c.names, id+"_band")
		for _, cut := range scale.Bands.Cuts {
			columns.bands = append(columns.bands, csvfile.Defuse(cut.Label.In(in.Languages[0])))
		}
	}
	c.names = append(c.names, qualityFlags)
	return c
}

// Names is the headings, in order.
func (c *ScoreColumns) Names() []string { return c.names }

// Between is the same columns with another separator between them.
func (c *ScoreColumns) Between(comma byte) *ScoreColumns {
	other := *c
	other.comma = comma
	return &other
}

// Append appends one person's cells, with a separator before each.
func (c *ScoreColumns) Append(dst []byte, result *scoring.Result) []byte {
	for i := range result.Scores {
		score := &result.Scores[i]
		dst = append(dst, c.comma)
		if score.Reason == "" {
			dst = csvfile.AppendNumber(dst, score.Value)
		}
		dst = append(dst, c.comma)
		dst = csvfile.AppendNumber(dst, float64(score.Answered))
		dst = append(dst, c.comma)
		dst = append(dst, score.Reason...)
		dst = append(dst, c.comma)
		if score.HasFavorable {
			dst = csvfile.AppendNumber(dst, score.Favorable)
		}
		dst = c.scales[i].append(dst, c.comma, score)
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
		dst = append(dst, c.comma)
	}
	return dst
}

// append appends the cells that only some scales have. Whatever does not exist is an empty cell.
func (c *scaleColumns) append(dst []byte, comma byte, score *scoring.Score) []byte {
	if c.se {
		dst = appendIf(dst, comma, score.HasSE, score.SE)
	}
	if c.scaled {
		dst = appendIf(dst, comma, score.HasScaled, score.Scaled)
	}
	if c.norms {
		known := score.Norm.Reason == ""
		dst = appendIf(dst, comma, known && !score.Norm.NoT, score.Norm.T)
		dst = appendIf(dst, comma, known, score.Norm.Percentile)
		dst = appendIf(dst, comma, known, float64(score.Norm.Stanine))
		dst = appendIf(dst, comma, known, score.Norm.NCE)
	}
	if c.bands != nil {
		dst = append(dst, comma)
		if score.Band >= 0 {
			dst = csvfile.AppendFieldFor(dst, c.bands[score.Band], comma)
		}
	}
	return dst
}

func appendIf(dst []byte, comma byte, known bool, x float64) []byte {
	dst = append(dst, comma)
	if known {
		dst = csvfile.AppendNumber(dst, x)
	}
	return dst
}
