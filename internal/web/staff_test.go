package web_test

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"

	"surveyd/internal/staff"
)

const staffPassword = "four unrelated words"

// hire makes an account and gives a browser that is signed in to it.
func (s *school) hire(in staff.NewAccount) *browser {
	s.t.Helper()
	link := s.invite(in, staff.SignsIn)
	b := s.browser()
	r := b.post("/staff/link/"+link, url.Values{})
	if r.status != http.StatusSeeOther || r.to() != "/staff" {
		s.t.Fatalf("taking a link: %d to %q", r.status, r.to())
	}
	return b
}

func (s *school) invite(in staff.NewAccount, kind staff.LinkKind) string {
	s.t.Helper()
	ctx := context.Background()
	a, err := s.staff.Add(ctx, staff.CommandLine, in)
	if err != nil {
		s.t.Fatal(err)
	}
	link, err := s.staff.NewLink(ctx, staff.CommandLine, a.ID, kind)
	if err != nil {
		s.t.Fatal(err)
	}
	return link
}

func (s *school) actions() []string {
	s.t.Helper()
	events, err := s.staff.Events(context.Background(), 100)
	if err != nil {
		s.t.Fatal(err)
	}
	var actions []string
	for _, e := range slices.Backward(events) {
		actions = append(actions, string(e.Who)+" "+e.Action+" "+e.Object+" "+e.Detail)
	}
	return actions
}

// answerAll has every student but one submit: two at North, one at South.
func (s *school) answerAll() {
	s.t.Helper()
	for i, student := range []string{"1001", "1002", "1003"} {
		b := s.browser()
		at := b.begin(s.codes[studentID(student)])
		last := saveOf(1, "q1", "4", "q2", "2", "q3", "5", "more", []string{"eins", "=zwei", "drei"}[i])
		if r := b.send(at+"/submit", last); r.status != http.StatusOK {
			s.t.Fatalf("submit: %d %s", r.status, r.body)
		}
	}
}

func TestStaffPagesAreOpenToNobodyWhoIsNotSignedIn(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	for _, path := range []string{"/staff", "/staff/administrations/fall/export?format=csv-wide", "/staff/administrations/none/export"} {
		r := b.get(path)
		if r.status != http.StatusSeeOther || r.to() != "/staff/sign-in" || r.body != "" {
			t.Errorf("%s: %d to %q: %s", path, r.status, r.to(), r.body)
		}
	}
	if r := b.get("/staff?lang=es"); r.to() != "/staff/sign-in?lang=es" {
		t.Errorf("the language is lost: %q", r.to())
	}
	want(t, "sign-in in Spanish", b.get("/staff/sign-in?lang=es"), http.StatusOK, `<html lang="es"`, `name="password"`)
	b.enter(s.codes["1001"])
	if r := b.get("/staff"); r.to() != "/staff/sign-in" {
		t.Errorf("a student's session opens %q", r.to())
	}
}

