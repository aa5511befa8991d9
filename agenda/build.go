package agenda

import (
	"cmp"
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/problem"
)

// Build makes the explained draft of a session's agenda under its principles.
// It is pure: the same input gives the same draft byte for byte, in whatever
// order candidates and history stand. Every candidate ends either among the
// items or among those left out, with its reasons. It fails only on input that
// no draft can be built from: principles that are not valid, two candidates of
// one id.
func Build(in Input) (Draft, error) {
	b, err := newBuilding(&in)
	if err != nil {
		return Draft{}, err
	}
	b.add()
	b.bar()
	b.turn()
	b.need()
	b.admit()
	b.order()
	b.choose()
	return b.draft(), nil
}

// Check lists what a list of items, made or changed by hand, breaks.
func Check(in Input, items []Item) ([]Breach, error) {
	b, err := newBuilding(&in)
	if err != nil {
		return nil, err
	}
	return b.check(items), nil
}

// building is one run of Build.
type building struct {
	in      *Input
	rules   []rules
	past    history
	entries []*entry // every candidate, in the order of ids until order()
	byID    map[string]*entry
}

// entry is a candidate on its way onto the agenda or off it.
type entry struct {
	Candidate
	in      []Reason // why it comes on
	out     []Reason // why it stays off; empty while it may come on
	details []Detail
	must    bool // a hard rule or P6 brings it on; never dropped for room
	placed  bool
	via     *entry // the entry that brings this one's task on
}

func newBuilding(in *Input) (*building, error) {
	b := &building{in: in, byID: make(map[string]*entry, len(in.Candidates)+4)}
	if !in.Session.Date.Valid() {
		return nil, problem.New(problem.Invalid, "problem.date", "value", string(in.Session.Date))
	}
	if err := in.Principles.Validate(); err != nil {
		return nil, err
	}
	for _, r := range ruleList {
		if s, ok := in.Principles.Rule(r.ID); ok {
			b.rules = append(b.rules, rules{r, s})
		}
	}
	b.entries = make([]*entry, 0, len(in.Candidates)+4)
	for i := range in.Candidates {
		if err := b.bring(entry{Candidate: in.Candidates[i]}); err != nil {
			return nil, err
		}
	}
	b.past = newHistory(in)
	return b, nil
}

// bring takes a candidate into the building.
func (b *building) bring(e entry) error {
	if _, twice := b.byID[e.ID]; twice {
		return problem.New(problem.Invalid, "problem.agenda.twice", "id", e.ID)
	}
	if reserved(e.ID) {
		return problem.New(problem.Invalid, "problem.agenda.reserved", "id", e.ID)
	}
	b.entries = append(b.entries, &e)
	b.byID[e.ID] = &e
	return nil
}

// standing brings on an item that a rule itself asks for.
func (b *building) standing(id string, kind Kind, title string, minutes int, why *Reason, details ...Detail) *entry {
	e := &entry{in: []Reason{*why}, details: details, must: true}
	e.Matter = Matter{ID: id, Source: Standing, Kind: kind, Title: title, Minutes: minutes}
	b.entries = append(b.entries, e)
	b.byID[id] = e
	return e
}

// reserved reports whether an id belongs to a standing item.
func reserved(id string) bool {
	_, review := reviewYear(id)
	return review || id == OpeningID || id == ExecutionID || id == AnyOtherID
}

func (b *building) rule(id string) (rules, bool) {
	for _, s := range b.rules {
		if s.Rule.ID == id {
			return s, true
		}
	}
	return rules{}, false
}

func (b *building) add() {
	for _, s := range b.rules {
		if s.Add != nil {
			s.Add(b, s)
		}
	}
	slices.SortFunc(b.entries, func(x, y *entry) int { return cmp.Compare(x.ID, y.ID) })
}

