// Package verify checks, with nothing but a file and a public key, that papers
// are those that stand in a council's evidence ledger. It follows docs/ledger.md
// and shares nothing with the program that writes the ledger.
package verify

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Name is the file of a bundle that proves the others.
const Name = "ledger.json"

// Caps of what is read, so that no file can fill the memory.
const (
	maxEvidence = 32 << 20
	maxFile     = 200 << 20
	maxFiles    = 10000
	maxAll      = 2 << 30
)

// ErrNot: something is not as the ledger says. The message names it.
var ErrNot = errors.New("not as the ledger says")

func not(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrNot, fmt.Sprintf(format, args...))
}

// Evidence is what ledger.json holds.
type Evidence struct {
	V          int     `json:"v"`
	Checkpoint string  `json:"checkpoint"`
	Keys       []Key   `json:"keys"`
	Entries    []Entry `json:"entries"`
}

// Key is a key that the ledger names: the one before signed it, unless it is the
// first or in place of a lost one.
type Key struct {
	Public    []byte `json:"public"`
	Previous  []byte `json:"previous"`
	Signature []byte `json:"signature"`
}

// Entry is one entry of the ledger with the proof that it is there and, where
// the bundle has what it is about, the file and the salt.
type Entry struct {
	Number int64    `json:"number"`
	Raw    []byte   `json:"raw"`
	Proof  [][]byte `json:"proof"`
	File   string   `json:"file"`
	Salt   []byte   `json:"salt"`
}

// Leaf is what an entry says.
type Leaf struct {
	V          int       `json:"v"`
	Type       string    `json:"type"`
	Object     string    `json:"object"`
	Revision   uint64    `json:"revision"`
	Commitment []byte    `json:"commitment"`
	Actor      string    `json:"actor"`
	Time       time.Time `json:"time"`
}

// Checkpoint is a signed state of the ledger.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
}

// Proved is one entry that was found in the ledger.
type Proved struct {
	Number int64
	Leaf
	File string // "" where the bundle has nothing to hold it to
}

// Report is what was found.
type Report struct {
	Checkpoint Checkpoint
	Key        string // the verifier key that signed, as it is published
	Pinned     bool   // the caller gave the key, or one that leads to it
	Entries    []Proved
	Others     []string // files of the bundle that no entry speaks of
	Named      []Key    // the keys that the bundle names
}

// Bundle checks a session's papers: every entry against the checkpoint, every
// file that an entry speaks of against the entry, and the list of sums against
// all files. key is a published verifier key, or "" to take the bundle's word
// for it. It fails with ErrNot.
func Bundle(r io.ReaderAt, size int64, key string) (Report, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return Report{}, err
	}
	files, err := sums(z)
	if err != nil {
		return Report{}, err
	}
	raw, err := read(z, Name, maxEvidence)
	if err != nil {
		return Report{}, err
	}
	var e Evidence
	if err := json.Unmarshal(raw, &e); err != nil {
		return Report{}, not("%s: %v", Name, err)
	}
	if e.V != 1 {
		return Report{}, fmt.Errorf("%s has form %d; this program knows form 1", Name, e.V)
	}
	rep := Report{Named: e.Keys}
	if rep.Checkpoint, rep.Key, rep.Pinned, err = Open([]byte(e.Checkpoint), e.Keys, key); err != nil {
		return rep, err
	}
	for _, x := range e.Entries {
		p, err := x.check(rep.Checkpoint, files)
		if err != nil {
			return rep, err
		}
		rep.Entries = append(rep.Entries, p)
	}
	for name := range files {
		if name != Name && name != sumsName && !slices.ContainsFunc(rep.Entries, func(p Proved) bool { return p.File == name }) {
			rep.Others = append(rep.Others, name)
		}
	}
	slices.Sort(rep.Others)
	return rep, checkSums(z, files)
}

// check holds one entry to the checkpoint, and its file to the entry.
func (x *Entry) check(c Checkpoint, files map[string][32]byte) (Proved, error) {
	p := Proved{Number: x.Number, File: x.File}
	proof, err := hashes(x.Proof)
	if err != nil {
		return p, not("entry %d: %v", x.Number, err)
	}
	if err := tlog.CheckRecord(proof, c.Size, c.Root, x.Number, tlog.RecordHash(x.Raw)); err != nil {
		return p, not("entry %d is not in the ledger of the checkpoint", x.Number)
	}
	if err := json.Unmarshal(x.Raw, &p.Leaf); err != nil {
		return p, not("entry %d: %v", x.Number, err)
	}
	if x.File == "" {
		return p, nil
	}
	sum, there := files[x.File]
	if !there {
		return p, not("%s, of which entry %d speaks, is not in the bundle", x.File, x.Number)
	}
	if got := sha256.Sum256(append(slices.Clone(x.Salt), sum[:]...)); len(x.Salt) == 0 || !bytes.Equal(got[:], p.Commitment) {
		return p, not("%s is not the file of entry %d (%s)", x.File, x.Number, p.Type)
	}
	return p, nil
}

func hashes(raw [][]byte) ([]tlog.Hash, error) {
	hs := make([]tlog.Hash, len(raw))
	for i, b := range raw {
		if len(b) != len(hs[i]) {
			return nil, errors.New("a node of another length")
		}
		copy(hs[i][:], b)
	}
	return hs, nil
}

