package psychometrics

import "math"

// Item is what the answers of many persons say of one item of a scale.
type Item struct {
	N              int    // valid answers
	Mean, SD       Figure // on the keyed metric, over the answers that are there
	ItemRest       Figure // correlation with the sum of the other items, over the complete cases
	AlphaIfDropped Figure // raw alpha of the other items, over the scale's complete cases
}

// ItemsOf gives the statistics of each item of a scale.
func ItemsOf(s Sample) []Item {
	complete := s.Complete()
	c, n := covarianceOf(complete), complete.Persons()
	items := make([]Item, s.Items())
	for i, column := range s.Columns {
		it := &items[i]
		it.Mean, it.SD, it.N = spreadOf(column)
		it.ItemRest = itemRest(c, n, i)
		it.AlphaIfDropped = rawAlpha(c.without(i), n)
		if c.k == 2 {
			it.AlphaIfDropped = None(TooFewItems)
		}
	}
	return items
}

// itemRest is the correlation of an item with the sum of the others, from covariances: cov(i, T - i) / sqrt(var i * var(T - i)).
func itemRest(c covariance, n, item int) Figure {
	switch {
	case c.k < 2:
		return None(TooFewItems)
	case n < 2:
		return None(TooFewPersons)
	}
	own, with := c.at(item, item), 0.0
	for j := range c.k {
		if j != item {
			with += c.at(item, j)
		}
	}
	rest := c.without(item)
	spread := rest.total()
	if own <= 0 || spread <= vanishing*rest.trace() {
		return None(NoVariance)
	}
	return Known(clip(with/math.Sqrt(own*spread), -1, 1))
}
