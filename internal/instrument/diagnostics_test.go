package instrument

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"surveyd/internal/diag"
)

// mistake breaks base in one place. § marks where the report must point.
type mistake struct {
	old, new string
	code     string
}

var mistakes = []mistake{
	// The file
	{"format: 1\n", "format: §2\n", "unsupported-format"},
	{"id: base-line", "id: §Base_Line", "illegal-id"},
	{"version: 1.0.0", "version: §1.10", "yaml-number"},
	{"version: 1.0.0", "version: §1.0", "yaml-number"},
	{"version: 1.0.0", "version: §\"1.10\"", "illegal-version"},
	{"version: 1.0.0", "version: §1.01.0", "illegal-version"},
	{"version: 1.0.0\n", "§version:\n", "missing-key"},
	{"minutes: 5", "minutes: §0", "out-of-range"},
	{"minutes: 5", "minutes: §five", "not-a-number"},
	{"minutes: 5", "minutes: §05", "yaml-octal"},
	{"minutes: 5", "§minute: 5", "unknown-key"},
	{"minutes: 5", "minutes: 5\n§minutes: 6", "doubled-key"},
	{"minutes: 5", "minutes: §[5]", "wrong-shape"},
	{"title: {en: \"Me and math\", es: \"Las mates y yo\"}\n", "title: §Me and math\n", "text-without-language"},
	{"title: {en: \"Me and math\", es: \"Las mates y yo\"}\n", "§title: {en: \"Me and math\"}\n", "missing-text"},
	{"es: \"Las mates y yo\"}", "es: §\"\"}", "missing-text"},
	{"es: \"Las mates y yo\"}", "§es: }", "missing-text"},
	{"es: \"Las mates y yo\"}", "es: \"Las mates y yo\", §fr: \"Moi\"}", "unknown-language"},
	{"es: \"Las mates y yo\"}", "es: §No}", "yaml-truth-value"},
	{"es: \"Las mates y yo\"}", "es: Las mates, §y yo}", "unquoted-comma"},
	{"languages: [en, es]\n", "languages: [en, es, §español]\n", "illegal-language"},
	{"languages: [en, es]\n", "languages: [en, es, §no]\n", "yaml-truth-value"},
	{"languages: [en, es]\n", "languages: [en, es, §es]\n", "doubled-id"},
	{"grades: [6, 7], reading", "grades: [6, §13], reading", "unknown-grade"},
	{"grades: [6, 7], reading", "grades: [6, §07], reading", "yaml-octal"},
	{"grades: [6, 7], reading", "grades: [6, 7], §adults: staff, reading", "wrong-audience"},
	{"grades: [6, 7], reading_level: 12", "§reading_level: 12", "missing-key"},
	{"reading_level: 12", "reading_level: §40", "out-of-range"},
	{"{grades: [6, 7], reading_level: 12}", "{adults: §families}", "unknown-word"},

	// Provenance
	{"date: 2026-01-15", "date: §2026-15-01", "illegal-date"},
	{"consent: notice", "consent: §no", "yaml-truth-value"},
	{"consent: notice", "consent: §optin", "unknown-word"},
	{"consent: notice\n  protected_topics: []", "consent: §notice\n  protected_topics: [2]", "consent-too-weak"},
	{"consent: notice\n  protected_topics: []", "protected_topics: [§2]", "consent-too-weak"},
	{"protected_topics: []", "protected_topics: [§9]", "out-of-range"},
	{"status: piloted", "status: §pilot", "unknown-word"},
	{"n: 99, source", "n: §-1, source", "out-of-range"},
	{"    es: {method: \"two", "    §en: {method: \"one\", source: \"d4a951\"}\n    es: {method: \"two", "unknown-language"},
	{"    es: {method: \"two", "    §fr: {method: \"one\", source: \"d4a951\"}\n    es: {method: \"two", "unknown-language"},

	// Texts
	{"{en: \"Hello {{who}}, thank", "{en: \"Hello {{§whom}}, thank", "unknown-placeholder"},
	{"{en: \"Hello {{who}}, thank", "{en: \"Hello §{{who}, thank", "unknown-placeholder"},
	{"es: \"Hola {{who}}, gracias.\"", "es: §\"Hola, gracias.\"", "placeholders-differ"},
	{"  who: {en: \"you\", es: \"a ti\"}", "  §my-who: {en: \"you\", es: \"a ti\"}", "illegal-id"},
	{"  who: {en: \"you\", es: \"a ti\"}", "  who: §you", "text-without-language"},

	// Response sets
	{"  yes_no:\n", "  §Agree3:\n    options: [{code: 1, label: {en: \"A\", es: \"B\"}}]\n  yes_no:\n", "doubled-id"},
	{"  agree3:\n    options:\n", "  agree3:\n    kind: §ordinals\n    options:\n", "unknown-word"},
	{"{code: 2, label", "{code: §1, label", "doubled-code"},
	{"{code: 2, label", "{code: §02, label", "yaml-octal"},
	{"{code: 2, label", "{code: §012, label", "yaml-octal"},
	{"{code: 2, label", "{code: §two, label", "illegal-code"},
	{"{code: 2, label", "{code: §2.0, label", "illegal-code"},
	{"{code: 2, label", "{code: §-93, label", "reserved-code"},
	{"{code: robots, label", "{code: §no, label", "yaml-truth-value"},
	{"{code: robots, label", "{code: §NA, label", "reserved-code"},
	{"{code: robots, label", "{code: §ro;bots, label", "illegal-code"},
	{"{code: robots, label", "{§label", "missing-key"},
	{"missing: true}", "missing: §yes}", "yaml-truth-value"},
	{"missing: true}", "missing: §\"true\"}", "not-a-truth-value"},
	{"missing: true}", "missing: true, picture: §face-9}", "unknown-picture"},
	{"missing: true}", "missing: true, picture: §../x.svg}", "unknown-picture"},
	{"missing: true}", "missing: true, picture: §x.gif}", "unknown-picture"},
	{"missing: true}", "missing: true, picture: §gone.svg}", "missing-file"},
	{"missing: true}", "missing: true, picture: §huge.png}", "file-too-large"},

	// Items
	{"{id: q2, text", "{id: §q-2, text", "illegal-id"},
	{"{id: q2, text", "{id: §Q1, text", "doubled-id"},
	{"{id: q2, text", "{id: §no, text", "yaml-truth-value"},
	{"{id: q2, text", "{id: §with, text", "reserved-word"},
	{"{id: q2, text", "{id: §str5, text", "reserved-word"},
	{"{id: q2, text", "{id: §grade, text", "reserved-word"},
	{"{id: q2, text", "{id: §action, text", "reserved-word"},
	{"{id: q2, text", "{id: §has, text", "reserved-word"},
	{"{id: q2, text: {en: \"I do math.\", es: \"Hago mates.\"}, ", "{id: §q2, ", "missing-key"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: §agre3}", "unknown-id"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3, §txt: 1}", "unknown-key"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3, §max: 4}", "misplaced-key"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3, §audio: {en: a.mp3}}", "missing-recording"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3, audio: {en: a.mp3, es: b.mp3, §fr: c.mp3}}", "unknown-language"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3, audio: §a.mp3}", "text-without-language"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3, audio: {en: §a.wav, es: b.mp3}}", "unknown-recording"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3, audio: {en: §../a.mp3, es: b.mp3}}", "unknown-recording"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3, audio: {en: §/a.mp3, es: b.mp3}}", "unknown-recording"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3, audio: {en: §a.mp3, es: huge.mp3}}", "missing-file"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3, audio: {en: a.mp3, es: §huge.mp3}}", "file-too-large"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3, §audio: {en: a.mp3, es: null}}", "missing-recording"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3, audio: {en: §text.mp3, es: a.mp3}}", "broken-file"},
	{"{id: which, kind: multiple, ", "{id: which, kind: §multi, ", "unknown-word"},
	{"min: 0, max: 40}", "min: 0, max: §0}", "out-of-range"},
	{"max_length: 500", "max_length: §1.5", "out-of-range"},
	{"es: \"¿Más?\"}, max", "es: \"¿Más?\"}, §Max_length: 3, max", "unknown-key"},

	// Conditions
	{"show_if: club == 1}", "show_if: club §= 1}", "condition-syntax"},
	{"show_if: club == 1}", "show_if: 'club == §\"1\"'}", "condition-quote"},
	{"show_if: club == 1}", "show_if: §clubb == 1}", "unknown-id"},
	{"show_if: club == 1}", "show_if: §fun == 1}", "condition-later-item"},
	{"show_if: club == 1}", "show_if: answered(§hours)}", "condition-later-item"},
	{"show_if: club == 1}", "show_if: club == §2}", "unknown-code"},
	{"show_if: club == 1}", "show_if: §club has 1}", "condition-type"},
	{"show_if: club == 1}", "show_if: §club == 1 and club == 0}", "condition-never-true"},
	{"show_if: club == 1}", "show_if: §club >= 0}", "condition-always-true"},
	{"show_if: club == 1}", "show_if: club == §01}", "condition-number"},
	{"show_if: club == 1}", "show_if: §yes}", "yaml-truth-value"},
	{"show_if: club == 1}", "show_if: §club in [1, 1]}", "unquoted-comma"},
	{"or hours > 2\"", "or hours > §'x'\"", "condition-type"},
	{"or hours > 2\"", "or §hours > 40\"", "condition-never-true"},
	{"or hours > 2\"", "or hours > 2 §&& club == 1\"", "condition-syntax"},
	{"\"which has 'chess' or hours > 2\"", "'which has ''chess'' or §''x'' == 2'", "condition-syntax"},
	{"\"which has 'chess' or hours > 2\"", "\"which has \\u0027chess\\u0027 or §2 == hours\"", "condition-syntax"},

	// Pages
	{"items: [q1, q2, q3]}\n  - {id: p2", "items: [q1, q2, q3, §q9]}\n  - {id: p2", "unknown-id"},
	{"items: [q1, q2, q3]}\n  - {id: p2", "items: [q1, q2, q3, §q1]}\n  - {id: p2", "item-on-two-pages"},
	{"items: [club, fun, which, hours, more]", "items: [club, fun, which, hours, more, §q3]", "item-on-two-pages"},
	{"items: [club, fun, which, hours, more]}\nscales", "items: [club, fun, which, hours, more]}\n  - {id: §P2, items: [q1]}\nscales", "doubled-id"},
	{"{id: hours, kind", "{id: §other, text: {en: \"A?\", es: \"¿B?\"}, responses: yes_no}\n  - {id: hours, kind", "item-on-no-page"},
	{"layout: grid, items: [q1, q2, q3]}\n  - {id: p2, items: [club,", "layout: grid, items: [q1, q2, q3, §club]}\n  - {id: p2, items: [", "grid-mixed"},
	{"layout: grid", "layout: §table", "unknown-word"},
	{"  - {id: p2, items: [club", "  - {include: §other@1}\n  - {id: p2, items: [club", "unknown-instrument"},
	{"  - {id: p2, items: [club", "  - {id: p9, items: §[]}\n  - {id: p2, items: [club", "empty"},

	// Scales
	{"- id: liking", "- id: §liking_of_mathematics_a", "illegal-id"},
	{"- id: liking\n", "- id: §club\n", "name-clash"},
	{"favorable: [3]", "favorable: [3]\n  - {id: §Liking, title: {en: \"A\", es: \"B\"}, items: [q1], score: mean, min_answered: 1, range: [1, 3]}\n  - id: z\n    title: {en: \"A\", es: \"B\"}\n    items: [q1]\n    score: mean\n    min_answered: 1\n    range: [1, 3]", "doubled-id"},
	{"favorable: [3]", "favorable: [3]\n  - {id: §liking_se, title: {en: \"A\", es: \"B\"}, items: [q1], score: mean, min_answered: 1, range: [1, 3]}\n  - id: z\n    title: {en: \"A\", es: \"B\"}\n    items: [q1]\n    score: mean\n    min_answered: 1\n    range: [1, 3]", "name-clash"},
	{"items: [q1, q2, q3]\n    score", "items: [q1, §q4, q3]\n    score", "unknown-id"},
	{"items: [q1, q2, q3]\n    score", "items: [q1, q2, §-q1, q3]\n    score", "doubled-id"},
	{"items: [q1, q2, q3]\n    score", "items: [q1, q2, q3, §club]\n    score", "mixed-ranges"},
	{"items: [q1, q2, q3]\n    score", "items: [q1, q2, q3, §more]\n    score", "not-scorable"},
	{"items: [q1, q2, q3]\n    score", "items: [q1, q2, q3]\n    weights: {q1: §0}\n    score", "out-of-range"},
	{"items: [q1, q2, q3]\n    score", "items: [q1, q2, q3]\n    weights: {§q7: 2}\n    score", "unknown-id"},
	{"score: mean", "score: §average", "unknown-word"},
	{"score: mean", "score: §eap", "missing-key"},
	{"score: mean", "score: mean\n    rounding: §half_up", "misplaced-key"},
	{"score: mean", "score: mean\n    reliability: {minimum: §70}", "out-of-range"},
	{"min_answered: 2", "min_answered: §4", "out-of-range"},
	{"min_answered: 2", "min_answered: §0", "out-of-range"},
	{"min_answered: 2", "min_answered: §0.8", "out-of-range"},
	{"min_answered: 2", "min_answered: §120%", "out-of-range"},
	{"score: mean\n    min_answered: 2\n    range: [1, 3]", "score: sum\n    min_answered: §2\n    range: [3, 9]", "out-of-range"},
	{"range: [1, 3]", "range: [§0, 3]", "wrong-range"},
	{"range: [1, 3]", "range: [1, §5]", "wrong-range"},
	{"range: [1, 3]\n    favorable: [3]\n", "range: §[1]\n    favorable: [3]\n", "wrong-shape"},
	{"favorable: [3]", "favorable: [§4]", "unknown-code"},
	{"favorable: [3]", "favorable: [§9]", "unknown-code"},
	{"favorable: [3]", "favorable: [3, §3]", "doubled-code"},
	{"{from: 1, label", "{from: §1.5, label", "bands-gap"},
	{"{from: 2, label", "{from: §1, label", "bands-overlap"},
	{"{from: 2, label", "{from: §3.5, label", "bands-outside"},
	{"{from: 2, label", "{§to: 3, from: 2, label", "unknown-key"},

	// Quality
	{"{page: p1, run: 3}", "{page: §p3, run: 3}", "unknown-id"},
	{"{page: p1, run: 3}", "{page: p1, run: §1}", "out-of-range"},
	{"{\"6-12\": 1.0}", "{\"6-12\": 1.0, §\"12\": 2}", "overlapping-grades"},
	{"{\"6-12\": 1.0}", "{§\"6-13\": 1.0}", "unknown-grade"},
	{"{\"6-12\": 1.0}", "{\"6-12\": §0}", "out-of-range"},
	{"missing_share: 0.5", "missing_share: §50", "out-of-range"},
	{"{item: club, expect: 1}", "{item: club, expect: §2}", "unknown-code"},
	{"{item: club, expect: 1}", "{item: §hours, expect: 1}", "wrong-kind"},
	{"{item: club, expect: 1}", "{item: §clubb, expect: 1}", "unknown-id"},

	// Tests
	{"{name: two, answers: {q1: 1,", "{name: two, answers: {q1: §4,", "unknown-code"},
	{"{name: two, answers: {q1: 1,", "{name: two, answers: {§q7: 1,", "unknown-id"},
	{"{name: two, answers: {q1: 1,", "{name: two, answers: {q1: §[1],", "wrong-kind"},
	{"{name: two, answers: {q1: 1,", "{name: two, answers: {hours: §41, q1: 1,", "out-of-range"},
	{"{name: two, answers: {q1: 1,", "{name: two, answers: {q1: 1, §q1: 2,", "doubled-key"},
	{"scores: {liking: 1.5}", "scores: {§likin: 1.5}", "unknown-id"},
	{"scores: {liking: 1.5}", "scores: {liking: §15}", "out-of-range"},
	{"scores: {liking: 1.5}", "scores: {liking: §high}", "not-a-number"},
	{"{liking: too_few_answered}", "{liking: §too_few}", "unknown-word"},
	{"scores: {liking: 1.5}", "§score: {liking: 1.5}", "unknown-key"},

	// YAML
	{"minutes: 5\n", "minutes: 5\n§\tx: 1\n", "yaml-tab"},
	{"minutes: 5\n", "minutes: §&m 5\n", "yaml-alias"},
	{"minutes: 5\n", "minutes: §*m\n", "yaml-alias"},
	{"minutes: 5\n", "minutes: §!!int 5\n", "yaml-tag"},
	{"minutes: 5\n", "minutes: 5\n§<<: {a: b}\n", "yaml-alias"},
	{"minutes: 5\n", "minutes: 5\n§---\n", "several-documents"},
	{"minutes: 5\n", "minutes: 5§\x01\n", "control-character"},
	{"minutes: 5\n", "minutes: 5§\u2028\n", "control-character"},
	{"minutes: 5\n", "minutes: 5 # caf§\xe9\n", "encoding"},
	{"es: \"Las mates y yo\"}", "es: Mates§: y yo}", "unquoted-colon"},
	{"es: \"Las mates y yo\"}", "es: Mates §#1}", "yaml-comment"},
	{"layout: grid, items: [q1, q2, q3]}", "layout: grid, items: §[q1, q2, q3}", "yaml-syntax"},
	{"minutes: 5\n", "minutes: §@5\n", "yaml-syntax"},
	{"missing_share: 0.5\n", "missing_share: 0.5\n §what: 1\n", "yaml-syntax"},
	{"  consent: notice\n", "  consent: §'notice' only\n", "yaml-syntax"},
	{"  consent: notice\n", "  §consent\n", "yaml-syntax"},
	{"  who: {en: \"you\", es: \"a ti\"}", "  who:\n    en: You §#1\n    es: \"a ti\"", "yaml-comment"},
	{"en: \"Are you in a club?\"", "en: §Are you in a club?", "unquoted-text"},
	{"es: \"¿Vas a un club?\"", "es: §¿Vas a un club?", "unquoted-text"},
	{"en: \"I do math.\"", "en: §I do [more] math.", "unquoted-text"},
	{"en: \"I do math.\"", "en: §'I don't.'", "yaml-syntax"},
	{"en: \"I do math.\"", "en: §\"say \"hi\" x\"", "yaml-syntax"},
	{"en: \"I do math.\"", "en: §\"I do math.", "yaml-syntax"},
	{"{en: \"I do math.\", es:", "{en: \"I do math.\" §es:", "yaml-syntax"},
	{"es: \"Hago mates.\"}, responses", "es: \"Hago mates.\"} §responses", "yaml-syntax"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3}§}", "yaml-syntax"},
	{"es: \"Hago mates.\"}, responses: agree3}", "es: \"Hago mates.\"}, responses: agree3} §more", "yaml-syntax"},
	{"{id: q2, text: {en: \"I do math.\", es: \"Hago mates.\"}, responses: agree3}", "§{id: q2, text: {en: \"I do math.\", es: \"Hago mates.\"}, responses: agree3", "yaml-syntax"},
	{"{id: q2, text: {en: \"I do math.\", es: \"Hago mates.\"}, responses", "{id: q2,\n     text: {en: \"I do math.\", es: \"Hago mates.\"}\n     §responses", "yaml-syntax"},
	{"  who: {en: \"you\", es: \"a ti\"}", "  who:\n    en: §\"you\n    es: \"a ti\"", "yaml-syntax"},
	{"  who: {en: \"you\", es: \"a ti\"}", "  who:\n    en: §\"you\" there\n    es: \"a ti\"", "yaml-syntax"},
	{"  who: {en: \"you\", es: \"a ti\"}", "  who:\n    en: §- you\n    es: \"a ti\"", "yaml-syntax"},
	{"  who: {en: \"you\", es: \"a ti\"}", "  who: {en: §{{name}} x, es: \"a ti\"}", "unquoted-text"},
	{"minutes: 5\n", "minutes: 5\n§\t\n", "yaml-tab"},
	{"minutes: 5\n", "minutes:§\u00a05\n", "control-character"},
	{"  consent: notice\n", "§\u00a0 consent: notice\n", "control-character"},
	{"{id: more, ", "{id: more§\u00a0, ", "control-character"},
	{"en: \"I do math.\"", "en: \"I d§\u200bo math.\"", "control-character"},
	{"en: \"I do math.\"", "en: I d§\u2060o math.", "control-character"},
	{"items: [q1, q2, q3]\n    score", "items: [q1, q2, §- q3]\n    score", "yaml-syntax"},
	{"{id: more, kind: text", "{id: more, §kind:text", "yaml-syntax"},
	{"{id: more, kind: text", "{id: more,§, kind: text", "yaml-syntax"},
	{"items: [q1, q2, q3]\n    score", "items: [q1, q2,§, q3]\n    score", "yaml-syntax"},
	{"items: [q1, q2, q3]\n    score", "items: [q1, \"q2\" §\"q3\"]\n    score", "yaml-syntax"},
	{"    score: mean\n", "    §score:mean\n", "yaml-syntax"},
	{"    score: mean\n", "      §score: mean\n", "yaml-syntax"},
	{"  who: {en: \"you\", es: \"a ti\"}", "  who:\n    en: You§: me\n    es: \"a ti\"", "unquoted-colon"},
	{"  who: {en: \"you\", es: \"a ti\"}", "  who:\n    en: you\n      §es: \"a ti\"", "yaml-syntax"},
}

