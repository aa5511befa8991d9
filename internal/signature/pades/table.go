package pades

import (
	"errors"
	"maps"
)

// entry is where an object stands: at an offset, or in an object stream. A free
// entry says that there is no such object.
type entry struct {
	offset     int // of the object, or number of the object stream
	index      int // in the object stream
	packed     bool
	free       bool
	generation int
}

// mostObjects bounds the numbers of objects.
const mostObjects = 1 << 20

// section is a cross-reference section (ISO 32000-1, 7.5.4 and 7.5.8).
type section struct {
	entries map[int]entry
	trailer dict
}

// section reads a table with its trailer, or a cross-reference stream.
func (r *reader) section() (section, error) {
	r.skip()
	if r.opens("xref") {
		return r.table()
	}
	o, err := r.object()
	if err != nil {
		return section{}, err
	}
	s, ok := o.value.(stream)
	if !ok || s.dict["Type"] != name("XRef") || o.length != nil {
		return section{}, errors.New("PDF: no cross-reference section")
	}
	entries, err := s.entries()
	return section{entries, s.dict}, err
}

// add notes an entry; an object that stands twice is refused.
func (s section) add(number int, e entry) error {
	if _, twice := s.entries[number]; twice || number < 0 || number >= mostObjects {
		return errors.New("PDF: an object twice in one cross-reference section")
	}
	s.entries[number] = e
	return nil
}

func (r *reader) table() (section, error) {
	r.at += len("xref")
	s := section{entries: map[int]entry{}}
	for {
		r.skip()
		if r.opens("trailer") {
			r.at += len("trailer")
			v, err := r.value(0)
			d, ok := v.(dict)
			if err != nil || !ok {
				return s, errSyntax
			}
			s.trailer = d
			return s, nil
		}
		first, err := r.whole()
		if err != nil {
			return s, err
		}
		count, err := r.whole()
		if err != nil || count > mostObjects {
			return s, errSyntax
		}
		for n := first; n < first+count; n++ {
			if err := r.tableEntry(s, n); err != nil {
				return s, err
			}
		}
	}
}

func (r *reader) tableEntry(s section, number int) error {
	offset, err := r.whole()
	if err != nil {
		return err
	}
	generation, err := r.whole()
	if err != nil {
		return err
	}
	r.skip()
	switch r.word() {
	case "n":
		return s.add(number, entry{offset: offset, generation: generation})
	case "f":
		return s.add(number, entry{free: true})
	}
	return errSyntax
}

// entries are those of a cross-reference stream.
func (s stream) entries() (map[int]entry, error) {
	data, err := s.content()
	if err != nil {
		return nil, err
	}
	widths, err := s.widths()
	if err != nil {
		return nil, err
	}
	index, ok := s.dict["Index"].(array)
	if !ok {
		index = array{0, s.dict["Size"]}
	}
	all := section{entries: map[int]entry{}}
	for ; len(index) >= 2; index = index[2:] {
		first, ok1 := index[0].(int)
		count, ok2 := index[1].(int)
		if !ok1 || !ok2 || count < 0 || count > mostObjects {
			return nil, errSyntax
		}
		for n := first; n < first+count; n++ {
			if len(data) < widths[0]+widths[1]+widths[2] {
				return nil, errSyntax
			}
			var f [3]int
			f[0] = 1
			for i, w := range widths {
				if w > 0 {
					f[i], data = number(data[:w]), data[w:]
				}
			}
			if err := all.addFields(n, f); err != nil {
				return nil, err
			}
		}
	}
	return all.entries, nil
}

func (s section) addFields(n int, f [3]int) error {
	switch f[0] {
	case 0:
		return s.add(n, entry{free: true})
	case 1:
		return s.add(n, entry{offset: f[1], generation: f[2]})
	case 2:
		return s.add(n, entry{offset: f[1], index: f[2], packed: true})
	}
	return errSyntax
}

func (s stream) widths() (w [3]int, err error) {
	a, _ := s.dict["W"].(array)
	if len(a) != 3 {
		return w, errSyntax
	}
	for i := range w {
		n, ok := a[i].(int)
		if !ok || n < 0 || n > 6 {
			return w, errSyntax
		}
		w[i] = n
	}
	if w[0]+w[1]+w[2] == 0 {
		return w, errSyntax
	}
	return w, nil
}

func number(b []byte) (n int) {
	for _, c := range b {
		n = n<<8 | int(c)
	}
	return n
}

// mostSections bounds how many cross-reference sections one file may have.
const mostSections = 32

// open reads the original of a file: the sections from its last "startxref" on.
func open(data []byte) (*revision, error) {
	r := reader{data: data, at: lastStart(data)}
	if r.at < 0 {
		return nil, errSyntax
	}
	start, err := r.whole()
	if err != nil {
		return nil, err
	}
	rev := &revision{data: data, entries: map[int]entry{}, start: start, end: len(data), values: map[int]any{}}
	for n, at := 0, start; ; n++ {
		if n == mostSections || at >= len(data) {
			return nil, errors.New("PDF: its cross-reference sections do not end")
		}
		s, err := (&reader{data: data, at: at}).section()
		if err != nil {
			return nil, err
		}
		older := maps.Clone(s.entries)
		maps.Copy(older, rev.entries)
		rev.entries = older
		if rev.trailer == nil {
			rev.trailer = s.trailer
		}
		if s.trailer["XRefStm"] != nil || s.trailer["Encrypt"] != nil {
			return nil, errors.New("PDF: hybrid or encrypted")
		}
		prev, ok := s.trailer["Prev"].(int)
		if !ok {
			rev.oldest = at
			return rev, nil
		}
		if prev < 0 {
			return nil, errSyntax
		}
		at = prev
	}
}
