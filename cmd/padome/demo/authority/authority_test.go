package authority

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"padome/internal/signature"
	"padome/internal/signature/asice"
	"padome/internal/tooltest"
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

// TestWhatTheAuthorityMakesIsGoodToXmlsec1 asks another program about the
// signature, the document it is over and the way to the root.
func TestWhatTheAuthorityMakesIsGoodToXmlsec1(t *testing.T) {
	tool := tooltest.Find(t, "xmlsec1")
	a, err := New("Izmēģinājuma iestāde", time.Date(2024, 1, 11, 0, 0, 0, 0, time.UTC), func(what string, n int) []byte { sum := sha256.Sum256([]byte(what)); return sum[:n] })
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.Person("JĀNIS OZOLS", "PNOLV-010170-10001")
	if err != nil {
		t.Fatal(err)
	}
	file, err := a.Container("protokols.pdf", []byte("%PDF-1.7 minutes"), s, time.Date(2024, 4, 11, 13, 15, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, z); err != nil {
		t.Fatal(err)
	}
	write := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"--verify", "--enabled-key-data", "x509", "--verification-time", "2024-04-11 13:15:00",
		"--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"}
	for block, rest := pem.Decode(a.PEM()); block != nil; block, rest = pem.Decode(rest) { // it reads the first of a file alone
		name := fmt.Sprint(len(args), ".pem")
		write(name, pem.EncodeToMemory(block))
		args = append(args, "--trusted-pem", name)
	}
	verify := func() error {
		cmd := exec.Command(tool, append(args, filepath.Join("META-INF", "signatures0.xml"))...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	}
	if err := verify(); err != nil {
		t.Error(err)
	}
	write("protokols.pdf", []byte("%PDF-1.7 Minutes"))
	if verify() == nil {
		t.Error("xmlsec1 takes another document: this test looks at nothing")
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
