package pades

import (
	"bytes"
	"errors"
	"maps"
	"slices"
)

// revision is a file as it was after one of its updates, or the original.
type revision struct {
	data    []byte // up to its end
	entries map[int]entry
	changed map[int]bool // objects that updates defined, since the original
	trailer dict
	start   int // of its cross-reference section
	oldest  int // section of an original
	end     int
	values  map[int]any // objects read
	packed  map[int]packed
}

// lastStart is the place behind the last "startxref", or -1.
func lastStart(data []byte) int {
	const keyword = "startxref"
	at := bytes.LastIndex(data, []byte(keyword))
	if at < 0 {
		return -1
	}
	return at + len(keyword)
}

// update reads the next update of a file strictly: objects one after another
// with nothing but white space and comments between, each in the
// cross-reference section that follows, which continues that of the revision
// before and points nowhere else. Nothing can hide in it, and no program can
// read it in two ways.
func (prev *revision) update(data []byte) (*revision, error) {
	r := &reader{data: data, at: prev.end}
	found := map[int]indirect{} // by offset
	numbers := map[int]bool{}
	for {
		if r.skip(); r.at >= len(data) {
			return nil, errSyntax
		}
		if r.opens("xref") {
			break
		}
		o, err := r.object()
		if err != nil {
			return nil, err
		}
		if numbers[o.number] {
			return nil, errors.New("PDF: an object twice in one update")
		}
		numbers[o.number], found[o.from] = true, o
		if s, ok := o.value.(stream); ok && s.dict["Type"] == name("XRef") {
			r.at = o.from
			break
		}
	}
	next := &revision{start: r.at, values: map[int]any{}}
	s, err := r.section()
	if err != nil {
		return nil, err
	}
	if err := next.finish(r); err != nil {
		return nil, err
	}
	if err := s.holds(prev, next.start, found); err != nil {
		return nil, err
	}
	next.follow(prev, s)
	return next, next.lengths(found)
}

// finish reads the end of an update: where its section starts, and the end mark
// with at most the end of its line.
func (rev *revision) finish(r *reader) error {
	if err := r.take("startxref"); err != nil {
		return err
	}
	start, err := r.whole()
	if err != nil {
		return err
	}
	for r.at < len(r.data) && isSpace(r.data[r.at]) {
		r.at++
	}
	if !rev.startsAt(start, r.data) || !r.opens("%%EOF") {
		return errors.New("PDF: an update without its end")
	}
	r.at += len("%%EOF")
	for r.at < len(r.data) && isSpace(r.data[r.at]) {
		r.at++
	}
	rev.end, rev.data = r.at, r.data[:r.at]
	return nil
}

// startsAt reports whether a place is that of the section, or of white space just
// before it, to which some tools point.
func (rev *revision) startsAt(at int, data []byte) bool {
	if at < 0 || at > rev.start || rev.start > len(data) {
		return false
	}
	return !slices.ContainsFunc(data[at:rev.start], func(c byte) bool { return !isSpace(c) })
}

// holds compares a section with the objects that stand before it.
func (s section) holds(prev *revision, start int, found map[int]indirect) error {
	t := s.trailer
	if at, ok := t["Prev"].(int); !ok || !prev.startsAt(at, prev.data) || t["Root"] != prev.trailer["Root"] || t["XRefStm"] != nil || t["Encrypt"] != nil {
		return errors.New("PDF: an update that does not continue the file")
	}
	listed := 0
	for n, e := range s.entries {
		o, here := found[e.offset]
		switch {
		case e.free:
			if old, was := prev.entries[n]; was && !old.free {
				return errors.New("PDF: an object is removed")
			}
		case e.packed:
			if inside := s.entries[e.offset]; inside.packed || inside.free || found[inside.offset].number != e.offset {
				return errors.New("PDF: an object stream of another update")
			}
		case !here || o.number != n || o.generation != e.generation:
			return errors.New("PDF: an object is not where the update says")
		default:
			listed++
		}
	}
	if _, own := found[start]; own && s.entries[found[start].number] == (entry{}) {
		listed++ // a cross-reference stream need not list itself
	}
	if listed != len(found) {
		return errors.New("PDF: an update with objects that it does not list")
	}
	return nil
}

