package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"padome/storage/store"
)

// RunBlobs runs the suite for files on a blob store. open opens that of a test,
// empty the first time; called again in the same test, it opens the same blobs.
// Each test ends with a Check.
func RunBlobs(t *testing.T, open func(t *testing.T) store.BlobStore) {
	for _, c := range []struct {
		name string
		test func(*blobRun)
	}{
		{"a blob comes back byte by byte", blobBytes},
		{"the same content is one blob", blobTwice},
		{"a blob over the limit is refused", blobLimit},
		{"an interrupted upload leaves nothing", blobInterrupted},
		{"a part is read alone", blobParts},
		{"only names of blobs are looked for", blobNames},
		{"a deleted blob is gone", blobDelete},
		{"blobs are listed in the order of their names", blobList},
		{"what nobody wants is swept when it is old", blobSweep},
		{"a blob put again is not swept", blobSweepRace},
		{"blobs are put at once", blobsAtOnce},
		{"a context that has ended stops everything", blobCancelled},
		{"blobs are there after opening again", blobReopened},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &blobRun{T: t, BlobStore: open(t), open: open}
			c.test(r)
			if err := r.Check(t.Context()); err != nil {
				t.Errorf("check at the end: %v", err)
			}
		})
	}
}

// blobRun is one test on one opened blob store.
type blobRun struct {
	*testing.T
	store.BlobStore
	open func(t *testing.T) store.BlobStore
}

func sumOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func (r *blobRun) put(content []byte) string {
	r.Helper()
	sum, size, err := r.Put(r.Context(), bytes.NewReader(content), int64(len(content)))
	if want := sumOf(content); sum != want || size != int64(len(content)) || err != nil {
		r.Fatalf("put %d bytes: got %s, %d, %v, want %s", len(content), sum, size, err, want)
	}
	return sum
}

// read reads a part of a blob to its end.
func (r *blobRun) read(sum string, offset, length int64) (content []byte, size int64, err error) {
	rc, size, err := r.Open(r.Context(), sum, offset, length)
	if err != nil {
		return nil, 0, err
	}
	content, err = io.ReadAll(rc)
	return content, size, errors.Join(err, rc.Close())
}

func (r *blobRun) wantBlob(want []byte) {
	r.Helper()
	got, size, err := r.read(sumOf(want), 0, -1)
	if !bytes.Equal(got, want) || size != int64(len(want)) || err != nil {
		r.Errorf("got %d bytes of %d, %v, want %d as they were put", len(got), size, err, len(want))
	}
}

// wantList expects these blobs and no others.
func (r *blobRun) wantList(contents ...[]byte) {
	r.Helper()
	var got, want []string
	err := r.List(r.Context(), func(sum string, size int64) bool {
		got = append(got, fmt.Sprint(sum, " ", size))
		return true
	})
	for _, c := range contents {
		want = append(want, fmt.Sprint(sumOf(c), " ", len(c)))
	}
	slices.Sort(want)
	if diff := cmp.Diff(got, want); diff != "" || err != nil {
		r.Errorf("list: %v (-got +want)\n%s", err, diff)
	}
}

func blobBytes(r *blobRun) {
	random := rand.NewChaCha8([32]byte{1})
	for _, size := range []int{0, 1, 4095, 64 << 10, 64<<10 + 1, 25 << 20} {
		content := make([]byte, size)
		random.Read(content)
		r.put(content)
		r.wantBlob(content)
	}
	sum, _, err := r.Put(r.Context(), bytes.NewReader(nil), 0)
	if sum != sumOf(nil) || err != nil {
		r.Errorf("nothing, at a limit of nothing: got %s, %v", sum, err)
	}
}

func blobTwice(r *blobRun) {
	a, b := []byte("content"), []byte("other content")
	r.put(a)
	r.put(b)
	r.put(a)
	r.wantBlob(a)
	r.wantList(a, b)
}

func blobLimit(r *blobRun) {
	for _, most := range []int64{9, 0, -1} {
		_, _, err := r.Put(r.Context(), strings.NewReader("ten bytes!"), most)
		if !errors.Is(err, store.ErrTooLarge) {
			r.Errorf("limit %d: got error %v, want %v", most, err, store.ErrTooLarge)
		}
	}
	endless := readerFunc(func(p []byte) (int, error) { return len(p), nil })
	if _, _, err := r.Put(r.Context(), endless, 1<<20); !errors.Is(err, store.ErrTooLarge) {
		r.Errorf("endless: got error %v, want %v", err, store.ErrTooLarge)
	}
	r.wantList()
	r.put([]byte("ten bytes!"))
	r.wantList([]byte("ten bytes!"))
}

