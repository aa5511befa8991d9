package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"

	"padome/council"
	"padome/internal/tooltest"
	"padome/office"
	"padome/storage"
)

// operation is what happened to the file of the database: a write, a change of
// its size, or a sync, after which all before it is durable.
type operation struct {
	kind byte // w, t, f
	at   int64
	data []byte
}

// diary notes every operation on one file, in their order.
type diary struct {
	mu  sync.Mutex
	all []operation
}

func (d *diary) note(o operation) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = append(d.all, o)
}

func (d *diary) length() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.all)
}

// watched is a folder whose file of records is written into the diary.
type watched struct {
	*fs.LoopbackNode
	diary *diary
}

// WrapChild has what lies in the folder watched too.
func (n *watched) WrapChild(_ context.Context, ops fs.InodeEmbedder) fs.InodeEmbedder {
	return &watched{ops.(*fs.LoopbackNode), n.diary}
}

func (n *watched) path() string { return filepath.Join(n.RootData.Path, n.Path(n.Root())) }

func (n *watched) Open(_ context.Context, flags uint32) (fs.FileHandle, uint32, syscall.Errno) {
	fd, err := syscall.Open(n.path(), int(flags)&^syscall.O_APPEND, 0)
	if err != nil {
		return nil, 0, fs.ToErrno(err)
	}
	return n.handle(fd, n.path()), fuse.FOPEN_KEEP_CACHE, 0
}

func (n *watched) Create(ctx context.Context, name string, flags, mode uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	inode, h, with, errno := n.LoopbackNode.Create(ctx, name, flags, mode, out)
	if errno != 0 || name != records {
		return inode, h, with, errno
	}
	fd, err := syscall.Open(filepath.Join(n.path(), name), syscall.O_RDWR, 0)
	if err != nil {
		return nil, nil, 0, fs.ToErrno(err)
	}
	return inode, n.handle(fd, name), 0, 0
}

func (n *watched) handle(fd int, path string) fs.FileHandle {
	h := fs.NewLoopbackFile(fd)
	if filepath.Base(path) != records {
		return h
	}
	return &noted{loopback: h.(loopback), fd: fd, diary: n.diary}
}

func (n *watched) Setattr(ctx context.Context, f fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if size, ok := in.GetSize(); ok && filepath.Base(n.path()) == records {
		n.diary.note(operation{kind: 't', at: int64(size)})
	}
	return n.LoopbackNode.Setattr(ctx, nil, in, out)
}

type loopback interface {
	fs.FileReader
	fs.FileReleaser
	fs.FileGetattrer
	fs.FileFlusher
}

// noted is the open file of records.
type noted struct {
	loopback
	fd    int
	diary *diary
}

func (f *noted) Write(_ context.Context, b []byte, at int64) (uint32, syscall.Errno) {
	f.diary.note(operation{'w', at, bytes.Clone(b)})
	n, err := syscall.Pwrite(f.fd, b, at)
	return uint32(n), fs.ToErrno(err)
}

func (f *noted) Fsync(context.Context, uint32) syscall.Errno {
	f.diary.note(operation{kind: 'f'})
	return 0
}

func mount(t *testing.T) (dir string, d *diary) {
	t.Helper()
	d = &diary{}
	root := &watched{&fs.LoopbackNode{RootData: &fs.LoopbackRoot{Path: t.TempDir()}}, d}
	dir = t.TempDir()
	server, err := fs.Mount(dir, root, &fs.Options{MountOptions: fuse.MountOptions{DirectMount: true, FsName: "powerfail"}})
	if err != nil {
		tooltest.LeaveOut(t, "no file system of ours can be mounted: %v", err)
	}
	t.Cleanup(func() { // the program, whose end the test sees to, has the file open no more
		if err := server.Unmount(); err != nil {
			t.Error(errors.Join(err, syscall.Unmount(dir, syscall.MNT_DETACH)))
		}
	})
	return dir, d
}

// promised is somebody whom the program acknowledged, when the diary had so many
// operations.
type promised struct {
	surname string
	at      int
}

// TestNothingAcknowledgedIsLostWhenThePowerFails notes every write and sync of
// the program while clerks add people through HTTP, and makes images of the disk
// as a power failure leaves it: what was synced is there, of what came after any
// sector may be. From each the program starts, and has everybody who was
// acknowledged before. The control takes no notice of the syncs, as a disk that
// lies about them; there acknowledged people must be missing. Whatever an image is
// like, the program comes to an end.
func TestNothingAcknowledgedIsLostWhenThePowerFails(t *testing.T) {
	folder, d := mount(t)
	acknowledged := campaign(t, filepath.Join(folder, "data"), d)
	if len(acknowledged) < 20 {
		t.Fatalf("%d acknowledged: the campaign proves nothing", len(acknowledged))
	}
	images := rounds(t, 12)
	failed, lost := crashes(t, d.all, acknowledged, images, 0, 0.5, 0.9, 1)
	t.Logf("%d operations, %d acknowledged, %d images: %d do not open, %d have lost somebody", len(d.all), len(acknowledged), images, failed, lost)
	if failed+lost > 0 {
		t.Errorf("%d images do not open, %d have lost somebody", failed, lost)
	}
	var lying []operation
	for _, o := range d.all {
		if o.kind != 'f' {
			lying = append(lying, o)
		} else {
			lying = append(lying, operation{kind: 'n'}) // keeps the places
		}
	}
	failed, lost = crashes(t, lying, acknowledged, max(4, images/5), 0, 0.5, 0.9)
	t.Logf("of a disk that lies: %d do not open, %d have lost somebody", failed, lost)
	if failed+lost == 0 {
		t.Error("a disk that lies about its syncs loses nothing either: the images prove nothing")
	}
}

