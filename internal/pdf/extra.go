package pdf

import (
	"crypto/md5"
	"fmt"
	"strconv"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"padome/internal/document"
)

// Extra is what a file carries beside its document.
type Extra struct {
	// Record is data for programs, attached to the file, which then keeps to
	// PDF/A-3a in place of PDF/A-2a. nil for none.
	Record *Record
	// Mark stands small at the foot of every page: the name of the content that
	// this file is of. "" for none.
	Mark string
	// Code, where given, is drawn as a QR code at the foot of the last page.
	Code *Code
}

// Record is the machine-readable record that a file is made from.
type Record struct {
	Name  string // of the attached file, in ASCII letters
	Media string // application/json
	About string // what it is, for people
	Data  []byte
}

// Code is a QR code: what it leads to, and the words that say so.
type Code struct {
	Link string // in the code, and in print beside it
	Alt  string // for who cannot see it
}

const (
	codeSide = 15.5 * mm // with the white border that readers need
	codeRim  = 4         // squares of white on each side
)

// squares is the matrix of the code. It fails on a link that is too long for one.
func (c *Code) squares() (side int, dark func(x, y int) bool, err error) {
	code, err := qr.Encode(c.Link, qr.M, qr.Auto)
	if err != nil {
		return 0, nil, fmt.Errorf("pdf: code of %q: %w", c.Link, err)
	}
	return code.Bounds().Dx(), func(x, y int) bool { return isDark(code, x, y) }, nil
}

func isDark(code barcode.Barcode, x, y int) bool {
	r, _, _, _ := code.At(x, y).RGBA()
	return r == 0
}

// code draws the QR code at the foot of the last page, as a figure at the end of
// the structure. Squares beside each other are one rectangle.
func (l *layout) code(c *canvas, x *Code) error {
	side, dark, err := x.squares()
	if err != nil {
		return err
	}
	at, low := right-codeSide, pageHeight-bottom-2-codeSide // of its lower left corner, from that of the page
	unit := codeSide / float64(side+2*codeRim)
	figure := l.root.part("Figure").with("Layout", fmt.Sprintf("/Placement /Block /BBox [%.2f %.2f %.2f %.2f]", at, low, at+codeSide, low+codeSide))
	figure.alt = x.Alt
	c.within(figure)
	var out []byte
	for y := range side {
		for x := 0; x < side; x++ {
			from := x
			for x < side && dark(x, y) {
				x++
			}
			if n := x - from; n > 0 {
				left, base := at+unit*float64(codeRim+from), low+unit*float64(codeRim+side-1-y)
				out = fmt.Appendf(out, "%.3f %.3f %.3f %.3f re\n", left, base, unit*float64(n), unit)
			}
		}
	}
	c.file.RawWriteStr("0 g\n" + string(out) + "f")
	c.close()
	return nil
}

// attach writes the record as an embedded file, and returns what the catalog says
// of it (ISO 19005-3, 6.8).
func (f *finisher) attach(r *Record, d document.Document) string {
	sum := md5.Sum(r.Data) // what the format asks for: it guards against damage, not against people
	made := pdfDate(d)
	file := f.addStream(fmt.Sprintf("/Type /EmbeddedFile /Subtype /%s /Params <</Size %d /CreationDate (%s) /ModDate (%[3]s) /CheckSum <%X>>> ",
		pdfName(r.Media), len(r.Data), made, sum), r.Data)
	spec := f.add(fmt.Appendf(nil, "<</Type /Filespec /F (%s) /UF <%X> /Desc <%X> /AFRelationship /Data /EF <</F %d 0 R /UF %[4]d 0 R>>>>",
		r.Name, utf16Text(r.Name), utf16Text(r.About), file))
	ref := strconv.Itoa(spec) + " 0 R"
	return " /AF [" + ref + "] /Names <</EmbeddedFiles <</Names [<" + fmt.Sprintf("%X", r.Name) + "> " + ref + "]>>>>"
}

// pdfName is a media type as a name of PDF.
func pdfName(media string) string {
	var out []byte
	for _, b := range []byte(media) {
		if b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '-' || b == '.' {
			out = append(out, b)
		} else {
			out = fmt.Appendf(out, "#%02X", b)
		}
	}
	return string(out)
}
