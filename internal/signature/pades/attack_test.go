package pades_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"padome/internal/signature/pades"
	"padome/internal/signature/signtest"
)

// signedUpdate signs an update that a test has made to a file.
func signedUpdate(u *signtest.Update, who signtest.Holder, field string) []byte {
	return u.Place("ETSI.CAdES.detached", field, "").Sign(func(parts ...[]byte) []byte { return world.CMS(who, at, parts...) })
}

// attacks are changes of what a document says or does, each with the reason for
// which it is refused.
var attacks = map[string]struct {
	change func(u *signtest.Update)
	why    string
}{
	"nothing but a signature": {func(*signtest.Update) {}, ""},
	"a page with other content": {func(u *signtest.Update) {
		content := u.Add("<</Length 3>>\nstream\nq Q\nendstream")
		replace(u, u.Page(), "/Contents ", fmt.Sprintf("/Contents %d 0 R /Was ", content))
	}, "pdf.added page"},
	"a page whose content is another object": {func(u *signtest.Update) {
		content := u.Add("<</Length 3>>\nstream\nq Q\nendstream")
		body := u.Get(u.Page())
		i := strings.Index(body, "/Contents ")
		rest := body[i+len("/Contents "):]
		u.Set(u.Page(), body[:i]+fmt.Sprintf("/Contents %d 0 R", content)+rest[strings.Index(rest, " R")+2:])
	}, "pdf.changed page"},
	"content replaced under its number": {func(u *signtest.Update) {
		u.Set(contentOf(u), "<</Length 3>>\nstream\nq Q\nendstream")
	}, "pdf.changed content"},
	"a page with another size":                 {func(u *signtest.Update) { u.Insert(u.Page(), "/CropBox [0 0 100 100]") }, "pdf.added page"},
	"a page that repeats the size it inherits": {func(u *signtest.Update) { u.Insert(u.Page(), "/MediaBox [0 0 595.28 841.89]") }, ""},
	"a page of another size than it inherits":  {func(u *signtest.Update) { u.Insert(u.Page(), "/MediaBox [0 0 595.28 84.89]") }, "pdf.changed page"},
	"a page turned":                            {func(u *signtest.Update) { u.Insert(u.Page(), "/Rotate 180") }, "pdf.added page"},
	"a page with an action":                    {func(u *signtest.Update) { u.Insert(u.Page(), "/AA <</O <</S /JavaScript /JS (1)>>>>") }, "pdf.added page"},
	"a note on a page": {func(u *signtest.Update) {
		n := u.Add("<</Type /Annot /Subtype /FreeText /Rect [0 0 100 100] /Contents (no)>>")
		u.Insert(u.Page(), fmt.Sprintf("/Annots [%d 0 R]", n))
	}, "pdf.added annotation"},
	"a stamp in a note's clothes": {func(u *signtest.Update) {
		n := u.Add("<</Type /Annot /Subtype /Stamp /FT /Sig /Rect [0 0 100 100]>>")
		u.Insert(u.Page(), fmt.Sprintf("/Annots [%d 0 R]", n))
	}, "pdf.added annotation"},
	"a page more": {func(u *signtest.Update) {
		u.Set(1, strings.Replace(u.Get(1), "/Kids [", fmt.Sprintf("/Kids [%d 0 R ", u.Page()), 1))
	}, "pdf.changed content"},
	"an action on opening": {func(u *signtest.Update) { u.Insert(u.Root(), "/OpenAction <</S /JavaScript /JS (1)>>") }, "pdf.added catalog"},
	"names with scripts": {func(u *signtest.Update) {
		u.Insert(u.Root(), "/Names <</JavaScript <</Names [(a) <</S /JavaScript /JS (1)>>]>>>>")
	}, "pdf.added catalog"},
	"hidden layers":          {func(u *signtest.Update) { u.Insert(u.Root(), "/OCProperties <</OCGs []>>") }, "pdf.added catalog"},
	"rights of another kind": {func(u *signtest.Update) { u.Insert(u.Root(), "/Perms <</UR3 <<>>>>") }, "pdf.added catalog"},
	"another language":       {func(u *signtest.Update) { replace(u, u.Root(), "/Lang (lv)", "/Lang (en)") }, "pdf.changed catalog"},
	"other pages in the catalog": {func(u *signtest.Update) {
		tree := u.Add("<</Type /Pages /Count 0 /Kids []>>")
		replace(u, u.Root(), "/Pages 1 0 R", fmt.Sprintf("/Pages %d 0 R", tree))
	}, "pdf.changed catalog"},
	"a form field":                 {func(u *signtest.Update) { form(u, "<</FT /Tx /T (votes) /V (10)>>", "") }, "pdf.added field"},
	"a form in XFA":                {func(u *signtest.Update) { form(u, "<</FT /Sig /T (x)>>", "/XFA (x)") }, "pdf.added field"},
	"a form that programs fill in": {func(u *signtest.Update) { form(u, "<</FT /Sig /T (x)>>", "/NeedAppearances true") }, "pdf.added field"},
	"another title": {func(u *signtest.Update) {
		u.Trailer = fmt.Sprintf("/Info %d 0 R ", u.Add("<</Title (Other)>>"))
	}, "pdf.changed properties"},
	"a number that the document does not use": {func(u *signtest.Update) { u.Set(0, "<<>>") }, "pdf.added content"},
}

