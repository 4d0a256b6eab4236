package conformance

import (
	"fmt"
	"testing"

	"surveyd/internal/psychometrics"
)

// changes is the measures of a comparison of two waves.
type changes struct {
	moments, r, t, p, interval, effects, hedges, noncentral, v, wilcoxonP, biserial, rci *measure
}

func newChanges() changes {
	return changes{
		moments: relative("change: means, SDs, difference", "mean, sd"), r: relative("change: r of the waves", "cor"),
		t: relative("paired t", "t.test"), p: probability("paired t, p", "t.test"), interval: relative("change: interval of the difference", "t.test"),
		effects: relative("d_z, d_av, d_rm", "mean, sd, cor"), hedges: relative("g_z, g_av (Hedges' exact J)", "lgamma"),
		noncentral: relative("interval of d_z (noncentral t)", "integrate, uniroot"),
		v:          relative("Wilcoxon V", "wilcox.test"), wilcoxonP: probability("Wilcoxon p", "wilcox.test"), biserial: relative("rank-biserial correlation", "rank"),
		rci: relative("reliable change index", "sd"),
	}
}

func (c changes) all() []*measure {
	return []*measure{c.moments, c.r, c.t, c.p, c.interval, c.effects, c.hedges, c.noncentral, c.v, c.wilcoxonP, c.biserial, c.rci}
}

type changeOracle struct {
	Pre, Post          list
	Seed, Share        float64
	N                  int
	MeanPre            *float64 `json:"mean_pre"`
	MeanPost           *float64 `json:"mean_post"`
	SDPre              *float64 `json:"sd_pre"`
	SDPost             *float64 `json:"sd_post"`
	R, Diff            *float64
	SDDiff             *float64 `json:"sd_diff"`
	CI                 []float64
	T, P, DZ, DAv, DRm *float64
	GZ, GAv            *float64
	DZCI               []float64 `json:"dz_ci"`
	V, WP, RB          *float64
	Reliability        *float64
	RCI                list
	Improved, Declined *int
}

func (c changes) compare(t *testing.T, name string, pairs []psychometrics.Pair, w changeOracle) {
	t.Helper()
	got := psychometrics.ChangeOf(pairs)
	if got.N != w.N {
		t.Errorf("%s: %d pairs, R has %d", name, got.N, w.N)
	}
	c.moments.figure(t, name+", mean before", got.MeanPre, w.MeanPre)
	c.moments.figure(t, name+", mean after", got.MeanPost, w.MeanPost)
	c.moments.figure(t, name+", SD before", got.SDPre, w.SDPre)
	c.moments.figure(t, name+", SD after", got.SDPost, w.SDPost)
	c.moments.figure(t, name+", difference", got.Diff, w.Diff)
	c.moments.figure(t, name+", SD of the differences", got.SDDiff, w.SDDiff)
	c.r.figure(t, name, got.R, w.R)
	c.t.figure(t, name, got.T, w.T)
	c.p.figure(t, name, got.P, w.P)
	c.interval.interval(t, name, got.CI, w.CI)
	c.effects.figure(t, name+", d_z", got.DZ, w.DZ)
	c.effects.figure(t, name+", d_av", got.DAv, w.DAv)
	c.effects.figure(t, name+", d_rm", got.DRm, w.DRm)
	c.hedges.figure(t, name+", g_z", got.GZ, w.GZ)
	c.hedges.figure(t, name+", g_av", got.GAv, w.GAv)
	c.noncentral.interval(t, name, got.DZCI, w.DZCI)
	c.v.figure(t, name, got.Wilcoxon.V, w.V)
	c.wilcoxonP.figure(t, name, got.Wilcoxon.P, w.WP)
	c.biserial.figure(t, name, got.Wilcoxon.RankBiserial, w.RB)
	if w.Reliability == nil {
		return
	}
	for i, want := range w.RCI {
		c.rci.figure(t, fmt.Sprintf("%s, person %d", name, i+1), psychometrics.ReliableIndex(pairs[i], got.SDPre.Value, *w.Reliability), &want)
	}
	if rci := psychometrics.ReliableChange(pairs, got.SDPre, psychometrics.Known(*w.Reliability)); rci.Improved != *w.Improved || rci.Declined != *w.Declined {
		t.Errorf("%s: %d better and %d worse, R has %d and %d", name, rci.Improved, rci.Declined, *w.Improved, *w.Declined)
	}
}

// park is the generator of Park & Miller (1988), as in change.R.
type park int64

func (p *park) next() float64 {
	*p = *p * 16807 % 2147483647
	return float64(*p) / 2147483647
}

// manyPairs is the pairs of change.R: two waves from 0 to 7, a share of the persons one point up.
func manyPairs(n int, share float64, seed int64) []psychometrics.Pair {
	pairs, u := make([]psychometrics.Pair, n), park(seed)
	for i := range pairs {
		a, b, c, d := u.next(), u.next(), u.next(), u.next()
		pairs[i].Pre, pairs[i].Post = float64(int(a*4+b*4)), float64(int(a*4+c*4))
		if d < share {
			pairs[i].Post++
		}
	}
	return pairs
}

func change(t *testing.T) []*measure {
	c := newChanges()
	names, sets := cases[changeOracle](t, own+"change.json")
	for _, name := range names {
		w := sets[name]
		pairs := make([]psychometrics.Pair, len(w.Pre))
		for i := range pairs {
			pairs[i] = psychometrics.Pair{Pre: w.Pre[i], Post: w.Post[i]}
		}
		c.compare(t, name, pairs, w)
	}
	names, sets = cases[changeOracle](t, own+"change_many.json")
	for _, name := range names {
		w := sets[name]
		c.compare(t, name, manyPairs(w.N, w.Share, int64(w.Seed)), w)
	}
	return c.all()
}
