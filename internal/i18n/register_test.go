package i18n_test

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"surveyd/internal/i18n"
)

func TestWordsForAdultsAreTheMostParticularThatThereAre(t *testing.T) {
	bundle, err := i18n.LoadFS(fstest.MapFS{"active.en.yaml": {Data: []byte(
		"a: {other: plain}\na.adult: {other: adult}\na.formal: {other: formal}\nb: {other: plain}\nb.adult: {other: adult}\nc: {other: plain}\nc.formal: {other: formal}\nd: {other: plain}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	for register, want := range map[i18n.Register]string{
		i18n.Plain: "plain plain plain plain", i18n.Adult: "adult adult plain plain", i18n.Formal: "formal adult formal plain",
	} {
		words := bundle.Words("en").In(register)
		var said []string
		for _, id := range []string{"a", "b", "c", "d"} {
			said = append(said, words.T(id, nil))
		}
		if got := strings.Join(said, " "); got != want {
			t.Errorf("%q says %s, want %s", register, got, want)
		}
	}
}

// Letters with accents are no word characters to Go's \b, hence the classes.
const wordEdge = `(?:^|[^\p{L}])`

var (
	// tu is what addresses a reader as tú.
	tu = regexp.MustCompile(`(?i)` + wordEdge + `(tú|tus?|te|ti|contigo|puedes|quieres|quieras|piensas|decides|escribe|elige|deja|déjala|mira|pide|usa|cierres|` +
		`avisa|revisa|espera|acorta|inténtalo|escríbelo|vuelve|empieza|\p{L}+(?:aste|iste))(?:$|[^\p{L}])`)
	usted = regexp.MustCompile(`(?i)` + wordEdge + `(usted|escriba|elija|deje|déjela|avise|cierre|quiera)(?:$|[^\p{L}])`)
	child = regexp.MustCompile(`(?i)\b(teacher|students?|don't want|estudiantes?|clase|docente)\b`)
)

// respondents' messages, by the page that says them.
var (
	beforeTheCode = regexp.MustCompile(`^(entry|problem|answer)\.`)
	afterTheCode  = regexp.MustCompile(`^(page|assent|survey|thanks)\.`)
)

func TestWhatIsSaidBeforeACodeIsKnownSuitsAStudentAndAGrandmother(t *testing.T) {
	bundle := load(t)
	for _, lang := range bundle.Languages() {
		words := bundle.Words(lang)
		for id, message := range entries(t, lang) {
			if !beforeTheCode.MatchString(id) {
				continue
			}
			for _, wrong := range []*regexp.Regexp{tu, usted, child} {
				if lang == i18n.Source && wrong != child {
					continue
				}
				if found := wrong.FindString(message.Other); found != "" {
					t.Errorf("%s: %s says %q: %s", words.Lang(), id, found, message.Other)
				}
			}
		}
	}
}

func TestFamiliesAreAddressedAsUstedAndNoAdultAsAStudent(t *testing.T) {
	bundle := load(t)
	for _, lang := range bundle.Languages() {
		messages := entries(t, lang)
		for id := range messages {
			base, _ := i18n.BaseID(id)
			if !afterTheCode.MatchString(base) {
				continue
			}
			if formal := saidIn(messages, base, i18n.Formal); lang == "es" && tu.MatchString(formal) {
				t.Errorf("es: %s says tú to a family: %s", base, formal)
			}
			for _, register := range []i18n.Register{i18n.Adult, i18n.Formal} {
				if said := saidIn(messages, base, register); child.MatchString(said) {
					t.Errorf("%s: %s speaks to an adult as to a student: %s", lang, base, said)
				}
			}
			if plain := messages[base].Other + saidIn(messages, base, i18n.Adult); lang == "es" && usted.MatchString(plain) {
				t.Errorf("es: %s says usted to a student or a colleague: %s", base, plain)
			}
		}
	}
}

// saidIn gives a message's words in a register as the files have them.
func saidIn(messages map[string]entry, id string, register i18n.Register) string {
	said := messages[id].Other
	for _, r := range []i18n.Register{i18n.Adult, i18n.Formal} {
		if m, ok := messages[id+"."+string(r)]; ok {
			said = m.Other
		}
		if r == register {
			break
		}
	}
	return said
}
