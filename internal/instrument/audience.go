package instrument

import "slices"

// EarlyReaders says whether some of those who are asked cannot be expected to read a question by themselves: pupils of TK to
// grade 2. Pages then show them one question at a time, with pictures, and read it aloud where they can.
func (a Audience) EarlyReaders() bool {
	return slices.ContainsFunc(a.Grades, func(g Grade) bool { rank, ok := g.Rank(); return ok && rank < 3 })
}

// LearnsToRead says whether reading may still stand between a question and its answer for everybody who is asked, or for some
// of them entirely: all are in grade 5 or below, or some are early readers. Older pupils can do without a button at each question.
func (a Audience) LearnsToRead() bool {
	all := len(a.Grades) > 0 && !slices.ContainsFunc(a.Grades, func(g Grade) bool { rank, ok := g.Rank(); return !ok || rank > 5 })
	return all || a.EarlyReaders()
}
