package council

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMinutesAreSignedHereUnlessTheCouncilSaysOtherwise(t *testing.T) {
	s := DefaultSettings()
	if got := s.SigningInForce(); got != SignedHere {
		t.Errorf("not said: %q, want %q", got, SignedHere)
	}
	s.Signing = SignedElectronically
	if got := s.SigningInForce(); got != SignedElectronically {
		t.Errorf("said: %q, want %q", got, SignedElectronically)
	}
	if err := s.Validate(); err != nil {
		t.Error(err)
	}
	s.Signing = "by fax"
	if diff := cmp.Diff([]string{"signing problem.choice"}, faults(t, s.Validate())); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}
