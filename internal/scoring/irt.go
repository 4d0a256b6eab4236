package scoring

import (
	"math"

	"surveyd/internal/instrument"
)

// irtPlan is an item response model made ready: for an EAP the log-likelihood of every category of every item at every node
// of the quadrature, so that a person costs additions and one exponential for each node.
type irtPlan struct {
	items    []irtItem
	nodes    []float64
	logPrior []float64 // of the nodes, up to a constant
	report   instrument.Linear
	reported bool // report is declared
}

// irtItem is one item of the model. Categories count from 0, the lowest scored code after reversal.
type irtItem struct {
	values  []float64 // keyed codes, ascending: the category is the position
	slope   float64   // D * a
	b       []float64
	graded  bool
	logProb [][]float64 // by category and node
}

// planIRT prepares the model of a scale; nil when it has none.
func planIRT(scale *instrument.Scale, keys []keyPlan) *irtPlan {
	m := scale.IRT
	if m == nil {
		return nil
	}
	plan := &irtPlan{nodes: gridOf(m.Quadrature)}
	if m.Report != nil {
		plan.report, plan.reported = *m.Report, true
	}
	for _, t := range plan.nodes {
		z := (t - m.PriorMean) / m.PriorSD
		plan.logPrior = append(plan.logPrior, -0.5*float64(z*z))
	}
	for i, p := range m.Items {
		it := irtItem{slope: m.Scaling * p.A, b: p.B, graded: m.Model == instrument.GRM, values: keys[i].values()}
		it.logProb = make([][]float64, len(p.B)+1)
		for k := range it.logProb {
			it.logProb[k] = make([]float64, len(plan.nodes))
		}
		probabilities := make([]float64, len(p.B)+1)
		for q, t := range plan.nodes {
			it.logProbabilities(t, probabilities)
			for k, lp := range probabilities {
				it.logProb[k][q] = lp
			}
		}
		plan.items = append(plan.items, it)
	}
	return plan
}

// gridOf gives the nodes of a quadrature: equidistant, both ends exact.
func gridOf(q instrument.Quadrature) []float64 {
	nodes := make([]float64, q.Points)
	for i := range nodes {
		nodes[i] = q.From + float64((q.To-q.From)*float64(i))/float64(q.Points-1)
	}
	return nodes
}

// category finds the category of a keyed value.
func (it *irtItem) category(value float64) int {
	for k, v := range it.values {
		if v == value {
			return k
		}
	}
	return -1
}

// logProbabilities writes the log-probability of each category at theta t. In logs, and without differences of nearly equal
// numbers, so that extreme answers keep their digits.
//
// Graded response model: Samejima (1969), P_k = P*_k - P*_{k+1}, P*_k = logistic(D a (t - b_k)). Generalized partial credit:
// Muraki (1992), P_k ~ exp(sum_{j<=k} D a (t - b_j)).
func (it *irtItem) logProbabilities(t float64, into []float64) {
	if it.graded {
		it.logGraded(t, into)
		return
	}
	sum, top := 0.0, 0.0
	into[0] = 0
	for k, b := range it.b {
		sum += float64(it.slope * (t - b))
		into[k+1] = sum
		top = max(top, sum)
	}
	total := 0.0
	for _, x := range into {
		total += math.Exp(x - top)
	}
	norm := top + math.Log(total)
	for k := range into {
		into[k] -= norm
	}
}

func (it *irtItem) logGraded(t float64, into []float64) {
	last := len(it.b)
	for k := range into {
		switch {
		case k == 0:
			into[k] = logLogistic(-it.slope * (t - it.b[0]))
		case k == last:
			into[k] = logLogistic(it.slope * (t - it.b[k-1]))
		default:
			// logistic(x) - logistic(y) = exp(-y) (1 - exp(y - x)) logistic(x) logistic(y), x > y
			x, y := it.slope*(t-it.b[k-1]), it.slope*(t-it.b[k])
			into[k] = -y + math.Log(-math.Expm1(y-x)) + logLogistic(x) + logLogistic(y)
		}
	}
}

// logLogistic is log(1 / (1 + exp(-x))).
func logLogistic(x float64) float64 {
	if x < 0 {
		return x - math.Log1p(math.Exp(x))
	}
	return -math.Log1p(math.Exp(-x))
}

// reporting puts theta on the declared reporting metric.
func (p *irtPlan) reporting(theta float64) float64 {
	return float64(p.report.Slope*theta) + p.report.Intercept
}