var beside = fstest.MapFS{"huge.png": {Data: make([]byte, 1<<20)}, "huge.mp3": {Data: make([]byte, 1<<20)}, "text.mp3": {Data: []byte("not a sound")}}

func TestEveryMistakeIsReportedAtItsPlace(t *testing.T) {
	for i, m := range mistakes {
		if m.code == "" {
			continue
		}
		t.Run(fmt.Sprintf("%d %s", i, m.code), func(t *testing.T) {
			src, line, column := broken(t, m.old, m.new)
			in, list := Load("base.yaml", []byte(src), Options{Files: beside})
			if in != nil {
				t.Errorf("the file loads")
			}
			if !find(list, line, column, m.code) {
				t.Errorf("%q: no %s at %d:%d:%s", m.new, m.code, line, column, say(list))
			}
		})
	}
}

// warned breaks base so that it still loads, with a warning.
var warned = []mistake{
	{"doi: \"10.1000/xyz\"", "doi: §\"https://doi.org/10.1000/xyz\"", "illegal-doi"},
	{"source: \"d4a951\"", "source: §\"latest\"", "translation-stale"},
	{"source: \"d4a951\"", "source: §\"d4a\"", "translation-stale"},
	{"{name: two, ", "{name: §three, ", "doubled-name"},
	{"{en: \"I do math.\"", "{en: §\"Mathematical conceptualization necessitates epistemological perseverance, notwithstanding considerable pedagogical differentiation and institutional ambivalence.\"", "reading-level"},
	{"provenance:\n  authors: [\"A. Author\"]\n", "§provenance:\n", "no-provenance"},
	{"  license: CC-BY-4.0\n", "", "no-provenance"},
	{"source: \"d4a951\"", "source: §\"9f31c0\"", "translation-stale"},
	{", source: \"d4a951\"}", "}", "translation-unrecorded"},
	{"status: piloted, populations: [{grades: [6, 7]", "status: piloted, §populations: [{grades: [6]", "evidence-gap"},
	{"languages: [en, es], n: 99", "languages: [en], n: 99", "evidence-gap"},
	{"status: piloted, populations: [{grades: [6, 7], languages: [en, es], n: 99, source: \"a pilot\"}]", "status: §validated", "evidence-gap"},
	{"  evidence: {status: piloted, populations: [{grades: [6, 7], languages: [en, es], n: 99, source: \"a pilot\"}]}\n", "", "no-evidence"},
	{base[strings.Index(base, "tests:\n"):], "", "no-tests"},
	{"status: piloted", "status: §retired", "retired"},
	{"reading_level: 12}", "reading_level: §0}", "reading-level"},
	{"responses: agree3, show_if: club == 1}", "responses: agree3, show_if: club == 1, required: §true}", "required-item"},
	{"  clubs:\n    kind: nominal", "  §spare:\n    options: [{code: 1, label: {en: \"A\", es: \"B\"}}]\n  clubs:\n    kind: nominal", "unused"},
	{"en: \"I do math.\"", "en: §\"I do math. " + strings.Repeat("I do it well. ", 20) + "\"", "long-item"},
	{"items: [club, fun, which, hours, more]}", "items: [club, fun, which, hours, more], shuffle: §true}", "shuffled-condition"},
	{"items: [q1, q2, q3]\n    score", "items: [q1, q2, §-q3]\n    score", "reverse-keyed"},
	{"items: [q1, q2, q3]\n    score", "items: [q1, q2, q3, §fun]\n    score", "scale-item-hidden"},
	{"- {name: two, answers: {q1: 1, q2: 2}, expect: {scores: {liking: 1.5}}}", "- {name: two, answers: {q1: 1, q2: 2, q3: 9}, expect: {missing: {}}}", "few-tests"},
	{"{from: 1, label", "{from: §0, label", "bands-outside"},
	{"{page: p1, run: 3}", "{page: p1, run: §4}", "flag-never-raised"},
	{"{\"6-12\": 1.0}", "{\"7-12\": 1.0}", "flag-never-raised"},
	{"or hours > 2\"", "or §fun > 2\"", "condition-missing-code"},
}

