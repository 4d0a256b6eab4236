package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const schoolRoster = `student_id,grade,language,site,group,role
k1,K,en,North,Room 1,
s8,8,es,North,8C,
s0,,es,North,8C,
f1,,es,North,Families,family
t1,,en,North,Staff,staff
t2,,en,North,Staff,staff
`

// idsOf are those who have a code in an administration.
func idsOf(t *testing.T, dir, id string) string {
	t.Helper()
	out, _ := surveyd(t, exitOK, "codes", "--administration", id, "--data", dir)
	var ids []string
	for _, row := range table(t, out) {
		ids = append(ids, row["student_id"]+"="+row["role"])
	}
	return strings.Join(ids, " ")
}

func TestCodesAreForThoseWhomTheInstrumentIsFor(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	roster := filepath.Join(t.TempDir(), "roster.csv")
	if err := os.WriteFile(roster, []byte(schoolRoster), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := surveyd(t, exitOK, "roster", "import", roster, "--data", dir)
	mustContain(t, "the plan", out, "The file has 3 students, 1 family and 2 staff.", "1 student has no grade")
	create := func(exit int, args ...string) (stdout, stderr string) {
		return surveyd(t, exit, append([]string{"administration", "create", "--wave", "fall", "--data", dir}, args...)...)
	}
	for _, c := range []struct {
		id   string
		args []string
		want string
		said []string
	}{
		{"stem-and-me-fall", []string{"--instrument", "stem-and-me"}, "k1=student",
			[]string{"asks 1 on the roster: it is for grades K, 1 and 2", "leaves out 1 student of another grade, 1 student without a grade, 1 family row and 2 staff members"}},
		{"steam-self-study-fall", []string{"--instrument", "steam-self-study"}, "t1=staff t2=staff",
			[]string{"it is for staff", "leaves out 3 students and 1 family row"}},
		{"stem-family-fall", []string{"--instrument", "stem-family"}, "f1=family", []string{"it is for families", "leaves out 3 students and 2 staff members"}},
		{"homes", []string{"--instrument", "stem-family", "--id", "homes", "--by-child"}, "s0=family s8=family k1=family",
			[]string{"asks the families of 3 students, each with its child's code"}},
	} {
		out, stderr := create(exitOK, c.args...)
		mustContain(t, c.id, out, c.said...)
		if stderr != "" {
			t.Errorf("%s warns: %s", c.id, stderr)
		}
		if got := idsOf(t, dir, c.id); got != c.want {
			t.Errorf("%s has codes for %s, want %s", c.id, got, c.want)
		}
	}
	out, stderr := create(exitOK, "--instrument", "stem-and-me", "--id", "all", "--everyone")
	mustContain(t, "the warning", stderr, "warning: stem-and-me is for grades K, 1 and 2; because of --everyone it also asks 1 student of another grade")
	if got := idsOf(t, dir, "all"); strings.Count(got, "=") != 6 || strings.Contains(out, "leaves out") {
		t.Errorf("everyone are %s\n%s", got, out)
	}
	_, stderr = create(exitFailed, "--instrument", "stem-identity", "--group", "Staff")
	mustContain(t, "nobody is asked", stderr, "stem-identity is for grades 6, 7, 8, 9, 10, 11 and 12", "2 staff members: nothing was created", "--everyone")
	_, stderr = create(exitFailed, "--instrument", "stem-family", "--group", "8C", "--id", "none")
	mustContain(t, "no family", stderr, "nothing was created", "--by-child")
	out, _ = surveyd(t, exitOK, "administration", "list", "--data", dir)
	if strings.Contains(out, "stem-identity") || strings.Contains(out, "none") {
		t.Errorf("what was refused was created\n%s", out)
	}
}
