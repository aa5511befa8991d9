package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"time"

	"padome/internal/problem"
	"padome/storage/store"
)

// MaxBlob is the most bytes that one file can have.
const MaxBlob = 100 << 20

// PutBlob stores a file of at most most bytes, MaxBlob at the most, and returns
// its SHA-256 in hex. It is on the disk before PutBlob returns, so that a record
// can refer to it; one that no record refers to within a day is swept. It fails
// with TooLarge.
func (db *DB) PutBlob(ctx context.Context, r io.Reader, most int64) (sum string, size int64, err error) {
	if err := db.roomLeft(true); err != nil {
		return "", 0, err
	}
	most = min(most, MaxBlob)
	sum, size, err = db.blobs.Put(ctx, r, most)
	if errors.Is(err, store.ErrTooLarge) {
		err = fmt.Errorf("%w: %w", problem.New(problem.TooLarge, "problem.storage.blob", "most", strconv.FormatInt(most>>10, 10)), err)
	}
	return sum, size, edge(err)
}

// OpenBlob reads a file from offset on, length < 0 to its end; size is that of
// the whole file. No transaction is open while it is read. It fails with
// NotFound.
func (db *DB) OpenBlob(ctx context.Context, sum string, offset, length int64) (r io.ReadCloser, size int64, err error) {
	r, size, err = db.blobs.Open(ctx, sum, offset, length)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, missing("file", sum)
	}
	return r, size, edge(err)
}

// SweepBlobs deletes the files that no record refers to and that were last put
// longer ago than olderThan, and returns how many. A record must refer to its
// files within that time of their being put; a day leaves room for forms that
// stay open over night.
func (db *DB) SweepBlobs(ctx context.Context, olderThan time.Duration) (int, error) {
	n, err := db.blobs.Sweep(ctx, db.now().Add(-olderThan), func(sum string) (bool, error) {
		return db.referred(ctx, sum)
	})
	return n, edge(err)
}

// referred reports whether a record of any council refers to a blob.
func (db *DB) referred(ctx context.Context, sum string) (found bool, err error) {
	ts, err := db.engine.Tenants(ctx)
	if err != nil {
		return false, err
	}
	for _, t := range ts {
		err := db.engine.View(ctx, t, func(r store.Reader) error {
			return r.Scan(blobBucket, store.Prefix(key{}.str(sum)), 1, func(_, _ []byte) bool {
				found = true
				return false
			})
		})
		if found || err != nil {
			return found, err
		}
	}
	return false, nil
}
