package staff

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"
)

// cost is argon2id's three numbers.
type cost struct {
	passes  uint32
	memory  uint32 // KiB
	threads uint8
}

// hashCost is RFC 9106's second recommendation, for machines where memory is scarce: three passes over 64 MiB. One lane in
// place of its four, which costs a guesser the same and leaves the other cores to students who save.
var hashCost = cost{passes: 3, memory: 64 * 1024, threads: 1}

const (
	// hashQueue is how many may wait for their turn: the last of them some five seconds.
	hashQueue = 16
	// queueWait is when who finds the queue full should come again.
	queueWait = 5 * time.Second

	saltSize = 16
	hashSize = 32
)

// hasher makes and checks password hashes, one at a time: a sign-in takes 64 MiB while it lasts, and a school's server
// has little to spare while a class saves its answers.
type hasher struct {
	places chan struct{} // who waits or has the turn
	turn   chan struct{}
	random io.Reader
	cost   cost
	// nobody is the hash of no password: accounts that are unknown or have no password are checked against it, so that
	// their answer takes as long as any other.
	nobody string
}

func newHasher(random io.Reader, c cost) *hasher {
	return &hasher{
		places: make(chan struct{}, hashQueue+1),
		turn:   make(chan struct{}, 1),
		random: random,
		cost:   c,
		nobody: encodeHash(c, make([]byte, saltSize), make([]byte, hashSize)),
	}
}

// derive runs argon2id when it is this caller's turn. *WaitError when too many wait already.
func (h *hasher) derive(ctx context.Context, password string, c cost, salt []byte, size uint32) ([]byte, error) {
	select {
	case h.places <- struct{}{}:
	default:
		return nil, &WaitError{For: queueWait}
	}
	defer func() { <-h.places }()
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for a turn to hash a password: %w", ctx.Err())
	}
	defer func() { <-h.turn }()
	key := argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.threads, size)
	// The collector could keep the 64 MiB for minutes; sign-ins are rare enough to give them back at once.
	debug.FreeOSMemory()
	return key, nil
}

// hash makes a password's hash in PHC form, with a new salt.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(h.random, salt); err != nil {
		return "", fmt.Errorf("draw a salt: %w", err)
	}
	key, err := h.derive(ctx, password, h.cost, salt, hashSize)
	if err != nil {
		return "", err
	}
	return encodeHash(h.cost, salt, key), nil
}

// matches says whether password has the hash, in constant time for any password. An empty hash matches nothing and
// takes as long as one that is there.
func (h *hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	none := hash == ""
	if none {
		hash = h.nobody
	}
	c, salt, want, err := decodeHash(hash)
	if err != nil {
		return false, err
	}
	key, err := h.derive(ctx, password, c, salt, uint32(len(want)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, want) == 1 && !none, nil
}

var b64 = base64.RawStdEncoding

func encodeHash(c cost, salt, key []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, c.memory, c.passes, c.threads, b64.EncodeToString(salt), b64.EncodeToString(key))
}

var errHash = errors.New("stored password hash is not argon2id in PHC form")

func decodeHash(hash string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return cost{}, nil, nil, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); err != nil {
		return cost{}, nil, nil, errHash
	}
	if c.passes == 0 || c.threads == 0 || c.memory > 1<<20 {
		return cost{}, nil, nil, errHash
	}
	if salt, err = b64.DecodeString(parts[4]); err != nil {
		return cost{}, nil, nil, errHash
	}
	if key, err = b64.DecodeString(parts[5]); err != nil || len(key) < 16 {
		return cost{}, nil, nil, errHash
	}
	return c, salt, key, nil
}
