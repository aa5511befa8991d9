package agenda

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/plan"
)

// coverage is P8: every measure is held at least once in any coverage_window
// regular sessions, every task at least once per task_months; if the slots
// cannot cover that, it says so.
//
// The rule keeps an even pace. Each task has a slack: how many more regular
// sessions may pass before the one that must take it. Where n tasks have a
// slack of s or less, at least ⌈n/(s+1)⌉ of them come on now; those of least
// slack first.
var coverage = Rule{
	ID:     "P8",
	Params: []Param{number("coverage_window", 6, 1, 36), number("task_months", 12, 1, 36)},
	Need: func(b *building, s rules) {
		if b.in.Session.Kind != council.Regular {
			for _, e := range b.entries {
				if e.waits() {
					e.out = append(e.out, *s.reason("regular-only"))
				}
			}
			return
		}
		duties := b.duties(s)
		b.hold(s, duties, pace(duties))
	},
	Check: checkCoverage,
}

// duty is one task's obligation at the session being built.
type duty struct {
	task    plan.Ref
	slack   int          // regular sessions that may still pass it by; 0: now
	since   council.Date // last held, or the plan's approval
	never   bool         // not held since the plan was approved
	until   council.Date // of the task's own period; by which it must be held
	measure bool         // the slack is its measure's, not its own
}

// waits reports whether the entry is a task of the plan that nothing has
// brought on or kept off yet.
func (e *entry) waits() bool {
	return e.Source == FromPlan && len(e.in) == 0 && len(e.out) == 0
}

// duties are the obligations of all tasks, the most pressing first.
func (b *building) duties(s rules) []duty {
	months, window := s.number("task_months"), s.number("coverage_window")
	ahead := map[council.Date]int{} // few days occur, and each costs a walk over months
	var ds []duty
	for _, m := range b.in.Plan.Measures {
		first := len(ds)
		for _, t := range m.Tasks {
			if t.Retired {
				continue
			}
			d := b.dutyOf(plan.Ref{Revision: b.in.Plan.Revision, Measure: m.Number, Task: t.Number}, months)
			n, known := ahead[d.until]
			if !known {
				n = b.regularUntil(d.until)
				ahead[d.until] = n
			}
			d.slack = n
			ds = append(ds, d)
		}
		b.measureDuty(ds[first:], m.Number, window)
	}
	slices.SortFunc(ds, func(x, y duty) int { return cmp.Or(cmp.Compare(x.slack, y.slack), compareTasks(x.task, y.task)) })
	return ds
}

func (b *building) dutyOf(r plan.Ref, months int) duty {
	since, never := b.past.task[r], false
	if since == "" {
		since, never = b.in.since(r), true
	}
	return duty{task: r, since: since, never: never, until: since.AddMonths(months)}
}

// since is when an obligation towards a task began: the approval of the first
// revision that has it.
func (in *Input) since(r plan.Ref) council.Date {
	if in.Lineage != nil {
		if d := in.Lineage.Since(r); d != "" {
			return d
		}
	}
	return in.Plan.Approved
}

// measureDuty puts the measure's own obligation on its most pressing task.
func (b *building) measureDuty(tasks []duty, measure, window int) {
	if len(tasks) == 0 {
		return
	}
	last := b.past.measure[measure]
	if last == "" {
		last = slices.MinFunc(tasks, func(x, y duty) int { return cmp.Compare(x.since, y.since) }).since
	}
	slack := max(window-1-b.past.regularSince(last), 0)
	i := 0
	for j := range tasks {
		if tasks[j].slack < tasks[i].slack || tasks[j].slack == tasks[i].slack && tasks[j].since < tasks[i].since {
			i = j
		}
	}
	if slack < tasks[i].slack {
		tasks[i].slack, tasks[i].measure = slack, true
	}
}

// pace is how many duties the session takes so that all can be kept evenly.
func pace(ds []duty) int {
	most := 0
	for i, d := range ds {
		if i+1 == len(ds) || ds[i+1].slack != d.slack {
			most = max(most, (i+1+d.slack)/(d.slack+1))
		}
	}
	return most
}