func TestEveryWarningLetsTheFileLoad(t *testing.T) {
	for i, m := range warned {
		t.Run(fmt.Sprintf("%d %s", i, m.code), func(t *testing.T) {
			marked := strings.Contains(m.new, "§")
			new := m.new
			if !marked {
				new += "§"
			}
			src, line, column := broken(t, m.old, new)
			in, list := Load("base.yaml", []byte(src), Options{})
			if in == nil {
				t.Fatalf("it does not load:%s", say(list))
			}
			if marked && !find(list, line, column, m.code) {
				t.Errorf("no %s at %d:%d:%s", m.code, line, column, say(list))
			}
			if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == m.code && d.Severity == diag.Warning }) {
				t.Errorf("no %s:%s", m.code, say(list))
			}
		})
	}
}

func TestNearMissesAskDidYouMean(t *testing.T) {
	for _, m := range []mistake{
		{"minutes: 5", "§minuts: 5", `did you mean "minutes"?`},
		{"responses: clubs", "responses: §club", `did you mean "clubs"?`},
		{"score: mean", "score: §meen", `did you mean "mean"?`},
		{"show_if: club == 1}", "show_if: §clbu == 1}", `did you mean "club"?`},
		{"which has 'chess'", "which has §'ches'", `did you mean "chess"?`},
	} {
		src, line, column := broken(t, m.old, m.new)
		_, list := Load("base.yaml", []byte(src), Options{})
		if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Line == line && d.Column == column && d.Hint == m.code }) {
			t.Errorf("%s: nothing at %d:%d says %s:%s", m.new, line, column, m.code, say(list))
		}
	}
}

