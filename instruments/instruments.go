// Package instruments carries the instrument files that ship with surveyd, as their authors wrote them. It
// refuses to know what they mean: package internal/instrument reads, checks and compiles them.
package instruments

import "embed"

// FS holds every shipped instrument file at its root, e.g. "stem-identity.yaml".
//
//go:embed *.yaml
var FS embed.FS
