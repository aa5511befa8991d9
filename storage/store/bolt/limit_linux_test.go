package bolt

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"

	"padome/storage/store"
)

func init() { children["limit"] = openInLittleSpace }

func TestOpenInLittleAddressSpace(t *testing.T) {
	out, err := child(t, "limit", filepath.Join(t.TempDir(), "store.db")).CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// openInLittleSpace opens a file where the process may not map all that the
// engine would like to.
func openInLittleSpace(path string) error {
	limit := syscall.Rlimit{Cur: mapping / 2, Max: mapping / 2}
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &limit); err != nil {
		return err
	}
	if b, err := syscall.Mmap(-1, 0, mapping, syscall.PROT_NONE, syscall.MAP_ANON|syscall.MAP_PRIVATE); err == nil {
		return fmt.Errorf("the limit does not hold: %d bytes mapped", len(b))
	}
	s, err := Open(Config{Path: path})
	if err != nil {
		return err
	}
	_, _, err = s.Update(context.Background(), 1, "", func(w store.Writer) ([]byte, error) {
		return nil, w.Put("b", []byte("k"), make([]byte, store.MaxValue))
	})
	return errors.Join(err, s.Check(context.Background()), s.Close())
}
