package office

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/ledger"
	"padome/internal/problem"
	"padome/storage"
)

// Keyring keeps the key of the ledger and its last checkpoint, apart from the
// data; keyring.Ring is one.
type Keyring interface {
	Key() ledger.Key
	Prepare(next ledger.Key) error
	Settle(named []byte) error
	Mark(of string) []byte
	SetMark(of string, signed []byte) error
}

// SignWith gives the office the key with which it signs checkpoints, before
// anything is done with it. Without one there are checkpoints, but no signed
// ones.
func (o *Office) SignWith(k Keyring) { o.keyring = k }

// Checkpoint is a state of the ledger as everybody may see it.
type Checkpoint struct {
	Origin string   `json:"origin"`
	Size   int64    `json:"size"`
	Root   []byte   `json:"root"`
	Signed string   `json:"signed,omitempty"` // as a note; "" without a key
	Keys   []string `json:"keys"`             // that verify it, the oldest first, as package note writes them
	// Named are the same keys as the ledger names them: each but the first, and
	// those in place of a lost one, is signed by the one before.
	Named []ledger.NewKey `json:"named"`
}

// LedgerEntry is one entry: its number, what it says, and its very bytes, which
// are what the tree is made of.
type LedgerEntry struct {
	Number int64       `json:"number"`
	Entry  ledger.Leaf `json:"entry"`
	Raw    []byte      `json:"raw"`
}

// EntryProof shows that an entry is in the ledger of a checkpoint.
type EntryProof struct {
	LedgerEntry
	Checkpoint Checkpoint `json:"checkpoint"`
	Proof      [][]byte   `json:"proof"`
}

// ConsistencyProof shows that the ledger began as an older checkpoint says.
type ConsistencyProof struct {
	Older Checkpoint `json:"older"`
	Newer Checkpoint `json:"newer"`
	Proof [][]byte   `json:"proof"`
}

// Checkpoint is the ledger with its first size entries; size < 0: as it stands.
// It fails with NotFound when there are fewer.
func (o *Office) Checkpoint(ctx context.Context, size int64) (Checkpoint, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (Checkpoint, error) { return o.checkpoint(v, size) })
}

func (o *Office) checkpoint(v *storage.View, size int64) (Checkpoint, error) {
	c, err := v.LogHead(size)
	if err != nil {
		return Checkpoint{}, err
	}
	x := Checkpoint{Origin: c.Origin, Size: c.Size, Root: c.Root, Keys: []string{}, Named: []ledger.NewKey{}}
	keys, err := v.LogKeys()
	if err != nil {
		return Checkpoint{}, err
	}
	for _, k := range keys {
		x.Keys, x.Named = append(x.Keys, ledger.VerifierText(c.Origin, k.Public)), append(x.Named, k.NewKey)
	}
	if o.keyring == nil || c.Origin == "" {
		return x, nil
	}
	signed, err := c.Sign(o.keyring.Key())
	x.Signed = string(signed)
	return x, err
}

