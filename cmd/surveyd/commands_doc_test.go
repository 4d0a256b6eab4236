package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// subcommands are the words behind a command, each with flags of its own.
var subcommands = map[string][]string{
	"import":         {"xlsform", "redcap"},
	"roster":         {"import"},
	"administration": {"create", "list", "open", "pause", "close"},
	"staff":          {"add", "link", "list", "log"},
}

// dataFlags are told once, for all the commands that have them.
var dataFlags = []string{"--data", "--key-file", "--mongodb-uri"}

// sectionsOf gives the text below each heading "## ..." of a page.
func sectionsOf(page string) (names []string, text map[string]string) {
	text = map[string]string{}
	for _, part := range strings.Split("\n"+page, "\n## ")[1:] {
		name, rest, _ := strings.Cut(part, "\n")
		names = append(names, name)
		text[name] = rest
	}
	return names, text
}

// helpOf gives what a command says of its flags.
func helpOf(t *testing.T, words ...string) string {
	t.Helper()
	out, errs := surveyd(t, exitOK, append(words, "--help")...)
	if errs != "" || out == "" {
		t.Errorf("surveyd %s --help prints %q and, as an error, %q", strings.Join(words, " "), out, errs)
	}
	return out
}

var (
	// A line of help begins with a flag, and goes on with the word for its value.
	helpedFlag = regexp.MustCompile(`(?m)^  -([a-z-]+)(?: ([A-Z][A-Z_.=]*))?`)
	toldFlag   = regexp.MustCompile("`(--?[a-z][a-z-]*)(?: ([A-Z][A-Z_.=]*))?`")
)

func TestTheDocsHaveASectionForEveryCommandAndNoOther(t *testing.T) {
	names, _ := sectionsOf(readPage(t, "commands.md"))
	var want []string
	for _, c := range commands() {
		want = append(want, c.name)
	}
	got := slices.DeleteFunc(names, func(name string) bool { return name == "Flags of the data" })
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("docs/commands.md has the sections %q, the commands are %q", got, want)
	}
}

func TestTheDocsShowTheUsageOfEveryCommand(t *testing.T) {
	_, text := sectionsOf(readPage(t, "commands.md"))
	for _, c := range commands() {
		usage, _, _ := strings.Cut(c.usage, "\n")
		if line := "    surveyd " + usage + "\n"; !strings.Contains(text[c.name], line) {
			t.Errorf("docs/commands.md, %s does not show\n%s", c.name, line)
		}
	}
}

func TestTheDocsHaveEveryFlagAndNoOther(t *testing.T) {
	_, text := sectionsOf(readPage(t, "commands.md"))
	told := toldFlag.FindAllStringSubmatch(text["Flags of the data"], -1)
	if len(told) != len(dataFlags) {
		t.Errorf("the flags of the data are %q", told)
	}
	flags := 0
	for _, c := range commands() {
		helps := [][]string{{c.name}}
		for _, word := range subcommands[c.name] {
			helps = append(helps, []string{c.name, word})
		}
		values := map[string]string{}
		for _, words := range helps {
			for _, m := range helpedFlag.FindAllStringSubmatch(helpOf(t, words...), -1) {
				hyphens := "--"
				if len(m[1]) == 1 {
					hyphens = "-"
				}
				values[hyphens+m[1]] = m[2]
			}
		}
		flags += len(values)
		section := text[c.name]
		shared := strings.Contains(section, "(#flags-of-the-data)")
		for _, m := range toldFlag.FindAllStringSubmatch(section, -1) {
			if value, ok := values[m[1]]; !ok {
				t.Errorf("docs/commands.md, %s tells of %s, which the command does not have", c.name, m[1])
			} else if value != "" && m[2] != "" && m[2] != value {
				t.Errorf("docs/commands.md, %s calls the value of %s %s, its help %s", c.name, m[1], m[2], value)
			}
		}
		for name := range values {
			row := regexp.MustCompile("(?m)^\\|.*`" + name + "[ `]")
			if !(shared && slices.Contains(dataFlags, name)) && !row.MatchString(section) {
				t.Errorf("docs/commands.md, %s does not tell of %s", c.name, name)
			}
		}
	}
	if flags < 60 {
		t.Errorf("only %d flags were found", flags)
	}
}

// shownCommand is a command line in a block of a page; what a redirection or a pipe takes is not part of it.
var shownCommand = regexp.MustCompile(`(?m)^(?:ExecStart=/usr/local/bin/|docker compose (?:run|exec) .*?|sudo .*?|go run \./cmd/|\./|    )?(?:/)?surveyd ([a-z][^\n|>#]*)`)

func TestEveryCommandInTheDocsExistsWithItsFlags(t *testing.T) {
	pages, err := filepath.Glob(docsPath("*.md"))
	if err != nil {
		t.Fatal(err)
	}
	pages = append(pages, docsPath("../README.md"), docsPath("../CONTRIBUTING.md"))
	flagWord := regexp.MustCompile(`^--?([a-z][a-z-]*)(=.*)?$`)
	shown := 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		blocks, err := blocksOf(string(text))
		if err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		for _, b := range blocks {
			for _, m := range shownCommand.FindAllStringSubmatch(strings.ReplaceAll(b.text, "\\\n", " "), -1) {
				for _, args := range commandsIn(m[1]) {
					i := slices.IndexFunc(commands(), func(c command) bool { return c.name == args[0] })
					if i < 0 {
						continue // prose, as in an output that is shown
					}
					shown++
					words := slices.Clip(args[:1])
					if sub := subcommands[args[0]]; sub != nil {
						if len(args) < 2 || !slices.Contains(sub, args[1]) {
							t.Errorf("%s:%d: there is no command %s", filepath.Base(page), b.line, m[0])
							continue
						}
						words = slices.Clip(args[:2])
					}
					help := helpOf(t, words...)
					for _, arg := range args[1:] {
						if f := flagWord.FindStringSubmatch(arg); f != nil && !regexp.MustCompile(`(?m)^  -`+f[1]+`\b`).MatchString(help) {
							t.Errorf("%s:%d: surveyd %s has no flag %s", filepath.Base(page), b.line, strings.Join(words, " "), arg)
						}
					}
				}
			}
		}
	}
	if shown < 50 {
		t.Errorf("only %d commands were found", shown)
	}
}
