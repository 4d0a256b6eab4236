package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"sync"
	"testing"
	"time"

	"surveyd/internal/answer"
	"surveyd/internal/fieldwork"
)

// filled gives a value whose every field is set, each to something else, so that a store that forgets a field or swaps
// two is found out, today's fields and tomorrow's.
func filled[T any]() T {
	var value T
	n := 0
	fill(reflect.ValueOf(&value).Elem(), &n)
	return value
}

func fill(value reflect.Value, n *int) {
	*n++
	if value.Type() == reflect.TypeFor[time.Time]() {
		value.Set(reflect.ValueOf(time.UnixMilli(1_790_000_000_123 + int64(*n)*86_400_321).UTC()))
		return
	}
	switch value.Kind() {
	case reflect.String:
		value.SetString(fmt.Sprintf("%s %d ñ", value.Type().Name(), *n))
	case reflect.Int, reflect.Int64:
		value.SetInt(int64(*n) + 1_000)
	case reflect.Uint8:
		value.SetUint(uint64(*n % 256))
	case reflect.Float64:
		value.SetFloat(math.Sqrt(float64(*n)))
	case reflect.Bool:
		value.SetBool(true)
	case reflect.Pointer:
		value.Set(reflect.New(value.Type().Elem()))
		fill(value.Elem(), n)
	case reflect.Slice:
		value.Set(reflect.MakeSlice(value.Type(), 3, 3))
		for i := range value.Len() {
			fill(value.Index(i), n)
		}
	case reflect.Map:
		value.Set(reflect.MakeMap(value.Type()))
		for range 2 {
			key, element := reflect.New(value.Type().Key()).Elem(), reflect.New(value.Type().Elem()).Elem()
			fill(key, n)
			fill(element, n)
			value.SetMapIndex(key, element)
		}
	case reflect.Struct:
		for i := range value.NumField() {
			fill(value.Field(i), n)
		}
	default:
		panic("storetest cannot fill a " + value.Type().String())
	}
}

// response gives a started response such as a student's is after some questions.
func response(administration, participant string) fieldwork.Response {
	at := time.Date(2026, 10, 5, 17, 30, 0, 0, time.UTC)
	return fieldwork.Response{
		Key: fieldwork.ResponseKey{
			Administration: fieldwork.AdministrationID(administration),
			Participant:    fieldwork.ParticipantID(participant),
		},
		Instrument: fieldwork.InstrumentRef{ID: "stem-identity", Version: "1.0", Hash: "00ff"},
		Status:     fieldwork.Started,
		Site:       "Cielo",
		Group:      "5A",
		Answers:    []answer.Record{{Item: "q1", State: "answered", Value: "of " + participant}},
		StartedAt:  at,
		UpdatedAt:  at,
	}
}

// saved gives r as its next save: the sequence number goes up and the value of the first answer is another.
func saved(r fieldwork.Response, value string) fieldwork.Response {
	r.Seq++
	r.Answers = []answer.Record{{Item: "q1", State: "answered", Value: value}}
	return r
}

func create(t *testing.T, store Store, responses ...fieldwork.Response) {
	t.Helper()
	for _, r := range responses {
		if err := store.CreateResponse(t.Context(), r); err != nil {
			t.Fatalf("CreateResponse: %v", err)
		}
	}
}

func wantResponse(t *testing.T, store Store, want fieldwork.Response) {
	t.Helper()
	got, err := store.Response(t.Context(), want.Key)
	wantEqual(t, err, got, want)
}

// wantEqual compares what a store gave with what it should have given.
func wantEqual[T any](t *testing.T, err error, got, want T) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got\n%s\nwant\n%s", printed(got), printed(want))
	}
}

func printed(value any) string {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Sprintf("%#v", value)
	}
	if len(text) > 4_000 {
		return string(text[:4_000]) + "..."
	}
	return string(text)
}

// wantError looks for a kind of error.
func wantError(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Fatalf("got error %v, want %v", got, want)
	}
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
}

// race runs n calls at the same moment and gives their errors.
func race(n int, call func(i int) error) []error {
	failures := make([]error, n)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-start
			failures[i] = call(i)
		})
	}
	close(start)
	all.Wait()
	return failures
}

// wantOneWinner looks for exactly one call without an error, and for the kind of all the other ones; it gives the winner.
func wantOneWinner(t *testing.T, failures []error, losers error) int {
	t.Helper()
	winner := -1
	for i, err := range failures {
		switch {
		case err == nil && winner < 0:
			winner = i
		case err == nil:
			t.Fatalf("both %d and %d won", winner, i)
		case !errors.Is(err, losers):
			t.Fatalf("a loser got %v, want %v", err, losers)
		}
	}
	if winner < 0 {
		t.Fatalf("nobody won: %v", failures[0])
	}
	return winner
}

// cancelled gives a context that has ended.
func cancelled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
