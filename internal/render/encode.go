package render

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/andybalholm/brotli"
)

// brotliWindow is the base-2 logarithm of how far back the compressor looks. Pages and assets are smaller than 256 KB; the
// default of 4 MB costs 30 MB of memory for each page and saves nothing.
const brotliWindow = 18

// encode compresses a body as well as it can be: it is done once and served many times.
func encode(body []byte) (Encoded, error) {
	var br, gz bytes.Buffer
	b := brotli.NewWriterOptions(&br, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: brotliWindow})
	if _, err := b.Write(body); err != nil {
		return Encoded{}, fmt.Errorf("compress with brotli: %w", err)
	}
	if err := b.Close(); err != nil {
		return Encoded{}, fmt.Errorf("compress with brotli: %w", err)
	}
	g, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return Encoded{}, fmt.Errorf("compress with gzip: %w", err)
	}
	if _, err := g.Write(body); err != nil {
		return Encoded{}, fmt.Errorf("compress with gzip: %w", err)
	}
	if err := g.Close(); err != nil {
		return Encoded{}, fmt.Errorf("compress with gzip: %w", err)
	}
	return Encoded{Identity: body, Brotli: br.Bytes(), Gzip: gz.Bytes(), ETag: `"` + digest(body) + `"`}, nil
}

// digest names a body by its content: 16 hex characters of its SHA-256.
func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}
