package scoring

import "surveyd/internal/instrument"

// Record is the scores of one submission with everything needed to trace and repeat them.
type Record struct {
	Instrument     instrument.ID     `json:"instrument" bson:"instrument"`
	Version        string            `json:"version" bson:"version"`
	Hash           string            `json:"hash" bson:"hash"`
	ScoringVersion string            `json:"scoring_version" bson:"scoring_version"`
	Languages      []instrument.Lang `json:"languages" bson:"languages"`
	Scales         []ScaleRecord     `json:"scales" bson:"scales"`
	Flags          []Flag            `json:"flags" bson:"flags"`
}

// ScaleRecord is one scale's part of a Record. A number that does not exist is nil, with its reason beside it.
type ScaleRecord struct {
	Scale     instrument.ScaleID  `json:"scale" bson:"scale"`
	Identity  string              `json:"identity,omitempty" bson:"identity,omitempty"` // see instrument.Scale; empty in records older than it
	Score     *float64            `json:"score" bson:"score"`
	Reason    Reason              `json:"reason,omitempty" bson:"reason,omitempty"`
	Raw       *float64            `json:"raw" bson:"raw"`
	SE        *float64            `json:"se,omitempty" bson:"se,omitempty"`
	Scaled    *float64            `json:"scaled,omitempty" bson:"scaled,omitempty"`
	Norm      *NormRecord         `json:"norm,omitempty" bson:"norm,omitempty"` // nil when the scale has no norms
	Favorable *float64            `json:"favorable" bson:"favorable"`
	Band      string              `json:"band,omitempty" bson:"band,omitempty"`
	ItemsUsed []instrument.ItemID `json:"items_used" bson:"items_used"`
	Answered  int                 `json:"n_answered" bson:"n_answered"`
}

// NormRecord is a score's place in its norm group, or why it has none.
type NormRecord struct {
	Reason     NormReason `json:"reason,omitempty" bson:"reason,omitempty"`
	T          *float64   `json:"t" bson:"t"`
	Percentile *float64   `json:"pr" bson:"pr"`
	Method     string     `json:"pr_method,omitempty" bson:"pr_method,omitempty"` // "table" or "normal"
	Stanine    *int       `json:"stanine" bson:"stanine"`
	NCE        *float64   `json:"nce" bson:"nce"`
}
