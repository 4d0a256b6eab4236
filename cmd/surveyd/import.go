package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"surveyd/internal/catalog"
	"surveyd/internal/config"
	"surveyd/internal/diag"
	"surveyd/internal/interchange"
	"surveyd/internal/starter"
)

const importUsage = "surveyd import xlsform FILE.xlsx | import redcap DICTIONARY.csv [--out FILE] [--id ID] [--language en] [--grades 6-8 | --adults family|staff] [--force]"

// maxImport is a little more than an importer takes, so that a file that is larger is refused by its own words.
const maxImport = 9 << 20

// runImport makes an instrument file of a form in another format. What is not carried goes to stderr, as do the problems that
// surveyd check finds in the result; it ends with 0 when none of these is an error.
func runImport(_ context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("import", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	out := fs.String("out", "", "write the instrument to `FILE` instead of standard output")
	force := fs.Bool("force", false, "let --out overwrite a file that is there")
	id := fs.String("id", "", "the instrument's `ID`; made from the form when left out")
	language := fs.String("language", "", "`TAG` of the language of texts that do not name theirs, such as en or es; en when left out and the form does not say")
	grades := fs.String("grades", "", "`GRADES` of the students who are asked: a span such as 6-8 or K-2, or single grades with commas; 6 to 12 are assumed when left out")
	adults := fs.String("adults", "", "`WHO` of the adults who are asked instead of students: family or staff")
	words, err := config.ParseInterspersed(fs, args)
	if err != nil {
		return p.misuse(fs, err)
	}
	read, err := importer(words)
	if err == nil {
		err = checkImportFlags(*id, *language, *adults, *grades != "")
	}
	var asked []string
	if err == nil {
		asked, err = importGrades(*grades)
	}
	if err != nil {
		return p.misuse(fs, err)
	}
	if err := mayWrite(*out, *force); err != nil {
		return p.fail("import", err)
	}
	data, err := readAtMost(words[1], maxImport)
	if err != nil {
		return p.fail("import", err)
	}
	result, err := read(filepath.Base(words[1]), data, interchange.Options{ID: *id, Language: *language, Grades: asked, Adults: *adults})
	for _, note := range result.Notes {
		fmt.Fprintf(p.stderr, "%s: %s\n", words[1], note)
	}
	if err != nil {
		return p.fail("import", fmt.Errorf("%s: %w", words[1], err))
	}
	if err := writeOut(*out, p.stdout, func(w io.Writer) error { _, err := w.Write(result.YAML); return err }); err != nil {
		return p.fail("import", err)
	}
	return reportImport(p, *out, result)
}

// importer finds the reader of a format.
func importer(words []string) (func(string, []byte, interchange.Options) (interchange.Result, error), error) {
	formats := []string{"xlsform", "redcap"}
	if len(words) == 0 {
		return nil, errors.New("name a format and a file: " + importUsage)
	}
	if !slices.Contains(formats, words[0]) {
		return nil, fmt.Errorf("there is no format %q; %s", words[0], diag.DidYouMean(words[0], formats, "the formats are xlsform and redcap"))
	}
	if len(words) != 2 {
		return nil, errors.New("name one file: " + importUsage)
	}
	if words[0] == "xlsform" {
		return interchange.XLSForm, nil
	}
	return interchange.REDCap, nil
}

func checkImportFlags(id, language, adults string, students bool) error {
	if id != "" && interchange.InstrumentID(id) != id {
		return fmt.Errorf("--id %q is no id of an instrument: small letters, digits and hyphens, beginning with a letter, as in math-identity", id)
	}
	if language != "" && !interchange.IsLanguage(language) {
		return fmt.Errorf("--language %q is no language tag: write one such as en, es or es-MX", language)
	}
	switch {
	case adults != "" && adults != "family" && adults != "staff":
		return fmt.Errorf("--adults is family or staff, not %q", adults)
	case adults != "" && students:
		return errors.New("give --grades or --adults: wording and consent differ between students and adults")
	}
	return nil
}

// importGrades reads --grades; nothing when it was left out.
func importGrades(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	grades, err := starter.ParseGrades(text)
	if err != nil {
		return nil, fmt.Errorf("--grades: %w", err)
	}
	out := make([]string, len(grades))
	for i, grade := range grades {
		out[i] = string(grade)
	}
	return out, nil
}

// mayWrite refuses to overwrite a file unless told to.
func mayWrite(path string, force bool) error {
	if path == "" || force {
		return nil
	}
	_, err := os.Lstat(path)
	switch {
	case err == nil:
		return fmt.Errorf("%s is there already; --force overwrites it", path)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return err
}

// readAtMost reads the beginning of a file, up to limit bytes.
func readAtMost(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}

// reportImport says what surveyd check says of the result.
func reportImport(p process, out string, result interchange.Result) int {
	name := out
	if name == "" {
		name = "(standard output)"
	}
	files := []catalog.Source{{Name: name, Bytes: result.YAML}}
	_, problems := catalog.Check(files)
	fmt.Fprintf(p.stderr, "\n%s: %s in %s; surveyd check says:\n", name, plural(result.Items, "item"), strings.Join(result.Languages, " and "))
	if err := printReport(p.stderr, files, problems); err != nil {
		return p.fail("import", err)
	}
	if diag.HasError(problems) {
		return exitFailed
	}
	return exitOK
}