func replace(u *signtest.Update, n int, old, with string) {
	body := u.Get(n)
	if !strings.Contains(body, old) {
		panic("no " + old + " in " + body)
	}
	u.Set(n, strings.Replace(body, old, with, 1))
}

func form(u *signtest.Update, field, entries string) {
	f := u.Add(field)
	n := u.Add(fmt.Sprintf("<<%s /Fields [%d 0 R]>>", entries, f))
	u.Insert(u.Root(), fmt.Sprintf("/AcroForm %d 0 R", n))
}

// contentOf is the number of the first page's content.
func contentOf(u *signtest.Update) (n int) {
	_, rest, _ := strings.Cut(u.Get(u.Page()), "/Contents ")
	fmt.Sscanf(rest, "%d 0 R", &n)
	return n
}

func TestASignerCannotChangeTheDocument(t *testing.T) {
	frozen := drawn(t, 3)
	for name, a := range attacks {
		t.Run(name, func(t *testing.T) {
			u := signtest.NewUpdate(frozen)
			a.change(u)
			file := signedUpdate(u, anna, "S")
			if a.why == "" {
				valid(t, frozen, file)
				return
			}
			refused(t, frozen, file, a.why)
		})
	}
}

// TestNobodyCanChangeTheDocumentAfterASignature is the incremental saving attack:
// the first signature stays right, and what follows changes the document.
func TestNobodyCanChangeTheDocumentAfterASignature(t *testing.T) {
	frozen := drawn(t, 3)
	first := sign(frozen, anna, "S1")
	for name, a := range attacks {
		if strings.Contains(name, "form") || strings.Contains(name, "note") {
			continue // the update would replace the form; below
		}
		t.Run(name, func(t *testing.T) {
			unsigned := signtest.NewUpdate(first)
			a.change(unsigned)
			u := signtest.NewUpdate(first)
			a.change(u)
			if a.why == "" {
				valid(t, frozen, signedUpdate(u, juris, "S2"))
				return
			}
			refused(t, frozen, unsigned.Bytes(), a.why)
			refused(t, frozen, signedUpdate(u, juris, "S2"), a.why)
		})
	}
}

func TestASignatureThatShowsOrDoesSomethingIsRefused(t *testing.T) {
	frozen := drawn(t, 3)
	for entries, why := range map[string]string{
		"/AP <</N 1 0 R>>":                        "", // nothing to see on no area
		"/AA <</U <</S /JavaScript /JS (1)>>>>":   "pdf.added field",
		"/A <</S /URI /URI (https://a.example)>>": "pdf.added field",
	} {
		file := signtest.NewUpdate(frozen).Place("ETSI.CAdES.detached", "S", entries).Sign(func(p ...[]byte) []byte { return world.CMS(anna, at, p...) })
		if why == "" {
			valid(t, frozen, file)
		} else {
			refused(t, frozen, file, why)
		}
	}
	p := signtest.NewUpdate(frozen).Place("ETSI.CAdES.detached", "S", "/AP <</N 1 0 R>>")
	replace(p.Update, p.Field, "/Rect [0 0 0 0]", "/Rect [70 500 300 700]")
	refused(t, frozen, p.Sign(func(p ...[]byte) []byte { return world.CMS(anna, at, p...) }), "pdf.added picture")
}

// TestASignatureCoversAllButItsValue: wrapped and moved ranges.
func TestASignatureCoversAllButItsValue(t *testing.T) {
	frozen := drawn(t, 3)
	place := func(change func(u *signtest.Placed)) []byte {
		p := signtest.NewUpdate(frozen).Place("ETSI.CAdES.detached", "S", "")
		change(&p)
		return p.Sign(func(parts ...[]byte) []byte { return world.CMS(anna, at, parts...) })
	}
	good := place(func(*signtest.Placed) {})
	valid(t, frozen, good)
	shift := func(from, to string) []byte {
		at := bytes.LastIndex(good, []byte("/ByteRange ["))
		end := at + bytes.IndexByte(good[at:], ']')
		inside := strings.Replace(string(good[at:end]), from, to, 1)
		return []byte(string(good[:at]) + inside + string(good[end:]))
	}
	refused(t, frozen, shift("[0 ", "[1 "), "pdf.range")
	var n [4]int
	fmt.Sscanf(string(good[bytes.LastIndex(good, []byte("/ByteRange [")):]), "/ByteRange [%d %d %d %d", &n[0], &n[1], &n[2], &n[3])
	for i, by := range []int{0, -1, 1, -3} {
		if by != 0 {
			refused(t, frozen, shift(fmt.Sprint(" ", n[i]), fmt.Sprint(" ", n[i]+by)), "pdf.range")
		}
	}
	refused(t, frozen, place(func(p *signtest.Placed) {
		replace(p.Update, p.Dict, "/Filter", "/Contents <00> /Filter") // two values
	}), "pdf.broken")
	// A signature of the first revision alone, with the rest outside what it covers.
	wrapped := signtest.NewUpdate(good)
	wrapped.Add("<</Note (appended)>>")
	valid(t, frozen, wrapped.Bytes())
	again := signtest.NewUpdate(good)
	p := again.Place("ETSI.CAdES.detached", "S2", "")
	replace(p.Update, p.Dict, "/ByteRange [0 ********** ********** **********]", fmt.Sprintf("/ByteRange [%d %d %d %d]", n[0], n[1], n[2], n[3]))
	refused(t, frozen, p.Update.Bytes(), "pdf.range")
}

