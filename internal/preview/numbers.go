package preview

import (
	"math"

	"surveyd/internal/csvfile"
)

// shownDecimals is how many digits behind the point a researcher reads at a glance.
const shownDecimals = 4

// number writes a number for reading: at most shownDecimals digits behind the point, none that say nothing.
func number(x float64) string {
	scale := math.Pow10(shownDecimals)
	if rounded := math.Round(x*scale) / scale; !math.IsInf(x*scale, 0) {
		x = rounded
	}
	return exact(x)
}

// exact writes a number as a score file would: the shortest form that reads back to the same.
func exact(x float64) string { return string(csvfile.AppendNumber(nil, x)) }

// percent writes a share from 0 to 1 as a percentage, to a tenth.
func percent(share float64) string { return exact(math.Round(1000*share) / 10) }
