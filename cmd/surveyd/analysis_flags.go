package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"surveyd/internal/analysis"
	"surveyd/internal/config"
	"surveyd/internal/instrument"
	"surveyd/internal/psychometrics"
)

// analysisFlags is what analyze, change and dif have in common.
type analysisFlags struct {
	json     bool
	html     string
	strict   bool
	pairwise bool
	alphaCI  string
	minN     int
}

func (f *analysisFlags) register(fs *flag.FlagSet) {
	fs.BoolVar(&f.json, "json", false, "print the results as JSON instead of a report to read")
	fs.StringVar(&f.html, "html", "", "write the report with charts to `FILE` too: one page that needs nothing else and can be printed")
	fs.BoolVar(&f.strict, "strict", false, "an invalid code or a row that cannot be read is an error")
	fs.IntVar(&f.minN, "min-n", 0, "show no figure that rests on fewer than `N` persons, nor one from which such a figure follows; 0 shows everything")
	fs.StringVar(&f.alphaCI, "alpha-ci", string(psychometrics.Feldt), "how alpha's confidence interval is computed: `feldt` or bonett")
}

func (f *analysisFlags) options() (analysis.Options, error) {
	o := analysis.Options{Interval: psychometrics.AlphaInterval(f.alphaCI), Cases: psychometrics.Listwise, MinN: f.minN}
	if f.pairwise {
		o.Cases = psychometrics.Pairwise
	}
	switch {
	case o.Interval != psychometrics.Feldt && o.Interval != psychometrics.Bonett:
		return o, fmt.Errorf("--alpha-ci: there is no interval %q; take feldt or bonett", f.alphaCI)
	case f.minN < 0:
		return o, errors.New("--min-n is a number of persons, 0 or more")
	}
	return o, nil
}

// analysisCommand is one run of analyze, change or dif.
type analysisCommand struct {
	process
	name    string
	flags   analysisFlags
	options analysis.Options
	in      *instrument.Instrument
	waiting *progress // of the file that was read last
}

// begin reads the command line: the instrument and as many files as it takes. Unless ok, the command ends with code.
func (p process) begin(c *analysisCommand, fs *flag.FlagSet, args []string, files int, wrong func() error, usage string) (paths []string, code int, ok bool) {
	fs.SetOutput(io.Discard)
	c.process, c.name = p, fs.Name()
	c.flags.register(fs)
	names, err := config.ParseInterspersed(fs, args)
	switch {
	case err != nil:
	case len(names) != files+1:
		err = errors.New("give " + usage)
	default:
		err = wrong()
	}
	if err == nil {
		c.options, err = c.flags.options()
	}
	if err != nil {
		return nil, p.misuse(fs, err), false
	}
	if c.in, ok = instrumentNamed(c.name, names[0], p.stderr); !ok {
		return nil, exitFailed, false
	}
	return names[1:], exitOK, true
}

// read reads a file of answers and says on stderr what is wrong with it.
func (c *analysisCommand) read(ctx context.Context, path string, wanted analysis.Wanted) (*analysis.Data, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	talk := &fileTalk{name: path, strict: c.flags.strict, stderr: c.stderr}
	progress := newProgress(c.stderr, path, file)
	wanted.Progress = progress.tell
	data, err := analysis.Read(c.in, progress.count(contextReader{ctx, file}), wanted, talk.hearing())
	progress.end()
	c.waiting = progress
	if err != nil {
		return nil, talk.failed(err)
	}
	talk.explain(data.File.Report)
	if n := data.File.EmptyRows; n > 0 {
		fmt.Fprintf(c.stderr, "%s: %d empty rows at the end are left out\n", path, n)
	}
	if c.flags.strict && data.File.Invalid > 0 {
		return nil, errInvalidCodes
	}
	progress.compute(data.Persons)
	return data, nil
}

// errInvalidCodes says that --strict refused a file.
var errInvalidCodes = errors.New("--strict: the file holds invalid codes")

// writers is how a result is shown in each form.
type writers struct{ json, text, html func(io.Writer) error }

// write shows the result in the forms that were asked for.
func (c *analysisCommand) write(w writers) int {
	c.waiting.end()
	shown := w.text
	if c.flags.json {
		shown = w.json
	}
	if c.flags.html != "" {
		if err := writeOut(c.flags.html, c.stdout, w.html); err != nil {
			return c.fail(c.name, err)
		}
	}
	if err := writeOut("", c.stdout, shown); err != nil {
		return c.fail(c.name, err)
	}
	return exitOK
}
