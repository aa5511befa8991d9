package agenda

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
)

// escalation is P5: a decision or task overdue by more than escalate_days gets
// an item of its own, to which its addressee is invited. At one session the most
// overdue do, up to most of them; what a session dealt with comes again only
// when as many days have passed since.
//
// A decision comes on by a standing item among the decisions, a task through the
// candidate that is readiest to bring it on.
var escalation = Rule{
	ID:     "P5",
	Params: []Param{number("escalate_days", 30, 1, 365), number("most", 2, 1, 10)},
	Add: func(b *building, s rules) {
		for i, x := range b.overdue(s) {
			if x.decision != nil {
				b.escalate(s, &x, i < s.number("most"))
			}
		}
	},
	Need: func(b *building, s rules) {
		all := b.overdue(s)
		now := min(len(all), s.number("most"))
		for i := range all[:now] {
			if x := &all[i]; x.decision == nil {
				b.bringOverdue(s, x)
			}
		}
		if now == len(all) {
			return
		}
		own := b.ownEntries()
		for _, x := range all[now:] {
			if x.decision == nil && own[x.place] != nil {
				own[x.place].asides = append(own[x.place].asides, *s.reason("queue", "most", s.param("most")))
			}
		}
	},
	Check: func(v *view, s rules) []Breach {
		var bs []Breach
		all := v.overdue(s)
		for i := range all[:min(len(all), s.number("most"))] {
			bs = append(bs, v.escalated(s, &all[i])...)
		}
		return bs
	},
}

// overduePrefix begins the ids of items on overdue decisions.
const overduePrefix = "overdue-"

// overdue is a decision, or a task at a place, that is overdue by more than
// escalate_days and that no session took up on its own within as many.
type overdue struct {
	id       string // of the item
	deadline council.Date
	days     int
	by       string // who is to answer for it; empty when nobody is named
	decision *OpenDecision
	place    int
	task     plan.Ref
}

// overdue finds what is to be escalated at a regular session, the most overdue
// first.
func (b *building) overdue(s rules) []overdue {
	if b.in.Session.Kind != council.Regular {
		return nil
	}
	limit := b.in.Session.Date.AddDays(-s.number("escalate_days"))
	var all []overdue
	add := func(x overdue, last council.Date) {
		if x.deadline == "" || x.deadline >= limit || last > limit {
			return
		}
		x.days = overdueDays(x.deadline, b.in.Session.Date)
		all = append(all, x)
	}
	for _, d := range b.in.openDecisions() {
		if d.Claimed == "done" { // waits for the council's own finding, in P4's item
			continue
		}
		id := overduePrefix + d.ID
		add(overdue{id: id, deadline: d.Deadline, by: d.Addressee, decision: &d}, b.past.standing[id])
	}
	for i := range b.in.Assignments {
		a := &b.in.Assignments[i]
		for _, r := range b.tasks.now(a.Task) {
			if p := b.tasks.place(r); !b.tasks.fulfilled(p) {
				add(overdue{id: TaskID(r), deadline: a.Deadline, by: a.Responsible, place: p, task: r}, b.past.tasks[p])
			}
		}
	}
	slices.SortFunc(all, func(x, y overdue) int {
		return cmp.Or(cmp.Compare(x.deadline, y.deadline), cmp.Compare(x.id, y.id), cmp.Compare(x.by, y.by))
	})
	seen := map[string]bool{} // tasks that were merged may bear a deadline each
	return slices.DeleteFunc(all, func(x overdue) bool {
		twice := seen[x.id]
		seen[x.id] = true
		return twice
	})
}

// escalate brings an overdue decision on, or leaves it to a later session.
func (b *building) escalate(s rules, x *overdue, now bool) {
	d := x.decision
	e := b.standing(x.id, Discussion, "", b.minutesOf("usual", 15), s.escalated("decision", x))
	e.titled("title.overdue", "number", strings.TrimSuffix(d.Number, "."), "date", string(d.Taken))
	e.details = []Detail{{Ref: d.ID, Reason: Reason{Rule: s.ID, Key: "detail.overdue",
		Facts: problem.Pairs("wording", strings.TrimRight(d.Wording, "."), "deadline", string(d.Deadline))}}}
	e.Deadline, e.must = d.Deadline, s.Setting.Hard
	e.invite(x.by)
	if !now {
		e.grounds, e.bars = nil, []Reason{*s.reason("queue", "most", s.param("most"))}
	}
}

// bringOverdue demands what brings an overdue task on best.
func (b *building) bringOverdue(s rules, x *overdue) {
	e := b.best(func(e *entry) bool { return b.onTask(e.Tasks, x.place) })
	if e == nil {
		return
	}
	e.demand(s.Setting.Hard, s.escalated("task", x))
	e.invite(x.by)
}

// onTask reports whether one of these tasks stands at a place.
func (b *building) onTask(tasks []plan.Ref, place int) bool {
	return slices.ContainsFunc(tasks, func(r plan.Ref) bool {
		return slices.ContainsFunc(b.tasks.now(r), func(now plan.Ref) bool { return b.tasks.place(now) == place })
	})
}

// invite adds somebody to those invited.
func (e *entry) invite(who string) {
	if who != "" && !slices.Contains(e.Invited, who) {
		e.Invited = append(slices.Clone(e.Invited), who)
	}
}

// escalated lists what is wrong with how a list of items takes up something
// overdue: it has no item, or its addressee is not invited.
func (v *view) escalated(s rules, x *overdue) []Breach {
	found := false
	for i := range v.items {
		it := &v.items[i]
		if it.ID != x.id && (x.decision != nil || !v.onTask(it.Tasks, x.place)) {
			continue
		}
		if x.by == "" || slices.Contains(it.Invited, x.by) {
			return nil
		}
		found = true
	}
	what := "task"
	if x.decision != nil {
		what = "decision"
	}
	key := "unmet-"
	if found {
		key = "uninvited-"
	}
	b := Breach{Reason: *s.escalated(key+what, x), Hard: s.Setting.Hard, Item: x.id}
	return []Breach{b}
}

// escalated words what is said of something overdue.
func (s rules) escalated(key string, x *overdue) *Reason {
	args := []string{"deadline", string(x.deadline), "days", strconv.Itoa(x.days), "by", x.by}
	if d := x.decision; d != nil {
		args = append(args, "number", strings.TrimSuffix(d.Number, "."), "date", string(d.Taken))
	} else {
		args = append(args, "task", taskNumber(x.task))
	}
	if x.by == "" {
		key += "-nobody"
	}
	return s.reason(key, args...)
}
