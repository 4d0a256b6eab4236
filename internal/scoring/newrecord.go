package scoring

import (
	"slices"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
)

// NewRecord puts beside a person's scores what made them: the instrument and its content hash, the version of the scoring
// rules, and the items that each score rests on. The set is the resolved one that result was scored from; languages are
// those in which the person answered.
func (s *Scorer) NewRecord(set answer.Set, result Result, languages []instrument.Lang) Record {
	in := s.in
	record := Record{
		Instrument: in.ID, Version: in.Version.String(), Hash: in.Hash, ScoringVersion: Version,
		Languages: slices.Clone(languages), Flags: slices.Clone(result.Flags),
		Scales: make([]ScaleRecord, len(in.Scales)),
	}
	if record.Languages == nil {
		record.Languages = []instrument.Lang{}
	}
	if record.Flags == nil {
		record.Flags = []Flag{}
	}
	for i := range s.scales {
		record.Scales[i] = s.scales[i].record(set, result.Scores[i], in.Languages[0])
	}
	return record
}

func (p *scalePlan) record(set answer.Set, score Score, source instrument.Lang) ScaleRecord {
	record := ScaleRecord{Scale: score.Scale, Identity: p.scale.Identity(), Reason: score.Reason, ItemsUsed: p.itemsUsed(set), Answered: score.Answered}
	if score.Reason == "" {
		record.Score = &score.Value
	}
	if score.Answered > 0 {
		record.Raw = &score.Raw
	}
	if score.HasFavorable {
		record.Favorable = &score.Favorable
	}
	if score.HasSE {
		record.SE = &score.SE
	}
	if score.HasScaled {
		record.Scaled = &score.Scaled
	}
	if p.scale.Norms != nil {
		record.Norm = score.Norm.record()
	}
	if score.Band >= 0 {
		record.Band = p.scale.Bands.Cuts[score.Band].Label.In(source)
	}
	return record
}

func (n Norm) record() *NormRecord {
	if n.Reason != "" {
		return &NormRecord{Reason: n.Reason}
	}
	method := "table"
	if n.Normal {
		method = "normal"
	}
	record := &NormRecord{T: &n.T, Percentile: &n.Percentile, Method: method, Stanine: &n.Stanine, NCE: &n.NCE}
	if n.NoT {
		record.T = nil
	}
	return record
}

// itemsUsed is the scale's validly answered items, in the scale's order.
func (p *scalePlan) itemsUsed(set answer.Set) []instrument.ItemID {
	used := []instrument.ItemID{}
	for i := range p.keys {
		k := &p.keys[i]
		if a := &set[k.item]; a.Valid() && k.counting(a, nil).scored {
			used = append(used, p.scale.Items[i].Item.ID)
		}
	}
	return used
}
