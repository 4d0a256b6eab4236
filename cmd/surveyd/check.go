package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"surveyd/internal/catalog"
	"surveyd/internal/config"
	"surveyd/internal/diag"
)

// runCheck reports every problem of instrument files. It ends with 0 when none is an error, 1 when one is, and 2 when it
// was called wrongly or a path cannot be read.
func runCheck(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	p := process{stdout: stdout, stderr: stderr}
	fs := flag.NewFlagSet("check", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	asJSON := fs.Bool("json", false, "print the problems as a JSON array instead")
	paths, err := config.ParseInterspersed(fs, args)
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
	_, list := catalog.Check(files)
	if *asJSON {
		err = diag.WriteJSON(stdout, list)
	} else {
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

// printReport prints each problem with its source line, and a last line that sums up.
func printReport(w io.Writer, files []catalog.Source, list []diag.Diagnostic) error {
	sources := make(map[string][]byte, len(files))
	for _, f := range files {
		sources[f.Name] = f.Bytes
	}
	if err := diag.Print(w, list, func(file string) []byte { return sources[file] }); err != nil {
		return err
	}
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