func TestAMistakeInAResponseSetIsSaidOnce(t *testing.T) {
	src, _, _ := broken(t, "{code: 2, label", "{code: §two, label")
	_, list := Load("base.yaml", []byte(src), Options{})
	var wrong []diag.Diagnostic
	for _, d := range list {
		if d.Severity == diag.Error {
			wrong = append(wrong, d)
		}
	}
	if len(wrong) != 1 {
		t.Errorf("want the illegal code alone:%s", say(wrong))
	}
}

// reported are the codes of a list with their places, sorted as the list is.
func reported(list []diag.Diagnostic) []string {
	out := make([]string, len(list))
	for i, d := range list {
		out[i] = fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Code)
	}
	return out
}

// several breaks base in several places; § marks each place where a report must point, and none may point elsewhere. Behind the
// § of a report stands nothing of it, so codes are given in the order of the file.
func several(t *testing.T, codes []string, swaps ...string) {
	t.Helper()
	src := baseYAML()
	for i := 0; i < len(swaps); i += 2 {
		if strings.Count(src, swaps[i]) != 1 {
			t.Fatalf("%q stands %d times in base, want once", swaps[i], strings.Count(src, swaps[i]))
		}
		src = strings.Replace(src, swaps[i], swaps[i+1], 1)
	}
	var want []string
	var clean strings.Builder
	line, column := 1, 1
	for _, r := range src {
		switch {
		case r == '§':
			if len(want) == len(codes) {
				t.Fatalf("there are more places than codes")
			}
			want = append(want, fmt.Sprintf("%d:%d %s", line, column, codes[len(want)]))
			continue
		case r == '\n':
			line, column = line+1, 1
		default:
			column++
		}
		clean.WriteRune(r)
	}
	if len(want) != len(codes) {
		t.Fatalf("there are %d places and %d codes", len(want), len(codes))
	}
	_, list := Load("base.yaml", []byte(clean.String()), Options{Files: beside})
	slices.Sort(want)
	got := reported(list)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("want %q, got:%s", want, say(list))
	}
}

