package council

import (
	"cmp"
	"slices"

	"padome/internal/locale"
)

// Roster is who belongs to the council and in what right, on any day.
type Roster struct {
	settings Settings
	people   map[string]Person
	mandates []Mandate // by first day, then id
}

// Seat is a member's place in the council on a day, with those who may take it
// when the member is away.
type Seat struct {
	Side       Side
	Member     Mandate
	Alternates []Mandate
}

// NewRoster makes the roster of a council. The mandates may come in any order;
// every answer is in the same order whatever theirs was.
func NewRoster(s Settings, people []Person, mandates []Mandate) *Roster {
	r := &Roster{settings: s, people: make(map[string]Person, len(people)), mandates: slices.Clone(mandates)}
	for _, p := range people {
		r.people[p.ID] = p
	}
	slices.SortFunc(r.mandates, func(a, b Mandate) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID))
	})
	return r
}

// Person finds somebody by id; false when there is nobody.
func (r *Roster) Person(id string) (Person, bool) {
	p, ok := r.people[id]
	return p, ok
}

// Holders are the mandates of a role in force on a day, without substitutes.
func (r *Roster) Holders(role Role, on Date) []Mandate {
	return r.inForce(on, func(m Mandate) bool { return m.Role == role && m.SubstituteFor == "" })
}

// Holder is the mandate of an office that one person holds at a time, the chair
// or the deputy; false while it is vacant.
func (r *Roster) Holder(role Role, on Date) (Mandate, bool) {
	if all := r.Holders(role, on); len(all) > 0 {
		return all[0], true
	}
	return Mandate{}, false
}

// Substitutes are the substitutes recorded for holders of a role on a day. One
// whose principal does not hold the role that day substitutes for nobody.
func (r *Roster) Substitutes(role Role, on Date) []Mandate {
	var principals []string
	for _, m := range r.Holders(role, on) {
		principals = append(principals, m.Person)
	}
	return r.inForce(on, func(m Mandate) bool {
		return m.Role == role && m.SubstituteFor != "" && slices.Contains(principals, m.SubstituteFor)
	})
}

// Members are the seats that are filled on a day: the state side first, then by
// the member's surname and given name.
func (r *Roster) Members(on Date) []Seat {
	alternates := r.Substitutes(Member, on)
	r.sortByName(alternates)
	members := r.Holders(Member, on)
	r.sortByName(members)
	var seats []Seat
	for _, side := range []Side{State, NGO} {
		for _, m := range members {
			if m.Side != side {
				continue
			}
			seat := Seat{Side: side, Member: m}
			for _, a := range alternates {
				if a.SubstituteFor == m.Person {
					seat.Alternates = append(seat.Alternates, a)
				}
			}
			seats = append(seats, seat)
		}
	}
	return seats
}

// Seats is how many members the council has on a day: what a quorum is counted
// from.
func (r *Roster) Seats(on Date) int { return len(r.Holders(Member, on)) }

// SeatsOf are the seats that somebody may take on a day: their own, or those
// they are an alternate for.
func (r *Roster) SeatsOf(person string, on Date) []Seat {
	return slices.DeleteFunc(r.Members(on), func(s Seat) bool {
		return s.Member.Person != person &&
			!slices.ContainsFunc(s.Alternates, func(a Mandate) bool { return a.Person == person })
	})
}

// MayVote reports whether somebody may vote on a day: a member, or an alternate
// in the place of a member who is away.
func (r *Roster) MayVote(person string, on Date) bool { return len(r.SeatsOf(person, on)) > 0 }

// MayPreside reports whether somebody may preside over a session of a day: the
// chair, the deputy, or a recorded substitute of one of them.
func (r *Roster) MayPreside(person string, on Date) bool {
	_, ok := r.PresidesAs(person, on)
	return ok
}

// Actor is somebody with the mandates they hold on a day, their own first. A
// substitute's mandate counts while its principal holds the role.
func (r *Roster) Actor(person string, on Date) Actor {
	a := Actor{Person: person}
	if p, ok := r.people[person]; ok {
		a.Name = p.Name()
	}
	var instead []Mandate
	for _, m := range r.inForce(on, func(m Mandate) bool { return m.Person == person }) {
		switch {
		case m.SubstituteFor == "":
			a.Mandates = append(a.Mandates, m)
		case slices.ContainsFunc(r.Holders(m.Role, on), func(h Mandate) bool { return h.Person == m.SubstituteFor }):
			instead = append(instead, m)
		}
	}
	a.Mandates = append(a.Mandates, instead...)
	return a
}

func (r *Roster) inForce(on Date, keep func(Mandate) bool) []Mandate {
	var found []Mandate
	for _, m := range r.mandates {
		if m.InForce(on) && keep(m) {
			found = append(found, m)
		}
	}
	return found
}

func (r *Roster) sortByName(mandates []Mandate) {
	slices.SortStableFunc(mandates, func(a, b Mandate) int {
		p, q := r.people[a.Person], r.people[b.Person]
		return cmp.Or(locale.Compare(p.Surname, q.Surname), locale.Compare(p.Given, q.Given), cmp.Compare(a.Person, b.Person))
	})
}

// name is how messages call somebody.
func (r *Roster) name(person string) string {
	if p, ok := r.people[person]; ok {
		return p.Name()
	}
	return person
}

// title is the last part of the message key of a role's name in the gender of
// the person who holds it: "chair.f".
func (r *Roster) title(m Mandate) string {
	if p, ok := r.people[m.Person]; ok && p.Gender != "" {
		return string(m.Role) + "." + string(p.Gender)
	}
	return string(m.Role)
}
