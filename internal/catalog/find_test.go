//go:build unix

package catalog

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"surveyd/internal/instrument"
)

// folder makes a folder with an instrument file, and lets the caller add to it.
func folder(t *testing.T, add func(at func(name string) string) error) string {
	t.Helper()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(at("a.yaml"), []byte("format: 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := add(at); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestOnlyFilesAreReadFromAFolder(t *testing.T) {
	for name, add := range map[string]func(at func(string) string) error{
		"a pipe":                 func(at func(string) string) error { return syscall.Mkfifo(at("b.yaml"), 0o600) },
		"a device without end":   func(at func(string) string) error { return os.Symlink("/dev/zero", at("b.yaml")) },
		"a link to a folder":     func(at func(string) string) error { return os.Symlink(".", at("b.yaml")) },
		"a folder called so too": func(at func(string) string) error { return os.Mkdir(at("b.yaml"), 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, add)
			found := make(chan []Source, 1)
			go func() {
				list, err := Find(os.DirFS(dir), ".")
				if err != nil {
					t.Error(err)
				}
				found <- list
			}()
			select {
			case list := <-found:
				if len(list) != 1 || list[0].Name != "a.yaml" {
					t.Errorf("found %d files", len(list))
				}
			case <-time.After(20 * time.Second):
				t.Error("it waits for ever")
			}
		})
	}
}

func TestALinkThatLeadsNowhereIsNamed(t *testing.T) {
	dir := folder(t, func(at func(string) string) error { return os.Symlink("nowhere", at("b.yaml")) })
	if _, err := Find(os.DirFS(dir), "."); err == nil || !strings.Contains(err.Error(), "b.yaml") {
		t.Errorf("got %v", err)
	}
}

func TestOfAHugeFileOnlyTheStartIsRead(t *testing.T) {
	dir := folder(t, func(at func(string) string) error { return os.Truncate(at("a.yaml"), 1<<40) })
	list, err := Find(os.DirFS(dir), ".")
	if err != nil || len(list) != 1 || len(list[0].Bytes) != instrument.MaxSource+1 {
		t.Fatalf("got %d files, %v", len(list), err)
	}
	if _, problems := Check(list); len(problems) != 1 || problems[0].Code != "file-too-large" {
		t.Errorf("got %v", problems)
	}
}
