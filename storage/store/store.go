// Package store is the contract of an engine: ordered buckets of keys and
// values, one tenant per council, changed by one writer at a time per tenant.
// It knows nothing of councils; package storage puts types on top.
package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
)

// Tenant 0 is the installation (accounts, logins); every other one a council.
// No transaction crosses tenants.
type Tenant uint64

// CommandID names one intended change, so that a repeat returns the first
// result instead of doing it again. The empty CommandID is never remembered.
type CommandID string

// Caps that hold on every engine, so that nothing works on one engine only.
const (
	MaxTenant  = 1<<63 - 1
	MaxValue   = 1 << 20  // bytes of a value, and of the result of an Update
	MaxKey     = 1 << 10  // bytes of a key
	MaxBucket  = 64       // bytes of a bucket's name
	MaxWrites  = 4096     // Put and Delete calls of one Update
	MaxUpdate  = 32 << 20 // bytes of the keys and values put by one Update
	MaxScan    = 1000     // entries of one Scan, keys of one GetMany
	MaxCommand = 200      // bytes of a CommandID
)

// Errors of use: the caller asked for what the contract does not allow.
var (
	ErrTooLarge = errors.New("store: over a cap")
	ErrLimit    = errors.New("store: scan limit missing or over the cap")
	ErrKey      = errors.New("store: empty key or bucket")
	ErrClosed   = errors.New("store: closed")
	ErrReadOnly = errors.New("store: opened for reading only")
	// ErrEnded: a Reader or Writer was used after its function had returned.
	ErrEnded = errors.New("store: used after its function returned")
	// ErrRange: a range that begins outside the blob.
	ErrRange = errors.New("store: range outside the blob")
	// ErrSum: not 64 lower-case hex digits, and so the name of no blob.
	ErrSum = fmt.Errorf("store: not the name of a blob: %w", fs.ErrNotExist)
)

// Errors of the engine.
var (
	// ErrOutcomeUnknown: the commit failed midway; whether the change holds is
	// known only by looking its command up after a restart.
	ErrOutcomeUnknown = errors.New("store: outcome of the commit unknown")
	// ErrStopped: a commit failed earlier, so the store answers nothing more
	// until it is opened anew. What got this error was not done.
	ErrStopped = errors.New("store: stopped after a failed commit")
	// ErrDamaged: what was read is not what was written.
	ErrDamaged = errors.New("store: damaged")
	// ErrNewerSchema: a newer program wrote this database.
	ErrNewerSchema = errors.New("store: database of a newer program")
	// ErrOlderSchema: the database was not set up for this program yet.
	ErrOlderSchema = errors.New("store: the database is not set up for this program: run padome migrate")
	// ErrUnfinished: an installation is being moved into this database, and not
	// all of it is there.
	ErrUnfinished = errors.New("store: the move of an installation into this database is unfinished")
	// ErrUnreachable: the server that holds the database does not answer. What
	// got this error was not done.
	ErrUnreachable = errors.New("store: the database server does not answer")
	// ErrBusy: another process holds the database.
	ErrBusy = errors.New("store: in use by another process")
)

// Store is one engine. All methods may be called at once from anywhere, but
// not from inside a function handed to View or Update.
type Store interface {
	// View runs fn on one consistent snapshot of a tenant: of durable state,
	// never of a commit under way. Nothing may be rendered or sent inside fn: it
	// returns plain copies. It does not wait for Updates.
	View(ctx context.Context, t Tenant, fn func(Reader) error) error
	// Update runs fn and makes its writes durable together, or none of them.
	// Updates of a tenant are serial. fn may run more than once and so has no
	// side effects; it returns the result that is kept with the command. When
	// the command was done before, fn does not run and the first result comes
	// back with repeated true. An empty result comes back nil. The first error a
	// Writer returned wins over what fn returns; a panic of fn is an error. ctx
	// is honoured until fn begins; from then on the outcome is delivered.
	Update(ctx context.Context, t Tenant, id CommandID, fn func(Writer) ([]byte, error)) (result []byte, repeated bool, err error)
	// Seq is the number of committed Updates of a tenant: +1 for each, also for
	// one that wrote nothing, none for one that failed or was a repeat.
	Seq(ctx context.Context, t Tenant) (uint64, error)
	// Tenants are the tenants that have had an Update, in order.
	Tenants(ctx context.Context) ([]Tenant, error)
	// Forget drops the commands of a tenant that were done before a time and
	// returns how many; their repeats would be done anew. It counts in no Seq.
	Forget(ctx context.Context, t Tenant, before time.Time) (int, error)
	// Backup writes a consistent copy; nobody waits for it. w is local: a slow
	// receiver gets the finished copy afterwards.
	Backup(ctx context.Context, w io.Writer) error
	// Check reads everything and returns what is damaged, nil when all is well.
	Check(ctx context.Context) error
	// Close waits for what has begun or queues; afterwards all is ErrClosed.
	Close() error
}

