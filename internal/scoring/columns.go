package scoring

import (
	"math"

	"surveyd/internal/instrument"
)

// What stands in a column for somebody who chose no option.
const (
	Blank  = 255 // no valid answer
	Hidden = 254 // the item was not shown
)

// Columns is the answers of many persons to choice items, by position of the item in the instrument: a byte a person, the
// position of the chosen option, Blank or Hidden. It is nil for an item of another kind.
type Columns [][]uint8

// ColumnScores is one scale's scores of many persons.
type ColumnScores struct {
	Value    []float64 // NaN where there is no score
	Answered []uint8   // validly answered items
	Shown    []uint8   // items that were shown
}

// Reason says why the person at a position has no score; empty when there is one.
func (c *ColumnScores) Reason(person int) Reason {
	switch {
	case !math.IsNaN(c.Value[person]):
		return ""
	case c.Shown[person] == 0:
		return NotShown
	case c.Answered[person] == 0:
		return NotAnswered
	}
	return TooFewAnswered
}

// HasColumns says whether a scale can be scored by columns: its items are choices, and no model stands between answers and score.
func HasColumns(scale *instrument.Scale) bool {
	if HasError(scale) || len(scale.Items) > 250 {
		return false
	}
	for _, key := range scale.Items {
		if key.Item.Kind != instrument.Choice || len(key.Item.Responses.Options) > Hidden {
			return false
		}
	}
	return true
}

// block is how many persons are scored at a time: what is added up for them stays in the processor's nearest memory.
const block = 2048

// ScoreColumns scores one scale, for which HasColumns holds, for all persons of columns. It gives the bits that ScoreInto gives,
// without what is derived from a score, and writes into the memory of into where that is large enough.
func (s *Scorer) ScoreColumns(scale *instrument.Scale, columns Columns, into *ColumnScores) {
	p := &s.scales[scale.Index]
	persons := len(columns[p.keys[0].item])
	into.Value, into.Answered, into.Shown = sized(into.Value, persons), sized(into.Answered, persons), sized(into.Shown, persons)
	packed, whole := p.packedTables()
	if whole {
		p.scorePacked(packed, columns, into)
		return
	}
	tables := make([]codeTable, len(p.keys))
	for i := range p.keys {
		tables[i] = p.codeTable(&p.keys[i])
	}
	p.scoreTables(tables, columns, into)
}

// packedTable is what each byte of an item's column adds to a person's count: the keyed code, above the lowest, from bit 16 on,
// whether it is answered from bit 8 on, whether it is shown from bit 0 on.
type packedTable [256]uint64

// packedTables makes the tables of a scale whose codes are whole numbers that all count the same. Sums of such are exact in
// whatever order and form they are added.
func (p *scalePlan) packedTables() (tables []packedTable, ok bool) {
	if p.pompFirst {
		return nil, false
	}
	tables = make([]packedTable, len(p.keys))
	for i := range p.keys {
		k := &p.keys[i]
		for code := range Hidden {
			tables[i][code] = 1
		}
		tables[i][Blank] = 1
		for code, o := range k.options {
			if !o.scored {
				continue
			}
			above := o.value - p.min
			if k.weight != 1 || p.min != math.Trunc(p.min) || above != math.Trunc(above) || above < 0 || above > 1e9 {
				return nil, false
			}
			tables[i][code] = uint64(above)<<16 | 1<<8 | 1
		}
	}
	return tables, true
}

func (p *scalePlan) scorePacked(tables []packedTable, columns Columns, into *ColumnScores) {
	var counts [block]uint64
	persons, required := len(into.Value), max(p.required(), 1)
	for from := 0; from < persons; from += block {
		size := min(block, persons-from)
		clear(counts[:size])
		for i := range p.keys {
			addPacked(counts[:size], columns[p.keys[i].item][from:from+size], &tables[i])
		}
		answered, shown, values := into.Answered[from:from+size], into.Shown[from:from+size], into.Value[from:from+size]
		for j, count := range counts[:size] {
			n := uint8(count >> 8)
			answered[j], shown[j] = n, uint8(count)
			if int(n) < required {
				values[j] = math.NaN()
				continue
			}
			weight := float64(n)
			values[j] = p.value(tally{sum: float64(count>>16) + float64(p.min*weight), weight: weight})
		}
	}
}

func addPacked(counts []uint64, column []uint8, table *packedTable) {
	column = column[:len(counts)]
	for j := range counts {
		counts[j] += table[column[j]]
	}
}

// codeTable is what each byte of an item's column counts for where codes or weights have fractions.
type codeTable struct {
	sum, weight, pomp [256]float64
	answered, shown   [256]uint8
}

func (p *scalePlan) scoreTables(tables []codeTable, columns Columns, into *ColumnScores) {
	persons, required := len(into.Value), max(p.required(), 1)
	for person := range persons {
		var t tally
		for i := range p.keys {
			code, table := columns[p.keys[i].item][person], &tables[i]
			// Whoever has no answer gets 0 added, which changes no bit of a sum.
			t.sum += table.sum[code]
			t.weight += table.weight[code]
			t.pomp += table.pomp[code]
			t.answered += int(table.answered[code])
			t.shown += int(table.shown[code])
		}
		into.Answered[person], into.Shown[person] = uint8(t.answered), uint8(t.shown)
		into.Value[person] = math.NaN()
		if t.answered >= required {
			into.Value[person] = p.value(t)
		}
	}
}

func (p *scalePlan) codeTable(k *keyPlan) codeTable {
	var t codeTable
	for code := range t.shown {
		t.shown[code] = 1
	}
	t.shown[Hidden] = 0
	for i, o := range k.options {
		if !o.scored {
			continue
		}
		t.answered[i] = 1
		t.weight[i] = k.weight
		t.sum[i] = float64(k.weight * o.value)
		if p.pompFirst {
			t.pomp[i] = float64(k.weight * float64(100*(o.value-k.min)/(k.max-k.min)))
		}
	}
	return t
}

func sized[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n)
	}
	return list[:n]
}
