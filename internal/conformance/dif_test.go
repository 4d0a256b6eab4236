package conformance

import (
	"fmt"
	"testing"

	"surveyd/internal/psychometrics"
)

func dif(t *testing.T) []*measure {
	mantel, p, smd := relative("Mantel chi-square", "tapply, var"), probability("Mantel p", "pchisq"), relative("standardized mean difference", "weighted.mean")
	alpha, interval := relative("Mantel-Haenszel alpha, delta", "mantelhaen.test"), relative("its interval and SE", "mantelhaen.test")
	ratio := relative("ordinal logistic: chi-squares", "MASS::polr, glm").within(likelihood)
	pTotal, r2 := probability("ordinal logistic: p and adjusted p", "pchisq, p.adjust"), relative("Nagelkerke's change of R2", "MASS::polr, glm").within(likelihood)
	names, sets := cases[struct {
		Rows  [][]*float64
		Focal []float64
		Items []struct {
			Favorable        float64
			Strata           int
			Chi2, P, SMD     *float64
			Alpha, Delta, SE *float64
			AlphaCI          []float64 `json:"alpha_ci"`
			Uniform          *float64
			NonUniform       *float64
			PTotal           *float64 `json:"p_total"`
			DeltaR2          *float64 `json:"delta_r2"`
			PBH              *float64 `json:"p_bh"`
			Class            string
		}
	}](t, own+"dif.json")
	for _, name := range names {
		c := sets[name]
		focal := make([]bool, len(c.Focal))
		for i, f := range c.Focal {
			focal[i] = f == 1
		}
		for i, w := range c.Items {
			// Items have codes of their own, and so what is favorable.
			got := psychometrics.DIFOf(sampleOf(c.Rows), focal, func(x float64) bool { return x >= w.Favorable })[i]
			where := fmt.Sprintf("%s, item %d", name, i+1)
			if got.Strata != w.Strata || got.Class != w.Class {
				t.Errorf("%s: %d strata and class %s, R has %d and %s", where, got.Strata, got.Class, w.Strata, w.Class)
			}
			mantel.figure(t, where, got.Chi2, w.Chi2)
			p.figure(t, where, got.P, w.P)
			smd.figure(t, where, got.SMD, w.SMD)
			alpha.figure(t, where, got.Alpha, w.Alpha)
			alpha.figure(t, where+", delta", got.Delta, w.Delta)
			interval.interval(t, where, got.AlphaCI, w.AlphaCI)
			interval.figure(t, where+", SE", got.LogAlphaSE, w.SE)
			ratio.figure(t, where+", uniform", got.Uniform, w.Uniform)
			ratio.figure(t, where+", not uniform", got.NonUniform, w.NonUniform)
			pTotal.figure(t, where, got.PTotal, w.PTotal)
			pTotal.figure(t, where+", adjusted", got.PBH, w.PBH)
			r2.figure(t, where, got.DeltaR2, w.DeltaR2)
		}
	}
	return []*measure{mantel, p, smd, alpha, interval, ratio, pTotal, r2}
}
