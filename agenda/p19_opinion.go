package agenda

import (
	"slices"
	"strconv"
	"strings"

	"padome/council"
)

// groupOpinion is P19: a decision item of some measures needs an opinion of the
// working group responsible, dated no later than the day on which the agenda
// goes out. Both leads may let it come on without one. The rule does not turn
// the item into another kind: whether to wait for the opinion, to do without or
// to inform only is the leads' and the secretariat's choice, and the item blocks
// the agenda until it is made. Of a measure that no group is responsible for
// nobody can be asked; the item says so.
var groupOpinion = Rule{
	ID: "P19", Hard: true,
	Params: []Param{{Name: "measures", Kind: Measures, Default: "2,3,6,7,8"}},
	Turn: func(b *building, s rules, c *Candidate) *Reason {
		ms := s.asked(&c.Matter)
		groups := b.responsible(ms)
		switch {
		case ms == nil:
			return nil
		case s.opinionFault(b, &c.Matter, groups) == "" && c.Opinion != nil:
			return s.reason("opinion", "date", string(c.Opinion.On))
		case byBoth(c.Waived):
			return s.reason("waived")
		case groups == nil:
			return s.reason("nobody", of(ms)...)
		}
		return nil
	},
	Check: func(v *view, s rules) []Breach {
		var bs []Breach
		for i := range v.items {
			it := &v.items[i]
			ms := s.asked(&it.Matter)
			if ms == nil {
				continue
			}
			if e, ok := v.named(it.ID); ok && byBoth(e.Waived) {
				continue
			}
			if fault := s.opinionFault(v.building, &it.Matter, v.responsible(ms)); fault != "" {
				bs = append(bs, s.breach(it.ID, fault, append(of(ms), "title", it.Title)...))
			}
		}
		return bs
	},
}

// asked are the measures of a decision item that the rule asks an opinion for;
// nil when it asks none.
func (s rules) asked(m *Matter) []int {
	if m.Kind != Decision {
		return nil
	}
	listed := measureList(s.param("measures"))
	var ms []int
	for _, r := range m.Tasks {
		if slices.Contains(listed, r.Measure) {
			ms = append(ms, r.Measure)
		}
	}
	slices.Sort(ms)
	return slices.Compact(ms)
}

// responsible are the working groups that answer for one of the measures on the
// day of the session.
func (b *building) responsible(measures []int) []council.WorkingGroup {
	var gs []council.WorkingGroup
	for _, g := range b.in.Groups {
		if g.From <= b.in.Session.Date && (g.Until == "" || b.in.Session.Date <= g.Until) &&
			slices.ContainsFunc(g.Measures, func(m int) bool { return slices.Contains(measures, m) }) {
			gs = append(gs, g)
		}
	}
	return gs
}

// opinionFault says what is wrong with the opinion that a decision item has, as
// the last part of a message key; empty when nothing is, or nobody to ask.
func (s rules) opinionFault(b *building, m *Matter, groups []council.WorkingGroup) string {
	switch {
	case groups == nil:
		return ""
	case m.Opinion == nil:
		return "unmet"
	case !slices.ContainsFunc(groups, func(g council.WorkingGroup) bool { return m.Opinion.by(&g) }):
		return "unmet-group"
	case m.Opinion.On > b.out():
		return "unmet-late"
	}
	return ""
}

// out is the day on which the agenda goes out: today for a draft that could go
// out today, else the last day on which it may, else the day of the session.
func (b *building) out() council.Date {
	if b.in.Today != "" {
		return b.in.Today
	}
	if s, ok := b.rule(goesOut.ID); ok {
		return s.outBy(b.in.Calendar, b.in.Session)
	}
	return b.in.Session.Date
}

// by reports whether the opinion is the group's.
func (o *Opinion) by(g *council.WorkingGroup) bool {
	return sameName(o.Group, g.ID) || sameName(o.Group, g.Name) || sameName(o.Group, g.NameEN)
}

// of are measures as facts of a sentence.
func of(measures []int) []string {
	labels := make([]string, len(measures))
	for i, m := range measures {
		labels[i] = strconv.Itoa(m)
	}
	return []string{"n", strconv.Itoa(len(measures)), "measures", strings.Join(labels, "\n")}
}
