package psychometrics

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// cell is how many persons have the same answer and the same predictors.
type cell struct {
	category int
	x        []float64
	n        float64
}

// proportionalOdds fits ordinal logistic regression, logit P(Y <= j) = zeta_j - x beta (McCullagh 1980), and gives the
// log-likelihood at its maximum. Categories count from 0 and all of them occur. ok is false when there is no maximum: a
// predictor then divides the answers completely, or says the same as another.
func proportionalOdds(cells []cell, categories, predictors int) (logLikelihood float64, ok bool) {
	m := &ordinalModel{cells: cells, cuts: categories - 1, size: categories - 1 + predictors}
	theta := m.start(categories)
	current := m.likelihood(theta)
	for range 200 {
		gradient, information := m.derivatives(theta)
		var chol mat.Cholesky
		if !chol.Factorize(information) || chol.Cond() > 1e14 {
			return 0, false
		}
		var step mat.VecDense
		if err := chol.SolveVecTo(&step, mat.NewVecDense(m.size, gradient)); err != nil {
			return 0, false
		}
		// Half of the squared length of the step, in the metric of the information, is what is still to be won.
		gain := mat.Dot(&step, mat.NewVecDense(m.size, gradient)) / 2
		if gain < 1e-14*max(1, math.Abs(current)) {
			return current, !m.runaway(&chol)
		}
		next, better := make([]float64, m.size), false
		for scale := 1.0; scale > 1e-8; scale /= 2 {
			for i := range next {
				next[i] = theta[i] + scale*step.AtVec(i)
			}
			if l := m.likelihood(next); l > current {
				theta, current, better = next, l, true
				break
			}
		}
		if !better { // rounding is all that is left
			return current, gain < 1e-9 && !m.runaway(&chol)
		}
	}
	return 0, false
}

// ordinalModel is the likelihood of cells as a function of the cut points and slopes, in this order.
type ordinalModel struct {
	cells []cell
	cuts  int
	size  int
}

// start is the cut points of the answers without predictors.
func (m *ordinalModel) start(categories int) []float64 {
	counts, total := make([]float64, categories), 0.0
	for _, c := range m.cells {
		counts[c.category] += c.n
		total += c.n
	}
	theta, below := make([]float64, m.size), 0.0
	for j := range m.cuts {
		below += counts[j]
		theta[j] = math.Log(below / (total - below))
	}
	return theta
}

// ends gives the arguments of the logistic function at the upper and the lower end of a cell's category.
func (m *ordinalModel) ends(theta []float64, c *cell) (upper, lower float64) {
	eta := 0.0
	for i, x := range c.x {
		eta += theta[m.cuts+i] * x
	}
	upper, lower = math.Inf(1), math.Inf(-1)
	if c.category < m.cuts {
		upper = theta[c.category] - eta
	}
	if c.category > 0 {
		lower = theta[c.category-1] - eta
	}
	return upper, lower
}

// between01 is logistic(upper) - logistic(lower) without cancellation.
func between01(upper, lower float64) float64 {
	switch {
	case math.IsInf(lower, -1):
		return logistic(upper)
	case math.IsInf(upper, 1):
		return logistic(-lower)
	}
	return logistic(upper) * logistic(-lower) * -math.Expm1(lower-upper)
}

func logistic(x float64) float64 {
	if x < 0 {
		e := math.Exp(x)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(-x))
}

func (m *ordinalModel) likelihood(theta []float64) float64 {
	for j := 1; j < m.cuts; j++ {
		if theta[j] <= theta[j-1] {
			return math.Inf(-1)
		}
	}
	sum := 0.0
	for i := range m.cells {
		c := &m.cells[i]
		upper, lower := m.ends(theta, c)
		p := between01(upper, lower)
		if p <= 0 {
			return math.Inf(-1)
		}
		sum += c.n * math.Log(p)
	}
	return sum
}

// derivatives gives the gradient and the negative Hessian. The likelihood is concave, so that the latter has a root.
func (m *ordinalModel) derivatives(theta []float64) ([]float64, *mat.SymDense) {
	gradient, information := make([]float64, m.size), mat.NewSymDense(m.size, nil)
	up, down := make([]float64, m.size), make([]float64, m.size)
	for i := range m.cells {
		c := &m.cells[i]
		upper, lower := m.ends(theta, c)
		p := between01(upper, lower)
		fu, fl := density(upper), density(lower)
		du, dl := fu/p, -fl/p
		duu := fu*(1-2*logistic(upper))/p - du*du
		dll := -fl*(1-2*logistic(lower))/p - dl*dl
		dul := -du * dl
		clear(up)
		clear(down)
		if c.category < m.cuts {
			up[c.category] = 1
		}
		if c.category > 0 {
			down[c.category-1] = 1
		}
		for j, x := range c.x {
			up[m.cuts+j], down[m.cuts+j] = -x, -x
		}
		for a := range m.size {
			gradient[a] += c.n * (du*up[a] + dl*down[a])
			for b := a; b < m.size; b++ {
				second := duu*up[a]*up[b] + dll*down[a]*down[b] + dul*(up[a]*down[b]+down[a]*up[b])
				information.SetSym(a, b, information.At(a, b)-c.n*second)
			}
		}
	}
	return gradient, information
}

// density is the derivative of the logistic function; 0 at infinity.
func density(x float64) float64 {
	if math.IsInf(x, 0) {
		return 0
	}
	return logistic(x) * logistic(-x)
}

// runaway says whether a slope has gone where no data hold it: its variance is then beyond all measure. Predictors are
// standardized or 0 and 1.
func (m *ordinalModel) runaway(information *mat.Cholesky) bool {
	var inverse mat.SymDense
	if err := information.InverseTo(&inverse); err != nil {
		return true
	}
	for i := m.cuts; i < m.size; i++ {
		if inverse.At(i, i) > 1e6 {
			return true
		}
	}
	return false
}
