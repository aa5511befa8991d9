package storage

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"padome/storage/store"
	"padome/storage/store/blob"
	"padome/storage/store/bolt"
	"padome/storage/store/postgres"
	"padome/storage/store/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// engines opens a new and empty engine and its blobs: files in a folder, or a
// database on a server where pgtest.Variable says so. The caller closes them.
func engines(t testing.TB, now func() time.Time) (store.Store, store.BlobStore) {
	t.Helper()
	return reopenable(t, now)()
}

// reopenable is engines that open the same data each time.
func reopenable(t testing.TB, now func() time.Time) func() (store.Store, store.BlobStore) {
	t.Helper()
	if !pgtest.Chosen() {
		dir := t.TempDir()
		return func() (store.Store, store.BlobStore) {
			t.Helper()
			engine, err := bolt.Open(bolt.Config{Path: filepath.Join(dir, recordsFile), Now: now})
			if err != nil {
				t.Fatal(err)
			}
			blobs, err := blob.Open(blob.Config{Dir: filepath.Join(dir, blobsDir), Now: now})
			if err != nil {
				t.Fatal(err)
			}
			return engine, blobs
		}
	}
	dsn := pgtest.New(t)
	return func() (store.Store, store.BlobStore) {
		t.Helper()
		engine, err := postgres.Open(t.Context(), postgres.Config{DSN: dsn, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		return engine, engine.Blobs()
	}
}
