package fieldwork_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1l7 7"/></svg>`

// pictured is the club survey with a picture below its folder.
func pictured(t *testing.T, version, picture string) *instrument.Instrument {
	t.Helper()
	src := strings.Replace(clubSurvey, "{code: 5, label", "{code: 5, picture: art/robot.svg, label", 1)
	if src == clubSurvey {
		t.Fatal("the club survey has no agreement")
	}
	src = strings.Replace(src, "version: 1.0.0", "version: "+version, 1)
	in, problems := instrument.Load("club-survey.yaml", []byte(src), instrument.Options{Files: fstest.MapFS{"art/robot.svg": {Data: []byte(picture)}}})
	if in == nil {
		t.Fatal(problems)
	}
	return in
}

// anew is another process over the same store.
func (s *school) anew(t *testing.T) *fieldwork.Service {
	t.Helper()
	keys, err := fieldwork.NewKeys([]byte(strings.Repeat("k", fieldwork.SecretSize)), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return fieldwork.NewService(s.store, keys, func() time.Time { return s.now })
}

func TestAnInstrumentComesBackFromTheStoreWithItsFiles(t *testing.T) {
	s, ctx := newSchool(t), context.Background()
	in := pictured(t, "2.0.0", drawing)
	ref, err := s.Publish(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.Publish(ctx, in); err != nil || again != ref {
		t.Errorf("published again it is %v, %v", again, err)
	}
	other := s.anew(t)
	f, err := other.Media(ctx, in.Assets[0].Digest)
	if err != nil || string(f.Bytes) != drawing || f.Type != "image/svg+xml" {
		t.Errorf("before the instrument is compiled: %s of %d bytes, %v", f.Type, len(f.Bytes), err)
	}
	back, err := other.Instrument(ctx, ref)
	if err != nil {
		t.Fatal(err)
	}
	if len(back.Assets) != 1 || !bytes.Equal(back.Assets[0].Bytes, []byte(drawing)) || back.Assets[0].Path != "art/robot.svg" {
		t.Errorf("its files are %v", back.Assets)
	}
	if f, err := other.Media(ctx, in.Assets[0].Digest); err != nil || string(f.Bytes) != drawing {
		t.Errorf("once it is compiled: %d bytes, %v", len(f.Bytes), err)
	}
}

func TestOnlyFilesOfPublishedInstrumentsAreGiven(t *testing.T) {
	s, ctx := newSchool(t), context.Background()
	first, second := pictured(t, "2.0.0", drawing), pictured(t, "2.0.0", strings.Replace(drawing, "M1 1", "M2 1", 1))
	if _, err := s.Media(ctx, first.Assets[0].Digest); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("before it is published: %v", err)
	}
	if _, err := s.Publish(ctx, first); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Publish(ctx, second); !errors.Is(err, fault.ErrConflict) {
		t.Errorf("another picture under the same version: %v", err)
	}
	if _, err := s.anew(t).Media(ctx, second.Assets[0].Digest); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("the refused one's picture: %v", err)
	}
}
