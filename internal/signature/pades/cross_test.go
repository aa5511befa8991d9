package pades_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"padome/internal/signature/signtest"
	"padome/internal/tooltest"
)

func itoa(n int) string { return strconv.Itoa(n) }

// TestOtherProgramsReadTheSignaturesMadeHere keeps the tests honest: what they
// sign is what others take for a signature too.
func TestOtherProgramsReadTheSignaturesMadeHere(t *testing.T) {
	frozen := drawn(t, 3)
	dir := t.TempDir()
	file := filepath.Join(dir, "signed.pdf")
	write(t, file, sign(sign(frozen, anna, "S1"), juris, "S2"))
	t.Run("poppler", func(t *testing.T) {
		out := run(t, "pdfsig", "-nocert", file)
		if n := strings.Count(out, "Signature Validation: Signature is Valid."); n != 2 || strings.Count(out, "Total document signed") != 1 {
			t.Errorf("%d signatures are valid:\n%s", n, out)
		}
	})
	t.Run("qpdf", func(t *testing.T) {
		if out := run(t, "qpdf", "--check", file); !strings.Contains(out, "No syntax or stream encoding errors") {
			t.Error(out)
		}
	})
	t.Run("openssl", func(t *testing.T) {
		var value []byte
		signtest.NewUpdate(frozen).Place("ETSI.CAdES.detached", "S", "").Sign(func(parts ...[]byte) []byte {
			write(t, filepath.Join(dir, "content"), bytes.Join(parts, nil))
			value = world.CMS(anna, at, parts...)
			return value
		})
		write(t, filepath.Join(dir, "value"), value)
		write(t, filepath.Join(dir, "roots.pem"), world.PEM())
		run(t, "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", filepath.Join(dir, "value"), "-content", filepath.Join(dir, "content"),
			"-CAfile", filepath.Join(dir, "roots.pem"), "-purpose", "any", "-cades", "-out", os.DevNull)
		write(t, filepath.Join(dir, "token"), world.Stamp(frozen, noon))
		write(t, filepath.Join(dir, "stamped"), frozen)
		run(t, "openssl", "ts", "-verify", "-token_in", "-in", filepath.Join(dir, "token"), "-data", filepath.Join(dir, "stamped"), "-CAfile", filepath.Join(dir, "roots.pem"))
	})
}

func write(t *testing.T, file string, b []byte) {
	t.Helper()
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs another program.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(tooltest.Find(t, name), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}
