package psychometrics

import (
	"math/rand/v2"
	"strconv"
	"testing"
)

func simulatedSchools(t testing.TB) []School {
	t.Helper()
	at := map[string]int{}
	var schools []School
	for _, row := range records(t, "schools.csv") {
		y, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := at[row[0]]; !ok {
			at[row[0]] = len(schools)
			schools = append(schools, School{Name: row[0]})
		}
		s := &schools[at[row[0]]]
		s.Scores = append(s.Scores, y)
	}
	return schools
}

func TestDifferencesBetweenSchoolsAreThoseOfR(t *testing.T) {
	want := read[struct {
		Persons int        `json:"n_persons"`
		Schools int        `json:"n_schools"`
		ICC1    float64    `json:"icc1_anova_n0"`
		ICC2    float64    `json:"icc2_group_mean"`
		Deff    float64    `json:"deff_kish"`
		Mean    float64    `json:"mean"`
		SE      float64    `json:"se_cluster_robust"`
		CI      [2]float64 `json:"ci95_cluster_t"`
		Table   []struct {
			School string
			N      int
			Mean   float64
			EB     float64 `json:"eb_shrunk"`
		} `json:"school_table"`
	}](t, "schools_expected.json")
	got := SchoolsOf(simulatedSchools(t))
	if got.Persons != want.Persons || got.Count != want.Schools || got.DF != want.Schools-1 || len(got.Means) != len(want.Table) {
		t.Fatalf("%+v", got)
	}
	same(t, "ICC(1)", got.ICC1, &want.ICC1, 1e-12)
	same(t, "ICC(2)", got.ICC2, &want.ICC2, 1e-12)
	same(t, "design effect", got.DesignEffect, &want.Deff, 1e-12)
	same(t, "mean", got.Mean, &want.Mean, 1e-12)
	same(t, "SE", got.SE, &want.SE, 1e-12)
	same(t, "CI", Known(got.CI.Low), &want.CI[0], 1e-10)
	same(t, "CI", Known(got.CI.High), &want.CI[1], 1e-10)
	for i, school := range want.Table {
		if got.Means[i].Name != school.School || got.Means[i].N != school.N {
			t.Fatalf("%+v, R has %+v", got.Means[i], school)
		}
		same(t, school.School, got.Means[i].Mean, &school.Mean, 1e-12)
		same(t, school.School+", drawn in", got.Means[i].EmpiricalBayes, &school.EB, 1e-5) // lme4 stops there
	}
}

func TestSchoolsWithoutDifferencesSayWhy(t *testing.T) {
	for name, c := range map[string]struct {
		schools []School
		why     Reason
	}{
		"none":                {nil, TooFewPersons},
		"one school":          {[]School{{"a", []float64{1, 2, 3}}}, OneGroup},
		"an empty one beside": {[]School{{"a", []float64{1, 2, 3}}, {"b", nil}}, OneGroup},
		"one person a school": {[]School{{"a", []float64{1}}, {"b", []float64{2}}}, TooFewPersons},
		"all the same":        {[]School{{"a", []float64{2, 2}}, {"b", []float64{2, 2}}}, NoVariance},
	} {
		if got := SchoolsOf(c.schools); got.ICC1.Why != c.why || got.ICC2.OK() || got.DesignEffect.OK() {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestSchoolsThatDifferLessThanChanceHaveANegativeICCAndOneMean(t *testing.T) {
	got := SchoolsOf([]School{{"b", []float64{1, 5, 3}}, {"a", []float64{5, 1, 3}}})
	if got.ICC1.Value >= 0 || got.Means[0].Name != "a" {
		t.Errorf("%+v", got)
	}
	three := 3.0
	same(t, "drawn in", got.Means[0].EmpiricalBayes, &three, 1e-12)
}

func TestTheOrderOfSchoolsAndPersonsDoesNotMatter(t *testing.T) {
	schools := simulatedSchools(t)
	want := SchoolsOf(schools)
	r := rand.New(rand.NewPCG(1, 1))
	r.Shuffle(len(schools), func(i, j int) { schools[i], schools[j] = schools[j], schools[i] })
	for _, s := range schools {
		r.Shuffle(len(s.Scores), func(i, j int) { s.Scores[i], s.Scores[j] = s.Scores[j], s.Scores[i] })
	}
	got := SchoolsOf(schools)
	same(t, "ICC(1)", got.ICC1, &want.ICC1.Value, 1e-10)
	same(t, "SE", got.SE, &want.SE.Value, 1e-10)
	for i := range want.Means {
		same(t, want.Means[i].Name, got.Means[i].EmpiricalBayes, &want.Means[i].EmpiricalBayes.Value, 1e-8)
	}
}

func TestSchoolsWithoutDifferencesWithinKeepTheirMeans(t *testing.T) {
	got := SchoolsOf([]School{{"a", []float64{2, 2, 2}}, {"b", []float64{4, 4}}, {"c", []float64{5, 5}}})
	if got.ICC1.Value != 1 || got.ICC2.Value != 1 {
		t.Errorf("%+v", got)
	}
	for i, want := range []float64{2, 4, 5} {
		if got.Means[i].EmpiricalBayes.Value != want {
			t.Errorf("%+v, want %v", got.Means[i], want)
		}
	}
}
