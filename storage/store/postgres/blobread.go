package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"

	"github.com/jackc/pgx/v5"

	"padome/storage/store"
)

// Open reads a blob or a part of it, as store.BlobStore says: chunk by chunk as
// it is read, with no transaction open in between.
func (b *Blobs) Open(ctx context.Context, sum string, offset, length int64) (io.ReadCloser, int64, error) {
	if !isSum(sum) {
		return nil, 0, store.ErrSum
	}
	size := int64(-1)
	err := b.row(ctx, &size, blobSize, sum)
	if err != nil {
		return nil, 0, fmt.Errorf("open blob %s: %w", sum, err)
	}
	if offset < 0 || offset > size {
		return nil, 0, fmt.Errorf("%w: byte %d of %d", store.ErrRange, offset, size)
	}
	if length < 0 || length > size-offset {
		length = size - offset
	}
	p := &part{ctx: ctx, b: b, sum: sum, at: offset, end: offset + length}
	if length == size {
		p.hash = sha256.New()
	}
	return p, size, nil
}

// row reads the one row of a blob; fs.ErrNotExist when there is none.
func (b *Blobs) row(ctx context.Context, into any, sql string, args ...any) error {
	if err := b.s.enter(ctx); err != nil {
		return err
	}
	defer b.s.life.RUnlock()
	return b.s.patiently(ctx, func(ctx context.Context) error {
		err := b.s.pool.QueryRow(ctx, sql, args...).Scan(into)
		if errors.Is(err, pgx.ErrNoRows) {
			return fs.ErrNotExist
		}
		return err
	})
}

// part reads a part of a blob; of a whole one it compares the content with the
// name at the end.
type part struct {
	ctx     context.Context
	b       *Blobs
	sum     string
	at, end int64
	rest    []byte    // read and not handed over yet
	hash    hash.Hash // nil unless it is a whole blob
	err     error
}

func (p *part) Read(buf []byte) (int, error) {
	if p.err == nil && len(p.rest) == 0 && len(buf) > 0 {
		p.rest, p.err = p.next()
	}
	if len(p.rest) == 0 && p.err != nil {
		return 0, p.err
	}
	n := copy(buf, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

// next is what the next chunk has of the part.
func (p *part) next() ([]byte, error) {
	if p.at == p.end {
		if p.hash != nil && hex.EncodeToString(p.hash.Sum(nil)) != p.sum {
			return nil, p.damage("its content is not its name")
		}
		return nil, io.EOF
	}
	var data []byte
	err := p.b.row(p.ctx, &data, getChunk, p.sum, p.at/chunk)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, p.damage(fmt.Sprintf("chunk %d is missing", p.at/chunk))
	}
	if err != nil {
		return nil, fmt.Errorf("read blob %s: %w", p.sum, err)
	}
	from, to := p.at%chunk, min(p.end-p.at/chunk*chunk, chunk)
	if int64(len(data)) < to {
		return nil, p.damage(fmt.Sprintf("chunk %d is too short", p.at/chunk))
	}
	data = data[from:to]
	p.at += int64(len(data))
	if p.hash != nil {
		p.hash.Write(data)
	}
	return data, nil
}

func (p *part) damage(why string) error {
	return fmt.Errorf("%w: blob %s: %s", store.ErrDamaged, p.sum, why)
}

// Close ends the reading.
func (p *part) Close() error {
	p.err, p.rest = fs.ErrClosed, nil
	return nil
}

// List calls fn for every blob, as store.BlobStore says.
func (b *Blobs) List(ctx context.Context, fn func(sum string, size int64) bool) error {
	last := ""
	for {
		var sizes []int64
		sums, err := b.list(ctx, listBlobs, func(row pgx.CollectableRow) (sum string, err error) {
			var size int64
			err = row.Scan(&sum, &size)
			sizes = append(sizes, size)
			return sum, err
		}, last, store.MaxScan)
		if err != nil || len(sums) == 0 {
			return err
		}
		for i, sum := range sums {
			if !fn(sum, sizes[len(sizes)-len(sums)+i]) {
				return nil
			}
		}
		last = sums[len(sums)-1]
	}
}

// Check reads every blob and names the damaged ones, as store.BlobStore says.
func (b *Blobs) Check(ctx context.Context) error {
	var sums []string
	err := b.List(ctx, func(sum string, _ int64) bool {
		sums = append(sums, sum)
		return true
	})
	faults := []error{err}
	for _, sum := range sums {
		if err := b.verify(ctx, sum); err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

func (b *Blobs) verify(ctx context.Context, sum string) error {
	r, _, err := b.Open(ctx, sum, 0, -1)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // deleted meanwhile
	}
	if err != nil {
		return err
	}
	defer r.Close()
	if _, err = io.Copy(io.Discard, r); errors.Is(err, store.ErrDamaged) && b.row(ctx, new(int64), blobSize, sum) != nil {
		return nil // deleted while it was read
	}
	return err
}
