package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"surveyd/internal/config"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// windowDays is how long an administration is open when nobody says otherwise.
const windowDays = 28

// schoolTimeZone is the zone of dates when nobody says otherwise: that of surveyd's first schools.
const schoolTimeZone = "America/Los_Angeles"

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
	case "-h", "-help", "--help", "help":
		fmt.Fprintln(p.stdout, "surveyd administration create --instrument ID --wave NAME [flags]\nsurveyd administration list\nsurveyd administration open|pause|close ID\n\nEach explains its flags with --help.")
		return exitOK
	}
	fmt.Fprintf(p.stderr, "surveyd administration: there is no %q; write create, list, open, pause or close\n", args[0])
	return exitMisuse
}

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
	a, err := d.fieldwork.CreateAdministration(ctx, in, n)
	if err != nil {
		return p.fail(fs.Name(), err)
	}
	fmt.Fprintf(p.stdout, "created administration %s: %s %s, %s to %s\n", a.ID, a.Instrument.ID, a.Instrument.Version, local(a.Opens, a.TimeZone), local(a.Closes, a.TimeZone))
	fmt.Fprintf(p.stdout, "codes for its students: surveyd codes --administration %s\n", a.ID)
	return exitOK
}

func typed[T ~string](words []string) []T {
	var out []T
	for _, w := range words {
		out = append(out, T(w))
	}
	return out
}

// window reads the dates of an administration in its time zone.
func window(opens, closes, zone string, now time.Time) (from, to time.Time, err error) {
	where, err := time.LoadLocation(zone)
	if err != nil {
		return from, to, fmt.Errorf("--time-zone: %q is no time zone, write for example %s", zone, schoolTimeZone)
	}
	from = now
	if opens != "" {
		if from, _, err = moment(opens, where); err != nil {
			return from, to, fmt.Errorf("--opens: %w", err)
		}
	}
	if closes == "" {
		return from, from.AddDate(0, 0, windowDays), nil
	}
	to, day, err := moment(closes, where)
	if err != nil {
		return from, to, fmt.Errorf("--closes: %w", err)
	}
	if day {
		to = to.AddDate(0, 0, 1)
	}
	return from, to, nil
}

// moment reads a day or a time of day; day says which it was.
func moment(text string, where *time.Location) (at time.Time, day bool, err error) {
	if at, err = time.ParseInLocation("2006-01-02", text, where); err == nil {
		return at, true, nil
	}
	if at, err = time.ParseInLocation("2006-01-02T15:04", text, where); err == nil {
		return at, false, nil
	}
	if at, err = time.Parse(time.RFC3339, text); err == nil {
		return at, false, nil
	}
	return at, false, fmt.Errorf("%q is no date, write for example 2026-10-01 or 2026-10-01T08:00", text)
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

// local writes a time in a zone.
func local(at time.Time, zone string) string {
	where, err := time.LoadLocation(zone)
	if err != nil {
		where = time.UTC
	}
	return at.In(where).Format("2006-01-02 15:04 MST")
}

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
	switch verb {
	case "pause":
		a, err = d.fieldwork.PauseAdministration(ctx, a.ID)
	case "close":
		a, err = d.fieldwork.CloseAdministration(ctx, a.ID)
	case "open":
		var until time.Time
		if closes != "" {
			if _, until, err = window("", closes, a.TimeZone, time.Now()); err != nil {
				return p.misuse(fs, err)
			}
		}
		a, err = d.fieldwork.OpenAdministration(ctx, a.ID, until)
	}
	if err != nil {
		return p.fail(fs.Name(), err)
	}
	fmt.Fprintf(p.stdout, "%s is %s, window to %s\n", a.ID, a.Status, local(a.Closes, a.TimeZone))
	return exitOK
}
