package staff

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
)

// tokenSize is the randomness of a token in bytes: its SHA-256 needs no salt, for nobody can guess it.
const tokenSize = 32

func (s *Service) newToken() (string, error) {
	var raw [tokenSize]byte
	if _, err := io.ReadFull(s.random, raw[:]); err != nil {
		return "", fmt.Errorf("draw a token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw[:]), nil
}

// digest is what the store knows of a token, so that whoever reads the store can sign in as nobody.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
