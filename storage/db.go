package storage

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/google/uuid"

	"padome/storage/store"
	"padome/storage/store/blob"
	"padome/storage/store/bolt"
)

// What lies in a folder: the records, and the files beside them.
const (
	recordsFile = "padome.db"
	blobsDir    = "blobs"
)

// Config says where the data are. Engine and Blobs, when nil, are opened in the
// folder Dir, which is made when it is missing.
type Config struct {
	Dir    string
	Engine store.Store
	Blobs  store.BlobStore
	Now    func() time.Time // nil: the clock of the machine
	NewID  func() string    // nil: UUIDv7
	// Chance yields as many bytes for what is named, the same for the same name,
	// of data that are to come out alike each time; nil: chance itself.
	Chance func(what string, n int) []byte
	// Apart checks a file of records in a process of its own, as CheckFile does in
	// this one: a damaged file can end the process that checks it. nil: CheckFile.
	Apart func(ctx context.Context, path string) error
	// Free says how many bytes the disk of the data has left; below LeastFree
	// nothing of a council is changed. nil: asked of the folder Dir.
	Free func() (uint64, error)
}

// DB is the database of one installation. Its methods and those of its councils
// may be called at once from anywhere.
type DB struct {
	engine   store.Store
	blobs    store.BlobStore
	now      func() time.Time
	newID    func() string
	free     func() (uint64, error)
	apart    func(ctx context.Context, path string) error
	chance   func(what string, n int) []byte
	known    sync.Map // tenants whose schema version is stored and is ours
	plans    sync.Map // tenant → *decoded, its newest plan
	standing sync.Map // tenant → *standing, what a search finds of plan and principles
}

// Open opens the database and brings an older one up to SchemaVersion. It fails
// with Unavailable when another process holds it, a newer program wrote it, or
// the disk refuses.
func Open(c Config) (*DB, error) {
	db := &DB{engine: c.Engine, blobs: c.Blobs, now: c.Now, newID: c.NewID, free: c.Free, apart: c.Apart, chance: c.Chance}
	if db.now == nil {
		db.now = time.Now
	}
	if db.newID == nil {
		db.newID = newID
	}
	if db.apart == nil {
		db.apart = CheckFile
	}
	if err := db.openDir(c.Dir); err != nil {
		return nil, edge(err)
	}
	if db.free == nil && c.Dir != "" {
		db.free = freeIn(c.Dir)
	}
	if err := errors.Join(db.refuseUnfinished(context.Background()), db.migrateAll(context.Background(), c.Dir)); err != nil {
		return nil, edge(errors.Join(err, db.Close()))
	}
	return db, nil
}

// openDir opens what the Config did not bring: the records first, since their
// lock tells whether another process has the folder.
func (db *DB) openDir(dir string) (err error) {
	if dir == "" && (db.engine == nil || db.blobs == nil) {
		return errors.New("storage: no folder to open")
	}
	var opened store.Store
	if db.engine == nil {
		if opened, err = openRecords(bolt.Config{Path: filepath.Join(dir, recordsFile), Now: db.now}); err != nil {
			return err
		}
		db.engine = opened
	}
	if db.blobs == nil {
		if db.blobs, err = blob.Open(blob.Config{Dir: filepath.Join(dir, blobsDir), Now: db.now}); err != nil && opened != nil {
			return errors.Join(err, opened.Close())
		}
	}
	return err
}

// openRecords opens the file of records, for reading alone where the disk allows
// no more: then everything can be read, and each change is refused.
func openRecords(c bolt.Config) (*bolt.Store, error) {
	s, err := bolt.Open(c)
	if errors.Is(err, syscall.EROFS) {
		c.ReadOnly = true
		return bolt.Open(c)
	}
	return s, err
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// Now is the time by the clock of the database, in UTC.
func (db *DB) Now() time.Time { return db.now().UTC() }

// NewID is an id nothing has yet. It is no secret.
func (db *DB) NewID() string { return db.newID() }

// Council is the council of a tenant, which is not 0.
func (db *DB) Council(t store.Tenant) *Council { return &Council{db, t} }

// Installation is what all councils share: accounts, logins, the register of
// councils.
func (db *DB) Installation() *Installation { return &Installation{db} }

// Backup writes a consistent copy of all records, without the blobs; nobody
// waits for it.
func (db *DB) Backup(ctx context.Context, w io.Writer) error { return edge(db.engine.Backup(ctx, w)) }

// Failed is closed once a commit has failed and its outcome is unknown: then
// nothing is answered until the database is opened anew. A database on a server
// never closes it, since there the outcome can be asked for.
func (db *DB) Failed() <-chan struct{} {
	if engine, ok := db.engine.(interface{ Failed() <-chan struct{} }); ok {
		return engine.Failed()
	}
	return nil
}

// Close ends the use of the database; changes that have begun are finished.
func (db *DB) Close() error { return db.engine.Close() }

// Council is one council of the installation.
type Council struct {
	db     *DB
	tenant store.Tenant
}

// Seq is the number of changes so far: as long as it stays, so does everything.
func (c *Council) Seq(ctx context.Context) (uint64, error) {
	n, err := c.db.engine.Seq(ctx, c.tenant)
	return n, edge(err)
}
