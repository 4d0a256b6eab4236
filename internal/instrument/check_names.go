package instrument

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// derivedSuffixes are what scoring appends to a scale's id to name its columns.
var derivedSuffixes = []string{
	"", "_answered", "_missing", "_favorable", "_se", "_scaled", "_t", "_pr", "_stanine", "_nce", "_band", "_home",
}

// checkNames holds items, scales and the names derived from scales apart: all of them are columns of one table.
func (l *loader) checkNames(d *draft) {
	type owner struct {
		node *yaml.Node
		what string
	}
	columns := map[string]owner{}
	for _, it := range d.itemList {
		if it.ID != "" {
			columns[strings.ToLower(string(it.ID))] = owner{it.idNode, fmt.Sprintf("the item %q%s", it.ID, it.from.home())}
		}
	}
	for _, s := range d.scaleList {
		if s.ID == "" {
			continue
		}
		for _, suffix := range derivedSuffixes {
			name := strings.ToLower(string(s.ID) + suffix)
			if other, taken := columns[name]; taken {
				l.errAt(s.idNode, "name-clash", fmt.Sprintf("the column %s%s of the scale %q%s would have the name of %s, line %d", s.ID, suffix, s.ID, s.from.home(), other.what, other.node.Line),
					"rename one; both are columns of every export")
				break
			}
		}
		for _, suffix := range derivedSuffixes {
			name := strings.ToLower(string(s.ID) + suffix)
			if _, taken := columns[name]; !taken {
				columns[name] = owner{s.idNode, fmt.Sprintf("a column of the scale %q%s", s.ID, s.from.home())}
			}
		}
	}
}
