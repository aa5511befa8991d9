package council

import "slices"

// Actor is who does something, with the mandates in force on the day of doing.
type Actor struct {
	Person   string    // id of the person; "" is the public
	Name     string    // for the history
	Operator bool      // at the machine's own command line: may import and set up, never approve or sign
	Mandates []Mandate // in force on that day
}

// Holds reports whether the actor holds a role that day, in their own right or
// as a recorded substitute.
func (a Actor) Holds(r Role) bool {
	_, ok := a.As(r)
	return ok
}

// HoldsAny reports whether the actor holds one of the roles that day.
func (a Actor) HoldsAny(roles ...Role) bool { return slices.ContainsFunc(roles, a.Holds) }

// As is the mandate under which the actor acts in a role: their own before one
// as a substitute.
func (a Actor) As(r Role) (mandate Mandate, ok bool) {
	for _, m := range a.Mandates {
		switch {
		case m.Role != r:
		case m.SubstituteFor == "":
			return m, true
		case !ok:
			mandate, ok = m, true
		}
	}
	return mandate, ok
}
