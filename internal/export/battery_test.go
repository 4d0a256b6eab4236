package export_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"surveyd/internal/diag"
	"surveyd/internal/export"
	"surveyd/internal/instrument"
)

// batteryOf asks an item of its own, then all of home, whose page p2 gets another name.
func batteryOf(t testing.TB, home *instrument.Instrument) *instrument.Instrument {
	t.Helper()
	const src = `
format: 1
id: battery
version: 1.0.0
title: {en: "Battery", es: "Batería"}
languages: [es, en]
audience: {grades: [4, 5, 6, 7]}
items:
  - {id: own, kind: number, text: {en: "Own", es: "Propia"}, min: 0, max: 9}
pages:
  - {id: p2, items: [own]}
  - {include: trial@1}
scales:
  - {id: mine, title: {en: "Mine", es: "Mía"}, items: [own, mi1], score: pomp, min_answered: 1, range: [0, 100]}
`
	in, problems := instrument.Load("battery.yaml", []byte(src), instrument.Options{Include: func(instrument.Ref) (*instrument.Instrument, error) { return home, nil }})
	if diag.HasError(problems) {
		t.Fatal(problems)
	}
	return in
}

func TestScoringABatterysExportAgainChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 12))
	in := batteryOf(t, load(t, trial))
	var file bytes.Buffer
	w, err := export.NewWide(&file, in, export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		if err := w.Write(randomRow(r, in)); err != nil {
			t.Fatal(err)
		}
	}
	heading, _, _ := strings.Cut(file.String(), "\n")
	if !strings.Contains(heading, "seconds_p2,seconds_p1,seconds_trial_p2,order_p1,own,mi1,") || strings.Contains(heading, "_home") {
		t.Errorf("the heading is %s", heading)
	}
	again, _, report, err := score(in, file.String())
	if err != nil || again != file.String() {
		t.Errorf("scored again it is another file: %v", err)
	}
	if report.Replaced != nil || report.Missing != nil || report.Orders.N+report.Seconds.N > 0 {
		t.Errorf("the export's own columns are not understood: %+v", report)
	}
}

func TestTheScoresOfABatteryNameTheHomesOfItsScales(t *testing.T) {
	in := batteryOf(t, load(t, trial))
	var file bytes.Buffer
	w, err := export.NewScores(&file, in, export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(export.Row{Pseudonym: "P1", Status: export.NotStarted}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(file.String(), "\n")
	for i, want := range []string{"math_identity_home,joy_home,mix_home,mine_home,math_identity,", "trial/1/math_identity,trial/1/joy,trial/1/mix,battery/1/mine,,"} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("line %d has no %s: %s", i+1, want, lines[i])
		}
	}
}
