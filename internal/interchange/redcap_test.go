package interchange

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func dictionary(t testing.TB, file string) []byte {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func TestADataDictionaryOfTheUsualShapeBecomesAnInstrument(t *testing.T) {
	r, err := REDCap("club.csv", dictionary(t, "club.redcap.csv"), Options{ID: "clubs", Grades: []string{"6", "7"}})
	if err != nil {
		t.Fatal(err)
	}
	checked(t, r)
	golden(t, "club.redcap", r)
}

func TestADictionaryWithAMarkAndWindowsLineEndsIsTheSame(t *testing.T) {
	src := dictionary(t, "club.redcap.csv")
	want, err := REDCap("club.csv", src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := REDCap("club.csv", []byte("\ufeff"+strings.ReplaceAll(string(src), "\n", "\r\n")), Options{})
	if err != nil || string(got.YAML) != string(want.YAML) {
		t.Fatalf("%v\n%s", err, got.YAML)
	}
}

func dictionaryOf(t *testing.T, opt Options, rows ...string) Result {
	t.Helper()
	head := "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,text_validation_type_or_show_slider_number,text_validation_min,text_validation_max,branching_logic,matrix_group_name,field_annotation"
	r, err := REDCap("form.csv", []byte(head+"\n"+strings.Join(rows, "\n")+"\n"), opt)
	if err != nil {
		t.Fatalf("%v %v", err, r.Notes)
	}
	checked(t, r)
	return r
}

func TestFieldsBecomeItemsByTypeAndValidation(t *testing.T) {
	r := dictionaryOf(t, Options{Language: "es"},
		`a,f,,yesno,Uno`, `b,f,,truefalse,Dos`, `c,f,,text,Tres,,number,0.5,9`, `d,f,,text,Cuatro,,time`, `e,f,,file,Cinco`, `g,f,,slider,Seis,,,10,20`, `h,f,,text,Siete,,alpha_only`,
		`i,f,,radio,Ocho,"1, Uno, y más | 2, Dos |3,Tres"`, `j,f,,radio,Nueve,`, `k,f,,text,Diez,,number,x,`)
	contains(t, r, `label: {es: "Sí"}`, `label: {es: "Verdadero"}`, "min: 0.5, max: 9", "min: 10, max: 20", `{code: 1, label: {es: "Uno, y más"}}`, "{id: h, kind: text", "{id: k, kind: number, text: {es: \"Diez\"}}")
	noted(t, r, `line 5, column Text Validation Type OR Show Slider Number: "d" was left out`, `line 6, column Field Type: "e" was left out`, "only letters", `the question "j" has no choices`, `line 11, column Text Validation Min: "x" is no number`)
}

func TestSectionsMatricesAndFormsArePages(t *testing.T) {
	r := dictionaryOf(t, Options{},
		`a,first,Start,text,One`, `b,first,,text,Two`, `m1,first,Rate,radio,Three,"1, No | 2, Yes",,,,,rate`, `m2,first,,radio,Four,"1, No | 2, Yes",,,,,rate`, `c,first,,text,Five`,
		`n1,second,,checkbox,Six,"1, No | 2, Yes",,,,,tick`, `n2,second,,checkbox,Seven,"1, No | 2, Yes",,,,,tick`, `w,second,,descriptive,Look here`, `d,second,,text,Eight`, `x,second,,descriptive,Good bye`)
	contains(t, r, `{id: first, title: {en: "Start"}, items: [a, b]}`, `{id: rate, title: {en: "Rate"}, layout: grid, items: [m1, m2]}`, `items: [c]}`, `{id: tick, items: [n1, n2]}`, `title: {en: "Look here"}, items: [d]}`,
		"closing:\n  en: |\n    Good bye")
}

func TestWhatIdentifiesIsNeverCarried(t *testing.T) {
	r := dictionaryOf(t, Options{}, `study_id,f,,text,Id`, `mail,f,,text,Mail,,email`, `zip,f,,text,Zip,,zipcode`, `a,f,,text,One`, `s,f,,text,Secret,,,,,,,@HIDDEN-SURVEY`)
	for _, id := range []string{"study_id", "mail", "zip", "s,"} {
		if strings.Contains(string(r.YAML), "id: "+id) {
			t.Errorf("%s is there:\n%s", id, r.YAML)
		}
	}
	noted(t, r, `IDENTIFIER: "mail"`, `IDENTIFIER: "zip"`, `"study_id" names the record`, `"s" is hidden`)
}

func TestWhatIsNoDictionaryIsSaidToBeNone(t *testing.T) {
	for name, c := range map[string]struct{ src, says string }{
		"nothing":      {"", "empty"},
		"other table":  {"a,b\n1,2\n", "no data dictionary"},
		"semicolons":   {"field_name;field_type;field_label\na;text;A\n", "commas"},
		"latin 1":      {"field_name,field_type,field_label\na,text,Espa\xf1ol\n", "UTF-8"},
		"open quote":   {"field_name,field_type,field_label\na,text,\"A\n", "line 2"},
		"no questions": {"field_name,field_type,field_label\na,file,A\n", "no question"},
	} {
		if _, err := REDCap("form.csv", []byte(c.src), Options{}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

func TestADictionaryAsABombIsReadBelow100MB(t *testing.T) {
	const head = "field_name,field_type,field_label,select_choices_or_calculations,branching_logic\n"
	var chained, wide strings.Builder
	for i := range maxQuestions {
		fmt.Fprintf(&chained, "q%d,radio,Text,\"1, a | 2, b%d\",[q%d] = '1'\n", i, i, max(i-1, 0))
	}
	for i := range 800_000 {
		fmt.Fprintf(&wide, "c%d,", i)
	}
	for name, src := range map[string]string{
		"a row of commas":            head + strings.Repeat(",", 7<<20) + "\n",
		"a heading of many columns":  wide.String() + "\n",
		"one field":                  head + "q,text,\"" + strings.Repeat("x", 7<<20) + "\",,\n",
		"many choices":               head + "q,radio,A,\"" + strings.Repeat("1, a | ", 1<<20) + "\",\n",
		"brackets":                   head + "q,text,A,,\"" + strings.Repeat("(", 7<<20) + "\"\n",
		"a condition on every field": head + chained.String(),
		"empty rows":                 head + strings.Repeat("\n", 7<<20),
	} {
		peak := usualPeak(func() { _, _ = REDCap("bomb.csv", []byte(src), Options{}) })
		t.Logf("%s: %d MB of heap", name, peak>>20)
		if peak > 100<<20 {
			t.Errorf("%s: %d MB of heap", name, peak>>20)
		}
	}
}
