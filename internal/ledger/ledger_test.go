package ledger

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// log is a ledger in memory.
type log struct {
	entries [][]byte
	nodes   map[int64][]Hash
}

func (l *log) read(places []int64) ([]Hash, error) {
	hs := make([]Hash, len(places))
	for i, p := range places {
		n, which := AddedBy(p)
		if len(l.nodes[n]) <= which {
			return nil, errors.New("not there")
		}
		hs[i] = l.nodes[n][which]
	}
	return hs, nil
}

func (l *log) add(t testing.TB, entry []byte) {
	t.Helper()
	if l.nodes == nil {
		l.nodes = map[int64][]Hash{}
	}
	n := int64(len(l.entries))
	nodes, err := Added(n, entry, l.read)
	if err != nil {
		t.Fatal(err)
	}
	l.entries, l.nodes[n] = append(l.entries, entry), nodes
}

func (l *log) head(t testing.TB, size int64) Head {
	t.Helper()
	h, err := HeadOf(size, l.read)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

var someTime = time.Date(2024, time.January, 31, 9, 30, 0, 5, time.FixedZone("", 7200))

func someLeaf() Leaf {
	return Leaf{Type: "agenda-approved", Object: "agenda/s", Revision: 2, Commitment: Commit(make([]byte, SaltSize), sha256.Sum256([]byte("x"))),
		Actor: "00ff", Time: someTime}
}

func TestAnEntryHasOneForm(t *testing.T) {
	raw, err := someLeaf().Encode()
	if err != nil {
		t.Fatal(err)
	}
	l, err := DecodeLeaf(raw)
	if err != nil || l.Time != someTime.UTC().Truncate(time.Second) {
		t.Fatalf("got %+v, %v", l, err)
	}
	for _, other := range []string{" " + string(raw), strings.Replace(string(raw), `"v":1`, `"v":2`, 1), strings.Replace(string(raw), `,"time"`, `,"name":"Ilze","time"`, 1), "{}"} {
		if _, err := DecodeLeaf([]byte(other)); err == nil {
			t.Errorf("%s is taken for an entry", other)
		}
	}
}

func TestAnEntryTakesNoNamesAndNoTexts(t *testing.T) {
	for name, spoil := range map[string]func(*Leaf){
		"type":       func(l *Leaf) { l.Type = "Par budžetu" },
		"object":     func(l *Leaf) { l.Object = "agenda/Ilze Kalniņa" },
		"actor":      func(l *Leaf) { l.Actor = "Ilze" },
		"commitment": func(l *Leaf) { l.Commitment = []byte("Par budžetu") },
		"time":       func(l *Leaf) { l.Time = time.Time{} },
	} {
		l := someLeaf()
		spoil(&l)
		if raw, err := l.Encode(); err == nil {
			t.Errorf("%s: %s", name, raw)
		}
	}
}

func TestEveryStateProvesItsEntriesAndItsBeginnings(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var l log
		size := rapid.Int64Range(1, 70).Draw(r, "size")
		for i := range size {
			l.add(t, []byte{byte(i)})
		}
		now := l.head(t, size)
		n, older := rapid.Int64Range(0, size-1).Draw(r, "entry"), rapid.Int64Range(1, size).Draw(r, "older")
		proof, err := ProveEntry(size, n, l.read)
		if err != nil || CheckEntry(now, n, l.entries[n], proof) != nil {
			r.Fatalf("entry %d of %d: %v", n, size, err)
		}
		if CheckEntry(now, n, []byte("another"), proof) == nil {
			r.Fatalf("another entry passes as %d of %d", n, size)
		}
		since, err := ProveConsistency(size, older, l.read)
		if err != nil || CheckConsistency(now, l.head(t, older), since) != nil {
			r.Fatalf("state %d of %d: %v", older, size, err)
		}
		l2 := log{}
		for i := range older { // another past of the same length
			l2.add(t, []byte{byte(i), 1})
		}
		if CheckConsistency(now, l2.head(t, older), since) == nil {
			r.Fatalf("another past passes as state %d of %d", older, size)
		}
	})
}

func key(t testing.TB, seed byte) Key {
	t.Helper()
	k, err := MakeKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestACheckpointIsOpenedWithItsKeyAlone(t *testing.T) {
	var l log
	l.add(t, []byte("x"))
	a, b := key(t, 1), key(t, 2)
	c := Checkpoint{"padome.ledger/1", l.head(t, 1)}
	signed, err := c.Sign(a)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Open(signed, c.Origin, b.Public(), a.Public(), b.Public(), a.Public())
	if err != nil || !got.Same(c.Head) {
		t.Fatalf("got %+v, %v", got, err)
	}
	for name, open := range map[string]func() error{
		"another key": func() error { _, err := Open(signed, c.Origin, b.Public()); return err },
		"no key":      func() error { _, err := Open(signed, c.Origin); return err },
		"another log": func() error { _, err := Open(signed, "padome.ledger/2", a.Public()); return err },
		"another size": func() error {
			_, err := Open(bytes.Replace(signed, []byte("\n1\n"), []byte("\n2\n"), 1), c.Origin, a.Public())
			return err
		},
		"no checkpoint":  func() error { _, err := Open([]byte("x"), c.Origin, a.Public()); return err },
		"no key at all":  func() error { _, err := Open(signed, c.Origin, []byte("x")); return err },
		"a line too few": func() error { _, err := parse("a\n1\n"); return err },
	} {
		if err := open(); !errors.Is(err, ErrCheckpoint) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	both, err := c.Sign(a, b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(both, c.Origin, b.Public()); err != nil {
		t.Errorf("of two keys the second: %v", err)
	}
}

func TestAKeyIsHandedOnByTheOneBefore(t *testing.T) {
	a, b := key(t, 1), key(t, 2)
	n := a.Hand("padome.ledger/1", b)
	if !n.Signed("padome.ledger/1") {
		t.Error("what the key before signed is not taken")
	}
	if n.Signed("padome.ledger/2") {
		t.Error("it passes for another log")
	}
	n.Public = key(t, 3).Public()
	if n.Signed("padome.ledger/1") || (NewKey{Public: b.Public()}).Signed("padome.ledger/1") {
		t.Error("a key passes that the one before did not sign")
	}
	again, err := KeyOf(a.Text())
	if err != nil || !bytes.Equal(again.Public(), a.Public()) {
		t.Errorf("read again: %v", err)
	}
	if _, err := KeyOf("x"); err == nil {
		t.Error("x is taken for a key")
	}
}
