package office

import (
	"context"
	"strings"

	"padome/internal/ledger"
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
