package config

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

// Name names an option.
type Name string

// The options. ScratchData is Data as `demo` has it: no default and no environment variable, so that a demonstration
// started on a server's machine can never seed synthetic students into the server's data.
const (
	Listen         Name = "listen"
	Data           Name = "data"
	ScratchData    Name = "scratch-data"
	MongoDBURI     Name = "mongodb-uri"
	Instruments    Name = "instruments"
	KeyFile        Name = "key-file"
	TrustedProxies Name = "trusted-proxies"
	LogLevel       Name = "log-level"
)

// Set lists the options of one command.
type Set []Name

// option is one row of the table below.
type option struct {
	name         Name
	flag         string
	variable     string // empty: flag only
	fileVariable string // names a file whose content is the value; for secrets
	fallback     string
	usage        string
	expected     string // completes "is not valid; expected ..."
}

var table = []option{
	{
		name: Listen, flag: "listen", variable: "SURVEYD_LISTEN", fallback: "127.0.0.1:8080",
		usage:    "`ADDR` to listen on, as host:port",
		expected: "host:port with a port from 0 to 65535, such as 127.0.0.1:8080 or [::1]:8080",
	},
	{
		name: Data, flag: "data", variable: "SURVEYD_DATA", fallback: "./surveyd-data",
		usage:    "data `DIR`, made if it is not there",
		expected: "a directory, or a path where one can be made",
	},
	{
		name: ScratchData, flag: "data",
		usage:    "data `DIR` (default a scratch directory)",
		expected: "a directory, or a path where one can be made",
	},
	{
		name: MongoDBURI, flag: "mongodb-uri", variable: "SURVEYD_MONGODB_URI", fileVariable: "SURVEYD_MONGODB_URI_FILE",
		usage:    "`URI` of a MongoDB replica set (default SQLite in the data directory)",
		expected: "mongodb://user:password@host:port/database or mongodb+srv://...; escape @ : / ? % in a password as %40 %3A %2F %3F %25",
	},
	{
		name: Instruments, flag: "instruments", variable: "SURVEYD_INSTRUMENTS",
		usage:    "`DIR` of instrument files beside the shipped ones",
		expected: "an existing directory",
	},
	{
		name: KeyFile, flag: "key-file", variable: "SURVEYD_KEY_FILE",
		usage:    "`FILE` of the 32-byte secret key, mode 0600 (default " + KeyFileName + " in the data directory)",
		expected: "the path of a file",
	},
	{
		name: TrustedProxies, flag: "trusted-proxies", variable: "SURVEYD_TRUSTED_PROXIES",
		usage:    "`CIDRS`, comma-separated, of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed",
		expected: "addresses or CIDR blocks separated by commas, such as 10.0.0.0/8,192.168.1.7",
	},
	{
		name: LogLevel, flag: "log-level", variable: "SURVEYD_LOG_LEVEL", fallback: "info",
		usage:    "least `LEVEL` that is logged: debug, info, warn or error",
		expected: "debug, info, warn or error",
	},
}

func lookUp(name Name) option {
	for _, row := range table {
		if row.name == name {
			return row
		}
	}
	panic(fmt.Sprintf("config: no option %q", name))
}

// Options are the options of one command: register them on its flag set, parse, resolve.
type Options struct {
	given []*given
}

// given is what one flag was set to. It is a flag.Value that keeps the text: values are checked together in Resolve,
// so that one run shows every problem of flags and environment.
type given struct {
	option
	text string
	set  bool
}

// String shows the default in help texts.
func (g *given) String() string {
	if g.set {
		return g.text
	}
	return g.fallback
}

// Set takes the flag's text as it stands.
func (g *given) Set(text string) error {
	g.text, g.set = text, true
	return nil
}

// New makes the options that set lists. It panics at a name that is none of this package's constants.
func New(set Set) Options {
	var o Options
	for _, name := range set {
		o.given = append(o.given, &given{option: lookUp(name)})
	}
	return o
}

// For makes the options of a command of surveyd: all for serve, address and directory for demo, and what finds the data
// for every other command.
func For(command string) Options {
	switch command {
	case "serve":
		return New(Set{Listen, Data, MongoDBURI, Instruments, KeyFile, TrustedProxies, LogLevel})
	case "demo":
		return New(Set{Listen, ScratchData})
	default:
		return New(Set{Data, MongoDBURI, KeyFile})
	}
}

// Register adds the options' flags to fs, beside the command's own.
func (o Options) Register(fs *flag.FlagSet) {
	for _, g := range o.given {
		usage := g.usage
		if g.variable != "" {
			usage += " (" + g.variable + ")"
		}
		fs.Var(g, g.flag, usage)
	}
}

// choice is the text that an option ends up with and who said so: "--listen", "SURVEYD_LISTEN" or "default".
type choice struct {
	option
	text   string
	source string
}

// choose lets a flag win over the environment and that over the default. An empty variable counts as unset, as
// compose files write it; an empty flag is an empty value.
func (g *given) choose(env func(string) (string, bool)) (choice, *Problem) {
	if g.set {
		return choice{g.option, g.text, "--" + g.flag}, nil
	}
	text, path := value(env, g.variable), value(env, g.fileVariable)
	switch {
	case text != "" && path != "":
		return choice{}, &Problem{Source: g.fileVariable, Value: path, Expected: "only one of " + g.variable + " and " + g.fileVariable}
	case text != "":
		return choice{g.option, text, g.variable}, nil
	case path != "":
		content, err := os.ReadFile(path)
		if err != nil {
			return choice{}, &Problem{Source: g.fileVariable, Value: path, Expected: "a readable file that holds the value", Cause: err}
		}
		return choice{g.option, strings.TrimRight(string(content), "\r\n"), g.fileVariable}, nil
	}
	return choice{g.option, g.fallback, "default"}, nil
}

func value(env func(string) (string, bool), variable string) string {
	if variable == "" {
		return ""
	}
	text, _ := env(variable)
	return text
}
