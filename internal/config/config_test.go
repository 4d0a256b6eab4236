package config

import (
	"bytes"
	"errors"
	"flag"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// environment makes a lookup of "NAME=value" pairs.
func environment(pairs ...string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for _, pair := range pairs {
			if key, text, _ := strings.Cut(pair, "="); key == name {
				return text, true
			}
		}
		return "", false
	}
}

func TestServeWithNothingSaidHasTheDefaults(t *testing.T) {
	got, err := Parse("serve", nil, environment())
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Listen:   "127.0.0.1:8080",
		Data:     "./surveyd-data",
		KeyFile:  filepath.Join("surveyd-data", "secret.key"),
		LogLevel: slog.LevelInfo,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestEveryOptionIsReadFromFlagAndEnvironment(t *testing.T) {
	dir := t.TempDir()
	key := filepath.Join(dir, "k")
	want := Config{
		Listen:         "[::1]:0",
		Data:           dir,
		MongoDBURI:     "mongodb://u:p%40ss@a:1,b:2/surveyd?replicaSet=rs0",
		Instruments:    dir,
		KeyFile:        key,
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.168.1.7/32")},
		LogLevel:       slog.LevelDebug,
	}
	byFlag := []string{
		"--listen", want.Listen, "--data", dir, "--mongodb-uri", want.MongoDBURI, "--instruments", dir,
		"--key-file", key, "--trusted-proxies", "10.1.2.3/8, 192.168.1.7", "--log-level", "DEBUG",
	}
	byVariable := environment(
		"SURVEYD_LISTEN="+want.Listen, "SURVEYD_DATA="+dir, "SURVEYD_MONGODB_URI="+want.MongoDBURI, "SURVEYD_INSTRUMENTS="+dir,
		"SURVEYD_KEY_FILE="+key, "SURVEYD_TRUSTED_PROXIES=10.1.2.3/8,192.168.1.7", "SURVEYD_LOG_LEVEL=debug",
	)
	for name, parse := range map[string]func() (Config, error){
		"flags":       func() (Config, error) { return Parse("serve", byFlag, environment()) },
		"environment": func() (Config, error) { return Parse("serve", nil, byVariable) },
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parse()
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestAFlagBeatsTheEnvironmentEvenWhenEmpty(t *testing.T) {
	env := environment("SURVEYD_LISTEN=:1", "SURVEYD_MONGODB_URI=mongodb://host")
	got, err := Parse("serve", []string{"--listen=:2", "--mongodb-uri="}, env)
	if err != nil {
		t.Fatal(err)
	}
	if got.Listen != ":2" || got.MongoDBURI != "" {
		t.Errorf("listen %q, MongoDB URI %q; want the flags' :2 and none", got.Listen, got.MongoDBURI)
	}
}

func TestAnEmptyVariableIsUnset(t *testing.T) {
	got, err := Parse("serve", nil, environment("SURVEYD_LISTEN=", "SURVEYD_LOG_LEVEL="))
	if err != nil {
		t.Fatal(err)
	}
	if got.Listen != "127.0.0.1:8080" {
		t.Errorf("listen %q, want the default", got.Listen)
	}
}

func TestABadVariableIsHarmlessWhereAFlagReplacesIt(t *testing.T) {
	if _, err := Parse("serve", []string{"--listen", ":1"}, environment("SURVEYD_LISTEN=nonsense")); err != nil {
		t.Error(err)
	}
}

func TestAllProblemsAreToldAtOnceEachWithSourceValueAndExpectation(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Parse("serve", []string{"--listen", "8080", "--instruments", "/does/not/exist"}, environment(
		"SURVEYD_DATA="+file, "SURVEYD_MONGODB_URI=http://host", "SURVEYD_KEY_FILE="+filepath.Dir(file),
		"SURVEYD_TRUSTED_PROXIES=10.0.0.0/40", "SURVEYD_LOG_LEVEL=loud",
	))
	want := strings.Join([]string{
		`--listen: "8080" is not valid; expected host:port with a port from 0 to 65535, such as 127.0.0.1:8080 or [::1]:8080`,
		`SURVEYD_DATA: "` + file + `" is not valid; expected a directory, or a path where one can be made`,
		`SURVEYD_MONGODB_URI: "http://host" is not valid; expected mongodb://user:password@host:port/database or mongodb+srv://...; ` +
			`escape @ : / ? % in a password as %40 %3A %2F %3F %25`,
		`--instruments: "/does/not/exist" is not valid; expected an existing directory`,
		`SURVEYD_KEY_FILE: "` + filepath.Dir(file) + `" is not valid; expected the path of a file`,
		`SURVEYD_TRUSTED_PROXIES: "10.0.0.0/40" is not valid; expected addresses or CIDR blocks separated by commas, such as 10.0.0.0/8,192.168.1.7`,
		`SURVEYD_LOG_LEVEL: "loud" is not valid; expected debug, info, warn or error`,
	}, "\n")
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestListenTakesWhatCanBeListenedOn(t *testing.T) {
	for address, good := range map[string]bool{
		":8080": true, "127.0.0.1:0": true, "[::]:65535": true, "survey.example.org:443": true, "localhost:80": true,
		"": false, "127.0.0.1": false, ":": false, ":65536": false, ":-1": false, ":+80": false, ":080": false, "::1:80": false,
		"http://localhost:80": false, "two words:80": false,
	} {
		_, err := Parse("serve", []string{"--listen", address}, environment())
		if good != (err == nil) {
			t.Errorf("%q: error %v, want good %t", address, err, good)
		}
	}
}

func TestAMongoDBURIIsCheckedWithoutTheDriver(t *testing.T) {
	for uri, good := range map[string]bool{
		"mongodb://localhost":                             true,
		"mongodb://u:p@a.example:27017,b.example:27017/x": true,
		"mongodb://user@host/?authMechanism=MONGODB-X509": true,
		"mongodb+srv://u:%2Fslash@cluster.example/db?w=1": true,
		"mongodb://":            false,
		"mongodb:///db":         false,
		"mongodb://a,,b":        false,
		"mongodb://:27017":      false,
		"mongodb://u:p@ss@host": false,
		"mongodb://u:p/ss@host": false,
		"mongodb://u:p:ss@host": false,
		"mongodb://:p@host":     false,
		"postgres://u:p@host":   false,
		"localhost:27017":       false,
	} {
		_, err := Parse("serve", []string{"--mongodb-uri", uri}, environment())
		if good != (err == nil) {
			t.Errorf("%q: error %v, want good %t", uri, err, good)
		}
	}
}

func TestNoPasswordIsEverShown(t *testing.T) {
	for _, uri := range []string{
		"mongodb://u:hunter2@host,other/db?tls=true",
		"mongodb+srv://u:hunter2@host",
		"mongodb://u:hun@ter2:hunter2@host",
		"mongodb://u:/hunter2@host/",
		"mongodb://u:?hunter2@host/",
		"mongo://u:hunter2@host",
		"u:hunter2@host",
		"mongodb:/u:hunter2@host",
		"mongodb://host/?tlsCertificateKeyFilePassword=hunter2",
		"host/?authMechanismProperties=AWS_SESSION_TOKEN:hunter2",
	} {
		shown := RedactURI(uri)
		if strings.Contains(shown, "hunter2") {
			t.Errorf("RedactURI(%q) = %q", uri, shown)
		}
		if _, err := Parse("serve", []string{"--mongodb-uri", uri, "--listen", "bad"}, environment()); strings.Contains(err.Error(), "hunter2") {
			t.Errorf("error for %q: %v", uri, err)
		}
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Info("start", "config", Config{MongoDBURI: uri})
		if strings.Contains(log.String(), "hunter2") || !strings.Contains(log.String(), `"mongodb_uri"`) {
			t.Errorf("log for %q: %s", uri, log.String())
		}
	}
	if got := RedactURI("mongodb://u:p@a:1,b:2/db?w=1"); got != "mongodb://u:xxxxx@a:1,b:2/db?xxxxx" {
		t.Errorf("user, hosts and database should stay: %s", got)
	}
}

func TestAMongoDBURICanComeFromAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "uri")
	if err := os.WriteFile(file, []byte("mongodb://u:p@host/db\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := Parse("serve", nil, environment("SURVEYD_MONGODB_URI_FILE="+file))
	if err != nil || got.MongoDBURI != "mongodb://u:p@host/db" {
		t.Errorf("got %q, %v", got.MongoDBURI, err)
	}

	_, err = Parse("serve", nil, environment("SURVEYD_MONGODB_URI_FILE="+file, "SURVEYD_MONGODB_URI=mongodb://x"))
	if err == nil || !strings.Contains(err.Error(), "only one of SURVEYD_MONGODB_URI and SURVEYD_MONGODB_URI_FILE") {
		t.Errorf("both given: %v", err)
	}

	_, err = Parse("serve", nil, environment("SURVEYD_MONGODB_URI_FILE="+file+".gone", "SURVEYD_LISTEN=bad"))
	if err == nil || !strings.Contains(err.Error(), file+".gone") || !strings.Contains(err.Error(), "SURVEYD_LISTEN") {
		t.Errorf("a file that is not there, beside another problem: %v", err)
	}
}

func TestDemoNeverTouchesTheServersData(t *testing.T) {
	env := environment("SURVEYD_DATA=/srv/surveyd", "SURVEYD_MONGODB_URI=mongodb://host", "SURVEYD_KEY_FILE=/srv/key", "SURVEYD_LISTEN=:9")
	got, err := Parse("demo", nil, env)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Config{Listen: ":9"}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := got.WithData("/tmp/scratch"); got.Data != "/tmp/scratch" || got.KeyFile != "/tmp/scratch/secret.key" {
		t.Errorf("with a scratch directory: %+v", got)
	}
	if _, err := Parse("demo", []string{"--mongodb-uri", "mongodb://host"}, env); err == nil {
		t.Error("demo took a MongoDB URI")
	}
}

func TestACommandOnDataTakesWhatFindsTheData(t *testing.T) {
	got, err := Parse("export", []string{"--mongodb-uri", "mongodb://host"}, environment("SURVEYD_DATA=/srv", "SURVEYD_LISTEN=bad"))
	if err != nil {
		t.Fatal(err)
	}
	if want := (Config{Data: "/srv", KeyFile: "/srv/secret.key", MongoDBURI: "mongodb://host"}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if _, err := Parse("export", []string{"--listen", ":1"}, environment()); err == nil {
		t.Error("export took --listen")
	}
}

func TestAStrayArgumentIsAnError(t *testing.T) {
	_, err := Parse("serve", []string{"prod"}, environment())
	if err == nil || err.Error() != `unexpected argument "prod"` {
		t.Errorf("got %v", err)
	}
}

func TestHelpShowsFlagsDefaultsAndVariables(t *testing.T) {
	if _, err := Parse("serve", []string{"--help"}, environment()); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("got %v, want flag.ErrHelp", err)
	}
	var help bytes.Buffer
	fs := flag.NewFlagSet("serve", flag.ContinueOnError)
	fs.SetOutput(&help)
	For("serve").Register(fs)
	fs.PrintDefaults()
	for _, want := range []string{"-listen ADDR", "(SURVEYD_LISTEN) (default 127.0.0.1:8080)", "-trusted-proxies CIDRS", "(default secret.key in the data directory)"} {
		if !strings.Contains(help.String(), want) {
			t.Errorf("no %q in\n%s", want, help.String())
		}
	}
}
