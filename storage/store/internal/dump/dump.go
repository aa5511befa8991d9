// Package dump is a copy of all records of an installation as one stream, which
// belongs to no engine.
package dump

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/fxamacker/cbor/v2"

	"padome/storage/store"
)

// form is the name of the format, with its number.
const form = "padome dump 1"

// Frame is a part of a dump: some items of a tenant whose Seq that is.
type Frame struct {
	Tenant store.Tenant
	Seq    uint64
	Items  []store.Item
}

// frame is a Frame as it is written. The first one has a Form, the last one a
// Sum and nothing else.
type frame struct {
	Form   string       `cbor:"0,keyasint,omitempty"`
	Tenant store.Tenant `cbor:"1,keyasint"`
	Seq    uint64       `cbor:"2,keyasint"`
	Items  [][3][]byte  `cbor:"3,keyasint"` // bucket, key, value
	Sum    []byte       `cbor:"4,keyasint,omitempty"`
}

// Digest is a digest of everything in an installation, in order.
type Digest struct{ hash hash.Hash }

// NewDigest is the digest of nothing.
func NewDigest() *Digest { return &Digest{sha256.New()} }

// Tenant adds that a tenant begins.
func (d *Digest) Tenant(t store.Tenant, seq uint64) {
	b := binary.BigEndian.AppendUint64([]byte{'t'}, uint64(t))
	d.hash.Write(binary.BigEndian.AppendUint64(b, seq))
}

// Items adds items of the tenant.
func (d *Digest) Items(items []store.Item) {
	for _, it := range items {
		d.hash.Write([]byte{'i'})
		for _, part := range [][]byte{[]byte(it.Bucket), it.Key, it.Value} {
			d.hash.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
			d.hash.Write(part)
		}
	}
}

// Sum is the digest so far.
func (d *Digest) Sum() []byte { return d.hash.Sum(nil) }

// Writer writes a dump: a Frame for each tenant at least, in order.
type Writer struct {
	to      *cbor.Encoder
	digest  *Digest
	begun   bool
	current store.Tenant
}

// NewWriter is a Writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{to: cbor.NewEncoder(w), digest: NewDigest()} }

// Write writes a Frame.
func (w *Writer) Write(f Frame) error {
	if !w.begun || f.Tenant != w.current {
		w.digest.Tenant(f.Tenant, f.Seq)
	}
	w.digest.Items(f.Items)
	raw := frame{Form: w.form(), Tenant: f.Tenant, Seq: f.Seq}
	for _, it := range f.Items {
		raw.Items = append(raw.Items, [3][]byte{[]byte(it.Bucket), it.Key, it.Value})
	}
	w.begun, w.current = true, f.Tenant
	return w.to.Encode(raw)
}

// End writes the last frame, by which a reader knows that all is there.
func (w *Writer) End() error {
	return w.to.Encode(frame{Form: w.form(), Sum: w.digest.Sum()})
}

func (w *Writer) form() string {
	if w.begun {
		return ""
	}
	return form
}

// Read hands over the frames of a dump, to its end. It fails with
// store.ErrDamaged when the dump is not whole.
func Read(r io.Reader, fn func(Frame) error) error {
	from, digest := cbor.NewDecoder(r), NewDigest()
	var current store.Tenant
	for first := true; ; first = false {
		var raw frame
		if err := from.Decode(&raw); err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				err = errors.New("it is cut short")
			}
			return fmt.Errorf("%w: dump: %w", store.ErrDamaged, err)
		}
		if first && raw.Form != form {
			return fmt.Errorf("%w: no dump of this program", store.ErrDamaged)
		}
		if raw.Sum != nil {
			if string(raw.Sum) != string(digest.Sum()) {
				return fmt.Errorf("%w: dump: its digest differs", store.ErrDamaged)
			}
			return nil
		}
		f := Frame{Tenant: raw.Tenant, Seq: raw.Seq}
		for _, it := range raw.Items {
			f.Items = append(f.Items, store.Item{Bucket: string(it[0]), Key: it[1], Value: it[2]})
		}
		if first || f.Tenant != current {
			digest.Tenant(f.Tenant, f.Seq)
		}
		current = f.Tenant
		digest.Items(f.Items)
		if err := fn(f); err != nil {
			return err
		}
	}
}
