package fieldwork

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
)

// SecretSize is the length in bytes of the secret that all keys are derived from.
const SecretSize = 32

// Keys is what pseudonyms, codes and sessions are made with. Losing the secret cuts the link between waves; leaking it
// lets a holder of the roster's ids find pseudonyms.
type Keys struct {
	pseudonym, lookup, sid, receipt, draft []byte
	fingerprint                            string
	codes, sessions                        cipher.AEAD
	random                                 io.Reader
}

// NewKeys derives the keys from a secret of SecretSize bytes; random serves nonces and new codes.
func NewKeys(secret []byte, random io.Reader) (*Keys, error) {
	if len(secret) != SecretSize {
		return nil, fmt.Errorf("the secret has %d bytes, not %d", len(secret), SecretSize)
	}
	k := &Keys{random: random}
	for _, part := range []struct {
		to   *[]byte
		info string
	}{{&k.pseudonym, "pseudonym"}, {&k.lookup, "code lookup"}, {&k.sid, "session id"}, {&k.receipt, "receipt"}, {&k.draft, "draft"}} {
		key, err := hkdf.Key(sha256.New, secret, nil, "surveyd "+part.info, 32)
		if err != nil {
			return nil, fmt.Errorf("derive key %s: %w", part.info, err)
		}
		*part.to = key
	}
	for _, part := range []struct {
		to   *cipher.AEAD
		info string
	}{{&k.codes, "code seal"}, {&k.sessions, "session seal"}} {
		key, err := hkdf.Key(sha256.New, secret, nil, "surveyd "+part.info, 32)
		if err != nil {
			return nil, fmt.Errorf("derive key %s: %w", part.info, err)
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		if *part.to, err = cipher.NewGCM(block); err != nil {
			return nil, err
		}
	}
	k.fingerprint = hex.EncodeToString(mac(k.pseudonym, "fingerprint")[:8])
	return k, nil
}

// CheckKey makes sure that the store's pseudonyms and codes were made with this very secret; with another one, every
// student would silently become somebody new.
func (s *Service) CheckKey(ctx context.Context) error {
	stored, err := s.store.Mark(ctx, "key", s.keys.fingerprint)
	if err != nil {
		return fmt.Errorf("check the secret key: %w", err)
	}
	if stored != s.keys.fingerprint {
		return fmt.Errorf("the data were made with another secret key (%s, not %s); name its file with --key-file", stored, s.keys.fingerprint)
	}
	return nil
}

func mac(key []byte, parts ...string) []byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		// The length keeps ("ab","c") apart from ("a","bc").
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return h.Sum(nil)
}

var readable = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Pseudonym is the participant id of a student: 80 bits of an HMAC, the same in every wave. It begins with a letter, so that
// no spreadsheet takes one of digits and an E for a number.
func (k *Keys) Pseudonym(student StudentID) ParticipantID {
	return ParticipantID("P" + readable.EncodeToString(mac(k.pseudonym, string(student))[:10]))
}

func (k *Keys) codeLookup(code string) string { return hex.EncodeToString(mac(k.lookup, code)) }

func (k *Keys) responseSID(key ResponseKey, generation int) string {
	m := mac(k.sid, string(key.Administration), string(key.Participant), fmt.Sprint(generation))
	return strings.ToLower(readable.EncodeToString(m[:15]))
}

func (k *Keys) receiptOf(key ResponseKey) string {
	s := readable.EncodeToString(mac(k.receipt, string(key.Administration), string(key.Participant))[:5])
	return s[:4] + "-" + s[4:]
}

func (k *Keys) draftKey(sid string) []byte { return mac(k.draft, sid) }

var errSealed = errors.New("not sealed with this key")

func (k *Keys) seal(aead cipher.AEAD, plain, bound []byte) ([]byte, error) {
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(plain)+aead.Overhead())
	if _, err := io.ReadFull(k.random, nonce); err != nil {
		return nil, fmt.Errorf("draw a nonce: %w", err)
	}
	return aead.Seal(nonce, nonce, plain, bound), nil
}

func open(aead cipher.AEAD, sealed, bound []byte) ([]byte, error) {
	if len(sealed) < aead.NonceSize() {
		return nil, errSealed
	}
	plain, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], bound)
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}
