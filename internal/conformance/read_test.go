package conformance

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"surveyd/internal/psychometrics"
)

// Where the oracles lie: made here, and by other hands.
const (
	own    = "testdata/"
	others = "../psychometrics/testdata/"
	scores = "../scoring/testdata/"
)

func read[T any](t testing.TB, path string) T {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var v T
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return v
}

// cases gives the cases of a file in the order of their names, so that what is reported does not depend on the run.
func cases[T any](t testing.TB, path string) (names []string, byName map[string]T) {
	t.Helper()
	byName = read[map[string]T](t, path)
	if len(byName) == 0 {
		t.Fatalf("%s has no cases", path)
	}
	return slices.Sorted(maps.Keys(byName)), byName
}

// table reads a CSV file as one map from heading to cell for each row.
func table(t testing.TB, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, cell := range record {
			row[records[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

func float(t testing.TB, cell string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// sampleOf makes a sample of persons' rows; null is a missing answer.
func sampleOf(rows [][]*float64) psychometrics.Sample {
	s := psychometrics.Sample{Columns: make([][]float64, len(rows[0]))}
	for _, row := range rows {
		for i, x := range row {
			value := math.NaN()
			if x != nil {
				value = *x
			}
			s.Columns[i] = append(s.Columns[i], value)
		}
	}
	return s
}

// list reads a number or a list of them, as R writes vectors.
type list []float64

func (l *list) UnmarshalJSON(text []byte) error {
	var one float64
	if err := json.Unmarshal(text, &one); err == nil {
		*l = list{one}
		return nil
	}
	return json.Unmarshal(text, (*[]float64)(l))
}