func (b *building) bar() {
	for _, e := range b.entries {
		if e.Source == Standing {
			continue
		}
		if e.Wish > b.in.Session.Date {
			e.out = append(e.out, Reason{Key: "reason.wish", Facts: problem.Pairs("date", string(e.Wish))})
		}
		for _, s := range b.rules {
			if s.Bar == nil {
				continue
			}
			if r := s.Bar(b, s, &e.Candidate); r != nil {
				e.out = append(e.out, *r)
			}
		}
	}
}

func (b *building) turn() {
	for _, e := range b.entries {
		if e.Source == Standing || len(e.out) > 0 {
			continue
		}
		for _, s := range b.rules {
			if s.Turn == nil {
				continue
			}
			if r := s.Turn(b, s, &e.Candidate); r != nil {
				e.in = append(e.in, *r)
			}
		}
	}
}

func (b *building) need() {
	for _, s := range b.rules {
		if s.Need != nil {
			s.Need(b, s)
		}
	}
}

// demand marks a candidate that may come on as asked for by a rule.
func (e *entry) demand(must bool, why *Reason) {
	e.in = append([]Reason{*why}, e.in...)
	e.must = e.must || must
}

// admit gives proposals the ground that somebody proposed them, and leaves out
// the plan's tasks that no rule asks for at this session.
func (b *building) admit() {
	for _, e := range b.entries {
		switch {
		case len(e.out) > 0 || e.Source == Standing:
		case e.Source == FromProposal:
			e.in = append(e.in, proposed(&e.Candidate))
		case len(e.in) == 0:
			e.out = append(e.out, Reason{Key: "reason.unasked", Facts: problem.Pairs(
				"version", strconv.Itoa(b.in.Principles.Version))})
		}
	}
}

func proposed(c *Candidate) Reason {
	facts := problem.Pairs("date", string(council.DateOf(c.Submitted)), "by", c.InitiatedBy)
	if c.InitiatedBy == "" {
		return Reason{Key: "reason.proposed", Facts: facts}
	}
	return Reason{Key: "reason.proposed-by", Facts: facts}
}

// draft puts down what the building came to.
func (b *building) draft() Draft {
	in := b.in
	d := Draft{Session: in.Session.ID, Date: in.Session.Date, Principles: in.Principles.Version,
		Plan: in.Plan.Revision, Items: []Item{}, LeftOut: []LeftOut{}, Unmet: []Breach{}, Limit: b.limit()}
	for _, e := range b.entries {
		if e.placed {
			d.Items = append(d.Items, Item{Matter: e.Matter, Number: len(d.Items) + 1, Reasons: e.in, Details: e.details})
			d.Minutes += e.Minutes
		} else {
			d.LeftOut = append(d.LeftOut, LeftOut{Matter: e.Matter, Reasons: e.leftOut()})
		}
	}
	if last := len(d.Items) - 1; last >= 0 && d.Items[last].Kind == AnyOther {
		d.Items[last].Details = append(d.Items[last].Details, provisional(d.LeftOut)...)
	}
	d.Unmet = append(d.Unmet, b.check(d.Items)...)
	return d
}

// leftOut are the reasons of an entry that is not placed. A task that was to
// come on through another item says so when that item is left out too.
func (e *entry) leftOut() []Reason {
	if e.via != nil && !e.via.placed {
		last := e.out[len(e.out)-1]
		return []Reason{{Rule: last.Rule, Key: last.Key + "-left", Facts: last.Facts}}
	}
	return e.out
}

func (b *building) check(items []Item) []Breach {
	v := &view{building: b, items: items, on: make(map[string]*Item, len(items))}
	for i := range items {
		v.on[items[i].ID] = &items[i]
	}
	var all []Breach
	for _, s := range b.rules {
		if s.Check != nil {
			all = append(all, s.Check(v, s)...)
		}
	}
	return all
}

// view is a finished list of items, as the rules check it.
type view struct {
	*building
	items []Item
	on    map[string]*Item
}
