package council

import (
	"slices"
	"strconv"

	"padome/internal/problem"
)

// Validate checks every mandate against the others. It fails with the faults of
// MayAdd, each under "mandates[i]", counted in the order of first day and id.
func (r *Roster) Validate() error {
	var l problem.List
	for i, m := range r.mandates {
		l.Under("mandates["+strconv.Itoa(i)+"]", r.MayAdd(m))
	}
	return l.Err()
}

// MayAdd checks a mandate, valid in itself, against those there are; one with
// the same id is the one it replaces. It fails when an office would be held by
// two people on one day, a side would have more members than seats, a
// substitute would have nobody to substitute for, somebody would stand on both
// sides, hold both leading offices or hold one role twice, or the deputy would
// not come from the NGO side.
func (r *Roster) MayAdd(m Mandate) error {
	var l problem.List
	if _, ok := r.people[m.Person]; !ok {
		l.Add("person", "problem.mandate.person")
	}
	if m.Role == Deputy && m.Side != NGO {
		l.Add("side", "problem.mandate.deputy-side")
	}
	r.checkSamePerson(&l, m)
	switch {
	case m.SubstituteFor != "":
		r.checkPrincipal(&l, m)
	case m.Role == Chair || m.Role == Deputy:
		r.checkOffice(&l, m)
	case m.Role == Member:
		r.checkSeats(&l, m)
	}
	return l.Err()
}

// checkSamePerson notes what one person cannot be at the same time. An
// alternate of several members may hold several such mandates, but a member is
// no alternate.
func (r *Roster) checkSamePerson(l *problem.List, m Mandate) {
	for _, n := range r.alongside(m) {
		if n.Person != m.Person {
			continue
		}
		own := m.SubstituteFor == "" && n.SubstituteFor == ""
		seatTwice := m.Role == Member && (m.SubstituteFor == "") != (n.SubstituteFor == "")
		switch {
		case n.Role == m.Role && (n.SubstituteFor == m.SubstituteFor || seatTwice):
			l.Add("person", "problem.mandate.twice", "name", r.name(n.Person), "role", r.title(n), "from", string(n.From))
			return
		case own && (m.Role == Chair && n.Role == Deputy || m.Role == Deputy && n.Role == Chair):
			l.Add("person", "problem.mandate.both-leads", "name", r.name(n.Person), "role", r.title(n), "from", string(n.From))
			return
		case m.Role == Administrator && n.leads() || m.leads() && n.Role == Administrator:
			l.Add("person", "problem.mandate.administrator-leads", "name", r.name(n.Person), "role", r.title(n), "from", string(n.From))
			return
		case n.Side != "" && m.Side != "" && n.Side != m.Side:
			l.Add("side", "problem.mandate.both-sides", "name", r.name(n.Person), "side", string(n.Side), "from", string(n.From))
			return
		}
	}
}

func (r *Roster) checkOffice(l *problem.List, m Mandate) {
	for _, n := range r.alongside(m) {
		if n.Role == m.Role && n.SubstituteFor == "" && n.Person != m.Person {
			l.Add("from", "problem.mandate.office", "name", r.name(n.Person), "role", r.title(n), "from", string(n.From))
			return
		}
	}
}

// checkSeats counts the side's members on every day on which their number could
// rise while the mandate holds: its first day, and those of the others.
func (r *Roster) checkSeats(l *problem.List, m Mandate) {
	var others []Mandate
	for _, n := range r.alongside(m) {
		if n.Role == Member && n.SubstituteFor == "" && n.Side == m.Side {
			others = append(others, n)
		}
	}
	days := []Date{m.From}
	for _, n := range others {
		days = append(days, max(n.From, m.From))
	}
	slices.Sort(days)
	for _, day := range days {
		members := 1
		for _, n := range others {
			if n.InForce(day) {
				members++
			}
		}
		if members > r.settings.SeatsPerSide {
			l.Add("side", "problem.mandate.seats", "side", string(m.Side), "seats", strconv.Itoa(r.settings.SeatsPerSide), "on", string(day))
			return
		}
	}
}

// checkPrincipal notes a substitute for somebody who does not hold the role, on
// the same side, on every day of the substitute's mandate.
func (r *Roster) checkPrincipal(l *problem.List, m Mandate) {
	day := m.From
	for _, n := range r.mandates { // by first day
		same := n.Person == m.SubstituteFor && n.Role == m.Role && n.SubstituteFor == "" && n.ID != m.ID
		if !same || m.Role == Member && n.Side != m.Side || !n.InForce(day) {
			continue
		}
		if n.Until == "" || m.Until != "" && m.Until <= n.Until {
			return
		}
		day = n.Until.AddDays(1)
	}
	l.Add("substituteFor", "problem.mandate.principal", "name", r.name(m.SubstituteFor), "role", r.title(Mandate{Person: m.SubstituteFor, Role: m.Role}), "day", string(day))
}

// alongside are the other mandates that hold on a day on which this one does.
func (r *Roster) alongside(m Mandate) []Mandate {
	var found []Mandate
	for _, n := range r.mandates {
		if n.ID != m.ID && n.overlaps(m) {
			found = append(found, n)
		}
	}
	return found
}
