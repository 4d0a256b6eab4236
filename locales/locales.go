// Package locales holds the interface's own words, one file for each language. It refuses to know what an instrument
// says: that is content, and travels with the instrument.
package locales

import "embed"

// FS holds active.LANG.yaml for every language of the interface.
//
//go:embed active.*.yaml
var FS embed.FS
