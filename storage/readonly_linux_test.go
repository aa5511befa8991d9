package storage

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/tooltest"
)

// sealed shows a folder once more, where nobody may write.
func sealed(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	err := syscall.Mount(dir, to, "", syscall.MS_BIND, "")
	if err == nil {
		t.Cleanup(func() {
			if err := syscall.Unmount(to, syscall.MNT_DETACH); err != nil {
				t.Error(err)
			}
		})
		err = syscall.Mount("", to, "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, "")
	}
	if errors.Is(err, syscall.EPERM) {
		tooltest.LeaveOut(t, "nothing may be mounted here")
	}
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// TestADiskThatMayOnlyBeReadIsRead starts on a disk that was mounted for reading
// alone: everything is read and checked, every change is refused, and nothing
// stops. The control is the same folder where it may be written to.
func TestADiskThatMayOnlyBeReadIsRead(t *testing.T) {
	dir := t.TempDir()
	db, err := Open(Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	addSession(t, db.Council(1), session("s", "2024-01-31"))
	sum, _, err := db.PutBlob(t.Context(), strings.NewReader("a file"), 10)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, recordsFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		folder string
		sealed bool
	}{{sealed(t, dir), true}, {dir, false}} {
		db, err := Open(Config{Dir: tt.folder})
		if err != nil {
			t.Fatal(err)
		}
		if got := see(t, db.Council(1), func(v *View) (council.Session, error) { return v.Session("s") }); got.Place != "Rīga" {
			t.Errorf("read %+v", got)
		}
		if r, _, err := db.OpenBlob(t.Context(), sum, 0, -1); err != nil {
			t.Error(err)
		} else if err := r.Close(); err != nil {
			t.Error(err)
		}
		change := try(t, db.Council(1), "test", func(*Tx) error { return nil })
		_, _, put := db.PutBlob(t.Context(), strings.NewReader("another"), 10)
		login := db.Installation().EndLogin(t.Context(), "none")
		for _, err := range []error{change, put, login} {
			if !tt.sealed {
				if err != nil {
					t.Errorf("where it may be written to: %v", err)
				}
			} else if e := wantKind(t, err, problem.Unavailable); e.Key != "problem.storage.readonly" {
				t.Errorf("got %v", err)
			}
		}
		select {
		case <-db.Failed():
			t.Error("a refused change stops the database")
		default:
		}
		if err := errors.Join(db.Check(t.Context()), db.Close()); err != nil {
			t.Error(err)
		}
		after, err := os.ReadFile(filepath.Join(dir, recordsFile))
		if same := string(after) == string(before); err != nil || same != tt.sealed {
			t.Errorf("sealed %v, the file is as before %v, %v", tt.sealed, same, err)
		}
	}
}
