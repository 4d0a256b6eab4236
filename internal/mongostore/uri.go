package mongostore

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// address is a MongoDB URI, taken apart as far as the store must know it.
type address struct {
	uri      string
	hosts    string // as written; for messages
	database string
	secrets  []string // what no message may show
}

// errURI is why a URI cannot be used. The URI itself is not shown: it may hold a password.
var errURI = errors.New(`the URI must look like "mongodb://user:password@host:27017/database", ` +
	`with /, ?, #, [, ], @, : and % in user and password percent-encoded`)

func parseURI(uri string) (address, error) {
	scheme, rest, found := strings.Cut(uri, "://")
	if !found || (scheme != "mongodb" && scheme != "mongodb+srv") {
		return address{}, errURI
	}
	parsed := address{uri: uri, database: DefaultDatabase}
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		if _, password, has := strings.Cut(rest[:at], ":"); has {
			parsed.hide(password)
		}
		rest = rest[at+1:]
	}
	rest, query, _ := strings.Cut(rest, "?")
	for option := range strings.SplitSeq(query, "&") {
		if _, value, _ := strings.Cut(option, "="); secretOption(option) {
			parsed.hide(value)
		}
	}
	hosts, path, _ := strings.Cut(rest, "/")
	if hosts == "" {
		return address{}, errURI
	}
	parsed.hosts = hosts
	if path != "" {
		name, err := url.PathUnescape(path)
		if err != nil || strings.ContainsAny(name, "/\\. \"$*<>:|?\x00") {
			return address{}, fmt.Errorf("MongoDB at %s: %q is no name of a database", hosts, path)
		}
		parsed.database = name
	}
	return parsed, nil
}

// secretOption says whether a URI option's value is a secret.
func secretOption(option string) bool {
	name, _, _ := strings.Cut(strings.ToLower(option), "=")
	return strings.Contains(name, "password") || name == "authmechanismproperties"
}

// hide keeps a secret out of messages, as it is written and as it is meant.
func (a *address) hide(secret string) {
	for _, form := range []string{secret, unescaped(secret)} {
		if form != "" {
			a.secrets = append(a.secrets, form)
		}
	}
}

func unescaped(text string) string {
	plain, err := url.PathUnescape(text)
	if err != nil {
		return ""
	}
	return plain
}

// safe gives err with no secret in its text; errors.Is sees through it.
func (a *address) safe(err error) error {
	message := err.Error()
	for _, secret := range a.secrets {
		message = strings.ReplaceAll(message, secret, "xxxxx")
	}
	return safeError{message, err}
}

type safeError struct {
	message string
	cause   error
}

func (e safeError) Error() string        { return e.message }
func (e safeError) Is(target error) bool { return errors.Is(e.cause, target) }
