package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"surveyd/internal/catalog"
	"surveyd/internal/config"
	"surveyd/internal/diag"
)

// checkFormats are the ways in which problems are printed.
var checkFormats = []string{"text", "json", "github"}

// runCheck reports every problem of instrument files. It ends with 0 when none is an error, 1 when one is, and 2 when it
// was called wrongly or a path cannot be read.
func runCheck(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	p := process{stdout: stdout, stderr: stderr}
	fs := flag.NewFlagSet("check", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	format := fs.String("format", "text", "how problems are printed: `text`, json (an array), or github (annotations for a workflow)")
	asJSON := fs.Bool("json", false, "the same as --format json")
	paths, err := config.ParseInterspersed(fs, args)
	if err == nil && *asJSON {
		err = jsonAsFormat(fs, format)
	}
	if err == nil && !slices.Contains(checkFormats, *format) {
		err = fmt.Errorf("there is no format %q; write --format %s", *format, strings.Join(checkFormats, ", --format "))
	}
	if err == nil && len(paths) == 0 {
		err = errors.New("give at least one file or folder, as in surveyd check instruments")
	}
	if err != nil {
		return p.misuse(fs, err)
	}
	files, err := findSources(ctx, paths)
	if err != nil {
		fmt.Fprintf(stderr, "surveyd check: %v\n", err)
		return exitMisuse
	}
	_, list := catalog.Check(files, shipped)
	switch *format {
	case "json":
		err = diag.WriteJSON(stdout, list)
	case "github":
		err = printAnnotations(stdout, files, list)
	default:
		err = printReport(stdout, files, list)
	}
	if err != nil {
		return p.fail("check", err)
	}
	if diag.HasError(list) {
		return exitFailed
	}
	return exitOK
}

// jsonAsFormat takes --json for --format json. Error: another format was asked for as well.
func jsonAsFormat(fs *flag.FlagSet, format *string) error {
	var err error
	fs.Visit(func(f *flag.Flag) {
		if f.Name == "format" && *format != "json" {
			err = fmt.Errorf("--json and --format %s ask for two formats; give one of them", *format)
		}
	})
	*format = "json"
	return err
}

// findSources reads every file named, and every instrument file in the folders named. A file that two paths lead to is
// read once. Errors: a path that cannot be read, or a folder without an instrument file.
func findSources(ctx context.Context, paths []string) ([]catalog.Source, error) {
	var files []catalog.Source
	seen := map[string]bool{}
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found, err := sourcesAt(path)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			whole, err := filepath.Abs(f.Name)
			if err != nil {
				return nil, err
			}
			if !seen[whole] {
				seen[whole] = true
				files = append(files, f)
			}
		}
	}
	return files, nil
}

// sourcesAt reads the file at path, or the instrument files below it, and names them as the path does.
func sourcesAt(path string) ([]catalog.Source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		source, err := sourceAt(path)
		if err != nil {
			return nil, err
		}
		return []catalog.Source{source}, nil
	}
	found, err := catalog.Find(os.DirFS(path), ".")
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s holds no instrument: no file in it ends in .yaml or .yml", path)
	}
	for i := range found {
		found[i].Name = filepath.Join(path, filepath.FromSlash(found[i].Name))
	}
	return found, nil
}

// sourceAt reads one instrument file, and names it as the path does.
func sourceAt(path string) (catalog.Source, error) {
	dir, name := filepath.Split(path)
	source, err := catalog.Read(os.DirFS(filepath.Clean(dir+".")), name)
	if err != nil {
		return catalog.Source{}, fmt.Errorf("%s: %w", path, err)
	}
	source.Name = path
	return source, nil
}

// printReport prints each problem with its source line, a last line that sums up, and where more is said of them.
func printReport(w io.Writer, files []catalog.Source, list []diag.Diagnostic) error {
	sources := make(map[string][]byte, len(files))
	for _, f := range files {
		sources[f.Name] = f.Bytes
	}
	if err := diag.Print(w, list, func(file string) []byte { return sources[file] }); err != nil {
		return err
	}
	if err := sumUp(w, files, list); err != nil || len(list) == 0 {
		return err
	}
	_, err := fmt.Fprintf(w, "surveyd explain CODE tells more of each, as in surveyd explain %s\n", firstCode(list))
	return err
}

// firstCode is the code that most needs explaining: of the first error, else of the first warning.
func firstCode(list []diag.Diagnostic) string {
	for _, d := range list {
		if d.Severity == diag.Error {
			return d.Code
		}
	}
	return list[0].Code
}

// printAnnotations prints the problems for a workflow on GitHub, and a line that sums up and is no annotation.
func printAnnotations(w io.Writer, files []catalog.Source, list []diag.Diagnostic) error {
	here, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("find the folder that paths are relative to: %w", err)
	}
	err = diag.WriteGitHub(w, list, func(file string) string { return relativeTo(here, file) })
	if err != nil {
		return err
	}
	return sumUp(w, files, list)
}

// relativeTo gives a file's path from a folder, with slashes; that of a file outside of it stays as it was given.
func relativeTo(folder, file string) string {
	whole, err := filepath.Abs(file)
	if err != nil {
		return filepath.ToSlash(file)
	}
	short, err := filepath.Rel(folder, whole)
	if err != nil || short == ".." || strings.HasPrefix(short, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(short)
}

func sumUp(w io.Writer, files []catalog.Source, list []diag.Diagnostic) error {
	problems, warnings := diag.Count(list)
	_, err := fmt.Fprintln(w, strings.Join([]string{plural(len(files), "file"), plural(problems, "error"), plural(warnings, "warning")}, ", "))
	return err
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