func TestAnAnchorOrATagKeepsNothingElseFromBeingReported(t *testing.T) {
	several(t, []string{"yaml-number", "yaml-alias", "wrong-range"}, "version: 1.0.0", "version: §1.10", "minutes: 5", "minutes: §&m 5", "range: [1, 3]", "range: [1, §4]")
	several(t, []string{"yaml-number", "yaml-tag", "wrong-range"}, "version: 1.0.0", "version: §1.10", "range: [1, 3]", "range: [1, §!!int §4]")
	several(t, []string{"yaml-alias", "unknown-id"}, "show_if: club == 1}", "show_if: §&c \"§clubb == 1\"}")
}

func TestOneCodeInErrorHidesNothingElse(t *testing.T) {
	for _, bad := range []string{"{code: §2, label: {en: \"Agree\"", "{code: §three, label: {en: \"Agree\"", "{code: §03, label: {en: \"Agree\""} {
		code := map[byte]string{'2': "doubled-code", 't': "illegal-code", '0': "yaml-octal"}[strings.SplitAfter(bad, "§")[1][0]]
		option := "{code: 3, label: {en: \"Agree\""
		several(t, []string{code, "unknown-code"}, option, bad, "favorable: [3]", "favorable: [3, §6]")
		several(t, []string{code, "unknown-code"}, option, bad, "{item: club, expect: 1}", "{item: q1, expect: §77}")
		several(t, []string{code, "unknown-code"}, option, bad, "or hours > 2\"", "or fun == §77\"")
		several(t, []string{code, "unknown-code"}, option, bad, "{name: two, answers: {q1: 1,", "{name: two, answers: {q1: §77,")
		several(t, []string{code, "wrong-range"}, option, bad, "range: [1, 3]", "range: [1, §9]")
		several(t, []string{code, "wrong-range"}, option, bad, "range: [1, 3]", "range: [§0, 3]")
		// What the option may have been meant to have is not an error as well.
		several(t, []string{code}, option, bad, "or hours > 2\"", "or fun == 3\"", "{item: club, expect: 1}", "{item: q1, expect: 3}")
	}
}

