package bolt

import (
	"context"
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
// its newest. Its pages are looked at before bbolt follows them: a damaged file
// could keep it for ever or end the process. What such a file does to bbolt all
// the same comes out as store.ErrDamaged.
func open(cfg Config) (o opened, err error) {
	info, err := os.Stat(cfg.Path)
	if err != nil {
		return o, fmt.Errorf("open %w", err)
	}
	if !info.Mode().IsRegular() {
		return o, fmt.Errorf("open %s: not a regular file", cfg.Path)
	}
	if info.Size() == 0 {
		return o, fmt.Errorf("%w: %s is empty: restore a backup, or remove it to begin anew", store.ErrDamaged, cfg.Path)
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = errors.Join(fmt.Errorf("%w: %s: %v", store.ErrDamaged, cfg.Path, p), o.close())
		}
	}()
	if err := o.engine(cfg, true); err != nil {
		return o, err
	}
	err = o.examine(cfg)
	if err == nil && !cfg.ReadOnly {
		if err := o.close(); err != nil {
			return o, err
		}
		if err := o.engine(cfg, false); err != nil {
			return o, err
		}
		// What a killed process had written but not synced is synced before anybody
		// reads it.
		if err = errors.Join(o.db.Sync(), forgetClosed(cfg.Path)); err == nil {
			err = o.examineChange(cfg)
		}
	}
	if err != nil {
		return o, errors.Join(fmt.Errorf("open %s: %w", cfg.Path, err), o.close())
	}
	return o, nil
}

// opened is a file in the hands of bbolt.
type opened struct {
	db     *bbolt.DB
	file   *os.File
	newest uint64
}

// close gives the file up, also where bbolt has lost it; with it goes the lock.
func (o *opened) close() error {
	db, file := o.db, o.file
	o.db, o.file = nil, nil
	switch {
	case db != nil:
		return db.Close()
	case file != nil:
		_ = file.Close() // by bbolt, mostly
	}
	return nil
}

// engine has bbolt open the file, for reading alone without the list of its free
// pages.
func (o *opened) engine(cfg Config, readOnly bool) (err error) {
	options := bbolt.Options{
		Timeout:         patience,
		ReadOnly:        readOnly,
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: mapping,
		NoStatistics:    true,
		OpenFile: func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
			o.file, err = cfg.openFile(name, flag, mode)
			return o.file, err
		},
	}
	if readOnly {
		options.InitialMmapSize = 0 // it does not grow
	}
	o.db, err = bbolt.Open(cfg.Path, 0o600, &options)
	if errors.Is(err, syscall.ENOMEM) { // the process may not have so much address space
		options.InitialMmapSize = 0
		o.db, err = bbolt.Open(cfg.Path, 0o600, &options)
	}
	if err != nil {
		return opening(cfg.Path, err)
	}
	o.db.AllocSize = growth
	return nil
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

// examine refuses a file whose pages do not fit together or that is not of this
// format.
func (o *opened) examine(cfg Config) error {
	return o.db.View(func(tx *bbolt.Tx) error {
		o.newest = uint64(tx.ID())
		if tx.Size() <= cfg.walked || !closedInOrder(cfg.Path, o.newest) {
			if err := walkPages(context.Background(), o.file, tx.DB().Info().PageSize, o.newest); err != nil {
				return err
			}
		}
		return checkFormat(tx)
	})
}

// examineChange examines a file once more that has changed since: bbolt wrote the
// list of free pages where there was none, or another process was in between.
func (o *opened) examineChange(cfg Config) error {
	before := o.newest
	err := o.db.View(func(tx *bbolt.Tx) error { o.newest = uint64(tx.ID()); return nil })
	if err != nil || o.newest == before {
		return err
	}
	return o.examine(cfg)
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
