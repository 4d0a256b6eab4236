package instrument

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// contentHash is the SHA-256 of a canonical writing of the content, in hex. Comments, layout, quotes and the order of
// keys do not change it; everything that a key says does, and so does every byte of the files that it names. A key that says
// nothing (null) counts as left out.
func contentHash(n *yaml.Node, assets []*Asset, parts []*part) string {
	h := sha256.New()
	h.Write([]byte("surveyd instrument content 1\n"))
	writeCanonical(h, n)
	for _, a := range assets { // by path; an instrument without files hashes as it did before there were any
		writeToken(h, 'a', a.Path)
		writeToken(h, 'd', a.Digest)
	}
	for _, p := range parts { // in the order of the pages: the same file with another part is another instrument
		writeToken(h, 'p', p.in.Hash)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// writeCanonical writes each value with its kind and length first, so that no two contents are written alike.
func writeCanonical(h hash.Hash, n *yaml.Node) {
	switch n.Kind {
	case yaml.MappingNode:
		var pairs []pair
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !isNull(n.Content[i+1]) {
				pairs = append(pairs, pair{n.Content[i], n.Content[i+1]})
			}
		}
		slices.SortFunc(pairs, func(a, b pair) int { return strings.Compare(a.key.Value, b.key.Value) })
		writeToken(h, 'm', strconv.Itoa(len(pairs)))
		for _, p := range pairs {
			writeToken(h, 'k', p.key.Value)
			writeCanonical(h, p.value)
		}
	case yaml.SequenceNode:
		writeToken(h, 'l', strconv.Itoa(len(n.Content)))
		for _, c := range n.Content {
			writeCanonical(h, c)
		}
	default:
		if isNull(n) {
			writeToken(h, 'n', "")
			return
		}
		writeToken(h, 's', n.Value)
	}
}

func writeToken(h hash.Hash, kind byte, s string) {
	h.Write([]byte{kind})
	h.Write([]byte(strconv.Itoa(len(s))))
	h.Write([]byte{':'})
	h.Write([]byte(s))
}
