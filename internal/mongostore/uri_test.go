package mongostore

import (
	"errors"
	"strings"
	"testing"
	"time"

	"surveyd/internal/fault"
)

func TestTheDatabaseAndHostsAreReadFromTheURI(t *testing.T) {
	for uri, want := range map[string]address{
		"mongodb://localhost":                                    {hosts: "localhost", database: "surveyd"},
		"mongodb://localhost:27017/":                             {hosts: "localhost:27017", database: "surveyd"},
		"mongodb://localhost/?replicaSet=rs0":                    {hosts: "localhost", database: "surveyd"},
		"mongodb://ana:pass@a:1,b:2,c/school%2Dyear?w=1":         {hosts: "a:1,b:2,c", database: "school-year"},
		"mongodb+srv://ana:pass@cluster.example.org/kphd":        {hosts: "cluster.example.org", database: "kphd"},
		"mongodb://ana:p%40ss%2Fword@db.example.org:27017/admin": {hosts: "db.example.org:27017", database: "admin"},
	} {
		got, err := parseURI(uri)
		if err != nil || got.hosts != want.hosts || got.database != want.database {
			t.Errorf("%s: got %+v, %v", uri, got, err)
		}
	}
}

func TestAURIThatCannotBeUsedIsRefusedAtOnceAndShowsNoSecret(t *testing.T) {
	for _, uri := range []string{
		"", "localhost:27017", "http://ana:s3cret@localhost/", "mongodb://", "mongodb://ana:s3cret@/surveyd",
		"mongodb://ana:s3cret@localhost/two/names", "mongodb://ana:s3cret@localhost/a.b",
		"mongodb://ana:s3cret@localhost:notaport/surveyd", "mongodb://ana:s3cret@localhost/?tls=perhaps",
		"mongodb://ana:s3:cret@localhost/", "mongodb://ana:s3cret%zz@localhost/", "mongodb://ana:s3cret/x@localhost/",
		"mongodb://localhost/?tls=true&tlsCertificateKeyFile=missing.pem&tlsCertificateKeyFilePassword=s3cret",
		"mongodb://localhost/?authMechanism=SCRAM-SHA-1&authMechanismProperties=s3cret",
	} {
		start := time.Now()
		_, err := Open(t.Context(), uri)
		switch {
		case err == nil || errors.Is(err, fault.ErrUnavailable) || time.Since(start) > time.Second:
			t.Errorf("%s: got %v after %v", uri, err, time.Since(start))
		case strings.Contains(err.Error(), "s3"):
			t.Errorf("the secret is shown: %v", err)
		}
	}
}

func TestKeysOfDifferentPartsDiffer(t *testing.T) {
	seen := map[string][2]string{}
	for _, parts := range [][2]string{
		{"a", "b/c"}, {"a/b", "c"}, {"a%2Fb", "c"}, {"a", "b%2Fc"}, {"a%", "b"}, {"a", "%b"}, {"", "a/b/c"}, {"a/b/c", ""},
	} {
		key := joinKey(parts[0], parts[1])
		if other, taken := seen[key]; taken {
			t.Errorf("%q and %q both give %q", parts, other, key)
		}
		seen[key] = parts
	}
}
