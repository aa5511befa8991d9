package authority

import (
	"bytes"
	"crypto/sha256"
	"testing"
	"testing/synctest"
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

// TestTheMachinesClockIsInNothingTheAuthorityMakes signs by the clock of the
// machine and, in a bubble, by one that stands at the year 2000.
func TestTheMachinesClockIsInNothingTheAuthorityMakes(t *testing.T) {
	at := time.Date(2024, 4, 11, 13, 15, 0, 0, time.UTC)
	signed := func() []byte {
		a, err := New("Izmēģinājuma iestāde", at.AddDate(0, -3, 0), func(what string, n int) []byte { sum := sha256.Sum256([]byte(what)); return sum[:n] })
		if err != nil {
			t.Fatal(err)
		}
		s, err := a.Person("JĀNIS OZOLS", "PNOLV-010170-10001")
		if err != nil {
			t.Fatal(err)
		}
		file, err := a.Container("Protokols Nr. 1.pdf", []byte("%PDF-1.7 minutes"), s, at)
		if err != nil {
			t.Fatal(err)
		}
		return append(file, a.PEM()...)
	}
	now, then := signed(), []byte(nil)
	synctest.Test(t, func(*testing.T) { then = signed() })
	if !bytes.Equal(now, then) {
		t.Error("another time of the machine gives another container")
	}
}
