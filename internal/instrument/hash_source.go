package instrument

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// SourceHash is the content hash of what a file says, in hex, whether it is a sound instrument or not. Files that it names do not
// count. Errors: it is not YAML.
func SourceHash(src []byte) (string, error) {
	text := strings.ReplaceAll(strings.TrimPrefix(string(src), "\ufeff"), "\r\n", "\n")
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		return "", fmt.Errorf("hash of a source: %w", err)
	}
	h := sha256.New()
	h.Write([]byte("surveyd instrument content 1\n"))
	for _, n := range doc.Content {
		writeCanonical(h, n)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// SourceDigest is the digest of the texts in the source language of a file, as the file would name it under translation. ok is
// false when errors in the file leave it open.
func SourceDigest(src []byte) (digest string, ok bool) {
	f := Parse("", src)
	if f.root == nil {
		return "", false
	}
	d := (&loader{src: f.text}).read(f.root)
	if len(d.in.Languages) == 0 || !d.digestKnown(d.in.Languages[0]) {
		return "", false
	}
	return d.textDigest(d.in.Languages[0])[:digestLength], true
}
