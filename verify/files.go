package verify

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strings"
)

// sumsName is the file of a bundle that lists the sums of the others.
const sumsName = "SHA256SUMS"

// sums are the SHA-256 of all files of a bundle. It refuses names that lead out
// of it or are there twice, and more than fits the caps, whatever the file
// declares.
func sums(z *zip.Reader) (map[string][32]byte, error) {
	if len(z.File) > maxFiles {
		return nil, fmt.Errorf("the bundle has %d files, more than %d", len(z.File), maxFiles)
	}
	all, files := int64(0), map[string][32]byte{}
	for _, f := range z.File {
		if f.Name == "" || path.Clean(f.Name) != f.Name || path.IsAbs(f.Name) || strings.HasPrefix(f.Name, "..") || strings.Contains(f.Name, `\`) {
			return nil, fmt.Errorf("the bundle has a file with the name %q", f.Name)
		}
		if _, twice := files[f.Name]; twice {
			return nil, fmt.Errorf("the bundle has %s twice", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		h := sha256.New()
		n, err := io.Copy(h, io.LimitReader(r, maxFile+1))
		r.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		if all += n; n > maxFile || all > maxAll {
			return nil, fmt.Errorf("%s: the bundle is larger than this program reads", f.Name)
		}
		files[f.Name] = [32]byte(h.Sum(nil))
	}
	return files, nil
}

// read is one file of a bundle.
func read(z *zip.Reader, name string, most int64) ([]byte, error) {
	for _, f := range z.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		raw, err := io.ReadAll(io.LimitReader(r, most+1))
		if err == nil && int64(len(raw)) > most {
			err = fmt.Errorf("%s is larger than this program reads", name)
		}
		return raw, err
	}
	return nil, not("there is no %s in the bundle", name)
}

// checkSums holds the files to the list of sums, where there is one.
func checkSums(z *zip.Reader, files map[string][32]byte) error {
	if _, there := files[sumsName]; !there {
		return nil
	}
	raw, err := read(z, sumsName, maxEvidence)
	if err != nil {
		return err
	}
	for _, line := range strings.Split(strings.TrimRight(string(raw), "\n"), "\n") {
		sum, name, _ := strings.Cut(line, "  ")
		if got, there := files[name]; !there || hex.EncodeToString(got[:]) != sum {
			return not("%s is not the file of which %s speaks", name, sumsName)
		}
	}
	return nil
}
