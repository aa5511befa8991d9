package postgres

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"padome/storage/store"
)

// chunk is how many bytes of a blob lie in one row.
const chunk = 1 << 20

// Blobs keeps blobs in the database of a Store, in chunks.
type Blobs struct{ s *Store }

var _ store.BlobStore = (*Blobs)(nil)

// Blobs are the blobs beside the records; they end with the Store.
func (s *Store) Blobs() *Blobs { return &Blobs{s} }

// Put stores what it reads, as store.BlobStore says. All of it has arrived in a
// local file before the database hears of it: no transaction waits for a slow
// sender, and an interrupted upload leaves nothing.
func (b *Blobs) Put(ctx context.Context, r io.Reader, most int64) (sum string, size int64, err error) {
	u, err := receive(ctx, r, most)
	if err != nil {
		return "", 0, fmt.Errorf("store a blob: %w", err)
	}
	defer u.Close()
	if err := b.s.enter(ctx); err != nil {
		return "", 0, err
	}
	defer b.s.life.RUnlock()
	err = b.s.patiently(ctx, func(ctx context.Context) error { return b.place(ctx, u) })
	if err != nil {
		return "", 0, fmt.Errorf("store blob %s: %w", u.sum, err)
	}
	return u.sum, u.size, nil
}

// place stores an upload in one transaction. The same content may be there
// already: that renews its time, and mends it should it be damaged. It may run
// again, whatever became of the first time.
func (b *Blobs) place(ctx context.Context, u *upload) error {
	return b.inTx(ctx, func(ctx context.Context, conn *pgxpool.Conn) error {
		if _, err := conn.Exec(ctx, putBlob, u.sum, u.size, b.s.cfg.Now().UnixNano()); err != nil {
			return err
		}
		buf := make([]byte, chunk)
		for n := 0; int64(n)*chunk < u.size; n++ {
			m, err := u.ReadAt(buf, int64(n)*chunk)
			if err != nil && err != io.EOF {
				return err
			}
			if _, err := conn.Exec(ctx, putChunk, u.sum, n, buf[:m]); err != nil {
				return err
			}
		}
		return nil
	})
}

// inTx runs fn in a transaction.
func (b *Blobs) inTx(ctx context.Context, fn func(context.Context, *pgxpool.Conn) error) error {
	conn, err := b.s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	a := &attempt{conn: conn}
	defer a.end()
	_, err = conn.Exec(ctx, beginUpdate)
	if err == nil {
		err = fn(ctx, conn)
	}
	if err == nil {
		_, err = conn.Exec(ctx, commit)
		a.ended = err == nil
	}
	return cut(conn, err)
}

// upload is what has been received of a blob: small ones in memory, others in a
// file that has no name any more.
type upload struct {
	io.ReaderAt
	io.Closer
	sum  string
	size int64
}

func receive(ctx context.Context, r io.Reader, most int64) (u *upload, err error) {
	h := sha256.New()
	limited := &untilOver{ctx: ctx, r: r, left: most}
	var first bytes.Buffer
	n, err := io.CopyN(io.MultiWriter(&first, h), limited, chunk)
	if err == io.EOF {
		return &upload{bytes.NewReader(first.Bytes()), io.NopCloser(nil), hex.EncodeToString(h.Sum(nil)), n}, nil
	}
	if err != nil {
		return nil, err
	}
	f, err := os.CreateTemp("", "padome-upload-*")
	if err != nil {
		return nil, err
	}
	err = os.Remove(f.Name())
	if err == nil {
		_, err = f.Write(first.Bytes())
	}
	if err == nil {
		n, err = io.Copy(io.MultiWriter(f, h), limited)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &upload{f, f, hex.EncodeToString(h.Sum(nil)), chunk + n}, nil
}

// untilOver reads until its context ends or more came than may.
type untilOver struct {
	ctx  context.Context
	r    io.Reader
	left int64
}

func (u *untilOver) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := u.r.Read(p)
	if u.left -= int64(n); u.left < 0 {
		return 0, fmt.Errorf("%w: more bytes than may be stored", store.ErrTooLarge)
	}
	return n, err
}

// Delete removes a blob, as store.BlobStore says.
func (b *Blobs) Delete(ctx context.Context, sum string) error {
	if !isSum(sum) {
		return store.ErrSum
	}
	_, err := b.remove(ctx, sum, time.Unix(0, 1<<63-1))
	return err
}

// remove removes a blob last put before a time, and says whether it was there.
func (b *Blobs) remove(ctx context.Context, sum string, before time.Time) (gone bool, err error) {
	if err := b.s.enter(ctx); err != nil {
		return false, err
	}
	defer b.s.life.RUnlock()
	err = b.s.patiently(ctx, func(ctx context.Context) error {
		return b.inTx(ctx, func(ctx context.Context, conn *pgxpool.Conn) error {
			tag, err := conn.Exec(ctx, deleteBlob, sum, before.UnixNano())
			if gone = tag.RowsAffected() == 1; err == nil && gone {
				_, err = conn.Exec(ctx, deleteChunk, sum)
			}
			return err
		})
	})
	return gone, err
}

func isSum(s string) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == sha256.Size*2
}

// Sweep deletes old blobs that nobody wants, as store.BlobStore says.
func (b *Blobs) Sweep(ctx context.Context, before time.Time, keep func(sum string) (bool, error)) (int, error) {
	swept, last := 0, ""
	for {
		sums, err := b.list(ctx, listOldBlobs, pgx.RowTo[string], last, store.MaxScan, before.UnixNano())
		if err != nil || len(sums) == 0 {
			return swept, err
		}
		for _, sum := range sums {
			wanted, err := keep(sum)
			if err != nil {
				return swept, err
			}
			if wanted {
				continue
			}
			gone, err := b.remove(ctx, sum, before)
			if err != nil {
				return swept, err
			}
			if gone {
				swept++
			}
		}
		last = sums[len(sums)-1]
	}
}

func (b *Blobs) list(ctx context.Context, sql string, row pgx.RowToFunc[string], args ...any) (list []string, err error) {
	if err := b.s.enter(ctx); err != nil {
		return nil, err
	}
	defer b.s.life.RUnlock()
	err = b.s.patiently(ctx, func(ctx context.Context) error {
		rows, err := b.s.pool.Query(ctx, sql, args...)
		if err == nil {
			list, err = pgx.CollectRows(rows, row)
		}
		return err
	})
	return list, err
}
