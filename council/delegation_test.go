package council

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDelegationValidate(t *testing.T) {
	d := Delegation{Person: "anna", Body: " ES fondu  uzraudzības komiteja ", From: "2024-01-31"}
	if err := d.Validate(); err != nil || d.Body != "ES fondu uzraudzības komiteja" {
		t.Errorf("%v, %q", err, d.Body)
	}
	for name, x := range map[string]struct {
		change func(*Delegation)
		want   []string
	}{
		"nobody":            {func(d *Delegation) { d.Person = "" }, []string{"person problem.text.missing"}},
		"to nothing":        {func(d *Delegation) { d.Body = " " }, []string{"body problem.text.missing"}},
		"a name of emoji":   {func(d *Delegation) { d.BodyEN = "Committee 👍" }, []string{"bodyEn problem.text.character"}},
		"from no day":       {func(d *Delegation) { d.From = "2024-02-30" }, []string{"from problem.date"}},
		"ended before":      {func(d *Delegation) { d.Until = "2023-12-31" }, []string{"until problem.mandate.order"}},
		"until a month, no": {func(d *Delegation) { d.Until = "2024-12" }, []string{"until problem.date"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := Delegation{Person: "anna", Body: "Komiteja", From: "2024-01-31"}
			x.change(&d)
			if diff := cmp.Diff(x.want, faults(t, d.Validate())); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestADelegationHoldsOnBothItsDays(t *testing.T) {
	d := Delegation{From: "2024-01-31", Until: "2024-12-31"}
	for day, want := range map[Date]bool{"2024-01-30": false, "2024-01-31": true, "2024-12-31": true, "2025-01-01": false} {
		if got := d.InForce(day); got != want {
			t.Errorf("on %s it holds: %t, want %t", day, got, want)
		}
	}
	d.Until = ""
	if !d.InForce("2030-01-01") {
		t.Error("one without an end has ended")
	}
}

func TestWhoKeepsDelegations(t *testing.T) {
	for _, x := range []struct {
		role Role
		want string
	}{{Secretariat, ""}, {Administrator, ""}, {Chair, "problem.council.keep"}, {Member, "problem.council.keep"}} {
		a := Actor{Person: "x", Mandates: []Mandate{{Role: x.role}}}
		if got := refusal(t, MayChangeDelegations(a)); got != x.want {
			t.Errorf("%s: %q, want %q", x.role, got, x.want)
		}
	}
}
