package config

import (
	"errors"
	"flag"
	"io"
	"slices"
	"strings"
	"testing"
)

// commandFlags are what a command such as `export` adds to the shared options.
func commandFlags() (fs *flag.FlagSet, role *string, json *bool) {
	fs = flag.NewFlagSet("command", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	role = fs.String("role", "", "")
	json = fs.Bool("json", false, "")
	return fs, role, json
}

func TestFlagsMayStandAnywhere(t *testing.T) {
	for _, test := range []struct {
		name       string
		args       []string
		positional []string
		role       string
		json       bool
	}{
		{"nothing", nil, nil, "", false},
		{"flag after positional", []string{"a@b.org", "--role", "teacher"}, []string{"a@b.org"}, "teacher", false},
		{"flag before positional", []string{"--role=teacher", "a@b.org"}, []string{"a@b.org"}, "teacher", false},
		{"a boolean takes no value", []string{"--json", "x.yaml", "y.yaml"}, []string{"x.yaml", "y.yaml"}, "", true},
		{"between positionals", []string{"x", "-json=true", "y", "-role", "r", "z"}, []string{"x", "y", "z"}, "r", true},
		{"after -- all is positional", []string{"x", "--", "--json", "--", "-y"}, []string{"x", "--json", "--", "-y"}, "", false},
		{"-- as a value", []string{"--role", "--", "x", "--json"}, []string{"x"}, "--", true},
		{"a lone dash is positional", []string{"-", "--json"}, []string{"-"}, "", true},
		{"an empty argument is positional", []string{"", "--json"}, []string{""}, "", true},
		{"a value that looks like a flag", []string{"--role=--json"}, nil, "--json", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			fs, role, json := commandFlags()
			positional, err := ParseInterspersed(fs, test.args)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(positional, test.positional) || *role != test.role || *json != test.json {
				t.Errorf("got %q, role %q, json %t", positional, *role, *json)
			}
		})
	}
}

func TestBadFlagsAreReported(t *testing.T) {
	for _, args := range [][]string{{"x", "--rol", "teacher"}, {"x", "--role"}, {"--json=perhaps"}, {"---json"}} {
		fs, _, _ := commandFlags()
		if _, err := ParseInterspersed(fs, args); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
	fs, _, _ := commandFlags()
	if _, err := ParseInterspersed(fs, []string{"x", "-h"}); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h after a positional argument: %v", err)
	}
}

func TestACommandsOwnFlagsStandBesideTheSharedOnes(t *testing.T) {
	fs, role, _ := commandFlags()
	options := For("staff")
	options.Register(fs)
	positional, err := ParseInterspersed(fs, []string{"add", "a@b.org", "--role", "teacher", "--data", "/srv"})
	if err != nil {
		t.Fatal(err)
	}
	got, err := options.Resolve(environment())
	if err != nil || got.Data != "/srv" || *role != "teacher" || !slices.Equal(positional, []string{"add", "a@b.org"}) {
		t.Errorf("got %+v, role %q, positional %q, error %v", got, *role, positional, err)
	}
}

func TestAFlagIsNotTakenForTheValueOfAnother(t *testing.T) {
	parse := func(args ...string) (string, error) {
		fs := flag.NewFlagSet("roster", flag.ContinueOnError)
		fs.SetOutput(io.Discard)
		data := fs.String("data", "", "")
		fs.Bool("dry-run", false, "")
		_, err := ParseInterspersed(fs, args)
		return *data, err
	}
	if _, err := parse("import", "--data", "--dry-run"); err == nil || !strings.Contains(err.Error(), "--data has no value") {
		t.Errorf("got %v", err)
	}
	for _, value := range []string{"-", "--other", "here"} {
		if data, err := parse("--data", value); err != nil || data != value {
			t.Errorf("%s: got %q, %v", value, data, err)
		}
	}
	if data, err := parse("--data=--dry-run"); err != nil || data != "--dry-run" {
		t.Errorf("got %q, %v", data, err)
	}
}
