package instrument

import "fmt"

// Home is the instrument in which a part of a battery was written. Of what a file says itself, it is that file's instrument.
type Home struct {
	ID      ID
	Version Version
	Hash    string
}

// Identity names a scale across every instrument that contains it and every version that keeps its meaning, as
// home/major/scale, e.g. "growth-mindset/1/mindset". Scores under one identity lie on one trend line.
func (s *Scale) Identity() string {
	return fmt.Sprintf("%s/%d/%s", s.Home.ID, s.Home.Version.Major, s.ID)
}
