package scoring_test

import (
	"math"
	"testing"

	"surveyd/internal/scoring"
)

// probabilitiesOf gives the probabilities of the categories of one item of a graded (grm) or partial credit model, by the definitions.
func probabilitiesOf(graded bool, a float64, b []float64, t float64) []float64 {
	logistic := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	p := make([]float64, len(b)+1)
	if graded {
		above := 1.0
		for k, threshold := range b {
			next := logistic(a * (t - threshold))
			p[k], above = above-next, next
		}
		p[len(b)] = above
		return p
	}
	sum, total := 0.0, 1.0
	p[0] = 1
	for k, step := range b {
		sum += a * (t - step)
		p[k+1] = math.Exp(sum)
		total += p[k+1]
	}
	for k := range p {
		p[k] /= total
	}
	return p
}

// Information is the expected square of the slope of the log-likelihood; the slope is taken from differences here.
func TestTestInformationIsTheExpectedSquaredSlope(t *testing.T) {
	in := load(t, fiveOf("Q", 5, "scales:\n"+
		modelled("grm", "eap", "model: grm, items: "+graded)+
		modelled("grmD", "eap", "model: grm, scaling: 1.702, items: "+graded)+
		modelled("gpcm", "eap", "model: gpcm, items: "+graded)+
		modelled("pcm", "eap", "model: pcm, items: "+rasch)))
	thetas := []float64{-6, -2, -0.3, 0, 1.1, 5}
	for _, scale := range in.Scales {
		got, ok := scoring.Information(scale, thetas)
		if !ok {
			t.Fatalf("%s has no information", scale.ID)
		}
		for i, theta := range thetas {
			want := 0.0
			for _, item := range scale.IRT.Items {
				const h = 1e-5
				isGraded, slope := scale.IRT.Model == "grm", item.A*scale.IRT.Scaling
				before, at, after := probabilitiesOf(isGraded, slope, item.B, theta-h), probabilitiesOf(isGraded, slope, item.B, theta), probabilitiesOf(isGraded, slope, item.B, theta+h)
				for k, p := range at {
					d := (after[k] - before[k]) / (2 * h)
					want += d * d / p
				}
			}
			if math.Abs(got[i]-want) > 1e-6*want {
				t.Errorf("%s at %v: %v, want %v", scale.ID, theta, got[i], want)
			}
		}
	}
}

func TestAScaleWithoutAModelHasNoInformation(t *testing.T) {
	in := load(t, fiveOf("Q", 2, "scales:\n  - {id: S, title: {en: S}, items: [Q1, Q2], score: mean, min_answered: 1, range: [1, 5]}\n"))
	if _, ok := scoring.Information(in.Scales[0], []float64{0}); ok {
		t.Error("there is some")
	}
}
