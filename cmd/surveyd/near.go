package main

import "surveyd/internal/diag"

// didYouMean suggests a command for a mistyped one.
func didYouMean(word string) string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	if near, ok := diag.Nearest(word, names); ok {
		return "; did you mean " + near + "?"
	}
	return ""
}
