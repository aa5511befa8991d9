package pades_test

import (
	"bytes"
	"os"
	"testing"

	"padome/internal/signature/pades"
	"padome/internal/signature/signtest"
)

// FuzzUpdate appends any bytes to a document: they are refused with a reason,
// unless they are the signature that was made.
func FuzzUpdate(f *testing.F) {
	frozen := drawn(f, 1)
	file := sign(frozen, anna, "S1")
	f.Add(file[len(frozen):])
	f.Add(sign(file, juris, "S2")[len(frozen):])
	u := signtest.NewUpdate(frozen)
	u.Packed = true
	f.Add(signedUpdate(u, anna, "S")[len(frozen):])
	f.Add([]byte("1 0 obj\n1 0 R\nendobj\nxref\n1 1\n0000000000 00000 n \ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"))
	f.Fuzz(func(t *testing.T, tail []byte) {
		v := pades.Verify(ours, frozen, append(bytes.Clone(frozen), tail...))
		if !v.Valid() && v.Err() == nil {
			t.Fatal("refused without a reason")
		}
	})
}

// FuzzFile reads any bytes as a document and as its signed file.
func FuzzFile(f *testing.F) {
	frozen := drawn(f, 1)
	f.Add(frozen, uint16(len(frozen)))
	f.Add(sign(frozen, anna, "S1"), uint16(len(frozen)))
	u := signtest.NewUpdate(frozen)
	u.Packed = true
	f.Add(signedUpdate(u, anna, "S"), uint16(len(frozen)))
	for _, name := range []string{"itext-dss-stamp.pdf", "pdfbox-two.pdf", "pdfsig-etsi-b.pdf", "signpdf-openssl-b.pdf"} { // by other programs
		b, err := os.ReadFile("../testdata/foreign/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, uint16(bytes.Index(b, []byte("%%EOF"))+len("%%EOF\n")))
	}
	f.Fuzz(func(t *testing.T, file []byte, at uint16) {
		pades.Verify(ours, file[:min(int(at), len(file))], file)
		if original, err := pades.Original(file); err == nil && !bytes.HasPrefix(file, original) {
			t.Fatal("the original is not the beginning of the file")
		}
	})
}
