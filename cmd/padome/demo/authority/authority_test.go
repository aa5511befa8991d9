package authority

import (
	"crypto/sha256"
	"testing"
	"time"

	"padome/internal/signature"
	"padome/internal/signature/asice"
)

func TestWhatTheAuthorityMakesIsHeldToItsCertificatesAlone(t *testing.T) {
	at := time.Date(2024, 4, 11, 13, 15, 0, 0, time.UTC)
	make := func(name, seed string) (*Authority, Signer) {
		a, err := New(name, at.AddDate(0, -3, 0), func(what string, n int) []byte { sum := sha256.Sum256([]byte(seed + what)); return sum[:n] })
		if err != nil {
			t.Fatal(err)
		}
		s, err := a.Person("JĀNIS OZOLS", "PNOLV-010170-10001")
		if err != nil {
			t.Fatal(err)
		}
		return a, s
	}
	ours, janis := make("Izmēģinājuma iestāde", "1")
	others, _ := make("Izmēģinājuma iestāde", "2")
	document := []byte("%PDF-1.7 minutes")
	file, err := ours.Container("Protokols Nr. 1.pdf", document, janis, at)
	if err != nil {
		t.Fatal(err)
	}
	verified := func(a *Authority, document []byte) signature.Verdict {
		anchors, err := signature.ParseAnchors(a.PEM())
		if err != nil {
			t.Fatal(err)
		}
		return asice.Verify(file, document, signature.Check{Anchors: anchors, Now: at.AddDate(0, 1, 0),
			Expected: []signature.Expected{{ID: "janis", Serial: "PNOLV-01017010001"}}})
	}
	v := verified(ours, document)
	if err := v.Err(); err != nil || v.Signers[0].Person != "janis" || v.Signers[0].Level != signature.LongTerm || !v.Signers[0].StampedAt.Equal(at) {
		t.Errorf("%v, %+v", err, v.Signers)
	}
	if v := verified(others, document); v.Valid() {
		t.Error("an authority of the same name takes it for its own")
	}
	if v := verified(ours, []byte("%PDF-1.7 Minutes")); v.Valid() {
		t.Error("another document passes")
	}
}
