package storetest

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"surveyd/internal/answer"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

var valuePromises = []promise{
	{"text comes back as it was, in every script", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		for i, text := range []string{
			"Ñandú, ¿qué tal? ¡Sí!", "e\u0301 is not \u00e9", "👩🏽‍🔬🧮", "שלום עליכם", "数学が好き", "\u2028\u2029\u200b\ufeff",
			`"quoted" 'and' \back\slashed`, `\ufffd and \u0000 as typed`, "a real \ufffd", "line\r\nbreak\ttab", "bell \a null \x00 end",
			"<script>&amp;</script>", "$set", "a.b.c", "{$gt: 1}", "'; drop table responses; --", " spaces around ", "",
		} {
			want := response("fall", fmt.Sprint("p", i))
			want.Site, want.LastSave, want.Wave = fieldwork.SiteID(text), text, fieldwork.Wave(text)
			want.Answers = []answer.Record{{Item: instrument.ItemID(text), State: text, Value: text}}
			create(t, store, want)
			wantResponse(t, store, want)
		}
	}},
	{"text that is not UTF-8 is refused and never altered", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		broken := response("fall", "p1")
		broken.Answers[0].Value = "caf\xe9"
		if err := store.CreateResponse(t.Context(), broken); err == nil {
			t.Fatal("stored without an error")
		}
		create(t, store, response("fall", "p1"))
	}},
	{"numbers come back to the bit", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), response("fall", "p1")
		want.Scores = &scoring.Record{}
		for _, number := range []float64{
			0, 1, 3, -2.5, 0.1, 0.1 + 0.2, 1.0 / 3, math.Pi, 1e21, 1e-7, 123456789.123456789, 9007199254740993, 4503599627370497.5,
			math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, math.Nextafter(1, 2),
		} {
			want.Seconds = append(want.Seconds, fieldwork.PageSeconds{Page: "page", Seconds: number})
			want.Scores.Scales = append(want.Scores.Scales, scoring.ScaleRecord{Scale: "scale", Score: &number})
		}
		create(t, store, want)
		got, err := store.Response(t.Context(), want.Key)
		noError(t, err)
		for i := range want.Seconds {
			for name, pair := range map[string][2]float64{
				"seconds": {got.Seconds[i].Seconds, want.Seconds[i].Seconds},
				"score":   {*got.Scores.Scales[i].Score, *want.Scores.Scales[i].Score},
			} {
				if math.Float64bits(pair[0]) != math.Float64bits(pair[1]) {
					t.Errorf("%s %v came back as %v", name, pair[1], pair[0])
				}
			}
		}
	}},
	{"large whole numbers come back", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), response("fall", "p1")
		want.Seq, want.Reached = math.MaxInt64-1, math.MaxInt32
		create(t, store, want)
		wantResponse(t, store, want)
		next := saved(want, "next")
		noError(t, store.ReplaceResponse(t.Context(), next, want.Seq))
		wantResponse(t, store, next)
	}},
	{"times come back in UTC to the millisecond", func(t *testing.T, open func(*testing.T) Store) {
		store, r := open(t), response("fall", "p1")
		angeles := time.FixedZone("PDT", -7*60*60)
		r.StartedAt = time.Date(2026, 10, 5, 8, 15, 59, 123_999_999, angeles)
		r.UpdatedAt = time.Date(1969, 12, 31, 23, 59, 59, 999_000_000, time.UTC)
		r.EndedAt = time.Time{}
		create(t, store, r)
		want := r
		want.StartedAt = time.Date(2026, 10, 5, 15, 15, 59, 123_000_000, time.UTC)
		wantResponse(t, store, want)
	}},
	{"a slice that is nil stays nil and an empty one stays empty", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		bare := fieldwork.Response{Key: response("fall", "p1").Key, Scores: &scoring.Record{Scales: []scoring.ScaleRecord{{}}}}
		empty := fieldwork.Response{
			Key: response("fall", "p2").Key, Languages: []instrument.Lang{}, Answers: []answer.Record{},
			Seconds: []fieldwork.PageSeconds{}, Order: []fieldwork.PageOrder{},
			Scores: &scoring.Record{
				Languages: []instrument.Lang{}, Flags: []scoring.Flag{},
				Scales: []scoring.ScaleRecord{{ItemsUsed: []instrument.ItemID{}}},
			},
		}
		create(t, store, bare, empty)
		wantResponse(t, store, bare)
		wantResponse(t, store, empty)
	}},
	{"a response of two megabytes comes back", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), response("fall", "p1")
		for i := range 2_000 {
			want.Answers = append(want.Answers, answer.Record{
				Item: instrument.ItemID(fmt.Sprint("q", i)), State: "answered", Value: strings.Repeat(fmt.Sprint("ñ", i%10), 350),
			})
		}
		create(t, store, want)
		wantResponse(t, store, want)
	}},
}