func TestALinkIsUsedByTheButtonOnceAndNotByLookingAtIt(t *testing.T) {
	s := newSchool(t)
	link := "/staff/link/" + s.invite(staff.NewAccount{Email: "ana@example.org", Role: staff.Administrator}, staff.SetsPassword)
	scanner, b := s.browser(), s.browser()
	for range 3 {
		want(t, "the link", scanner.get(link+"?lang=es"), http.StatusOK, "ana@example.org", `name="password_again"`, `<html lang="es"`)
	}
	if r := scanner.get("/staff"); r.to() != "/staff/sign-in" {
		t.Error("looking at a link signed in")
	}
	want(t, "two different passwords", b.post(link, url.Values{"password": {staffPassword}, "password_again": {"other words entirely"}}), http.StatusUnprocessableEntity, `aria-invalid="true"`)
	want(t, "a short password", b.post(link, url.Values{"password": {"short"}, "password_again": {"short"}}), http.StatusUnprocessableEntity, "12")
	r := b.post(link, url.Values{"password": {staffPassword}, "password_again": {staffPassword}, "lang": {"es"}})
	if r.status != http.StatusSeeOther || r.to() != "/staff?lang=es" {
		t.Fatalf("the button: %d to %q", r.status, r.to())
	}
	cookies := (&http.Response{Header: r.header}).Cookies()
	if len(cookies) != 1 || cookies[0].Name != "surveyd_staff" || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode {
		t.Errorf("cookies: %v", cookies)
	}
	want(t, "signed in", b.get("/staff?lang=es"), http.StatusOK, "ana@example.org", "Clubes en la escuela", `<html lang="es"`)
	want(t, "once more", scanner.post(link, url.Values{}), http.StatusGone, "<html")
	want(t, "a link that never was", scanner.get("/staff/link/pAAAA"), http.StatusGone)

	signIn := func(password string) reply {
		return scanner.post("/staff/sign-in", url.Values{"email": {"ANA@example.org"}, "password": {password}})
	}
	want(t, "a wrong password", signIn("wrong password!"), http.StatusUnprocessableEntity, say(t, "en", "staff.sign_in_failed.problem"), `value="ANA@example.org"`)
	if r := signIn(staffPassword); r.status != http.StatusSeeOther || r.to() != "/staff" {
		t.Errorf("the password: %d to %q", r.status, r.to())
	}
}

func TestSigningOutEndsTheSessionOnTheServer(t *testing.T) {
	s := newSchool(t)
	b := s.hire(staff.NewAccount{Email: "ana@example.org", Role: staff.Administrator})
	here, err := url.Parse(s.base)
	if err != nil {
		t.Fatal(err)
	}
	copied := b.client.Jar.Cookies(here)
	if r := b.post("/staff/sign-out", nil); r.status != http.StatusSeeOther || r.to() != "/staff/sign-in" {
		t.Errorf("signing out: %d to %q", r.status, r.to())
	}
	thief := s.browser()
	thief.client.Jar.SetCookies(here, copied)
	if r := thief.get("/staff"); r.to() != "/staff/sign-in" {
		t.Errorf("a copied cookie: %d to %q", r.status, r.to())
	}
}

func TestGuessingPasswordsGetsSlow(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	var r reply
	for range 7 {
		r = b.post("/staff/sign-in", url.Values{"email": {"ana@example.org"}, "password": {"wrong password!"}})
	}
	want(t, "the seventh guess", r, http.StatusTooManyRequests, say(t, "en", "staff.sign_in_limited.problem"))
	if r.header.Get("Retry-After") != "2" {
		t.Errorf("Retry-After: %q", r.header.Get("Retry-After"))
	}
}

