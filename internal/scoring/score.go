package scoring

import (
	"surveyd/internal/answer"
	"surveyd/internal/instrument"
)

// ScoreOne scores one person. It resolves the conditions on a copy of the answers; many persons are scored faster by a Scorer.
func ScoreOne(in *instrument.Instrument, set answer.Set, who Respondent) Result {
	set = append(answer.Set(nil), set...)
	answer.Resolve(in, set)
	var result Result
	NewScorer(in).ScoreInto(&result, set, who)
	return result
}

// ScoreInto writes the scores and flags of one person into result, whose memory it uses again. The set must be resolved
// (answer.Resolver). Sums run over a scale's items in the order of the file, every product rounded to float64 before it is
// added, so that the same answers give the same bits on every machine.
func (s *Scorer) ScoreInto(result *Result, set answer.Set, who Respondent) {
	result.Scores = result.Scores[:0]
	for i := range s.scales {
		result.Scores = append(result.Scores, s.scales[i].score(set, who, &result.room))
	}
	result.Flags = s.flags(result.Flags[:0], set, who)
}

// tally is what one person's answers to one scale add up to.
type tally struct {
	shown, answered, favorable int
	sum, weight                float64 // of the keyed answers and of their weights
	pomp                       float64 // weighted sum of the answers on 0 to 100
}

func (p *scalePlan) score(set answer.Set, who Respondent, room *room) Score {
	t := p.tally(set)
	score := Score{Scale: p.scale.ID, Answered: t.answered, Raw: t.sum, Band: -1}
	if t.answered > 0 && p.scale.Favorable != nil {
		score.HasFavorable = true
		score.Favorable = float64(t.favorable) / float64(t.answered)
	}
	switch {
	case t.shown == 0:
		score.Reason = NotShown
	case t.answered == 0:
		score.Reason = NotAnswered
	case t.answered < p.required():
		score.Reason = TooFewAnswered
	case p.modelled():
		score.Value, score.SE = p.estimate(set, room)
		score.HasSE = true
	default:
		score.Value = p.value(t)
	}
	p.transform(&score, who)
	return score
}

// estimate is theta and its standard error by the scale's model.
func (p *scalePlan) estimate(set answer.Set, room *room) (theta, se float64) {
	room.seen = room.seen[:0]
	room.posterior = p.irt.posterior(room.posterior)
	for i := range p.keys {
		k := &p.keys[i]
		a := &set[k.item]
		if !a.Valid() {
			continue
		}
		o := k.counting(a, nil)
		if !o.scored {
			continue
		}
		item := &p.irt.items[i]
		category := item.category(o.value)
		if p.scale.Score == instrument.EAP {
			item.observe(category, room.posterior)
		} else {
			room.seen = append(room.seen, observation{item, category})
		}
	}
	if p.scale.Score == instrument.EAP {
		return p.irt.eap(room.posterior)
	}
	return wle(room.seen)
}

// transform adds what is derived from a score: the scale score, and from it where there is one, else from the score itself, the
// comparison with norms and the band.
func (p *scalePlan) transform(score *Score, who Respondent) {
	if score.Reason != "" {
		score.Norm.Reason = NoScore
		return
	}
	final := score.Value
	switch {
	case p.lookup != nil:
		score.Scaled, score.HasScaled = convert(p.lookup, score.Value)
	case p.modelled() && p.irt.reported:
		score.Scaled, score.HasScaled = p.irt.reporting(score.Value), true
	}
	if score.HasScaled {
		final = score.Scaled
	}
	if p.scale.Norms != nil {
		score.Norm = compareWith(p.scale.Norms, final, who)
	}
	score.Band = band(p.scale.Bands, final)
}

// convert finds a sum in an ascending table.
func convert(table []instrument.LookupRow, sum float64) (scaled float64, ok bool) {
	for i := range table {
		if near(table[i].Raw, sum) {
			return table[i].Scaled, true
		}
	}
	return 0, false
}

// required is how many items must be answered; a sum needs all of them.
func (p *scalePlan) required() int {
	if p.scale.Score == instrument.Sum {
		return len(p.keys)
	}
	return p.scale.MinAnswered
}

func (p *scalePlan) tally(set answer.Set) tally {
	var t tally
	for i := range p.keys {
		k := &p.keys[i]
		a := &set[k.item]
		if a.State == answer.NotShown {
			continue
		}
		t.shown++
		if !a.Valid() {
			continue
		}
		o := k.counting(a, p.favorable)
		if !o.scored {
			continue
		}
		t.answered++
		if o.favorable {
			t.favorable++
		}
		t.weight += k.weight
		t.sum += float64(k.weight * o.value)
		if p.pompFirst {
			t.pomp += float64(k.weight * float64(100*(o.value-k.min)/(k.max-k.min)))
		}
	}
	return t
}

// value is the score of a valid tally, on the metric of the scale's method.
func (p *scalePlan) value(t tally) float64 {
	switch p.scale.Score {
	case instrument.Sum:
		return t.sum
	case instrument.ProratedSum:
		// One division at the end: a sum that is a whole number stays one.
		return p.scale.Rounding.Apply(float64(float64(len(p.keys))*t.sum) / t.weight)
	case instrument.POMP:
		if p.pompFirst {
			return t.pomp / t.weight
		}
		return 100 * (t.sum/t.weight - p.min) / (p.max - p.min)
	default:
		return t.sum / t.weight
	}
}

// band finds the last band that begins at or below value; -1 when the scale has no bands or value lies below the first.
func band(bands *instrument.Bands, value float64) int {
	if bands == nil {
		return -1
	}
	for i := len(bands.Cuts) - 1; i >= 0; i-- {
		if value >= bands.Cuts[i].From {
			return i
		}
	}
	return -1
}
