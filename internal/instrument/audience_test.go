package instrument

import "testing"

func TestWhoLearnsToRead(t *testing.T) {
	for _, c := range []struct {
		grades       []Grade
		early, learn bool
	}{
		{nil, false, false}, {[]Grade{"TK"}, true, true}, {[]Grade{"K", "1", "2"}, true, true}, {[]Grade{"2", "3"}, true, true},
		{[]Grade{"3", "4", "5"}, false, true}, {[]Grade{"5", "6"}, false, false}, {[]Grade{"9"}, false, false}, {[]Grade{"2", "12"}, true, true},
	} {
		a := Audience{Grades: c.grades}
		if a.EarlyReaders() != c.early || a.LearnsToRead() != c.learn {
			t.Errorf("grades %v: early %v, learn %v", c.grades, a.EarlyReaders(), a.LearnsToRead())
		}
	}
}
