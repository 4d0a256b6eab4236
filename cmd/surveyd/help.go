package main

import "slices"

// asksForHelp says whether the word behind a command that has subcommands asks what they are.
func asksForHelp(word string) bool {
	return slices.Contains([]string{"help", "-h", "-help", "--help"}, word)
}
