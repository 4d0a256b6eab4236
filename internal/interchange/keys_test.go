package interchange

import (
	"bytes"
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"surveyd/internal/answerfile"
	"surveyd/internal/catalog"
	"surveyd/internal/diag"
	"surveyd/internal/export"
	"surveyd/internal/instrument"
)

// rscript is where Debian installs R's interpreter of scripts.
const rscript = "/usr/bin/Rscript"

func loaded(t testing.TB, path string) *instrument.Instrument {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all, problems := catalog.Check([]catalog.Source{{Name: path, Bytes: src}})
	if all[0].Instrument == nil {
		for _, p := range problems {
			if p.Severity == diag.Error {
				t.Errorf("%s:%d: %s", p.File, p.Line, p.Message)
			}
		}
		t.FailNow()
	}
	return all[0].Instrument
}

// runR runs a script on a file of answers and gives what it writes.
func runR(t testing.TB, script, answers []byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string][]byte{"key.R": script, "answers.csv": answers} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(rscript, "--vanilla", filepath.Join(dir, "key.R"), filepath.Join(dir, "answers.csv"))
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("run R (scripts/r.sh installs it): %v\n%s", err, errs.String())
	}
	return out.String()
}

// randomAnswers gives a table with every kind of cell that a file of answers can have.
func randomAnswers(in *instrument.Instrument, rows int, r *rand.Rand) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	head := []string{"person"}
	for _, item := range in.Items {
		head = append(head, string(item.ID))
	}
	_ = w.Write(head)
	for i := range rows {
		line := []string{"p" + strconv.Itoa(i)}
		for _, item := range in.Items {
			line = append(line, randomCell(item, r))
		}
		_ = w.Write(line)
	}
	w.Flush()
	return b.Bytes()
}

func randomCell(item *instrument.Item, r *rand.Rand) string {
	switch r.IntN(12) {
	case 0:
		return []string{"", "NA", " ", "na", "x", "7", "-5", "1e400"}[r.IntN(8)]
	case 1:
		return []string{"-91", "-92", "-93", "-94", "-92.0", "0x2", "Inf", "1,5", "2.5"}[r.IntN(9)]
	}
	switch item.Kind {
	case instrument.Number:
		return strconv.FormatFloat(float64(r.IntN(220)-5)/20, 'g', -1, 64)
	case instrument.FreeText:
		return []string{"", "a word", "una palabra más", "a text that is too long for it", "'=1+1"}[r.IntN(5)]
	case instrument.Multiple:
		var codes []string
		for _, o := range item.Responses.Options {
			if r.IntN(2) == 0 {
				codes = append(codes, string(o.Code))
			}
		}
		return strings.Join(codes, ";")
	}
	code := string(item.Responses.Options[r.IntN(len(item.Responses.Options))].Code)
	if _, err := strconv.Atoi(code); err == nil && r.IntN(5) == 0 {
		code = []string{code + ".0", " " + code, "0" + code, "+" + code, code + "e0", code + "."}[r.IntN(6)]
	}
	return code
}

