package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestKeysWritesBothFormats(t *testing.T) {
	instrument, _ := scoreFiles(t, scoreInstrument, "")
	out := filepath.Join(t.TempDir(), "key.R")
	surveyd(t, exitOK, "keys", instrument, "--format", "psych", "--out", out)
	if script, err := os.ReadFile(out); err != nil || !strings.Contains(string(script), `S = c("q1", "-q2")`) {
		t.Errorf("%v\n%s", err, script)
	}
	stdout, _ := surveyd(t, exitOK, "keys", instrument, "--format=lavaan")
	if !strings.Contains(stdout, "S =~ q1 + q2") {
		t.Errorf("no factor in\n%s", stdout)
	}
}

func TestKeysSaysWhyItWritesNone(t *testing.T) {
	before, _, _ := strings.Cut(scoreInstrument, "scales:")
	instrument, _ := scoreFiles(t, before, "")
	if _, stderr := surveyd(t, exitFailed, "keys", instrument); !strings.Contains(stderr, "no scales") {
		t.Errorf("stderr %q", stderr)
	}
	surveyd(t, exitMisuse, "keys", instrument, "--format", "spss")
	surveyd(t, exitMisuse, "keys")
	surveyd(t, exitFailed, "keys", filepath.Join(t.TempDir(), "none.yaml"))
}

func TestKeysSpeaksUnderItsOwnName(t *testing.T) {
	_, said := surveyd(t, exitFailed, "keys", "no-such-file.yaml")
	if !strings.HasPrefix(said, "surveyd keys: ") {
		t.Errorf("it says %q", said)
	}
	if out, _ := surveyd(t, exitOK, "keys", "stem-identity"); !strings.Contains(out, "stem-identity") {
		t.Errorf("the key of a shipped instrument is %q", out)
	}
}
