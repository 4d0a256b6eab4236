package psychometrics

import "math"

// Description is how many numbers there are, where they lie and how far apart.
type Description struct {
	N        int
	Mean, SD Figure    // denominator n - 1
	CI       *Interval // of the mean, from the t distribution; nil without an SD
}

// Describe describes the numbers of a column that are there (not NaN).
func Describe(column []float64) Description {
	var d Description
	d.Mean, d.SD, d.N = spreadOf(column)
	if d.SD.OK() {
		half := student975(float64(d.N-1)) * d.SD.Value / math.Sqrt(float64(d.N))
		d.CI = &Interval{d.Mean.Value - half, d.Mean.Value + half}
	}
	return d
}
