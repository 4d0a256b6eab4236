package fieldwork_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// withPart is a battery of the club survey's second page and one item of its own, which has a picture under the path that the
// part has one under.
func withPart(t *testing.T, part *instrument.Instrument) *instrument.Instrument {
	t.Helper()
	in, problems := instrument.Load("fall.yaml", []byte(`format: 1
id: fall-survey
version: 1.0.0
title: {en: "Fall", es: "Otoño"}
languages: [en, es]
audience: {grades: [4, 5, 6, 7, 8]}
response_sets:
  yes_no: {options: [{code: 1, picture: art/robot.svg, label: {en: "Yes", es: "Sí"}}, {code: 0, label: {en: "No", es: "No"}}]}
items:
  - {id: own, text: {en: "Are you well?", es: "¿Estás bien?"}, responses: yes_no}
pages:
  - {include: club-survey@2}
  - {id: last, items: [own]}
`), instrument.Options{
		Files:   fstest.MapFS{"art/robot.svg": {Data: []byte(strings.Replace(drawing, "M1", "M2", 1))}},
		Include: func(instrument.Ref) (*instrument.Instrument, error) { return part, nil },
	})
	if in == nil {
		t.Fatal(problems)
	}
	return in
}

func TestABatteryIsCompiledFromTheStoreAloneWhateverIsPublishedLater(t *testing.T) {
	s, ctx := newSchool(t), context.Background()
	part := pictured(t, "2.0.0", drawing)
	in := withPart(t, part)
	ref, err := s.Publish(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.Publish(ctx, in); err != nil || again != ref {
		t.Errorf("published again it is %v, %v", again, err)
	}
	// A newer version that fits club-survey@2 as well, with another item text.
	if _, err := s.Publish(ctx, pictured(t, "2.1.0", strings.Replace(drawing, "l7 7", "l5 5", 1))); err != nil {
		t.Fatal(err)
	}
	back, err := s.anew(t).Instrument(ctx, ref)
	if err != nil {
		t.Fatal(err)
	}
	if back.Hash != in.Hash || len(back.Parts) != 1 || back.Parts[0].Hash != part.Hash || back.Items[0].Home.Version.String() != "2.0.0" {
		t.Errorf("it came back as another: %s of %v", back.Hash, back.Items[0].Home)
	}
	if got := fmt.Sprint(len(back.Assets), " ", back.Assets[0].Path, " ", back.Assets[1].Path); got != "2 art/robot.svg club-survey@2.0.0/art/robot.svg" {
		t.Errorf("files: %s", got)
	}
	for _, a := range back.Assets {
		if f, err := s.anew(t).Media(ctx, a.Digest); err != nil || string(f.Bytes) != string(a.Bytes) {
			t.Errorf("%s: %v", a.Path, err)
		}
	}
	alone, err := s.anew(t).Instrument(ctx, fieldwork.InstrumentRef{ID: part.ID, Version: "2.0.0", Hash: part.Hash})
	if err != nil || alone.Hash != part.Hash {
		t.Errorf("the part is not published: %v", err)
	}
}

func TestABatteryWhosePartIsPublishedOtherwiseIsRefused(t *testing.T) {
	s, ctx := newSchool(t), context.Background()
	if _, err := s.Publish(ctx, pictured(t, "2.0.0", strings.Replace(drawing, "l7 7", "l5 5", 1))); err != nil {
		t.Fatal(err)
	}
	in := withPart(t, pictured(t, "2.0.0", drawing))
	_, err := s.Publish(ctx, in)
	if !errors.Is(err, fault.ErrConflict) || !strings.Contains(err.Error(), "club-survey 2.0.0") {
		t.Errorf("got %v", err)
	}
	if _, err := s.Instrument(ctx, fieldwork.InstrumentRef{ID: in.ID, Version: "1.0.0", Hash: in.Hash}); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("the battery is there: %v", err)
	}
}

func TestOneSourceWithTwoPartsIsTwoContentsOfOneVersion(t *testing.T) {
	s, ctx := newSchool(t), context.Background()
	if _, err := s.Publish(ctx, withPart(t, pictured(t, "2.0.0", drawing))); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Publish(ctx, withPart(t, pictured(t, "2.1.0", drawing))); !errors.Is(err, fault.ErrConflict) {
		t.Errorf("got %v", err)
	}
}
