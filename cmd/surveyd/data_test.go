package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestADataDirectoryHasOneServer(t *testing.T) {
	dir, _ := newData(t, "stem-identity")
	startServer(t, dir)
	_, stderr := surveyd(t, exitFailed, "serve", "--listen", "127.0.0.1:0", "--data", dir)
	mustContain(t, "the second server", stderr, "in use by another surveyd server", dir)
	_, stderr = surveyd(t, exitFailed, "demo", "--listen", "127.0.0.1:0", "--data", dir)
	mustContain(t, "a demonstration", stderr, "in use by another surveyd server")
	surveyd(t, exitOK, "administration", "list", "--data", dir)
}

func TestADemonstrationNeverMixesWithRealData(t *testing.T) {
	dir, _ := newData(t, "stem-identity")
	_, stderr := surveyd(t, exitFailed, "demo", "--listen", "127.0.0.1:0", "--data", dir)
	mustContain(t, "a demonstration on a school's data", stderr, "not the demonstration's")
}

func TestWhatIsMistypedIsNamedAndNothingIsMade(t *testing.T) {
	dir, _ := newData(t, "stem-identity")
	typo := filepath.Join(t.TempDir(), "typo")
	_, stderr := surveyd(t, exitFailed, "export", "--administration", "fall", "--data", typo)
	mustContain(t, "a directory that is not there", stderr, "there are no data in "+typo)
	if _, err := os.Stat(typo); !os.IsNotExist(err) {
		t.Errorf("the mistyped directory was made: %v", err)
	}
	_, stderr = surveyd(t, exitFailed, "codes", "--administration", "fal", "--data", dir)
	mustContain(t, "an administration that is not there", stderr, `there is no administration "fal"`, "fall")
	_, stderr = surveyd(t, exitFailed, "administration", "create", "--instrument", "stem-identty", "--wave", "spring", "--data", dir)
	mustContain(t, "an instrument that is not there", stderr, "did you mean stem-identity?")
	_, stderr = surveyd(t, exitMisuse, "exprot")
	mustContain(t, "a command that is not there", stderr, "did you mean export?")
	_, stderr = surveyd(t, exitMisuse, "administration", "create", "--instrument", "stem-identity", "--wave", "spring", "--closes", "soon", "--data", dir)
	mustContain(t, "a date that is none", stderr, `--closes: "soon" is no date`)
	_, stderr = surveyd(t, exitFailed, "administration", "create", "--instrument", "stem-identity", "--wave", "spring", "--opens", "2030-05-02", "--closes", "2030-05-01", "--data", dir)
	mustContain(t, "a window that ends before it begins", stderr, "it closes")
	_, stderr = surveyd(t, exitMisuse, "export", "--administration", "fall", "--format", "xls", "--data", dir)
	mustContain(t, "a format that is none", stderr, `there is no format "xls"`, "csv-wide")
}

func TestTheSecretKeyIsGuarded(t *testing.T) {
	dir, _ := newData(t, "stem-identity")
	key := filepath.Join(dir, "secret.key")
	info, err := os.Stat(key)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != 32 {
		t.Fatalf("the key file is %v, %v", info, err)
	}
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	_, stderr := surveyd(t, exitFailed, "codes", "--administration", "fall", "--data", dir)
	mustContain(t, "a key that others can read", stderr, "chmod 600")
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(key, []byte(strings.Repeat("x", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, stderr = surveyd(t, exitFailed, "codes", "--administration", "fall", "--data", dir)
	mustContain(t, "another key", stderr, "another secret key")
}

func TestABadRosterChangesNothing(t *testing.T) {
	dir, _ := newData(t, "stem-identity")
	bad := filepath.Join(t.TempDir(), "bad.csv")
	if err := os.WriteFile(bad, []byte("student_id,grade,language,site,group\ns9,6,en,North,6A\ns9,13,en,North,=1+1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, stderr := surveyd(t, exitFailed, "roster", "import", bad, "--data", dir)
	mustContain(t, "the roster's problems", stderr, bad+": line 3: column grade", "begins like a spreadsheet formula", `"s9" stands on line 2 already`, "3 problems: nothing was imported")
	out, _ := surveyd(t, exitOK, "codes", "--administration", "fall", "--data", dir)
	if strings.Contains(out, "s9") {
		t.Error("a row of the bad roster was imported")
	}
}
