package keyring

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"padome/internal/ledger"
)

func made(t *testing.T) *Ring {
	t.Helper()
	r, err := Make(filepath.Join(t.TempDir(), "made", "ledger.key"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func again(t *testing.T, r *Ring) *Ring {
	t.Helper()
	r, err := Open(r.Path())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAKeyIsForItsOwnerAloneAndStays(t *testing.T) {
	r := made(t)
	info, err := os.Stat(r.Path())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
	if !bytes.Equal(again(t, r).Key().Public(), r.Key().Public()) {
		t.Error("another key after opening again")
	}
	if _, err := Make(r.Path(), rand.Reader); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a key is made in place of one: %v", err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "x")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestAFileWithoutAKeyIsRefused(t *testing.T) {
	for _, s := range []string{"", "key\n", "key x\n", "next AAAA\n"} {
		path := filepath.Join(t.TempDir(), "k")
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); !errors.Is(err, ErrForm) {
			t.Errorf("%q: got %v", s, err)
		}
	}
	r := made(t)
	if err := os.WriteFile(r.Path()+marksName, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(r.Path()); !errors.Is(err, ErrForm) {
		t.Errorf("checkpoints: got %v", err)
	}
}

// TestAPreparedKeyIsNotLost ends the program at each step of a rotation.
func TestAPreparedKeyIsNotLost(t *testing.T) {
	next, err := ledger.MakeKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, named := range map[string]bool{"named in the ledger": true, "not named": false} {
		t.Run(name, func(t *testing.T) {
			r := made(t)
			was := r.Key()
			if err := r.Prepare(next); err != nil {
				t.Fatal(err)
			}
			r = again(t, r)
			want, says := was, was.Public()
			if named {
				want, says = next, next.Public()
			}
			if !bytes.Equal(r.Key().Public(), was.Public()) {
				t.Error("the prepared key signs already")
			}
			if err := r.Settle(says); err != nil {
				t.Fatal(err)
			}
			if r = again(t, r); !bytes.Equal(r.Key().Public(), want.Public()) || !r.next.IsZero() {
				t.Error("the key that signs is another one")
			}
		})
	}
}

func TestTheLastCheckpointStays(t *testing.T) {
	r := made(t)
	if r.Mark("1") != nil {
		t.Error("a checkpoint before any")
	}
	for _, m := range []string{"a", "b", "b"} {
		if err := r.SetMark("1", []byte(m)); err != nil {
			t.Fatal(err)
		}
	}
	if r = again(t, r); string(r.Mark("1")) != "b" || r.Mark("2") != nil {
		t.Errorf("got %q and %q", r.Mark("1"), r.Mark("2"))
	}
}
