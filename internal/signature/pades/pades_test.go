package pades_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"padome/internal/signature"
	"padome/internal/signature/pades"
	"padome/internal/signature/signtest"
)

func TestOneTwoAndThreeSignaturesAreAccepted(t *testing.T) {
	frozen := drawn(t, 3)
	file := frozen
	for n, who := range []signtest.Holder{anna, juris, anna} {
		file = sign(file, who, fmt.Sprint("Signature", n+1))
		v := valid(t, frozen, file)
		if len(v.Signers) != n+1 || v.Signers[n].Name != who.Certificate.Subject.CommonName || v.Signers[n].Level != signature.Stamped {
			t.Fatalf("signers %+v", v.Signers)
		}
	}
	if v := valid(t, frozen, file); v.Signers[0].Person != "anna" || v.Signers[1].Person != "juris" || !v.Signers[0].StampedAt.Equal(noon) {
		t.Errorf("signers %+v", v.Signers)
	}
	original, err := pades.Original(file)
	if err != nil || !bytes.Equal(original, frozen) {
		t.Errorf("the original has %d bytes, want %d; %v", len(original), len(frozen), err)
	}
}

func TestProofsAddedLaterRaiseTheLevel(t *testing.T) {
	frozen := drawn(t, 3)
	file := sign(frozen, anna, "S1")
	file = world.StorePDF(file, [][]byte{world.OCSP(anna, ocsp.Good, noon.Add(time.Minute), time.Time{})}, nil)
	if v := valid(t, frozen, file); v.Signers[0].Level != signature.LongTerm {
		t.Fatalf("with an answer of the issuer: %+v", v.Signers[0])
	}
	file = world.StampPDF(file, signtest.Signing{At: noon.Add(time.Hour)})
	if v := valid(t, frozen, file); len(v.Signers) != 1 || v.Signers[0].Level != signature.Archive {
		t.Fatalf("with a document time stamp: %+v", v)
	}
	file = sign(file, juris, "S2")
	if v := valid(t, frozen, file); v.Signers[0].Level != signature.LongTerm || v.Signers[1].Level != signature.Stamped {
		t.Errorf("signed again after it: %+v", v.Signers)
	}
	list := world.StorePDF(sign(frozen, anna, "S1"), nil, [][]byte{world.CRL(later, noon.Add(-time.Hour), anna)})
	refused(t, frozen, list, "revoked")
}

func TestWhatIsWrongWithASignatureIsTold(t *testing.T) {
	frozen := drawn(t, 3)
	stranger := world.Person("KĀDS CITS", "PNOLV-030370-34567")
	refused(t, frozen, sign(frozen, stranger, "S"), "person")
	refused(t, frozen, world.SignPDF(frozen, anna, signtest.Signing{At: noon, Unnamed: true}, "S"), "certificate-unnamed")
	refused(t, frozen, world.SignPDF(frozen, anna, signtest.Signing{At: noon, Stamp: world.Stamp([]byte("other bytes"), noon)}, "S"), "stamp-other")
	foreign := signtest.New("Cita valsts")
	refused(t, frozen, world.SignPDF(frozen, foreign.Person("ANNA KALNIŅA", "PNOLV-010190-12345"), at, "S"), "path")
	refused(t, frozen, foreign.StampPDF(sign(frozen, anna, "S"), at), "stamp-authority")
	sha1 := signtest.NewUpdate(frozen).Place("adbe.pkcs7.sha1", "S", "").Sign(func(parts ...[]byte) []byte { return world.CMS(anna, at, parts...) })
	refused(t, frozen, sha1, "pdf.kind")
}

func TestAFileOfAnotherKindIsRefusedWithTheWayOut(t *testing.T) {
	frozen := drawn(t, 3)
	signed := sign(frozen, anna, "S")
	refused(t, frozen, frozen, "pdf.unsigned")
	refused(t, frozen, append(bytes.Clone(frozen), " \n"...), "pdf.unsigned")
	refused(t, frozen, sign(drawn(t, 4), anna, "S"), "pdf.rewritten")
	refused(t, frozen, bytes.Replace(signed, []byte("%PDF-1.7"), []byte("%PDF-1.6"), 1), "pdf.rewritten")
	refused(t, frozen, nil, "pdf.rewritten")
	refused(t, frozen, signtest.NewUpdate(frozen).Bytes(), "pdf.unsigned")
	refused(t, frozen, signed[:len(signed)-3], "pdf.broken")
	refused(t, frozen, append(bytes.Clone(signed), "more"...), "pdf.broken")
	refused(t, frozen, append(bytes.Clone(frozen), bytes.Repeat([]byte{' '}, pades.MostBytes)...), "large")
}

// TestEveryByteOfAnUpdateCounts: no byte of what was appended can be another
// without the file being refused, the value of the signature's padding and the
// white space between objects aside.
func TestEveryByteOfAnUpdateCounts(t *testing.T) {
	frozen := drawn(t, 1)
	file := sign(frozen, anna, "S")
	value := bytes.Index(file, []byte("/Contents <"))
	padding := bytes.Index(file[value:], bytes.Repeat([]byte{'0'}, 2000)) + value
	for i := len(frozen); i < len(file)-1; i++ {
		if i > value+12 && i < value+12+24000 && (i > padding || i%41 != 0) {
			continue
		}
		bad := bytes.Clone(file)
		bad[i] ^= 0x01
		inValue := i > value && i < value+12+24000 // where what is not signed can be another, such as the time stamp's attribute
		if v := pades.Verify(ours, frozen, bad); v.Valid() && (!inValue || v.Signers[0].Serial != "PNOLV-010190-12345") {
			t.Errorf("byte %d (%q) can be another", i, file[max(0, i-20):i+1])
		}
	}
}
