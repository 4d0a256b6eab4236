package interchange

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func dictionary(t testing.TB, file string) []byte {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func TestADataDictionaryOfTheUsualShapeBecomesAnInstrument(t *testing.T) {
	r, err := REDCap("club.csv", dictionary(t, "club.redcap.csv"), Options{ID: "clubs", Grades: []string{"6", "7"}})
	if err != nil {
		t.Fatal(err)
	}
	checked(t, r)
	golden(t, "club.redcap", r)
}

func TestADictionaryWithAMarkAndWindowsLineEndsIsTheSame(t *testing.T) {
	src := dictionary(t, "club.redcap.csv")
	want, err := REDCap("club.csv", src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := REDCap("club.csv", []byte("\ufeff"+strings.ReplaceAll(string(src), "\n", "\r\n")), Options{})
	if err != nil || string(got.YAML) != string(want.YAML) {
		t.Fatalf("%v\n%s", err, got.YAML)
	}
}
