package council

import "padome/internal/problem"

// MaySeePeople allows those who hold any mandate to see the register of people
// and mandates; the public sees role and name where documents print them.
func MaySeePeople(a Actor) error {
	if a.Operator || len(a.Mandates) > 0 {
		return nil
	}
	return refused(a, "problem.council.see-people")
}

// MayChangePeople allows the secretariat and the administrator to keep the
// register of people.
func MayChangePeople(a Actor) error { return keepers(a) }

// MayChangeMandates allows the secretariat and the administrator to keep
// mandates; what they may give is for MayGrant.
func MayChangeMandates(a Actor) error { return keepers(a) }

// MayChangeGroups allows the secretariat and the administrator to keep the
// working groups.
func MayChangeGroups(a Actor) error { return keepers(a) }

// MayChangeDelegations allows the secretariat and the administrator to keep the
// register of the council's delegates to other bodies.
func MayChangeDelegations(a Actor) error { return keepers(a) }

// MayPlanSessions allows the secretariat and the administrator to plan, change
// and cancel sessions.
func MayPlanSessions(a Actor) error { return keepers(a) }

// MayChangeCalendar allows the secretariat and the administrator to keep the
// moved working days.
func MayChangeCalendar(a Actor) error { return keepers(a) }

// MayChangeSettings allows the secretariat and the administrator to arrange the
// council's settings.
func MayChangeSettings(a Actor) error { return keepers(a) }

// MayChangeTrust allows the administrator to replace the certificates that
// signatures are checked against.
func MayChangeTrust(a Actor) error {
	if a.Operator || a.Holds(Administrator) {
		return nil
	}
	return refused(a, "problem.council.trust")
}

// MayHold allows the secretariat, the chair and the deputy, and the session's
// own minute-taker to open, lead through and close a session.
func MayHold(a Actor, s Session) error {
	if a.HoldsAny(Secretariat, Chair, Deputy) || a.Person != "" && a.Person == s.MinuteTaker {
		return nil
	}
	return refused(a, "problem.council.hold")
}

// MayGrant allows those who keep mandates to give this one, unless it is to
// themselves: nobody gives a role to themselves, whatever they hold. A changed
// mandate counts as given.
func MayGrant(a Actor, m Mandate) error {
	if err := MayChangeMandates(a); err != nil {
		return err
	}
	if a.Person != "" && m.Person == a.Person {
		return problem.New(problem.Forbidden, "problem.mandate.self-grant", "role", string(m.Role))
	}
	return nil
}

func keepers(a Actor) error {
	if a.Operator || a.HoldsAny(Secretariat, Administrator) {
		return nil
	}
	return refused(a, "problem.council.keep")
}

// refused asks the public to log in and tells everybody else the rule.
func refused(a Actor, key string) error {
	if a.Person == "" && !a.Operator {
		return problem.New(problem.Unknown, "problem.unauthenticated")
	}
	return problem.New(problem.Forbidden, key)
}
