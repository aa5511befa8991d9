package council

import (
	"testing"

	"padome/internal/problem"
)

func TestWhiteMustBeReadableOnTheAccent(t *testing.T) {
	for colour, want := range map[Accent]string{
		"": "", "#0f5c63": "", "#000000": "", "#7A1230": "", "#767676": "",
		"#777777": "problem.accent.pale", "#ffffff": "problem.accent.pale", "#ffd23f": "problem.accent.pale",
		"0f5c63": "problem.accent", "#0f5c6": "problem.accent", "#0f5c6g": "problem.accent", "#+f5c63": "problem.accent", "red": "problem.accent",
	} {
		s := DefaultSettings()
		s.Accent = colour
		got := ""
		if e, ok := s.Validate().(*problem.Error); ok {
			got = e.Fields[0].Key
		}
		if got != want {
			t.Errorf("%q: %q, want %q", colour, got, want)
		}
	}
}
