package parcel

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"padome/internal/problem"
)

// parcelOf makes a parcel of a few files.
func parcelOf(t testing.TB, name string) (path string, files []File) {
	t.Helper()
	path = filepath.Join(t.TempDir(), name)
	w, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []struct{ name, content string }{{"a/1.jsonl", "{}\n"}, {"a/b/empty", ""}, {"files/x", strings.Repeat("x", 70<<10)}} {
		made, err := w.Add(f.name, func(to io.Writer) error {
			_, err := io.WriteString(to, f.content)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, made)
	}
	if err := errors.Join(w.Finish([]byte("[]\n")), w.Close()); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	return path, files
}

func TestAParcelIsReadAsItWasMade(t *testing.T) {
	for _, name := range []string{"parcel.zip", "parcel"} {
		t.Run(name, func(t *testing.T) {
			path, files := parcelOf(t, name)
			r, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if raw, err := r.ReadList(100); err != nil || string(raw) != "[]\n" {
				t.Errorf("the list is %q, %v", raw, err)
			}
			if err := r.Hold(files); err != nil {
				t.Error(err)
			}
			for _, f := range files {
				var got bytes.Buffer
				if err := r.Read(f, func(r io.Reader) error { _, err := got.ReadFrom(r); return err }); err != nil || int64(got.Len()) != f.Size {
					t.Errorf("%s: %d bytes, %v", f.Name, got.Len(), err)
				}
			}
			if _, err := Create(path); !errors.Is(err, os.ErrExist) {
				t.Errorf("over one that is there: %v", err)
			}
		})
	}
	one, _ := parcelOf(t, "one.zip")
	other, _ := parcelOf(t, "other.ZIP")
	a, err := os.ReadFile(one)
	b, err2 := os.ReadFile(other)
	if err != nil || err2 != nil || !bytes.Equal(a, b) {
		t.Errorf("the same files have other bytes: %v, %v", err, err2)
	}
	w, err := Create(filepath.Join(t.TempDir(), "x.zip"))
	if err != nil {
		t.Fatal(err)
	}
	nothing := func(io.Writer) error { return nil }
	for i, name := range []string{"b", "b", "a", "../c", "C"} {
		if _, err := w.Add(name, nothing); (err == nil) != (i == 0) {
			t.Errorf("adding %q: %v", name, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(filepath.Dir(w.path)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// refused says with which message a parcel is refused, wherever it is noticed.
func refused(path string, files []File) error {
	r, err := Open(path)
	if err != nil {
		return err
	}
	defer r.Close()
	if _, err := r.ReadList(100); err != nil {
		return err
	}
	if err := r.Hold(files); err != nil {
		return err
	}
	for _, f := range files {
		if err := r.Read(f, func(io.Reader) error { return nil }); err != nil {
			return err
		}
	}
	return nil
}

func TestWhatNoParcelHasIsRefused(t *testing.T) {
	path, files := parcelOf(t, "parcel.zip")
	if err := refused(path, files); err != nil {
		t.Fatalf("a parcel as it was made: %v", err)
	}
	for _, tt := range []struct {
		outcome string
		change  func(h *zip.FileHeader, content []byte) []byte // of the file a/1.jsonl
		listed  func([]File) []File
		key     string
	}{
		{"nothing", func(_ *zip.FileHeader, c []byte) []byte { return c }, nil, ""},
		{"a name that leads out", func(h *zip.FileHeader, c []byte) []byte { h.Name = "../1.jsonl"; return c }, nil, "problem.parcel.name"},
		{"a name from the root", func(h *zip.FileHeader, c []byte) []byte { h.Name = "/etc/passwd"; return c }, nil, "problem.parcel.name"},
		{"a name with a backslash", func(h *zip.FileHeader, c []byte) []byte { h.Name = `a\1`; return c }, nil, "problem.parcel.name"},
		{"a name as long as a book", func(h *zip.FileHeader, c []byte) []byte { h.Name = strings.Repeat("a", 300); return c }, nil, "problem.parcel.name"},
		{"a folder as a file", func(h *zip.FileHeader, _ []byte) []byte { h.Name = "a/1/"; return nil }, nil, "problem.parcel.name"},
		{"two of one name", func(h *zip.FileHeader, c []byte) []byte { h.Name = "files/x"; return c }, nil, "problem.parcel.twice"},
		{"one that is packed", func(h *zip.FileHeader, c []byte) []byte { h.Method = zip.Deflate; return c }, nil, "problem.parcel.packed"},
		{"a length that is a lie", func(h *zip.FileHeader, c []byte) []byte { h.UncompressedSize64 = 20 << 30; return c }, nil, "problem.parcel.packed"},
		{"more than there can be", func(h *zip.FileHeader, c []byte) []byte {
			h.UncompressedSize64, h.CompressedSize64 = 3<<30, 3<<30
			return c
		}, nil, "problem.parcel.overlap"},
		{"another content", func(h *zip.FileHeader, _ []byte) []byte {
			h.CRC32 = crc32.ChecksumIEEE([]byte("[]\n"))
			return []byte("[]\n")
		}, nil, "problem.parcel.sum"},
		{"a content that its own sum denies", func(_ *zip.FileHeader, _ []byte) []byte { return []byte("[]\n") }, nil, "problem.parcel.unreadable"},
		{"one that is not listed", func(_ *zip.FileHeader, c []byte) []byte { return c }, func(f []File) []File { return f[1:] }, "problem.parcel.over"},
		{"one listed twice", func(_ *zip.FileHeader, c []byte) []byte { return c }, func(f []File) []File { return append(f[:1:1], f...) }, "problem.parcel.order"},
		{"one listed that is not there", func(h *zip.FileHeader, c []byte) []byte { h.Name = "a/0"; return c }, nil, "problem.parcel.missing"},
		{"one of another length", func(_ *zip.FileHeader, c []byte) []byte { return c }, func(f []File) []File { f[0].Size++; return f }, "problem.parcel.size"},
		{"no list", func(_ *zip.FileHeader, c []byte) []byte { return c }, func([]File) []File { return nil }, "problem.parcel.none"},
	} {
		t.Run(tt.outcome, func(t *testing.T) {
			listed := append([]File{}, files...)
			if tt.listed != nil {
				listed = tt.listed(listed)
			}
			err := refused(rezipped(t, path, listed == nil, tt.change), listed)
			e, _ := errors.AsType[*problem.Error](err)
			if tt.key == "" && err != nil || tt.key != "" && (e == nil || e.Key != tt.key) {
				t.Errorf("got %v, want %q", err, tt.key)
			}
		})
	}
}

// rezipped is a ZIP file with one of its files changed, perhaps without its list.
func rezipped(t *testing.T, path string, withoutList bool, change func(*zip.FileHeader, []byte) []byte) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		if f.Name == List && withoutList {
			continue
		}
		raw, err := z.Open(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(raw)
		if err != nil {
			t.Fatal(err)
		}
		h := f.FileHeader
		if f.Name == "a/1.jsonl" {
			content = change(&h, content)
		}
		to, err := w.CreateRaw(&h)
		if err == nil {
			_, err = to.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "other.zip")
	if err := os.WriteFile(to, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestAFolderWithSomethingElseIsRefused(t *testing.T) {
	for outcome, add := range map[string]func(dir string) error{
		"a link":        func(dir string) error { return os.Symlink("/etc/passwd", filepath.Join(dir, "a", "2.jsonl")) },
		"a hidden file": func(dir string) error { return os.WriteFile(filepath.Join(dir, ".DS_Store"), nil, 0o600) },
	} {
		path, files := parcelOf(t, "parcel")
		if err := refused(path, files); err != nil {
			t.Fatal(err)
		}
		if err := add(path); err != nil {
			t.Fatal(err)
		}
		e, ok := errors.AsType[*problem.Error](refused(path, files))
		if !ok || e.Key != "problem.parcel.name" {
			t.Errorf("%s: %v", outcome, e)
		}
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "none"), os.DevNull} {
		e, ok := errors.AsType[*problem.Error](refused(path, nil))
		if !ok || e.Key != "problem.parcel.unreadable" {
			t.Errorf("%s: %v", path, e)
		}
	}
}

// FuzzReader hands anything to the reader: it refuses in words, or what it says of
// the files holds.
func FuzzReader(f *testing.F) {
	path, _ := parcelOf(f, "parcel.zip")
	raw, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add(raw[:len(raw)/2])
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		path := filepath.Join(t.TempDir(), "x.zip")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := Open(path)
		if err != nil {
			if problem.KindOf(err) == "" {
				t.Fatalf("refused without words: %v", err)
			}
			return
		}
		defer r.Close()
		total := int64(0)
		for name, size := range r.sizes {
			if checkName(name) != nil {
				t.Fatalf("name %q", name)
			}
			total += size
		}
		if total > int64(len(raw)) {
			t.Fatalf("%d bytes in a file of %d", total, len(raw))
		}
	})
}
