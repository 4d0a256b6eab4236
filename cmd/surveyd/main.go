// Command surveyd is an engine for surveys and SEL instruments in schools: it checks instrument files, gives them to
// students, scores the answers and exports them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // schools' windows are in their own time zone, wherever the binary runs

	"surveyd/internal/config"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends at once what does not stop by itself
	code := run(ctx, os.Args[1:], os.LookupEnv, os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// The exit codes of every command.
const (
	exitOK     = 0
	exitFailed = 1
	exitMisuse = 2
)

// process is what a command sees of the world outside.
type process struct {
	env            func(string) (string, bool)
	stdin          io.Reader
	stdout, stderr io.Writer
}

// command is one word of the command line.
type command struct {
	name  string
	usage string
	run   func(ctx context.Context, p process, args []string) int
}

// commands is the whole command line, in the order in which the help shows it.
func commands() []command {
	return []command{
		{"demo", "demo [--listen ADDR] [--data DIR]\n\ta school with synthetic students, ready to try", runDemo},
		{"serve", "serve [--listen ADDR] [--data DIR] [--mongodb-uri URI] [--instruments DIR]\n\tthe server", runServe},
		{"check", "check [--format text|json|github] PATH...\n\tevery problem of instrument files", func(ctx context.Context, p process, args []string) int {
			return runCheck(ctx, args, p.stdout, p.stderr)
		}},
		{"explain", "explain [CODE]\n\twhat a problem's code means, why it matters, and what is right", runExplain},
		{"new", "new ID [--languages en,es] [--grades 3-5 | --adults family|staff] [--out FILE]\n\ta first instrument file, with the reason for every key", runNew},
		{"fmt", "fmt [-w] [-l] PATH...\n\tinstrument files in the one layout, comments kept", runFmt},
		{"preview", "preview FILE|DIR [--listen ADDR]\n\tan instrument as students will see it, live while you write it, with its problems and scores", runPreview},
		{"schema", "schema [--out FILE]\n\ta JSON Schema of instrument files, for editors", runSchema},
		{"diff", "diff OLD NEW [--json]\n\twhat changed between two versions, and the version that takes", runDiff},
		{"score", "score INSTRUMENT.yaml ANSWERS.csv [--out FILE] [--strict]\n\tscale scores for a file of answers", func(ctx context.Context, p process, args []string) int {
			return runScore(ctx, args, p.stdout, p.stderr)
		}},
		{"analyze", "analyze INSTRUMENT.yaml ANSWERS.csv [--by COLUMN] [--json] [--html FILE] [--min-n N]\n\treliability, items and scores of a file of answers", runAnalyze},
		{"change", "change INSTRUMENT.yaml PRE.csv POST.csv --id COLUMN [--json] [--html FILE] [--min-n N]\n\twhat changed between two waves of the same persons", runChange},
		{"dif", "dif INSTRUMENT.yaml ANSWERS.csv --group COLUMN --reference VALUE [--json] [--html FILE] [--min-n N]\n\titems that function differently in two groups", runDIF},
		{"codebook", "codebook INSTRUMENT [--format html|csv|json] [--language LANG|both] [--out FILE] [--bom]\n\twhat every column of its exports holds", runCodebook},
		{"packet", "packet INSTRUMENT [--language LANG] [--out FILE] [--contact TEXT] [--retention TEXT] [--by TEXT] [--dates TEXT] [--programme TEXT]\n\ta print-ready copy for families and review boards", runPacket},
		{"import", "import xlsform FILE.xlsx | import redcap DICTIONARY.csv [--out FILE] [--id ID] [--language TAG] [--grades LIST | --adults WHO] [--force]\n\tan instrument from a form in another format", runImport},
		{"keys", "keys INSTRUMENT.yaml [--format psych|lavaan] [--out FILE]\n\tan R script that scores exported answers", runKeys},
		{"roster", "roster import FILE\n\tstudents, families and staff from a CSV file: student_id,grade,language,site,group[,role][,name][,attribute...]", runRoster},
		{"administration", "administration create|list|open|pause|close\n\tgive an instrument in a wave", runAdministration},
		{"codes", "codes --administration ID [--out FILE]\n\ta code for everybody whom it asks, as CSV", runCodes},
		{"export", "export --administration ID --format csv-wide|csv-long|scores [--out FILE]\n\tanswers and scores, de-identified", runExport},
		{"staff", "staff add EMAIL --role ROLE | staff link EMAIL | staff list | staff log\n\taccounts for staff, and what was done", runStaff},
		{"version", "version\n\twhat this binary was built from", runVersion},
	}
}

// run is main with everything handed in, so that a test can call it.
func run(ctx context.Context, args []string, env func(string) (string, bool), stdin io.Reader, stdout, stderr io.Writer) int {
	p := process{env: env, stdin: stdin, stdout: stdout, stderr: stderr}
	if len(args) == 0 {
		usage(stderr)
		return exitMisuse
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		usage(stdout)
		return exitOK
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(ctx, p, args[1:])
		}
	}
	fmt.Fprintf(stderr, "surveyd: there is no command %q%s\n", args[0], didYouMean(args[0]))
	usage(stderr)
	return exitMisuse
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "surveyd gives surveys and SEL instruments in schools, scores them and exports the answers.")
	fmt.Fprintln(w)
	for _, c := range commands() {
		fmt.Fprintf(w, "  surveyd %s\n", c.usage)
	}
	fmt.Fprintln(w, "\nEvery command explains its flags with --help.")
}

// configFor reads the flags of a command that has none of its own and takes no arguments. Unless ok, the command ends with
// code.
func (p process) configFor(name string, args []string) (cfg config.Config, code int, ok bool) {
	cfg, err := config.Parse(name, args, p.env)
	if err == nil {
		return cfg, exitOK, true
	}
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	config.For(name).Register(fs) // for the help
	return cfg, p.misuse(fs, err), false
}

// misuse reports a wrong command line. Asking for help is none.
func (p process) misuse(fs *flag.FlagSet, err error) int {
	if errors.Is(err, flag.ErrHelp) {
		fs.SetOutput(p.stdout)
		fmt.Fprintf(p.stdout, "Usage of surveyd %s:\n", fs.Name())
		fs.PrintDefaults()
		return exitOK
	}
	fmt.Fprintf(p.stderr, "surveyd %s: %v\n", fs.Name(), err)
	return exitMisuse
}

// fail reports what went wrong while a command ran.
func (p process) fail(name string, err error) int {
	fmt.Fprintf(p.stderr, "surveyd %s: %v\n", name, err)
	return exitFailed
}
