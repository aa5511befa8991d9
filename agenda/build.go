package agenda

import (
	"strconv"

	"padome/council"
	"padome/internal/problem"
)

// Build makes the explained draft of a session's agenda under its principles.
// It is pure: the same input gives the same draft byte for byte, in whatever
// order candidates and history stand, and the input stays as it is. Every
// candidate ends either among the items or among those left out, with its
// reasons. It fails only on input that no draft can be built from: a session
// without a valid date and time, principles that are not valid, two candidates
// of one id.
func Build(in Input) (Draft, error) {
	b, err := newBuilding(&in)
	if err != nil {
		return Draft{}, err
	}
	b.run()
	return b.draft(everyOne), nil
}

// Check lists what a list of items, made or changed by hand, breaks.
func Check(in Input, items []Item) ([]Breach, error) {
	b, err := newBuilding(&in)
	if err != nil {
		return nil, err
	}
	return b.check(items), nil
}

// run takes the candidates through the stages of every rule, to those placed and
// those not.
func (b *building) run() {
	b.add()
	b.bar()
	b.turn()
	b.order()
	b.need()
	b.pace()
	b.choose()
}

// building is one run of Build.
type building struct {
	in      *Input
	was     *readBefore
	rules   []rules
	barring []rules // those of them that may keep a candidate off
	turning []rules // those of them that may change a candidate
	tasks   inForce
	past    history
	entries []*entry          // every candidate and standing item, after order() as agendas have them
	coming  []*entry          // those that may come on, in the agenda's order
	byID    map[string]*entry // the candidates
	stands  []*entry          // the standing items
	closing council.Date      // the last day for proposals (P15), once asked
	ahead   []duty            // what P8 finds of each task's own period, once asked
	days    *regularDays      // those that regularUntil counts, once asked
	missed  []*duty           // those that P8 found due and not on, once checked
}

// entry is a candidate on its way onto the agenda or off it.
type entry struct {
	Candidate
	rank    rank
	at      int      // place in the order
	grounds []Reason // why it comes on
	changes []Reason // what the rules made of it
	bars    []Reason // why it may not come on, however much room there is
	asides  []Reason // what else is to be said of it when it stays off
	details []Detail
	must    bool // a hard rule or P6 brings it on; never dropped for room
	paced   paced

	noRoom *Reason
	placed bool
	holds  bool // it holds its room for what is to bring its task on
}

// paced is what the rule of pace (P8) makes of an entry. Of the many tasks of a
// plan few are ever shown, so that the duties are put into words only then.
type paced struct {
	on     *duty    // for this its own task comes on
	keeps  []*duty  // the tasks it brings on, each a reason for it to come on
	later  *duty    // for this it waits for its turn
	off    *Reason  // for this it waits, when not for its turn
	turn   turn     // of a task that comes on by itself, or would
	via    *entry   // what is to bring the task on in its place
	brings []*entry // the due tasks that come on by themselves if this finds no room
}

// silent reports whether the pace said nothing of the entry.
func (p *paced) silent() bool { return p.on == nil && p.later == nil && p.off == nil }

// waits reports whether the pace keeps the entry off.
func (p *paced) waits() bool { return p.later != nil || p.off != nil }

// turn is how pressing a task is that comes on by itself.
type turn int

const (
	noTurn turn = iota
	inTurn      // the next in turn: it gives way to those that are due
	due         // it may not wait for another session
)

func newBuilding(in *Input) (*building, error) {
	return newBuildingOn(in, &readBefore{})
}

// readBefore is what a building need not read or make anew, as a forecast has it
// from the session before; where it has nothing, the building does.
type readBefore struct {
	tasks   *inForce
	past    *history
	days    *regularDays
	entries []entry           // those of the candidates, in their order, and room for them
	byID    map[string]*entry // the same
	duties  []duty            // room for P8's
}