// hold brings on the tasks that the pace asks for, the most pressing first. A
// task that a proposal or a carried item brings on counts; its own entry stays
// off and says through which item the task comes.
func (b *building) hold(s rules, ds []duty, wanted int) {
	brought := b.brought()
	for _, d := range ds {
		if e := brought[d.task]; e != nil {
			wanted--
			e.in = append(e.in, *s.duty("kept", d))
		}
	}
	own := b.planEntries()
	for _, d := range ds {
		e := own[d.task]
		if e == nil || len(e.out) > 0 {
			continue
		}
		if other := brought[d.task]; other != nil && other != e {
			e.via = other
			e.out = append(e.out, *s.reason("through", "task", d.task.Label(), "title", other.Title))
			continue
		}
		if brought[d.task] == e {
			continue // carried over, or data that P9 demands
		}
		if d.slack == 0 || wanted > 0 {
			wanted--
			e.demand(false, s.why(d))
		} else {
			e.out = append(e.out, *s.duty("later", d))
		}
	}
}

// brought finds the entries other than waiting plan tasks that bring tasks on.
func (b *building) brought() map[plan.Ref]*entry {
	m := map[plan.Ref]*entry{}
	for _, e := range b.entries {
		if len(e.out) > 0 || e.Source == Standing || e.waits() {
			continue
		}
		for _, r := range e.Tasks {
			if was := m[r]; was == nil || e.readiness() < was.readiness() || e.readiness() == was.readiness() && compareTies(e, was) < 0 {
				m[r] = e
			}
		}
	}
	return m
}

// planEntries finds the plan's own candidate of each task.
func (b *building) planEntries() map[plan.Ref]*entry {
	m := map[plan.Ref]*entry{}
	for _, e := range b.entries {
		if e.Source == FromPlan && len(e.Tasks) == 1 {
			m[e.Tasks[0]] = e
		}
	}
	return m
}

// why words the ground on which a task comes on.
func (s rules) why(d duty) *Reason {
	if d.slack == 0 {
		return s.duty("now", d)
	}
	return s.duty("pace", d)
}

// duty words a duty: "reason.p8.<key>[-measure][-never]".
func (s rules) duty(key string, d duty) *Reason {
	facts := []string{"task", d.task.Label(), "since", string(d.since), "until", string(d.until),
		"months", s.param("task_months")}
	if d.measure {
		key += "-measure"
		facts = append(facts, "measure", strconv.Itoa(d.task.Measure), "window", s.param("coverage_window"))
	}
	if d.never {
		key += "-never"
	}
	return s.reason(key, facts...)
}

// checkCoverage lists the tasks that had to come on now and did not, and says
// when what lies ahead is more than the sessions can hold.
func checkCoverage(v *view, s rules) []Breach {
	if v.in.Session.Kind != council.Regular {
		return nil
	}
	on := map[plan.Ref]bool{}
	for i := range v.items {
		for _, r := range v.items[i].Tasks {
			on[r] = true
		}
	}
	ds := v.duties(s)
	var missed []string
	for _, d := range ds {
		if d.slack == 0 && !on[d.task] {
			missed = append(missed, d.task.Label())
		}
	}
	var bs []Breach
	if missed != nil {
		bs = append(bs, s.breach("", "unmet", "n", strconv.Itoa(len(missed)), "tasks", strings.Join(missed, "\n")))
	}
	return append(bs, v.infeasible(s, ds)...)
}

// infeasible reports the first stretch of sessions whose duties outnumber the
// substantive items they may hold.
func (v *view) infeasible(s rules, ds []duty) []Breach {
	count, ok := v.rule("P21")
	if !ok {
		return nil
	}
	per := count.number("most")
	for i, d := range ds {
		last := i+1 == len(ds) || ds[i+1].slack != d.slack
		sessions := d.slack + 1
		if last && i+1 > per*sessions {
			return []Breach{s.breach("", "infeasible", "tasks", strconv.Itoa(i+1), "sessions", strconv.Itoa(sessions),
				"slots", strconv.Itoa(per*sessions), "short", strconv.Itoa(i+1-per*sessions))}
		}
	}
	return nil
}
