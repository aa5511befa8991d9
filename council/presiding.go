package council

import "padome/internal/problem"

// Turn is who is to preside over a session and why (P13). Key and Args are the
// reason as a message.
type Turn struct {
	Role   Role   // Chair or Deputy
	Person string // who holds the office on the day; "" when both are vacant
	Key    string
	Args   problem.Args
}

// NextPresiding says whose turn it is to preside on a day: the chair and the
// deputy take turns, counted from the last session before that day that was
// held and that one of the two, or a substitute for them, presided over. The
// chair begins. While one office is vacant the other presides. The past
// sessions may come in any order.
func (r *Roster) NextPresiding(past []Session, on Date) Turn {
	t := Turn{Role: Chair, Key: "reason.presiding.first"}
	last, role := r.lastPresided(past, on)
	if role != "" {
		t.Role, t.Key = OtherLead(role), "reason.presiding.turn"
		t.Args = problem.Pairs("name", r.name(last.Presiding), "date", string(last.Date))
	}
	holder, ok := r.Holder(t.Role, on)
	if !ok {
		if holder, ok = r.Holder(OtherLead(t.Role), on); ok {
			t.Args = problem.Pairs("vacant", string(t.Role))
			t.Role, t.Key = OtherLead(t.Role), "reason.presiding.vacant"
		}
	}
	t.Person = holder.Person
	return t
}

// lastPresided is the last session before a day that was held and presided over
// in the right of one of the leads, and of which; "" when there is none.
func (r *Roster) lastPresided(past []Session, on Date) (last Session, as Role) {
	for _, s := range past {
		if !s.Held() || s.Date >= on || !after(s, last) {
			continue
		}
		if role, ok := r.PresidesAs(s.Presiding, s.Date); ok {
			last, as = s, role
		}
	}
	return last, as
}

// PresidesTwice reports whether somebody who presides on a day does so out of
// turn: in the right of the office that presided last, or as the same person.
// Then a reason is needed (P13). While the other office is vacant there is no
// other turn.
func (r *Roster) PresidesTwice(past []Session, on Date, person string) (last Session, twice bool) {
	last, before := r.lastPresided(past, on)
	if before == "" {
		return last, false
	}
	now, ok := r.PresidesAs(person, on)
	_, filled := r.Holder(OtherLead(before), on)
	return last, ok && filled && (now == before || person == last.Presiding)
}

// PresidesAs is the office in whose right somebody presides on a day; their own
// office goes before one they substitute in.
func (r *Roster) PresidesAs(person string, on Date) (Role, bool) {
	for _, m := range r.Actor(person, on).Mandates {
		if m.Role == Chair || m.Role == Deputy {
			return m.Role, true
		}
	}
	return "", false
}

// after reports whether s took place after t; the id decides between sessions
// that began together.
func after(s, t Session) bool {
	if s.Date != t.Date {
		return s.Date > t.Date
	}
	if s.Starts != t.Starts {
		return s.Starts > t.Starts
	}
	return s.ID > t.ID
}

// OtherLead is the deputy for the chair, and the chair for any other.
func OtherLead(r Role) Role {
	if r == Chair {
		return Deputy
	}
	return Chair
}
