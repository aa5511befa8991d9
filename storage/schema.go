package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"padome/storage/store"
	"padome/storage/store/bolt"
)

// SchemaVersion is the form of the records that this program reads and writes.
const SchemaVersion = 4

// migrations lead from one schema version to the next: migrations[i] leads from
// version i+1 to i+2.
var migrations = []migration{publishAll, beginLedger, recordOverrides}

// migration does a part of the work on one tenant in one transaction, from a
// cursor on, and returns the cursor to go on from; nil when all is done. The
// cursor is stored with the work, so that a program that was stopped goes on
// where it was.
type migration func(w store.Writer, cursor []byte) (next []byte, err error)

const (
	metaBucket = "meta"
	schemaKey  = "schema"
)

// schema says in what form a tenant's records are.
type schema struct {
	Version int    `json:"version"`
	Cursor  []byte `json:"cursor,omitempty"` // of the migration under way
}

func readSchema(r store.Reader) (schema, error) {
	raw, err := r.Get(metaBucket, []byte(schemaKey))
	if raw == nil || err != nil {
		return schema{}, err
	}
	return decode[schema](raw)
}

func writeSchema(w store.Writer, s schema) error {
	raw, err := encode(s)
	if err != nil {
		return err
	}
	return w.Put(metaBucket, []byte(schemaKey), raw)
}

// stamp writes the schema version with the first change of a new tenant, and
// refuses to change one that is in another form.
func (db *DB) stamp(t store.Tenant, w store.Writer) error {
	if _, ok := db.known.Load(t); ok {
		return nil
	}
	s, err := readSchema(w)
	if err != nil || s.Version == SchemaVersion {
		return err
	}
	if s.Version != 0 {
		return fmt.Errorf("%w: tenant %d has schema %d, not %d", store.ErrNewerSchema, t, s.Version, SchemaVersion)
	}
	return writeSchema(w, schema{Version: SchemaVersion})
}

// migrateAll brings every tenant up to SchemaVersion. Records in a folder are
// copied into a file beside them first, and the copy is opened and checked.
func (db *DB) migrateAll(ctx context.Context, dir string) error {
	ts, err := db.engine.Tenants(ctx)
	if err != nil {
		return err
	}
	var older []store.Tenant
	for _, t := range ts { // refuse before anything is changed
		version, err := versionOf(ctx, db.engine, t, len(migrations)+1)
		if err != nil {
			return err
		}
		if version != 0 && version < SchemaVersion {
			older = append(older, t)
		}
	}
	if _, ok := db.engine.(*bolt.Store); ok && len(older) > 0 && dir != "" {
		if err := db.copyBefore(ctx, dir); err != nil {
			return fmt.Errorf("storage: copy before a migration: %w", err)
		}
	}
	for _, t := range older {
		if err := migrate(ctx, db.engine, t, migrations); err != nil {
			return fmt.Errorf("storage: migrate tenant %d: %w", t, err)
		}
	}
	return nil
}

// versionOf is the schema version of a tenant, 0 for one that has stored
// nothing. It refuses one that is newer than ours.
func versionOf(ctx context.Context, s store.Store, t store.Tenant, ours int) (version int, err error) {
	err = s.View(ctx, t, func(r store.Reader) error {
		now, err := readSchema(r)
		if err == nil && now.Version > ours {
			err = fmt.Errorf("%w: tenant %d has schema %d, this program knows %d", store.ErrNewerSchema, t, now.Version, ours)
		}
		version = now.Version
		return err
	})
	return version, err
}

// migrate runs the steps that one tenant still lacks.
func migrate(ctx context.Context, s store.Store, t store.Tenant, steps []migration) error {
	for done := false; !done; {
		_, _, err := s.Update(ctx, t, "", func(w store.Writer) ([]byte, error) {
			done = true
			now, err := readSchema(w)
			if err != nil || now.Version == 0 || now.Version > len(steps) {
				return nil, err
			}
			done = false
			next, err := steps[now.Version-1](w, now.Cursor)
			if err != nil {
				return nil, err
			}
			if next == nil {
				now.Version++
			}
			return nil, writeSchema(w, schema{now.Version, next})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// copyBefore keeps the records as they are before a migration: padome.db of
// today becomes padome-before-schema-N-….db. The copy is one that opens.
func (db *DB) copyBefore(ctx context.Context, dir string) error {
	own, err := os.MkdirTemp(dir, ".before-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(own)
	path := filepath.Join(own, recordsFile)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(db.engine.Backup(ctx, f), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := db.apart(ctx, path); err != nil {
		return err
	}
	name := fmt.Sprintf("padome-before-schema-%d-%s.db", SchemaVersion, db.now().UTC().Format("20060102T150405"))
	return rename(path, filepath.Join(dir, name))
}
