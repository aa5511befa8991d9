package asice

import (
	"bytes"
	"crypto"
	"crypto/elliptic"
	"crypto/x509"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"padome/internal/signature"
	"padome/internal/signature/asice/asicetest"
	"padome/internal/signature/signtest"
)

var (
	signedAt = time.Date(2026, 2, 3, 9, 30, 0, 0, time.UTC)
	now      = time.Date(2026, 2, 4, 12, 0, 0, 0, time.UTC)
	minutes  = asicetest.File{Name: "Protokols Nr. 1 – parakstīts.pdf", Bytes: bytes.Repeat([]byte("%PDF-1.7 minutes of the session\n"), 50)}
)

// people are made once: keys and certificates are the same every time.
type people struct {
	world       *signtest.World
	chair, note signtest.Holder
	check       signature.Check
}

var council = sync.OnceValue(func() people {
	w := signtest.New("Test")
	p := people{world: w, chair: w.Person("ANNA LAPIŅA", "PNOLV-010190-12345"), note: w.Person("JĀNIS BĒRZS", "PNOLV-020280-54321")}
	p.check = signature.Check{Anchors: w.Anchors(), Now: now, Expected: []signature.Expected{
		{ID: "chair", Serial: "PNOLV-010190-12345", Name: "Anna Lapiņa"}, {ID: "note", Serial: "PNOLV-02028054321", Name: "Jānis Bērzs"}}}
	return p
})

// pack puts one signature of the chair into a container, changed as asked.
func (p people) pack(changes ...func(s *asicetest.Signature)) []byte {
	s := asicetest.By(p.world, p.chair, signedAt)
	for _, c := range changes {
		c(&s)
	}
	return asicetest.Pack(minutes, s.XML(minutes))
}

func (p people) wantValid(t *testing.T, b []byte, signers int) signature.Verdict {
	t.Helper()
	v := Verify(b, minutes.Bytes, p.check)
	if err := v.Err(); err != nil || len(v.Signers) != signers {
		t.Fatalf("%d signers, %v", len(v.Signers), err)
	}
	return v
}

// keys are the reasons for which a container is refused.
func keys(v signature.Verdict) (all []string) {
	for _, f := range v.Faults {
		all = append(all, f.Key)
	}
	for _, s := range v.Signers {
		for _, f := range s.Faults {
			all = append(all, f.Key)
		}
	}
	return all
}

func (p people) wantRefused(t *testing.T, b []byte, key string) {
	t.Helper()
	v := Verify(b, minutes.Bytes, p.check)
	if v.Valid() || v.Err() == nil {
		t.Fatalf("accepted; want %s", key)
	}
	if got := keys(v); len(got) != 1 || got[0] != key {
		t.Errorf("refused with %v %v, want %s", got, v.Err(), key)
	}
}

func TestASignedContainerSaysWhoSignedWhenAndWhatIsProven(t *testing.T) {
	p := council()
	v := p.wantValid(t, asicetest.Container(p.world, minutes, signedAt, p.chair, p.note), 2)
	for i, want := range []struct{ name, person string }{{"ANNA LAPIŅA", "chair"}, {"JĀNIS BĒRZS", "note"}} {
		s := v.Signers[i]
		at := signedAt.Add(time.Duration(i) * time.Minute)
		if s.Name != want.name || s.Person != want.person || s.Level != signature.LongTerm || !s.Claimed.Equal(at) || !s.StampedAt.Equal(at.Add(time.Second)) {
			t.Errorf("got %+v", s)
		}
	}
	if v.Format != signature.Container || v.Document != sum(minutes.Bytes) || v.Anchors != p.check.Anchors.Fingerprint() {
		t.Errorf("verdict %+v", v)
	}
}

func TestAContainerOfAnyDocumentVerifiesWhereNoneIsGiven(t *testing.T) {
	p := council()
	v := Verify(p.pack(), nil, p.check)
	if !v.Valid() || v.Document != sum(minutes.Bytes) {
		t.Errorf("%v, document %s", v.Err(), v.Document)
	}
}

func TestEveryKindOfSignatureThatToolsMakeIsRead(t *testing.T) {
	p := council()
	rsa := p.world.PersonRSA("ANNA LAPIŅA", "PNOLV-010190-12345")
	curve := func(c elliptic.Curve) signtest.Holder {
		return p.world.PersonOn(c, "ANNA LAPIŅA", "PNOLV-010190-12345")
	}
	p384, p521 := curve(elliptic.P384()), curve(elliptic.P521())
	ways := []string{asicetest.Inclusive10, asicetest.Inclusive11, asicetest.Exclusive}
	n := 0
	for _, h := range []signtest.Holder{p.chair, p384, p521, rsa} {
		for _, hash := range []crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512} {
			n++
			s := asicetest.By(p.world, h, signedAt)
			s.Way, s.Digest, s.FirstForm, s.PSS = ways[n%3], hash, n%2 == 0, h == rsa && n%2 == 0
			xml := s.XML(minutes)
			t.Run(fmt.Sprint(h.Certificate.PublicKeyAlgorithm, hash, s.Way, s.PSS), func(t *testing.T) {
				p.wantValid(t, asicetest.Pack(minutes, xml), 1)
				if !s.PSS {
					crossCheck(t, xml)
				}
			})
		}
	}
}

