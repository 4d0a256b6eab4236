package codebook

import "surveyd/internal/instrument"

// Scale is a scale and everything that its scores rest on.
type Scale struct {
	ID          instrument.ScaleID     `json:"id"`
	Identity    string                 `json:"identity"` // home/major/scale: what a trend line follows
	Home        Home                   `json:"home"`
	Title       instrument.Text        `json:"title"`
	HigherMeans instrument.Text        `json:"higher_means,omitzero"`
	Keys        []Key                  `json:"keys"`
	Score       instrument.ScoreMethod `json:"score"`
	MinAnswered int                    `json:"min_answered"`
	Rounding    instrument.Rounding    `json:"rounding,omitempty"`
	Range       *Range                 `json:"range,omitempty"`
	Favorable   []instrument.Code      `json:"favorable,omitempty"` // after reversal
	Reliability *float64               `json:"reliability_minimum,omitempty"`
	Bands       []Band                 `json:"bands,omitempty"`
	BandSource  string                 `json:"bands_source,omitempty"`
	Lookup      *Lookup                `json:"lookup,omitempty"`
	Norms       *Norms                 `json:"norms,omitempty"`
	IRT         *IRT                   `json:"irt,omitempty"`
}

// Key is how one item counts. Term is its share of the formula, such as "6 - mi2" for a reversed item of codes 1 to 5.
type Key struct {
	Item     instrument.ItemID `json:"item"`
	Reversed bool              `json:"reversed"`
	Weight   float64           `json:"weight"`
	Term     string            `json:"term"`
	Low      float64           `json:"low"` // the item's lowest and highest scored code, or number
	High     float64           `json:"high"`
}

// Band holds from From (inclusive) to the next band's From (exclusive).
type Band struct {
	From  float64         `json:"from"`
	Label instrument.Text `json:"label"`
}

// Lookup turns raw sums into published scale scores.
type Lookup struct {
	Source string      `json:"source"`
	Rows   []LookupRow `json:"rows"`
}

// LookupRow is one line of a lookup.
type LookupRow struct {
	Raw    float64 `json:"raw"`
	Scaled float64 `json:"scaled"`
}

// Norms are the samples that a score is compared with.
type Norms struct {
	Source string      `json:"source"`
	Groups []NormGroup `json:"groups"`
}

// NormGroup is one sample: for whom it counts, its size and moments. Table says whether percentile ranks are read from a
// table instead of a normal distribution.
type NormGroup struct {
	When  []Condition `json:"when"`
	N     int         `json:"n"`
	Mean  float64     `json:"mean"`
	SD    float64     `json:"sd"`
	Table bool        `json:"table"`
}

// Condition is one attribute of the person with the values that belong to a norm group.
type Condition struct {
	Attribute string   `json:"attribute"`
	Values    []string `json:"values"`
}

// IRT is an item response model with its parameters.
type IRT struct {
	Model     instrument.IRTModel `json:"model"`
	Scaling   float64             `json:"scaling"`
	Items     []IRTItem           `json:"items"`
	PriorMean float64             `json:"prior_mean"`
	PriorSD   float64             `json:"prior_sd"`
	Slope     *float64            `json:"report_slope,omitempty"`
	Intercept *float64            `json:"report_intercept,omitempty"`
}

// IRTItem is one item's slope and thresholds or steps.
type IRTItem struct {
	Item instrument.ItemID `json:"item"`
	A    float64           `json:"a"`
	B    []float64         `json:"b"`
}
