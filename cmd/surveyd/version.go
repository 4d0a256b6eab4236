package main

import (
	"context"
	"fmt"
	"runtime/debug"

	"surveyd/internal/scoring"
)

func runVersion(_ context.Context, p process, _ []string) int {
	revision := "unknown revision"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = s.Value
			}
		}
	}
	fmt.Fprintf(p.stdout, "surveyd %s, scoring version %s\n", revision, scoring.Version)
	return exitOK
}