// LedgerEntries are at most limit entries from one on.
func (o *Office) LedgerEntries(ctx context.Context, from int64, limit int) ([]LedgerEntry, error) {
	raw, err := storage.Read(ctx, o.council, func(v *storage.View) ([][]byte, error) { return v.LogEntries(from, limit) })
	if err != nil {
		return nil, err
	}
	all := make([]LedgerEntry, len(raw))
	for i := range raw {
		if all[i], err = ledgerEntry(from+int64(i), raw[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func ledgerEntry(n int64, raw []byte) (LedgerEntry, error) {
	leaf, err := ledger.DecodeLeaf(raw)
	return LedgerEntry{n, leaf, raw}, err
}

// ProveEntry shows that entry n is in the ledger with its first size entries;
// size < 0: as it stands. It fails with NotFound.
func (o *Office) ProveEntry(ctx context.Context, n, size int64) (EntryProof, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (p EntryProof, err error) {
		if p.Checkpoint, err = o.checkpoint(v, size); err != nil {
			return p, err
		}
		raw, err := v.LogEntry(n)
		if err != nil {
			return p, err
		}
		if p.LedgerEntry, err = ledgerEntry(n, raw); err != nil {
			return p, err
		}
		nodes, err := v.ProveEntry(p.Checkpoint.Size, n)
		p.Proof = bytesOf(nodes)
		return p, err
	})
}

// ProveConsistency shows that the ledger with its first newer entries, or as it
// stands for newer < 0, began with those that it had before. It fails with
// NotFound.
func (o *Office) ProveConsistency(ctx context.Context, older, newer int64) (ConsistencyProof, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (p ConsistencyProof, err error) {
		if p.Newer, err = o.checkpoint(v, newer); err != nil {
			return p, err
		}
		if p.Older, err = o.checkpoint(v, max(older, 0)); err != nil {
			return p, err
		}
		nodes, err := v.ProveConsistency(p.Newer.Size, older)
		p.Proof = bytesOf(nodes)
		return p, err
	})
}

func bytesOf(nodes []ledger.Hash) [][]byte {
	all := make([][]byte, len(nodes))
	for i := range nodes {
		all[i] = nodes[i][:]
	}
	return all
}

// Footing says whether a footer of a paper is of this ledger: how many entries
// it names, and how the hash begins. It fails with NotFound when the ledger is
// not that long.
func (o *Office) Footing(ctx context.Context, size int64, root string) (bool, error) {
	c, err := o.Checkpoint(ctx, size)
	if err != nil {
		return false, err
	}
	_, short := ledger.Head{Size: c.Size, Root: c.Root}.Short()
	root = strings.ToLower(strings.TrimSpace(root))
	return len(root) >= 8 && strings.HasPrefix(short, root), nil
}

// LedgerHasKey reports whether the ledger names a key already: then no new one
// may be made in its place.
func (o *Office) LedgerHasKey(ctx context.Context) (bool, error) {
	keys, err := storage.Read(ctx, o.council, (*storage.View).LogKeys)
	return len(keys) > 0, err
}

// MarkName is the name under which the keyring notes the last checkpoint.
func (o *Office) MarkName() string { return strconv.FormatUint(uint64(o.tenant), 10) }

// BeginLedger holds the data to the last checkpoint that was noted apart from
// them, and names the key in the ledger where none is. It fails when the data
// are older than that checkpoint or of another past, and when the ledger names
// another key.
func (o *Office) BeginLedger(ctx context.Context) error {
	if err := o.notRolledBack(ctx); err != nil {
		return err
	}
	keys, err := storage.Read(ctx, o.council, (*storage.View).LogKeys)
	if err != nil {
		return err
	}
	if len(keys) == 0 {
		program := By{Actor: council.Actor{Operator: true, Name: "padome"}}
		if err := o.nameKey(ctx, program, "", ledger.NewKey{Public: o.keyring.Key().Public()}); err != nil {
			return err
		}
		return o.KeepMark(ctx)
	}
	named := keys[len(keys)-1].Public
	if err := o.keyring.Settle(named); err != nil {
		return err
	}
	if !bytes.Equal(o.keyring.Key().Public(), named) {
		return problem.New(problem.Unavailable, "problem.ledger.key")
	}
	return o.KeepMark(ctx)
}

// NotRolledBack compares the data with the last checkpoint that was noted.
func (o *Office) NotRolledBack(ctx context.Context) error { return o.notRolledBack(ctx) }

func (o *Office) notRolledBack(ctx context.Context) error {
	signed := o.keyring.Mark(o.MarkName())
	if signed == nil {
		return nil
	}
	_, err := storage.Read(ctx, o.council, func(v *storage.View) (struct{}, error) { return struct{}{}, o.compareMark(v, signed) })
	return err
}

// compareMark holds the ledger to a checkpoint.
func (o *Office) compareMark(v *storage.View, signed []byte) error {
	log, err := v.Log()
	if err != nil {
		return err
	}
	mark, err := o.openMark(v, signed)
	if err != nil {
		return err
	}
	has, had := strconv.FormatInt(log.Size, 10), strconv.FormatInt(mark.Size, 10)
	switch {
	case log.Origin != "" && mark.Origin != log.Origin:
		return problem.New(problem.Unavailable, "problem.ledger.other", "is", log.Origin, "was", mark.Origin)
	case log.Size < mark.Size:
		return problem.New(problem.Unavailable, "problem.ledger.behind", "has", has, "had", had)
	}
	now, err := v.LogHead(mark.Size)
	if err != nil {
		return err
	}
	if !now.Same(mark.Head) {
		return problem.New(problem.Unavailable, "problem.ledger.differs", "had", had)
	}
	return nil
}

// openMark reads the checkpoint that was noted, which one of the ledger's keys
// or the one at hand signed.
func (o *Office) openMark(v *storage.View, signed []byte) (ledger.Checkpoint, error) {
	keys, err := v.LogKeys()
	if err != nil {
		return ledger.Checkpoint{}, err
	}
	public := [][]byte{o.keyring.Key().Public()}
	for _, k := range keys {
		public = append(public, k.Public)
	}
	origin, _, _ := strings.Cut(string(signed), "\n")
	c, err := ledger.Open(signed, origin, public...)
	if err != nil {
		return c, problem.New(problem.Unavailable, "problem.ledger.mark")
	}
	return c, nil
}

// KeepMark notes the checkpoint of the ledger as it stands. It is called after
// the entries are on the disk, so that it never runs ahead of the data.
func (o *Office) KeepMark(ctx context.Context) error {
	c, err := o.Checkpoint(ctx, -1)
	if err != nil || c.Signed == "" {
		return err
	}
	return o.keyring.SetMark(o.MarkName(), []byte(c.Signed))
}

func (o *Office) nameKey(ctx context.Context, by By, reason string, k ledger.NewKey) error {
	_, err := storage.Do(ctx, o.council, by.change("history.ledger.key", reason), func(tx *storage.Tx) (bool, error) { return true, tx.NameKey(k) })
	return err
}

// RotateKey makes another key, has the one before sign it, and names it in the
// ledger. With lost there is no key before that could sign; the reason is kept.
// Only those who run the installation may.
func (o *Office) RotateKey(ctx context.Context, by By, lost bool, reason string) error {
	if err := forbidden(by.Actor.Operator, by.Actor, "problem.ledger.operator"); err != nil {
		return err
	}
	if err := checkReason(&reason, least(lost)); err != nil {
		return err
	}
	log, err := storage.Read(ctx, o.council, (*storage.View).Log)
	if err != nil {
		return err
	}
	next := o.keyring.Key()
	k := ledger.NewKey{Public: next.Public()}
	if !lost {
		if err := o.BeginLedger(ctx); err != nil {
			return err
		}
		if next, err = ledger.MakeKey(rand.Reader); err != nil {
			return err
		}
		if err := o.keyring.Prepare(next); err != nil {
			return err
		}
		k = o.keyring.Key().Hand(log.Origin, next)
	}
	if err := o.nameKey(ctx, by, reason, k); err != nil {
		return err
	}
	if err := o.keyring.Settle(next.Public()); err != nil {
		return err
	}
	return o.KeepMark(ctx)
}

// least is how long a reason has to be where one is needed.
func least(needed bool) int {
	if needed {
		return 3
	}
	return 0
}

// AcceptRestore adds an entry that says that the data went back to an older
// state, up to what the ledger had come before, and why; then the program starts
// again. It fails when the data are not older than the last checkpoint.
func (o *Office) AcceptRestore(ctx context.Context, by By, reason string) error {
	if err := forbidden(by.Actor.Operator, by.Actor, "problem.ledger.operator"); err != nil {
		return err
	}
	if err := checkReason(&reason, 3); err != nil {
		return err
	}
	signed := o.keyring.Mark(o.MarkName())
	if signed == nil {
		return problem.New(problem.State, "problem.ledger.not-behind")
	}
	if err := o.notRolledBack(ctx); err == nil {
		return problem.New(problem.State, "problem.ledger.not-behind")
	} else if e, ok := errors.AsType[*problem.Error](err); !ok || e.Key == "problem.ledger.mark" {
		return err
	}
	_, err := storage.Do(ctx, o.council, by.change("history.ledger.restored", reason), func(tx *storage.Tx) (bool, error) {
		lost, err := o.openMark(&tx.View, signed)
		if err != nil {
			return false, err
		}
		return true, tx.NameRestore(lost.Head)
	})
	if err != nil {
		return err
	}
	return o.KeepMark(ctx)
}
