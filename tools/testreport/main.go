// Command testreport runs `go test -json` in one or more modules, prints what `go test` would print, and holds every
// skipped test against a checked-in list of skips with their reasons: a skip that is not on the list fails the run.
//
//	testreport [-skips FILE] [-modules DIR,DIR...] [--] [go test arguments]
//
// It knows nothing of the project whose tests it runs. Exit status: 0 when all is well, 1 when a test failed or a skip
// is not listed, 2 for misuse.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	fs := flag.NewFlagSet("testreport", flag.ContinueOnError)
	fs.SetOutput(stderr)
	skips := fs.String("skips", "", "`FILE` of allowed skips: a test's package.Name, then the reason; none are allowed without it")
	modules := fs.String("modules", ".", "comma-separated `DIRS` to run go test in, one after the other")
	if err := fs.Parse(args); err != nil {
		return 2
	}
	var allowed allowedSkips
	if *skips != "" {
		text, err := os.ReadFile(*skips)
		if err == nil {
			allowed, err = parseAllowedSkips(*skips, string(text))
		}
		if err != nil {
			fmt.Fprintln(stderr, "testreport:", err)
			return 2
		}
	}

	r := newReport(stdout)
	good := true
	for dir := range strings.SplitSeq(*modules, ",") {
		if err := goTest(ctx, dir, fs.Args(), r, stderr); err != nil {
			// go test has told its reason already where a test failed; where the report saw no failure, this is the reason.
			if !r.failed() {
				fmt.Fprintf(stderr, "testreport: go test in %s: %v\n", dir, err)
			}
			good = false
		}
	}
	good = allowed.judge(r, stdout) && good
	return r.close(good)
}

// goTest runs go test in dir and feeds its events to r. Its standard error (downloads, broken go.mod) goes to stderr.
func goTest(ctx context.Context, dir string, args []string, r *report, stderr io.Writer) error {
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-json"}, args...)...)
	cmd.Dir = dir
	cmd.Stderr = stderr
	// Let go test stop its tests and their browsers by itself.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	readErr := r.read(stdout)
	if err := cmd.Wait(); err != nil {
		return err
	}
	return readErr
}
