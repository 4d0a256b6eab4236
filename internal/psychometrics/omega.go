package psychometrics

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// Omega is omega total of a one-factor model fitted by maximum likelihood, and how well that model fits.
type Omega struct {
	N        int
	Value    Figure    // (sum of loadings)^2 / ((sum of loadings)^2 + sum of unique variances)
	Loadings []float64 // on the items' metric; nil when there is no solution
	Fit      Fit
}

// Fit is how well the one-factor model gives back the covariances. With three items it does so always, and says nothing.
type Fit struct {
	ChiSquare Figure // N times the ML discrepancy
	DF        int
	CFI       Figure // Bentler (1990), against independence
	RMSEA     Figure // Steiger (1990), sqrt(max(0, chi2 - df) / (df N))
	SRMR      Figure // root mean square of the residual correlations, the diagonal included
}

// OmegaOf computes omega total (McDonald 1999) over the complete cases.
func OmegaOf(s Sample) Omega {
	complete := s.Complete()
	c, n := covarianceOf(complete), complete.Persons()
	none := func(why Reason) Omega {
		return Omega{N: n, Value: None(why), Fit: Fit{ChiSquare: None(why), CFI: None(why), RMSEA: None(why), SRMR: None(why)}}
	}
	switch {
	case c.k < 3:
		return none(TooFewItems)
	case n < 2:
		return none(TooFewPersons)
	}
	if c.hasConstant() {
		return none(ZeroItem)
	}
	r := correlations(c)
	var chol mat.Cholesky
	if !chol.Factorize(r) || chol.Cond() > 1e12 {
		return none(Singular)
	}
	loadings, why := oneFactor(r)
	if why != "" {
		return none(why)
	}
	o := Omega{N: n, Fit: fitOf(r, &chol, loadings, n)}
	sum, unique := 0.0, 0.0
	for i, l := range loadings {
		sd := math.Sqrt(c.at(i, i))
		o.Loadings = append(o.Loadings, l*sd)
		sum += l * sd
		unique += (1 - l*l) * sd * sd
	}
	o.Value = Known(sum * sum / (sum*sum + unique))
	return o
}

func correlations(c covariance) *mat.SymDense {
	r := mat.NewSymDense(c.k, nil)
	for i := range c.k {
		for j := range i + 1 {
			r.SetSym(i, j, c.at(i, j)/math.Sqrt(c.at(i, i)*c.at(j, j)))
		}
		r.SetSym(i, i, 1)
	}
	return r
}

// leastUnique is the unique variance, as a share of an item's, at which a solution counts as improper.
const leastUnique = 1e-4

// oneFactor gives the standardized loadings of the maximum likelihood solution, their sum not negative.
func oneFactor(r *mat.SymDense) (loadings []float64, why Reason) {
	k := r.SymmetricDim()
	if k == 3 {
		loadings, why = threeItems(r)
	} else {
		loadings, why = maximumLikelihood(r)
	}
	sum := 0.0
	for _, l := range loadings {
		if 1-l*l < leastUnique {
			return nil, Heywood
		}
		sum += l
	}
	if sum < 0 {
		for i := range loadings {
			loadings[i] = -loadings[i]
		}
	}
	return loadings, why
}

// threeItems solves the model in closed form: l1 = sqrt(r12 r13 / r23) and so on, with the signs of the correlations.
func threeItems(r *mat.SymDense) ([]float64, Reason) {
	a, b, c := r.At(0, 1), r.At(0, 2), r.At(1, 2)
	if a*b*c <= 0 {
		return nil, Heywood // one of the squared loadings would be negative, or infinite
	}
	first := math.Sqrt(a * b / c)
	return []float64{first, a / first, b / first}, ""
}

// maximumLikelihood minimizes the discrepancy over the unique variances; for given ones the best loadings are those of the
// first eigenvector (Joreskog 1967). It works on their logs, so that they stay above zero.
func maximumLikelihood(r *mat.SymDense) ([]float64, Reason) {
	k := r.SymmetricDim()
	var inverse mat.Cholesky
	if !inverse.Factorize(r) {
		return nil, Singular
	}
	var inv mat.SymDense
	if err := inverse.InverseTo(&inv); err != nil {
		return nil, Singular
	}
	start := make([]float64, k)
	for i := range start {
		// The unique variance that the squared multiple correlation leaves, as factor programs begin.
		start[i] = math.Log(clip(0.5/inv.At(i, i)+0.1, 0.01, 1))
	}
	model := &concentrated{r: r, k: k}
	problem := optimize.Problem{Func: model.discrepancy, Grad: model.gradient}
	settings := &optimize.Settings{GradientThreshold: 1e-10, MajorIterations: 5000, FuncEvaluations: 50_000}
	// Whether the end is a minimum is read off the slope below, which says more than the optimizer's own word.
	result, _ := optimize.Minimize(problem, start, settings, &optimize.BFGS{})
	if result == nil {
		return nil, NotConverged
	}
	loadings, _, ok := model.solve(result.X)
	if !ok {
		return nil, NotConverged
	}
	for _, x := range result.X {
		if math.Exp(x) < leastUnique {
			return nil, Heywood
		}
	}
	if steepest := model.steepest(result.X); steepest > 1e-6 || math.IsNaN(steepest) {
		return nil, NotConverged
	}
	return loadings, ""
}

