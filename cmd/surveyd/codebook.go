package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"surveyd/internal/codebook"
	"surveyd/internal/config"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// bothLanguages is what --language takes for every language of the instrument.
const bothLanguages = "both"

func runCodebook(_ context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("codebook", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	format := fs.String("format", "html", "`html`, csv or json; json always holds every language")
	language := fs.String("language", bothLanguages, "`LANG` of the instrument's texts, such as en or es, or both: all of its languages side by side")
	out := fs.String("out", "", "`FILE` to write instead of standard output; it appears whole or not at all")
	bom := fs.Bool("bom", false, "begin a CSV with a byte order mark, without which Excel takes it for another encoding")
	names, err := config.ParseInterspersed(fs, args)
	switch {
	case err != nil:
	case len(names) != 1:
		err = errors.New("name one instrument: a file, or a shipped one as ID or ID@VERSION, as in surveyd codebook stem-identity --out codebook.html")
	case !slices.Contains([]string{"html", "csv", "json"}, *format):
		err = fmt.Errorf("there is no format %q; take html, csv or json", *format)
	case *format == "json" && *language != bothLanguages:
		err = errors.New("json always holds every language: leave --language out")
	case *format != "csv" && *bom:
		err = errors.New("--bom is for --format csv")
	}
	if err != nil {
		return p.misuse(fs, err)
	}
	in, ok := instrumentNamed("codebook", names[0], p.stderr)
	if !ok {
		return exitFailed
	}
	languages, err := languagesOf(in, *language)
	if err != nil {
		return p.misuse(fs, err)
	}
	words, err := i18n.Load()
	if err != nil {
		return p.fail("codebook", err)
	}
	write := func(w io.Writer) error {
		book := codebook.Of(in)
		switch *format {
		case "csv":
			return codebook.WriteCSV(w, book.Say(words), languages, *bom)
		case "json":
			return codebook.WriteJSON(w, book.Say(words))
		}
		pages, err := render.New(words)
		if err != nil {
			return err
		}
		return pages.Codebook(w, render.CodebookView{Book: book, Languages: languages})
	}
	if err := writeOut(*out, p.stdout, write); err != nil {
		return p.fail("codebook", err)
	}
	return exitOK
}

// languagesOf reads --language. Errors: a language that the instrument does not have.
func languagesOf(in *instrument.Instrument, asked string) ([]instrument.Lang, error) {
	if asked == bothLanguages {
		return in.Languages, nil
	}
	if !in.HasLanguage(instrument.Lang(asked)) {
		tags := make([]string, len(in.Languages))
		for i, lang := range in.Languages {
			tags[i] = string(lang)
		}
		return nil, fmt.Errorf("--language: %s has no texts in %q; it has %s", in.ID, asked, strings.Join(tags, ", "))
	}
	return []instrument.Lang{instrument.Lang(asked)}, nil
}
