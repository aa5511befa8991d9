package agenda

import (
	"cmp"
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
)

// mostExtra is how many sessions beside the regular ones are thought of.
const mostExtra = 12

// oneMore looks for extended sessions beside the regular ones, each called for
// the tasks that the first session to miss some would miss, a week before it. If
// one is not enough, sessions that also take what is most pressing after those
// may be fewer.
func (s *search) oneMore() error {
	if s.rule != coverageID {
		return nil
	}
	extra, enough, err := s.called(false)
	if err != nil {
		return err
	}
	if !enough || len(extra) > 1 {
		fuller, ok, err := s.called(true)
		if err != nil {
			return err
		}
		if ok && (!enough || len(fuller) < len(extra)) {
			extra, enough = fuller, true
		}
	}
	if enough {
		enough, err = s.enough(nil, extra) // no other rule suffers
	}
	s.keepExtra(extra, enough)
	return err
}

// called adds sessions one by one until none misses a task.
func (s *search) called(fill bool) (extra []ahead, enough bool, err error) {
	for len(extra) <= mostExtra {
		f := foresee(s.in, withExtra(s.h.schedule(&s.in), extra))
		tasks, err := f.firstMissed(fill)
		if err != nil || tasks == nil {
			return extra, err == nil, err
		}
		x, ok := f.beforeLast(tasks)
		if !ok || len(extra) == mostExtra {
			break
		}
		extra = append(extra, x)
	}
	return extra, false, nil
}

// firstMissed simulates until a session misses tasks and gives as many of those
// as a session holds; with fill also the most pressing others.
func (f *foresight) firstMissed(fill bool) ([]plan.Ref, error) {
	for f.more() {
		if _, err := f.step(noOne); err != nil {
			return nil, err
		}
		if len(f.last.missed) > 0 {
			return f.toCall(fill), nil
		}
	}
	return nil, nil
}

// toCall are the tasks that an extended session would be called for.
func (f *foresight) toCall(fill bool) []plan.Ref {
	ds := slices.Clone(f.last.missed)
	if fill {
		s, _ := f.last.rule(coverageID)
		ds = f.last.duties(s, func(int) int { return notBrought })
		ds = slices.DeleteFunc(ds, func(d *duty) bool { return f.past.tasks[d.place] == f.last.in.Session.Date })
		mostPressingFirst(ds)
	}
	slots, limited := f.last.slots()
	if !limited {
		slots = len(ds)
	}
	tasks := []plan.Ref{}
	for _, d := range ds[:min(max(slots, 1), len(ds))] {
		tasks = append(tasks, d.task)
	}
	return tasks
}

// beforeLast is an extended session for tasks, before the session simulated last
// and after the one before that: a week of working days before, or else on
// another working day on which none meets.
func (f *foresight) beforeLast(tasks []plan.Ref) (ahead, bool) {
	missing := f.ahead[f.at-1]
	after := council.Date("")
	for _, s := range f.in.Past {
		if s.Date < missing.Date && s.Kind == council.Regular {
			after = max(after, s.Date)
		}
	}
	for _, days := range []int{5, 6, 7, 8, 9, 10, 11, 12, 4, 3, 2, 1} {
		day := f.in.Calendar.WorkingDaysBefore(missing.Date, days)
		if day <= after || slices.ContainsFunc(f.ahead, func(s ahead) bool { return s.Date == day }) {
			continue
		}
		s := missing.Session
		s.ID, s.Kind, s.Date = "extra-"+string(day), council.Extended, day
		return ahead{Session: s, extra: f.proposedAs(tasks)}, true
	}
	return ahead{}, false
}

// proposedAs are tasks as somebody proposes them for a session of their own.
func (f *foresight) proposedAs(tasks []plan.Ref) []Candidate {
	cs := []Candidate{}
	for _, c := range FromTasks(&f.in.Plan, &f.in.Principles) {
		if slices.Contains(tasks, c.Tasks[0]) {
			c.ID, c.Source = "extra-"+c.Tasks[0].Key(), FromProposal
			cs = append(cs, c)
		}
	}
	return cs
}

// withExtra puts sessions among others by their days.
func withExtra(all, extra []ahead) []ahead {
	all = append(all, extra...)
	slices.SortStableFunc(all, func(x, y ahead) int { return cmp.Compare(x.Date, y.Date) })
	return all
}

// keepExtra writes down which sessions would be enough, or that none are.
func (s *search) keepExtra(extra []ahead, enough bool) {
	r := Remedy{Rule: s.rule, Kind: OneMore, Found: enough, Reason: Reason{Rule: s.rule, Key: "forecast.remedy.sessions-not",
		Facts: problem.Pairs("rule", s.rule, "n", strconv.Itoa(mostExtra))}}
	if !enough {
		s.found = append(s.found, r)
		return
	}
	slices.SortFunc(extra, func(x, y ahead) int { return cmp.Compare(x.Date, y.Date) })
	for _, x := range extra {
		r.Extra = append(r.Extra, x.told())
	}
	r.Reason.Key = "forecast.remedy.sessions"
	if len(extra) == 1 {
		r.Reason.Key = "forecast.remedy.session"
	}
	r.Reason.Facts = problem.Pairs("rule", s.rule, "n", strconv.Itoa(len(extra)), "first", string(extra[0].Date))
	s.found = append(s.found, r)
}

// told is the session as a remedy names it.
func (x *ahead) told() Extra {
	e := Extra{Date: x.Date}
	for _, c := range x.extra {
		e.Tasks = append(e.Tasks, c.Tasks...)
	}
	e.Reason = Reason{Rule: coverageID, Key: "forecast.extra", Facts: problem.Pairs("date", string(x.Date),
		"n", strconv.Itoa(len(e.Tasks)), "tasks", numbers(e.Tasks))}
	return e
}
