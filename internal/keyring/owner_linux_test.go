package keyring

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"padome/internal/tooltest"
)

// TestRootLeavesTheServiceItsFiles notes a checkpoint as root in files of another.
func TestRootLeavesTheServiceItsFiles(t *testing.T) {
	if os.Geteuid() != 0 {
		tooltest.LeaveOut(t, "only root works in the files of others")
	}
	path := filepath.Join(t.TempDir(), "signing.key")
	r, err := Make(path, rand.Reader)
	if err == nil {
		err = r.SetMark("1", []byte("first"))
	}
	if err != nil {
		t.Fatal(err)
	}
	marks := path + marksName
	if err := os.Chown(marks, 4711, 4712); err != nil {
		t.Fatal(err)
	}
	if err := r.SetMark("1", []byte("second")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(marks)
	if err != nil {
		t.Fatal(err)
	}
	if s := info.Sys().(*syscall.Stat_t); s.Uid != 4711 || s.Gid != 4712 {
		t.Errorf("the file is %d:%d's, want 4711:4712", s.Uid, s.Gid)
	}
}
