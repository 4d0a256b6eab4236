package instruments_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"surveyd/instruments"
	"surveyd/internal/catalog"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

func shipped(t *testing.T) (map[instrument.ID]*instrument.Instrument, []diag.Diagnostic) {
	t.Helper()
	c, problems, err := catalog.Open(instruments.FS)
	if err != nil {
		t.Fatal(err)
	}
	byID := map[instrument.ID]*instrument.Instrument{}
	for _, in := range c.All() {
		byID[in.ID] = in
	}
	return byID, problems
}

// The docs say why each of these is right as it is. Another warning is a mistake, and one that is gone leaves the docs behind.
func TestTheOnlyWarningsAreThoseThatTheDocsDefend(t *testing.T) {
	_, problems := shipped(t)
	defended := []string{
		"growth-mindset.yaml reading-level", "growth-mindset.yaml reverse-keyed", "kphd-experience.yaml reading-level",
		"math-interest-identity.yaml reading-level", "stem-and-me.yaml reading-level",
	}
	var got []string
	for _, p := range problems {
		got = append(got, p.File+" "+string(p.Code))
	}
	slices.Sort(got)
	if !slices.Equal(got, defended) {
		t.Errorf("the shipped instruments give\n%s\nand the docs defend\n%s", strings.Join(got, "\n"), strings.Join(defended, "\n"))
	}
}

func TestEveryInstrumentHasItsRowAndItsSectionInTheDocs(t *testing.T) {
	source, err := os.ReadFile("../docs/instruments.md")
	if err != nil {
		t.Fatal(err)
	}
	docs := string(source)
	all, _ := shipped(t)
	for id, in := range all {
		var scales []string
		for _, s := range in.Scales {
			scales = append(scales, fmt.Sprintf("`%s` (%d)", s.ID, len(s.Items)))
		}
		if id == "kphd-spring" { // the row names the fall for those that it shares
			scales = append([]string{"those of `kphd-fall`, then " + scales[6]}, scales[7:]...)
		}
		row := fmt.Sprintf("| `%s` | %s | %s | %d | %d |", id, audience(in.Audience), strings.Join(scales, ", "), len(in.Items), in.Minutes)
		if !strings.Contains(docs, row) {
			t.Errorf("docs/instruments.md lacks the row\n%s", row)
		}
		if !strings.Contains(docs, "\n## "+string(id)+"\n") && !strings.Contains(docs, "\n## kphd-fall and "+string(id)+"\n") && !strings.Contains(docs, "\n## "+string(id)+" and ") {
			t.Errorf("docs/instruments.md has no section for %s", id)
		}
	}
}

func audience(a instrument.Audience) string {
	switch a.Adults {
	case "family":
		return "families"
	case "staff":
		return "staff"
	}
	return fmt.Sprintf("grades %s-%s", a.Grades[0], a.Grades[len(a.Grades)-1])
}

func TestAnswersToSeveralInstrumentsCanStandInOneTable(t *testing.T) {
	all, _ := shipped(t)
	owner := map[string]instrument.ID{}
	claim := func(in *instrument.Instrument, kind, name string) {
		key := kind + " " + strings.ToLower(name)
		if other, taken := owner[key]; taken && other != in.ID {
			t.Errorf("%s is in %s and in %s", key, other, in.ID)
		}
		owner[key] = in.ID
	}
	for _, in := range all {
		if len(in.Parts) > 0 {
			continue // it has the ids of its parts, and means the same items
		}
		for _, item := range in.Items {
			claim(in, "column", string(item.ID))
		}
		for _, s := range in.Scales {
			claim(in, "column", string(s.ID))
		}
		for _, p := range in.Pages {
			claim(in, "page", string(p.ID))
		}
	}
}

func TestFallAndSpringAskTheSameScalesFirstAndInOneOrder(t *testing.T) {
	all, _ := shipped(t)
	fall, spring := all["kphd-fall"], all["kphd-spring"]
	if fall == nil || spring == nil {
		t.Fatal("the batteries are not shipped")
	}
	if len(spring.Items) <= len(fall.Items) || len(spring.Scales) <= len(fall.Scales) {
		t.Fatalf("the spring has %d items and %d scales, the fall %d and %d", len(spring.Items), len(spring.Scales), len(fall.Items), len(fall.Scales))
	}
	for i, item := range fall.Items {
		if other := spring.Items[i]; other.ID != item.ID || other.Home.Hash != item.Home.Hash {
			t.Errorf("item %d is %s of %s in the fall and %s of %s in the spring", i+1, item.ID, item.Home.ID, other.ID, other.Home.ID)
		}
	}
	for i, s := range fall.Scales {
		if other := spring.Scales[i]; other.Identity() != s.Identity() || s.Home.ID == fall.ID {
			t.Errorf("scale %d is %s in the fall and %s in the spring", i+1, s.Identity(), other.Identity())
		}
	}
	if spring.Minutes > 15 {
		t.Errorf("the spring takes %d minutes", spring.Minutes)
	}
}

// The levels of a rubric have one name in every row, and what they look like is said in each row anew.
func TestTheRubricDescribesEveryLevelOfEveryRow(t *testing.T) {
	all, _ := shipped(t)
	rubric := all["steam-self-study"]
	if rubric == nil {
		t.Fatal("the rubric is not shipped")
	}
	labels := []string{"Starting", "Guided", "Routine", "Student-led"}
	said := map[string]instrument.ItemID{}
	rows := 0
	for _, item := range rubric.Items {
		if item.Kind != instrument.Choice {
			continue
		}
		rows++
		var got []string
		for _, o := range item.Responses.Options {
			if o.Missing {
				continue
			}
			got = append(got, o.Label["en"])
			for _, lang := range rubric.Languages {
				text := o.Description[lang]
				if other, double := said[text]; double || text == "" {
					t.Errorf("%s, level %s in %s: %q (also in %q)", item.ID, o.Code, lang, text, other)
				}
				said[text] = item.ID
			}
		}
		if !slices.Equal(got, labels) {
			t.Errorf("%s has the levels %q", item.ID, got)
		}
	}
	if rows != 12 {
		t.Errorf("%d rows", rows)
	}
}

// Small children are shown faces from bad to great, one for each point.
func TestEveryPointOfTheYoungestHasAFace(t *testing.T) {
	all, _ := shipped(t)
	for _, item := range all["stem-and-me"].Items {
		var faces []string
		for _, o := range item.Responses.Options {
			faces = append(faces, o.Picture)
		}
		if !slices.Equal(faces, []string{"face-1", "face-3", "face-5"}) {
			t.Errorf("%s has the pictures %q", item.ID, faces)
		}
	}
}
