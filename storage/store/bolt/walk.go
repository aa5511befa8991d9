package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"padome/storage/store"
)

// maxDepth is how many pages may lead to one another. Each of them leads to
// dozens, and a bucket lies in a bucket at most once.
const maxDepth = 64

// walk looks at the pages of a file before bbolt does, which follows them
// wherever they lead: in a circle for ever, until memory or stack are used up.
// Each page is read once at most, and nothing that it says is believed.
type walk struct {
	ctx      context.Context
	file     io.ReaderAt
	pageSize uint64
	head     head
	taken    []uint64         // a bit for each page: whether it is in use or free
	buffers  [maxDepth][]byte // one for each depth
}

// walkPages looks at all pages of a file, of whose heads the one of the
// transaction newest counts, and which nobody changes meanwhile. It fails with
// store.ErrDamaged unless each page is either free or has one that leads to it,
// keys lie in their order, and everything lies within its page.
func walkPages(ctx context.Context, file *os.File, pageSize int, newest uint64) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	w := &walk{ctx: ctx, file: file, pageSize: uint64(pageSize)}
	if err := w.readHead(uint64(info.Size()), newest); err != nil {
		return err
	}
	if info.Size() > walked {
		// From end to end first: a disk that turns takes hours where pages lead.
		if _, err := io.Copy(io.Discard, io.NewSectionReader(file, 0, int64(w.head.end*w.pageSize))); err != nil {
			return err
		}
	}
	w.take(0)
	w.take(1)
	if err := w.freePages(); err != nil {
		return err
	}
	if err := w.tree(w.head.root, span{}, 0); err != nil {
		return err
	}
	return w.leftOver()
}

// readHead reads the head that bbolt goes by.
func (w *walk) readHead(size, newest uint64) error {
	raw := make([]byte, pageHead+headSize)
	if w.pageSize < uint64(len(raw)) {
		return fmt.Errorf("%w: pages of %d bytes", store.ErrDamaged, w.pageSize)
	}
	for i := uint64(0); i < 2 && !(w.head.whole && w.head.newest == newest); i++ {
		if err := w.read(raw, i*w.pageSize); err != nil {
			return err
		}
		w.head = parseHead(raw)
	}
	if w.head.end < 2 || w.head.end > size/w.pageSize {
		return fmt.Errorf("%w: %d bytes long instead of %d pages", store.ErrDamaged, size, w.head.end)
	}
	w.taken = make([]uint64, w.head.end/64+1)
	return nil
}

// checkHeads fails with store.ErrDamaged unless both heads are whole. A file with
// one opens, but its last transaction may be missing.
func checkHeads(file io.ReaderAt, pageSize int) error {
	w := &walk{file: file}
	raw := make([]byte, pageHead+headSize)
	for id := range uint64(2) {
		if err := w.read(raw, id*uint64(pageSize)); err != nil {
			return err
		}
		if p := parsePage(raw); p.id != id || p.kind != headPage || !parseHead(raw).whole {
			return pageFault(id, "is no head any more: the last transaction may be missing")
		}
	}
	return nil
}

// read fails with store.ErrDamaged where the file has no more.
func (w *walk) read(into []byte, at uint64) error {
	_, err := w.file.ReadAt(into, int64(at))
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: cut short", store.ErrDamaged)
	}
	return err
}

// take notes that a page is in use or free, and reports whether it was not
// before.
func (w *walk) take(id uint64) bool {
	bit := uint64(1) << (id % 64)
	before := w.taken[id/64]
	w.taken[id/64] |= bit
	return before&bit == 0
}

// takePage reads the head of a page and takes it with what belongs to it.
func (w *walk) takePage(id uint64, into []byte) (page, error) {
	if id < 2 || id >= w.head.end {
		return page{}, pageFault(id, "lies outside the file")
	}
	if err := w.read(into, id*w.pageSize); err != nil {
		return page{}, err
	}
	p := parsePage(into)
	if p.id != id {
		return p, pageFault(id, "is page %d", p.id)
	}
	if p.overflow >= w.head.end-id {
		return p, pageFault(id, "reaches beyond the file")
	}
	for i := range p.overflow + 1 {
		if !w.take(id + i) {
			return p, pageFault(id+i, "is used twice, or is free")
		}
	}
	return p, nil
}

func pageFault(id uint64, format string, args ...any) error {
	return fmt.Errorf("%w: page %d %s", store.ErrDamaged, id, fmt.Sprintf(format, args...))
}

