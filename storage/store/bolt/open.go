package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"padome/storage/store"
	"padome/storage/store/internal/disk"
	"padome/storage/store/internal/envelope"
)

// format is the number of the layout of the file. It rises when an older
// program could no longer read it.
const format = 1

// patience is how long Open waits for another process to let go of the file.
const patience = 900 * time.Millisecond

// mapping is how much address space the file gets; it costs none of the memory.
// A file that outgrows it is mapped anew, for which readers and writer wait.
const mapping = min(16<<30, math.MaxInt>>2)

// growth is by how much the file grows at once, each time with a sync more.
const growth = 4 << 20

var (
	metaBucket = []byte("meta")
	formatKey  = []byte("format")
	formatSum  = envelope.Place(0, 'm', "")
)

type openFile = func(string, int, os.FileMode) (*os.File, error)

// create makes the file when there is none. It comes into being complete, under
// its name in one step, so that a file of no length is always a damaged one.
func create(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	dir := filepath.Dir(path)
	if err := disk.MakeDir(dir); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := f.Close(); err != nil {
		return err
	}
	if err := initialise(f.Name()); err != nil {
		return err
	}
	// Another process that made it first has the same right to it.
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return disk.SyncDir(dir)
}

func initialise(path string) error {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: patience})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error { return putFormat(tx, format) })
	return errors.Join(err, db.Close())
}

func putFormat(tx *bbolt.Tx, number uint32) error {
	b, err := tx.CreateBucketIfNotExists(metaBucket)
	if err != nil {
		return err
	}
	return b.Put(formatKey, envelope.Seal(formatSum, formatKey, binary.BigEndian.AppendUint32(nil, number)))
}

// open opens a file that exists and is not empty, and says which transaction is
// its newest. What a damaged file does to bbolt comes out as store.ErrDamaged.
func open(cfg Config) (db *bbolt.DB, newest uint64, err error) {
	info, err := os.Stat(cfg.Path)
	if err != nil {
		return nil, 0, fmt.Errorf("open %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, 0, fmt.Errorf("open %s: not a regular file", cfg.Path)
	}
	if info.Size() == 0 {
		return nil, 0, fmt.Errorf("%w: %s is empty: restore a backup, or remove it to begin anew", store.ErrDamaged, cfg.Path)
	}
	var file *os.File
	openFile := func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
		file, err = cfg.openFile(name, flag, mode)
		return file, err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			file.Close() // bbolt has lost it; with it goes the lock
			db, err = nil, fmt.Errorf("%w: %s: %v", store.ErrDamaged, cfg.Path, p)
		}
	}()
	if db, err = engine(cfg, openFile); err != nil {
		return nil, 0, opening(cfg.Path, err)
	}
	if newest, err = examine(db, cfg.ReadOnly); err != nil {
		return nil, 0, errors.Join(fmt.Errorf("open %s: %w", cfg.Path, err), db.Close())
	}
	return db, newest, nil
}

func engine(cfg Config, openFile openFile) (*bbolt.DB, error) {
	options := bbolt.Options{
		Timeout:         patience,
		ReadOnly:        cfg.ReadOnly,
		FreelistType:    bbolt.FreelistMapType,
		PreLoadFreelist: true,
		InitialMmapSize: mapping,
		NoStatistics:    true,
		OpenFile:        openFile,
	}
	db, err := bbolt.Open(cfg.Path, 0o600, &options)
	if errors.Is(err, syscall.ENOMEM) { // the process may not have so much address space
		options.InitialMmapSize = 0
		db, err = bbolt.Open(cfg.Path, 0o600, &options)
	}
	if err == nil {
		db.AllocSize = growth
	}
	return db, err
}

// opening puts an error of bbolt.Open into the words of the contract.
func opening(path string, err error) error {
	if errors.Is(err, bolterrors.ErrTimeout) {
		return fmt.Errorf("%w: %s is open in %s: stop that one, or wait until it ends, and start again",
			store.ErrBusy, path, holder(path))
	}
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return err
	}
	if _, ok := errors.AsType[syscall.Errno](err); ok {
		return fmt.Errorf("open %s: %w", path, err)
	}
	return fmt.Errorf("%w: %s: %w", store.ErrDamaged, path, err)
}

// examine refuses a file that is cut short or not of this format. What a killed
// process had written but not synced is synced here, before anybody reads it.
func examine(db *bbolt.DB, readOnly bool) (newest uint64, err error) {
	if !readOnly {
		if err := db.Sync(); err != nil {
			return 0, err
		}
	}
	err = db.View(func(tx *bbolt.Tx) error {
		newest = uint64(tx.ID())
		info, err := os.Stat(db.Path())
		if err != nil {
			return err
		}
		if info.Size() < tx.Size() {
			return fmt.Errorf("%w: %d bytes long instead of %d", store.ErrDamaged, info.Size(), tx.Size())
		}
		return checkFormat(tx)
	})
	return newest, err
}

func checkFormat(tx *bbolt.Tx) error {
	b := tx.Bucket(metaBucket)
	if b == nil {
		return fmt.Errorf("%w: no file of this program", store.ErrDamaged)
	}
	value, ok := envelope.Unseal(formatSum, formatKey, b.Get(formatKey))
	if !ok || len(value) != 4 {
		return fmt.Errorf("%w: the number of its format", store.ErrDamaged)
	}
	if number := binary.BigEndian.Uint32(value); number > format {
		return fmt.Errorf("%w: its format is %d, this program knows up to %d", store.ErrNewerSchema, number, format)
	}
	return nil
}
