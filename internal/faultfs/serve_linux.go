package faultfs

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// Serve serves a disk when this process was started for that, and reports it
// once that has ended. A test program whose tests mount one calls it first.
func Serve() bool {
	if len(os.Args) != 4 || os.Args[1] != asked {
		return false
	}
	if err := serve(os.Args[2], os.Args[3]); err != nil {
		fmt.Println(err)
	}
	return true
}

func serve(behind, dir string) error {
	state := &state{}
	root := &node{&fs.LoopbackNode{RootData: &fs.LoopbackRoot{Path: behind}}, state}
	server, err := fs.Mount(dir, root,
		&fs.Options{MountOptions: fuse.MountOptions{DirectMount: true, FsName: "faultfs"}})
	if err != nil {
		return err
	}
	fmt.Println("mounted")
	for {
		var f Fault
		if _, err := fmt.Scanln(&f.Kind, &f.At, &f.Errno); err != nil { // whoever asks has gone
			break
		}
		fmt.Println(state.set(f))
	}
	if server.Unmount() != nil { // a test that failed may have left a file open
		return syscall.Unmount(dir, syscall.MNT_DETACH)
	}
	return nil
}

// state is the fault that is set, and the operations since.
type state struct {
	mu    sync.Mutex
	fault Fault
	count int
}

func (s *state) set(f Fault) (before int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before = s.count
	s.fault, s.count = f, 0
	return before
}

// change counts an operation that changes something, and says what comes of it:
// an error, or nothing at all although it is answered as done.
func (s *state) change(ctx context.Context) (errno syscall.Errno, lie bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	f := s.fault
	switch {
	case f.Kind == Once && s.count == f.At, f.Kind == From && s.count >= f.At:
		return f.Errno, false
	case f.Kind == Lies && s.count >= f.At:
		return 0, true
	case f.Kind == Kills && s.count >= f.At:
		if caller, ok := fuse.FromContext(ctx); ok && s.count == f.At {
			_ = syscall.Kill(int(caller.Pid), syscall.SIGKILL) // it may have ended
		}
		return syscall.EIO, false
	}
	return 0, false
}

// node is a file or folder of the disk.
type node struct {
	*fs.LoopbackNode
	state *state
}

// WrapChild makes what lies in a folder of the disk part of the disk.
func (n *node) WrapChild(_ context.Context, ops fs.InodeEmbedder) fs.InodeEmbedder {
	return &node{ops.(*fs.LoopbackNode), n.state}
}

func (n *node) behind() string { return filepath.Join(n.RootData.Path, n.Path(n.Root())) }

func (n *node) Open(ctx context.Context, flags uint32) (fs.FileHandle, uint32, syscall.Errno) {
	fd, err := syscall.Open(n.behind(), int(flags)&^syscall.O_APPEND, 0)
	if err != nil {
		return nil, 0, fs.ToErrno(err)
	}
	return n.handle(fd), 0, 0
}

func (n *node) Create(ctx context.Context, name string, flags, mode uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	if errno, _ := n.state.change(ctx); errno != 0 {
		return nil, nil, 0, errno
	}
	inode, h, with, errno := n.LoopbackNode.Create(ctx, name, flags, mode, out)
	if errno != 0 {
		return inode, h, with, errno
	}
	if r, ok := h.(fs.FileReleaser); ok {
		r.Release(ctx)
	}
	fd, err := syscall.Open(filepath.Join(n.behind(), name), int(flags)&^(syscall.O_APPEND|syscall.O_CREAT|syscall.O_EXCL|syscall.O_TRUNC), 0)
	if err != nil {
		return nil, nil, 0, fs.ToErrno(err)
	}
	return inode, n.handle(fd), 0, 0
}

func (n *node) Setattr(ctx context.Context, _ fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if size, ok := in.GetSize(); ok {
		errno, lie := n.state.change(ctx)
		if errno != 0 {
			return errno
		}
		if lie {
			errno := n.Getattr(ctx, nil, out)
			out.Size = size
			return errno
		}
	}
	return n.LoopbackNode.Setattr(ctx, nil, in, out)
}

// Fsync is of files and of folders. What was written is in the memory of the
// machine, which goes on.
func (n *node) Fsync(ctx context.Context, _ fs.FileHandle, _ uint32) syscall.Errno {
	errno, _ := n.state.change(ctx)
	return errno
}

func (n *node) Mkdir(ctx context.Context, name string, mode uint32, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	if errno, _ := n.state.change(ctx); errno != 0 {
		return nil, errno
	}
	return n.LoopbackNode.Mkdir(ctx, name, mode, out)
}

func (n *node) Unlink(ctx context.Context, name string) syscall.Errno {
	if errno, _ := n.state.change(ctx); errno != 0 {
		return errno
	}
	return n.LoopbackNode.Unlink(ctx, name)
}

func (n *node) Rename(ctx context.Context, name string, to fs.InodeEmbedder, as string, flags uint32) syscall.Errno {
	if errno, _ := n.state.change(ctx); errno != 0 {
		return errno
	}
	return n.LoopbackNode.Rename(ctx, name, to, as, flags)
}

func (n *node) Link(ctx context.Context, target fs.InodeEmbedder, name string, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	if errno, _ := n.state.change(ctx); errno != 0 {
		return nil, errno
	}
	return n.LoopbackNode.Link(ctx, target, name, out)
}

func (n *node) handle(fd int) fs.FileHandle {
	return &file{fs.NewLoopbackFile(fd).(loopback), fd, n.state}
}

type loopback interface {
	fs.FileReader
	fs.FileReleaser
	fs.FileGetattrer
	fs.FileFlusher
}

// file is an open file of the disk.
type file struct {
	loopback
	fd    int
	state *state
}

func (f *file) Write(ctx context.Context, b []byte, at int64) (uint32, syscall.Errno) {
	errno, lie := f.state.change(ctx)
	if errno != 0 {
		return 0, errno
	}
	if lie {
		return uint32(len(b)), 0
	}
	n, err := syscall.Pwrite(f.fd, b, at)
	return uint32(n), fs.ToErrno(err)
}
