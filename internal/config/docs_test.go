package config

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// notOurs are variables of the compose file and of tests, which surveyd itself does not read.
var notOurs = []string{"SURVEYD_HOST", "SURVEYD_FRONT_SUBNET", "SURVEYD_TEST_MONGODB_URI"}

// TestTheManualNamesEveryVariableAndNoOther reads what operators are told.
func TestTheManualNamesEveryVariableAndNoOther(t *testing.T) {
	var known []string
	for _, row := range table {
		for _, name := range []string{row.variable, row.fileVariable} {
			if name != "" {
				known = append(known, name)
			}
		}
	}
	variable := regexp.MustCompile(`SURVEYD_[A-Z_]*[A-Z]`)
	root := filepath.Join("..", "..")
	for _, file := range []string{"docs/operations.md", "compose.yaml", "Dockerfile", "deploy/Caddyfile"} {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		told := variable.FindAllString(string(text), -1)
		for _, name := range told {
			if !slices.Contains(known, name) && !slices.Contains(notOurs, name) {
				t.Errorf("%s names %s, which surveyd does not read", file, name)
			}
		}
		if file != "docs/operations.md" {
			continue
		}
		for _, name := range known {
			if !slices.Contains(told, name) {
				t.Errorf("%s does not name %s", file, name)
			}
		}
	}
}
