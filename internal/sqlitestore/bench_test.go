package sqlitestore_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// BenchmarkSaves saves responses of 25 answers (about 1.5 KB stored), each save durable before the student's next:
// ns/op is the time between two acknowledged saves of anybody.
func BenchmarkSaves(b *testing.B) {
	for _, students := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("%d students", students), func(b *testing.B) { benchmarkSaves(b, students) })
	}
}

func benchmarkSaves(b *testing.B, students int) {
	store := openIn(b, b.TempDir())
	responses := make([]fieldwork.Response, students)
	for i := range responses {
		responses[i] = fullResponse(fmt.Sprintf("participant-%04d", i))
		if err := store.CreateResponse(b.Context(), responses[i]); err != nil {
			b.Fatal(err)
		}
	}
	var next atomic.Int64
	b.SetParallelism(students) // times GOMAXPROCS goroutines; those beyond the students stay idle
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		i := next.Add(1) - 1
		if i >= int64(students) {
			return
		}
		r := responses[i]
		for pb.Next() {
			seq := r.Seq
			r.Seq++
			r.Answers[r.Seq%25].Value = "5"
			if err := store.ReplaceResponse(b.Context(), r, seq); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "saves/s")
}

// BenchmarkResponse reads one response of 25 answers, as a resumed survey does.
func BenchmarkResponse(b *testing.B) {
	store := openIn(b, b.TempDir())
	r := fullResponse("participant")
	if err := store.CreateResponse(b.Context(), r); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := store.Response(b.Context(), r.Key); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

// BenchmarkPutParticipants imports a network's roster of 13,500.
func BenchmarkPutParticipants(b *testing.B) {
	roster := make([]fieldwork.Participant, 13_500)
	for i := range roster {
		roster[i] = fieldwork.Participant{
			ID: fieldwork.ParticipantID(fmt.Sprintf("%032x", i)), Student: fieldwork.StudentID(fmt.Sprint(i)), Grade: "7", Language: "es",
			Site: fieldwork.SiteID(fmt.Sprint("Site ", i%20)), Group: fieldwork.GroupID(fmt.Sprint(i % 400)), Name: "Somebody of This School",
			Attributes: []fieldwork.Attribute{{Name: "attendance", Value: "0.93"}, {Name: "enrolled", Value: "yes"}},
		}
	}
	for b.Loop() {
		b.StopTimer()
		store := openIn(b, b.TempDir())
		b.StartTimer()
		if err := store.PutParticipants(b.Context(), roster); err != nil {
			b.Fatal(err)
		}
	}
}

func fullResponse(participant string) fieldwork.Response {
	r := fieldwork.Response{
		Key:        fieldwork.ResponseKey{Administration: "stem-identity-fall-2026", Participant: fieldwork.ParticipantID(participant)},
		Instrument: fieldwork.InstrumentRef{ID: "stem-identity", Version: "1.0", Hash: fmt.Sprintf("%064x", 1)},
		Wave:       "fall", Status: fieldwork.Started, LastSave: "b1946ac9", Language: "es", Languages: []instrument.Lang{"es"},
		Site: "Cielo", Group: "5A", Grade: "7", Reached: 7,
	}
	for i := range 25 {
		r.Answers = append(r.Answers, answer.Record{Item: instrument.ItemID(fmt.Sprintf("identity_%02d", i)), State: "answered", Value: "4"})
		if i%4 == 0 {
			r.Seconds = append(r.Seconds, fieldwork.PageSeconds{Page: instrument.PageID(fmt.Sprint("page_", i)), Seconds: 12.25})
		}
	}
	return r
}
