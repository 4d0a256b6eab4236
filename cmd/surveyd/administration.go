package main

import (
	"context"
	"fmt"
)

func runAdministration(ctx context.Context, p process, args []string) int {
	if len(args) == 0 {
		args = []string{"--help"}
	}
	switch args[0] {
	case "create":
		return createAdministration(ctx, p, args[1:])
	case "list":
		return listAdministrations(ctx, p, args[1:])
	case "open", "pause", "close":
		return changeAdministration(ctx, p, args[0], args[1:])
	}
	if asksForHelp(args[0]) {
		fmt.Fprintln(p.stdout, "surveyd administration create --instrument ID --wave NAME [flags]\nsurveyd administration list\nsurveyd administration open|pause|close ID\n\nEach explains its flags with --help.")
		return exitOK
	}
	fmt.Fprintf(p.stderr, "surveyd administration: there is no %q; write create, list, open, pause or close\n", args[0])
	return exitMisuse
}
