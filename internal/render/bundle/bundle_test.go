package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var generate = regexp.MustCompile(`(?m)^//go:generate go run \S+/bundle (.+)$`)

// TestWhatBrowsersGetIsMadeFromTheSources makes dist/ again, as the package's own go:generate line says.
func TestWhatBrowsersGetIsMadeFromTheSources(t *testing.T) {
	for _, dir := range []string{"..", "../../preview"} {
		source, err := os.ReadFile(filepath.Join(dir, "assets.go"))
		if err != nil {
			t.Fatal(err)
		}
		line := generate.FindSubmatch(source)
		if line == nil {
			t.Fatalf("%s/assets.go does not say what dist is made from", dir)
		}
		files, err := bundle(dir, strings.Fields(string(line[1])))
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range files {
			got, err := os.ReadFile(filepath.Join(dir, "dist", name))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s/dist/%s is not what its sources make: run go generate in that folder", dir, name)
			}
		}
		entries, err := os.ReadDir(filepath.Join(dir, "dist"))
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if files[entry.Name()] == nil {
				t.Errorf("%s/dist/%s has no source", dir, entry.Name())
			}
		}
	}
}