// sameScores compares the columns that both tables have as scores: numbers to 1e-12, the rest to the letter.
func sameScores(t *testing.T, ours, theirs string) (numbers int) {
	t.Helper()
	want, err := csv.NewReader(strings.NewReader(ours)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got, err := csv.NewReader(strings.NewReader(theirs)).ReadAll()
	if err != nil {
		t.Fatalf("%v\n%s", err, theirs)
	}
	if len(got) != len(want) {
		t.Fatalf("R wrote %d rows, want %d", len(got), len(want))
	}
	for c, name := range want[0] {
		if name == "quality_flags" {
			continue
		}
		at := slices.Index(got[0], name)
		if at < 0 {
			t.Fatalf("R has no column %s", name)
		}
		for row := 1; row < len(want); row++ {
			x, errX := strconv.ParseFloat(want[row][c], 64)
			y, errY := strconv.ParseFloat(got[row][at], 64)
			if errX == nil && errY == nil && !math.IsInf(x, 0) {
				numbers++
				if math.Abs(x-y) > 1e-12 {
					t.Errorf("row %d, %s: surveyd %s, R %s", row, name, want[row][c], got[row][at])
				}
			} else if want[row][c] != got[row][at] {
				t.Errorf("row %d, %s: surveyd %q, R %q", row, name, want[row][c], got[row][at])
			}
		}
	}
	return numbers
}

func TestTheScriptInRGivesTheScoresOfSurveyd(t *testing.T) {
	for _, path := range []string{"testdata/keys.yaml", "../../instruments/stem-identity.yaml", "../../instruments/growth-mindset.yaml"} {
		t.Run(filepath.Base(path), func(t *testing.T) {
			in := loaded(t, path)
			script, err := Keys(in, Psych)
			if err != nil {
				t.Fatal(err)
			}
			answers := randomAnswers(in, 400, rand.New(rand.NewPCG(1, 2)))
			var ours bytes.Buffer
			if _, err := export.ScoreFile(in, bytes.NewReader(answers), &ours, answerfile.Hearing{}); err != nil {
				t.Fatal(err)
			}
			if n := sameScores(t, ours.String(), runR(t, script, answers)); n < 400 {
				t.Errorf("only %d numbers were compared", n)
			}
			// A scored file is scored again to the same numbers: its old columns are not taken for answers.
			sameScores(t, ours.String(), runR(t, script, ours.Bytes()))
		})
	}
}

func TestTheFactorModelsAreFittedByLavaan(t *testing.T) {
	in := loaded(t, "../../instruments/stem-identity.yaml")
	script, err := Keys(in, Lavaan)
	if err != nil {
		t.Fatal(err)
	}
	// Answers that three correlated factors make.
	r := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	for i, item := range in.Items {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(string(item.ID))
	}
	for range 300 {
		b.WriteByte('\n')
		general := r.NormFloat64()
		factors := []float64{general + r.NormFloat64(), general + r.NormFloat64(), general + r.NormFloat64()}
		for i := range in.Items {
			if i > 0 {
				b.WriteByte(',')
			}
			x := 3 + factors[i/5]*0.7 + r.NormFloat64()*0.7
			b.WriteString(strconv.Itoa(int(math.Max(1, math.Min(5, math.Round(x))))))
		}
	}
	out := runR(t, script, []byte(b.String()+"\n"))
	for _, want := range []string{"== stem_recognition ==", "== stem_interest ==", "== stem_competence ==", "== model_all ==", "chisq.scaled", "cfi.scaled", "rmsea.scaled", "srmr"} {
		if !strings.Contains(out, want) {
			t.Errorf("lavaan does not say %q:\n%s", want, out)
		}
	}
}

func TestTheKeySaysWhatIsReversedAndShared(t *testing.T) {
	in := loaded(t, "testdata/keys.yaml")
	for format, want := range map[KeysFormat][]string{
		Psych: {`m = c("a1", "a2", "-a3")`, "Items in several scales: a1, a2, a3, b1, b2, b3, b4", `rounding = "half_even"`, `weights = c(2.5, 1, 0.3)`,
			`hours = function(a) ((a$club == "yes") & (has_code(a$which, "chess") | has_code(a$which, "2")))`},
		Lavaan: {"# reverse-keyed: a3", "m =~ a1 + a2 + a3", "# po has two items", `ordered_items <- c("a1", "a2", "a3", "b1"`, "# fit <- lavaan::cfa(model_all"},
	} {
		script, err := Keys(in, format)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(string(script), w) {
				t.Errorf("%s: no %q in\n%s", format, w, script)
			}
		}
	}
}

func TestAScaleWithAnItemResponseModelIsNotScoredByAKey(t *testing.T) {
	in := *loaded(t, "testdata/keys.yaml")
	measured := *in.Scales[0]
	measured.Score = instrument.EAP
	in.Scales = []*instrument.Scale{&measured, in.Scales[1]}
	script, err := Keys(&in, Psych)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(script); !strings.Contains(s, "NOT SCORED HERE: m ") || strings.Contains(s, "\n  m = ") || !strings.Contains(s, "\n  mw = ") {
		t.Errorf("the script scores m, or not mw:\n%s", s)
	}
	in.Scales = in.Scales[:1]
	if _, err := Keys(&in, Psych); err == nil {
		t.Error("a key that scores nothing was written")
	}
}
