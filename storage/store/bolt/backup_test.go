package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"padome/storage/store"
)

// churn updates entries all over a bucket.
func churn(t *testing.T, s *Store, updates int) {
	t.Helper()
	for i := range updates {
		_, _, err := s.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) {
			for j := range 20 {
				if err := w.Put("b", fmt.Append(nil, (i*7919+j*104729)%3000), make([]byte, 500)); err != nil {
					return nil, err
				}
			}
			return nil, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// used is how many bytes of the file hold pages.
func used(t *testing.T, s *Store) int64 {
	t.Helper()
	tx, err := s.db.Begin(false)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	return tx.Size()
}

// TestStalledReaderBlocksNobody lets somebody take for ever over what a View
// returned. The same with the transaction held open, as it would be while
// streaming from inside, makes the file grow without end.
func TestStalledReaderBlocksNobody(t *testing.T) {
	s := openNew(t, Config{})
	churn(t, s, 300) // free pages are at hand afterwards
	before := used(t, s)

	var values [][]byte
	err := s.View(t.Context(), 1, func(r store.Reader) error {
		return r.Scan("b", store.Range{}, store.MaxScan, func(_, v []byte) bool { values = append(values, v); return true })
	})
	if err != nil || len(values) == 0 {
		t.Fatalf("%d values, %v", len(values), err)
	}
	in, out := io.Pipe()
	var stalled sync.WaitGroup
	stalled.Go(func() {
		for _, v := range values {
			if _, err := out.Write(v); err != nil {
				return
			}
		}
	})
	if _, err := io.ReadFull(in, make([]byte, 100)); err != nil { // he has begun, and takes no more
		t.Fatal(err)
	}
	churn(t, s, 150)
	after := used(t, s)
	in.Close()
	stalled.Wait()
	if after > before*3/2 {
		t.Errorf("beside a stalled reader of copies the file grew from %d to %d bytes", before, after)
	}

	tx, err := s.db.Begin(false)
	if err != nil {
		t.Fatal(err)
	}
	churn(t, s, 150)
	held := used(t, s)
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if held < after*3 {
		t.Errorf("beside a transaction held open the file grew from %d to %d bytes: the test proves nothing", after, held)
	}
	t.Logf("%d bytes before, %d beside a stalled reader of copies, %d beside a transaction held open", before, after, held)
}

// TestBackupIsOneMoment backs up beside writers that keep two numbers alike.
func TestBackupIsOneMoment(t *testing.T) {
	dir := t.TempDir()
	s := openNew(t, Config{})
	churn(t, s, 300)
	var stop atomic.Bool
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for !stop.Load() {
				_, _, err := s.Update(t.Context(), 2, "", func(w store.Writer) ([]byte, error) {
					n := strconv.FormatUint(w.Seq(), 10)
					return nil, errors.Join(w.Put("one", []byte("n"), []byte(n)), w.Put("two", []byte("n"), []byte(n)))
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	var last uint64
	for i := range 5 {
		awaitWrite(t, s, last)
		path := filepath.Join(dir, fmt.Sprint(i, ".db"))
		f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.Backup(t.Context(), f), f.Close()); err != nil {
			t.Fatal(err)
		}
		last = wantMoment(t, path, last)
	}
	stop.Store(true)
	wg.Wait()
}

// awaitWrite waits until council 2 has been written to since Seq last.
func awaitWrite(t *testing.T, s *Store, last uint64) {
	t.Helper()
	for {
		seq, err := s.Seq(t.Context(), 2)
		if err != nil {
			t.Fatal(err)
		}
		if seq > last {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// wantMoment opens a copy, which must be whole, and newer than the last.
func wantMoment(t *testing.T, path string, last uint64) uint64 {
	t.Helper()
	s := openNew(t, Config{Path: path})
	seq, err := s.Seq(t.Context(), 2)
	one, errOne := get(s, 2, "one", "n")
	two, errTwo := get(s, 2, "two", "n")
	if want := strconv.FormatUint(seq, 10); one != want || two != want || seq <= last {
		t.Errorf("the copy has %s, %s and seq %d after %d, want the same, and more", one, two, seq, last)
	}
	if err := errors.Join(err, errOne, errTwo, s.Check(t.Context())); err != nil {
		t.Error(err)
	}
	put(t, s, 2, "", "b", "k", "the copy is a store like any other")
	return seq
}

// TestBackupLeavesOutTheFreelist: beside a backup every commit would write a
// longer one; afterwards it is on the disk again, so that no start has to look
// for the free pages.
func TestBackupLeavesOutTheFreelist(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	s := openNew(t, Config{Path: path})
	put(t, s, 1, "", "b", "k", "v")
	if !freelistOnDisk(t, path) {
		t.Error("before: no freelist in the file")
	}
	var once sync.Once
	err := s.Backup(t.Context(), writerFunc(func(p []byte) (int, error) {
		once.Do(func() {
			put(t, s, 1, "", "b", "k", "w")
			if freelistOnDisk(t, path) {
				t.Error("meanwhile: the freelist is written")
			}
		})
		return len(p), nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	if !freelistOnDisk(t, path) {
		t.Error("afterwards: no freelist in the file")
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// freelistOnDisk reads the newer of the two header pages of a bbolt file.
func freelistOnDisk(t *testing.T, path string) bool {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page, freelist, txid = 4096, 48, 64
	at := 0
	if binary.NativeEndian.Uint64(content[page+txid:]) > binary.NativeEndian.Uint64(content[txid:]) {
		at = page
	}
	return binary.NativeEndian.Uint64(content[at+freelist:]) != ^uint64(0)
}