// readerFunc reads by a function.
type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func blobInterrupted(r *blobRun) {
	kept := []byte("kept")
	r.put(kept)
	broken := io.MultiReader(bytes.NewReader(make([]byte, 300<<10)), readerFunc(func([]byte) (int, error) { return 0, errBoom }))
	if _, _, err := r.Put(r.Context(), broken, 1<<30); !errors.Is(err, errBoom) {
		r.Errorf("broken off: got error %v, want %v", err, errBoom)
	}
	halting := readerFunc(func(p []byte) (int, error) { return copy(p, "some"), io.ErrUnexpectedEOF })
	if _, _, err := r.Put(r.Context(), halting, 1<<30); !errors.Is(err, io.ErrUnexpectedEOF) {
		r.Errorf("bytes and an error at once: got error %v, want %v", err, io.ErrUnexpectedEOF)
	}
	ctx, cancel := context.WithCancel(r.Context())
	endless := readerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
	if _, _, err := r.Put(ctx, endless, 1<<40); !errors.Is(err, context.Canceled) {
		r.Errorf("cancelled: got error %v, want %v", err, context.Canceled)
	}
	func() {
		defer func() { _ = recover() }()
		r.Put(r.Context(), readerFunc(func(p []byte) (int, error) { panic("boom") }), 1<<30)
	}()
	r.wantList(kept)
	last := io.MultiReader(strings.NewReader("whole"), readerFunc(func(p []byte) (int, error) { return copy(p, " content"), io.EOF }))
	if sum, _, err := r.Put(r.Context(), last, 100); sum != sumOf([]byte("whole content")) || err != nil {
		r.Errorf("bytes and the end at once: got %s, %v", sum, err)
	}
}

func blobParts(r *blobRun) {
	content := []byte("0123456789")
	sum := r.put(content)
	for _, test := range []struct {
		offset, length int64
		want           string
	}{
		{0, -1, "0123456789"}, {0, 10, "0123456789"}, {0, 99, "0123456789"}, {0, 1, "0"}, {0, 0, ""},
		{3, 4, "3456"}, {3, -1, "3456789"}, {9, 5, "9"}, {10, -1, ""}, {10, 1, ""},
	} {
		got, size, err := r.read(sum, test.offset, test.length)
		if string(got) != test.want || size != 10 || err != nil {
			r.Errorf("%d bytes from %d: got %q of %d, %v, want %q of 10", test.length, test.offset, got, size, err, test.want)
		}
	}
	for _, offset := range []int64{-1, 11, 1 << 40} {
		if _, _, err := r.read(sum, offset, 1); !errors.Is(err, store.ErrRange) {
			r.Errorf("from %d: got error %v, want %v", offset, err, store.ErrRange)
		}
	}
	r.put(nil)
	if got, size, err := r.read(sumOf(nil), 0, -1); len(got) != 0 || size != 0 || err != nil {
		r.Errorf("an empty blob: got %q of %d, %v", got, size, err)
	}
}

func blobNames(r *blobRun) {
	sum := r.put([]byte("content"))
	bad := []string{
		"", "x", "..", "../../etc/passwd", "/etc/passwd", sum[:63], sum + "0", strings.ToUpper(sum), sum[:63] + "g",
		"../" + sum[:61], sum[:62] + "/.", strings.Repeat("../", 21) + "x", sum[:63] + "\x00", strings.Repeat("ā", 32), " " + sum[1:],
	}
	for _, name := range bad {
		_, _, err := r.read(name, 0, -1)
		errDelete := r.Delete(r.Context(), name)
		if !errors.Is(err, store.ErrSum) || !errors.Is(errDelete, store.ErrSum) {
			r.Errorf("%q: got errors %v and %v, want %v", name, err, errDelete, store.ErrSum)
		}
	}
	for _, name := range []string{sumOf([]byte("absent")), bad[3]} {
		if _, _, err := r.read(name, 0, -1); !errors.Is(err, fs.ErrNotExist) {
			r.Errorf("%q: got error %v, want %v", name, err, fs.ErrNotExist)
		}
	}
	r.wantBlob([]byte("content"))
}

