package agenda

import (
	"slices"
	"time"

	"padome/council"
	"padome/internal/problem"
)

// Joint is a proposal made as both sides': a side stands behind it once one of
// its members said so. Until both do, it counts as the first side's (P12), so
// that nobody gets the balance of a joint proposal by calling it one.
type Joint struct {
	Sides []SideMark `json:"sides"`
}

// SideMark is a member's word that their side stands behind a proposal.
type SideMark struct {
	Side council.Side `json:"side"`
	Mark
}

// SideOf is the side that the actor speaks for that day; empty for the
// secretariat, which speaks for none, and for those without a mandate of one.
func SideOf(a council.Actor) council.Side {
	if a.Holds(council.Secretariat) {
		return ""
	}
	for _, r := range []council.Role{council.Member, council.Deputy, council.Chair} {
		if m, ok := a.As(r); ok && m.Side != "" {
			return m.Side
		}
	}
	return ""
}

// takeSide settles whose proposal it is after somebody said so: a member's own
// side where nothing is said, and a joint one begins with the word of whoever
// handed it in. before is whose it was.
func (p *Proposal) takeSide(a council.Actor, at time.Time, before council.Side) error {
	own := SideOf(a)
	switch {
	case own != "" && p.Initiator == "":
		p.Initiator = own
	case own == council.State && p.Initiator == council.NGO, own == council.NGO && p.Initiator == council.State:
		var l problem.List
		l.Add("initiator", "problem.agenda.other-side", "value", string(p.Initiator), "side", string(own))
		return l.Err()
	}
	switch {
	case p.Initiator != council.Joint:
		p.Joint = nil
	case before != council.Joint:
		p.Joint = &Joint{}
		if own != "" {
			p.Joint.Sides = []SideMark{{own, mark(a, at)}}
		}
	}
	return nil
}

// Confirm records that the actor's side stands behind a joint proposal too. It
// fails for somebody of no side, for a side that did so already, and for the
// proposer, who cannot be the second as well.
func (p *Proposal) Confirm(a council.Actor, at time.Time) error {
	side := SideOf(a)
	if side == "" {
		return refused(a, "problem.agenda.confirm")
	}
	if err := p.open(); err != nil {
		return err
	}
	switch {
	case p.Joint == nil:
		return problem.New(problem.State, "problem.agenda.not-joint", "title", p.Title)
	case p.Joint.stands(side):
		return problem.New(problem.State, "problem.agenda.confirmed-already", "side", string(side))
	case a.Person == p.By && len(p.Joint.Sides) > 0:
		return problem.New(problem.Forbidden, "problem.agenda.confirm-own")
	}
	p.Joint.Sides = append(slices.Clone(p.Joint.Sides), SideMark{side, mark(a, at)})
	return nil
}

func (j *Joint) stands(s council.Side) bool {
	return slices.ContainsFunc(j.Sides, func(m SideMark) bool { return m.Side == s })
}

// CountsAs is the side that the proposal counts as (P12): of a joint one that
// only one side stands behind, that side; where nobody has confirmed yet, none.
// One recorded before confirmations were asked for counts as it says.
func (p *Proposal) CountsAs() council.Side {
	if p.Initiator != council.Joint || p.Joint == nil || len(p.Joint.Sides) > 1 {
		return p.Initiator
	}
	if len(p.Joint.Sides) == 1 {
		return p.Joint.Sides[0].Side
	}
	return ""
}
