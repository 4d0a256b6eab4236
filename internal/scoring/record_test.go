package scoring_test

import (
	"encoding/json"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

func TestARecordSaysWhereEveryNumberComesFrom(t *testing.T) {
	in := load(t, head+`
scales:
  - id: S
    title: {en: S}
    items: [a, -b, c]
    score: mean
    min_answered: 2
    range: [1, 5]
    favorable: [4, 5]
    bands: {cuts: [{from: 1, label: {en: Low}}, {from: 3, label: {en: High}}]}
  - {id: T, title: {en: T}, items: [c, d], score: sum, min_answered: 2, range: [2, 10]}
  - {id: U, title: {en: U}, items: [f, g], score: mean, min_answered: 1, range: [1, 5]}
quality: {missing_share: 0.5}
`)
	in.Hash = "c0ffee" // the content hash has tests of its own
	set := row(t, in, "a=2 b=1 c=9 d=3")
	answer.Resolve(in, set)
	scorer := scoring.NewScorer(in)
	var result scoring.Result
	scorer.ScoreInto(&result, set, scoring.Respondent{})
	got, err := json.MarshalIndent(scorer.NewRecord(set, result, []instrument.Lang{"en"}), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	// S: (2 + (6 - 1)) / 2 = 3.5; 1 of 2 favorable. T: c is never scored, so only d. U: a = 2 hides f and g.
	// Six items are shown, e and h of them blank: 2 / 6 is no flag.
	want := `{
 "instrument": "trial",
 "version": "1.0.0",
 "hash": "c0ffee",
 "scoring_version": "1",
 "languages": [
  "en"
 ],
 "scales": [
  {
   "scale": "S",
   "identity": "trial/1/S",
   "score": 3.5,
   "raw": 7,
   "favorable": 0.5,
   "band": "High",
   "items_used": [
    "a",
    "b"
   ],
   "n_answered": 2
  },
  {
   "scale": "T",
   "identity": "trial/1/T",
   "score": null,
   "reason": "too_few_answered",
   "raw": 3,
   "favorable": null,
   "items_used": [
    "d"
   ],
   "n_answered": 1
  },
  {
   "scale": "U",
   "identity": "trial/1/U",
   "score": null,
   "reason": "not_shown",
   "raw": null,
   "favorable": null,
   "items_used": [],
   "n_answered": 0
  }
 ],
 "flags": []
}`
	if string(got) != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
