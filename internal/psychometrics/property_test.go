package psychometrics

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// everything is every statistic of a sample by name. Those that belong to a person or an item have its place in sample order in their
// names, so that reordered samples can be compared.
func everything(s Sample, persons, items []int) map[string]Figure {
	out := map[string]Figure{}
	interval := func(name string, i *Interval) {
		out[name+", low"], out[name+", high"] = None("no_interval"), None("no_interval")
		if i != nil {
			out[name+", low"], out[name+", high"] = Known(i.Low), Known(i.High)
		}
	}
	for _, cases := range []Cases{Listwise, Pairwise} {
		for _, method := range []AlphaInterval{Feldt, Bonett} {
			a, name := AlphaOf(s, cases, method), fmt.Sprintf("alpha %s %s", cases, method)
			out[name], out[name+", standardized"], out[name+", Spearman-Brown"], out[name+", n"] = a.Raw, a.Standardized, a.SpearmanBrown, Known(float64(a.N))
			interval(name, a.CI)
		}
	}
	out["lambda-2"] = Lambda2(s)
	o := OmegaOf(s)
	out["omega"], out["omega, chi-square"], out["omega, CFI"], out["omega, RMSEA"], out["omega, SRMR"] = o.Value, o.Fit.ChiSquare, o.Fit.CFI, o.Fit.RMSEA, o.Fit.SRMR
	for i, item := range ItemsOf(s) {
		name := fmt.Sprintf("item %d", items[i])
		out[name+", mean"], out[name+", SD"], out[name+", rest"], out[name+", dropped"], out[name+", n"] = item.Mean, item.SD, item.ItemRest, item.AlphaIfDropped, Known(float64(item.N))
	}
	f := FavorableOf(s, atLeastFour, true)
	out["favorable, responses"], out["favorable, items"], out["favorable, persons"] = f.Responses, f.Items, f.Persons
	interval("favorable", f.CI)
	for p, d := range Mahalanobis(s) {
		out[fmt.Sprintf("distance of %d", persons[p])] = d
	}
	focal := make([]bool, s.Persons())
	for p := range focal {
		focal[p] = persons[p]%3 == 0
	}
	for i, d := range DIFOf(s, focal, atLeastFour) {
		name := fmt.Sprintf("DIF of item %d", items[i])
		out[name+", Mantel"], out[name+", p"], out[name+", SMD"], out[name+", alpha"], out[name+", SE"], out[name+", delta"] = d.Chi2, d.P, d.SMD, d.Alpha, d.LogAlphaSE, d.Delta
		out[name+", uniform"], out[name+", not uniform"], out[name+", p both"], out[name+", R2"], out[name+", adjusted"] = d.Uniform, d.NonUniform, d.PTotal, d.DeltaR2, d.PBH
	}
	if s.Items() >= 2 {
		addChange(out, s)
	}
	for _, set := range Duplicates(s) {
		for _, p := range set {
			out[fmt.Sprintf("%d answers like others", persons[p])] = Known(float64(len(set)))
		}
	}
	return out
}

// addChange takes the items that a reordering leaves in their places for two waves.
func addChange(out map[string]Figure, s Sample) {
	first, last := s.Columns[0], s.Columns[len(s.Columns)-1]
	var pairs []Pair
	for p := range first {
		if !math.IsNaN(first[p]) && !math.IsNaN(last[p]) {
			pairs = append(pairs, Pair{first[p], last[p]})
		}
	}
	c := ChangeOf(pairs)
	out["mean before"], out["mean after"], out["SD before"], out["SD after"], out["r"] = c.MeanPre, c.MeanPost, c.SDPre, c.SDPost, c.R
	out["difference"], out["t"], out["p"], out["d_z"], out["d_av"], out["d_rm"], out["g_z"], out["g_av"] = c.Diff, c.T, c.P, c.DZ, c.DAv, c.DRm, c.GZ, c.GAv
	out["V"], out["Wilcoxon p"], out["rank-biserial"] = c.Wilcoxon.V, c.Wilcoxon.P, c.Wilcoxon.RankBiserial
	rci := ReliableChange(pairs, c.SDPre, Known(0.8))
	out["improved"], out["declined"] = Known(float64(rci.Improved)), Known(float64(rci.Declined))
}

// alike holds every statistic of one sample against another's.
func alike(t *testing.T, what string, got, want map[string]Figure, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d statistics, and %d", what, len(got), len(want))
	}
	for name, w := range want {
		g, ok := got[name]
		if !ok || g.Why != w.Why || math.Abs(g.Value-w.Value) > tolerance*max(1, math.Abs(w.Value)) {
			t.Errorf("%s, %s: %v %s, and %v %s", what, name, g.Value, g.Why, w.Value, w.Why)
		}
	}
}

func inOrder(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestTheOrderOfPersonsAndItemsChangesNoStatistic(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for round := range 12 {
		n, k := 40+r.IntN(120), 3+r.IntN(5)
		s := random(r, n, k, 0.05*float64(round%3))
		persons, items := r.Perm(n), inOrder(k)
		// The first and the last item stay: they are the waves.
		r.Shuffle(k-2, func(i, j int) { items[i+1], items[j+1] = items[j+1], items[i+1] })
		shuffled := Sample{Columns: make([][]float64, k)}
		for to, from := range items {
			for _, p := range persons {
				shuffled.Columns[to] = append(shuffled.Columns[to], s.Columns[from][p])
			}
		}
		alike(t, fmt.Sprintf("round %d", round), everything(shuffled, persons, items), everything(s, inOrder(n), inOrder(k)), 1e-7)
	}
}

func TestReversingTwiceChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	for range 5 {
		s := random(r, 80, 5, 0.05)
		twice := Sample{}
		for _, column := range s.Columns {
			back := slices.Clone(column)
			for range 2 {
				for p, x := range back {
					back[p] = 1 + 5 - x
				}
			}
			twice.Columns = append(twice.Columns, back)
		}
		alike(t, "twice", everything(twice, inOrder(80), inOrder(5)), everything(s, inOrder(80), inOrder(5)), 0)
	}
}

