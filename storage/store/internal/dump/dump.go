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

// Frame is a part of a dump: some items of a tenant whose Seq that is. The last
// one has a Sum and nothing else.
type Frame struct {
	Form   string       `cbor:"0,keyasint,omitempty"` // of the first frame
	Tenant store.Tenant `cbor:"1,keyasint"`
	Seq    uint64       `cbor:"2,keyasint"`
	Items  []store.Item `cbor:"3,keyasint"`
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
	if !w.begun {
		f.Form = form
	}
	if !w.begun || f.Tenant != w.current {
		w.digest.Tenant(f.Tenant, f.Seq)
	}
	w.begun, w.current = true, f.Tenant
	w.digest.Items(f.Items)
	return w.to.Encode(f)
}

// End writes the last frame, by which a reader knows that all is there.
func (w *Writer) End() error {
	f := Frame{Sum: w.digest.Sum()}
	if !w.begun {
		f.Form = form
	}
	return w.to.Encode(f)
}

// Read hands over the frames of a dump, to its end. It fails with
// store.ErrDamaged when the dump is not whole.
func Read(r io.Reader, fn func(Frame) error) error {
	from, digest := cbor.NewDecoder(r), NewDigest()
	var current store.Tenant
	for first := true; ; first = false {
		var f Frame
		if err := from.Decode(&f); err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				err = errors.New("it is cut short")
			}
			return fmt.Errorf("%w: dump: %w", store.ErrDamaged, err)
		}
		if first && f.Form != form {
			return fmt.Errorf("%w: no dump of this program", store.ErrDamaged)
		}
		if f.Sum != nil {
			if string(f.Sum) != string(digest.Sum()) {
				return fmt.Errorf("%w: dump: its digest differs", store.ErrDamaged)
			}
			return nil
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
