package storage

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"padome/storage/store"
	"padome/storage/store/blob"
)

// maxList is how long the list of a backup may be.
const maxList = 256 << 20

// ReadManifest reads the list of a backup and holds its files to it: none more,
// none less, each of the length that the list says. It fails with
// store.ErrDamaged, and with store.ErrNewerSchema when a newer program made it.
func ReadManifest(path string) (m Manifest, err error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return m, edge(fmt.Errorf("%w: %s: %w", store.ErrDamaged, path, err))
	}
	defer z.Close()
	m, err = manifestOf(&z.Reader)
	return m, edge(err)
}

func manifestOf(z *zip.Reader) (m Manifest, err error) {
	f, err := z.Open(backupList)
	if err != nil {
		return m, fmt.Errorf("%w: no list in the backup: %w", store.ErrDamaged, err)
	}
	defer f.Close()
	if err := json.NewDecoder(io.LimitReader(f, maxList)).Decode(&m); err != nil {
		return m, fmt.Errorf("%w: the list of the backup: %w", store.ErrDamaged, err)
	}
	if m.Form > backupForm || m.Schema > SchemaVersion {
		return m, fmt.Errorf("%w: a backup of form %d and schema %d", store.ErrNewerSchema, m.Form, m.Schema)
	}
	listed := map[string]int64{backupList: -1}
	for _, x := range m.Files {
		if x.Name != recordsFile && x.Name != backupDump && !isBlobName(x.Name) {
			return m, fmt.Errorf("%w: a backup with a file %q", store.ErrDamaged, x.Name)
		}
		listed[x.Name] = x.Size
	}
	if len(z.File) != len(listed) {
		return m, fmt.Errorf("%w: the backup has %d files, its list %d", store.ErrDamaged, len(z.File), len(listed))
	}
	for _, f := range z.File {
		if size, ok := listed[f.Name]; !ok || size >= 0 && uint64(size) != f.UncompressedSize64 {
			return m, fmt.Errorf("%w: %s is not as the list of the backup says", store.ErrDamaged, f.Name)
		}
	}
	return m, nil
}

func isBlobName(name string) bool {
	sum, ok := strings.CutPrefix(name, backupBlobs)
	return ok && len(sum) == 64 && strings.Trim(sum, "0123456789abcdef") == ""
}

// RestoreBackup unpacks a backup into a folder without data, checks every file
// against the list and everything against itself, and returns the list. A folder
// in which it failed holds no records under their name.
func RestoreBackup(ctx context.Context, path, dir string) (m Manifest, err error) {
	if _, err := os.Lstat(filepath.Join(dir, recordsFile)); err == nil {
		return m, fmt.Errorf("%s: %w", dir, os.ErrExist)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return m, edge(fmt.Errorf("%w: %s: %w", store.ErrDamaged, path, err))
	}
	defer z.Close()
	if m, err = manifestOf(&z.Reader); err != nil {
		return m, edge(err)
	}
	blobs, err := blob.Open(blob.Config{Dir: filepath.Join(dir, blobsDir)})
	if err != nil {
		return m, edge(err)
	}
	work, err := os.MkdirTemp(dir, ".restore-*")
	if err != nil {
		return m, edge(err)
	}
	defer os.RemoveAll(work)
	for _, x := range m.Files {
		if err := unpack(ctx, &z.Reader, x, blobs, work); err != nil {
			return m, edge(fmt.Errorf("%s: %w", x.Name, err))
		}
	}
	return m, edge(settle(ctx, work, dir))
}

// unpack takes one file out of a backup and holds it to its sum.
func unpack(ctx context.Context, z *zip.Reader, x BackedUpFile, blobs store.BlobStore, work string) error {
	r, err := z.Open(x.Name)
	if err != nil {
		return err
	}
	defer r.Close()
	if sum, isBlob := strings.CutPrefix(x.Name, backupBlobs); isBlob {
		put, _, err := blobs.Put(ctx, r, x.Size)
		if err == nil && (put != sum || put != x.SHA256) {
			err = fmt.Errorf("%w: its content is another", store.ErrDamaged)
		}
		return err
	}
	f, err := os.OpenFile(filepath.Join(work, x.Name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, h), io.LimitReader(r, x.Size+1))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil && sumOf(h) != x.SHA256 {
		err = fmt.Errorf("%w: its content is another", store.ErrDamaged)
	}
	return err
}

// settle gives the unpacked records their place, and checks everything there.
func settle(ctx context.Context, work, dir string) error {
	from := filepath.Join(work, recordsFile)
	if _, err := os.Stat(from); errors.Is(err, os.ErrNotExist) {
		engine, err := fillFrom(ctx, filepath.Join(work, backupDump), from)
		if err != nil {
			return err
		}
		if err := engine.Close(); err != nil {
			return err
		}
	}
	to := filepath.Join(dir, recordsFile)
	if err := rename(from, to); err != nil {
		return err
	}
	db, err := Open(Config{Dir: dir})
	if err != nil {
		return errors.Join(err, os.Remove(to))
	}
	err = db.Check(ctx)
	if err = errors.Join(err, db.Close()); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// Loss is what the data of a council have and a backup has not.
type Loss struct {
	Tenant  store.Tenant
	Changes uint64  // how many
	Newest  []Entry // of them, at most lossShown
}

// lossShown is how many changes a loss names.
const lossShown = 20

// Losses are what would be lost if the backup took the place of these data: for
// each council the changes made since.
func (db *DB) Losses(ctx context.Context, m Manifest) ([]Loss, error) {
	now, err := db.howFar(ctx)
	if err != nil {
		return nil, edge(err)
	}
	then := map[store.Tenant]uint64{}
	for _, c := range m.Councils {
		then[c.Tenant] = c.Changes
	}
	var all []Loss
	for _, c := range now {
		if c.Changes <= then[c.Tenant] {
			continue
		}
		l := Loss{Tenant: c.Tenant, Changes: c.Changes - then[c.Tenant]}
		entries, _, err := readFeed(ctx, db.Council(c.Tenant))
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.Seq > then[c.Tenant] {
				l.Newest = append(l.Newest, e)
			}
		}
		all = append(all, l)
	}
	return all, nil
}

func readFeed(ctx context.Context, c *Council) (entries []Entry, next string, err error) {
	_, err = Read(ctx, c, func(v *View) (struct{}, error) {
		entries, next, err = v.Feed(Page{Limit: lossShown})
		return struct{}{}, err
	})
	return entries, next, err
}