// Entry is a key and its value, both the caller's own copies.
type Entry struct{ Key, Value []byte }

// Range is the keys k with From <= k < To; a nil To has no end. Prefix makes
// the range of all keys that begin alike.
type Range struct{ From, To []byte }

// Prefix is the range of the keys that begin with p.
func Prefix(p []byte) Range {
	r := Range{From: p}
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] < 0xff {
			r.To = append(append([]byte{}, p[:i]...), p[i]+1)
			return r
		}
	}
	return r
}

// After is the rest of a range behind a key: where the next page begins.
func (r Range) After(key []byte) Range {
	return Range{From: append(append([]byte{}, key...), 0), To: r.To}
}

// Reader reads one snapshot of one tenant, for the goroutine of its function
// and until that returns. Values are copies, nil when absent; an empty value
// comes back empty, not nil.
type Reader interface {
	Get(bucket string, key []byte) ([]byte, error)
	// GetMany reads several keys at once, at most MaxScan; the results stand in
	// the keys' order.
	GetMany(bucket string, keys [][]byte) ([][]byte, error)
	// Scan calls fn for at most limit entries in the order of their keys, until
	// fn returns false. The limit is mandatory, at most MaxScan; the next page is
	// Range.After the last key. fn may read and write; whether the scan comes by
	// what fn wrote is left to the engine.
	Scan(bucket string, r Range, limit int, fn func(key, value []byte) bool) error
}

// Writer reads its own writes. It copies what it is given; a nil value is an
// empty one.
type Writer interface {
	Reader
	Put(bucket string, key, value []byte) error
	// Delete of an absent key changes nothing.
	Delete(bucket string, key []byte) error
	// Seq is the number this Update will have.
	Seq() uint64
}

// Item is an entry of a bucket as it is carried from one engine to another. With
// an empty Bucket it is a remembered command: its id, and its time, its Seq and
// its result in the form that all engines share.
type Item struct {
	Bucket     string
	Key, Value []byte
}

// Carrier is an engine from which and into which an installation can be carried.
type Carrier interface {
	Store
	// Items are those of a tenant behind one, nil for the beginning, in the order
	// of bucket and key: at most limit, and none at the end alone.
	Items(ctx context.Context, t Tenant, behind *Item, limit int) ([]Item, error)
	// Load stores items as they are and sets the Seq of their tenant, unless that
	// is 0, all in one transaction that counts in no Seq itself. An entry with a
	// nil Value is deleted. A command must not be there yet.
	Load(ctx context.Context, t Tenant, items []Item, seq uint64) error
}

// BlobStore keeps files by the SHA-256 of their content, written in hex. Blobs
// never change.
type BlobStore interface {
	// Put stores what it reads, at most most bytes (else ErrTooLarge), and names
	// it once it is durable. Storing the same content again changes nothing but
	// the time that Sweep goes by. An upload that fails leaves nothing.
	Put(ctx context.Context, r io.Reader, most int64) (sum string, size int64, err error)
	// Open reads a blob from offset on; length < 0 reads to the end. size is
	// that of the whole blob. A missing blob is fs.ErrNotExist; an offset outside
	// it ErrRange. Whoever reads a whole blob to its end gets ErrDamaged there
	// instead of io.EOF when the content is not its name.
	Open(ctx context.Context, sum string, offset, length int64) (r io.ReadCloser, size int64, err error)
	// Delete of a missing blob changes nothing.
	Delete(ctx context.Context, sum string) error
	// List calls fn for every blob, in the order of their names, until it
	// returns false.
	List(ctx context.Context, fn func(sum string, size int64) bool) error
	// Sweep deletes the blobs last put before a time that keep does not want,
	// and returns how many. A blob put again meanwhile stays.
	Sweep(ctx context.Context, before time.Time, keep func(sum string) (bool, error)) (int, error)
	// Check reads every blob and returns those whose content is not their name.
	Check(ctx context.Context) error
}
