package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatIsDoneAtTheCommandLineStandsInTheLog(t *testing.T) {
	dir, codes := newData(t, "stem-identity")
	for _, verb := range []string{"pause", "close"} {
		surveyd(t, exitOK, "administration", verb, "fall", "--data", dir)
	}
	surveyd(t, exitOK, "administration", "open", "fall", "--closes", "2099-06-01", "--data", dir)
	sheet, _ := surveyd(t, exitOK, "codes", "--administration", "fall", "--reissue", "s1", "--data", dir)
	surveyd(t, exitFailed, "codes", "--administration", "fall", "--reissue", "nobody", "--data", dir)
	surveyd(t, exitOK, "export", "--administration", "fall", "--data", dir, "--out", filepath.Join(t.TempDir(), "out.csv"))
	surveyd(t, exitOK, "staff", "add", "pat@example.org", "--role", "researcher", "--data", dir)

	log, _ := surveyd(t, exitOK, "staff", "log", "--data", dir)
	at := len(log) // newest first
	for _, action := range []string{
		"roster.import", "administration.create", "codes.print", "administration.pause", "administration.close", "administration.open",
		"codes.reissue", "export.answers", "account.add", "link.new",
	} {
		found := strings.LastIndex(log[:at], action+" ")
		if found < 0 {
			t.Fatalf("%s is not in the log, or not in its place:\n%s", action, log)
		}
		at = found
	}
	mustContain(t, "the log", log, "4 new, 0 changed, 0 unchanged", "stem-identity", "2099-06-01", "sets a password")
	if n := strings.Count(log, "codes.reissue"); n != 1 {
		t.Errorf("%d codes were replaced, by the log", n)
	}
	for _, secret := range []string{codes["s1"], table(t, sheet)[0]["code"], "s1", "Ana"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	if short, _ := surveyd(t, exitOK, "staff", "log", "--n", "2", "--data", dir); strings.Count(short, "\n") != 3 {
		t.Errorf("the newest two:\n%s", short)
	}
	surveyd(t, exitMisuse, "staff", "log", "--n", "0", "--data", dir)
}
