// Package blob keeps files in a directory by the SHA-256 of their content: the
// blob store for one machine.
//
// The blob abcd… lies at ab/cd/abcd…; an upload grows in incoming/ and moves to
// its place once all of it is on the disk.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"padome/storage/store"
	"padome/storage/store/internal/disk"
)

// leftover is the age at which an upload that has not ended is one that never
// will: its process is gone.
const leftover = 24 * time.Hour

// Config says where the blobs are.
type Config struct {
	Dir string           // made when missing
	Now func() time.Time // tells leftovers by their age; time.Now when nil
}

// Store is a directory of blobs under the contract of store.BlobStore.
type Store struct {
	dir string
	mu  sync.Mutex // held while a blob gets its place or loses it
}

var _ store.BlobStore = (*Store)(nil)

// Open opens a directory, makes it when it is missing, and sweeps out uploads
// that were interrupted a day ago or more.
func Open(cfg Config) (*Store, error) {
	if cfg.Dir == "" {
		return nil, errors.New("store: no directory for blobs")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	s := &Store{dir: cfg.Dir}
	if err := disk.MakeDir(s.incoming()); err != nil {
		return nil, fmt.Errorf("make the directory of blobs: %w", err)
	}
	if err := s.sweepIncoming(cfg.Now().Add(-leftover)); err != nil {
		return nil, fmt.Errorf("sweep interrupted uploads: %w", err)
	}
	return s, nil
}

func (s *Store) incoming() string { return filepath.Join(s.dir, "incoming") }

func (s *Store) sweepIncoming(before time.Time) error {
	entries, err := os.ReadDir(s.incoming())
	for _, e := range entries {
		info, infoErr := e.Info()
		if infoErr != nil || !info.ModTime().Before(before) {
			continue // gone meanwhile, or perhaps still growing
		}
		err = errors.Join(err, os.Remove(filepath.Join(s.incoming(), e.Name())))
	}
	return err
}

// path is where a blob lies; store.ErrSum when sum is the name of none.
func (s *Store) path(sum string) (string, error) {
	if !isSum(sum) {
		return "", store.ErrSum
	}
	return filepath.Join(s.dir, sum[:2], sum[2:4], sum), nil
}

func isSum(s string) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == sha256.Size*2
}

// Put stores what it reads, as store.BlobStore says.
func (s *Store) Put(ctx context.Context, r io.Reader, most int64) (sum string, size int64, err error) {
	f, err := os.CreateTemp(s.incoming(), "upload-*")
	if err != nil {
		return "", 0, fmt.Errorf("begin a blob: %w", err)
	}
	defer os.Remove(f.Name()) // once in place it has another name
	defer f.Close()
	sum, size, err = fill(ctx, f, r, most)
	if err != nil {
		return "", 0, fmt.Errorf("store a blob: %w", err)
	}
	if err := s.place(f.Name(), sum); err != nil {
		return "", 0, fmt.Errorf("store blob %s: %w", sum, err)
	}
	return sum, size, nil
}

// fill copies what r has, at most most bytes, hashing on the way, and makes it
// durable.
func fill(ctx context.Context, f *os.File, r io.Reader, most int64) (sum string, size int64, err error) {
	h := sha256.New()
	buf := make([]byte, 64<<10)
	for {
		if err := ctx.Err(); err != nil {
			return "", 0, err
		}
		n, readErr := r.Read(buf)
		if size += int64(n); size > most {
			return "", 0, fmt.Errorf("%w: more than %d bytes", store.ErrTooLarge, most)
		}
		h.Write(buf[:n])
		if _, err := f.Write(buf[:n]); err != nil {
			return "", 0, err
		}
		if readErr == io.EOF {
			break
		}
		if readErr != nil {
			return "", 0, readErr
		}
	}
	return hex.EncodeToString(h.Sum(nil)), size, errors.Join(f.Sync(), f.Close())
}

// place moves a complete upload to where its blob lies. When the same content
// lies there already, this renews its time, and mends it should it be damaged.
func (s *Store) place(upload, sum string) error {
	path, err := s.path(sum)
	if err != nil {
		return err
	}
	s.mu.Lock()
	err = disk.MakeDir(filepath.Dir(path))
	if err == nil {
		err = os.Rename(upload, path)
	}
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return disk.SyncDir(filepath.Dir(path))
}

// Delete removes a blob, as store.BlobStore says.
func (s *Store) Delete(ctx context.Context, sum string) error {
	path, err := s.path(sum)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	_, err = s.remove(path, time.Time{})
	return err
}

// remove removes a blob last put before a time, at any time when that is zero,
// and says whether it was there.
func (s *Store) remove(path string, before time.Time) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !before.IsZero() {
		info, err := os.Stat(path)
		if err == nil && !info.ModTime().Before(before) {
			return false, nil
		}
	}
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, disk.SyncDir(filepath.Dir(path))
}
