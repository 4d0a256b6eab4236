package export

import (
	"surveyd/internal/answer"
	"surveyd/internal/answerfile"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// person resolves and scores one row after the other, in the same memory.
type person struct {
	in       *instrument.Instrument
	resolver *answer.Resolver
	scorer   *scoring.Scorer
	answers  answer.Set
	result   scoring.Result
}

func newPerson(in *instrument.Instrument) *person {
	return &person{in: in, resolver: answer.NewResolver(in), scorer: scoring.NewScorer(in), answers: answer.New(in)}
}

// take copies a row's answers and resolves them.
func (p *person) take(row *Row) {
	if len(row.Answers) == len(p.answers) {
		copy(p.answers, row.Answers)
	} else {
		for i := range p.answers {
			p.answers[i] = answer.Answer{State: answer.NotReached, Option: -1}
		}
	}
	p.resolver.Resolve(p.answers)
}

// score scores the answers that were taken.
func (p *person) score(row *Row) *scoring.Result {
	p.scorer.ScoreInto(&p.result, p.answers, scoring.Respondent{
		Grade: answerfile.Grade(row.Grade), Language: instrument.Lang(row.Language), Seconds: row.Seconds, Order: row.Order,
	})
	return &p.result
}
