package disk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMakeDir(t *testing.T) {
	base := t.TempDir()
	deep := filepath.Join(base, "a", "b", "c")
	for range 2 { // the second time it is there
		if err := MakeDir(deep); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{deep, filepath.Dir(deep)} {
		if info, err := os.Stat(dir); err != nil || info.Mode() != os.ModeDir|0o700 {
			t.Errorf("%s: %v, %v, want a directory for its owner alone", dir, info, err)
		}
	}
	file := filepath.Join(base, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below")} {
		if err := MakeDir(dir); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: got error %v, want one that names the file", dir, err)
		}
	}
}

func TestSyncDirOfNothing(t *testing.T) {
	if err := SyncDir(filepath.Join(t.TempDir(), "absent")); err == nil {
		t.Error("synced a directory that is not there")
	}
}
