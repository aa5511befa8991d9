package office

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// The files of a bundle that list all others with their sums: for sha256sum -c,
// for programs and for people.
const (
	sumsName     = "SHA256SUMS"
	manifestName = "manifest.json"
)

// PapersManifest is what a bundle says of itself, for programs.
type PapersManifest struct {
	Council string        `json:"council"`
	Session string        `json:"session"`
	Date    council.Date  `json:"date"`
	Starts  council.Clock `json:"starts"`
	Files   []BundleFile  `json:"files"`
}

type manifestFile struct{ name, body string }

// manifests are the three lists of a bundle's files.
func (b *Bundle) manifests() ([]manifestFile, error) {
	m := PapersManifest{Council: b.Council, Session: b.Session.ID, Date: b.Session.Date, Starts: b.Session.Starts, Files: b.Files}
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("listing the papers: %w", err)
	}
	return []manifestFile{{b.readableName(), b.readable()}, {manifestName, string(raw) + "\n"}, {sumsName, b.Manifest()}}, nil
}

// Manifest lists the sums of all files, as sha256sum -c reads it.
func (b *Bundle) Manifest() string {
	var sums strings.Builder
	for _, f := range b.Files {
		sums.WriteString(f.SHA256 + "  " + f.Path + "\n")
	}
	return sums.String()
}

func (b *Bundle) readableName() string {
	return safeName(locale.Text(b.lang, "bundle.list", nil)) + ".txt"
}

// readable is the list for people, with how to check it.
func (b *Bundle) readable() string {
	var s strings.Builder
	say := func(key string, args ...string) {
		s.WriteString(locale.Text(b.lang, key, problem.Pairs(args...)) + "\n")
	}
	s.WriteString(b.Council + "\n")
	say("bundle.list.title", "date", string(b.Session.Date), "time", string(b.Session.Starts))
	s.WriteByte('\n')
	for i, f := range b.Files {
		say("bundle.list.file", "n", strconv.Itoa(i+1), "path", f.Path, "bytes", strconv.FormatInt(f.Size, 10))
		s.WriteString("   SHA-256 " + f.SHA256 + "\n")
	}
	s.WriteByte('\n')
	say("bundle.list.check")
	return s.String()
}

// PapersCheck is what comes of holding a bundle to its manifest.
type PapersCheck struct {
	Manifest PapersManifest `json:"manifest"`
	Changed  []string       `json:"changed"` // whose bytes are not those that are listed
	Missing  []string       `json:"missing"` // listed and not there
	Added    []string       `json:"added"`   // there and not listed
}

// Whole reports whether the bundle is as it was packed.
func (c *PapersCheck) Whole() bool { return len(c.Changed)+len(c.Missing)+len(c.Added) == 0 }

// What checking reads of a bundle at most.
const (
	mostBundled  = 2000
	mostManifest = 4 << 20
	mostUnpacked = 4 << 30
)

// CheckPapers holds the ZIP file of a session's papers to its manifest. It fails on
// a file that is none, and on one that unpacks to more than any bundle does. What
// it says holds of the file alone: who changes a bundle can change its manifest
// too, so that sums from elsewhere are to be compared where that matters.
func CheckPapers(r io.ReaderAt, size int64) (PapersCheck, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return PapersCheck{}, problem.New(problem.Invalid, "problem.bundle.zip")
	}
	if len(z.File) > mostBundled {
		return PapersCheck{}, problem.New(problem.TooLarge, "problem.bundle.large")
	}
	c := PapersCheck{Changed: []string{}, Missing: []string{}, Added: []string{}}
	if c.Manifest, err = manifestOf(z); err != nil {
		return c, err
	}
	listed := map[string]BundleFile{}
	for _, f := range c.Manifest.Files {
		listed[f.Path] = f
	}
	seen := map[string]bool{}
	room := int64(mostUnpacked)
	for _, f := range z.File {
		want, known := listed[f.Name]
		switch {
		case !known && f.Name != manifestName && f.Name != sumsName && !isReadable(f.Name), seen[f.Name]:
			c.Added = append(c.Added, f.Name)
			continue
		case !known:
			continue
		}
		seen[f.Name] = true
		sum, n, err := sumOf(f, room)
		if room -= n; room <= 0 {
			return c, problem.New(problem.TooLarge, "problem.bundle.large")
		}
		if err != nil || sum != want.SHA256 || n != want.Size {
			c.Changed = append(c.Changed, f.Name)
		}
	}
	for _, f := range c.Manifest.Files {
		if !seen[f.Path] {
			c.Missing = append(c.Missing, f.Path)
		}
	}
	return c, nil
}

func isReadable(name string) bool {
	return slices.ContainsFunc(locale.Langs, func(l locale.Lang) bool { b := Bundle{lang: l}; return b.readableName() == name })
}

func manifestOf(z *zip.Reader) (m PapersManifest, err error) {
	f, err := z.Open(manifestName)
	if err != nil {
		return m, problem.New(problem.Invalid, "problem.bundle.manifest")
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, mostManifest))
	if err == nil {
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.DisallowUnknownFields()
		err = dec.Decode(&m)
	}
	if err != nil {
		return m, problem.New(problem.Invalid, "problem.bundle.manifest")
	}
	return m, nil
}

func sumOf(f *zip.File, most int64) (sum string, n int64, err error) {
	r, err := f.Open()
	if err != nil {
		return "", 0, err
	}
	defer r.Close()
	h := sha256.New()
	n, err = io.Copy(h, io.LimitReader(r, most))
	return hex.EncodeToString(h.Sum(nil)), n, err
}
