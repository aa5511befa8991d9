package ledger

import (
	"encoding/hex"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Hash is a node of the tree.
type Hash = tlog.Hash

// ReadHashes reads nodes by their place in the one row in which tlog stores
// them.
type ReadHashes func(places []int64) ([]Hash, error)

// Added are the nodes that an entry adds as number n, its own first.
func Added(n int64, entry []byte, read ReadHashes) ([]Hash, error) {
	return tlog.StoredHashes(n, entry, tlog.HashReaderFunc(read))
}

// AddedBy is the entry that added the node at a place, and which of its nodes,
// counted from the entry's own, it is.
func AddedBy(place int64) (n int64, which int) {
	level, k := tlog.SplitStoredHashIndex(place)
	return (k+1)<<level - 1, level
}

// HeadOf is the state of the tree with its first size entries. A tree with none
// has the SHA-256 of nothing.
func HeadOf(size int64, read ReadHashes) (Head, error) {
	root, err := tlog.TreeHash(size, tlog.HashReaderFunc(read))
	return Head{size, root[:]}, err
}

// ProveEntry are the nodes that show that entry n is in the tree of a size.
func ProveEntry(size, n int64, read ReadHashes) ([]Hash, error) {
	if n < 0 || n >= size {
		return nil, fmt.Errorf("ledger: no entry %d among %d", n, size)
	}
	return tlog.ProveRecord(size, n, tlog.HashReaderFunc(read))
}

// ProveConsistency are the nodes that show that a tree began as an older one did.
func ProveConsistency(size, older int64, read ReadHashes) ([]Hash, error) {
	if older < 0 || older > size {
		return nil, fmt.Errorf("ledger: no state %d of %d", older, size)
	}
	if older == 0 {
		return nil, nil
	}
	return tlog.ProveTree(size, older, tlog.HashReaderFunc(read))
}

// CheckEntry holds an entry to the tree of a head.
func CheckEntry(h Head, n int64, entry []byte, proof []Hash) error {
	root, err := h.hash()
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, h.Size, root, n, tlog.RecordHash(entry))
}

// CheckConsistency holds a tree to an older one, which has to be its beginning.
func CheckConsistency(h, older Head, proof []Hash) error {
	root, err := h.hash()
	if err != nil {
		return err
	}
	was, err := older.hash()
	if err != nil {
		return err
	}
	if older.Size == 0 {
		return nil
	}
	return tlog.CheckTree(proof, h.Size, root, older.Size, was)
}

// Same reports whether two heads are of the same entries.
func (h Head) Same(o Head) bool { return h.Size == o.Size && string(h.Root) == string(o.Root) }

// Short is the head as a footer has it: how many entries, and how the hash over
// them begins.
func (h Head) Short() (size, root string) {
	return fmt.Sprint(h.Size), hex.EncodeToString(h.Root[:min(len(h.Root), 8)])
}

func (h Head) hash() (root Hash, err error) {
	if len(h.Root) != len(root) {
		return root, errors.New("ledger: head without a hash")
	}
	copy(root[:], h.Root)
	return root, nil
}
