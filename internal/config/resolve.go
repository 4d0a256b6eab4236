package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-playground/validator/v10"
)

// settings are the chosen texts before they are parsed; the validator sees each beside the rule that holds for it.
type settings struct {
	Listen         string `option:"listen" validate:"listen_address"`
	Data           string `option:"data" validate:"required,directory_or_new"`
	ScratchData    string `option:"scratch-data" validate:"omitempty,directory_or_new"`
	MongoDBURI     string `option:"mongodb-uri" validate:"omitempty,mongodb_uri"`
	Instruments    string `option:"instruments" validate:"omitempty,dir"`
	KeyFile        string `option:"key-file" validate:"omitempty,file_or_new"`
	TrustedProxies string `option:"trusted-proxies" validate:"omitempty,prefix_list"`
	LogLevel       string `option:"log-level" validate:"oneof=debug info warn error"`
}

// Resolve settles every option from the parsed flags, env and the defaults, and checks them together.
// Errors: Problems, one for each bad value.
func (o Options) Resolve(env func(string) (string, bool)) (Config, error) {
	// Options that the command does not have must not fail their rule, so only the chosen ones are checked below.
	var (
		s        settings
		problems Problems
		chosen   = map[string]choice{}
		fields   []string
	)
	for _, g := range o.given {
		c, problem := g.choose(env)
		if problem != nil {
			problems = append(problems, *problem)
			continue
		}
		field := s.field(g.name)
		field.target.SetString(c.text)
		chosen[field.name] = c
		fields = append(fields, field.name)
	}
	s.LogLevel = strings.ToLower(s.LogLevel)

	if err := newValidator().StructPartial(s, fields...); err != nil {
		var failures validator.ValidationErrors
		if !errors.As(err, &failures) {
			return Config{}, fmt.Errorf("check configuration: %w", err)
		}
		for _, failure := range failures {
			c := chosen[failure.StructField()]
			text := c.text
			if c.name == MongoDBURI {
				text = RedactURI(text)
			}
			problems = append(problems, Problem{Source: c.source, Value: text, Expected: c.expected})
		}
	}
	if len(problems) > 0 {
		return Config{}, problems
	}
	return s.config(), nil
}

type settingsField struct {
	name   string
	target reflect.Value
}

// field finds the field whose `option` tag is name; the tag is the one place where the two are tied.
func (s *settings) field(name Name) settingsField {
	structure := reflect.ValueOf(s).Elem()
	for i := range structure.NumField() {
		if described := structure.Type().Field(i); described.Tag.Get("option") == string(name) {
			return settingsField{described.Name, structure.Field(i)}
		}
	}
	panic(fmt.Sprintf("config: no setting for option %q", name))
}

// config parses what the validator has let through.
func (s *settings) config() Config {
	c := Config{
		Listen:      s.Listen,
		MongoDBURI:  s.MongoDBURI,
		Instruments: s.Instruments,
		KeyFile:     s.KeyFile,
	}
	c.TrustedProxies, _ = parsePrefixes(s.TrustedProxies)
	if s.LogLevel != "" {
		// One of the four names that slog has as well.
		_ = (*slog.Level)(&c.LogLevel).UnmarshalText([]byte(s.LogLevel))
	}
	return c.WithData(s.Data + s.ScratchData)
}

// newValidator knows the rules that validator/v10 has not, or has too narrowly: its hostname_port refuses IPv6 and
// port 0, its mongodb_connection_string refuses escaped characters in a password.
func newValidator() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	rules := map[string]func(string) bool{
		"listen_address": func(text string) bool {
			host, port, err := net.SplitHostPort(text)
			if err != nil {
				return false
			}
			if number, err := strconv.ParseUint(port, 10, 16); err != nil || strconv.FormatUint(number, 10) != port {
				return false
			}
			return v.Var(host, "omitempty,ip|hostname_rfc1123") == nil
		},
		"directory_or_new": func(text string) bool {
			info, err := os.Stat(text)
			return errors.Is(err, os.ErrNotExist) || err == nil && info.IsDir()
		},
		"file_or_new": func(text string) bool {
			info, err := os.Stat(text)
			return errors.Is(err, os.ErrNotExist) || err == nil && !info.IsDir()
		},
		"mongodb_uri": validMongoDBURI,
		"prefix_list": func(text string) bool {
			prefixes, err := parsePrefixes(text)
			return err == nil && len(prefixes) > 0
		},
	}
	for tag, holds := range rules {
		err := v.RegisterValidation(tag, func(field validator.FieldLevel) bool { return holds(field.Field().String()) })
		if err != nil {
			panic(fmt.Sprintf("config: register rule %s: %v", tag, err))
		}
	}
	return v
}

// parsePrefixes reads addresses and CIDR blocks separated by commas; an address stands for itself alone.
func parsePrefixes(text string) ([]netip.Prefix, error) {
	var prefixes []netip.Prefix
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if addr, err := netip.ParseAddr(part); err == nil && addr.Zone() == "" {
			prefixes = append(prefixes, netip.PrefixFrom(addr, addr.BitLen()))
			continue
		}
		prefix, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, err
		}
		prefixes = append(prefixes, prefix.Masked())
	}
	return prefixes, nil
}
