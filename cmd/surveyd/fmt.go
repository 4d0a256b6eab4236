package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"surveyd/internal/config"
	"surveyd/internal/diag"
	"surveyd/internal/layout"
)

// How the file that comes in by standard input is named: on the command line, and in reports.
const (
	fromStdin = "-"
	stdinName = "standard-input.yaml"
)

// fmtJob is one call of surveyd fmt.
type fmtJob struct {
	p       process
	write   bool
	list    bool
	changed bool // a file is not laid out
	failed  bool
}

// runFmt lays instrument files out. It ends with 0, with 1 when a file cannot be laid out or -l lists one, and with 2 when it was
// called wrongly.
func runFmt(ctx context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("fmt", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	job := fmtJob{p: p}
	fs.BoolVar(&job.write, "w", false, "write the files that change, in place of printing them")
	fs.BoolVar(&job.list, "l", false, "list the files that would change, and end with 1 if there are any")
	paths, err := config.ParseInterspersed(fs, args)
	switch {
	case err != nil:
	case len(paths) == 0:
		err = errors.New("give at least one file or folder, or - for standard input, as in surveyd fmt -w instruments")
	case job.write && slices.Contains(paths, fromStdin):
		err = errors.New("standard input cannot be written in place; leave -w out")
	}
	if err != nil {
		return p.misuse(fs, err)
	}
	for _, path := range paths {
		if err := job.path(ctx, path); err != nil {
			fmt.Fprintf(p.stderr, "surveyd fmt: %v\n", err)
			return exitMisuse
		}
	}
	if job.failed || job.list && job.changed {
		return exitFailed
	}
	return exitOK
}

// path lays out a file, every instrument file of a folder, or standard input.
func (j *fmtJob) path(ctx context.Context, path string) error {
	if path == fromStdin {
		src, err := io.ReadAll(j.p.stdin)
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
		j.file(stdinName, src)
		return nil
	}
	files, err := findSources(ctx, []string{path})
	if err != nil {
		return err
	}
	for _, f := range files {
		j.file(f.Name, f.Bytes)
	}
	return nil
}

// file lays out one file, and prints, lists or writes it.
func (j *fmtJob) file(name string, src []byte) {
	out, problems, err := layout.Format(name, src)
	if err != nil {
		j.fail(fmt.Errorf("%w; the file is left as it is", err))
		return
	}
	if len(problems) > 0 {
		j.failed = true
		if err := diag.Print(j.p.stderr, problems, func(string) []byte { return src }); err != nil {
			j.fail(err)
		}
		return
	}
	for _, note := range out.Notes {
		fmt.Fprintf(j.p.stderr, "%s: %s\n", name, note)
	}
	changed := !bytes.Equal(src, out.Text)
	j.changed = j.changed || changed
	if changed && j.list {
		fmt.Fprintln(j.p.stdout, name)
	}
	switch {
	case changed && j.write:
		err = replaceFile(name, out.Text)
	case !j.write && !j.list:
		_, err = j.p.stdout.Write(out.Text)
	}
	if err != nil {
		j.fail(err)
	}
}

func (j *fmtJob) fail(err error) {
	j.failed = true
	fmt.Fprintf(j.p.stderr, "surveyd fmt: %v\n", err)
}

// replaceFile writes a file that is there anew, whole or not at all, with the permissions that it has. A link stays one.
func replaceFile(path string, text []byte) (err error) {
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err == nil {
		err = f.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(f.Name(), path)
}
