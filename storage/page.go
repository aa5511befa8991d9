package storage

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/storage/store"
)

// MaxPage is the most records that one page can have.
const MaxPage = 200

// Page asks for at most Limit records after a cursor; the empty cursor is the
// beginning. The cursor of the page after comes with each page, empty with the
// last one.
type Page struct {
	After string
	Limit int
}

// Span is the days a listing covers, both included; an empty date is no bound.
type Span struct {
	From, Until council.Date
	NewestFirst bool
}

// window is the rest of a range that the page asks for. It fails with Invalid
// when the limit is missing or over MaxPage, or the cursor is none of this
// listing.
func (p Page) window(r store.Range) (store.Range, error) {
	var l problem.List
	if p.Limit < 1 || p.Limit > MaxPage {
		l.Add("limit", "problem.range", "value", strconv.Itoa(p.Limit), "least", "1", "most", strconv.Itoa(MaxPage))
	}
	if p.After != "" {
		after, err := base64.RawURLEncoding.DecodeString(p.After)
		if err != nil || bytes.Compare(after, r.From) < 0 || r.To != nil && bytes.Compare(after, r.To) >= 0 || len(after) > store.MaxKey {
			l.Add("after", "problem.storage.cursor", "value", p.After)
		}
		r = r.After(after)
	}
	return r, l.Err()
}

// page reads one page of a range of the bucket, which is the table's own or one
// of its indexes, and the cursor of the next.
func (tb *table[T]) page(r store.Reader, bucket string, rng store.Range, p Page) ([]T, string, error) {
	rng, err := p.window(rng)
	if err != nil {
		return nil, "", err
	}
	recs, keys, err := tb.scan(r, bucket, rng, p.Limit+1)
	if err != nil || len(recs) <= p.Limit {
		return recs, "", err
	}
	return recs[:p.Limit], base64.RawURLEncoding.EncodeToString(keys[p.Limit-1]), nil
}

// every reads all records of a range of the bucket, page by page.
func (tb *table[T]) every(r store.Reader, bucket string, rng store.Range) ([]T, error) {
	var all []T
	for {
		recs, keys, err := tb.scan(r, bucket, rng, store.MaxScan)
		if err != nil {
			return nil, err
		}
		all = append(all, recs...)
		if len(keys) < store.MaxScan {
			return all, nil
		}
		rng = rng.After(keys[len(keys)-1])
	}
}

// scan reads at most limit records of a range of the bucket, with their keys in
// it: one call of the engine for the table's own bucket, two for an index.
func (tb *table[T]) scan(r store.Reader, bucket string, rng store.Range, limit int) ([]T, [][]byte, error) {
	if len(rng.From) > store.MaxKey {
		return nil, nil, nil // nothing can have been stored there
	}
	var keys, values [][]byte
	err := r.Scan(bucket, rng, limit, func(k, v []byte) bool {
		keys, values = append(keys, bytes.Clone(k)), append(values, bytes.Clone(v))
		return true
	})
	if err == nil && bucket != tb.bucket && len(values) > 0 {
		values, err = r.GetMany(tb.bucket, values)
	}
	if err != nil {
		return nil, nil, err
	}
	recs := make([]T, len(values))
	for i, raw := range values {
		if raw == nil {
			return nil, nil, fmt.Errorf("%w: entry %x of %s has no record", store.ErrDamaged, keys[i], bucket)
		}
		if recs[i], err = decode[T](raw); err != nil {
			return nil, nil, fmt.Errorf("%s %x: %w", bucket, keys[i], err)
		}
	}
	return recs, keys, nil
}
