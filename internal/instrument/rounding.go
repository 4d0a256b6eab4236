package instrument

import "math"

// slack keeps a number that is whole, or a half, but for the last bits of its binary fraction from being rounded the wrong way.
const slack = 1e-9

// Apply rounds a prorated sum by the rule.
func (r Rounding) Apply(x float64) float64 {
	switch r {
	case RoundHalfUp:
		return math.Floor(x + 0.5 + slack)
	case RoundHalfEven:
		if whole := math.Floor(x); math.Abs(x-whole-0.5) < slack {
			return math.RoundToEven(whole + 0.5)
		}
		return math.RoundToEven(x)
	case RoundUp:
		return math.Ceil(x - slack)
	default:
		return x
	}
}
