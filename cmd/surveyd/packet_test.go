package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPacketIsOneFileInOneLanguage(t *testing.T) {
	out := filepath.Join(t.TempDir(), "packet.html")
	surveyd(t, exitOK, "packet", studyFile, "--language", "es", "--out", out, "--contact", "Ana Ruiz", "--retention", "Tres años.", "--by", "1 de octubre", "--dates", "Octubre", "--programme", "la Fábrica")
	page, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	mustContain(t, "the packet", string(page), `<html lang="es">`, "Ana Ruiz", "Tres años.", "1 de octubre", "Octubre", "Me gustan las matemáticas en la Fábrica.")
	for _, not := range []string{"el Taller", "<script", "Lo llena la escuela"} {
		if strings.Contains(string(page), not) {
			t.Errorf("the packet holds %q", not)
		}
	}
}

func TestEveryShippedInstrumentHasAPacketAndACodebookInEveryLanguage(t *testing.T) {
	all, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range all {
		for _, lang := range in.Languages {
			page, _ := surveyd(t, exitOK, "packet", string(in.ID), "--language", string(lang))
			for _, item := range in.Items {
				if text := item.Text.In(lang); !strings.ContainsAny(text, `{"'&+`) {
					mustContain(t, string(in.ID), page, text)
				}
			}
			surveyd(t, exitOK, "codebook", string(in.ID), "--language", string(lang))
		}
	}
}

func TestWhatAPacketCannotBeIsSaid(t *testing.T) {
	for _, c := range []struct {
		code int
		want string
		args []string
	}{
		{exitMisuse, "name one instrument", []string{"a", "b"}},
		{exitMisuse, "one language", []string{studyFile, "--language", "both"}},
		{exitMisuse, `no texts in "fr"`, []string{studyFile, "--language", "fr"}},
		{exitMisuse, `did you mean "programme"?`, []string{studyFile, "--setting", "program.en=Lab"}},
		{exitMisuse, `no texts in "fr"`, []string{studyFile, "--setting", "programme.fr=Lab"}},
		{exitMisuse, `no setting "programme"`, []string{"stem-identity", "--programme", "Lab"}},
		{exitFailed, "there is no instrument nothing", []string{"nothing"}},
	} {
		_, stderr := surveyd(t, c.code, append([]string{"packet"}, c.args...)...)
		mustContain(t, strings.Join(c.args, " "), stderr, c.want)
	}
	help, _ := surveyd(t, exitOK, "packet", "--help")
	mustContain(t, "the help", help, "-contact", "-retention", "-by", "-dates", "-programme", "-setting", "-language", "-out")
}
