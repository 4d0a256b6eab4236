package conformance

import (
	"fmt"
	"testing"

	"surveyd/internal/psychometrics"
)

func reliability(t *testing.T) []*measure {
	raw, std := relative("alpha, raw", "psych::alpha"), relative("alpha, standardized", "psych::alpha")
	pairRaw, pairStd := relative("alpha, pairwise", "psych::alpha, use = \"pairwise\""), relative("alpha, pairwise, standardized", "psych::alpha, use = \"pairwise\"")
	feldt, bonett := relative("alpha, Feldt interval", "psych::alpha.ci, qf"), relative("alpha, Bonett interval", "qnorm")
	brown, lambda := relative("Spearman-Brown, two items", "cor"), relative("lambda-2", "cov")
	mean, sd, spread := relative("item mean", "colMeans"), relative("item SD", "sd"), relative("interval of a mean", "t.test")
	rest, dropped := relative("item-rest correlation", "cor"), relative("alpha if dropped", "psych::alpha")
	names, sets := cases[struct {
		Rows          [][]*float64
		N             int
		Raw, Std      *float64
		PairwiseRaw   *float64 `json:"pairwise_raw"`
		PairwiseStd   *float64 `json:"pairwise_std"`
		Lambda2       *float64
		Feldt, Bonett []float64
		SpearmanBrown *float64    `json:"spearman_brown"`
		ItemN         []int       `json:"item_n"`
		ItemMean      []*float64  `json:"item_mean"`
		ItemCI        [][]float64 `json:"item_ci"`
		ItemSD        []*float64  `json:"item_sd"`
		ItemRest      []*float64  `json:"item_rest"`
		AlphaDropped  []*float64  `json:"alpha_dropped"`
	}](t, own+"reliability.json")
	for _, name := range names {
		c, s := sets[name], sampleOf(sets[name].Rows)
		a := psychometrics.AlphaOf(s, psychometrics.Listwise, psychometrics.Feldt)
		if a.N != c.N {
			t.Errorf("%s: %d complete cases, R has %d", name, a.N, c.N)
		}
		raw.figure(t, name, a.Raw, c.Raw)
		std.figure(t, name, a.Standardized, c.Std)
		feldt.interval(t, name, a.CI, c.Feldt)
		brown.figure(t, name, a.SpearmanBrown, c.SpearmanBrown)
		bonett.interval(t, name, psychometrics.AlphaOf(s, psychometrics.Listwise, psychometrics.Bonett).CI, c.Bonett)
		p := psychometrics.AlphaOf(s, psychometrics.Pairwise, psychometrics.Feldt)
		pairRaw.figure(t, name, p.Raw, c.PairwiseRaw)
		pairStd.figure(t, name, p.Standardized, c.PairwiseStd)
		lambda.figure(t, name, psychometrics.Lambda2(s), c.Lambda2)
		for i, item := range psychometrics.ItemsOf(s) {
			where := fmt.Sprintf("%s, item %d", name, i+1)
			if item.N != c.ItemN[i] {
				t.Errorf("%s: %d answers, R has %d", where, item.N, c.ItemN[i])
			}
			mean.figure(t, where, item.Mean, c.ItemMean[i])
			sd.figure(t, where, item.SD, c.ItemSD[i])
			spread.interval(t, where, psychometrics.Describe(s.Columns[i]).CI, c.ItemCI[i])
			rest.figure(t, where, item.ItemRest, c.ItemRest[i])
			dropped.figure(t, where, item.AlphaIfDropped, c.AlphaDropped[i])
		}
	}
	names, edges := cases[struct {
		Rows          [][]*float64
		Raw           *float64 `json:"alpha_raw"`
		Std           *float64 `json:"alpha_std"`
		SpearmanBrown *float64 `json:"spearman_brown_2item"`
	}](t, others+"alpha_cases.json")
	for _, name := range names {
		a := psychometrics.AlphaOf(sampleOf(edges[name].Rows), psychometrics.Listwise, psychometrics.Feldt)
		raw.figure(t, name, a.Raw, edges[name].Raw)
		std.figure(t, name, a.Standardized, edges[name].Std)
		brown.figure(t, name, a.SpearmanBrown, edges[name].SpearmanBrown)
	}
	return []*measure{mean, sd, spread, rest, dropped, raw, std, pairRaw, pairStd, feldt, bonett, brown, lambda}
}

func omega(t *testing.T) []*measure {
	value, fit := relative("omega total", "lavaan::cfa").within(factor), relative("its chi-square, CFI, RMSEA, SRMR", "lavaan::fitMeasures").within(factor)
	for _, path := range []string{own + "omega.json", others + "omega_lavaan.json"} {
		names, sets := cases[struct {
			Rows                           [][]*float64
			Omega, Chisq, CFI, RMSEA, SRMR *float64
			DF                             int
		}](t, path)
		for _, name := range names {
			c := sets[name]
			o := psychometrics.OmegaOf(sampleOf(c.Rows))
			value.figure(t, name, o.Value, c.Omega)
			if c.Omega == nil && o.Value.Why != psychometrics.Heywood {
				t.Errorf("%s: lavaan has a negative variance, here it is %q", name, o.Value.Why)
			}
			if c.DF == 0 || c.Omega == nil {
				continue
			}
			fit.figure(t, name+", chi-square", o.Fit.ChiSquare, c.Chisq)
			fit.figure(t, name+", CFI", o.Fit.CFI, c.CFI)
			fit.figure(t, name+", RMSEA", o.Fit.RMSEA, c.RMSEA)
			fit.figure(t, name+", SRMR", o.Fit.SRMR, c.SRMR)
		}
	}
	return []*measure{value, fit}
}
