package config

import (
	"flag"
	"strings"
)

// ParseInterspersed parses args by fs and returns the positional arguments. Flags may stand before, between and after
// them, as in `surveyd staff add a@b.org --role teacher`; after -- everything is positional, and a lone - always is.
// Errors are those of fs.Parse.
func ParseInterspersed(fs *flag.FlagSet, args []string) (positional []string, err error) {
	var flags []string
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			positional = append(positional, args[i+1:]...)
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			positional = append(positional, arg)
			continue
		}
		flags = append(flags, arg)
		if takesNext(fs, arg) && i+1 < len(args) {
			i++
			flags = append(flags, args[i])
		}
	}
	if err := fs.Parse(flags); err != nil {
		return nil, err
	}
	return positional, nil
}

// takesNext tells whether arg is a flag whose value is the next argument. Of a flag that fs does not have nothing is
// known; Parse reports it.
func takesNext(fs *flag.FlagSet, arg string) bool {
	name := strings.TrimPrefix(strings.TrimPrefix(arg, "-"), "-")
	if strings.Contains(name, "=") {
		return false
	}
	known := fs.Lookup(name)
	if known == nil {
		return false
	}
	boolean, ok := known.Value.(interface{ IsBoolFlag() bool })
	return !ok || !boolean.IsBoolFlag()
}
