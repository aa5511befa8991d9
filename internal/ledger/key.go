package ledger

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/note"
)

// Key signs checkpoints. It lies outside the data and their backups.
type Key struct{ private ed25519.PrivateKey }

// MakeKey makes a key of 32 bytes that random yields.
func MakeKey(random io.Reader) (Key, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return Key{}, fmt.Errorf("ledger: make a key: %w", err)
	}
	return Key{ed25519.NewKeyFromSeed(seed)}, nil
}

// KeyOf is the key that Text wrote.
func KeyOf(text string) (Key, error) {
	seed, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(seed) != ed25519.SeedSize {
		return Key{}, errors.New("ledger: not the text of a key")
	}
	return Key{ed25519.NewKeyFromSeed(seed)}, nil
}

// Text is the secret itself.
func (k Key) Text() string { return base64.StdEncoding.EncodeToString(k.private.Seed()) }

// Public is what checkpoints are verified with.
func (k Key) Public() []byte { return bytes.Clone(k.private.Public().(ed25519.PublicKey)) }

// IsZero reports whether there is no key.
func (k Key) IsZero() bool { return k.private == nil }

// statement is what a key signs of the one that follows it.
func statement(origin string, public []byte) []byte {
	return fmt.Appendf(nil, "padome ledger key\n%s\n%s\n", origin, base64.StdEncoding.EncodeToString(public))
}

// Hand names the key that follows this one in the log of an origin.
func (k Key) Hand(origin string, next Key) NewKey {
	return NewKey{next.Public(), k.Public(), ed25519.Sign(k.private, statement(origin, next.Public()))}
}

// Signed reports whether the key before signed this one.
func (n NewKey) Signed(origin string) bool {
	return len(n.Previous) == ed25519.PublicKeySize && ed25519.Verify(n.Previous, statement(origin, n.Public), n.Signature)
}

// algorithm is Ed25519, as notes number it.
const algorithm = 1

// VerifierText is a public key as everybody is told it: name, number and key,
// as package note reads it. The name is the origin of the log.
func VerifierText(origin string, public []byte) string {
	typed := append([]byte{algorithm}, public...)
	return fmt.Sprintf("%s+%08x+%s", origin, number(origin, typed), base64.StdEncoding.EncodeToString(typed))
}

// number tells the keys of one name apart.
func number(origin string, typed []byte) uint32 {
	sum := sha256.Sum256(append([]byte(origin+"\n"), typed...))
	return binary.BigEndian.Uint32(sum[:])
}

// signer signs notes of a log.
type signer struct {
	origin string
	key    Key
}

func (s signer) Name() string { return s.origin }
func (s signer) KeyHash() uint32 {
	return number(s.origin, append([]byte{algorithm}, s.key.Public()...))
}
func (s signer) Sign(text []byte) ([]byte, error) { return ed25519.Sign(s.key.private, text), nil }

var _ note.Signer = signer{}
