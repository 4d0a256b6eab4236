package psychometrics

import "slices"

// prime is the field in which linear combinations are looked for: exact, where floating point would have to guess what is zero.
// What is a combination with whole numbers is one here too.
const prime = 1<<31 - 1

// vector is a sparse vector over the field, by ascending position, without zeros.
type vector []entry

type entry struct {
	at    int
	value uint64
}

// span is the set of all linear combinations of the vectors added, as a basis of which each vector has a leading position that
// no other has.
type span struct {
	byLead map[int]vector // with leading value 1
}

func newSpan() *span { return &span{byLead: map[int]vector{}} }

// reduce takes out of v what the span has; nothing is left of a vector in the span. What is left has the leading value 1.
func (s *span) reduce(v vector) vector {
	for i := 0; i < len(v); {
		base, ok := s.byLead[v[i].at]
		if !ok {
			i++
			continue
		}
		v = combine(v, prime-v[i].value, base)
		// The position is gone; what came in lies behind it.
	}
	return normalize(v)
}

// add takes a reduced vector into the basis, and its leading position out of the others.
func (s *span) add(row vector) {
	lead := row[0].at
	for at, base := range s.byLead {
		s.byLead[at] = eliminate(base, row)
	}
	s.byLead[lead] = row
}

// eliminate takes the leading position of row out of v.
func eliminate(v, row vector) vector {
	i, ok := slices.BinarySearchFunc(v, row[0].at, func(e entry, at int) int { return e.at - at })
	if !ok {
		return v
	}
	return combine(v, prime-v[i].value, row)
}

func normalize(v vector) vector {
	if len(v) == 0 || v[0].value == 1 {
		return v
	}
	factor := inverse(v[0].value)
	out := make(vector, len(v))
	for i, e := range v {
		out[i] = entry{e.at, e.value * factor % prime}
	}
	return out
}

// combine is v + factor * w.
func combine(v vector, factor uint64, w vector) vector {
	out := make(vector, 0, len(v)+len(w))
	i, j := 0, 0
	for i < len(v) || j < len(w) {
		switch {
		case j == len(w) || i < len(v) && v[i].at < w[j].at:
			out = append(out, v[i])
			i++
		case i == len(v) || w[j].at < v[i].at:
			if x := factor * w[j].value % prime; x != 0 {
				out = append(out, entry{w[j].at, x})
			}
			j++
		default:
			if x := (v[i].value + factor*w[j].value) % prime; x != 0 {
				out = append(out, entry{v[i].at, x})
			}
			i, j = i+1, j+1
		}
	}
	return out
}

func subtract(v, w vector) vector { return combine(v, prime-1, w) }

// merge is the members of either of two sets that share none.
func merge(v, w vector) vector { return combine(v, 1, w) }

// inverse is 1 / x in the field, x^(p-2).
func inverse(x uint64) uint64 {
	result, base := uint64(1), x
	for n := uint64(prime - 2); n > 0; n >>= 1 {
		if n&1 == 1 {
			result = result * base % prime
		}
		base = base * base % prime
	}
	return result
}
