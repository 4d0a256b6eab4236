package psychometrics

import "math"

// Wilson is the score interval (Wilson 1927) at 95 % for x of n; nil when n is 0.
func Wilson(x, n int) *Interval {
	if n == 0 {
		return nil
	}
	p, m, z2 := float64(x)/float64(n), float64(n), normal975*normal975
	middle := (p + z2/(2*m)) / (1 + z2/m)
	half := normal975 / (1 + z2/m) * math.Sqrt(p*(1-p)/m+z2/(4*m*m))
	interval := &Interval{middle - half, middle + half}
	// At the ends one limit is the proportion itself, but for rounding.
	if x == 0 {
		interval.Low = 0
	}
	if x == n {
		interval.High = 1
	}
	return interval
}

// Favorable is percent favorable in three ways, each a share from 0 to 1.
type Favorable struct {
	Responses Figure    // favorable answers / valid answers
	Items     Figure    // mean of the items' shares
	Persons   Figure    // mean of the persons' shares
	CI        *Interval // Wilson, of Responses
	N         int       // valid answers
}

// FavorableOf counts answers that favorable names. declared is false when the scale does not say which are.
func FavorableOf(s Sample, favorable func(x float64) bool, declared bool) Favorable {
	none := func(why Reason) Favorable {
		return Favorable{Responses: None(why), Items: None(why), Persons: None(why)}
	}
	if !declared {
		return none(NotDeclared)
	}
	yes, all := 0, 0
	items, itemCount := 0.0, 0
	byPerson, given := make([]int, s.Persons()), make([]int, s.Persons())
	for _, column := range s.Columns {
		itemYes, itemAll := 0, 0
		for p, x := range column {
			if math.IsNaN(x) {
				continue
			}
			itemAll++
			given[p]++
			if favorable(x) {
				itemYes++
				byPerson[p]++
			}
		}
		yes, all = yes+itemYes, all+itemAll
		if itemAll > 0 {
			items += float64(itemYes) / float64(itemAll)
			itemCount++
		}
	}
	if all == 0 {
		return none(TooFewPersons)
	}
	persons, count := 0.0, 0
	for p := range given {
		if given[p] > 0 {
			persons += float64(byPerson[p]) / float64(given[p])
			count++
		}
	}
	return Favorable{
		Responses: Known(float64(yes) / float64(all)), Items: Known(items / float64(itemCount)), Persons: Known(persons / float64(count)),
		CI: Wilson(yes, all), N: all,
	}
}