func TestACodeThatCouldBeAnythingMakesNothingElseWrong(t *testing.T) {
	several(t, []string{"doubled-code"}, "{code: robots, label", "{code: §chess, label", "which has 'chess' or", "which has 'go' or")
	several(t, []string{"illegal-code"}, "{code: 9, label", "{code: §x, label", "show_if: club == 1}", "show_if: club == 1 and q1 != 9}")
	several(t, []string{"yaml-truth-value", "unknown-code"}, "{code: robots, label", "{code: §no, label", "which has 'chess' or", "which has 'no' or which has §'go' or")
}

func TestAnOctalIsExplainedWhereverACodeStands(t *testing.T) {
	several(t, []string{"yaml-octal"}, "favorable: [3]", "favorable: [§03]")
	several(t, []string{"yaml-octal"}, "{item: club, expect: 1}", "{item: club, expect: §01}")
}

func TestAnUnknownItemInAScaleHidesNothingElse(t *testing.T) {
	several(t, []string{"unknown-id", "out-of-range", "wrong-range", "unknown-code", "bands-overlap"},
		"items: [q1, q2, q3]\n    score", "items: [q1, q2, §q9]\n    score", "min_answered: 2", "min_answered: §4", "range: [1, 3]", "range: [1, §4]",
		"favorable: [3]", "favorable: [§6]", "{from: 2, label", "{from: §1, label")
	several(t, []string{"unknown-id"}, "items: [q1, q2, q3]\n    score: mean\n    min_answered: 2\n    range: [1, 3]",
		"items: [q1, q2, §q9]\n    weights: {q9: 2}\n    score: sum\n    min_answered: 3\n    range: [3, 9]", "{from: 1, label", "{from: 3, label", "{from: 2, label", "{from: 6, label",
		"scores: {liking: 2}", "scores: {liking: 6}", "scores: {liking: 1.5}", "scores: {liking: 4}")
}

func TestFewTestsAreNotWarnedOfBesideAnErrorThatExplainsThem(t *testing.T) {
	several(t, []string{"unknown-code"}, "{name: two, answers: {q1: 1,", "{name: two, answers: {q1: §8,")
	several(t, []string{"unknown-id"}, "scores: {liking: 1.5}", "scores: {§likin: 1.5}")
	several(t, []string{"missing-key"}, "- {name: two, answers: {q1: 1, q2: 2}, expect: {scores: {liking: 1.5}}}", "- {§name: two, answers: {q1: 1, q2: 2}}")
	several(t, []string{"out-of-range"}, "min_answered: 2", "min_answered: §5")
}

func TestNoDigestIsPrintedThatAnErrorsCorrectionWouldChange(t *testing.T) {
	for _, m := range []mistake{
		{"en: \"I do math.\"", "en: §Yes", "yaml-truth-value"},
		{"{en: \"I do math.\", es: \"Hago mates.\"}", "§I do math.", "text-without-language"},
		{"{id: q2, text: {en: \"I do math.\", es: \"Hago mates.\"}, ", "{id: §q2, ", "missing-key"},
		{"{id: q2, text", "{id: §Q1, text", "doubled-id"},
		{"{id: q2, text", "{id: §q-2, text", "illegal-id"},
		{"{code: 2, label", "{code: §02, label", "yaml-octal"},
	} {
		src, line, column := broken(t, m.old, m.new)
		_, list := Load("base.yaml", []byte(src), Options{})
		if !find(list, line, column, m.code) || slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == "translation-stale" }) {
			t.Errorf("%s:%s", m.new, say(list))
		}
		_, list = Load("base.yaml", []byte(strings.Replace(src, ", source: \"d4a951\"", "", 1)), Options{})
		i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Code == "translation-unrecorded" })
		if i < 0 || !strings.Contains(list[i].Hint, "correct the errors") {
			t.Errorf("%s:%s", m.new, say(list))
		}
	}
}

func TestWhatEndsATextTooEarlyIsReportedOfEveryItem(t *testing.T) {
	several(t, []string{"unquoted-text", "unquoted-text", "unquoted-colon"}, "en: \"Are you in a club?\"", "en: §Are you in a club?", "es: \"¿Cuáles?\"", "es: §¿Cuáles?",
		"name: three, answers: {q1: 1,", "name: three, answers: {q1: 1 q2§: 2,")
}

func TestQuotesAndBracketsInTextsAreNotTakenForOthers(t *testing.T) {
	for _, intro := range []string{
		"intro:\n  en: |\n    He says \"hi {{who}}, {\n    more: 'it\n\n  es: >-\n    Dice \"hola {{who}}\n",
		"intro: {en: \"He says \\\"hi {{who}}, {\\\"\", es: 'It''s \"{{who}} [?'} # a \"note: {\n",
		"intro:\n  en: \"Hi\n    more: {{who}} [\"\n  es: 'Hola\n\n    {{who}}'\n",
	} {
		several(t, []string{"unquoted-text"}, "intro: {en: \"Hello {{who}}, thank you.\", es: \"Hola {{who}}, gracias.\"}\n", intro, "en: \"I do math.\"", "en: §Do I?")
	}
}

