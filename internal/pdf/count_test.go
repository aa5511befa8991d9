package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"padome/internal/tooltest"
)

func TestPagesAreCounted(t *testing.T) {
	for _, want := range []int{fivePages, 20} {
		_, pages, err := RenderPages(t.Context(), minutes(want))
		if err != nil {
			t.Fatal(err)
		}
		if got := CountPages(rendered(t, minutes(want))); got != pages || got < 5 {
			t.Errorf("counted %d pages, want %d", got, pages)
		}
	}
	nested := "%PDF-1.4\n1 0 obj<</Kids[2 0 R]/Resources<</Font<</F 3 0 R>>>>/Type/Pages/Count 7>>endobj\n2 0 obj<</Type/Pages/Parent 1 0 R/Count 3>>endobj"
	for s, want := range map[string]int{
		nested:                             7,
		"%PDF-1.4 <</Type /Page>>":         1,
		"%PDF-1.4 /Encrypt " + nested:      0,
		"PK\x03\x04 <</Type/Pages/Count 7": 0,
		"%PDF-1.4 /Type/Pages":             0,
		"%PDF-1.4 /Type/ObjStm stream":     0,
		"":                                 0,
	} {
		if got := CountPages([]byte(s)); got != want {
			t.Errorf("%q: counted %d, want %d", s, got, want)
		}
	}
}

// A file whose objects are packed, as most programs write them now.
func TestPagesArePackedObjects(t *testing.T) {
	qpdf := tooltest.Find(t, "qpdf")
	plain, packed := filepath.Join(t.TempDir(), "a.pdf"), filepath.Join(t.TempDir(), "b.pdf")
	if err := os.WriteFile(plain, rendered(t, minutes(fivePages)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(qpdf, "--object-streams=generate", plain, packed).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	file, err := os.ReadFile(packed)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(file, []byte("/Type /Pages")) {
		t.Fatal("nothing is packed")
	}
	if got := CountPages(file); got != 5 {
		t.Errorf("counted %d pages, want 5", got)
	}
}

func FuzzCountPages(f *testing.F) {
	f.Add([]byte("%PDF-1.4\n<</Type/Pages/Count 2>>"))
	f.Add([]byte("%PDF-1.4 <</Type/ObjStm>>stream\nx" + strings.Repeat(">>", 3)))
	f.Fuzz(func(t *testing.T, file []byte) {
		if n := CountPages(file); n < 0 || n > 99999 && n > len(file) {
			t.Errorf("counted %d", n)
		}
	})
}
