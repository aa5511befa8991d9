package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"padome/internal/faultfs"
	"padome/storage"
)

// oldData are the files of a folder that an older program has written.
func oldData(t *testing.T) faultfs.Image {
	t.Helper()
	z, err := zip.OpenReader("../../storage/testdata/schema-1.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	all := faultfs.Image{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = faultfs.File{Content: bytes.TrimRight(raw, "\x00"), Size: int64(len(raw))}
	}
	return all
}

// killedAt runs a command on a disk on which whoever asks for an operation is
// killed, 0 for none, and says how many operations there were.
func killedAt(t *testing.T, disk *faultfs.Disk, n int, args ...string) (operations int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Args[0] = "padome"
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	disk.Arm(faultfs.Fault{Kind: faultfs.Kills, At: n})
	if n == 0 {
		disk.Arm(faultfs.Fault{Kind: faultfs.None})
	}
	err := cmd.Run()
	operations = disk.Disarm()
	if killed := err != nil && err.Error() == "signal: killed"; killed != (n > 0) {
		t.Fatalf("%v, killed at %d of %d: %v: %s", args, n, operations, err, &said)
	}
	return operations
}

// moments are the operations at which a command is killed in turn, from the first
// to the last.
func moments(t *testing.T, operations int) (all []int) {
	t.Helper()
	most := min(rounds(t, 3), operations)
	for i := range most {
		all = append(all, 1+i*(operations-1)/(most-1))
	}
	return all
}

// TestAMigrationThatIsKilledLeavesOldOrNewRecords kills the program while it
// brings records of the oldest schema up. What is left is opened as it is by the
// next start, which goes on; what was kept beside the records is sound, or has
// not its name. The control: half of the file that was being made is refused.
func TestAMigrationThatIsKilledLeavesOldOrNewRecords(t *testing.T) {
	disk, old := faultfs.Mount(t), oldData(t)
	dir, behind := disk.Folder()
	old.Write(t, behind)
	all := killedAt(t, disk, 0, "migrate", "--dir", dir)
	whole := onlyCopy(t, behind)
	times, kept := moments(t, all), 0
	for _, n := range times {
		dir, behind := disk.Folder()
		old.Write(t, behind)
		killedAt(t, disk, n, "migrate", "--dir", dir)
		copies, err := filepath.Glob(filepath.Join(behind, "padome-before-*.db"))
		if err != nil || len(copies) > 1 {
			t.Fatalf("killed at %d: %v, %v", n, copies, err)
		}
		for _, c := range copies {
			kept++
			if err := storage.CheckFile(t.Context(), c); err != nil {
				t.Errorf("killed at %d, what was kept: %v", n, err)
			}
		}
		sound(t, behind, fmt.Sprintf("killed at %d", n))
		os.RemoveAll(behind)
	}
	t.Logf("%d operations; killed %d times; %d times the records had been kept before", all, len(times), kept)
	if kept == 0 || kept == len(times) {
		t.Error("it was never killed before the records were kept, or never after")
	}
	half := filepath.Join(t.TempDir(), "half.db")
	if err := os.WriteFile(half, whole[:len(whole)/64], 0o600); err != nil {
		t.Fatal(err)
	}
	if storage.CheckFile(t.Context(), half) == nil {
		t.Error("a part of the records is taken for all")
	}
}

// onlyCopy is what was kept before a migration.
func onlyCopy(t *testing.T, dir string) []byte {
	t.Helper()
	copies, err := filepath.Glob(filepath.Join(dir, "padome-before-*.db"))
	if err != nil || len(copies) != 1 {
		t.Fatalf("%v, %v", copies, err)
	}
	raw, err := os.ReadFile(copies[0])
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// sound opens a folder, as the next start does, and checks all of it.
func sound(t *testing.T, dir, what string) {
	t.Helper()
	db, err := storage.Open(storage.Config{Dir: dir})
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if err := db.Check(context.Background()); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

// TestABackupThatIsKilledIsNone kills the program while it makes a backup, in a
// folder on the same disk. A file by the backup's name is whole and is restored;
// else there is none, whatever else was left, and the data are as before. The
// control: what was left half written is refused.
func TestABackupThatIsKilledIsNone(t *testing.T) {
	disk := faultfs.Mount(t)
	data := filepath.Join(t.TempDir(), "data")
	oldData(t).Write(t, data)
	sound(t, data, "before")
	backups, behind := disk.Folder()
	all := killedAt(t, disk, 0, "backup", filepath.Join(backups, "whole.zip"), "--dir", data)
	if _, err := storage.RestoreBackup(t.Context(), filepath.Join(behind, "whole.zip"), t.TempDir()); err != nil {
		t.Fatal(err)
	}
	times, whole, refused := moments(t, all), 0, 0
	for _, n := range times {
		backups, behind := disk.Folder()
		killedAt(t, disk, n, "backup", filepath.Join(backups, "b.zip"), "--dir", data)
		left, err := os.ReadDir(behind)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range left {
			if e.IsDir() {
				continue
			}
			_, err := storage.RestoreBackup(t.Context(), filepath.Join(behind, e.Name()), t.TempDir())
			switch named := e.Name() == "b.zip"; {
			case named && err != nil:
				t.Errorf("killed at %d, a backup: %v", n, err)
			case named:
				whole++
			case strings.HasPrefix(e.Name(), ".backup-") && err != nil:
				refused++
			}
		}
		os.RemoveAll(behind)
	}
	sound(t, data, "afterwards")
	t.Logf("%d operations; killed %d times: %d times the backup was whole all the same, %d files half written were refused", all, len(times), whole, refused)
	if whole == 0 || whole == len(times) {
		t.Error("it was never killed before the backup had its name, or never after")
	}
	raw, err := os.ReadFile(filepath.Join(behind, "whole.zip"))
	half := filepath.Join(t.TempDir(), "half.zip")
	if err != nil || os.WriteFile(half, raw[:len(raw)/2], 0o600) != nil {
		t.Fatal(err)
	}
	if _, err := storage.RestoreBackup(t.Context(), half, t.TempDir()); err == nil {
		t.Error("half a backup is taken for one")
	}
}