// Open reads a signed checkpoint. With a verifier key it has to be signed with
// that one, or with one to which it leads from key to key.
func Open(signed []byte, keys []Key, pinned string) (c Checkpoint, key string, isPinned bool, err error) {
	text, _, _ := strings.Cut(string(signed), "\n\n")
	lines := strings.Split(text, "\n")
	if len(lines) != 3 {
		return c, "", false, not("the checkpoint has %d lines instead of 3", len(lines))
	}
	c.Origin = lines[0]
	trusted, err := trustedKeys(c.Origin, keys, pinned)
	if err != nil {
		return c, "", false, err
	}
	for _, public := range trusted {
		key = verifierKey(c.Origin, public)
		v, err := note.NewVerifier(key)
		if err != nil {
			return c, "", false, not("key: %v", err)
		}
		if _, err := note.Open(signed, note.VerifierList(v)); err == nil {
			isPinned = true
			break
		}
		key = ""
	}
	if key == "" {
		return c, "", false, not("no trusted key signed the checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	root, err2 := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || err2 != nil || size < 1 || len(root) != len(c.Root) {
		return c, "", false, not("the checkpoint cannot be read")
	}
	c.Size = size
	copy(c.Root[:], root)
	return c, key, isPinned && pinned != "", nil
}

// trustedKeys are the keys that may sign, the newest first: without a pinned one
// all that are named; with one, itself and those it leads to.
func trustedKeys(origin string, keys []Key, pinned string) ([][]byte, error) {
	var all [][]byte
	if pinned == "" {
		for _, k := range keys {
			all = append(all, k.Public)
		}
		slices.Reverse(all)
		return all, nil
	}
	public, err := publicKey(origin, pinned)
	if err != nil {
		return nil, err
	}
	all = [][]byte{public}
	for _, k := range keys {
		if slices.ContainsFunc(all, func(p []byte) bool { return bytes.Equal(p, k.Previous) }) && k.signed(origin) {
			all = append([][]byte{k.Public}, all...)
		}
	}
	return all, nil
}

// signed reports whether the key before signed this one.
func (k *Key) signed(origin string) bool {
	statement := fmt.Sprintf("padome ledger key\n%s\n%s\n", origin, base64.StdEncoding.EncodeToString(k.Public))
	return len(k.Previous) == ed25519.PublicKeySize && ed25519.Verify(k.Previous, []byte(statement), k.Signature)
}

// publicKey is the key in a verifier key of an origin: origin+number+key.
func publicKey(origin, verifier string) ([]byte, error) {
	name, rest, _ := strings.Cut(verifier, "+")
	_, text, _ := strings.Cut(rest, "+")
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) != 1+ed25519.PublicKeySize || raw[0] != 1 {
		return nil, fmt.Errorf("%q is no verifier key: it looks like %s+12345678+AaBb…", verifier, origin)
	}
	if name != origin {
		return nil, not("the key is of the ledger %s, the checkpoint of %s", name, origin)
	}
	return raw[1:], nil
}

func verifierKey(origin string, public []byte) string {
	typed := append([]byte{1}, public...)
	sum := sha256.Sum256(append([]byte(origin+"\n"), typed...))
	return origin + "+" + hex.EncodeToString(sum[:4]) + "+" + base64.StdEncoding.EncodeToString(typed)
}

// Consistency is the answer of a server about two states of its ledger.
type Consistency struct {
	Newer struct {
		Signed string `json:"signed"`
		Named  []Key  `json:"named"`
	} `json:"newer"`
	Proof [][]byte `json:"proof"`
}

// Continues is Since for the papers of a report: the newer checkpoint has to be
// the one that they were held to, so that nobody can show a reader one ledger and
// prove another. The zero Report has no papers, and any newer checkpoint will do.
func (r *Report) Continues(older, answer []byte, key string) (was, is Checkpoint, err error) {
	was, is, err = Since(older, answer, r.Named, key)
	if held := r.Checkpoint; err == nil && held.Size > 0 && is != held {
		err = not("the proof leads to a checkpoint of %d entries and the papers have one of %d: ask the server for older=%d&newer=%d", is.Size, held.Size, was.Size, held.Size)
	}
	return was, is, err
}

// Since checks that a newer checkpoint goes on from an older one, without a
// single entry changed: answer is what /api/v1/ledger/consistency says. Both have
// to be signed with the key, or with one to which it leads.
func Since(older []byte, answer []byte, keys []Key, key string) (was, is Checkpoint, err error) {
	var a Consistency
	if err := json.Unmarshal(answer, &a); err != nil {
		return was, is, not("the proof cannot be read: %v", err)
	}
	keys = slices.Concat(keys, a.Newer.Named)
	if was, _, _, err = Open(older, keys, key); err != nil {
		return was, is, fmt.Errorf("older checkpoint: %w", err)
	}
	if is, _, _, err = Open([]byte(a.Newer.Signed), keys, key); err != nil {
		return was, is, fmt.Errorf("newer checkpoint: %w", err)
	}
	proof, err := hashes(a.Proof)
	if err != nil {
		return was, is, not("%v", err)
	}
	switch {
	case was.Origin != is.Origin:
		err = not("the checkpoints are of two ledgers, %s and %s", was.Origin, is.Origin)
	case was.Size > is.Size:
		err = not("the older checkpoint has %d entries, the newer %d", was.Size, is.Size)
	case tlog.CheckTree(proof, is.Size, is.Root, was.Size, was.Root) != nil:
		err = not("the ledger with %d entries does not begin with the %d that there were: something was rewritten", is.Size, was.Size)
	}
	return was, is, err
}
