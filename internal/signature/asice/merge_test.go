package asice

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"testing"
	"time"

	"padome/internal/signature"
	"padome/internal/signature/asice/asicetest"
)

func (p people) merge(t *testing.T, containers ...[]byte) []byte {
	t.Helper()
	b, v, err := Merge(minutes.Bytes, p.check, containers...)
	if err != nil || !v.Valid() {
		t.Fatalf("merge: %v", err)
	}
	return b
}

func TestSignaturesMadeApartAreJoinedUnchanged(t *testing.T) {
	p := council()
	chair := asicetest.By(p.world, p.chair, signedAt.Add(time.Hour)).XML(minutes)
	note := asicetest.By(p.world, p.note, signedAt).XML(minutes)
	merged := p.merge(t, asicetest.Pack(minutes, chair), asicetest.Pack(minutes, note))
	v := p.wantValid(t, merged, 2)
	if v.Signers[0].Person != "note" || v.Signers[1].Person != "chair" {
		t.Errorf("signers are not in the order of signing: %s, %s", v.Signers[0].Person, v.Signers[1].Person)
	}
	want := []file{{"mimetype", []byte(mediaType)}, {minutes.Name, minutes.Bytes}, {manifestName, nil},
		{"META-INF/signatures0.xml", note}, {"META-INF/signatures1.xml", chair}}
	z, err := zip.NewReader(bytes.NewReader(merged), int64(len(merged)))
	if err != nil || len(z.File) != len(want) {
		t.Fatalf("the standard library reads %v, %v", z, err)
	}
	for i, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil || f.Name != want[i].name || want[i].bytes != nil && !bytes.Equal(b, want[i].bytes) {
			t.Errorf("%s: %d bytes, %v; want %s, %d bytes", f.Name, len(b), err, want[i].name, len(want[i].bytes))
		}
	}
}

func TestMergingGivesTheSameBytesInWhateverOrder(t *testing.T) {
	p := council()
	s := func(at time.Duration, change func(s *asicetest.Signature)) []byte {
		x := asicetest.By(p.world, p.chair, signedAt.Add(at))
		if at%(2*time.Minute) != 0 {
			x = asicetest.By(p.world, p.note, signedAt.Add(at))
		}
		change(&x)
		return x.XML(minutes)
	}
	same := func(*asicetest.Signature) {}
	a, b, c := s(0, same), s(time.Minute, same), s(time.Minute, func(s *asicetest.Signature) { s.Way = asicetest.Exclusive })
	all := [][]byte{asicetest.Pack(minutes, a), asicetest.Pack(minutes, b), asicetest.Pack(minutes, c), asicetest.Pack(minutes, b, a), writeZip([]file{
		{mimetypeName, []byte(mediaType)}, {minutes.Name, minutes.Bytes}, {"META-INF/edoc-signatures-S1.xml", a}})}
	want := p.merge(t, all...)
	p.wantValid(t, want, 3)
	for cut := 1; cut <= len(all); cut++ { // in turn, backwards, and joined in two steps
		turned := slices.Concat(all[cut:], all[:cut])
		half := p.merge(t, turned[:cut]...)
		if got := p.merge(t, append(slices.Clone(turned[cut:]), half)...); !bytes.Equal(got, want) {
			t.Error("joined in two steps: other bytes")
		}
		slices.Reverse(turned)
		if got := p.merge(t, turned...); !bytes.Equal(got, want) {
			t.Error("in another order: other bytes")
		}
	}
}

func TestASignatureThatCameTwiceIsKeptOnceAsTheOneThatProvesMost(t *testing.T) {
	p := council()
	x := asicetest.By(p.world, p.chair, signedAt)
	full := x.XML(minutes)
	x.OCSP = nil
	bare := x.XML(minutes)
	for _, order := range [][][]byte{{full, bare}, {bare, full}} {
		merged := p.merge(t, asicetest.Pack(minutes, order[0]), asicetest.Pack(minutes, order[1]))
		if v := p.wantValid(t, merged, 1); v.Signers[0].Level != signature.LongTerm || !bytes.Contains(merged, full) {
			t.Errorf("kept the one of level %s", v.Signers[0].Level)
		}
	}
}

func TestWhatCannotBeJoinedIsRefused(t *testing.T) {
	p := council()
	good := asicetest.Container(p.world, minutes, signedAt, p.chair)
	renamed := asicetest.Container(p.world, asicetest.File{Name: "cits.pdf", Bytes: minutes.Bytes}, signedAt, p.note)
	other := asicetest.Container(p.world, asicetest.File{Name: minutes.Name, Bytes: []byte("other")}, signedAt, p.note)
	stranger := asicetest.Container(p.world, minutes, signedAt, p.world.Person("PĒTERIS OZOLS", "PNOLV-030370-11111"))
	for _, c := range []struct {
		what, key string
		b         []byte
	}{
		{"another name of the document", "problem.container.names", renamed},
		{"another document", "problem.container.document", other},
		{"a stranger's signature", "problem.signature.person", stranger},
		{"no container", "problem.container.zip", []byte("x")},
	} {
		_, v, err := Merge(minutes.Bytes, p.check, good, c.b)
		if got := keys(v); err == nil || len(got) != 1 || got[0] != c.key {
			t.Errorf("%s: %v, %v; want %s", c.what, got, err, c.key)
		}
	}
	if _, v, err := Merge(minutes.Bytes, p.check); err == nil || v.Valid() {
		t.Error("nothing was joined into a container")
	}
}

func TestManyPeopleSign(t *testing.T) {
	p := council()
	var all [][]byte
	for i := range mostSignatures + 1 {
		all = append(all, asicetest.By(p.world, p.chair, signedAt.Add(time.Duration(i)*time.Minute)).XML(minutes))
	}
	p.wantValid(t, asicetest.Pack(minutes, all[:mostSignatures]...), mostSignatures)
	p.wantRefused(t, asicetest.Pack(minutes, all...), "problem.container.signatures")
}
