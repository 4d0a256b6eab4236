package main

import (
	"context"
	"flag"
	"fmt"
	"text/tabwriter"

	"surveyd/internal/fieldwork"
)

func listAdministrations(ctx context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("administration list", flag.ContinueOnError)
	d, code := openFor(ctx, p, fs, args, 0)
	if d == nil {
		return code
	}
	defer d.Close()
	standings, err := d.fieldwork.Standings(ctx)
	if err != nil {
		return p.fail(fs.Name(), err)
	}
	if len(standings) == 0 {
		fmt.Fprintln(p.stdout, "no administrations yet; create one with surveyd administration create --instrument ID --wave NAME")
		return exitOK
	}
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tINSTRUMENT\tWAVE\tSTATUS\tCLOSES\tNOT STARTED\tSTARTED\tSUBMITTED\tPARTIAL\tDECLINED")
	for _, s := range standings {
		a := s.Administration
		var all fieldwork.Completion
		for _, g := range s.Groups {
			all.Add(g)
		}
		fmt.Fprintf(table, "%s\t%s@%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\n", a.ID, a.Instrument.ID, a.Instrument.Version, a.Wave, a.Status,
			local(a.Closes, a.TimeZone), all.NotStarted, all.Started, all.Submitted, all.Partial, all.Declined)
	}
	if err := table.Flush(); err != nil {
		return p.fail(fs.Name(), err)
	}
	return exitOK
}
