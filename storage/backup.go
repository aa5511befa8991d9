package storage

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"

	"padome/storage/store"
	"padome/storage/store/bolt"
	"padome/storage/store/move"
)

// A backup is one ZIP file: the records, the blobs, and the list of both.
const (
	backupForm   = 1
	backupList   = "manifest.json"
	backupDump   = "records.dump"
	backupBlobs  = "blobs/"
	backupMethod = zip.Store // records hardly shrink, and most blobs are packed already
)

// Manifest lists what a backup holds.
type Manifest struct {
	Form     int            `json:"form"`
	Made     time.Time      `json:"made"`
	Schema   int            `json:"schema"`
	Councils []BackedUp     `json:"councils"`
	Files    []BackedUpFile `json:"files"`
}

// BackedUp is how far a council had come: the number of its changes, and its
// ledger.
type BackedUp struct {
	Tenant  store.Tenant `json:"tenant"`
	Changes uint64       `json:"changes"`
	Ledger  string       `json:"ledger,omitempty"`
	Entries int64        `json:"entries"`
}

// BackedUpFile is one file of a backup.
type BackedUpFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// SaveBackup writes all records and blobs into one new file while others go on
// writing. The copy of the records is opened and checked before the file gets
// its name, and every blob is compared with its own. It fails when there is a
// file of that name.
func (db *DB) SaveBackup(ctx context.Context, path string) (m Manifest, err error) {
	if _, err := os.Lstat(path); err == nil {
		return m, fmt.Errorf("%s: %w", path, os.ErrExist)
	}
	records, m, err := db.copyRecords(ctx, filepath.Dir(path))
	if err != nil {
		return m, edge(err)
	}
	defer os.RemoveAll(filepath.Dir(records))
	f, err := os.CreateTemp(filepath.Dir(path), ".backup-*")
	if err != nil {
		return m, edge(err)
	}
	defer os.Remove(f.Name())
	w := &backupWriter{zip: zip.NewWriter(f), m: &m}
	err = errors.Join(w.records(records), w.blobs(ctx, db.blobs), w.end(), f.Sync(), f.Close())
	if err != nil {
		return m, edge(err)
	}
	return m, edge(rename(f.Name(), path))
}

// rename gives a finished file its name, for good.
func rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	d, err := os.Open(filepath.Dir(to))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// copyRecords makes a checked copy of the records in a folder of its own, and
// says how far each council has come in it.
func (db *DB) copyRecords(ctx context.Context, dir string) (path string, m Manifest, err error) {
	own, err := os.MkdirTemp(dir, ".backup-*")
	if err != nil {
		return "", m, err
	}
	name := backupDump
	if _, ok := db.engine.(*bolt.Store); ok {
		name = recordsFile
	}
	path = filepath.Join(own, name)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err == nil {
		err = errors.Join(db.engine.Backup(ctx, f), f.Sync(), f.Close())
	}
	if err == nil {
		m, err = db.examineCopy(ctx, path)
	}
	if err != nil {
		return "", m, errors.Join(err, os.RemoveAll(own))
	}
	return path, m, nil
}

// examineCopy opens a copy of the records and checks it together with the blobs:
// a file first for itself, apart; what a dump was filled into is sound.
func (db *DB) examineCopy(ctx context.Context, path string) (m Manifest, err error) {
	check := (*DB).Check
	if filepath.Base(path) == recordsFile {
		if err := db.apart(ctx, path); err != nil {
			return m, err
		}
		check = (*DB).CheckContents
	}
	engine, err := openCopy(ctx, path)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	copied := &DB{engine: engine, blobs: db.blobs, now: db.now, newID: db.newID}
	if err := check(copied, ctx); err != nil {
		return m, err
	}
	m = Manifest{Form: backupForm, Made: db.now().UTC().Truncate(time.Second), Schema: SchemaVersion}
	m.Councils, err = copied.howFar(ctx)
	return m, err
}

// openCopy opens a copy of the records: the file itself, or a dump filled into a
// file beside it.
func openCopy(ctx context.Context, path string) (store.Store, error) {
	if filepath.Base(path) == recordsFile {
		return bolt.Open(bolt.Config{Path: path, ReadOnly: true})
	}
	return fillFrom(ctx, path, path+".db")
}

// fillFrom fills a new file of records from a dump.
func fillFrom(ctx context.Context, dump, path string) (*bolt.Store, error) {
	f, err := os.Open(dump)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	engine, err := bolt.Open(bolt.Config{Path: path})
	if err != nil {
		return nil, err
	}
	if err := move.Restore(ctx, f, engine); err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	return engine, nil
}

// howFar is how far each council has come.
func (db *DB) howFar(ctx context.Context) (all []BackedUp, err error) {
	ts, err := db.engine.Tenants(ctx)
	for _, t := range ts {
		if err != nil || t == installation {
			continue
		}
		c := BackedUp{Tenant: t}
		if c.Changes, err = db.engine.Seq(ctx, t); err != nil {
			break
		}
		err = db.engine.View(ctx, t, func(r store.Reader) error {
			s, err := readLog(r)
			c.Ledger, c.Entries = s.Origin, s.Size
			return err
		})
		all = append(all, c)
	}
	return all, err
}

// backupWriter writes the files of a backup and lists them.
type backupWriter struct {
	zip *zip.Writer
	m   *Manifest
}

func (w *backupWriter) file(name string, r io.Reader) error {
	to, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: backupMethod, Modified: w.m.Made})
	if err != nil {
		return err
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(to, h), r)
	w.m.Files = append(w.m.Files, BackedUpFile{name, n, sumOf(h)})
	return err
}

func sumOf(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

func (w *backupWriter) records(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return w.file(filepath.Base(path), f)
}

// blobs writes all blobs. One that was swept meanwhile nobody referred to.
func (w *backupWriter) blobs(ctx context.Context, from store.BlobStore) error {
	var sums []string
	if err := from.List(ctx, func(sum string, _ int64) bool { sums = append(sums, sum); return true }); err != nil {
		return err
	}
	for _, sum := range sums {
		r, _, err := from.Open(ctx, sum, 0, -1)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := errors.Join(w.file(backupBlobs+sum, r), r.Close()); err != nil {
			return fmt.Errorf("file %s: %w", sum, err)
		}
	}
	return nil
}

func (w *backupWriter) end() error {
	raw, err := json.MarshalIndent(w.m, "", " ")
	if err != nil {
		return err
	}
	to, err := w.zip.Create(backupList)
	if err == nil {
		_, err = io.Copy(to, bytes.NewReader(append(raw, '\n')))
	}
	return errors.Join(err, w.zip.Close())
}
