// Package ledger is the arithmetic of an append-only log: entries that hold no
// names and no texts, the Merkle tree over them, and checkpoints signed with a
// key that lies elsewhere. It reads and writes nothing itself.
package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"
)

// Version is the form of the entries, checkpoints and proofs that this package
// writes; docs/ledger.md describes it.
const Version = 1

// Leaf is one entry: what was done with which thing, by whom under a made-up
// name, and a commitment to what the thing said afterwards. Its bytes are those
// of Encode and never change.
type Leaf struct {
	V        int    `json:"v"`
	Type     string `json:"type"`   // such as "agenda-approved"
	Object   string `json:"object"` // such as "agenda/0190…"
	Revision uint64 `json:"revision"`
	// Commitment is Commit of the salt, which lies elsewhere and can be erased,
	// and the content. It is empty when the entry is about no content.
	Commitment []byte    `json:"commitment,omitempty"`
	Actor      string    `json:"actor,omitempty"` // a pseudonym; "" for the program itself
	Time       time.Time `json:"time"`
	Key        *NewKey   `json:"key,omitempty"`  // of an entry that names the key from there on
	Lost       *Head     `json:"lost,omitempty"` // of a restored backup: what had been reached before
}

// NewKey is a public key from which on checkpoints are signed with it. The one
// before signs it; a first key, and one in place of a lost one, has no such
// signature.
type NewKey struct {
	Public    []byte `json:"public"`
	Previous  []byte `json:"previous,omitempty"`
	Signature []byte `json:"signature,omitempty"`
}

// Head is a state of the tree: how many entries, and the hash over them.
type Head struct {
	Size int64  `json:"size"`
	Root []byte `json:"root"`
}

var (
	typeForm   = regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)
	objectForm = regexp.MustCompile(`^[a-z][a-z-]*/[A-Za-z0-9._~%$&+=:@/-]{1,500}$`)
	actorForm  = regexp.MustCompile(`^[0-9a-f]{0,32}$|^operator$`)
)

// check refuses what could carry a name or a text.
func (l *Leaf) check() error {
	switch {
	case l.V != Version:
		return fmt.Errorf("ledger: entry of form %d, not %d", l.V, Version)
	case !typeForm.MatchString(l.Type):
		return fmt.Errorf("ledger: type %q", l.Type)
	case !objectForm.MatchString(l.Object):
		return fmt.Errorf("ledger: object %q", l.Object)
	case !actorForm.MatchString(l.Actor):
		return errors.New("ledger: an actor who is no pseudonym")
	case len(l.Commitment) != 0 && len(l.Commitment) != sha256.Size:
		return fmt.Errorf("ledger: commitment of %d bytes", len(l.Commitment))
	case l.Time.IsZero():
		return errors.New("ledger: entry without a time")
	}
	return nil
}

// Encode is the entry as it is hashed. It fails on anything that could carry a
// name or a text.
func (l Leaf) Encode() ([]byte, error) {
	l.V, l.Time = Version, l.Time.UTC().Truncate(time.Second)
	if err := l.check(); err != nil {
		return nil, err
	}
	return json.Marshal(l)
}

// DecodeLeaf reads the bytes of an entry. It fails unless they are just what
// Encode makes of it.
func DecodeLeaf(raw []byte) (Leaf, error) {
	var l Leaf
	if err := json.Unmarshal(raw, &l); err != nil {
		return Leaf{}, fmt.Errorf("ledger: entry: %w", err)
	}
	again, err := l.Encode()
	if err != nil {
		return Leaf{}, err
	}
	if !bytes.Equal(raw, again) {
		return Leaf{}, errors.New("ledger: entry is not in its one form")
	}
	return l, nil
}

// SaltSize is how long a salt is, in bytes.
const SaltSize = 32

// Commit is the SHA-256 of the salt followed by the SHA-256 of the content. Whoever
// has neither salt nor content learns nothing from it, and without the salt
// nobody can try out what the content was.
func Commit(salt []byte, content [sha256.Size]byte) []byte {
	sum := sha256.Sum256(append(append(make([]byte, 0, len(salt)+sha256.Size), salt...), content[:]...))
	return sum[:]
}
