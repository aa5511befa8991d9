package signtest

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Update is an incremental update of a PDF file with a cross-reference table,
// such as internal/pdf writes; what it changes is up to the test.
type Update struct {
	base    []byte
	order   []int
	bodies  map[int]string
	next    int
	prev    int
	root    int
	Trailer string // further entries of the trailer
	Between string // bytes before the first object
	Age     int    // generation of the objects
	Packed  bool   // with an object stream and a cross-reference stream
}

// NewUpdate begins an update of a file.
func NewUpdate(file []byte) *Update {
	u := &Update{base: file, bodies: map[int]string{}}
	trailer := string(file[bytes.LastIndex(file, []byte("trailer")):])
	u.next, u.root = find(trailer, `/Size (\d+)`), find(trailer, `/Root (\d+) 0 R`)
	u.prev = find(trailer, `startxref\s+(\d+)`)
	return u
}

func find(in, pattern string) int {
	m := regexp.MustCompile(pattern).FindStringSubmatch(in)
	if m == nil {
		panic("signtest: no " + pattern)
	}
	n, err := strconv.Atoi(m[1])
	must(err)
	return n
}

// Get is an object as it is now.
func (u *Update) Get(n int) string {
	if b, ok := u.bodies[n]; ok {
		return b
	}
	head := []byte("\n" + strconv.Itoa(n) + " 0 obj\n")
	at := bytes.LastIndex(u.base, head)
	if at < 0 {
		panic("signtest: no object " + strconv.Itoa(n))
	}
	body, _, _ := bytes.Cut(u.base[at+len(head):], []byte("\nendobj"))
	return string(body)
}

// Set gives an object another body.
func (u *Update) Set(n int, body string) {
	if _, ok := u.bodies[n]; !ok {
		u.order = append(u.order, n)
	}
	u.bodies[n] = body
}

// Add writes a further object.
func (u *Update) Add(body string) int {
	n := u.next
	u.next++
	u.Set(n, body)
	return n
}

// Root is the number of the catalog.
func (u *Update) Root() int { return u.root }

// Page is the number of the first page.
func (u *Update) Page() int {
	return find(string(u.base), `(?s)\n(\d+) 0 obj\n<</Type /Page\n`)
}

// Insert puts entries into the dictionary of an object.
func (u *Update) Insert(n int, entries string) {
	body := strings.TrimSpace(u.Get(n))
	u.Set(n, strings.TrimSuffix(body, ">>")+" "+entries+">>")
}

// Bytes is the file with the update.
func (u *Update) Bytes() []byte {
	if u.Packed {
		return u.packed()
	}
	out := append(slices.Clone(u.base), u.Between...)
	at := map[int]int{}
	for _, n := range u.order {
		at[n] = len(out)
		out = fmt.Appendf(out, "%d %d obj\n%s\nendobj\n", n, u.Age, u.bodies[n])
	}
	start := len(out)
	out = append(out, "xref\n"...)
	for _, n := range slices.Sorted(slices.Values(u.order)) {
		out = fmt.Appendf(out, "%d 1\n%010d %05d n \n", n, at[n], u.Age)
	}
	return fmt.Appendf(out, "trailer\n<</Size %d /Root %d 0 R /Prev %d %s>>\nstartxref\n%d\n%%%%EOF\n", u.next, u.root, u.prev, u.Trailer, start)
}

// packed writes the update in the form of PDF 1.5: what is neither a stream nor
// a signature goes into an object stream, places into a cross-reference stream.
func (u *Update) packed() []byte {
	out := append(slices.Clone(u.base), u.Between...)
	container, table := u.next, u.next+1
	rows := map[int][3]int{}
	var head, bodies string
	for _, n := range u.order {
		if b := u.bodies[n]; strings.Contains(b, "stream") || strings.Contains(b, "/ByteRange") {
			rows[n] = [3]int{1, len(out), 0}
			out = fmt.Appendf(out, "%d 0 obj\n%s\nendobj\n", n, b)
			continue
		}
		rows[n] = [3]int{2, container, strings.Count(head, "\n")}
		head += fmt.Sprintf("%d %d\n", n, len(bodies))
		bodies += u.bodies[n] + "\n"
	}
	rows[container] = [3]int{1, len(out), 0}
	out = fmt.Appendf(out, "%d 0 obj\n<</Type /ObjStm /N %d /First %d %s", container, strings.Count(head, "\n"), len(head), deflated(head+bodies))
	start := len(out)
	rows[table] = [3]int{1, start, 0}
	var index, lines string
	for _, n := range slices.Sorted(maps.Keys(rows)) {
		index += fmt.Sprintf("%d 1 ", n)
		r := rows[n]
		lines += string([]byte{byte(r[0]), byte(r[1] >> 16), byte(r[1] >> 8), byte(r[1]), byte(r[2])})
	}
	return fmt.Appendf(out, "%d 0 obj\n<</Type /XRef /W [1 3 1] /Index [%s] /Size %d /Root %d 0 R /Prev %d %s /DecodeParms <</Predictor 12 /Columns 5>> %sstartxref\n%d\n%%%%EOF\n",
		table, index, table+1, u.root, u.prev, u.Trailer, deflated(predicted(lines, 5)), start)
}

