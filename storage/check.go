package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"padome/storage/store"
	"padome/storage/store/bolt"
)

// maxFaults is how many faults Check tells.
const maxFaults = 100

// checked are the tables of a tenant, each with its own type: what is checked is
// what an export holds.
type checked interface {
	carriedTable
	check(c *checking) error
	checkIndexes(c *checking) error
}

var (
	councilTables = []checked{
		people, mandates, groups, delegations, settings, calendars, sessions, plans, assignments, principles, principlesDrafts, proposals,
		carried, agendas, frozenAgendas, overrides, held, attendances, additions, earlier, observers, treatments, decisions, allMinutes, frozenContents, history,
		fulfilments, reviews, publishedTable{publishedSessions},
		evaluations, evaluationPapers,
		comments, dissents, subjects, trusts, corrections, withheld, forms,
	}
	installationTables = []checked{accounts, logins, links, register, history}
)

// Check reads everything and returns what is damaged: what the engine and the
// blobs find; records that cannot be read, stand under another key or differ
// from their digest; index entries that are missing, wrong or over; references
// to files that are not there.
func (db *DB) Check(ctx context.Context) error {
	if err := db.engine.Check(ctx); err != nil {
		return edge(errors.Join(err, db.blobs.Check(ctx)))
	}
	return db.CheckContents(ctx)
}

// CheckFile checks the file of records of a folder, or a copy of it, as the
// engine does, while nobody writes to it. A damaged file can end the process, so
// that one of unknown state is best checked by a process of its own.
func CheckFile(ctx context.Context, path string) error {
	engine, err := bolt.Open(bolt.Config{Path: path, ReadOnly: true})
	if err != nil {
		return edge(err)
	}
	return edge(errors.Join(engine.Check(ctx), engine.Close()))
}

// CheckContents is Check of records whose file has been checked already.
func (db *DB) CheckContents(ctx context.Context) error {
	if err := db.blobs.Check(ctx); err != nil {
		return edge(err)
	}
	ts, err := db.engine.Tenants(ctx)
	if err != nil {
		return edge(err)
	}
	var faults []error
	for _, t := range ts {
		c := &checking{ctx: ctx, db: db, tenant: t}
		if err := c.tables(); err != nil {
			return edge(err)
		}
		faults = append(faults, c.faults...)
	}
	return edge(errors.Join(faults...))
}

// checking is the check of one tenant. Every page is read in a snapshot of its
// own, so that writers are not held up.
type checking struct {
	ctx    context.Context
	db     *DB
	tenant store.Tenant
	faults []error
	objects
}

func (c *checking) fault(format string, args ...any) {
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, fmt.Errorf("%w: tenant %d: %w", store.ErrDamaged, c.tenant, fmt.Errorf(format, args...)))
	}
}

func (c *checking) tables() error {
	if err := c.startLedger(); err != nil {
		return err
	}
	tables := councilTables
	if c.tenant == installation {
		tables = installationTables
	}
	for _, tb := range tables {
		if err := tb.check(c); err != nil {
			return err
		}
		if err := tb.checkIndexes(c); err != nil {
			return err
		}
	}
	return errors.Join(c.ledger(), c.blobs())
}

// pages hands the entries of a bucket to fn, page by page, each with its
// snapshot.
func (c *checking) pages(bucket string, fn func(r store.Reader, page []store.Entry) error) error {
	var rng store.Range
	for {
		var page []store.Entry
		err := c.db.engine.View(c.ctx, c.tenant, func(r store.Reader) error {
			err := r.Scan(bucket, rng, store.MaxScan, func(k, v []byte) bool {
				page = append(page, store.Entry{Key: bytes.Clone(k), Value: bytes.Clone(v)})
				return true
			})
			if err != nil {
				return err
			}
			return fn(r, page)
		})
		if err != nil || len(page) < store.MaxScan {
			return err
		}
		rng = rng.After(page[len(page)-1].Key)
	}
}

// check reads all records of the table and looks for their index entries.
func (tb *table[T]) check(c *checking) error {
	return c.pages(tb.bucket, func(r store.Reader, page []store.Entry) error {
		for _, e := range page {
			rec, err := decode[T](e.Value)
			if err != nil {
				c.fault("%s %x: %w", tb.bucket, e.Key, err)
				continue
			}
			if !bytes.Equal(tb.key(&rec), e.Key) {
				c.fault("%s %x holds %s", tb.bucket, e.Key, tb.id(&rec))
			}
			if tb.verify != nil {
				if err := tb.verify(&rec); err != nil {
					c.fault("%w", err)
				}
			}
			if err := errors.Join(tb.checkEntries(c, r, &rec, e.Key), tb.checkLogged(c, r, &rec)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (tb *table[T]) checkEntries(c *checking, r store.Reader, rec *T, record []byte) error {
	for _, ix := range tb.allIndexes() {
		for _, k := range ix.keys(rec) {
			to, err := r.Get(ix.bucket, k)
			if err != nil {
				return err
			}
			if !bytes.Equal(to, record) {
				c.fault("%s %s: its entry in %s is missing or wrong", tb.kind, tb.id(rec), ix.bucket)
			}
		}
	}
	return nil
}

// checkIndexes reads all entries of the table's own indexes and looks for the
// records they stand for.
func (tb *table[T]) checkIndexes(c *checking) error {
	for _, ix := range tb.indexes {
		err := c.pages(ix.bucket, func(r store.Reader, page []store.Entry) error {
			for _, e := range page {
				rec, err := tb.find(r, e.Value)
				if errors.Is(err, store.ErrDamaged) {
					continue // check told of it
				}
				if err != nil {
					return err
				}
				if rec == nil || !holds(ix.keys(rec), e.Key) {
					c.fault("%s has entry %x of no record", ix.bucket, e.Key)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// blobs looks for the files that records refer to.
func (c *checking) blobs() error {
	last := ""
	return c.pages(blobBucket, func(_ store.Reader, page []store.Entry) error {
		for _, e := range page {
			sum := string(e.Key[:max(bytes.IndexByte(e.Key, 0), 0)])
			if sum == last {
				continue
			}
			last = sum
			r, _, err := c.db.blobs.Open(c.ctx, sum, 0, 0)
			if errors.Is(err, fs.ErrNotExist) {
				c.fault("file %s is missing", sum)
				continue
			}
			if err != nil {
				return err
			}
			if err := r.Close(); err != nil {
				return err
			}
		}
		return nil
	})
}
