package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"padome/internal/tooltest"
)

// TestRootWorksAsTheUserWhomTheDataBelongTo adds an account as root to data of
// another user. Nothing in them is root's afterwards; and a file that only root
// may write to cannot be made by way of them, which it can with data of its own.
func TestRootWorksAsTheUserWhomTheDataBelongTo(t *testing.T) {
	if os.Geteuid() != 0 {
		tooltest.LeaveOut(t, "only root works in the files of others")
	}
	home, err := os.MkdirTemp("", "padome-owner-*") // t.TempDir lets nobody else in
	if err == nil {
		t.Cleanup(func() { os.RemoveAll(home) })
		err = os.Chmod(home, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	data, rootOnly := filepath.Join(home, "data"), filepath.Join(home, "root-only")
	served(t, data)
	if err := os.Mkdir(rootOnly, 0o755); err != nil {
		t.Fatal(err)
	}
	backUp := func(name string) (string, error) {
		cmd := exec.Command(os.Args[0], "backup", filepath.Join(rootOnly, name), "--dir", data, "--lang", "en")
		cmd.Args[0] = "padome"
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if said, err := backUp("own.zip"); err != nil || strings.Contains(said, "works as the user") {
		t.Fatalf("with data of root: %v %s", err, said)
	}
	for _, top := range []string{data, data + "-ledger"} {
		err = errors.Join(err, filepath.WalkDir(top, func(path string, _ fs.DirEntry, err error) error {
			return errors.Join(err, os.Chown(path, 4711, 4712))
		}))
	}
	if err != nil {
		t.Fatal(err)
	}
	add := exec.Command(os.Args[0], "user", "add", "ilze", "--dir", data, "--given", "Ilze", "--surname", "Kalniņa", "--gender", "f",
		"--role", "secretariat", "--side", "state", "--lang", "en")
	add.Args[0] = "padome"
	if out, err := add.CombinedOutput(); err != nil || !strings.Contains(string(out), "works as the user uid 4711") {
		t.Errorf("%v %s", err, out)
	}
	err = filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && (info.Sys().(*syscall.Stat_t).Uid != 4711 || info.Sys().(*syscall.Stat_t).Gid != 4712) {
			t.Errorf("%s is no longer of the user whom the data belong to", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if said, err := backUp("another.zip"); err == nil {
		t.Errorf("where only root may write: %s", said)
	}
}
