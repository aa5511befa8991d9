// Package faultfs is a disk for tests that fails when it is told to: a file
// system that shows a folder, and on which one operation fails, or all from one
// on.
//
// A process of its own serves it. A program that maps a file of a file system
// that it serves itself waits for itself for ever once a page has to be read
// while its threads are stopped.
package faultfs

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"padome/internal/tooltest"
)

// Kind is what happens to an operation that changes something.
type Kind string

const (
	None  Kind = "none"
	Once  Kind = "once"  // the one fails, and nothing else
	From  Kind = "from"  // it and all after it fail
	Lies  Kind = "lies"  // from it on what is written is answered as done, and is not
	Kills Kind = "kills" // whoever asks for it is killed, and it is not done
)

// Fault is what is to happen, and to which operation: the first is 1.
type Fault struct {
	Kind  Kind
	At    int
	Errno syscall.Errno // of Once and From
}

func (f Fault) String() string {
	if f.Errno == 0 {
		return fmt.Sprintf("%s %d", f.Kind, f.At)
	}
	return fmt.Sprintf("%s %d: %v", f.Kind, f.At, f.Errno)
}

// Disk is a mounted file system.
type Disk struct {
	Dir    string // where it is mounted
	Behind string // the folder that it shows, on which nothing fails

	t       testing.TB
	in      io.WriteCloser
	out     *bufio.Reader
	folders int
}

// asked is the first argument of a process that is to serve.
const asked = "-faultfs"

// Mount mounts a disk until the test ends. Where none can be mounted the test is
// left out; under CI that is a failure.
func Mount(t testing.TB) *Disk {
	t.Helper()
	d := &Disk{Dir: t.TempDir(), Behind: t.TempDir(), t: t}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, asked, d.Behind, d.Dir)
	cmd.Stderr = os.Stderr
	if d.in, err = cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // before the folders are removed
		d.in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the process of the disk: %v", err)
		}
	})
	d.out = bufio.NewReader(out)
	if line, err := d.out.ReadString('\n'); line != "mounted\n" {
		tooltest.LeaveOut(t, "no disk that fails can be mounted: %q, %v", line, err)
	}
	return d
}

// Folder is a new folder on the disk, and the same behind it.
func (d *Disk) Folder() (dir, behind string) {
	d.t.Helper()
	d.folders++
	name := fmt.Sprint(d.folders)
	behind = filepath.Join(d.Behind, name)
	if err := os.Mkdir(behind, 0o700); err != nil {
		d.t.Fatal(err)
	}
	return filepath.Join(d.Dir, name), behind
}

// Arm sets the fault for what comes now, and counts anew.
func (d *Disk) Arm(f Fault) {
	d.t.Helper()
	d.ask(fmt.Sprintf("%s %d %d", f.Kind, f.At, f.Errno))
}

// Disarm ends the fault and says how many operations there were since Arm.
func (d *Disk) Disarm() (operations int) {
	d.t.Helper()
	return d.ask("none 0 0")
}

func (d *Disk) ask(line string) (operations int) {
	d.t.Helper()
	_, err := fmt.Fprintln(d.in, line)
	if err == nil {
		_, err = fmt.Fscanln(d.out, &operations)
	}
	if err != nil {
		d.t.Fatalf("the process of the disk does not answer: %v", err)
	}
	return operations
}

// Image is what a folder holds: by its path in it each file, without the zeros
// at its end, and its length.
type Image map[string]File

// File is one file of an Image.
type File struct {
	Content []byte
	Size    int64
}

// ImageOf reads a folder.
func ImageOf(t testing.TB, dir string) Image {
	t.Helper()
	all := Image{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		all[rel] = File{[]byte(strings.TrimRight(string(raw), "\x00")), int64(len(raw))}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Write puts an image into a folder.
func (m Image) Write(t testing.TB, dir string) {
	t.Helper()
	for name, f := range m {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Content, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, f.Size); err != nil {
			t.Fatal(err)
		}
	}
}
