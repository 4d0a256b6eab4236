package main

import "strings"

// list collects a flag that may stand several times or hold several values with commas.
type list []string

func (l *list) String() string { return strings.Join(*l, ",") }

// Set adds what one occurrence of the flag holds.
func (l *list) Set(text string) error {
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			*l = append(*l, part)
		}
	}
	return nil
}

// single collects a flag that may stand several times and whose values may hold commas.
type single []string

func (s *single) String() string { return strings.Join(*s, " ") }

// Set adds one occurrence of the flag.
func (s *single) Set(text string) error {
	*s = append(*s, text)
	return nil
}

func typed[T ~string](words []string) []T {
	var out []T
	for _, w := range words {
		out = append(out, T(w))
	}
	return out
}
