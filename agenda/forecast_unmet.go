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

// fallen finds the obligations that sessions missed, by their places among those
// found unmet, counted from 1; 0 where none did. A session of a large plan can miss
// thousands.
type fallen struct {
	tasks    []int          // P8, by the task's place in inForce
	measures []int          // P8, by number
	others   map[string]int // what another rule asks for
}

func newFallen(tasks int) fallen {
	return fallen{tasks: make([]int, tasks), others: map[string]int{}}
}

// of is where the place of a duty of P8 is kept.
func (f *fallen) of(d *duty) *int {
	if d.measure == nil {
		return &f.tasks[d.place]
	}
	f.measures = reach(f.measures, d.task.Measure)
	return &f.measures[d.task.Measure]
}

// fall adds to the obligations found unmet what the session just simulated did
// not meet, and notes which of the earlier ones it took after all.
func (f *foresight) fall(all []Obligation, s *Foreseen) []Obligation {
	if len(all) == 0 {
		all = slices.Grow(all, len(f.last.missed))
	}
	for _, d := range f.last.missed {
		at := f.fell.of(d)
		if !again(all, *at) {
			all = append(all, f.missed(d, s))
			*at = len(all)
		}
		all[*at-1].Times++
	}
	for i := range s.Draft.Unmet {
		b := &s.Draft.Unmet[i]
		if !slices.Contains(obliging, b.Reason.Rule) {
			continue
		}
		of := b.Reason.Rule + " " + b.Item + b.Reason.Facts["document"] + b.Reason.Facts["year"]
		if !again(all, f.fell.others[of]) {
			all = append(all, Obligation{Rule: b.Reason.Rule, Session: s.Session.Date, Reason: b.Reason, Why: []Reason{}})
			f.fell.others[of] = len(all)
		}
		all[f.fell.others[of]-1].Times++
	}
	f.keep(all, s)
	return all
}

// again reports whether the obligation of a place is unmet already, and was not
// met since.
func again(all []Obligation, at int) bool { return at > 0 && all[at-1].Kept == "" }

// keep notes which obligations of P8 the session took after all.
func (f *foresight) keep(all []Obligation, s *Foreseen) {
	if len(all) == 0 {
		return
	}
	for i := range s.Draft.Items {
		for _, then := range s.Draft.Items[i].Tasks {
			for _, r := range f.tasks.now(then) {
				if at := f.fell.tasks[f.tasks.place(r)]; at > 0 {
					all[at-1].keep(s.Session.Date)
				}
				if r.Measure < len(f.fell.measures) && f.fell.measures[r.Measure] > 0 {
					all[f.fell.measures[r.Measure]-1].keep(s.Session.Date)
				}
			}
		}
	}
}

// missed is a duty of P8 that a session did not meet.
func (f *foresight) missed(d *duty, s *Foreseen) Obligation {
	r := d.task
	o := Obligation{Rule: coverageID, Session: s.Session.Date, Task: &r, Measure: r.Measure, Until: d.until, Why: []Reason{}}
	if e, ok := f.last.named(TaskID(r)); ok && !e.placed {
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
