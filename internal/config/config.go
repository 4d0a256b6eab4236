// Package config turns flags and SURVEYD_* environment variables into one checked value.
//
// It knows names, defaults and what a good value looks like. It refuses to know what the values are used for: it opens
// no database, binds no address and makes no directory. The process environment is handed in, so that a test never has
// to change its own.
package config

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"path/filepath"
	"strings"
)

// KeyFileName is the secret key's file inside the data directory where no other file is named.
const KeyFileName = "secret.key"

// Config holds what a command was told. Fields of options that the command does not have keep their zero value.
type Config struct {
	// Listen is host:port; port 0 asks for any free one.
	Listen string
	// Data is the data directory. Only `demo` may leave it empty, which asks for a scratch directory.
	Data string
	// MongoDBURI is empty where answers are kept in SQLite under Data. It may hold a password: see RedactURI.
	MongoDBURI string
	// Instruments is an existing directory of instrument files; empty means the shipped ones alone.
	Instruments string
	// KeyFile is the path of the 32-byte secret key. It is empty only where Data is.
	KeyFile string
	// TrustedProxies are the peers whose X-Forwarded-For and X-Forwarded-Proto are believed.
	TrustedProxies []netip.Prefix
	LogLevel       slog.Level
}

// WithData returns c with dir as its data directory and, where no key file was named, the key file inside it.
func (c Config) WithData(dir string) Config {
	c.Data = dir
	if c.KeyFile == "" && dir != "" {
		c.KeyFile = filepath.Join(dir, KeyFileName)
	}
	return c
}

// LogValue keeps the password of a MongoDB URI out of logs.
func (c Config) LogValue() slog.Value {
	proxies := make([]string, len(c.TrustedProxies))
	for i, prefix := range c.TrustedProxies {
		proxies[i] = prefix.String()
	}
	return slog.GroupValue(
		slog.String("listen", c.Listen),
		slog.String("data", c.Data),
		slog.String("mongodb_uri", RedactURI(c.MongoDBURI)),
		slog.String("instruments", c.Instruments),
		slog.String("key_file", c.KeyFile),
		slog.String("trusted_proxies", strings.Join(proxies, ",")),
		slog.String("log_level", c.LogLevel.String()),
	)
}

// Parse reads the arguments of a command that takes no flags of its own and no positional arguments.
//
// Errors: flag.ErrHelp where help was asked for; Problems where values are bad, all of them at once; an error of the
// flag package for a flag that the command does not have.
func Parse(command string, args []string, env func(string) (string, bool)) (Config, error) {
	options := For(command)
	fs := flag.NewFlagSet(command, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	options.Register(fs)
	positional, err := ParseInterspersed(fs, args)
	if err != nil {
		return Config{}, err
	}
	if len(positional) > 0 {
		return Config{}, fmt.Errorf("unexpected argument %q", positional[0])
	}
	return options.Resolve(env)
}
