package storage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"

	"padome/internal/problem"
	"padome/storage/store"
	"padome/storage/store/blob"
	"padome/storage/store/bolt"
	"padome/storage/store/move"
	"padome/storage/store/postgres"
)

// OnServer reports whether a place is the address of a PostgreSQL database; else
// it is a folder.
func OnServer(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// Shown is a place as people may see it: an address without user and password.
func Shown(where string) string {
	if !OnServer(where) {
		return where
	}
	scheme, rest, _ := strings.Cut(where, "://")
	rest, _, _ = strings.Cut(rest, "?")
	return scheme + "://" + rest[strings.LastIndex(rest, "@")+1:]
}

// OpenAt is Open for a place: a folder, or the address of a PostgreSQL database
// such as postgres://padome@db1,db2/padome, in which records and files lie
// together. It fails as Open does, and with Unavailable when no server answers
// or Migrate has not set the database up. log tells of lost connections, and may
// be nil.
func OpenAt(ctx context.Context, where string, c Config, log *slog.Logger) (*DB, error) {
	if !OnServer(where) {
		c.Dir = where
		return Open(c)
	}
	engine, err := postgres.Open(ctx, postgres.Config{DSN: where, Now: c.Now, Log: log})
	if err != nil {
		return nil, edge(err)
	}
	c.Engine, c.Blobs = engine, engine.Blobs()
	return Open(c)
}

// Migrate sets up the tables of a database on a server, or brings older ones up
// to what this program needs, while no program uses it. A folder needs none of
// that, and only its records are brought up, as by Open.
func Migrate(ctx context.Context, where string) error {
	if OnServer(where) {
		if _, err := postgres.Migrate(ctx, where); err != nil {
			return edge(err)
		}
	}
	db, err := OpenAt(ctx, where, Config{}, nil)
	if err != nil {
		return err
	}
	return edge(db.Close())
}

// Ready says whether changes can be made, and if not, what is waited for.
func (db *DB) Ready(ctx context.Context) error {
	engine, ok := db.engine.(interface{ Ready(context.Context) error })
	if !ok {
		_, err := db.engine.Seq(ctx, installation)
		return edge(err)
	}
	err := engine.Ready(ctx)
	if errors.Is(err, store.ErrUnreachable) {
		return fmt.Errorf("%w: %w", problem.New(problem.Unavailable, "problem.storage.waiting"), err)
	}
	return edge(err)
}

// Empty reports whether nothing was ever recorded.
func (db *DB) Empty(ctx context.Context) (bool, error) {
	tenants, err := db.engine.Tenants(ctx)
	return len(tenants) == 0, edge(err)
}

// refuseUnfinished refuses a database that is being filled.
func (db *DB) refuseUnfinished(ctx context.Context) error {
	unfinished, err := move.Unfinished(ctx, db.engine)
	if err == nil && unfinished {
		err = store.ErrUnfinished
	}
	return err
}

// Move carries an installation from one place to another, which is empty or the
// target of the same move that was broken off, and verifies by digests that
// everything has arrived. Nothing else may use either; the source stays as it
// is. told is told how far it is, and may be nil. Move fails with Conflict when
// the target is not empty or the source has changed meanwhile.
func Move(ctx context.Context, from, to string, told func(move.Report)) (report move.Report, err error) {
	source, closeSource, err := side(ctx, from)
	if err != nil {
		return report, edge(err)
	}
	defer func() { err = errors.Join(err, edge(closeSource())) }()
	target, closeTarget, err := side(ctx, to)
	if err != nil {
		return report, edge(err)
	}
	defer func() { err = errors.Join(err, edge(closeTarget())) }()
	report, err = move.Move(ctx, source, target, told)
	return report, edge(err)
}

// side opens a place as it is.
func side(ctx context.Context, where string) (s move.Side, end func() error, err error) {
	if OnServer(where) {
		engine, err := postgres.Open(ctx, postgres.Config{DSN: where})
		if err != nil {
			return s, nil, err
		}
		return move.Side{Records: engine, Blobs: engine.Blobs()}, engine.Close, nil
	}
	engine, err := bolt.Open(bolt.Config{Path: filepath.Join(where, recordsFile)})
	if err != nil {
		return s, nil, err
	}
	blobs, err := blob.Open(blob.Config{Dir: filepath.Join(where, blobsDir)})
	if err != nil {
		return s, nil, errors.Join(err, engine.Close())
	}
	return move.Side{Records: engine, Blobs: blobs}, engine.Close, nil
}