func TestASpaceThatIsMissingOrNoneHasNoConsequences(t *testing.T) {
	several(t, []string{"yaml-syntax"}, "{id: more, kind: text", "{id: more, §kind:text")
	several(t, []string{"yaml-syntax", "yaml-syntax"}, "{id: more, kind: text", "{id: more, §kind:text", "{page: p1, run: 3}", "{page: p1, §run:3}")
	several(t, []string{"control-character", "wrong-range"}, "{id: more, ", "{id: more§\u00a0, ", "range: [1, 3]", "range: [1, §4]")
	several(t, []string{"control-character", "wrong-range"}, "  consent: notice\n", "§\u00a0 consent: notice\n", "range: [1, 3]", "range: [1, §4]")
}

func TestANoBreakSpaceWithinATextIsTheAuthors(t *testing.T) {
	for _, text := range []string{"en: \"Hello:\u00a0 {{who}}, \u00a0thank you.\u00a0\", es: 'Hola\u00a0: {{who}}'", "en: Hello\u00a0{{who}}!, es: Hola\u00a0{{who}}"} {
		src := strings.Replace(baseYAML(), "en: \"Hello {{who}}, thank you.\", es: \"Hola {{who}}, gracias.\"", text, 1)
		src = strings.Replace(src, "{{who}}!, es", "who!, es", 1)
		src = strings.Replace(src, "Hola\u00a0{{who}}}", "Hola\u00a0who}", 1)
		src = strings.Replace(src, "provenance:\n", "closing:\n  en: |\n    One:\u00a0two\u00a0\n    \u00a0three\n  es: Uno # a note:\u00a0x\nprovenance:\n", 1)
		if in, list := Load("x.yaml", []byte(src), Options{}); in == nil {
			t.Errorf("%q:%s", text, say(list))
		}
	}
}

func TestWhatIsThereButEmptyIsSaidToBe(t *testing.T) {
	several(t, []string{"empty"}, "grades: [6, 7], reading", "grades: §[], reading")
	several(t, []string{"empty"}, "  clubs:\n    kind: nominal\n    options:\n      - {code: chess, label: {en: \"Chess\", es: \"Ajedrez\"}}\n      - {code: robots, label: {en: \"Robots\", es: \"Robots\"}}\n",
		"  clubs:\n    options: §[]\n")
	several(t, []string{"empty"}, "items: [q1, q2, q3]\n    score", "items: §[]\n    score")
	several(t, []string{"missing-key"}, "    score: mean\n", "    §score:\n")
	several(t, []string{"missing-key"}, "version: 1.0.0", "version: §null")
}

func TestAListThatCannotBeReadHasNoConsequences(t *testing.T) {
	several(t, []string{"unknown-grade"}, "grades: [6, 7], reading", "grades: [§6-7], reading")
	several(t, []string{"wrong-shape"}, "grades: [6, 7], reading", "grades: §7, reading")
	several(t, []string{"wrong-shape"}, "items: [club, fun, which, hours, more]", "items: §club")
	several(t, []string{"unknown-id"}, "items: [club, fun, which, hours, more]", "items: [club, §fun2, which, hours, more]")
	whole := baseYAML()
	for _, cut := range []struct {
		key, next string
		code      string
	}{{"items:\n", "pages:\n", "2:5 missing-key"}, {"pages:\n", "scales:\n", "2:5 missing-key"}} {
		src := whole[:strings.Index(whole, cut.key)] + whole[strings.Index(whole, cut.next):]
		_, list := Load("x.yaml", []byte(src), Options{})
		var wrong []string
		for _, d := range list {
			if d.Code != "translation-unrecorded" {
				wrong = append(wrong, fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Code))
			}
		}
		if len(wrong) != 1 || wrong[0] != cut.code {
			t.Errorf("without %q:%s", cut.key, say(list))
		}
	}
}

func TestAMisspeltKeyIsNotMissingAsWell(t *testing.T) {
	several(t, []string{"unknown-key"}, "    score: mean\n", "    §Score: mean\n")
	several(t, []string{"unknown-key"}, "- {name: two, ", "- {§nmae: two, ")
}

func TestAnErrorIsNotSaidAgainByTests(t *testing.T) {
	several(t, []string{"doubled-id"}, "items: [q1, q2, q3]\n    score", "items: [q1, q2, q3, §q1]\n    score")
	several(t, []string{"yaml-octal"}, "{code: 3, label: {en: \"Agree\"", "{code: §012, label: {en: \"Agree\"")
}

func TestHintsSayWhatWouldBeRightHere(t *testing.T) {
	for _, m := range []mistake{
		{"min_answered: 2", "min_answered: §all", "write a count from 1 to 3, or a share of the items such as 80%; for all of them 100%"},
		{"minutes: 5", "minutes: §five", "write a whole number from 1 to 90"},
		{"protected_topics: []", "protected_topics: [§religion]", "7 religion"},
		{"missing_share: 0.5", "missing_share: §50%", "write 0.5"},
		{"items: [q1, q2, q3]\n    score", "items: [q1, q2, q3]\n    weights: {§hours: 2}\n    score", "its items are q1, q2, q3"},
		{"missing: true}", "missing: true, picture: §face-6}", "write one of face-1, face-2"},
		{"{id: q2, text", "{id: §NULL, text", "a reserved word of R"},
		{"show_if: club == 1}", "show_if: club == §null}", "write not answered(club)"},
		{"show_if: club == 1}", "show_if: §NOT club == 1}", `write "not"`},
		{"grades: [6, 7], reading", "grades: [§6-7], reading", "list each grade of a span"},
		{"{q1: 1, which: [chess]}", "{q1: 1, which: [chess], more: §\"" + strings.Repeat("z", 501) + "\"}", "max_length, 500"},
		{"consent: notice\n  protected_topics: []", "consent: opt-in\n  protected_topics: [7, §7]", "keep one"},
		{"{item: club, expect: 1}", "{§item: club}", "add expect: the code that is right, such as 3"},
		{"{page: p1, run: 3}", "{§page: p1}", "add run: 6"},
		{"{liking: 1.5}", "{§liking: null}", "expect: {missing: {liking: too_few_answered}}"},
		{"    items: [q1, q2, q3]\n    score: mean\n    min_answered: 2\n    range: [1, 3]\n    favorable: [3]", "    items: [hours]\n    score: mean\n    min_answered: 1\n    range: [0, 40]\n    favorable: [§3]",
			"favorable speaks of codes, and its items have none; take it away"},
	} {
		src, line, column := broken(t, m.old, m.new)
		_, list := Load("base.yaml", []byte(src), Options{})
		if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
			return d.Line == line && d.Column == column && strings.Contains(d.Hint, m.code)
		}) {
			t.Errorf("%s: nothing at %d:%d says %s:%s", m.new, line, column, m.code, say(list))
		}
	}
}

