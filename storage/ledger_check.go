package storage

import (
	"bytes"
	"errors"
	"strings"

	"padome/internal/ledger"
	"padome/storage/store"
)

// objects notes what the ledger says of the things it names, while the tables
// are checked.
type objects struct {
	size int64           // of the ledger when the check began
	seen map[string]bool // objects that a record was found for
}

// checkLogged holds a record to the newest entry about it.
func (tb *table[T]) checkLogged(c *checking, r store.Reader, rec *T) error {
	all, err := tb.onRecords(rec)
	if err != nil {
		c.fault("%w", err)
		return nil
	}
	for i := range all {
		name := object(tb.ledger[i].kind, tb.id(rec))
		if !all[i].there {
			continue
		}
		c.objects.seen[name] = true
		if err := c.hold(r, name, all[i]); err != nil {
			return err
		}
	}
	return nil
}

// hold compares what a record says with what the ledger's newest entry about it
// commits to. Without a salt, which somebody erased, nothing can be compared.
func (c *checking) hold(r store.Reader, name string, is onRecord) error {
	ns, err := entriesOf(r, name, 1)
	if err != nil {
		return err
	}
	if len(ns) == 0 {
		c.fault("%s is not in the ledger", name)
		return nil
	}
	k := key{}.num(uint64(ns[0]))
	raw, err := r.Get(entryBucket, k)
	if err != nil {
		return err
	}
	salt, err := r.Get(saltBucket, k)
	if err != nil {
		return err
	}
	leaf, err := ledger.DecodeLeaf(raw)
	switch {
	case err != nil:
		c.fault("ledger entry %d: %w", ns[0], err)
	case leaf.Object != name:
		c.fault("ledger entry %d is about %s, not %s", ns[0], leaf.Object, name)
	case leaf.Type == actErased:
	case salt == nil:
		c.fault("ledger entry %d about %s has lost its salt", ns[0], name)
	case !bytes.Equal(leaf.Commitment, ledger.Commit(salt, is.sum)):
		c.fault("%s is not what entry %d of the ledger says (%s): it was changed without the program", name, ns[0], leaf.Type)
	}
	return nil
}

// startLedger notes how long the ledger is before the tables are read.
func (c *checking) startLedger() error {
	c.objects = objects{seen: map[string]bool{}}
	return c.db.engine.View(c.ctx, c.tenant, func(r store.Reader) error {
		s, err := readLog(r)
		c.objects.size = s.Size
		return err
	})
}

// ledger reads all entries, makes the tree anew, and looks for the records that
// are gone without an entry that says so.
func (c *checking) ledger() error {
	t := &treeCheck{checking: c, nodes: map[int64][]byte{}}
	if err := c.pages(entryBucket, t.page); err != nil {
		return err
	}
	if t.n < c.objects.size {
		c.fault("the ledger has %d entries instead of %d", t.n, c.objects.size)
	}
	last := ""
	return c.pages(objectBucket, func(r store.Reader, page []store.Entry) error {
		for _, e := range page {
			name := string(e.Key[:max(len(e.Key)-10, 0)]) // without the end of the text and the number
			if name == last {
				continue
			}
			last = name
			c.checkThere(name, e)
		}
		return nil
	})
}

// checkThere looks for the record of the newest entry about an object.
func (c *checking) checkThere(name string, e store.Entry) {
	state, err := decode[objectState](e.Value)
	if err != nil {
		c.fault("ledger: %s: %w", name, err)
		return
	}
	n := numberOfEntry(e.Key)
	if state.Gone || n >= c.objects.size || c.objects.seen[name] || strings.HasPrefix(name, "ledger/") {
		return
	}
	c.fault("%s is gone, and entry %d of the ledger says that it is there", name, n)
}

// treeCheck makes the tree of the entries anew.
type treeCheck struct {
	*checking
	n     int64            // entries so far
	nodes map[int64][]byte // those that later entries need, by the entry that added them
}

func (t *treeCheck) page(r store.Reader, page []store.Entry) error {
	for _, e := range page {
		if err := t.entry(r, e); err != nil {
			return err
		}
	}
	return nil
}

// entry holds one entry to its number and its nodes.
func (t *treeCheck) entry(r store.Reader, e store.Entry) error {
	if n := numberOf8(e.Key); n != t.n {
		t.fault("ledger entry %d stands where %d is due", n, t.n)
		return nil
	}
	n := t.n
	t.n++
	if _, err := ledger.DecodeLeaf(e.Value); err != nil {
		t.fault("ledger entry %d: %w", n, err)
	}
	nodes, err := ledger.Added(n, e.Value, t.read)
	if err != nil {
		t.fault("ledger entry %d: %w", n, err)
		return nil
	}
	var joined []byte
	for i := range nodes {
		joined = append(joined, nodes[i][:]...)
	}
	stored, err := r.Get(nodeBucket, key{}.num(uint64(n)))
	if err != nil {
		return err
	}
	if !bytes.Equal(joined, stored) {
		t.fault("ledger entry %d is not what its hash says: it was changed without the program", n)
	}
	t.keep(n, joined)
	return nil
}

// keep notes the nodes of an entry, and forgets those that no later one needs:
// those below the newest node that spans them.
func (t *treeCheck) keep(n int64, joined []byte) {
	t.nodes[n] = joined
	span := int64(1) << (len(joined)/nodeSize - 1)
	for m := n - 1; m > n-span; m-- {
		delete(t.nodes, m)
	}
}

func (t *treeCheck) read(places []int64) ([]ledger.Hash, error) {
	hs := make([]ledger.Hash, len(places))
	for i, p := range places {
		n, level := ledger.AddedBy(p)
		v := t.nodes[n]
		if len(v) < (level+1)*nodeSize {
			return nil, errors.New("what its tree is made of is missing")
		}
		copy(hs[i][:], v[level*nodeSize:])
	}
	return hs, nil
}
