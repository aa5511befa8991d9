package office

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/tooltest"
	"padome/minutes"
	"padome/plan"
)

// The file of final minutes carries the very content that its signers sign: its
// SHA-256 is their digest, and no person's id stands in it.
func TestTheFileOfMinutesCarriesItsRecordAndLeadsToItsVerification(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	jan := d.prepared("2024-01-31")
	set := get2(d.Settings(ctx))(t)
	set.Address = "https://padome.example.lv/"
	must(t)(d.SaveSettings(ctx, d.by("officer"), set.Revision, set))
	d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	c := d.opened(jan.ID)
	d.closed(jan.ID, c, "")
	m := d.signed(jan.ID)
	dir := t.TempDir()
	file := filepath.Join(dir, "protokols.pdf")
	if err := os.WriteFile(file, d.file(jan.ID), 0o600); err != nil {
		t.Fatal(err)
	}
	detach := tooltest.Find(t, "pdfdetach")
	out := filepath.Join(dir, "record.json")
	if said, err := exec.CommandContext(ctx, detach, "-save", "1", "-o", out, file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	raw := get2(os.ReadFile(out))(t)
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != m.Digest {
		t.Errorf("the record is not what was signed: %x, %s", sum, m.Digest)
	}
	content, err := minutes.ReadContent(raw, m.Digest)
	if err != nil || content.Number != 1 || len(content.SignedBy) != 2 || content.SignedBy[0].Name == "" {
		t.Errorf("the record says %+v, %v", content.SignedBy, err)
	}
	for _, id := range []string{`"state-1"`, `"taker"`, `"ngo-1"`} {
		if strings.Contains(string(raw), id) {
			t.Errorf("the record names the person %s", id)
		}
	}
	text, err := exec.CommandContext(ctx, "pdftotext", "-enc", "UTF-8", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Kontrolkods " + PrintedFingerprint(m.Digest), "https://padome.example.lv/verify/" + Fingerprint(m.Digest)} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the file does not say %q", want)
		}
	}
	if x := get2(d.Verify(ctx, m.PDF))(t); x.File != minutes.FrozenFile || x.Session.ID != jan.ID {
		t.Errorf("by its file it is verified as %+v", x.Session)
	}
	agenda := get2(d.AgendaPDF(ctx, council.Actor{}, locale.LV, jan.ID, 0, false))(t)
	if err := os.WriteFile(file, agenda, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err = exec.CommandContext(ctx, "pdftotext", "-enc", "UTF-8", file, "-").Output()
	if err != nil || !strings.Contains(string(text), "Kontrolkods ") {
		t.Errorf("the approved agenda has no fingerprint: %v", err)
	}
}
