package ledger

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Checkpoint is a head of the log of an origin, as it is signed and leaves the
// building.
type Checkpoint struct {
	Origin string
	Head
}

// ErrCheckpoint: what was given is no checkpoint, or of another log, or none of
// the known keys signed it.
var ErrCheckpoint = errors.New("ledger: no checkpoint of this log")

// text is what is signed: origin, size and root, a line each.
func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root))
}

// Sign is the checkpoint with a signature by each key: as a note in the form of
// C2SP tlog-checkpoint. The same checkpoint and keys give the same bytes.
func (c Checkpoint) Sign(keys ...Key) ([]byte, error) {
	signers := make([]note.Signer, len(keys))
	for i, k := range keys {
		signers[i] = signer{c.Origin, k}
	}
	return note.Sign(&note.Note{Text: c.text()}, signers...)
}

// Open reads a signed checkpoint of an origin. It fails with ErrCheckpoint
// unless one of the public keys signed it.
func Open(signed []byte, origin string, public ...[]byte) (Checkpoint, error) {
	var verifiers []note.Verifier
	for i, p := range public {
		if slices.ContainsFunc(public[:i], func(o []byte) bool { return bytes.Equal(o, p) }) {
			continue // package note wants each once
		}
		v, err := note.NewVerifier(VerifierText(origin, p))
		if err != nil {
			return Checkpoint{}, fmt.Errorf("%w: key: %w", ErrCheckpoint, err)
		}
		verifiers = append(verifiers, v)
	}
	n, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	c, err := parse(n.Text)
	if err != nil {
		return Checkpoint{}, err
	}
	if c.Origin != origin {
		return Checkpoint{}, fmt.Errorf("%w: of %s, not %s", ErrCheckpoint, c.Origin, origin)
	}
	return c, nil
}

// Unverified reads a signed checkpoint without asking who signed it.
func Unverified(signed []byte) (Checkpoint, error) {
	text, _, ok := strings.Cut(string(signed), "\n\n")
	if !ok {
		return Checkpoint{}, fmt.Errorf("%w: no signature", ErrCheckpoint)
	}
	return parse(text + "\n")
}

func parse(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return Checkpoint{}, fmt.Errorf("%w: %d lines", ErrCheckpoint, len(lines)-1)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	root, err2 := base64.StdEncoding.DecodeString(lines[2])
	c := Checkpoint{lines[0], Head{size, root}}
	if err != nil || err2 != nil || size < 0 || len(root) != len(Hash{}) || c.text() != text {
		return Checkpoint{}, fmt.Errorf("%w: its lines", ErrCheckpoint)
	}
	return c, nil
}
