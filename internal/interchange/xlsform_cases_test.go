package interchange

import (
	"slices"
	"strings"
	"testing"
)

func imported(t *testing.T, opt Options, sheets ...table) Result {
	t.Helper()
	r, err := XLSForm("form.xlsx", workbook(t, sheets...), opt)
	if err != nil {
		t.Fatalf("%v %v", err, r.Notes)
	}
	checked(t, r)
	return r
}

var agree = table{"choices", `
list_name | name | label | label::Español (es)
agree | 1 | No | No
agree | 2 | In part | En parte
agree | 3 | Yes | Sí`}

func TestALanguageWithAGapIsLeftOutAsAWhole(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label | label::Español (es)
select_one agree | a | One. | Uno.
select_one agree | b | Two. |
begin group | g | Three |
select_one agree | c | Four. | Cuatro.
end group`}, agree)
	contains(t, r, "languages: [en]")
	if strings.Contains(string(r.YAML), `es: "`) {
		t.Errorf("some Spanish is left:\n%s", r.YAML)
	}
	noted(t, r, "the language es was left out: 2 texts are missing", `survey row 3: the question "b" has no text in es`, "survey row 4: the title of the page has no text in es",
		"labels that name no language are taken for en")
}

func TestTheLanguageWithoutGapsIsTheSource(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label::English (en) | label::Español (es)
text | a | | Uno.
text | b | Two. | Dos.`})
	contains(t, r, "languages: [es]", `{id: a, kind: text, text: {es: "Uno."}}`)
	noted(t, r, "the language en has gaps; es is the source language here", `survey row 2: the question "a" has no text in en`)
}

func TestATitleInOneLanguageIsCopiedAndNotCalledATranslation(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label::English (en) | label::Español (es)
text | a | One. | Uno.`}, table{"settings", "form_title | default_language\nAbout me | English (en)"})
	contains(t, r, `title: {en: "About me", es: "About me"}`, "Copied from en and not translated: the title.")
	noted(t, r, "the title has no text in es; the one in en was copied and is not translated")
}

func TestLanguagesAreKnownByTagAndByName(t *testing.T) {
	for heading, want := range map[string]string{
		"English (en)": "en", "Español (es)": "es", "es-mx": "es-MX", "Spanish": "es", "français": "fr", "zh_hant": "zh-Hant", "Klingon": "",
	} {
		if got, ok := languageOf(heading); ok != (want != "") || ok && got != want {
			t.Errorf("%s is %q, %t; want %q", heading, got, ok, want)
		}
	}
}

func TestTheConditionOfAGroupIsThatOfItsQuestions(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label | relevant
select_one agree | a | One. |
begin group | g | Group | ${a} = 3
text | b | Two. |
begin group | h | Inner | ${b} != ''
text | c | Three. | ${a} != ''
end group
text | d | Four. | today() > 3
end group
text | e | Five. |`}, agree)
	contains(t, r, `{id: b, kind: text, text: {en: "Two."}, show_if: a == 3}`, "show_if: a == 3 and answered(b)}", `{id: d, kind: text, text: {en: "Four."}, show_if: a == 3}`,
		"# not carried, survey row 8, column relevant: today() > 3", `{id: e, kind: text, text: {en: "Five."}}`)
}

func TestAConditionOfAGroupThatCannotBeSaidIsToldOfOnce(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label | relevant
text | a | One. |
begin group | g | Group | ${a} = 'x'
text | b | Two. |
text | c | Three. |
end group`})
	told := slices.DeleteFunc(slices.Clone(r.Notes), func(n Note) bool { return !strings.Contains(n.What, "was not carried") })
	if len(told) != 1 || !slices.Equal(told[0].Rows, []int{3}) {
		t.Errorf("%v", told)
	}
	if n := strings.Count(string(r.YAML), "# not carried, survey row 3"); n != 2 {
		t.Errorf("%d comments, want one for each question:\n%s", n, r.YAML)
	}
}

func TestAQuestionThatIsNeverShownIsLeftOut(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label | relevant
text | old | Old. | false()
text | a | One. | ${old} != ''
text | b | Two. |`})
	if strings.Contains(string(r.YAML), "id: old") {
		t.Errorf("%s", r.YAML)
	}
	noted(t, r, `"old" is never shown in the form`, `the question "old" was not carried`)
}

func TestNamesBecomeLegalAndConditionsFollow(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label | relevant
select_one agree | grade | One. |
select_one agree | a-b.c | Two. | ${grade} = 1
select_one agree | a_b_c | Three. | ${a-b.c} = 2
select_one agree | A_B_C | Four. | ${a_b_c} = 3
text | 2nd | Five. | ${A_B_C} = 1
text | a_name_that_goes_on_and_on_beyond_what_stata_takes | Six. | ${2nd} != ''`}, agree)
	contains(t, r, "id: my_grade", "show_if: my_grade == 1", "id: a_b_c,", "show_if: a_b_c_2 == 2", "show_if: a_b_c == 3", "id: q_2nd", "id: a_name_that_goes_on_and_on_beyon")
	noted(t, r, `"grade" is called my_grade here`, "which is a column of exports already")
}

