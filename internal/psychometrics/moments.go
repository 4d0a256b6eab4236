package psychometrics

import "math"

// meanOf is the mean of the numbers that are there, and how many these are. The mean of none is 0.
func meanOf(column []float64) (mean float64, n int) {
	sum := 0.0
	for _, x := range column {
		if x == x {
			sum += x
			n++
		}
	}
	if n == 0 {
		return 0, 0
	}
	mean = sum / float64(n)
	// A second pass takes out what rounding has left in the first.
	rest := 0.0
	for _, x := range column {
		if x == x {
			rest += x - mean
		}
	}
	return mean + rest/float64(n), n
}

// spreadOf is mean, standard deviation (denominator n - 1) and count of the numbers that are there.
func spreadOf(column []float64) (mean, sd Figure, n int) {
	m, n := meanOf(column)
	if n == 0 {
		return None(TooFewPersons), None(TooFewPersons), 0
	}
	if n < 2 {
		return Known(m), None(TooFewPersons), n
	}
	squares := 0.0
	for _, x := range column {
		if x == x {
			squares += (x - m) * (x - m)
		}
	}
	return Known(m), Known(math.Sqrt(squares / float64(n-1))), n
}

// covariance is a symmetric matrix, k by k.
type covariance struct {
	k int
	s []float64
}

func (c covariance) at(i, j int) float64 { return c.s[i*c.k+j] }

func (c covariance) set(i, j int, x float64) {
	c.s[i*c.k+j], c.s[j*c.k+i] = x, x
}

// total is the variance of the items' sum, 1'S1.
func (c covariance) total() float64 {
	sum := 0.0
	for _, x := range c.s {
		sum += x
	}
	return sum
}

// trace is the sum of the items' variances.
func (c covariance) trace() float64 {
	sum := 0.0
	for i := range c.k {
		sum += c.at(i, i)
	}
	return sum
}

// hasConstant says whether an item has no variance.
func (c covariance) hasConstant() bool {
	for i := range c.k {
		if c.at(i, i) <= 0 {
			return true
		}
	}
	return false
}

// without is the matrix of the other items.
func (c covariance) without(item int) covariance {
	out := covariance{k: c.k - 1, s: make([]float64, 0, (c.k-1)*(c.k-1))}
	for i := range c.k {
		for j := range c.k {
			if i != item && j != item {
				out.s = append(out.s, c.at(i, j))
			}
		}
	}
	return out
}

// block is how many persons are taken at a time: their answers to a long scale stay in the processor's nearest memory.
const block = 1024

// covarianceOf is the covariance matrix (denominator n - 1) of a sample without missing answers.
func covarianceOf(s Sample) covariance {
	k, n := s.Items(), s.Persons()
	c := covariance{k: k, s: make([]float64, k*k)}
	if n < 2 {
		return c
	}
	means := make([]float64, k)
	for i, column := range s.Columns {
		means[i], _ = meanOf(column)
	}
	centred := make([]float64, k*block)
	for from := 0; from < n; from += block {
		size := min(block, n-from)
		for i, column := range s.Columns {
			mean, row := means[i], centred[i*block:i*block+size]
			for p, x := range column[from : from+size] {
				row[p] = x - mean
			}
		}
		for i := range k {
			a := centred[i*block : i*block+size]
			for j := i; j < k; j++ {
				c.s[i*k+j] += dot(a, centred[j*block:j*block+size])
			}
		}
	}
	for i := range k {
		for j := i; j < k; j++ {
			c.set(i, j, c.at(i, j)/float64(n-1))
		}
	}
	return c
}

// dot sums products in four lanes, which the processor works on at the same time.
func dot(a, b []float64) float64 {
	var s0, s1, s2, s3 float64
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// pairwiseCovariance takes for each pair of items the persons who answered both; n is the smallest such number.
func pairwiseCovariance(s Sample) (c covariance, n int) {
	k := s.Items()
	c = covariance{k: k, s: make([]float64, k*k)}
	n = s.Persons()
	for i := range k {
		for j := i; j < k; j++ {
			cov, both := pairCovariance(s.Columns[i], s.Columns[j])
			c.set(i, j, cov)
			n = min(n, both)
		}
	}
	return c, n
}

func pairCovariance(a, b []float64) (cov float64, n int) {
	var sumA, sumB float64
	for p := range a {
		if both := a[p] == a[p] && b[p] == b[p]; both {
			sumA += a[p]
			sumB += b[p]
			n++
		}
	}
	if n < 2 {
		return 0, n
	}
	meanA, meanB, sum := sumA/float64(n), sumB/float64(n), 0.0
	// As in meanOf, so that a constant column has no variance whatever its value.
	var restA, restB float64
	for p := range a {
		if both := a[p] == a[p] && b[p] == b[p]; both {
			restA += a[p] - meanA
			restB += b[p] - meanB
		}
	}
	meanA, meanB = meanA+restA/float64(n), meanB+restB/float64(n)
	for p := range a {
		if both := a[p] == a[p] && b[p] == b[p]; both {
			sum += (a[p] - meanA) * (b[p] - meanB)
		}
	}
	return sum / float64(n-1), n
}

// correlation of two items; none when one of them has no variance.
func (c covariance) correlation(i, j int) Figure {
	vi, vj := c.at(i, i), c.at(j, j)
	if vi <= 0 || vj <= 0 {
		return None(NoVariance)
	}
	return Known(clip(c.at(i, j)/math.Sqrt(vi*vj), -1, 1))
}

func clip(x, low, high float64) float64 { return min(max(x, low), high) }