// freePages takes the free pages and their list.
func (w *walk) freePages() error {
	if w.head.list == noList {
		return nil
	}
	first := make([]byte, pageHead+8)
	p, err := w.takePage(w.head.list, first)
	if err != nil {
		return err
	}
	if p.kind != listPage {
		return pageFault(p.id, "is no list of free pages")
	}
	count, at := uint64(p.count), uint64(pageHead)
	if p.count == 0xFFFF { // then the first entry counts them
		count, at = binary.NativeEndian.Uint64(first[pageHead:]), at+8
	}
	if count > w.head.end || at+8*count > (p.overflow+1)*w.pageSize {
		return pageFault(p.id, "lists %d free pages", count)
	}
	ids := make([]byte, 8*count)
	if err := w.read(ids, p.id*w.pageSize+at); err != nil {
		return err
	}
	for ; len(ids) > 0; ids = ids[8:] {
		id := binary.NativeEndian.Uint64(ids)
		if id < 2 || id >= w.head.end || !w.take(id) {
			return pageFault(p.id, "lists page %d as free", id)
		}
	}
	return nil
}

// leftOver finds a page that nothing leads to and that is not free.
func (w *walk) leftOver() error {
	if w.head.list == noList {
		return nil
	}
	for id := range w.head.end {
		if w.taken[id/64]&(1<<(id%64)) == 0 {
			return pageFault(id, "is neither in use nor free")
		}
	}
	return nil
}

// span is where the keys of a page lie: none before from, all before to; nil is
// without bound.
type span struct{ from, to []byte }

// tree walks from a page to all that it leads to.
func (w *walk) tree(id uint64, within span, depth int) error {
	if depth == maxDepth {
		return pageFault(id, "lies too deep")
	}
	if err := w.ctx.Err(); err != nil {
		return err
	}
	p, err := w.page(id, depth)
	if err != nil {
		return err
	}
	if p.kind == branchPage {
		return w.branch(&p, within, depth)
	}
	return eachElement(&p, within, func(e element) error { return w.bucket(&p, e, depth) })
}

// page reads a branch or leaf with all that belongs to it.
func (w *walk) page(id uint64, depth int) (p page, err error) {
	if w.buffers[depth] == nil {
		w.buffers[depth] = make([]byte, w.pageSize)
	}
	buffer := w.buffers[depth]
	if p, err = w.takePage(id, buffer[:w.pageSize]); err != nil {
		return p, err
	}
	size := (p.overflow + 1) * w.pageSize
	switch {
	case p.kind != branchPage && p.kind != leafPage:
		return p, pageFault(id, "is of kind %#x", p.kind)
	case p.kind == branchPage && p.count == 0:
		return p, pageFault(id, "leads nowhere")
	case size > maxPage:
		return p, pageFault(id, "is %d bytes long", size)
	}
	if size > uint64(len(buffer)) {
		buffer = make([]byte, size)
		copy(buffer, p.raw)
		w.buffers[depth] = buffer
	}
	p.raw = buffer[:size]
	return p, w.read(p.raw[w.pageSize:], id*w.pageSize+w.pageSize)
}

// branch walks to the children of a page; each has the keys up to the next.
func (w *walk) branch(p *page, within span, depth int) error {
	var before element
	err := eachElement(p, within, func(e element) error {
		if before.key != nil {
			if err := w.tree(before.child, span{before.key, e.key}, depth+1); err != nil {
				return err
			}
		}
		before = e
		return nil
	})
	if err != nil {
		return err
	}
	return w.tree(before.child, span{before.key, within.to}, depth+1)
}

// eachElement calls fn for the elements of a page, and fails where their keys
// are out of order.
func eachElement(p *page, within span, fn func(element) error) error {
	var last []byte
	for i := range p.count {
		e, err := p.element(i)
		if err != nil {
			return pageFault(p.id, "%v", err)
		}
		if last != nil && bytes.Compare(last, e.key) >= 0 || bytes.Compare(e.key, within.from) < 0 || within.to != nil && bytes.Compare(e.key, within.to) >= 0 {
			return pageFault(p.id, "has key %x out of order", e.key)
		}
		if err := fn(e); err != nil {
			return err
		}
		last = e.key
	}
	return nil
}

// bucket walks the bucket that an element of a leaf may be: one with pages of
// its own, or a small one, which lies in the element.
func (w *walk) bucket(p *page, e element, depth int) error {
	switch {
	case e.flags == 0:
		return nil
	case e.flags != bucketElement || len(e.value) < bucketHead:
		return pageFault(p.id, "has no bucket under key %x", e.key)
	}
	if root := binary.NativeEndian.Uint64(e.value); root != 0 {
		return w.tree(root, span{}, depth+1)
	}
	raw := e.value[bucketHead:]
	if len(raw) < pageHead {
		return pageFault(p.id, "has no bucket under key %x", e.key)
	}
	small := parsePage(raw)
	if small.kind != leafPage {
		return pageFault(p.id, "has no bucket under key %x", e.key)
	}
	small.id = p.id
	return eachElement(&small, span{}, func(e element) error {
		if e.flags != 0 {
			return pageFault(p.id, "has a bucket in a small one under key %x", e.key)
		}
		return nil
	})
}
