package office

import (
	"testing"

	"padome/internal/signature/signtest"
)

// The certificates of a council are read once, and what replaces them holds for
// the very next file: nothing is left of those before.
func TestReplacedCertificatesHoldAtOnce(t *testing.T) {
	s := newSigning(t)
	ctx, signed := t.Context(), s.pdf(s.frozen, s.chair, "S1")
	first := get2(s.checkOf(ctx, nil))(t).Anchors
	if again := get2(s.checkOf(ctx, nil))(t).Anchors; again != first {
		t.Error("the same certificates are read again")
	}
	other := signtest.New("Other")
	replaced := get2(s.SaveTrust(ctx, s.by("admin"), 1, other.PEM()))(t)
	s.refusedSigned(t, "state-1", signed, "problem.signature.path")
	if got := get2(s.checkOf(ctx, nil))(t).Anchors; got == first || got.Fingerprint() != other.Anchors().Fingerprint() {
		t.Error("the certificates that were replaced are still in force")
	}
	must(t)(s.SaveTrust(ctx, s.by("admin"), replaced.Revision, s.world.PEM()))
	if _, err := s.upload("state-1", signed); err != nil {
		t.Errorf("with its own certificates again: %v", err)
	}
}
