package main

import "testing"

func TestACommandWithSubcommandsSaysWhatTheyAre(t *testing.T) {
	for name, words := range subcommands {
		if name == "import" {
			continue // its subcommands share their flags, which its help explains
		}
		for _, ask := range []string{"--help", "-h", "help"} {
			out, _ := surveyd(t, exitOK, name, ask)
			mustContain(t, "the help of "+name, out, append([]string{"--help"}, words...)...)
		}
		surveyd(t, exitMisuse, name, "sing")
	}
}

func TestTheCommandThatIsPrintedForTheCodesFindsTheSameData(t *testing.T) {
	dir, _ := newData(t, "stem-belonging")
	out, _ := surveyd(t, exitOK, "administration", "create", "--instrument", "stem-belonging", "--wave", "spring", "--data", dir)
	mustContain(t, "what is printed", out, "surveyd codes --administration stem-belonging-spring --data "+dir+"\n")
}
