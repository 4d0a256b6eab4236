package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"surveyd/internal/config"
	"surveyd/internal/diag"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// programmeSetting is the setting that --programme fills.
const programmeSetting = "programme"

func runPacket(_ context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("packet", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	language := fs.String("language", "", "`LANG` of the copy, such as en or es; the instrument's first when left out")
	out := fs.String("out", "", "`FILE` to write instead of standard output; it appears whole or not at all")
	contact := fs.String("contact", "", "`TEXT` that says whom to ask; a line for the school to fill in when left out")
	retention := fs.String("retention", "", "`TEXT` that says how long answers are kept; a line to fill in when left out")
	by := fs.String("by", "", "`TEXT` that says until when families answer; a line to fill in when left out")
	dates := fs.String("dates", "", "`TEXT` that says when the survey is given; a line to fill in when left out")
	programme := fs.String("programme", "", "`TEXT` in place of {{programme}}; the file's default when left out")
	var settings single
	fs.Var(&settings, "setting", "`NAME.LANGUAGE=TEXT` in place of a setting's default; may be repeated")
	names, err := config.ParseInterspersed(fs, args)
	if err == nil && len(names) != 1 {
		err = errors.New("name one instrument: a file, or a shipped one as ID or ID@VERSION, as in surveyd packet stem-identity --language es --out packet.html")
	}
	if err != nil {
		return p.misuse(fs, err)
	}
	in, ok := instrumentNamed("packet", names[0], p.stderr)
	if !ok {
		return exitFailed
	}
	view := render.PacketView{Lang: in.Languages[0], Instrument: in, Contact: *contact, Retention: *retention, By: *by, Dates: *dates}
	if *language != "" {
		one, err := languagesOf(in, *language)
		if err == nil && len(one) != 1 {
			err = errors.New("--language: a packet is in one language; make one for each")
		}
		if err != nil {
			return p.misuse(fs, err)
		}
		view.Lang = one[0]
	}
	if *programme != "" {
		settings = append(settings, fmt.Sprintf("%s.%s=%s", programmeSetting, view.Lang, *programme))
	}
	if view.Settings, err = packetSettings(in, settings); err != nil {
		return p.misuse(fs, err)
	}
	words, err := i18n.Load()
	if err != nil {
		return p.fail("packet", err)
	}
	pages, err := render.New(words)
	if err != nil {
		return p.fail("packet", err)
	}
	if err := writeOut(*out, p.stdout, func(w io.Writer) error { return pages.Packet(w, view) }); err != nil {
		return p.fail("packet", err)
	}
	return exitOK
}

// packetSettings reads --setting. Errors: a setting that the instrument does not have, or a language.
func packetSettings(in *instrument.Instrument, words []string) (render.Settings, error) {
	values, err := settingValues(words)
	if err != nil {
		return nil, err
	}
	var known []string
	for _, s := range in.Settings {
		known = append(known, string(s.ID))
	}
	settings := render.Settings{}
	for _, v := range values {
		if !hasSetting(in, v.ID) {
			return nil, fmt.Errorf("%s has no setting %q; %s", in.ID, v.ID, diag.DidYouMean(string(v.ID), known, "its texts name none of that name"))
		}
		if !in.HasLanguage(v.Lang) {
			return nil, fmt.Errorf("--setting %s.%s: %s has no texts in %q", v.ID, v.Lang, in.ID, v.Lang)
		}
		if settings[v.ID] == nil {
			settings[v.ID] = instrument.Text{}
		}
		settings[v.ID][v.Lang] = v.Text
	}
	return settings, nil
}

func hasSetting(in *instrument.Instrument, id instrument.SettingID) bool {
	for _, s := range in.Settings {
		if s.ID == id {
			return true
		}
	}
	return false
}
