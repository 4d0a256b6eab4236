package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"surveyd/internal/config"
	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
	"surveyd/internal/staff"
)

func createAdministration(ctx context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("administration create", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	options := config.New(config.Set{config.Data, config.MongoDBURI, config.KeyFile, config.Instruments})
	options.Register(fs)
	var sites, groups, languages list
	var settings single
	name := fs.String("instrument", "", "`ID` of the instrument: its newest version, or ID@VERSION")
	id := fs.String("id", "", "`ID` of the administration (default INSTRUMENT-WAVE)")
	wave := fs.String("wave", "", "`NAME` of the wave, such as fall or spring-2027")
	opens := fs.String("opens", "", "`DATE` it opens, 2026-10-01 or 2026-10-01T08:00 (default now)")
	closes := fs.String("closes", "", "`DATE` it closes; a day counts to its end (default four weeks after it opens)")
	zone := fs.String("time-zone", schoolTimeZone, "`ZONE` of the dates")
	fs.Var(&sites, "site", "only `SITE`; several with commas or by repeating (default all)")
	fs.Var(&groups, "group", "only `GROUP`; several with commas or by repeating (default all)")
	fs.Var(&languages, "language", "only `LANGUAGE`; several with commas or by repeating (default all of the instrument's)")
	fs.Var(&settings, "setting", "`NAME.LANGUAGE=TEXT` in place of a setting's default; may be repeated")
	everyone := fs.Bool("everyone", false, "also ask those on the roster whom the instrument is not for, such as other grades")
	byChild := fs.Bool("by-child", false, "for an instrument for families: a code for each student, with which the family answers")
	words, err := config.ParseInterspersed(fs, args)
	if err != nil {
		return p.misuse(fs, err)
	}
	if len(words) != 0 || *name == "" || *wave == "" {
		return p.misuse(fs, fmt.Errorf("write surveyd administration create --instrument ID --wave NAME"))
	}
	cfg, err := options.Resolve(p.env)
	if err != nil {
		return p.misuse(fs, err)
	}
	n := fieldwork.NewAdministration{
		ID: fieldwork.AdministrationID(*id), Wave: fieldwork.Wave(*wave), TimeZone: *zone,
		Sites: typed[fieldwork.SiteID](sites), Groups: typed[fieldwork.GroupID](groups), Languages: typed[instrument.Lang](languages),
		Everyone: *everyone, ByChild: *byChild,
	}
	if n.Opens, n.Closes, err = window(*opens, *closes, *zone, time.Now()); err != nil {
		return p.misuse(fs, err)
	}
	if n.Settings, err = settingValues(settings); err != nil {
		return p.misuse(fs, err)
	}
	in, err := findInstrument(cfg.Instruments, *name)
	if err != nil {
		return p.fail(fs.Name(), err)
	}
	d, err := openData(ctx, cfg, quiet(p.stderr))
	if err != nil {
		return p.fail(fs.Name(), err)
	}
	defer d.Close()
	coverage, err := d.fieldwork.Coverage(ctx, in, n)
	if err != nil {
		return p.fail(fs.Name(), err)
	}
	if !n.Everyone {
		if err := refuseNobody(in, coverage); err != nil {
			return p.fail(fs.Name(), err)
		}
	}
	detail := string(in.ID) + " " + in.Version.String()
	if n.Everyone {
		detail += ", everyone"
	}
	event := staff.Event{Who: staff.CommandLine, Action: "administration.create", Object: string(n.IDFor(in)), Detail: detail}
	if err := d.staff.Audit(ctx, event); err != nil {
		return p.fail(fs.Name(), err)
	}
	a, err := d.fieldwork.CreateAdministration(ctx, in, n)
	if errors.Is(err, fault.ErrExists) {
		err = fmt.Errorf("there is an administration %s already; give this one another name with --id", n.IDFor(in))
	}
	if err != nil {
		return p.fail(fs.Name(), err)
	}
	fmt.Fprintf(p.stdout, "created administration %s: %s %s, %s to %s\n", a.ID, a.Instrument.ID, a.Instrument.Version, local(a.Opens, a.TimeZone), local(a.Closes, a.TimeZone))
	tellEnrolment(p, in, n, coverage)
	warnOfWindow(p, a, coverage)
	fmt.Fprintf(p.stdout, "its codes: surveyd codes --administration %s%s\n", a.ID, dataFlag(fs))
	return exitOK
}

// dataFlag is the flag for the data directory, if it was given, to be pasted behind a command that works on the same data.
func dataFlag(fs *flag.FlagSet) string {
	given := ""
	fs.Visit(func(f *flag.Flag) {
		if f.Name == "data" {
			given = " --data " + shellQuote(f.Value.String())
		}
	})
	return given
}

// warnOfWindow says what is surely a mistake in an administration that could be created all the same.
func warnOfWindow(p process, a fieldwork.Administration, c fieldwork.Coverage) {
	if !time.Now().Before(a.Closes) {
		fmt.Fprintf(p.stderr, "warning: its window is over already; surveyd administration open %s --closes DATE opens it again\n", a.ID)
	}
	if c.Covered == 0 && len(c.Beyond) == 0 {
		fmt.Fprintln(p.stderr, "warning: nobody on the roster is in its sites and groups")
	}
}

func settingValues(words []string) ([]fieldwork.SettingValue, error) {
	var values []fieldwork.SettingValue
	for _, w := range words {
		key, text, ok := strings.Cut(w, "=")
		name, lang, dotted := strings.Cut(key, ".")
		if !ok || !dotted || name == "" || lang == "" || text == "" {
			return nil, fmt.Errorf("--setting: %q is no setting, write for example programme.es=K-PhD", w)
		}
		values = append(values, fieldwork.SettingValue{ID: instrument.SettingID(name), Lang: instrument.Lang(lang), Text: text})
	}
	return values, nil
}
