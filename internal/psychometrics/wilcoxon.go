package psychometrics

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Wilcoxon is the signed-rank test (Wilcoxon 1945): zeros dropped, mid-ranks for ties, the normal approximation with variance
// corrected for ties and a continuity correction of one half. Two differences are tied when they are equal to the last bit, as in R's
// wilcox.test.
type Wilcoxon struct {
	N            int    // differences that are not zero
	V            Figure // sum of the ranks of the positive differences
	P            Figure // two-sided
	RankBiserial Figure // (V+ - V-) / (V+ + V-), Kerby (2014)
}

// WilcoxonOf tests whether differences lie around zero.
func WilcoxonOf(diff []float64) Wilcoxon {
	var nonzero []float64
	for _, d := range diff {
		if d != 0 {
			nonzero = append(nonzero, d)
		}
	}
	w := Wilcoxon{N: len(nonzero)}
	if w.N == 0 {
		w.V, w.P, w.RankBiserial = None(NoVariance), None(NoVariance), None(NoVariance)
		return w
	}
	slices.SortFunc(nonzero, func(a, b float64) int {
		switch x, y := math.Abs(a), math.Abs(b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	var plus, ties float64
	for i := 0; i < len(nonzero); {
		j := i
		for j < len(nonzero) && math.Abs(nonzero[j]) == math.Abs(nonzero[i]) {
			j++
		}
		rank, size := float64(i+1+j)/2, float64(j-i)
		for _, d := range nonzero[i:j] {
			if d > 0 {
				plus += rank
			}
		}
		ties += size*size*size - size
		i = j
	}
	n := float64(len(nonzero))
	total := n * (n + 1) / 2
	w.V, w.RankBiserial = Known(plus), Known((2*plus-total)/total)
	variance := n*(n+1)*(2*n+1)/24 - ties/48
	if variance <= 0 {
		w.P = None(NoVariance)
		return w
	}
	away := plus - total/2
	z := (math.Abs(away) - 0.5) / math.Sqrt(variance)
	if away == 0 {
		z = 0
	}
	w.P = Known(min(1, 2*distuv.UnitNormal.CDF(-z)))
	return w
}