func blobDelete(r *blobRun) {
	a, b := []byte("a"), []byte("b")
	r.put(b)
	for range 2 { // deleting what is gone changes nothing; it can be put again
		r.put(a)
		for range 2 {
			if err := r.Delete(r.Context(), sumOf(a)); err != nil {
				r.Error(err)
			}
		}
		if _, _, err := r.read(sumOf(a), 0, -1); !errors.Is(err, fs.ErrNotExist) {
			r.Errorf("got error %v, want %v", err, fs.ErrNotExist)
		}
		r.wantList(b)
	}
}

func blobList(r *blobRun) {
	var contents [][]byte
	for i := range 40 {
		contents = append(contents, bytes.Repeat([]byte{byte(i)}, i))
		r.put(contents[i])
	}
	r.wantList(contents...)
	seen := 0
	if err := r.List(r.Context(), func(string, int64) bool { seen++; return seen < 5 }); seen != 5 || err != nil {
		r.Errorf("told to end at 5: saw %d, %v", seen, err)
	}
}

func blobSweep(r *blobRun) {
	wanted, unwanted := []byte("wanted"), []byte("unwanted")
	r.put(wanted)
	r.put(unwanted)
	keep := func(sum string) (bool, error) { return sum == sumOf(wanted), nil }
	sweep := func(before time.Time, want int) {
		r.Helper()
		if got, err := r.Sweep(r.Context(), before, keep); got != want || err != nil {
			r.Errorf("swept %d, %v, want %d", got, err, want)
		}
	}
	sweep(time.Now().Add(-time.Hour), 0)
	r.wantList(wanted, unwanted)
	_, err := r.Sweep(r.Context(), time.Now().Add(time.Hour), func(string) (bool, error) { return false, errBoom })
	if !errors.Is(err, errBoom) {
		r.Errorf("somebody who cannot tell: got error %v, want %v", err, errBoom)
	}
	r.wantList(wanted, unwanted)
	sweep(time.Now().Add(time.Hour), 1)
	sweep(time.Now().Add(time.Hour), 0)
	r.wantList(wanted)
}

// blobSweepRace puts a blob again after somebody has said that it is not wanted.
func blobSweepRace(r *blobRun) {
	content := []byte("content")
	r.put(content)
	time.Sleep(moment)
	before := time.Now()
	time.Sleep(moment)
	asked := 0
	got, err := r.Sweep(r.Context(), before, func(string) (bool, error) {
		asked++
		r.put(content)
		return false, nil
	})
	if asked != 1 || got != 0 || err != nil {
		r.Errorf("asked %d times, swept %d, %v, want to be asked once and nothing swept", asked, got, err)
	}
	r.wantBlob(content)
}

func blobsAtOnce(r *blobRun) {
	var contents [][]byte
	for i := range 12 {
		contents = append(contents, bytes.Repeat([]byte{byte(i)}, 1000*i))
	}
	var wg sync.WaitGroup
	for g := range 48 {
		wg.Go(func() {
			content := contents[g%len(contents)]
			if _, _, err := r.Put(r.Context(), bytes.NewReader(content), 1<<20); err != nil {
				r.Error(err)
			}
			r.wantBlob(content)
		})
	}
	wg.Wait()
	r.wantList(contents...)
}

func blobCancelled(r *blobRun) {
	sum := r.put([]byte("content"))
	ctx, cancel := context.WithCancel(r.Context())
	cancel()
	_, _, err := r.Put(ctx, strings.NewReader("more"), 100)
	_, _, errOpen := r.Open(ctx, sum, 0, -1)
	_, errSweep := r.Sweep(ctx, time.Now().Add(time.Hour), func(string) (bool, error) { return false, nil })
	for what, err := range map[string]error{
		"put": err, "open": errOpen, "sweep": errSweep,
		"delete": r.Delete(ctx, sum),
		"list":   r.List(ctx, func(string, int64) bool { r.Error("listed"); return true }),
		"check":  r.Check(ctx),
	} {
		if !errors.Is(err, context.Canceled) {
			r.Errorf("%s: got error %v, want %v", what, err, context.Canceled)
		}
	}
	r.wantList([]byte("content"))
}

func blobReopened(r *blobRun) {
	content := bytes.Repeat([]byte("content"), 1000)
	r.put(content)
	r.BlobStore = r.open(r.T)
	r.wantBlob(content)
	r.wantList(content)
}
