package storage

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"padome/internal/ledger"
	"padome/storage/store"
)

// The ledger of a council lies in five buckets. Its salts and the pseudonyms of
// its actors lie apart from its entries, so that they can be erased.
const (
	logBucket     = "ledger"         // what stands under logKey
	entryBucket   = "ledger/entries" // number → entry
	nodeBucket    = "ledger/nodes"   // number → the nodes that the entry added
	saltBucket    = "ledger/salts"   // number → salt
	objectBucket  = "ledger/objects" // object, number, the newest first → objectState
	pseudoBucket  = "ledger/actors"  // person → pseudonym
	keyBucket     = "ledger/keys"    // number of the entry → ledger.NewKey
	logKey        = "log"
	logKind       = "ledger" // of its own records in the history
	nodeSize      = len(ledger.Hash{})
	pseudonymSize = 8
)

// The acts that are about the ledger itself; those with records stand with the
// tables.
const (
	actBegun      = "ledger-begun"    // the first entry: commits to what there was then
	actCarried    = "ledger-carried"  // a record from before there was a ledger
	actIntroduced = "key-introduced"  // the first key, and one in place of a lost one
	actRotated    = "key-rotated"     // a key that the one before signed
	actRestored   = "backup-restored" // the data went back to an older state
	actErased     = "salts-erased"    // nobody can try out any more what a record said
)

// logState is the ledger of a council: its own name, and how many entries it
// has.
type logState struct {
	Origin string `json:"origin"`
	Size   int64  `json:"size"`
}

func readLog(r store.Reader) (logState, error) {
	raw, err := r.Get(logBucket, []byte(logKey))
	if raw == nil || err != nil {
		return logState{}, err
	}
	return decode[logState](raw)
}

// entry is one act that waits for the end of its transaction.
type entry struct {
	act, object string
	revision    uint64
	content     *[sha256.Size]byte // digest of what is committed to; nil for nothing
	gone        bool               // the object is no longer held to what it says
	key         *ledger.NewKey
	lost        *ledger.Head
}

// objectState is what the newest entry of an object says of it.
type objectState struct {
	Gone bool `json:"gone,omitempty"`
}

// log adds an act to the ledger with the transaction that does it.
func (w *writing) log(e entry) { w.entries = append(w.entries, e) }

// appendEntries writes the acts of a transaction to the ledger. The first of a
// council begin it.
func (w *writing) appendEntries() error {
	if len(w.entries) == 0 {
		return nil
	}
	s, err := readLog(w)
	if err != nil {
		return err
	}
	if s.Origin == "" {
		if s, err = w.beginLog(sha256.Sum256(nil)); err != nil {
			return err
		}
	}
	for i := range w.entries {
		if err := w.appendEntry(&s, &w.entries[i]); err != nil {
			return err
		}
	}
	w.entries = nil
	return w.writeLog(s)
}

func (w *writing) writeLog(s logState) error {
	raw, err := encode(s)
	if err != nil {
		return err
	}
	return w.Put(logBucket, []byte(logKey), raw)
}

// beginLog begins the ledger with an entry that commits to the state there was.
func (w *writing) beginLog(state [sha256.Size]byte) (logState, error) {
	name := hex.EncodeToString(w.random("log", 8))
	s := logState{Origin: "padome.ledger/" + name}
	return s, w.appendEntry(&s, &entry{act: actBegun, object: "ledger/" + name, content: &state})
}

// random is as many bytes that nobody can foretell, for what is named.
func (w *writing) random(what string, n int) []byte {
	if w.chance != nil {
		return w.chance(what, n)
	}
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: the program ends instead
	return b
}