func TestAnIPv6HouseholdGuessesPasswordsAsOne(t *testing.T) {
	s := newSchool(t, func(o *options) { o.proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	b := s.browser()
	var r reply
	for i := range 7 {
		form := url.Values{"email": {"ana@example.org"}, "password": {"wrong password!"}}
		r = b.do("POST", "/staff/sign-in", strings.NewReader(form.Encode()), func(r *http.Request) {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Forwarded-For", fmt.Sprintf("2001:db8::%d", i))
		})
	}
	want(t, "the seventh guess", r, http.StatusTooManyRequests)
}

func TestStaffSeeWhatIsTheirs(t *testing.T) {
	s := newSchool(t)
	s.answerAll()
	for name, test := range map[string]struct {
		account  staff.NewAccount
		sites    []string
		download int
		rows     int
	}{
		"administrator": {staff.NewAccount{Email: "a@example.org", Role: staff.Administrator}, []string{"North", "South"}, 200, 4},
		"researcher":    {staff.NewAccount{Email: "r@example.org", Role: staff.Researcher}, []string{"North", "South"}, 200, 4},
		"school":        {staff.NewAccount{Email: "s@example.org", Role: staff.School, Sites: []string{"South"}}, []string{"South"}, 403, 0},
		"teacher":       {staff.NewAccount{Email: "t@example.org", Role: staff.Teacher, Sites: []string{"North"}, Groups: []string{"5A"}}, []string{"North"}, 403, 0},
		"school of old": {staff.NewAccount{Email: "o@example.org", Role: staff.School, Sites: []string{"Closed"}}, nil, 403, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := s.hire(test.account)
			home := b.get("/staff")
			want(t, "home", home, http.StatusOK, test.account.Email)
			for _, site := range []string{"North", "South"} {
				if got := strings.Contains(home.body, `<th scope="row">`+site); got != slices.Contains(test.sites, site) {
					t.Errorf("sees %s: %v", site, got)
				}
			}
			if got := strings.Contains(home.body, "format=csv-wide"); got != (test.download == 200 && len(test.sites) > 0) {
				t.Errorf("downloads are offered: %v", got)
			}
			r := b.get("/staff/administrations/fall/export?format=csv-wide")
			if r.status != test.download {
				t.Fatalf("download: %d\n%s", r.status, firstLines(r.body))
			}
			if test.download != http.StatusOK {
				logged := s.actions()
				if strings.Contains(r.body, "eins") || logged[len(logged)-1] != test.account.Email+" export.refused fall csv-wide" {
					t.Errorf("a refused download shows answers or is logged as %q", logged[len(logged)-1])
				}
				return
			}
			records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(r.body, "\ufeff"))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			if got := len(records) - 1; got != test.rows {
				t.Errorf("%d rows, want %d", got, test.rows)
			}
			for _, record := range records[1:] {
				if site := record[7]; !slices.Contains(test.sites, site) {
					t.Errorf("a row of %s", site)
				}
			}
			logged := s.actions()
			if last := logged[len(logged)-1]; !strings.HasPrefix(last, test.account.Email+" export.answers fall csv-wide, ") {
				t.Errorf("audit log: %q", last)
			}
		})
	}
}

func TestADownloadIsAFileOfDefusedCells(t *testing.T) {
	s := newSchool(t)
	s.answerAll()
	b := s.hire(staff.NewAccount{Email: "a@example.org", Role: staff.Administrator})
	for format, name := range map[string]string{"csv-wide": "fall-wide.csv", "csv-long": "fall-long.csv", "scores": "fall-scores.csv"} {
		r := b.get("/staff/administrations/fall/export?format=" + format)
		want(t, format, r, http.StatusOK, "pseudonym")
		if got := r.header.Get("Content-Disposition"); got != `attachment; filename="`+name+`"` {
			t.Errorf("%s: %s", format, got)
		}
		if got := r.header.Get("Content-Type"); got != "text/csv; charset=utf-8" {
			t.Errorf("%s: %s", format, got)
		}
		if strings.Contains(r.body, ",=zwei") || strings.Contains(r.body, "Ana Ruiz") || strings.Contains(r.body, "1001") {
			t.Errorf("%s holds a formula, a name or a student's id", format)
		}
	}
	want(t, "another format", b.get("/staff/administrations/fall/export?format=xlsx"), http.StatusNotFound)
	want(t, "no format", b.get("/staff/administrations/fall/export"), http.StatusNotFound)
	want(t, "another administration", b.get("/staff/administrations/none/export?format=csv-wide"), http.StatusNotFound)
}

func TestADownloadThatBreaksOffNeverLooksWhole(t *testing.T) {
	s := newSchool(t)
	s.answerAll()
	b := s.hire(staff.NewAccount{Email: "a@example.org", Role: staff.Administrator})

	s.store.breakAfter.Store(1)
	want(t, "before the first byte has left", b.get("/staff/administrations/fall/export?format=csv-long"), http.StatusInternalServerError, "<html")

	s.store.repeats.Store(1000)
	request, err := http.NewRequest("GET", b.base+"/staff/administrations/fall/export?format=csv-long", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := b.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(bufio.NewReader(response.Body))
	if response.StatusCode != http.StatusOK || len(body) < 64<<10 {
		t.Fatalf("the test should break off in the middle: %d, %d bytes", response.StatusCode, len(body))
	}
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("the file ends as if it were whole: %v", err)
	}
	if !strings.Contains(s.log.String(), "export broke off") {
		t.Error("nothing is logged")
	}
}
