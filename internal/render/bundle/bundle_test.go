package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestWhatBrowsersGetIsMadeFromTheSources(t *testing.T) {
	files, err := bundle("..")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", "dist", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("dist/%s is not what its sources make: run go generate ./internal/render", name)
		}
	}
	entries, err := os.ReadDir("../dist")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if files[entry.Name()] == nil {
			t.Errorf("dist/%s has no source", entry.Name())
		}
	}
}