func newBuildingOn(in *Input, r *readBefore) (*building, error) {
	b := &building{in: in, days: r.days, was: r}
	if !in.Session.Date.Valid() {
		return nil, problem.New(problem.Invalid, "problem.date", "value", string(in.Session.Date))
	}
	if !in.Session.Starts.Valid() {
		return nil, problem.New(problem.Invalid, "problem.clock", "value", string(in.Session.Starts))
	}
	principles := in.Principles.clone() // Validate tidies texts in place
	if err := principles.ValidateProposed(); err != nil {
		return nil, err
	}
	for _, r := range ruleList {
		if s, ok := in.Principles.Rule(r.ID); ok {
			b.use(inUse(r, s))
		}
	}
	if r.tasks == nil {
		r.tasks = new(newInForce(in))
	}
	if r.past == nil {
		r.past = new(newHistory(in, r.tasks))
	}
	b.tasks, b.past = *r.tasks, *r.past
	return b, b.bring(in.Candidates, r)
}

// use takes in a rule in force. The stages that ask for each candidate have
// lists of their own: most rules have nothing to say to them.
func (b *building) use(s rules) {
	b.rules = append(b.rules, s)
	if s.Bar != nil {
		b.barring = append(b.barring, s)
	}
	if s.Turn != nil {
		b.turning = append(b.turning, s)
	}
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
}

// bar asks the rules what may not come on. What was postponed was fit to come
// on once: only the leads' choice keeps it off (P6).
func (b *building) bar() {
	for _, e := range b.entries {
		if e.Source != Standing {
			e.bars = b.barsTo(&e.Candidate)
		}
	}
}

// barsTo are the reasons why a candidate may not come on; none when it may.
func (b *building) barsTo(c *Candidate) (bars []Reason) {
	carried := len(c.Postponed) > 0
	if c.Wish > b.in.Session.Date && !carried {
		bars = append(bars, Reason{Key: "reason.wish", Facts: problem.Pairs("date", string(c.Wish))})
	}
	if c.Returned != "" && !carried {
		bars = append(bars, Reason{Key: "reason.returned", Facts: problem.Pairs("date", string(c.Returned))})
	}
	for i := range b.barring {
		s := &b.barring[i]
		if carried && s.Rule.ID != postponed.ID {
			continue
		}
		if r := s.Bar(b, *s, c); r != nil {
			bars = append(bars, *r)
		}
	}
	return bars
}

func (b *building) turn() {
	for _, e := range b.entries {
		if e.Source == Standing || len(e.bars) > 0 {
			continue
		}
		for i := range b.turning {
			s := &b.turning[i]
			if r := s.Turn(b, *s, &e.Candidate); r != nil {
				e.changes = append(e.changes, *r)
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

// demand marks a candidate that may come on as asked for by a rule. A task of
// the plan that one asks for may no more give way to those next in turn than one
// whose time is over.
func (e *entry) demand(must bool, why *Reason) {
	e.grounds = append(e.grounds, *why)
	e.must = e.must || must
	if e.Source == FromPlan {
		e.paced.turn = due
	}
}

// pressing reports whether the entry is a task of the plan that is due and has no
// room of its own yet.
func (e *entry) pressing() bool { return e.paced.turn == due && !e.must }

// pace asks the rules which tasks of the plan are due in turn, and gathers what
// may come on.
func (b *building) pace() {
	for _, s := range b.rules {
		if s.Pace != nil {
			s.Pace(b, s)
		}
	}
	for _, e := range b.entries {
		if e.waits() && e.paced.silent() {
			e.paced.off = &Reason{Key: "reason.unasked", Facts: problem.Pairs(
				"version", strconv.Itoa(b.in.Principles.Version))}
		}
		if len(e.bars) == 0 && (!e.paced.waits() || e.paced.turn == due) {
			b.coming = append(b.coming, e)
		}
	}
}

// waits reports whether the entry is a task of the plan that no rule has
// brought on or kept off yet: those come on only when the pace asks for them.
func (e *entry) waits() bool {
	return e.Source == FromPlan && len(e.grounds) == 0 && len(e.bars) == 0
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

// view is a list of items as the rules check it. They look at the items and the
// input, never at how the building came to them: Check has to find the same.
type view struct {
	*building
	items []Item
	on    map[string]*Item
}
