package agenda

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"padome/council"
	"padome/plan"
)

// coverageID is the rule of the pace.
const coverageID = "P8"

// coverage is P8: every measure is held at least once in any coverage_window
// regular sessions, every task at least once per task_months; if the slots
// cannot cover that, it says so.
//
// The rule keeps an even pace. Each task has a slack: how many more regular
// sessions may pass before the one that must take it. Where n tasks have a
// slack of s or less, at least ⌈n/(s+1)⌉ of them come on now; those of least
// slack first, of these the longest waiting.
var coverage = Rule{
	ID:     coverageID,
	Params: []Param{number("coverage_window", 6, 1, 36), number("task_months", 12, 1, 36)},
	Pace: func(b *building, s rules) {
		b.sparesFulfilled(s)
		if b.in.Session.Kind != council.Regular {
			why := s.reason("regular-only")
			for _, e := range b.entries {
				if e.waits() && e.paced.off == nil {
					e.paced.off = why
				}
			}
			return
		}
		b.hold(s)
	},
	Check: checkCoverage,
}

// sparesFulfilled keeps off the tasks that the council found fulfilled: none of
// them is asked for any more, though people may still bring one on.
func (b *building) sparesFulfilled(s rules) {
	if b.tasks.done == nil {
		return
	}
	for place, e := range b.ownEntries() {
		if e != nil && b.tasks.fulfilled(place) {
			e.paced.off = s.reason("fulfilled", "task", taskNumber(e.Tasks[0]))
		}
	}
}

// duty is one task's obligation at the session being built.
type duty struct {
	place   int // of the task in inForce
	task    plan.Ref
	slack   int          // regular sessions that may still pass it by; 0: now
	since   council.Date // last held, or when it was first promised
	never   bool         // not held yet
	until   council.Date // of the task's own period; by which it must be held
	measure *measureDuty // the slack is its measure's, not its own
}

// measureDuty is a measure's obligation, which its most pressing task bears.
type measureDuty struct {
	since council.Date // last held, or when it was first promised
	never bool
	late  bool // the window is over already
}

// waitsSince is the day from which the slack counts.
func (d *duty) waitsSince() council.Date {
	if d.measure != nil {
		return d.measure.since
	}
	return d.since
}

// notBrought is the place of what brings a task on that nothing does.
const notBrought = math.MaxInt

// duties are the obligations of all tasks, in the plan's order. brought says in
// which place of the order a task comes on.
func (b *building) duties(s rules, brought func(place int) int) []*duty {
	if b.ahead == nil {
		b.ahead = b.ownDuties(s.number("task_months"))
	}
	ds := make([]*duty, len(b.ahead))
	for i := range b.ahead {
		ds[i] = &b.ahead[i]
	}
	for from := 0; from < len(ds); {
		until := from + 1
		for until < len(ds) && ds[until].task.Measure == ds[from].task.Measure {
			until++
		}
		b.bear(ds[from:until], s.number("coverage_window"), brought)
		from = until
	}
	return ds
}

// ownDuties are the obligations of the tasks that are not fulfilled yet, without
// those of their measures.
func (b *building) ownDuties(months int) []duty {
	type end struct {
		until council.Date
		slack int
	}
	ends := map[council.Date]end{} // few days occur, and each costs a walk over months
	ds := slices.Grow(b.was.duties[:0], len(b.tasks.refs))
	for i, r := range b.tasks.refs {
		if b.tasks.fulfilled(i) {
			continue
		}
		since, never := b.past.tasks[i], false
		if since == "" {
			since, never = b.in.since(r), true
		}
		e, known := ends[since]
		if !known {
			e.until = since.AddMonths(months)
			e.slack = b.regularUntil(e.until)
			ends[since] = e
		}
		ds = append(ds, duty{place: i, task: r, slack: e.slack, since: since, never: never, until: e.until})
	}
	b.was.duties = ds
	return ds
}

// bear puts a measure's own obligation, where no task of it is as pressing by
// itself, on the task that comes on first, or else on the most pressing.
func (b *building) bear(tasks []*duty, window int, brought func(int) int) {
	m := measureDuty{since: b.past.measure(tasks[0].task.Measure)}
	if m.since == "" {
		m.never = true
		m.since = slices.MinFunc(tasks, func(x, y *duty) int { return cmp.Compare(x.since, y.since) }).since
	}
	gone := b.past.regularSince(m.since)
	m.late = gone >= window
	bearer, first := 0, 0
	for j := range tasks {
		if morePressing(tasks[j], tasks[first]) {
			first = j
		}
		x, y := brought(tasks[j].place), brought(tasks[bearer].place)
		if x < y || x == y && morePressing(tasks[j], tasks[bearer]) {
			bearer = j
		}
	}
	if slack := max(window-1-gone, 0); slack < tasks[first].slack {
		bears := *tasks[bearer]
		bears.slack, bears.measure = slack, &m
		tasks[bearer] = &bears
	}
}

func morePressing(x, y *duty) bool {
	switch {
	case x.slack != y.slack:
		return x.slack < y.slack
	case x.since != y.since:
		return x.since < y.since
	}
	return x.never && !y.never
}