// appendEntry writes one entry, its nodes and its salt.
func (w *writing) appendEntry(s *logState, e *entry) error {
	n := key{}.num(uint64(s.Size))
	leaf := ledger.Leaf{Type: e.act, Object: e.object, Revision: e.revision, Time: w.change.At, Key: e.key, Lost: e.lost}
	var err error
	if leaf.Actor, err = w.pseudonym(); err != nil {
		return err
	}
	if e.content != nil {
		salt := w.random("salt "+strconv.FormatInt(s.Size, 10), ledger.SaltSize)
		leaf.Commitment = ledger.Commit(salt, *e.content)
		if err := w.Put(saltBucket, n, salt); err != nil {
			return err
		}
	}
	raw, err := leaf.Encode()
	if err != nil {
		return err
	}
	if err := w.putNodes(s.Size, raw); err != nil {
		return err
	}
	if err := w.Put(entryBucket, n, raw); err != nil {
		return err
	}
	if e.key != nil {
		if err := w.putKey(n, e.key); err != nil {
			return err
		}
	}
	s.Size++
	stands, err := encode(objectState{e.gone})
	if err != nil {
		return err
	}
	return w.Put(objectBucket, append(key{}.str(e.object), n.down()...), stands)
}

func (w *writing) putKey(n key, k *ledger.NewKey) error {
	raw, err := encode(k)
	if err != nil {
		return err
	}
	return w.Put(keyBucket, n, raw)
}

// putNodes stores the nodes of the tree that an entry adds, all under its number.
func (w *writing) putNodes(n int64, raw []byte) error {
	nodes, err := ledger.Added(n, raw, readNodes(w))
	if err != nil {
		return err
	}
	joined := make([]byte, 0, len(nodes)*nodeSize)
	for i := range nodes {
		joined = append(joined, nodes[i][:]...)
	}
	return w.Put(nodeBucket, key{}.num(uint64(n)), joined)
}

// readNodes reads nodes of the tree: each lies with the entry that added it.
func readNodes(r store.Reader) ledger.ReadHashes {
	return func(places []int64) ([]ledger.Hash, error) {
		if len(places) == 0 {
			return nil, nil
		}
		keys, levels := make([][]byte, len(places)), make([]int, len(places))
		for i, p := range places {
			n, level := ledger.AddedBy(p)
			keys[i], levels[i] = key{}.num(uint64(n)), level
		}
		values, err := r.GetMany(nodeBucket, keys)
		if err != nil {
			return nil, err
		}
		nodes := make([]ledger.Hash, len(places))
		for i, v := range values {
			at := levels[i] * nodeSize
			if len(v) < at+nodeSize {
				return nil, fmt.Errorf("%w: ledger: node %d is missing", store.ErrDamaged, places[i])
			}
			copy(nodes[i][:], v[at:])
		}
		return nodes, nil
	}
}

// pseudonym is the made-up name under which the ledger knows who makes the
// change: the same for all changes of a person, and known only while its entry
// stands here.
func (w *writing) pseudonym() (string, error) {
	person := w.change.By.Person
	switch {
	case w.actor != "":
		return w.actor, nil
	case w.change.By.Operator:
		return "operator", nil
	case person == "":
		return "", nil
	}
	k := key{}.str(person)
	raw, err := w.Get(pseudoBucket, k)
	if err != nil {
		return "", err
	}
	if raw == nil {
		raw = w.random("actor "+person, pseudonymSize)
		if err := w.Put(pseudoBucket, k, raw); err != nil {
			return "", err
		}
	}
	w.actor = hex.EncodeToString(raw)
	return w.actor, nil
}

// object is how the ledger names a record.
func object(kind, id string) string { return kind + "/" + objectID(id) }

// objectID has no character that could be more than an id.
func objectID(id string) string {
	parts := strings.Split(id, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	if escaped := strings.Join(parts, "/"); len(escaped) <= 400 {
		return escaped
	}
	sum := sha256.Sum256([]byte(id))
	return "~" + hex.EncodeToString(sum[:])
}

// digestOf is the SHA-256 of a content: of bytes as they are, of anything else
// as JSON.
func digestOf(content any) ([sha256.Size]byte, error) {
	switch c := content.(type) {
	case [sha256.Size]byte:
		return c, nil
	case []byte:
		return sha256.Sum256(c), nil
	}
	raw, err := json.Marshal(content)
	if err != nil {
		return [sha256.Size]byte{}, fmt.Errorf("storage: content for the ledger: %w", err)
	}
	return sha256.Sum256(raw), nil
}
