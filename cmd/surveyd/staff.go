package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"surveyd/internal/fault"
	"surveyd/internal/staff"
)

func runStaff(ctx context.Context, p process, args []string) int {
	if len(args) > 0 {
		if asksForHelp(args[0]) {
			fmt.Fprintln(p.stdout, "surveyd staff add EMAIL --role ROLE\nsurveyd staff link EMAIL\nsurveyd staff list\nsurveyd staff log\n\nEach explains its flags with --help.")
			return exitOK
		}
		switch args[0] {
		case "add":
			return addStaff(ctx, p, args[1:])
		case "link":
			return linkStaff(ctx, p, args[1:])
		case "list":
			return listStaff(ctx, p, args[1:])
		case "log":
			return showLog(ctx, p, args[1:])
		}
	}
	fmt.Fprintln(p.stderr, "surveyd staff: write surveyd staff add EMAIL --role ROLE, surveyd staff link EMAIL, surveyd staff list or surveyd staff log")
	return exitMisuse
}

func addStaff(ctx context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("staff add", flag.ContinueOnError)
	role := fs.String("role", "", "`ROLE`: "+roleNames())
	address := fs.String("address", "http://127.0.0.1:8080", "`URL` of the server, for the printed link")
	var sites, groups list
	fs.Var(&sites, "site", "`SITE` of a school or teacher account; several with commas or by repeating")
	fs.Var(&groups, "group", "`GROUP` of a teacher account; several with commas or by repeating")
	d, code := openOrMake(ctx, p, fs, args, 1)
	if d == nil {
		return code
	}
	defer d.Close()
	account, err := d.staff.Add(ctx, staff.CommandLine, staff.NewAccount{Email: fs.Arg(0), Role: staff.Role(*role), Sites: sites, Groups: groups})
	var field *staff.FieldError
	switch {
	case errors.As(err, &field):
		return p.misuse(fs, explainField(field, fs.Arg(0), *role))
	case errors.Is(err, fault.ErrExists):
		return p.fail(fs.Name(), fmt.Errorf("there is an account %s already; surveyd staff link %s makes a new link for it", fs.Arg(0), fs.Arg(0)))
	case err != nil:
		return p.fail(fs.Name(), err)
	}
	return printLink(ctx, p, d, fs.Name(), account.ID, *address)
}

func explainField(e *staff.FieldError, email, role string) error {
	switch e.Field {
	case staff.FieldEmail:
		return fmt.Errorf("%q is no e-mail address", email)
	case staff.FieldRole:
		return fmt.Errorf("%q is no role; --role takes %s", role, roleNames())
	case staff.FieldSites:
		return fmt.Errorf("a %s account needs --site", role)
	case staff.FieldGroups:
		return fmt.Errorf("a %s account needs --group", role)
	}
	return e
}

func roleNames() string {
	var names []string
	for _, r := range staff.Roles() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

func linkStaff(ctx context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("staff link", flag.ContinueOnError)
	address := fs.String("address", "http://127.0.0.1:8080", "`URL` of the server, for the printed link")
	d, code := openFor(ctx, p, fs, args, 1)
	if d == nil {
		return code
	}
	defer d.Close()
	return printLink(ctx, p, d, fs.Name(), staff.AccountID(strings.ToLower(fs.Arg(0))), *address)
}

func printLink(ctx context.Context, p process, d *data, name string, id staff.AccountID, address string) int {
	token, err := d.staff.NewLink(ctx, staff.CommandLine, id, staff.SetsPassword)
	if err != nil {
		return p.fail(name, err)
	}
	fmt.Fprintf(p.stdout, "%s sets a password and signs in, once, within 24 hours, at\n  %s/staff/link/%s\n", id, strings.TrimRight(address, "/"), token)
	return exitOK
}

func listStaff(ctx context.Context, p process, args []string) int {
	d, code := openFor(ctx, p, flag.NewFlagSet("staff list", flag.ContinueOnError), args, 0)
	if d == nil {
		return code
	}
	defer d.Close()
	accounts, err := d.store.Accounts(ctx)
	if err != nil {
		return p.fail("staff list", err)
	}
	if len(accounts) == 0 {
		fmt.Fprintln(p.stdout, "no accounts yet; add one with surveyd staff add EMAIL --role administrator")
		return exitOK
	}
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ACCOUNT\tROLE\tSITES\tGROUPS\tPASSWORD")
	for _, a := range accounts {
		password := "not set"
		if a.Password != "" {
			password = "set"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", a.ID, a.Role, strings.Join(a.Sites, ", "), strings.Join(a.Groups, ", "), password)
	}
	if err := table.Flush(); err != nil {
		return p.fail("staff list", err)
	}
	return exitOK
}

func showLog(ctx context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("staff log", flag.ContinueOnError)
	n := fs.Int("n", 100, "`NUMBER` of events, the newest first")
	d, code := openFor(ctx, p, fs, args, 0)
	if d == nil {
		return code
	}
	defer d.Close()
	if *n < 1 {
		return p.misuse(fs, fmt.Errorf("--n takes a number from 1"))
	}
	events, err := d.staff.Events(ctx, *n)
	if err != nil {
		return p.fail(fs.Name(), err)
	}
	if len(events) == 0 {
		fmt.Fprintln(p.stdout, "nothing has happened yet")
		return exitOK
	}
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "WHEN\tWHO\tACTION\tOBJECT\tDETAIL")
	for _, e := range events {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", e.At.Format(time.RFC3339), oneLine(string(e.Who)), e.Action, oneLine(e.Object), oneLine(e.Detail))
	}
	if err := table.Flush(); err != nil {
		return p.fail(fs.Name(), err)
	}
	return exitOK
}

// oneLine keeps a text from a file or a command line in its cell of a table, whatever it holds.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}
