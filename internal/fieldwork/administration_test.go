package fieldwork_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

func TestASettingIsShortPlainText(t *testing.T) {
	s := newSchool(t)
	source := strings.Replace(clubSurvey, "version: 1.0.0", "version: 1.1.0", 1)
	source = strings.Replace(source, "response_sets:", "settings:\n  school: {en: \"our school\", es: \"nuestra escuela\"}\nresponse_sets:", 1)
	in, problems := instrument.Load("club-survey.yaml", []byte(source), instrument.Options{})
	if in == nil {
		t.Fatalf("the test's instrument: %v", problems)
	}
	create := func(text string) error {
		n := fieldwork.NewAdministration{
			ID: "spring", Wave: "spring", Opens: s.now, Closes: s.now.Add(time.Hour), TimeZone: "America/Los_Angeles",
			Settings: []fieldwork.SettingValue{{ID: "school", Lang: "es", Text: text}},
		}
		_, err := s.CreateAdministration(ctx, in, n)
		return err
	}
	for name, text := range map[string]string{
		"a mark of the pages": "la escuela \ue0001\ue001", "a line break": "la\nescuela", "an escape": "la \x1b[31mescuela",
		"a C1 control": "la\u0085escuela", "not UTF-8": "la \xff", "too long": strings.Repeat("ñ", 201),
	} {
		if err := create(text); !errors.Is(err, fieldwork.ErrBadAdministration) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := create("¡la escuela Año Nuevo, " + strings.Repeat("ñ", 170) + "! 👩🏽‍🔬"); err != nil {
		t.Error(err)
	}
}