func TestASignatureCannotBeTakenAway(t *testing.T) {
	frozen := drawn(t, 3)
	u := signtest.NewUpdate(sign(frozen, anna, "S1"))
	body := u.Get(u.Root())
	u.Set(u.Root(), body[:strings.Index(body, "/AcroForm")]+">>")
	refused(t, frozen, u.Bytes(), "pdf.changed field")
	refused(t, frozen, signedUpdate(u, juris, "S2"), "pdf.changed field")
}

// TestNothingHidesInAnUpdate: shadow attacks and tricks with cross references,
// which programs read in different ways.
func TestNothingHidesInAnUpdate(t *testing.T) {
	frozen := drawn(t, 3)
	good := sign(frozen, anna, "S1")
	page := fmt.Sprint(signtest.NewUpdate(frozen).Page())
	hidden := page + " 0 obj\n<</Type /Page /Contents 1 0 R>>\nendobj\n"

	u := signtest.NewUpdate(frozen)
	u.Between = hidden // prepared before signing, to be reached later
	refused(t, frozen, signedUpdate(u, anna, "S"), "pdf.broken")

	u = signtest.NewUpdate(frozen)
	u.Between = "% a comment is nothing\n"
	valid(t, frozen, signedUpdate(u, anna, "S"))

	table := bytes.LastIndex(good, []byte("xref\n")) // of "startxref"
	table = bytes.LastIndex(good[:table], []byte("\nxref\n")) + 1
	edit := func(old, with string) []byte {
		return append(bytes.Clone(good[:table]), strings.Replace(string(good[table:]), old, with, 1)...)
	}
	refused(t, frozen, edit("/Prev ", "/Prev 0 /Prev "), "pdf.broken")
	refused(t, frozen, edit("/Root ", "/Root 1 0 R /Was "), "pdf.broken")
	refused(t, frozen, edit("/Size ", "/XRefStm 15 /Size "), "pdf.broken")
	refused(t, frozen, edit("/Size ", "/Encrypt <<>> /Size "), "pdf.broken")
	refused(t, frozen, edit("xref\n", "xref\n2 1\n0000000000 00001 f \n"), "pdf.broken")
	refused(t, frozen, edit("xref\n", "xref\n2 1\n0000000015 00000 n \n"), "pdf.broken")
	refused(t, frozen, edit("%%EOF", "%EOF"), "pdf.broken")
	refused(t, frozen, edit(fmt.Sprint("startxref\n", table), fmt.Sprint("startxref\n", table-3)), "pdf.broken")
	refused(t, frozen, append(bytes.Clone(good), good[len(frozen):]...), "pdf.broken")
	refused(t, frozen, append(bytes.Clone(good), "startxref\n15\n%%EOF\n"...), "pdf.broken")

	older := signtest.NewUpdate(frozen) // an object that the document's references do not mean
	older.Age = 1
	older.Set(contentOf(older), older.Get(contentOf(older)))
	refused(t, frozen, older.Bytes(), "pdf.changed content")
	form := signtest.NewUpdate(frozen) // a form that some programs see and others do not
	form.Insert(form.Root(), fmt.Sprintf("/AcroForm %d 7 R", form.Add("<</XFA (x) /Fields []>>")))
	refused(t, frozen, form.Bytes(), "pdf.broken")

	loop := signtest.NewUpdate(frozen)
	loop.Set(loop.Root(), fmt.Sprintf("%d 0 R", loop.Root()))
	if v := pades.Verify(ours, frozen, loop.Bytes()); v.Valid() {
		t.Error("a catalog that refers to itself passes")
	}
	twice := signtest.NewUpdate(frozen)
	twice.Set(twice.Root(), strings.Replace(twice.Get(twice.Root()), "/Lang (lv)", "/Lang (lv) /Lang (en)", 1))
	refused(t, frozen, signedUpdate(twice, anna, "S"), "pdf.broken")
}
