package agenda

import (
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
)

// Obligation is what the principles ask of a session of the forecast and what its
// agenda does not hold: a task or a measure whose period ends (P8), data (P9),
// the plan's review (P10), a watched document (P11).
type Obligation struct {
	Rule    string       `json:"rule"`
	Session council.Date `json:"session"`         // the first that had to take it
	Until   council.Date `json:"until,omitempty"` // P8: when a task's own period ends
	Measure int          `json:"measure,omitempty"`
	Task    *plan.Ref    `json:"task,omitempty"` // P8: which was to come on, for itself or for its measure
	// Kept is the session that takes it after all; empty when none of the forecast
	// does, and for what is asked of each session anew.
	Kept   council.Date `json:"kept,omitempty"`
	Times  int          `json:"times"`  // sessions that should have taken it and did not
	Reason Reason       `json:"reason"` // all that in a sentence
	Why    []Reason     `json:"why"`    // what kept the task off the agenda
}

// obliging are the rules with obligations towards the plan that sessions meet,
// beside P8.
var obliging = []string{"P9", "P10", "P11"}

// asked names an obligation: a task of P8, a measure of P8 (its task is 0), or
// what another rule asks for.
type asked struct {
	rule, of string
	task     plan.Ref
}

// fall adds to the obligations found unmet what the session just simulated did
// not meet, and notes which of the earlier ones it took after all.
func (f *foresight) fall(all []Obligation, s *Foreseen) []Obligation {
	for i := range f.last.missed {
		d := &f.last.missed[i]
		key := asked{rule: coverageID, task: d.task}
		if d.measure != nil {
			key.task.Task = 0
		}
		at, known := f.again(all, key)
		if !known {
			all = append(all, f.missed(d, s))
		}
		all[at].Times++
	}
	for i := range s.Draft.Unmet {
		b := &s.Draft.Unmet[i]
		if !slices.Contains(obliging, b.Reason.Rule) {
			continue
		}
		at, known := f.again(all, asked{rule: b.Reason.Rule, of: b.Item + b.Reason.Facts["document"] + b.Reason.Facts["year"]})
		if !known {
			all = append(all, Obligation{Rule: b.Reason.Rule, Session: s.Session.Date, Reason: b.Reason, Why: []Reason{}})
		}
		all[at].Times++
	}
	f.keep(all, s)
	return all
}

// again is the place of an obligation among those found unmet, the next one when
// it is not there yet or was met since.
func (f *foresight) again(all []Obligation, key asked) (at int, known bool) {
	if at, known = f.fell[key]; known && all[at].Kept == "" {
		return at, true
	}
	f.fell[key] = len(all)
	return len(all), false
}

// keep notes which obligations of P8 the session took after all.
func (f *foresight) keep(all []Obligation, s *Foreseen) {
	if len(all) == 0 {
		return
	}
	for i := range s.Draft.Items {
		for _, then := range s.Draft.Items[i].Tasks {
			for _, r := range f.tasks.now(then) {
				for _, key := range []plan.Ref{r, {Revision: r.Revision, Measure: r.Measure}} {
					if at, ok := f.fell[asked{rule: coverageID, task: key}]; ok {
						all[at].keep(s.Session.Date)
					}
				}
			}
		}
	}
}

// missed is a duty of P8 that a session did not meet.
func (f *foresight) missed(d *duty, s *Foreseen) Obligation {
	r := d.task
	o := Obligation{Rule: coverageID, Session: s.Session.Date, Task: &r, Measure: r.Measure, Until: d.until, Why: []Reason{}}
	if e, ok := f.last.byID[TaskID(r)]; ok && !e.placed {
		o.Why = f.last.whyNot(e)
	}
	o.Reason = Reason{Rule: coverageID, Key: "forecast.unmet.task", Facts: problem.Pairs("task", taskNumber(r),
		"until", string(d.until), "session", string(o.Session))}
	switch {
	case d.measure != nil:
		window, _ := f.last.rule(coverageID)
		o.Until = ""
		o.Reason.Key, o.Reason.Facts = "forecast.unmet.measure", problem.Pairs("measure", strconv.Itoa(r.Measure),
			"task", taskNumber(r), "window", window.param("coverage_window"), "session", string(o.Session))
	case d.until < s.Session.Date:
		o.Reason.Key = "forecast.unmet.late"
	}
	return o
}

// keep notes the session that takes an obligation of P8 after all.
func (o *Obligation) keep(on council.Date) {
	if o.Kept != "" || on <= o.Session {
		return
	}
	o.Kept = on
	o.Reason.Facts["kept"] = string(on)
	o.Reason.Key += "-kept"
}
