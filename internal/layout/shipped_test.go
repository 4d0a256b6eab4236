package layout

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTheShippedInstrumentsStandInTheCanonicalLayout(t *testing.T) {
	files, err := filepath.Glob("../../instruments/*.yaml")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range append(files, "../instrument/testdata/whole.yaml") {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := formatted(t, string(src)); filepath.Base(file) != "whole.yaml" && got != string(src) {
			t.Errorf("%s is not laid out; run surveyd fmt -w %s", file, file)
		}
	}
}