func campaign(t *testing.T, dir string, d *diary) (all []promised) {
	t.Helper()
	p := launch(t, dir)
	setUp(t, p.link)
	token := logIn(t, p.base, "ruta", "sniegota-taka-77")
	ctx, stop := context.WithTimeout(t.Context(), time.Duration(min(3000, 50*rounds(t, 12)))*time.Millisecond)
	defer stop()
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range 4 {
		c := &clerk{name: fmt.Sprintf("Egle%c", 'a'+i), token: token, base: p.base}
		wg.Go(func() {
			for n := 1; ctx.Err() == nil; n++ {
				surname := fmt.Sprintf("%s-%d", c.name, n)
				if c.add(ctx, surname) {
					at := d.length()
					mu.Lock()
					all = append(all, promised{surname, at})
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	p.kill()
	return all
}

// crashes makes images at random moments and asks of each. One of the shares
// survives of what was not synced.
func crashes(t *testing.T, ops []operation, acknowledged []promised, images int, shares ...float64) (failed, lost int) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	first := acknowledged[0].at
	for range images {
		at := first + r.IntN(len(ops)-first)
		image := disk(r, ops[:at], shares[r.IntN(len(shares))])
		var need []string
		for _, a := range acknowledged {
			if a.at <= at {
				need = append(need, a.surname)
			}
		}
		switch opens(t, image, need) {
		case imageFine:
		case imageLost:
			lost++
		default:
			failed++
		}
	}
	return failed, lost
}

// disk is what a power failure after the operations leaves: all up to the last
// sync, and any sectors of what came after it.
func disk(r *rand.Rand, ops []operation, survives float64) (image []byte) {
	last := -1
	for i, o := range ops {
		if o.kind == 'f' {
			last = i
		}
	}
	for i, o := range ops {
		if o.kind == 't' {
			if i <= last || r.Float64() < survives {
				image = resized(image, int(o.at))
			}
			continue
		}
		const sector = 512
		for s := 0; s < len(o.data); s += sector {
			if i <= last || r.Float64() < survives {
				piece := o.data[s:min(s+sector, len(o.data))]
				from := int(o.at) + s
				if end := from + len(piece); end > len(image) {
					image = resized(image, end)
				}
				copy(image[from:], piece)
			}
		}
	}
	return image
}

func resized(image []byte, size int) []byte {
	if size <= len(image) {
		return image[:size]
	}
	return append(image, make([]byte, size-len(image))...)
}

// What a process finds that opens an image; a damaged one can end the process.
const (
	imageFine = 0
	imageLost = 5
)

// opens has a process of its own open an image and look for people. It comes to
// an end by itself, whatever the image is like.
func opens(t *testing.T, image []byte, need []string) int {
	t.Helper()
	dir := t.TempDir()
	raw, err := json.Marshal(need)
	if err := errors.Join(err, os.WriteFile(filepath.Join(dir, records), image, 0o600),
		os.WriteFile(filepath.Join(dir, "need.json"), raw, 0o600)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestOneImage$")
	cmd.WaitDelay = 5 * time.Second
	cmd.Env = append(os.Environ(), "PADOME_IMAGE="+dir)
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		t.Errorf("an image keeps the program: %s", out)
	}
	if err != nil && cmd.ProcessState.ExitCode() != imageLost {
		t.Logf("an image does not open: %s", strings.TrimSpace(string(out[:min(300, len(out))])))
	}
	return cmd.ProcessState.ExitCode()
}

// TestOneImage is what opens runs.
func TestOneImage(t *testing.T) {
	dir := os.Getenv("PADOME_IMAGE")
	if dir == "" {
		return // nobody asks
	}
	db, err := storage.Open(storage.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	people, err := office.New(db, firstTenant).People(t.Context(), council.Actor{Operator: true})
	if err := errors.Join(err, db.Check(t.Context())); err != nil {
		t.Fatal(err)
	}
	var need []string
	raw, err := os.ReadFile(filepath.Join(dir, "need.json"))
	if err := errors.Join(err, json.Unmarshal(raw, &need)); err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, p := range people {
		there[p.Surname] = true
	}
	for _, s := range need {
		if !there[s] {
			os.Exit(imageLost)
		}
	}
}
