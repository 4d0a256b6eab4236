package config

import (
	"flag"
	"fmt"
	"strings"
)

// ParseInterspersed parses args by fs and returns the positional arguments. Flags may stand before, between and after
// them, as in `surveyd staff add a@b.org --role teacher`; after -- everything is positional, and a lone - always is.
// Errors are those of fs.Parse, and a flag
// where the value of another should be.
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
			if isFlag(fs, args[i]) {
				return nil, fmt.Errorf("%s has no value: %s behind it is a flag itself (%s=%s if that is the value)", arg, args[i], arg, args[i])
			}
			flags = append(flags, args[i])
		}
	}
	if err := fs.Parse(flags); err != nil {
		return nil, err
	}
	return positional, nil
}

// isFlag tells whether arg is one of the flags of fs. Taken for the value of another, it would make a folder of that name.
func isFlag(fs *flag.FlagSet, arg string) bool {
	if len(arg) < 2 || arg[0] != '-' {
		return false
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(arg, "-"), "-"), "=")
	return fs.Lookup(name) != nil
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