// follow makes the revision that an update leads to.
func (rev *revision) follow(prev *revision, s section) {
	rev.trailer = s.trailer
	rev.entries, rev.changed = maps.Clone(prev.entries), map[int]bool{}
	maps.Copy(rev.changed, prev.changed)
	for n, e := range s.entries {
		if old, was := prev.entries[n]; e.free && (!was || old.free) {
			continue
		}
		rev.entries[n], rev.changed[n] = e, true
	}
}

// lengths checks the lengths of streams that stand as references.
func (rev *revision) lengths(found map[int]indirect) error {
	for _, o := range found {
		if o.length == nil {
			continue
		}
		n, err := rev.value(o.length)
		if err != nil {
			return err
		}
		if n != len(o.value.(stream).raw) {
			return errors.New("PDF: a stream of another length")
		}
	}
	return nil
}

// value is what a value leads to: an object, where it is a reference.
func (rev *revision) value(v any) (any, error) {
	for range 8 {
		to, ok := v.(ref)
		if !ok {
			return v, nil
		}
		var err error
		if v, err = rev.object(to); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("PDF: references in a circle")
}

func (rev *revision) object(to ref) (any, error) {
	e, ok := rev.entries[to.number]
	if !ok || e.free {
		return nil, nil // ISO 32000-1, 7.3.10: null
	}
	if !e.packed && e.generation != to.generation || e.packed && to.generation != 0 {
		return nil, errors.New("PDF: a reference to another generation") // null to some programs, the object to others
	}
	if v, ok := rev.values[to.number]; ok {
		return v, nil
	}
	v, err := rev.read(to.number, e)
	if err == nil {
		rev.values[to.number] = v
	}
	return v, err
}

func (rev *revision) read(n int, e entry) (any, error) {
	if e.packed {
		return rev.readPacked(n, e)
	}
	if e.offset >= len(rev.data) {
		return nil, errSyntax
	}
	o, err := (&reader{data: rev.data, at: e.offset}).object()
	if err != nil {
		return nil, err
	}
	if o.number != n {
		return nil, errors.New("PDF: another object stands there")
	}
	return o.value, nil
}

// packed is an object stream: its content and where which object is.
type packed struct {
	data    []byte
	numbers []int
	offsets []int
}

func (rev *revision) readPacked(n int, e entry) (any, error) {
	p, ok := rev.packed[e.offset]
	if !ok {
		in := rev.entries[e.offset]
		if in.packed || in.free {
			return nil, errSyntax
		}
		v, err := rev.read(e.offset, in)
		if err != nil {
			return nil, err
		}
		s, isStream := v.(stream)
		if !isStream || s.dict["Type"] != name("ObjStm") {
			return nil, errSyntax
		}
		if p, err = s.unpack(); err != nil {
			return nil, err
		}
		if rev.packed == nil {
			rev.packed = map[int]packed{}
		}
		rev.packed[e.offset] = p
	}
	if e.index >= len(p.numbers) || p.numbers[e.index] != n {
		return nil, errors.New("PDF: another object stands there")
	}
	v, err := (&reader{data: p.data, at: p.offsets[e.index]}).value(0)
	if t, ok := v.(text); ok {
		v = text{bytes: t.bytes} // its place is not one in the file
	}
	return v, err
}

// unpack reads the head of an object stream; a number that stands twice is refused.
func (s stream) unpack() (p packed, err error) {
	if p.data, err = s.content(); err != nil {
		return p, err
	}
	count, ok1 := s.dict["N"].(int)
	first, ok2 := s.dict["First"].(int)
	if !ok1 || !ok2 || count < 0 || count > mostObjects || first < 0 || first > len(p.data) {
		return p, errSyntax
	}
	r, seen := reader{data: p.data[:first]}, map[int]bool{}
	for range count {
		n, err := r.whole()
		if err != nil {
			return p, err
		}
		at, err := r.whole()
		if err != nil || seen[n] || first+at > len(p.data) {
			return p, errSyntax
		}
		seen[n] = true
		p.numbers, p.offsets = append(p.numbers, n), append(p.offsets, first+at)
	}
	return p, nil
}

// dict is the dictionary that a value leads to, of a stream too; nil where it
// leads to something else.
func (rev *revision) dict(v any) (dict, error) {
	v, err := rev.value(v)
	if s, ok := v.(stream); ok {
		return s.dict, err
	}
	d, _ := v.(dict)
	return d, err
}

func (rev *revision) array(v any) (array, error) {
	v, err := rev.value(v)
	a, _ := v.(array)
	return a, err
}
