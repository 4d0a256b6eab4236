package instrument

import "fmt"

// checkSets warns of response sets that nothing uses: a rename that was not finished, most often.
func (l *loader) checkSets(d *draft) {
	for _, s := range d.setList {
		if !s.used && !d.items.lost && len(s.Options) > 0 {
			l.warnAt(s.idNode, "unused", fmt.Sprintf("no item uses the response set %q", s.ID), "use it, or take it away")
		}
	}
}
