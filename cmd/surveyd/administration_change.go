package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"surveyd/internal/staff"
)

func changeAdministration(ctx context.Context, p process, verb string, args []string) int {
	fs := flag.NewFlagSet("administration "+verb, flag.ContinueOnError)
	closes := ""
	if verb == "open" {
		fs.StringVar(&closes, "closes", "", "new `DATE` of the end, in the administration's time zone")
	}
	d, code := openFor(ctx, p, fs, args, 1)
	if d == nil {
		return code
	}
	defer d.Close()
	a, err := findAdministration(ctx, d, fs.Arg(0))
	if err != nil {
		return p.fail(fs.Name(), err)
	}
	var until time.Time
	if closes != "" {
		if _, until, err = window("", closes, a.TimeZone, time.Now()); err != nil {
			return p.misuse(fs, err)
		}
	}
	event := staff.Event{Who: staff.CommandLine, Action: "administration." + verb, Object: string(a.ID), Detail: closes}
	if err := d.staff.Audit(ctx, event); err != nil {
		return p.fail(fs.Name(), err)
	}
	switch verb {
	case "pause":
		a, err = d.fieldwork.PauseAdministration(ctx, a.ID)
	case "close":
		a, err = d.fieldwork.CloseAdministration(ctx, a.ID)
	case "open":
		a, err = d.fieldwork.OpenAdministration(ctx, a.ID, until)
	}
	if err != nil {
		return p.fail(fs.Name(), err)
	}
	fmt.Fprintf(p.stdout, "%s is %s, window to %s\n", a.ID, a.Status, local(a.Closes, a.TimeZone))
	return exitOK
}
