package web_test

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// a drawing that is long enough to be worth compressing
var drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1` + strings.Repeat("l1 1l-1 -1", 300) + `"/></svg>`

// pictured is the club survey as a second version, with a picture and a recording beside it.
func pictured(t *testing.T) *instrument.Instrument {
	t.Helper()
	clip, err := os.ReadFile("../instrument/testdata/beside/silence.mp3")
	if err != nil {
		t.Fatal(err)
	}
	src := strings.NewReplacer("version: 1.0.0", "version: 1.1.0", "{code: robotics, label", "{code: robotics, picture: robot.svg, label",
		"{id: club, text", "{id: club, audio: {en: club.mp3, es: club.mp3}, text").Replace(clubSurvey)
	in, found := instrument.Load("club-survey.yaml", []byte(src), instrument.Options{Files: fstest.MapFS{"robot.svg": {Data: []byte(drawing)}, "club.mp3": {Data: clip}}})
	if in == nil || len(in.Assets) != 2 {
		t.Fatalf("the test's instrument: %v", found)
	}
	return in
}

func (s *school) publishPictured() (picture, clip *instrument.Asset) {
	in := pictured(s.t.(*testing.T))
	if _, err := s.forms.Publish(context.Background(), in); err != nil {
		s.t.Fatal(err)
	}
	return in.Assets[1], in.Assets[0] // by path: club.mp3, robot.svg
}

func TestPicturesAndRecordingsAreSentToAnybodyAndKeptForEver(t *testing.T) {
	s := newSchool(t)
	picture, clip := s.publishPictured()
	for _, c := range []struct {
		path, media, body string
	}{{render.MediaPath(picture), "image/svg+xml", drawing}, {render.MediaPath(clip), "audio/mpeg", string(clip.Bytes)}} {
		r := s.browser().get(c.path)
		want(t, c.media, r, http.StatusOK)
		if r.body != c.body {
			t.Errorf("%s: %d bytes came, want %d", c.media, len(r.body), len(c.body))
		}
		for name, value := range map[string]string{
			"Content-Type": c.media, "Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff",
			"Cross-Origin-Resource-Policy": "same-origin", "Set-Cookie": "",
		} {
			if got := r.header.Get(name); got != value {
				t.Errorf("%s: %s is %q, want %q", c.media, name, got, value)
			}
		}
		policy := r.header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "sandbox") || strings.Contains(policy, "script-src") {
			t.Errorf("%s: Content-Security-Policy is %q", c.media, policy)
		}
		again := s.browser().do("GET", c.path, nil, func(q *http.Request) { q.Header.Set("If-None-Match", r.header.Get("Etag")) })
		if again.status != http.StatusNotModified {
			t.Errorf("%s: a browser that has it gets %d", c.media, again.status)
		}
	}
	zipped := s.browser().do("GET", render.MediaPath(picture), nil, func(q *http.Request) { q.Header.Set("Accept-Encoding", "gzip") })
	if zipped.header.Get("Content-Encoding") != "gzip" || !strings.Contains(zipped.header.Get("Vary"), "Accept-Encoding") {
		t.Errorf("a picture comes in %q, Vary %q", zipped.header.Get("Content-Encoding"), zipped.header.Get("Vary"))
	}
}

func TestOnlyFilesOfPublishedInstrumentsAreSent(t *testing.T) {
	s := newSchool(t)
	path := render.MediaPath(pictured(t).Assets[1])
	want(t, "before it is published", s.browser().get(path), http.StatusNotFound)
	s.publishPictured()
	want(t, "published", s.browser().get(path), http.StatusOK)
	for _, other := range []string{
		strings.Replace(path, ".svg", ".png", 1), strings.Replace(path, ".svg", "", 1), strings.Replace(path, ".svg", ".svg.svg", 1), path[:60] + ".svg",
		"/media/" + strings.Repeat("0", 64) + ".svg", "/media/..%2f..%2fetc%2fpasswd", "/media/", "/media/" + strings.ToUpper(path[len("/media/"):]),
	} {
		r := s.browser().get(other)
		want(t, other, r, http.StatusNotFound)
		if got := r.header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control is %q", other, got)
		}
	}
}

func TestRecordingsAreSentInParts(t *testing.T) {
	s := newSchool(t)
	_, clip := s.publishPictured() // 504 bytes
	whole := string(clip.Bytes)
	for _, c := range []struct {
		header, says string
		status       int
		body         string
	}{
		{"bytes=0-", "bytes 0-503/504", 206, whole}, {"bytes=0-1", "bytes 0-1/504", 206, whole[:2]}, {"bytes=100-199", "bytes 100-199/504", 206, whole[100:200]},
		{"bytes=500-9999", "bytes 500-503/504", 206, whole[500:]}, {"bytes=-4", "bytes 500-503/504", 206, whole[500:]}, {"bytes=-9999", "bytes 0-503/504", 206, whole},
		{"bytes=504-", "bytes */504", 416, ""}, {"bytes=-0", "bytes */504", 416, ""},
		{"bytes=5-2", "", 200, whole}, {"bytes=0-1,5-6", "", 200, whole}, {"lines=0-1", "", 200, whole}, {"bytes=x-", "", 200, whole}, {"bytes=", "", 200, whole},
	} {
		r := s.browser().do("GET", render.MediaPath(clip), nil, func(q *http.Request) { q.Header.Set("Range", c.header) })
		if r.status != c.status || r.header.Get("Content-Range") != c.says || r.body != c.body {
			t.Errorf("%s: %d %q with %d bytes, want %d %q with %d", c.header, r.status, r.header.Get("Content-Range"), len(r.body), c.status, c.says, len(c.body))
		}
	}
	stale := s.browser().do("GET", render.MediaPath(clip), nil, func(q *http.Request) { q.Header.Set("Range", "bytes=0-1"); q.Header.Set("If-Range", `"other"`) })
	want(t, "a part of another version", stale, http.StatusOK)
}

func TestTheSurveyShowsPicturesAndNamesRecordings(t *testing.T) {
	s := newSchool(t)
	in := pictured(t)
	n := fieldwork.NewAdministration{ID: "spring", Wave: "spring", Opens: s.now.Add(-time.Hour), Closes: s.now.Add(time.Hour), TimeZone: "America/Los_Angeles"}
	if _, err := s.forms.CreateAdministration(context.Background(), in, n); err != nil {
		t.Fatal(err)
	}
	sheet, err := s.forms.CodeSheet(context.Background(), "spring")
	if err != nil {
		t.Fatal(err)
	}
	b := s.browser()
	at := b.begin(sheet[0].Code)
	want(t, "the survey", b.get(at+"/survey"), http.StatusOK,
		`src="`+render.MediaPath(in.Assets[1])+`"`, `data-recording="`+render.MediaPath(in.Assets[0])+`"`, `/assets/aloud.`)
}
