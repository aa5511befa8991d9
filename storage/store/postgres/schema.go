package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"padome/storage/store"
)

// Migrate sets up the tables of a database, or brings older ones up to what
// this program knows, all in one transaction; it returns the version there is
// then. It fails with store.ErrNewerSchema when a newer program has set the
// database up.
func Migrate(ctx context.Context, dsn string) (version int, err error) {
	settings, err := parse(dsn)
	if err != nil {
		return 0, err
	}
	conn, err := pgx.ConnectConfig(ctx, settings.ConnConfig)
	if err != nil {
		return 0, unreachable(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = makeMetaTable(ctx, conn)
	if err == nil {
		err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return migrate(ctx, tx, steps) })
	}
	if err != nil {
		return 0, fmt.Errorf("store: set up the database: %w", err)
	}
	return len(steps), nil
}

// makeMetaTable makes the table whose lock lets one of several migrations go
// first. Two that make it at once may stumble over each other.
func makeMetaTable(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, makeMeta)
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && (pg.Code == "23505" || pg.Code == "42P07" || pg.Code == "42710") {
		return nil
	}
	return err
}

func migrate(ctx context.Context, tx pgx.Tx, steps [][]string) error {
	if _, err := tx.Exec(ctx, lockMeta); err != nil {
		return err
	}
	var now *int
	if err := tx.QueryRow(ctx, readSchema).Scan(&now); err != nil {
		return err
	}
	if now == nil {
		now = new(int)
	}
	if *now > len(steps) {
		return newer(*now)
	}
	for _, step := range steps[*now:] {
		for _, statement := range step {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
	}
	if _, err := tx.Exec(ctx, clearSchema); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, writeSchema, len(steps))
	return err
}

func newer(version int) error {
	return fmt.Errorf("%w: its schema is %d, this program knows up to %d", store.ErrNewerSchema, version, len(steps))
}

// examine refuses a database that is not set up for this program, or that may
// lose what it has acknowledged.
func (s *Store) examine(ctx context.Context) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	var set bool
	var version *int
	var off []string
	err = conn.QueryRow(ctx, hasMeta).Scan(&set)
	if err == nil && set {
		err = conn.QueryRow(ctx, readSchema).Scan(&version)
	}
	if err == nil {
		var rows pgx.Rows
		if rows, err = conn.Query(ctx, unsafe); err == nil {
			off, err = pgx.CollectRows(rows, pgx.RowTo[string])
		}
	}
	switch {
	case err != nil:
		return cut(conn, err)
	case version == nil:
		return fmt.Errorf("%w: it has no tables yet", store.ErrOlderSchema)
	case *version < len(steps):
		return fmt.Errorf("%w: its schema is %d, this program needs %d", store.ErrOlderSchema, *version, len(steps))
	case *version > len(steps):
		return newer(*version)
	case len(off) > 0 && !s.cfg.trusting:
		return fmt.Errorf("store: the server would lose what it has acknowledged: switch on %s, and start again", strings.Join(off, ", "))
	}
	return nil
}
