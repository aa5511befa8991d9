package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"padome/storage/store"
)

// Open reads a blob or a part of it, as store.BlobStore says.
func (s *Store) Open(ctx context.Context, sum string, offset, length int64) (io.ReadCloser, int64, error) {
	path, err := s.path(sum)
	if err != nil {
		return nil, 0, err
	}
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, fmt.Errorf("open blob %s: %w", sum, err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	size := info.Size()
	if offset < 0 || offset > size {
		return nil, 0, errors.Join(fmt.Errorf("%w: byte %d of %d", store.ErrRange, offset, size), f.Close())
	}
	if length < 0 || length > size-offset {
		length = size - offset
	}
	p := &part{SectionReader: io.NewSectionReader(f, offset, length), Closer: f}
	if length < size {
		return p, size, nil
	}
	return &whole{part: p, sum: sum, hash: sha256.New()}, size, nil
}

type part struct {
	*io.SectionReader
	io.Closer
}

// whole hashes what is read of a whole blob and compares it at the end.
type whole struct {
	part io.ReadCloser
	sum  string
	hash hash.Hash
}

func (w *whole) Read(p []byte) (int, error) {
	n, err := w.part.Read(p)
	w.hash.Write(p[:n])
	if err == io.EOF && hex.EncodeToString(w.hash.Sum(nil)) != w.sum {
		err = fmt.Errorf("%w: blob %s", store.ErrDamaged, w.sum)
	}
	return n, err
}

func (w *whole) Close() error { return w.part.Close() }

// List calls fn for every blob, as store.BlobStore says.
func (s *Store) List(ctx context.Context, fn func(sum string, size int64) bool) error {
	return s.walk(ctx, func(sum string, info fs.FileInfo) error {
		if !fn(sum, info.Size()) {
			return fs.SkipAll
		}
		return nil
	})
}

// walk goes through the blobs in the order of their names. What is no blob at
// its place is nobody's business here.
func (s *Store) walk(ctx context.Context, fn func(sum string, info fs.FileInfo) error) error {
	return filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if d.IsDir() {
			if path == s.incoming() {
				return fs.SkipDir
			}
			return nil
		}
		if place, err := s.path(d.Name()); err != nil || place != path {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // deleted meanwhile
		}
		if err != nil {
			return err
		}
		return fn(d.Name(), info)
	})
}

// Sweep deletes old blobs that nobody wants, as store.BlobStore says.
func (s *Store) Sweep(ctx context.Context, before time.Time, keep func(sum string) (bool, error)) (int, error) {
	swept := 0
	err := s.walk(ctx, func(sum string, info fs.FileInfo) error {
		if !info.ModTime().Before(before) {
			return nil
		}
		if wanted, err := keep(sum); wanted || err != nil {
			return err
		}
		path, err := s.path(sum)
		if err != nil {
			return err
		}
		gone, err := s.remove(path, before)
		if gone {
			swept++
		}
		return err
	})
	return swept, err
}

// Check reads every blob and names the damaged ones, as store.BlobStore says.
func (s *Store) Check(ctx context.Context) error {
	var faults []error
	err := s.walk(ctx, func(sum string, _ fs.FileInfo) error {
		if err := s.verify(ctx, sum); err != nil {
			faults = append(faults, err)
		}
		return nil
	})
	return errors.Join(append(faults, err)...)
}

func (s *Store) verify(ctx context.Context, sum string) error {
	r, _, err := s.Open(ctx, sum, 0, -1)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // deleted meanwhile
	}
	if err != nil {
		return err
	}
	defer r.Close()
	if _, err = io.Copy(io.Discard, r); err != nil && !errors.Is(err, store.ErrDamaged) {
		err = fmt.Errorf("%w: blob %s: %w", store.ErrDamaged, sum, err)
	}
	return err
}
