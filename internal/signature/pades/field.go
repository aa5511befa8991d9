package pades

import (
	"strings"
	"time"

	"padome/internal/signature"
)

// form is what a revision's form holds: signatures in the order of its fields.
type form struct{ signatures []signed }

// signed is a signature of a file as it stands in a revision.
type signed struct {
	kind     name // SubFilter
	contents text
	gap      [2]int // what the signature does not cover: its own value
	end      int    // of what it covers
	claimed  time.Time
}

// formKeys are all that a form may have; XFA would be another document in this one.
var formKeys = map[name]bool{"Type": true, "Fields": true, "SigFlags": true, "DR": true, "DA": true, "NeedAppearances": true, "Q": true}

// mostFields bounds the signatures and time stamps of a file.
const mostFields = 24

// form reads the form, which may hold signatures alone.
func (rev *revision) form() (f form, err error) {
	catalog, err := rev.dict(rev.trailer["Root"])
	if err != nil {
		return f, err
	}
	a, err := rev.dict(catalog["AcroForm"])
	if err != nil {
		return f, err
	}
	for k := range a {
		if !formKeys[k] || k == "NeedAppearances" && a[k] != false {
			return f, added(partField)
		}
	}
	fields, err := rev.array(a["Fields"])
	if err != nil {
		return f, err
	}
	if len(fields) > mostFields {
		return f, tooMany()
	}
	for _, v := range fields {
		if err := f.read(rev, v); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (f *form) read(rev *revision, v any) error {
	d, err := rev.dict(v)
	if err != nil {
		return err
	}
	if d["FT"] != name("Sig") {
		return added(partField)
	}
	if err := rev.field(d); err != nil {
		return err
	}
	kids, err := rev.array(d["Kids"])
	if err != nil {
		return err
	}
	for _, k := range kids {
		w, err := rev.dict(k)
		if err != nil {
			return err
		}
		if w["Subtype"] != name("Widget") || w["T"] != nil || w["V"] != nil {
			return added(partField)
		}
		if err := rev.field(w); err != nil {
			return err
		}
	}
	if d["V"] == nil {
		return nil // a field prepared and not signed
	}
	s, err := rev.signed(d["V"])
	if err != nil {
		return err
	}
	f.signatures = append(f.signatures, s)
	return nil
}

// fieldKeys are all that a field of a signature or its widget may have; actions
// are not among them.
var fieldKeys = map[name]bool{"Type": true, "Subtype": true, "FT": true, "T": true, "TU": true, "TM": true, "Ff": true, "F": true, "V": true,
	"Rect": true, "P": true, "AP": true, "AS": true, "DA": true, "DR": true, "Lock": true, "SV": true, "Kids": true, "Parent": true, "MK": true,
	"BS": true, "Border": true, "StructParent": true, "NM": true, "M": true, "Q": true, "H": true}

// field allows a field of a signature that does nothing and shows nothing: a
// picture of a signature could cover what the document says.
func (rev *revision) field(d dict) error {
	for k := range d {
		if !fieldKeys[k] {
			return added(partField)
		}
	}
	if d["AP"] == nil && d["MK"] == nil {
		return nil
	}
	rect, err := rev.array(d["Rect"])
	if err != nil {
		return err
	}
	if len(rect) == 4 && same(rect[0], rect[2]) && same(rect[1], rect[3]) {
		return nil
	}
	return added(partPicture)
}

// same reports whether two values are the same number.
func same(x, y any) bool {
	a, ok1 := x.(int)
	b, ok2 := y.(int)
	if ok1 && ok2 {
		return a == b
	}
	f, ok1 := x.(float64)
	g, ok2 := y.(float64)
	return ok1 && ok2 && f == g
}

// signed reads a signature: what it covers has to be the file up to an end but
// for its own value.
func (rev *revision) signed(v any) (s signed, err error) {
	d, err := rev.dict(v)
	if err != nil {
		return s, err
	}
	s.kind, _ = d["SubFilter"].(name)
	s.claimed = dateOf(d["M"])
	bad := signature.Because("problem.signature.pdf.range")
	ranges, err := rev.array(d["ByteRange"])
	if err != nil {
		return s, err
	}
	contents, isText := d["Contents"].(text)
	if !isText || len(ranges) != 4 {
		return s, bad
	}
	var n [4]int
	for i := range n {
		at, ok := ranges[i].(int)
		if !ok || at < 0 || at > len(rev.data) {
			return s, bad
		}
		n[i] = at
	}
	whole := n[0] == 0 && n[1] == contents.from && n[2] == contents.to && n[1] < n[2] && n[2]+n[3] <= len(rev.data)
	if !whole || rev.data[n[1]] != '<' || rev.data[n[2]-1] != '>' || n[2]-n[1] != 2*len(contents.bytes)+2 {
		return s, bad
	}
	s.contents, s.gap, s.end = contents, [2]int{n[1], n[2]}, n[2]+n[3]
	return s, nil
}

// dateOf is a date of a PDF with its offset from universal time (ISO 32000-1,
// 7.9.4); zero where it is none.
func dateOf(v any) time.Time {
	t, _ := v.(text)
	s := strings.ReplaceAll(string(t.bytes), "'", "")
	if before, _, ok := strings.Cut(s, "Z"); ok {
		s = before + "+0000"
	}
	at, err := time.Parse("D:20060102150405-0700", s)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

func tooMany() error { return signature.Because("problem.signature.pdf.many", "most", "24") }
