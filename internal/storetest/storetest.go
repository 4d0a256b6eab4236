// Package storetest is one suite of everything that fieldwork.Store and staff.Store promise, run against every
// implementation. It refuses to know how a store keeps things.
package storetest

import (
	"testing"

	"surveyd/internal/fieldwork"
	"surveyd/internal/staff"
)

// Store is everything that a store must be able to do.
type Store interface {
	fieldwork.Store
	staff.Store
}

// Run holds a store to its promises. The first call of open within a test gives an empty store; a further call within
// the same test opens what the first one wrote, once more. Whatever open gives is closed when its test ends; the suite
// may close it before.
func Run(t *testing.T, open func(t *testing.T) Store) {
	t.Helper()
	for _, chapter := range []struct {
		name     string
		promises []promise
	}{
		{"responses", responsePromises},
		{"response listings", listingPromises},
		{"values", valuePromises},
		{"participants", participantPromises},
		{"publications", publicationPromises},
		{"files", filePromises},
		{"administrations", administrationPromises},
		{"codes", codePromises},
		{"code races", codeRacePromises},
		{"marks", markPromises},
		{"accounts", accountPromises},
		{"links and sessions", signInPromises},
		{"audit log", auditPromises},
		{"many at a time", concurrencyPromises},
		{"contexts", contextPromises},
		{"durability", durabilityPromises},
	} {
		t.Run(chapter.name, func(t *testing.T) {
			for _, promise := range chapter.promises {
				t.Run(promise.name, func(t *testing.T) { promise.keep(t, open) })
			}
		})
	}
}

// promise is one thing that a store's interface says. The names are those of the tests.
type promise struct {
	name string
	keep func(t *testing.T, open func(t *testing.T) Store)
}