func TestCodesBecomeLegalAndConditionsFollow(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label | relevant
select_one c | a | One. |
text | b | Two. | ${a} = '1st place' or ${a} = 'NA'
select_one n | d | Three. |
text | e | Four. | ${d} < 3`}, table{"choices", `
list_name | name | label
c | 1st place | First
c | NA | None
c | -92 | Refused
c | ñandú | A bird
n | 01 | One
n | 2.0 | Two
n | 3 | Three
n | 3 | Three again`})
	contains(t, r, "code: c_1st_place", "code: NA_1", "code: c_92", "code: nandu", "a in ['c_1st_place', 'NA_1']", "{code: 1, label", "{code: 2, label", "show_if: d <= 2")
	noted(t, r, `choices row 9: the choice "3" of "n" stands twice`, `choices row 6: the choice "01" has the code 1 here`)
}

func TestATableOfOneListIsAGrid(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label | appearance
begin group | g | Group | table-list
select_one agree | a | One. |
select_one agree | b | Two. |
end group
begin group | h | Mixed | table-list
select_one agree | c | Three. |
text | d | Four. |
end group
begin group | l | Likert |
select_one agree | e | Five. | likert
select_one agree | f | Six. | likert
end group
select_one agree | m | Seven. | likert minimal`}, agree)
	contains(t, r, `{id: g, title: {en: "Group"}, layout: grid, items: [a, b]}`, `{id: h, title: {en: "Mixed"}, items: [c, d]}`, `{id: l, title: {en: "Likert"}, layout: grid, items: [e, f]}`)
	noted(t, r, "survey row 6: the questions of the table do not all have the same choices", `survey row 14, column appearance: the appearance "minimal" was not carried`,
		"survey row 14, column appearance: the question stands in a list")
}

func TestConstraintsBecomeBounds(t *testing.T) {
	for constraint, want := range map[string]string{
		". >= 0 and . <= 40": "min: 0, max: 40", ". > 0 and 10 >= .": "min: 1, max: 10", ".>=0 and .<100": "min: 0, max: 99", ". >= 2": "min: 2", ". <= 5 and . mod 2 = 0": "max: 5",
	} {
		r := imported(t, Options{}, table{"survey", "type | name | label | constraint\ninteger | a | One. | " + constraint})
		contains(t, r, "text: {en: \"One.\"}, "+want+"}")
	}
	r := imported(t, Options{}, table{"survey", `
type | name | label | constraint
decimal | a | One. | . > 0.5
text | b | Two. | string-length(.) < 100
text | c | Three. | regex(., '^[a-z]+$')
decimal | d | Four. | . = 3 or . = 4
decimal | e | Five. | . >= 9 and . <= 1`})
	contains(t, r, "min: 0.5", "max_length: 99", `{id: c, kind: text, text: {en: "Three."}}`, `{id: d, kind: number, text: {en: "Four."}}`, `{id: e, kind: number, text: {en: "Five."}}`)
	noted(t, r, "0.5 itself is allowed now", "survey row 4, column constraint", "survey row 5, column constraint", `survey row 6: the bounds of "e" leave one number or none`)
}

func TestWhatAStudentWouldReadIsPlainText(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label
text | a | <b>One</b> &amp; <span style="color:red">two</span>
text | b | Hello ${a}, **you**!
text | c | Use {{braces}} and "quotes" \ here
text | d | ## A heading
text | e | zero` + "\u200b" + `width`})
	contains(t, r, `"One & two"`, `"Hello ${a}, you!"`, `"Use { {braces} } and \"quotes\" \\ here"`, `"A heading"`, `"zerowidth"`)
	noted(t, r, "HTML was taken out", "the text shows an earlier answer (${a})", "double braces", "invisible characters")
}

func TestNothingOfARowIsDroppedInSilence(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label | default | guidance_hint | media::image | choice_filter | required | readonly | parameters | instance::x | disabled
select_one agree | a | One. | 2 | ask slowly | a.png | x=1 | ${b}=1 | | randomize=true | y |
text | b | Two. | | | | | yes | | | |
text | c | Three. | | | | | | yes | | |
text | d | Four. | | | | | | | | | yes
select_one none | e | Five.
select_one_from_file x.csv | f | Six.
rank agree | g | Seven.
wibble | h | Eight.
text | i |
text | b | Two again.
| j | Nine.
end group`}, agree, table{"entities", "a | b\n1 | 2"})
	noted(t, r, `column default: default was not carried: "2"`, "column guidance_hint", "column media::image", "column choice_filter", "required is a condition", `column parameters: the parameters were not carried: "randomize=true"`,
		`column instance::x`, `"c" is read-only`, `"d" is disabled`, `no list "none"`, `"f" was left out`, `"g" was left out: there is no item of the type "rank"`, `"wibble"`, `the question "i" has no text`,
		`the question "b" stands twice`, "the row has no type", "ends a group that does not begin", "entities: the sheet was not read (1 row)")
	contains(t, r, `{id: b, kind: text, text: {en: "Two."}, required: true}`)
}

func TestOrOtherAddsAChoiceAndAText(t *testing.T) {
	r := imported(t, Options{}, table{"survey", `
type | name | label | label::Español (es)
select_multiple agree or_other | a | One. | Uno.
select_one agree | b | Two. | Dos.`}, agree)
	contains(t, r, `{code: other, label: {en: "Other", es: "Otra respuesta"}}`, "id: a_other, kind: text", "show_if: a has 'other'", "id: b, text: {en: \"Two.\", es: \"Dos.\"}, responses: agree}")
}

func TestAFormWithoutQuestionsIsRefusedWithItsNotes(t *testing.T) {
	r, err := XLSForm("form.xlsx", workbook(t, table{"survey", "type | name | label\ngeopoint | a | Where?"}), Options{})
	if err == nil || len(r.YAML) != 0 {
		t.Fatalf("%v\n%s", err, r.YAML)
	}
	noted(t, r, `"a" was left out`)
	if _, err := XLSForm("form.xlsx", workbook(t, table{"data", "a | b\n1 | 2"}), Options{}); err == nil || !strings.Contains(err.Error(), "no sheet called survey") {
		t.Errorf("%v", err)
	}
}
