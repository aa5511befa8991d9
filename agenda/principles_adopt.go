package agenda

import (
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/problem"
)

// Adopt makes the next version of the principles of a proposed set that every
// required working group agreed to. It fails while one has not, when another
// version came since (the set would undo what that one changed), and when the
// set would apply from before the last agreement or before the newest version.
// newest is the newest version there is, the zero value when there is none.
func (d *PrinciplesDraft) Adopt(a council.Actor, newest Principles) (Principles, error) {
	if err := d.keeper(a); err != nil {
		return Principles{}, err
	}
	if missing := d.Missing(); len(missing) > 0 {
		return Principles{}, problem.New(problem.State, "problem.principles.not-all", "groups", strings.Join(missing, "\n"))
	}
	if d.BasedOn != newest.Version {
		return Principles{}, problem.New(problem.Conflict, "problem.principles.overtaken",
			"based", strconv.Itoa(d.BasedOn), "newest", strconv.Itoa(newest.Version))
	}
	p := d.Content.clone()
	p.Version, p.Draft = newest.Version+1, d.ID
	least := newest.From
	for _, x := range d.Agreements {
		p.Agreed = append(p.Agreed, Agreement{By: x.GroupName, On: x.On, Reference: x.Reference})
		least = max(least, x.On)
	}
	if p.From < least {
		return Principles{}, invalid("from", "problem.principles.from", "value", string(p.From), "least", string(least))
	}
	if err := p.Validate(); err != nil {
		return Principles{}, err
	}
	d.State, d.Version = PrinciplesAdopted, p.Version
	return p, nil
}

// MayProposePrinciples reports whether the actor may propose principles for a
// working group: its lead and members, and the secretariat.
func MayProposePrinciples(a council.Actor, g council.WorkingGroup) bool {
	return MayChangePrinciples(a) || g.Has(a.Person)
}

// MayDiscussPrinciples reports whether the actor may see proposed principles,
// remark on them and compare versions: whoever prepares or approves agendas,
// members of the council, and whoever belongs to a working group in force.
func MayDiscussPrinciples(a council.Actor, groups []council.WorkingGroup, on council.Date) bool {
	return a.Operator || MayPropose(a) || slices.ContainsFunc(groups, func(g council.WorkingGroup) bool { return g.InForce(on) && g.Has(a.Person) })
}

// groupOn is a working group in force on a day.
func groupOn(groups []council.WorkingGroup, id string, on council.Date) (council.WorkingGroup, bool) {
	for _, g := range groups {
		if g.ID == id && g.InForce(on) {
			return g, true
		}
	}
	return council.WorkingGroup{}, false
}

func groupIDs(groups []council.WorkingGroup, on council.Date) string {
	var ids []string
	for _, g := range groups {
		if g.InForce(on) {
			ids = append(ids, g.ID)
		}
	}
	slices.Sort(ids)
	if ids == nil {
		return "–"
	}
	return strings.Join(ids, ", ")
}

// invalid is a refusal for one fault of one field.
func invalid(field, key string, args ...string) error {
	var l problem.List
	l.Add(field, key, args...)
	return l.Err()
}