// predicted puts rows into the PNG predictor "up".
func predicted(lines string, columns int) string {
	var out []byte
	above := make([]byte, columns)
	for ; lines != ""; lines = lines[columns:] {
		out = append(out, 2)
		for i := range columns {
			out = append(out, lines[i]-above[i])
		}
		above = []byte(lines[:columns])
	}
	return string(out)
}

// deflated is the rest of a stream object with a content.
func deflated(content string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, err := z.Write([]byte(content))
	must(err)
	must(z.Close())
	return fmt.Sprintf("/Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\n", b.Len(), b.String())
}

const room = 24000 // hexadecimal digits for a signature

// Placed is a signature put into an update whose value is still to come.
type Placed struct {
	Update      *Update
	Field, Dict int
}

const emptyRange = "/ByteRange [0 ********** ********** **********]"

// Place puts an invisible signature of a kind (SubFilter) into an update: its
// dictionary, its field, the form, the page. Entries go into the field.
func (u *Update) Place(kind, field, entries string) Placed {
	d := u.Add("<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /" + kind + " " + emptyRange + " /Contents <" + strings.Repeat("0", room) + ">>>")
	f := u.Add(fmt.Sprintf("<</Type /Annot /Subtype /Widget /FT /Sig /T (%s) /V %d 0 R /F 132 /Rect [0 0 0 0] /P %d 0 R %s>>", field, d, u.Page(), entries))
	u.reach(f)
	return Placed{Update: u, Field: f, Dict: d}
}

// reach lists a field in the form and on the page.
func (u *Update) reach(field int) {
	item := strconv.Itoa(field) + " 0 R"
	if m := regexp.MustCompile(`/AcroForm (\d+) 0 R`).FindStringSubmatch(u.Get(u.root)); m != nil {
		n, _ := strconv.Atoi(m[1])
		u.Set(n, strings.Replace(u.Get(n), "]", " "+item+"]", 1))
	} else {
		n := u.Add("<</SigFlags 3 /Fields [" + item + "]>>")
		u.Insert(u.root, fmt.Sprintf("/AcroForm %d 0 R", n))
	}
	page := u.Page()
	if body := u.Get(page); strings.Contains(body, "/Annots [") {
		at := strings.Index(body, "/Annots [")
		end := at + strings.Index(body[at:], "]")
		u.Set(page, body[:end]+" "+item+body[end:])
	} else {
		u.Insert(page, "/Annots ["+item+"]")
	}
}

// Sign fills the value in: what make returns for the parts that are covered.
func (p Placed) Sign(make func(parts ...[]byte) []byte) []byte {
	out := p.Update.Bytes()
	value := bytes.LastIndex(out, []byte("/Contents <"+strings.Repeat("0", room)+">")) + len("/Contents ")
	after := value + room + 2
	r := fmt.Sprintf("/ByteRange [0 %d %d %d", value, after, len(out)-after)
	r += strings.Repeat(" ", len(emptyRange)-1-len(r)) + "]"
	copy(out[bytes.LastIndex(out, []byte(emptyRange)):], r)
	hex.Encode(out[value+1:], make(out[:value], out[after:]))
	return out
}

// SignPDF adds a signature to a PDF file as it should be.
func (w *World) SignPDF(file []byte, h Holder, s Signing, field string) []byte {
	return NewUpdate(file).Place("ETSI.CAdES.detached", field, "").Sign(func(parts ...[]byte) []byte { return w.CMS(h, s, parts...) })
}

// StampPDF adds a document time stamp.
func (w *World) StampPDF(file []byte, s Signing) []byte {
	return NewUpdate(file).Place("ETSI.RFC3161", "Stamp", "").Sign(func(parts ...[]byte) []byte {
		return w.StampBy(w.TSA, Signing{}, bytes.Join(parts, nil), s.At)
	})
}

// StorePDF adds a document security store.
func (w *World) StorePDF(file []byte, ocsp, crl [][]byte) []byte {
	u := NewUpdate(file)
	list := func(all [][]byte) (refs string) {
		for _, b := range all {
			refs += fmt.Sprintf("%d 0 R ", u.Add(fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(b), b)))
		}
		return refs
	}
	store := u.Add("<</OCSPs [" + list(ocsp) + "] /CRLs [" + list(crl) + "] /Certs [" + list([][]byte{w.Issuing.Certificate.Raw}) + "]>>")
	u.Insert(u.root, fmt.Sprintf("/DSS %d 0 R", store))
	return u.Bytes()
}
