package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"surveyd/internal/fieldwork"
	"surveyd/internal/staff"
)

// shownProblems is how many problems of a roster are printed; a file saved in the wrong encoding has one on every row.
const shownProblems = 50

func runRoster(ctx context.Context, p process, args []string) int {
	if len(args) > 0 && asksForHelp(args[0]) {
		fmt.Fprintln(p.stdout, "surveyd roster import FILE\n\nIt explains its flags with --help.")
		return exitOK
	}
	if len(args) == 0 || args[0] != "import" {
		fmt.Fprintln(p.stderr, "surveyd roster: write surveyd roster import FILE")
		return exitMisuse
	}
	fs := flag.NewFlagSet("roster import", flag.ContinueOnError)
	dryRun := fs.Bool("dry-run", false, "only show what would change")
	d, code := openOrMake(ctx, p, fs, args[1:], 1)
	if d == nil {
		return code
	}
	defer d.Close()
	name := fs.Arg(0)
	file, err := os.Open(name)
	if err != nil {
		return p.fail("roster import", err)
	}
	defer file.Close()
	list, problems, err := fieldwork.ReadRoster(file)
	if err != nil {
		return p.fail("roster import", err)
	}
	if len(problems) > 0 {
		printRosterProblems(p.stderr, name, problems)
		return exitFailed
	}
	change, err := d.fieldwork.PlanRoster(ctx, list)
	if err != nil {
		return p.fail("roster import", err)
	}
	if !*dryRun {
		event := staff.Event{
			Who: staff.CommandLine, Action: "roster.import", Object: "roster",
			Detail: fmt.Sprintf("%d new, %d changed, %d unchanged", len(change.Added), len(change.Changed), len(change.Unchanged)),
		}
		if err := d.staff.Audit(ctx, event); err != nil {
			return p.fail("roster import", err)
		}
		if err := d.fieldwork.ImportRoster(ctx, change); err != nil {
			return p.fail("roster import", err)
		}
	}
	printRosterChange(p.stdout, change, *dryRun)
	return exitOK
}

func printRosterProblems(w io.Writer, name string, problems []fieldwork.RosterProblem) {
	for _, problem := range problems[:min(len(problems), shownProblems)] {
		fmt.Fprintf(w, "%s: %s\n", name, problem)
	}
	if more := len(problems) - shownProblems; more > 0 {
		fmt.Fprintf(w, "and %d more\n", more)
	}
	fmt.Fprintf(w, "%s: nothing was imported\n", plural(len(problems), "problem"))
}

func printRosterChange(w io.Writer, change fieldwork.RosterChange, dryRun bool) {
	fmt.Fprintf(w, "%d new, %d changed, %d unchanged", len(change.Added), len(change.Changed), len(change.Unchanged))
	if change.NotInFile > 0 {
		fmt.Fprintf(w, ", %d on the roster but not in this file (kept)", change.NotInFile)
	}
	fmt.Fprintln(w)
	if family, adults := change.InFile(fieldwork.RoleFamily), change.InFile(fieldwork.RoleStaff); family+adults > 0 {
		fmt.Fprintf(w, "The file has %s, %d family and %d staff.\n", plural(change.InFile(fieldwork.RoleStudent), "student"), family, adults)
	}
	if change.Roles > 0 {
		fmt.Fprintf(w, "%d of the changed get another role.\n", change.Roles)
	}
	switch n := change.WithoutGrade(); {
	case n == 1:
		fmt.Fprintln(w, "1 student has no grade: surveys for certain grades leave this student out.")
	case n > 1:
		fmt.Fprintf(w, "%d students have no grade: surveys for certain grades leave them out.\n", n)
	}
	if dryRun {
		fmt.Fprintln(w, "Nothing was written (--dry-run).")
	}
}