// concentrated is the discrepancy as a function of the logs of the unique variances alone.
type concentrated struct {
	r *mat.SymDense
	k int
}

// solve gives the best loadings for unique variances, and the discrepancy.
func (m *concentrated) solve(logs []float64) (loadings []float64, f float64, ok bool) {
	scaled := mat.NewSymDense(m.k, nil)
	for i := range m.k {
		for j := range i + 1 {
			scaled.SetSym(i, j, m.r.At(i, j)*math.Exp(-0.5*(logs[i]+logs[j])))
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(scaled, true) {
		return nil, 0, false
	}
	values := eigen.Values(nil)
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	first := values[m.k-1]
	length := math.Sqrt(max(first-1, 0))
	loadings = make([]float64, m.k)
	for i := range loadings {
		loadings[i] = math.Exp(0.5*logs[i]) * vectors.At(i, m.k-1) * length
	}
	// F = sum over the other eigenvalues of (e - log e - 1)
	for _, e := range values[:m.k-1] {
		f += e - math.Log(e) - 1
	}
	if first < 1 {
		f += first - math.Log(first) - 1
	}
	return loadings, f, !math.IsNaN(f)
}

func (m *concentrated) discrepancy(logs []float64) float64 {
	_, f, ok := m.solve(logs)
	if !ok {
		return math.Inf(1)
	}
	return f
}

// gradient is dF/dlog(u) = (l^2 + u - 1) / u for each item (Lawley & Maxwell 1971).
func (m *concentrated) gradient(grad, logs []float64) {
	loadings, _, ok := m.solve(logs)
	for i := range grad {
		if !ok {
			grad[i] = 0
			continue
		}
		u := math.Exp(logs[i])
		grad[i] = (loadings[i]*loadings[i] + u - 1) / u
	}
}

func (m *concentrated) steepest(logs []float64) float64 {
	grad, steepest := make([]float64, m.k), 0.0
	m.gradient(grad, logs)
	for _, g := range grad {
		steepest = max(steepest, math.Abs(g))
	}
	return steepest
}

// fitOf compares the model's correlations with those that were found.
func fitOf(r *mat.SymDense, chol *mat.Cholesky, loadings []float64, n int) Fit {
	k := len(loadings)
	fit := Fit{DF: k*(k-1)/2 - k}
	if fit.DF == 0 {
		none := None(NotIdentified)
		fit.ChiSquare, fit.CFI, fit.RMSEA, fit.SRMR = none, none, none, none
		return fit
	}
	implied := mat.NewSymDense(k, nil)
	squares := 0.0
	for i := range k {
		for j := range i {
			product := loadings[i] * loadings[j]
			implied.SetSym(i, j, product)
			squares += (r.At(i, j) - product) * (r.At(i, j) - product)
		}
		implied.SetSym(i, i, 1)
	}
	var model mat.Cholesky
	if !model.Factorize(implied) {
		none := None(Singular)
		fit.ChiSquare, fit.CFI, fit.RMSEA, fit.SRMR = none, none, none, none
		return fit
	}
	var ratio mat.Dense
	if err := model.SolveTo(&ratio, r); err != nil {
		none := None(Singular)
		fit.ChiSquare, fit.CFI, fit.RMSEA, fit.SRMR = none, none, none, none
		return fit
	}
	// F = log|Sigma| - log|S| + tr(S Sigma^-1) - k
	persons, df := float64(n), float64(fit.DF)
	chi2 := persons * max(model.LogDet()-chol.LogDet()+mat.Trace(&ratio)-float64(k), 0)
	alone, aloneDF := -persons*chol.LogDet(), float64(k*(k-1)/2)
	fit.ChiSquare = Known(chi2)
	excess := max(chi2-df, 0)
	fit.RMSEA = Known(math.Sqrt(excess / (df * persons)))
	if worst := max(alone-aloneDF, excess); worst > 0 {
		fit.CFI = Known(1 - excess/worst)
	} else {
		fit.CFI = Known(1)
	}
	fit.SRMR = Known(math.Sqrt(squares / float64(k*(k+1)/2)))
	return fit
}
