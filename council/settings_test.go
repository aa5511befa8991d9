package council

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDefaultSettingsAreValid(t *testing.T) {
	s := DefaultSettings()
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(DefaultSettings(), s); diff != "" {
		t.Errorf("tidying changed them (-want +got):\n%s", diff)
	}
}

func TestSettingsValidateRefuses(t *testing.T) {
	s := Settings{Name: " Padome ", Weekday: 7, Minutes: 5, Starts: "11.00"}
	want := []string{
		"nameOf problem.text.missing", "nameEn problem.text.missing", "short problem.text.missing",
		"shortOf problem.text.missing", "shortEn problem.text.missing", "place problem.text.missing",
		"placeEn problem.text.missing", "seatsPerSide problem.range", "quorum problem.choice",
		"majority problem.choice", "tie problem.choice", "signers problem.choice", "weekday problem.range",
		"starts problem.clock", "minutes problem.range",
	}
	if diff := cmp.Diff(want, faults(t, s.Validate())); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if got, want := s.Name, "Padome"; got != want {
		t.Errorf("name %q, want %q", got, want)
	}
}

func TestQuorate(t *testing.T) {
	both := DefaultSettings()
	both.Quorum = MoreThanHalfBothSides
	for _, tt := range []struct {
		name              string
		s                 Settings
		seats, state, ngo int
		want              bool
	}{
		{"nine of sixteen", DefaultSettings(), 16, 4, 5, true},
		{"half is not more than half", DefaultSettings(), 16, 4, 4, false},
		{"eight of fifteen", DefaultSettings(), 15, 8, 0, true},
		{"one side alone where both are needed", both, 15, 8, 0, false},
		{"both sides", both, 16, 8, 1, true},
		{"both sides, but too few", both, 16, 4, 4, false},
		{"a council without members", DefaultSettings(), 0, 0, 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.s.Quorate(tt.seats, tt.state, tt.ngo); got != tt.want {
				t.Errorf("quorate: %v, want %v", got, tt.want)
			}
		})
	}
}