func TestReversingEveryItemTurnsMeansAndDifferencesAndNothingElse(t *testing.T) {
	r := rand.New(rand.NewPCG(25, 26))
	for range 5 {
		s := random(r, 300, 5, 0.02)
		turned := Sample{}
		for _, column := range s.Columns {
			var c []float64
			for _, x := range column {
				c = append(c, 6-x)
			}
			turned.Columns = append(turned.Columns, c)
		}
		a, b := everything(s, inOrder(300), inOrder(5)), everything(turned, inOrder(300), inOrder(5))
		for name := range a {
			w := a[name]
			switch {
			case slices.Contains([]string{"mean before", "mean after"}, name) || len(name) > 6 && name[:5] == "item " && name[len(name)-4:] == "mean":
				w.Value = 6 - w.Value
			case slices.Contains([]string{"difference", "t", "d_z", "d_av", "d_rm", "g_z", "g_av", "rank-biserial"}, name), len(name) > 5 && name[len(name)-5:] == ", SMD":
				w.Value = -w.Value
			case name == "improved":
				w = a["declined"]
			case name == "declined":
				w = a["improved"]
			case name == "V", len(name) > 8 && name[:9] == "favorable", len(name) > 6 && name[:3] == "DIF" && (name[len(name)-5:] == "alpha" || name[len(name)-5:] == "delta" || name[len(name)-4:] == ", SE"):
				continue // another question: what is favorable, and whose ranks are added, does not turn with the codes
			}
			if g := b[name]; g.Why != w.Why || math.Abs(g.Value-w.Value) > 1e-7*max(1, math.Abs(w.Value)) {
				t.Errorf("%s: %v %s, want %v %s", name, g.Value, g.Why, w.Value, w.Why)
			}
		}
	}
}

func TestPercentFavorableLiesBetweenNothingAndEverything(t *testing.T) {
	r := rand.New(rand.NewPCG(27, 28))
	for range 300 {
		s := random(r, 1+r.IntN(12), 1+r.IntN(5), r.Float64())
		f := FavorableOf(s, atLeastFour, true)
		if !f.Responses.OK() {
			if f.N != 0 || f.CI != nil || f.Items.OK() || f.Persons.OK() {
				t.Errorf("nothing answered: %+v", f)
			}
			continue
		}
		for _, share := range []Figure{f.Responses, f.Items, f.Persons} {
			if share.Value < 0 || share.Value > 1+1e-15 {
				t.Errorf("%+v", f)
			}
		}
		if f.CI.Low < 0 || f.CI.High > 1 || f.CI.Low > f.Responses.Value+1e-15 || f.CI.High < f.Responses.Value-1e-15 {
			t.Errorf("%v is outside of its interval %+v", f.Responses.Value, f.CI)
		}
		if all := FavorableOf(s, func(float64) bool { return true }, true); all.Responses.Value != 1 || all.Items.Value != 1 || all.Persons.Value != 1 {
			t.Errorf("everything is favorable: %+v", all)
		}
	}
}

func TestCodesFarFromZeroAndLargeSamplesKeepTheirDigits(t *testing.T) {
	s := random(rand.New(rand.NewPCG(29, 30)), 60_000, 4, 0.01)
	far := Sample{}
	for _, column := range s.Columns {
		var c []float64
		for _, x := range column {
			c = append(c, 1e6+x)
		}
		far.Columns = append(far.Columns, c)
	}
	a, b := AlphaOf(s, Listwise, Feldt), AlphaOf(far, Listwise, Feldt)
	relative(t, "alpha", b.Raw.Value, a.Raw.Value, 1e-11)
	relative(t, "alpha, low", b.CI.Low, a.CI.Low, 1e-11)
	relative(t, "alpha, pairwise", AlphaOf(far, Pairwise, Feldt).Raw.Value, AlphaOf(s, Pairwise, Feldt).Raw.Value, 1e-11)
	relative(t, "lambda-2", Lambda2(far).Value, Lambda2(s).Value, 1e-11)
	relative(t, "omega", OmegaOf(far).Value.Value, OmegaOf(s).Value.Value, 1e-8)
	for i, item := range ItemsOf(far) {
		relative(t, "SD", item.SD.Value, ItemsOf(s)[i].SD.Value, 1e-11)
		relative(t, "mean", item.Mean.Value-1e6, ItemsOf(s)[i].Mean.Value, 1e-9)
	}
	pairs, moved := make([]Pair, 60_000), make([]Pair, 60_000)
	for p := range pairs {
		x := float64(p % 5)
		y := float64(p*7%6) + 0.5
		pairs[p], moved[p] = Pair{x, y}, Pair{1e6 + x, 1e6 + y}
	}
	c, d := ChangeOf(pairs), ChangeOf(moved)
	relative(t, "t", d.T.Value, c.T.Value, 1e-11)
	relative(t, "d_z, low", d.DZCI.Low, c.DZCI.Low, 1e-10)
	relative(t, "d_av", d.DAv.Value, c.DAv.Value, 1e-11)
	same(t, "Wilcoxon p", d.Wilcoxon.P, &c.Wilcoxon.P.Value, 1e-12)
}
