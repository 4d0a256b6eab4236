package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"surveyd/internal/config"
	"surveyd/internal/export"
	"surveyd/internal/instrument"
)

// errInvalidCells says that --strict refused a file.
var errInvalidCells = errors.New("--strict: no scores were written")

// runScore adds scale scores to a CSV file of answers.
func runScore(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	p := process{stdout: stdout, stderr: stderr}
	fs := flag.NewFlagSet("score", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	out := fs.String("out", "", "write to `FILE` instead of standard output; it appears whole or not at all")
	strict := fs.Bool("strict", false, "an invalid code or a row that cannot be read is an error: nothing is written")
	files, err := config.ParseInterspersed(fs, args)
	if err == nil && len(files) != 2 {
		err = fmt.Errorf("give an instrument and a file of answers: surveyd score INSTRUMENT.yaml ANSWERS.csv [--out FILE] [--strict]")
	}
	if err != nil {
		return p.misuse(fs, err)
	}
	in, ok := instrumentNamed("score", files[0], stderr)
	if !ok {
		return exitFailed
	}
	answers, err := os.Open(files[1])
	if err != nil {
		return p.fail("score", err)
	}
	defer answers.Close()
	job := scoreJob{in: in, name: files[1], strict: *strict, stderr: stderr}
	var failed error // of the scoring itself, said without the name of the file that it was to go to
	write := func(w io.Writer) error {
		buffered := bufio.NewWriterSize(w, 256<<10)
		if failed = job.run(contextReader{ctx, answers}, buffered); failed != nil {
			return failed
		}
		return buffered.Flush()
	}
	if *strict && *out == "" {
		err = writeWhole(stdout, write)
	} else {
		err = writeOut(*out, stdout, write)
	}
	if err = cmp.Or(failed, err); err != nil {
		return p.fail("score", err)
	}
	return exitOK
}

// scoreJob is one file to be scored.
type scoreJob struct {
	in     *instrument.Instrument
	name   string
	strict bool
	stderr io.Writer
}

func (j *scoreJob) run(src io.Reader, dst io.Writer) error {
	talk := &fileTalk{name: j.name, strict: j.strict, stderr: j.stderr}
	report, err := export.ScoreFile(j.in, src, dst, talk.hearing())
	if err != nil {
		return talk.failed(err)
	}
	talk.explain(report.Report)
	talk.noNormGroup(report)
	if j.strict && report.Invalid > 0 {
		return errInvalidCells
	}
	return nil
}

// writeWhole writes to stdout only after write has succeeded.
func writeWhole(stdout io.Writer, write func(io.Writer) error) error {
	f, err := os.CreateTemp("", "surveyd-score-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if err := write(f); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err = io.Copy(stdout, f)
	return err
}

// contextReader ends a long file when the user interrupts.
type contextReader struct {
	ctx context.Context
	src io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.src.Read(p)
}