func TestAPlaceholderInABlockTextIsReportedInItsLine(t *testing.T) {
	several(t, []string{"unknown-placeholder", "unknown-placeholder"}, "intro: {en: \"Hello {{who}}, thank you.\", es: \"Hola {{who}}, gracias.\"}",
		"intro:\n  en: |\n    Hello {{who}},\n\n    you are {{§whom}}.\n  es: >-\n    Hola {{who}},\n    eres {{§whom}}.\n")
	several(t, []string{"unknown-id"}, "  - {id: fun, text: {en: \"It is fun.\", es: \"Es divertido.\"}, responses: agree3, show_if: club == 1}",
		"  - id: fun\n    text: {en: \"It is fun.\", es: \"Es divertido.\"}\n    responses: agree3\n    show_if: >-\n      club == 1\n      and §clubb == 1\n")
}

func TestACodeThatStandsApartIsTakenForAForgottenMissingFirst(t *testing.T) {
	const old = "{code: 9, label: {en: \"Does not apply\", es: \"No se aplica\"}, missing: true}"
	for code, apart := range map[string]bool{"9": true, "99": true, "-9": true, "5": true, "4": false, "0": false} {
		src := strings.Replace(baseYAML(), old, "{code: "+code+", label: {en: \"Does not apply\", es: \"No se aplica\"}}", 1)
		_, list := Load("base.yaml", []byte(src), Options{})
		i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Code == "wrong-range" })
		if i < 0 {
			t.Fatalf("%s: nothing:%s", code, say(list))
		}
		if got := strings.HasPrefix(list[i].Hint, "if "+code+" is ") && strings.Contains(list[i].Hint, "missing: true"); got != apart {
			t.Errorf("%s: %s", code, list[i].Hint)
		}
	}
	// Codes that all stand as far apart are as they are meant.
	src := strings.Replace(baseYAML(), old, "{code: 5, label: {en: \"Fully\", es: \"Por completo\"}}", 1)
	src = strings.NewReplacer("{code: 2, label", "{code: 7, label", "favorable: [3]", "favorable: [5]").Replace(src)
	if _, list := Load("base.yaml", []byte(src), Options{}); slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return strings.Contains(d.Hint, "missing: true") }) {
		t.Errorf("1, 3, 5, 7:%s", say(list))
	}
}

func TestTypographicQuotesThatWereMeantForYAMLAreWarnedOf(t *testing.T) {
	const old = "es: \"Robots\""
	for text, want := range map[string]bool{
		"§“Robots”": true, "§‘Robots’": true, "§„Robots“": true, "§«Robots»": true, "§”Robots”": true, "§“Los ‘robots’ de aquí”": true,
		"\"“Robots”\"": false, "'“Robots”'": false, "“Robots” y más": false, "“Robots” y “coches”": false, "el club “Robots”": false, "“": false, "’Robots": false,
	} {
		if !want {
			text = "§" + text
		}
		src, line, column := broken(t, old, "es: "+text)
		in, list := Load("base.yaml", []byte(src), Options{})
		got := find(list, line, column, "curly-quotes")
		if in == nil || got != want || !want && slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == "curly-quotes" }) {
			t.Errorf("%s: %v, want %v:%s", text, got, want, say(list))
		}
	}
	src, line, column := broken(t, old, "es: “Robots, §y más”")
	_, list := Load("base.yaml", []byte(src), Options{})
	if i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Line == line && d.Column == column }); i < 0 || !strings.Contains(list[i].Hint, "straight") {
		t.Errorf("cut at the comma:%s", say(list))
	}
}

func TestALanguageThatAllTextsCallOtherwiseIsSaidOnce(t *testing.T) {
	several(t, []string{"unknown-language"}, "languages: [en, es]\n", "languages: [en, §es-MX]\n")
	several(t, []string{"unknown-language"}, "languages: [en, es]\n", "languages: [§en-US, es]\n")
	several(t, []string{"unknown-language", "unknown-language"}, "languages: [en, es]\n", "languages: [§en-US, §es-419]\n")
	// What is wrong besides is said too.
	several(t, []string{"unknown-language", "missing-text"}, "languages: [en, es]\n", "languages: [en, §es-MX]\n", "{en: \"I do math.\", es: \"Hago mates.\"}", "{en: \"I do math.\", es: §\"\"}")
	several(t, []string{"unknown-language", "missing-text"}, "languages: [en, es]\n", "languages: [en, §es-MX]\n", "  - {id: q2, text: {en: \"I do math.\", es: \"Hago mates.\"}", "  - {id: q2, §text: {en: \"I do math.\"}")
	src, _, _ := broken(t, "languages: [en, es]\n", "languages: [en, §es-MX]\n")
	if _, list := Load("base.yaml", []byte(src), Options{}); len(list) != 1 || list[0].Hint != "write es here, or es-MX in every text" {
		t.Error(say(list))
	}
	// A language in which nothing is written yet is not one under another name.
	src, _, _ = broken(t, "languages: [en, es]\n", "languages: [en, es, §fr]\n")
	if _, list := Load("base.yaml", []byte(src), Options{}); slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == "unknown-language" }) {
		t.Error(say(list))
	}
}
