package asice

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"padome/internal/signature"
	"padome/internal/signature/asice/asicetest"
)

// foreign are files that other programs made.
func foreign(f *testing.F, kind string) (all [][]byte) {
	names, _ := filepath.Glob("../testdata/foreign/*." + kind)
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		all = append(all, b)
	}
	if len(all) == 0 {
		f.Fatal("no foreign files")
	}
	return all
}

// Whatever the bytes: no crash, no hang, and what is accepted has the document.
func FuzzVerifyContainer(f *testing.F) {
	p := council()
	f.Add(p.pack())
	f.Add(three())
	f.Add(bomb(1000))
	f.Add(asicetest.Container(p.world, minutes, signedAt, p.chair, p.note))
	f.Fuzz(func(t *testing.T, b []byte) {
		v := Verify(b, minutes.Bytes, p.check)
		if v.Valid() != (v.Err() == nil) {
			t.Error("valid and refused at once")
		}
		if v.Valid() && v.Document != sum(minutes.Bytes) {
			t.Error("another document is accepted")
		}
	})
}

// Every ZIP that is read has its bytes accounted for: unpacked and written anew
// it reads the same.
func FuzzReadZip(f *testing.F) {
	f.Add(three())
	f.Add(bomb(1000))
	for _, b := range foreign(f, "asice") {
		f.Add(b)
	}
	f.Add(asicetest.Zip(asicetest.File{Name: "mimetype", Bytes: []byte(mediaType)}, asicetest.File{Name: "a", Bytes: []byte("aaaa")}))
	f.Fuzz(func(t *testing.T, b []byte) {
		entries, err := readZip(b)
		if err != nil {
			return
		}
		var files []file
		for i := range entries {
			content, err := entries[i].unpack(1 << 20)
			if err != nil {
				return
			}
			files = append(files, file{entries[i].name, content})
		}
		again, err := readZip(writeZip(files))
		if err != nil || len(again) != len(files) {
			t.Fatalf("written anew: %d of %d files, %v", len(again), len(files), err)
		}
	})
}

// The canonical form of any XML that is read is itself canonical.
func FuzzReadXML(f *testing.F) {
	p := council()
	f.Add(asicetest.By(p.world, p.chair, signedAt).XML(minutes))
	f.Add(asicetest.Manifest("a.pdf"))
	for _, b := range foreign(f, "xml") {
		f.Add(b)
	}
	f.Add([]byte(`<a xmlns="u" xml:lang="lv"><!-- x --><b:c xmlns:b="v" b:d="&#13;"><![CDATA[<]]></b:c></a>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		root, err := readXML("x", b)
		if err != nil {
			return
		}
		for _, way := range []string{inclusive10, inclusive11, exclusive10} {
			once, err := canonical(root, way, nil)
			if err != nil {
				return
			}
			again, err := readXML("x", once)
			if err != nil {
				t.Fatalf("%s: %q cannot be read: %v", way, once, err)
			}
			if twice, err := canonical(again, way, nil); err != nil || !bytes.Equal(once, twice) {
				t.Fatalf("%s: %q, then %q, %v", way, once, twice, err)
			}
		}
	})
}

// Any bytes in the place of a signature file; keys are not found by chance, so
// whatever is accepted is the signature that was made.
func FuzzSignatureFile(f *testing.F) {
	p := council()
	good := asicetest.By(p.world, p.chair, signedAt).XML(minutes)
	f.Add(good)
	f.Add(bytes.Replace(good, []byte("S0-P"), []byte("S0-V"), 1))
	f.Fuzz(func(t *testing.T, xml []byte) {
		v := Verify(asicetest.Pack(minutes, xml), minutes.Bytes, p.check)
		if !v.Valid() {
			return
		}
		for _, s := range v.Signers {
			if s.Person != "chair" || !s.Claimed.Equal(signedAt) || !s.StampedAt.IsZero() && !s.StampedAt.Equal(signedAt.Add(time.Second)) {
				t.Errorf("accepted as %+v", s)
			}
		}
	})
}

// BenchmarkVerify: two signatures with time stamps and OCSP over a document of 1 MB;
// the time to hold is 10 ms. Those who sign are known from before, or for the
// first time; the made-up authorities have longer keys (P-521) than those there are.
func BenchmarkVerify(b *testing.B) {
	b.Run("known", func(b *testing.B) { verifies(b, func(c *signature.Check) {}) })
	b.Run("first", func(b *testing.B) {
		raw := council().world.PEM()
		verifies(b, func(c *signature.Check) {
			b.StopTimer()
			c.Anchors, _ = signature.ParseAnchors(raw)
			b.StartTimer()
		})
	})
}

func verifies(b *testing.B, before func(*signature.Check)) {
	p := council()
	document := asicetest.File{Name: "protokols.pdf", Bytes: bytes.Repeat([]byte("0123456789abcdef"), 1<<16)}
	container := writeZip([]file{{mimetypeName, []byte(mediaType)}, {document.Name, document.Bytes},
		{"META-INF/signatures0.xml", asicetest.By(p.world, p.chair, signedAt).XML(document)},
		{"META-INF/signatures1.xml", asicetest.By(p.world, p.note, signedAt).XML(document)}})
	b.ReportAllocs()
	for b.Loop() {
		before(&p.check)
		if v := Verify(container, document.Bytes, p.check); !v.Valid() {
			b.Fatal(v.Err())
		}
	}
}
