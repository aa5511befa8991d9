package council

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPersonValidate(t *testing.T) {
	p := Person{Given: "  Jānis ", Surname: "Ozoliņš", Gender: Masculine, Position: "Valsts  kancelejas direktors"}
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	if got, want := p.Name()+", "+p.Position, "Jānis Ozoliņš, Valsts kancelejas direktors"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	bad := Person{Given: "A\u200b", Gender: "x"}
	want := []string{"given problem.text.character", "surname problem.text.missing", "gender problem.choice"}
	if diff := cmp.Diff(want, faults(t, bad.Validate())); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestShortNameKeepsTogether(t *testing.T) {
	for _, tt := range []struct{ given, want string }{
		{"Jānis", "J.\u00a0Āboliņš"}, {"Čārlzs", "Č.\u00a0Āboliņš"}, {"ēriks", "Ē.\u00a0Āboliņš"}, {"", "Āboliņš"},
	} {
		if got := (Person{Given: tt.given, Surname: "Āboliņš"}).Short(); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.given, got, tt.want)
		}
	}
}

func TestMandateValidateRefuses(t *testing.T) {
	for _, tt := range []struct {
		name string
		m    Mandate
		want []string
	}{
		{"nothing at all", Mandate{}, []string{"person problem.text.missing", "role problem.choice", "from problem.date"}},
		{"a member without a side", Mandate{Person: "p", Role: Member, From: "2024-01-01"}, []string{"side problem.choice"}},
		{"a chair of both sides", Mandate{Person: "p", Role: Chair, Side: Joint, From: "2024-01-01"}, []string{"side problem.choice"}},
		{"an end before the beginning", Mandate{Person: "p", Role: Chair, From: "2024-01-02", Until: "2024-01-01"}, []string{"until problem.mandate.order"}},
		{"days that are none", Mandate{Person: "p", Role: Chair, From: "2024-13-02", Until: "now"}, []string{"from problem.date", "until problem.date"}},
		{"substituting for oneself", Mandate{Person: "p", Role: Chair, From: "2024-01-02", SubstituteFor: "p"}, []string{"substituteFor problem.mandate.self"}},
		{"a substitute in the secretariat", Mandate{Person: "p", Role: Secretariat, From: "2024-01-02", SubstituteFor: "q"}, []string{"substituteFor problem.mandate.no-substitute"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, faults(t, tt.m.Validate())); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMandateHoldsOnBothItsDays(t *testing.T) {
	m := Mandate{From: "2024-01-31", Until: "2024-02-02"}
	for on, want := range map[Date]bool{"2024-01-30": false, "2024-01-31": true, "2024-02-02": true, "2024-02-03": false} {
		if got := m.InForce(on); got != want {
			t.Errorf("in force on %s: %v, want %v", on, got, want)
		}
	}
	m.Until = ""
	if !m.InForce("2999-12-31") {
		t.Error("a mandate without an end has ended")
	}
}

func TestGroupValidate(t *testing.T) {
	g := WorkingGroup{ID: "content", Name: "Satura plānošanas darba grupa", NameEN: "Content planning group", Measures: []int{1, 4, 5}, From: "2024-01-31"}
	if err := g.Validate(); err != nil {
		t.Fatal(err)
	}
	bad := WorkingGroup{ID: "x", Name: "Grupa", Measures: []int{1, 0}, From: "2024-01-31", Until: "2024-01-01"}
	want := []string{"nameEn problem.text.missing", "measures[1] problem.range", "until problem.mandate.order"}
	if diff := cmp.Diff(want, faults(t, bad.Validate())); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}