func TestTheLevelIsWhatWasFound(t *testing.T) {
	p := council()
	late := signedAt.Add(time.Hour)
	for _, c := range []struct {
		what   string
		want   signature.Level
		change func(s *asicetest.Signature)
	}{
		{"no time stamp", signature.Basic, func(s *asicetest.Signature) { s.Stamp, s.OCSP = nil, nil }},
		{"OCSP without time stamp", signature.Basic, func(s *asicetest.Signature) {
			s.Stamp, s.OCSP = nil, [][]byte{p.world.OCSP(p.chair, ocsp.Good, now, time.Time{})}
		}},
		{"time stamp", signature.Stamped, func(s *asicetest.Signature) { s.OCSP = nil }},
		{"OCSP about somebody else", signature.Stamped, func(s *asicetest.Signature) {
			s.OCSP = [][]byte{p.world.OCSP(p.note, ocsp.Good, late, time.Time{})}
		}},
		{"OCSP from a year before", signature.Stamped, func(s *asicetest.Signature) {
			s.OCSP = [][]byte{p.world.OCSP(p.chair, ocsp.Good, signedAt.AddDate(-1, 0, 0), time.Time{})}
		}},
		{"OCSP", signature.LongTerm, func(*asicetest.Signature) {}},
		{"later time stamp", signature.Archive, func(s *asicetest.Signature) {
			s.Later = func(over []byte) []byte { return p.world.Stamp(over, late) }
		}},
		{"later time stamp, exclusive", signature.Archive, func(s *asicetest.Signature) {
			s.Way, s.Later = asicetest.Exclusive, func(over []byte) []byte { return p.world.Stamp(over, late) }
		}},
		{"later time stamp without OCSP", signature.Stamped, func(s *asicetest.Signature) {
			s.OCSP, s.Later = nil, func(over []byte) []byte { return p.world.Stamp(over, late) }
		}},
	} {
		t.Run(c.what, func(t *testing.T) {
			if got := p.wantValid(t, p.pack(c.change), 1).Signers[0].Level; got != c.want {
				t.Errorf("level %s, want %s", got, c.want)
			}
		})
	}
}

func TestWhatIsInTheContainerIsTheFrozenDocumentAlone(t *testing.T) {
	p := council()
	signed := asicetest.By(p.world, p.chair, signedAt).XML(minutes)
	p.wantValid(t, asicetest.Pack(minutes, signed), 1)
	files := func(more ...asicetest.File) []byte {
		return asicetest.Zip(append([]asicetest.File{{Name: "mimetype", Bytes: []byte(mediaType)}}, more...)...)
	}
	meta := asicetest.File{Name: "META-INF/signatures0.xml", Bytes: signed}
	p.wantValid(t, files(minutes, meta), 1)
	p.wantValid(t, files(minutes, asicetest.File{Name: "META-INF/edoc-signatures-S1.xml", Bytes: signed}), 1)
	p.wantValid(t, files(asicetest.File{Name: "META-INF/"}, minutes, meta), 1)
	other := asicetest.File{Name: minutes.Name, Bytes: append([]byte("%PDF-1.7 other"), minutes.Bytes[14:]...)}
	longer := asicetest.File{Name: minutes.Name, Bytes: append(bytes.Clone(minutes.Bytes), ' ')}
	list := func(old, new string) asicetest.File {
		return asicetest.File{Name: manifestName, Bytes: []byte(strings.Replace(string(asicetest.Manifest(minutes.Name)), old, new, 1))}
	}
	for _, c := range []struct {
		what, key string
		b         []byte
	}{
		{"other bytes of the same length", "problem.container.document", files(other, meta)},
		{"one byte more", "problem.container.document", files(longer, meta)},
		{"another document, well signed", "problem.container.document", asicetest.Pack(other, asicetest.By(p.world, p.chair, signedAt).XML(other))},
		{"a second document", "problem.container.documents", files(minutes, asicetest.File{Name: "pielikums.pdf", Bytes: []byte("x")}, meta)},
		{"a second document that is signed too", "problem.container.documents", files(minutes, asicetest.File{Name: "b.pdf"}, asicetest.File{Name: meta.Name,
			Bytes: asicetest.By(p.world, p.chair, signedAt).XML(minutes, asicetest.File{Name: "b.pdf"})})},
		{"no document", "problem.container.empty", files(meta)},
		{"no signature", "problem.container.unsigned", files(minutes)},
		{"a stranger in META-INF", "problem.container.unexpected", files(minutes, meta, asicetest.File{Name: "META-INF/extra.bin"})},
		{"a list of what CAdES signatures cover", "problem.container.cades", files(minutes, meta, asicetest.File{Name: "META-INF/ASiCManifest.xml"})},
		{"a CAdES signature", "problem.container.cades", files(minutes, meta, asicetest.File{Name: "META-INF/signature.p7s"})},
		{"a folder", "problem.container.unexpected", files(minutes, meta, asicetest.File{Name: "x/"})},
		{"META-INF in other letters", "problem.container.name", files(minutes, meta, asicetest.File{Name: "meta-inf/signatures1.xml", Bytes: signed})},
		{"no media type", "problem.container.mimetype", asicetest.Zip(minutes, meta)},
		{"another media type", "problem.container.mimetype", asicetest.Zip(asicetest.File{Name: "mimetype", Bytes: []byte("application/zip")}, minutes, meta)},
		{"media type not first", "problem.container.mimetype", asicetest.Zip(minutes, asicetest.File{Name: "mimetype", Bytes: []byte(mediaType)}, meta)},
		{"media type packed", "problem.container.mimetype", asicetest.Zip(asicetest.File{Name: ""}, minutes)[:0]},
		{"list without the document", "problem.container.manifest", files(minutes, list(minutes.Name, "META-INF/signatures0.xml"), meta)},
		{"list with what is not there", "problem.container.manifest", files(minutes, list("/\"", "gone.pdf\""), meta)},
		{"list of another type", "problem.container.manifest", files(minutes, list(mediaType, "application/zip"), meta)},
		{"list with the document twice", "problem.container.manifest", files(minutes, list("\"/\"", "\""+minutes.Name+"\""), meta)},
		{"list that is none", "problem.container.manifest", files(minutes, asicetest.File{Name: manifestName, Bytes: []byte("<a/>")}, meta)},
	} {
		if c.what == "media type packed" {
			c.b = packedMediaType(minutes, meta)
		}
		t.Run(c.what, func(t *testing.T) { p.wantRefused(t, c.b, c.key) })
	}
}

