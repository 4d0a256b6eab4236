package conformance

import (
	"fmt"
	"testing"

	"surveyd/internal/psychometrics"
)

func schools(t *testing.T) []*measure {
	icc, deff := relative("ICC(1), ICC(2)", "anova"), relative("design effect", "anova")
	se, interval := relative("cluster-robust SE", "tapply"), relative("its interval", "qt")
	shrunk, byMixed := relative("empirical-Bayes means (REML)", "nlme::lme, uniroot").within(likelihood), relative("empirical-Bayes means, lme4", "lme4::lmer").within(factor)
	names, sets := cases[struct {
		School                     []string
		Y                          []float64
		ICC1, ICC2, Deff, Mean, SE *float64
		CI, Means, EB              []float64
	}](t, own+"schools.json")
	for _, name := range names {
		c := sets[name]
		var list []psychometrics.School
		for i, school := range c.School {
			if i == 0 || school != c.School[i-1] {
				list = append(list, psychometrics.School{Name: school})
			}
			last := &list[len(list)-1]
			last.Scores = append(last.Scores, c.Y[i])
		}
		got := psychometrics.SchoolsOf(list)
		icc.figure(t, name+", ICC(1)", got.ICC1, c.ICC1)
		icc.figure(t, name+", ICC(2)", got.ICC2, c.ICC2)
		deff.figure(t, name, got.DesignEffect, c.Deff)
		se.figure(t, name, got.SE, c.SE)
		interval.interval(t, name, got.CI, c.CI)
		for i, school := range got.Means {
			where := fmt.Sprintf("%s, %s", name, school.Name)
			shrunk.figure(t, where, school.EmpiricalBayes, &c.EB[i])
			if school.Mean.Value == 0 {
				t.Errorf("%s has no mean", where)
			}
		}
	}
	lme := read[struct {
		ICC1  *float64  `json:"icc1_anova_n0"`
		ICC2  *float64  `json:"icc2_group_mean"`
		Deff  *float64  `json:"deff_kish"`
		SE    *float64  `json:"se_cluster_robust"`
		CI    []float64 `json:"ci95_cluster_t"`
		Table []struct {
			School string
			EB     float64 `json:"eb_shrunk"`
		} `json:"school_table"`
	}](t, others+"schools_expected.json")
	at, list := map[string]int{}, []psychometrics.School(nil)
	for _, row := range table(t, others+"schools.csv") {
		if _, ok := at[row["school"]]; !ok {
			at[row["school"]] = len(list)
			list = append(list, psychometrics.School{Name: row["school"]})
		}
		school := &list[at[row["school"]]]
		school.Scores = append(school.Scores, float(t, row["y"]))
	}
	got := psychometrics.SchoolsOf(list)
	icc.figure(t, "other hands, ICC(1)", got.ICC1, lme.ICC1)
	icc.figure(t, "other hands, ICC(2)", got.ICC2, lme.ICC2)
	deff.figure(t, "other hands", got.DesignEffect, lme.Deff)
	se.figure(t, "other hands", got.SE, lme.SE)
	interval.interval(t, "other hands", got.CI, lme.CI)
	for i, school := range lme.Table {
		byMixed.figure(t, school.School, got.Means[i].EmpiricalBayes, &school.EB)
	}
	return []*measure{icc, deff, se, interval, shrunk, byMixed}
}
