package parcel

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// Reader reads a parcel that somebody hands to us. Nothing of it is believed that
// its list does not say too.
type Reader struct {
	sizes map[string]int64
	open  func(name string) (io.ReadCloser, error)
	close func() error
}

// Open looks at a folder or a ZIP file: which files it has, and how long they are.
// It refuses what no parcel has: names that lead elsewhere, files that are none,
// in a ZIP file packed ones, two of one name, and more bytes than the file has.
func Open(path string) (*Reader, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
	case info.IsDir():
		return openFolder(path)
	case info.Mode().IsRegular():
		return openZip(path, info.Size())
	default:
		err = errors.New("neither a file nor a folder")
	}
	return nil, unreadable(path, err)
}

func unreadable(name string, err error) error {
	return errors.Join(fault("problem.parcel.unreadable", "name", clip(name), "error", err.Error()), err)
}

func openFolder(path string) (*Reader, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	r := &Reader{sizes: map[string]int64{}, close: root.Close}
	r.open = func(name string) (io.ReadCloser, error) { return root.Open(filepath.FromSlash(name)) }
	err = fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		if err := checkName(name); err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && !info.Mode().IsRegular() {
			err = fault("problem.parcel.name", "name", clip(name))
		}
		if err == nil {
			r.sizes[name] = info.Size()
		}
		return err
	})
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return r, nil
}

func openZip(path string, size int64) (*Reader, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	r := &Reader{sizes: map[string]int64{}, close: z.Close}
	r.open = func(name string) (io.ReadCloser, error) { return z.Open(name) }
	left := uint64(size)
	for _, f := range z.File {
		_, twice := r.sizes[f.Name]
		err := checkName(f.Name)
		switch {
		case err != nil:
		case twice:
			err = fault("problem.parcel.twice", "name", f.Name)
		case f.Method != zip.Store || f.CompressedSize64 != f.UncompressedSize64:
			err = fault("problem.parcel.packed", "name", f.Name)
		case f.UncompressedSize64 > left:
			err = fault("problem.parcel.overlap", "name", f.Name, "size", strconv.FormatUint(f.UncompressedSize64, 10))
		}
		if err != nil {
			return nil, errors.Join(err, z.Close())
		}
		left -= f.UncompressedSize64
		r.sizes[f.Name] = int64(f.UncompressedSize64)
	}
	return r, nil
}

// Close ends the reading.
func (r *Reader) Close() error { return r.close() }

// ReadList is the list as it stands there, at most most bytes of it.
func (r *Reader) ReadList(most int64) ([]byte, error) {
	size, there := r.sizes[List]
	if !there {
		return nil, fault("problem.parcel.none", "list", List)
	}
	if size > most {
		return nil, fault("problem.parcel.list", "list", List, "size", strconv.FormatInt(size, 10), "most", strconv.FormatInt(most, 10))
	}
	f, err := r.open(List)
	if err != nil {
		return nil, unreadable(List, err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return nil, unreadable(List, err)
	}
	return raw, nil
}

// Hold holds the parcel to the files of its list: these and no others, each of the
// length that it says, in the order of their names.
func (r *Reader) Hold(files []File) error {
	over := maps.Clone(r.sizes)
	delete(over, List)
	for i, f := range files {
		size, there := over[f.Name]
		err := checkName(f.Name)
		switch {
		case err != nil:
			return err
		case i > 0 && f.Name <= files[i-1].Name || f.Name == List:
			return fault("problem.parcel.order", "name", f.Name, "list", List)
		case !there:
			return fault("problem.parcel.missing", "name", f.Name)
		case size != f.Size:
			return fault("problem.parcel.size", "name", f.Name, "listed", strconv.FormatInt(f.Size, 10), "size", strconv.FormatInt(size, 10))
		}
		delete(over, f.Name)
	}
	if len(over) > 0 {
		return fault("problem.parcel.over", "name", slices.Sorted(maps.Keys(over))[0], "list", List)
	}
	return nil
}

// Read hands the content of a file to fn, and holds all of it to its sum and
// length. What is wrong with the content counts more than what fn makes of it.
func (r *Reader) Read(f File, fn func(io.Reader) error) error {
	from, err := r.open(f.Name)
	if err != nil {
		return unreadable(f.Name, err)
	}
	defer from.Close()
	sum := sha256.New()
	content := io.TeeReader(io.LimitReader(from, f.Size+1), sum)
	done := fn(content)
	if _, err := io.Copy(io.Discard, content); err != nil {
		return unreadable(f.Name, err)
	}
	if found := hex.EncodeToString(sum.Sum(nil)); found != f.SHA256 {
		return fault("problem.parcel.sum", "name", f.Name, "listed", clip(f.SHA256), "sum", found)
	}
	return done
}
