// Package bolt is the engine for one machine: the contract of package store on
// one bbolt file.
//
// A bucket per tenant holds the tenant's Seq, its remembered commands and a
// nested bucket for each bucket of the contract. Every value lies in an
// envelope with a checksum over its place and its bytes, because bbolt itself
// checks neither. One goroutine writes: it takes all the changes that queued
// while the previous commit ran, of whatever tenants, and gives them one commit.
package bolt

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"

	"padome/storage/store"
)

// Config says where the file is and how it is opened.
type Config struct {
	Path     string           // of the file; its directory is made when missing
	ReadOnly bool             // beside other readers; every change is store.ErrReadOnly
	Now      func() time.Time // stamps remembered commands; time.Now when nil

	openFile openFile              // os.OpenFile when nil
	walked   int64                 // walked when 0; below it no file is trusted
	commit   func(*bbolt.Tx) error // (*bbolt.Tx).Commit when nil
}

// Store is a bbolt file under the contract of store.Store.
type Store struct {
	cfg  Config
	db   *bbolt.DB
	file *os.File // the one that db has open

	life    sync.RWMutex // held for reading by every call, for writing by Close
	closed  bool
	stopped atomic.Pointer[error] // why a commit failed; then nothing is answered
	failed  chan struct{}         // closed by then

	queue   chan *change
	idle    chan struct{} // closed when the writer has ended
	writing sync.Mutex    // held while a group is worked on

	settling sync.RWMutex  // held for writing while a commit runs
	durable  atomic.Uint64 // the newest transaction known to be on the disk

	long     atomic.Int32 // readers that pin old pages for long
	unsynced atomic.Bool  // the last commit left out the freelist
}

var _ store.Store = (*Store)(nil)

// Open opens the file of a configuration, and makes it when there is none. It
// fails with store.ErrBusy within a second when another process holds it,
// store.ErrNewerSchema when a newer program wrote it, and store.ErrDamaged when
// it is empty, cut short, no file of this engine, or its pages do not fit
// together. It comes to an end whatever the file holds.
func Open(cfg Config) (*Store, error) {
	if cfg.Path == "" {
		return nil, errors.New("store: no path to open")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.openFile == nil {
		cfg.openFile = os.OpenFile
	}
	if cfg.commit == nil {
		cfg.commit = (*bbolt.Tx).Commit
	}
	if !cfg.ReadOnly {
		if err := create(cfg.Path); err != nil {
			return nil, fmt.Errorf("create %s: %w", cfg.Path, err)
		}
	}
	if cfg.walked == 0 {
		cfg.walked = walked
	}
	o, err := open(cfg)
	if err != nil {
		return nil, err
	}
	s := &Store{cfg: cfg, db: o.db, file: o.file, queue: make(chan *change, maxGroup), idle: make(chan struct{}), failed: make(chan struct{})}
	s.durable.Store(o.newest)
	go s.write()
	return s, nil
}

// Close waits for what has begun or queues, and then refuses everything.
func (s *Store) Close() error {
	s.life.Lock()
	defer s.life.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	close(s.queue)
	<-s.idle
	if info, err := s.file.Stat(); err == nil && info.Size() > s.cfg.walked && !s.cfg.ReadOnly && s.stopped.Load() == nil {
		noteClosed(s.cfg.Path, s.durable.Load())
	}
	return s.db.Close()
}

// refusal is why nothing may be done any more; s.life is held.
func (s *Store) refusal() error {
	if s.closed {
		return store.ErrClosed
	}
	if why := s.stopped.Load(); why != nil {
		return fmt.Errorf("%w: %w", store.ErrStopped, *why)
	}
	return nil
}

// stop makes the store refuse everything from now on.
func (s *Store) stop(why error) {
	if s.stopped.CompareAndSwap(nil, &why) {
		close(s.failed)
	}
}

// Failed is closed once a commit has failed: then the store answers nothing
// until it is opened anew.
func (s *Store) Failed() <-chan struct{} { return s.failed }
