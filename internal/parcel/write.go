package parcel

import (
	"archive/zip"
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"padome/internal/problem"
)

// Writer makes a parcel. It has its name only once Finish has put everything in
// place; whoever ends before that leaves nothing.
type Writer struct {
	path  string
	own   string // the folder beside it in which it is made
	spool *os.File
	into  target
	files []File
}

// target is what a parcel is made into. Files come in the order of their names.
type target interface {
	put(f File, crc uint32, r io.Reader) error
	end() error
}

// Create begins a parcel: a ZIP file where the path ends in .zip, else a folder.
// It fails with os.ErrExist when there is something of that name. Whoever called
// it calls Close in the end, whatever came of it.
func Create(path string) (*Writer, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, fmt.Errorf("%s: %w", path, os.ErrExist)
	}
	own, err := os.MkdirTemp(filepath.Dir(path), ".export-*")
	if err != nil {
		return nil, err
	}
	w := &Writer{path: path, own: own}
	if w.spool, err = os.OpenFile(filepath.Join(own, "spool"), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600); err != nil {
		return nil, errors.Join(err, os.RemoveAll(own))
	}
	if w.into, err = w.target(); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// made is where the parcel lies until it is complete.
func (w *Writer) made() string { return filepath.Join(w.own, "parcel") }

func (w *Writer) target() (target, error) {
	if !strings.EqualFold(filepath.Ext(w.path), ".zip") {
		return folder(w.made()), os.Mkdir(w.made(), 0o700)
	}
	f, err := os.OpenFile(w.made(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return &zipped{f, zip.NewWriter(f)}, nil
}

// Add adds a file that fill writes, behind those added before.
func (w *Writer) Add(name string, fill func(io.Writer) error) (File, error) {
	if err := checkName(name); err != nil {
		return File{}, err
	}
	if n := len(w.files); n > 0 && name <= w.files[n-1].Name {
		return File{}, fmt.Errorf("parcel: %s comes behind %s", name, w.files[n-1].Name)
	}
	if _, err := w.spool.Seek(0, io.SeekStart); err != nil {
		return File{}, err
	}
	if err := w.spool.Truncate(0); err != nil {
		return File{}, err
	}
	sum, crc, buffer := sha256.New(), crc32.NewIEEE(), bufio.NewWriterSize(w.spool, 64<<10)
	if err := errors.Join(fill(io.MultiWriter(buffer, sum, crc)), buffer.Flush()); err != nil {
		return File{}, err
	}
	size, err := w.spool.Seek(0, io.SeekCurrent)
	if err == nil {
		_, err = w.spool.Seek(0, io.SeekStart)
	}
	f := File{name, size, hex.EncodeToString(sum.Sum(nil))}
	w.files = append(w.files, f)
	if err == nil {
		err = w.into.put(f, crc.Sum32(), w.spool)
	}
	return f, err
}

// Finish adds the list and gives the parcel its name.
func (w *Writer) Finish(list []byte) error {
	_, err := w.Add(List, func(to io.Writer) error {
		_, err := to.Write(list)
		return err
	})
	if err = errors.Join(err, w.into.end()); err != nil {
		return err
	}
	if _, err := os.Lstat(w.path); err == nil {
		return fmt.Errorf("%s: %w", w.path, os.ErrExist)
	}
	if err := os.Rename(w.made(), w.path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(w.path))
}

// syncFolder makes the names in a folder last.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Close removes what is left of the making.
func (w *Writer) Close() error { return errors.Join(w.spool.Close(), os.RemoveAll(w.own)) }

// folder is a parcel that is a folder.
type folder string

func (d folder) put(f File, _ uint32, r io.Reader) error {
	path := filepath.Join(string(d), filepath.FromSlash(f.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	to, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, r)
	return errors.Join(err, to.Sync(), to.Close())
}

func (d folder) end() error { return nil }

// zipped is a parcel that is a ZIP file. Its files are stored as they are, so that
// its bytes depend on no way of packing, and every one has the same day.
type zipped struct {
	file *os.File
	zip  *zip.Writer
}

// firstDay is 1 January 1980, the first that a ZIP file can say.
const firstDay = 1<<5 | 1

func (z *zipped) put(f File, crc uint32, r io.Reader) error {
	if f.Size >= math.MaxUint32 {
		return problem.New(problem.TooLarge, "problem.parcel.zip", "name", f.Name)
	}
	//lint:ignore SA1019 of a header that is written raw no other date goes out
	h := zip.FileHeader{Name: f.Name, Method: zip.Store, ModifiedDate: firstDay,
		CRC32: crc, CompressedSize64: uint64(f.Size), UncompressedSize64: uint64(f.Size)}
	h.SetMode(0o600)
	to, err := z.zip.CreateRaw(&h)
	if err == nil {
		_, err = io.Copy(to, r)
	}
	return err
}

func (z *zipped) end() error {
	return errors.Join(z.zip.Close(), z.file.Sync(), z.file.Close())
}
