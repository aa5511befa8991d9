package council

import (
	"testing"

	"padome/internal/problem"
)

// Who may do what: every rule against every kind of actor.
func TestWhoMayDoWhat(t *testing.T) {
	actors := map[string]Actor{
		"operator":       {Operator: true},
		"public":         {},
		"without a role": {Person: "p"},
	}
	for _, role := range Roles {
		actors[string(role)] = Actor{Person: "p", Mandates: []Mandate{{ID: "1", Person: "p", Role: role}}}
	}
	actors["minute-taker"] = Actor{Person: "taker"}
	session := Session{MinuteTaker: "taker"}
	keepers := map[string]bool{"operator": true, "secretariat": true, "administrator": true}
	for name, rule := range map[string]struct {
		may     func(Actor) error
		allowed map[string]bool
	}{
		"see people":      {MaySeePeople, map[string]bool{"operator": true, "chair": true, "deputy": true, "secretariat": true, "member": true, "administrator": true}},
		"change people":   {MayChangePeople, keepers},
		"change mandates": {MayChangeMandates, keepers},
		"change groups":   {MayChangeGroups, keepers},
		"plan sessions":   {MayPlanSessions, keepers},
		"change calendar": {MayChangeCalendar, keepers},
		"change settings": {MayChangeSettings, keepers},
		"grant a role":    {func(a Actor) error { return MayGrant(a, Mandate{Person: "other", Role: Chair}) }, keepers},
		"grant to self":   {func(a Actor) error { return MayGrant(a, Mandate{Person: "p", Role: Chair}) }, map[string]bool{"operator": true}},
		"hold a session":  {func(a Actor) error { return MayHold(a, session) }, map[string]bool{"chair": true, "deputy": true, "secretariat": true, "minute-taker": true}},
	} {
		for who, actor := range actors {
			t.Run(name+", "+who, func(t *testing.T) {
				err := rule.may(actor)
				refusal(t, err)
				want := problem.Forbidden
				if actor.Person == "" && !actor.Operator {
					want = problem.Unknown
				}
				if rule.allowed[who] {
					want = ""
				}
				if got := problem.KindOf(err); got != want {
					t.Errorf("refused as %q, want %q", got, want)
				}
			})
		}
	}
}

func TestNobodyGivesThemselvesARole(t *testing.T) {
	secretary := Actor{Person: "gita", Mandates: []Mandate{{ID: "11", Person: "gita", Role: Secretariat}}}
	for _, m := range []Mandate{
		{Person: "gita", Role: Administrator},
		{Person: "gita", Role: Deputy, SubstituteFor: "dainis"},
		{ID: "11", Person: "gita", Role: Secretariat, Until: "2030-12-31"},
	} {
		if got, want := refusal(t, MayGrant(secretary, m)), "problem.mandate.self-grant"; got != want {
			t.Errorf("%+v: %q, want %q", m, got, want)
		}
	}
	if err := MayGrant(secretary, Mandate{Person: "anna", Role: Administrator}); err != nil {
		t.Error(err)
	}
}