func packedMediaType(files ...asicetest.File) []byte {
	return asicetest.Zip(append([]asicetest.File{{Name: "x"}, {Name: "mimetype", Bytes: []byte(mediaType)}}, files...)...)
}

func TestWhoMayNotSignIsRefused(t *testing.T) {
	p := council()
	by := func(h signtest.Holder, w *signtest.World) func(s *asicetest.Signature) {
		return func(s *asicetest.Signature) { *s = asicetest.By(w, h, signedAt) }
	}
	other := signtest.New("Other")
	const serial = "PNOLV-010190-12345"
	for _, c := range []struct {
		what, key string
		change    func(s *asicetest.Signature)
	}{
		{"of another authority", "problem.signature.path", func(s *asicetest.Signature) {
			by(other.Person("ANNA LAPIŅA", serial), other)(s)
			at := s.At
			s.Stamp = func(over []byte) []byte { return p.world.Stamp(over, at) }
		}},
		{"another person", "problem.signature.person", by(p.world.Person("PĒTERIS OZOLS", "PNOLV-030370-11111"), p.world)},
		{"a key that is not for signing", "problem.signature.usage", by(p.world.Person("ANNA LAPIŅA", serial, func(c *x509.Certificate) {
			c.KeyUsage = x509.KeyUsageDigitalSignature
		}), p.world)},
		{"expired before", "problem.signature.expired", by(p.world.Person("ANNA LAPIŅA", serial, func(c *x509.Certificate) {
			c.NotAfter = signedAt.Add(-time.Hour)
		}), p.world)},
		{"revoked before", "problem.signature.revoked", func(s *asicetest.Signature) {
			s.OCSP = [][]byte{p.world.OCSP(p.chair, ocsp.Revoked, signedAt.Add(time.Hour), signedAt.Add(-time.Hour))}
		}},
		{"a time stamp of another authority", "problem.signature.stamp-authority", func(s *asicetest.Signature) {
			s.Stamp = func(over []byte) []byte { return other.Stamp(over, signedAt) }
		}},
		{"a time stamp of other bytes", "problem.signature.stamp-other", func(s *asicetest.Signature) {
			s.Stamp = func([]byte) []byte { return p.world.Stamp([]byte("other"), signedAt) }
		}},
		{"a later time stamp of other bytes", "problem.signature.stamp-other", func(s *asicetest.Signature) {
			s.Later = func([]byte) []byte { return p.world.Stamp([]byte("other"), signedAt) }
		}},
		{"a time stamp from after now", "problem.signature.stamp-future", func(s *asicetest.Signature) {
			s.Stamp = func(over []byte) []byte { return p.world.Stamp(over, now.Add(time.Hour)) }
		}},
		{"a time stamp that is none", "problem.signature.stamp-unreadable", func(s *asicetest.Signature) {
			s.Stamp = func([]byte) []byte { return []byte("token") }
		}},
	} {
		t.Run(c.what, func(t *testing.T) { p.wantRefused(t, p.pack(c.change), c.key) })
	}
	p.wantValid(t, p.pack(), 1)
}

func TestOneBadSignatureSpoilsTheContainer(t *testing.T) {
	p := council()
	good := asicetest.By(p.world, p.chair, signedAt).XML(minutes)
	stranger := asicetest.By(p.world, p.world.Person("PĒTERIS OZOLS", "PNOLV-030370-11111"), signedAt).XML(minutes)
	p.wantRefused(t, asicetest.Pack(minutes, good, stranger), "problem.signature.person")
}