// hold brings on the tasks that the pace asks for, the most pressing first, and
// of those that may wait none but the first that the session has items for. A
// task that a proposal or a carried item brings on counts; its own entry stays
// off and says through which item the task comes.
func (b *building) hold(s rules) {
	through := b.bringers()
	ds := b.duties(s, func(place int) int {
		if e := through[place]; e != nil {
			return e.at
		}
		return notBrought
	})
	mostPressingFirst(ds)
	own := b.ownEntries()
	beside := wanted(ds, through)
	slots, limited := b.slots()
	if !limited {
		slots = len(ds)
	}
	for i, d := range ds {
		e, other := own[d.place], through[d.place]
		if other != nil {
			other.paced.keeps = append(other.paced.keeps, d)
		}
		switch {
		case e == nil:
		case other != nil:
			e.paced.via = other
			e.paced.off = s.reason("through", "task", taskNumber(d.task), "title", other.Title)
			if d.slack == 0 { // it must not go missing with the other
				e.paced.turn, e.paced.on = due, d
				other.paced.brings = append(other.paced.brings, e)
			}
		case d.slack == 0:
			e.paced.turn, e.paced.on = due, d
			beside--
		case beside > 0 && i < slots:
			e.paced.turn, e.paced.on = inTurn, d
			beside--
		default:
			e.paced.later = d
		}
	}
}

// mostPressingFirst sorts duties: the least slack first, of those the longest
// waiting, then as the plan has them.
func mostPressingFirst(ds []*duty) {
	type key struct {
		slack, since, place int
		d                   *duty
	}
	keys := make([]key, len(ds))
	for i, d := range ds {
		keys[i] = key{d.slack, ordinal(d.waitsSince()), d.place, d}
	}
	slices.SortFunc(keys, func(x, y key) int {
		switch {
		case x.slack != y.slack:
			return x.slack - y.slack
		case x.since != y.since:
			return x.since - y.since
		}
		return x.place - y.place
	})
	for i := range keys {
		ds[i] = keys[i].d
	}
}

// ordinal is a day as a number, in the order of days: sorting many asks for each
// often.
func ordinal(d council.Date) (n int) {
	for _, c := range []byte(d) {
		if c >= '0' && c <= '9' {
			n = n*10 + int(c-'0')
		}
	}
	return n
}

// wanted is how many tasks the session takes beside those brought on, so that
// all can be kept evenly.
func wanted(ds []*duty, through []*entry) int {
	most, brought := 0, 0
	for i, d := range ds {
		if through[d.place] != nil {
			brought++
		}
		if i+1 == len(ds) || ds[i+1].slack != d.slack {
			most = max(most, (i+1+d.slack)/(d.slack+1)-brought)
		}
	}
	return most
}

// bringers finds what brings tasks on other than the tasks themselves that wait
// for their turn: by place, of several what ranks highest.
func (b *building) bringers() []*entry {
	through := make([]*entry, len(b.tasks.refs))
	for _, e := range b.entries {
		if len(e.bars) > 0 || e.Source == Standing || e.waits() {
			continue
		}
		for _, r := range e.Tasks {
			if i := b.tasks.place(r); i >= 0 && through[i] == nil {
				through[i] = e
			}
		}
	}
	return through
}

// ownEntries finds the plan's own candidate of each task, by place.
func (b *building) ownEntries() []*entry {
	own := make([]*entry, len(b.tasks.refs))
	for _, e := range b.entries {
		if !e.waits() || len(e.Tasks) != 1 {
			continue
		}
		if i := b.tasks.place(e.Tasks[0]); i >= 0 && own[i] == nil {
			own[i] = e
		}
	}
	return own
}

// urgency words why a task comes on: its time is over, it is over before the
// next session, or it is the next in turn.
func (b *building) urgency(d *duty) string {
	late := d.until < b.in.Session.Date
	if d.measure != nil {
		late = d.measure.late
	}
	switch {
	case late:
		return "late"
	case d.slack == 0:
		return "now"
	}
	return "pace"
}

// duty words a duty: "reason.p8.<key>[-measure][-never]".
func (s rules) duty(key string, d *duty) *Reason {
	task, since, never := taskNumber(d.task), d.since, d.never
	if m := d.measure; m != nil {
		key, since, never = key+"-measure", m.since, m.never
	}
	if never {
		key += "-never"
	}
	if d.measure != nil {
		return s.reason(key, "measure", strconv.Itoa(d.task.Measure), "task", task, "since", string(since),
			"window", s.param("coverage_window"))
	}
	return s.reason(key, "task", task, "since", string(since), "until", string(d.until), "months", s.param("task_months"))
}

// checkCoverage lists the tasks that had to come on now and did not, and says
// when what lies ahead is more than the sessions can hold.
func checkCoverage(v *view, s rules) []Breach {
	if v.in.Session.Kind != council.Regular {
		return nil
	}
	on := make([]bool, len(v.tasks.refs))
	for i := range v.items {
		for _, then := range v.items[i].Tasks {
			for _, r := range v.tasks.now(then) {
				on[v.tasks.place(r)] = true
			}
		}
	}
	ds := v.duties(s, func(place int) int {
		if on[place] {
			return 0
		}
		return notBrought
	})
	v.missed = nil
	for _, d := range ds {
		if d.slack == 0 && !on[d.place] {
			v.missed = append(v.missed, d)
		}
	}
	var bs []Breach
	if n := len(v.missed); n > 0 {
		missed := make([]plan.Ref, n)
		for i, d := range v.missed {
			missed[i] = d.task
		}
		bs = append(bs, s.breach("", "unmet", "n", strconv.Itoa(n), "tasks", numbers(missed)))
	}
	return append(bs, v.infeasible(s, ds, on)...)
}
