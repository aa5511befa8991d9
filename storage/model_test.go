package storage

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage/store"
)

// model is what the database must answer, kept in maps.
type model struct {
	t         *rapid.T
	c         *Council
	sessions  map[string]council.Session
	decisions map[string]minutes.Decision
	history   []string // kind/id/revision, oldest first
}

var (
	anyID   = rapid.SampledFrom([]string{"a", "b", "c", "d"})
	anyDate = rapid.SampledFrom([]council.Date{"2024-01-31", "2024-02-28", "2024-03-27"})
	anyRev  = rapid.SampledFrom([]uint64{0, 1, 2, 3, Newest})
)

func (m *model) note(kind, id string, revision uint64) {
	m.history = append(m.history, fmt.Sprintf("%s/%s/%d", kind, id, revision))
}

// expect is what comparing revisions must answer; now is 0 for none.
func (m *model) expect(seen, now uint64, err error) bool {
	var want problem.Kind
	switch {
	case now == 0 && seen != 0:
		want = problem.NotFound
	case seen != now && seen != Newest:
		want = problem.Conflict
	}
	if got := problem.KindOf(err); got != want || (err != nil) != (want != "") {
		m.t.Fatalf("seen %d, now %d: got %v, want %q", seen, now, err, want)
	}
	return err == nil
}

func (m *model) UpdateSession(t *rapid.T) {
	id, seen := anyID.Draw(t, "id"), anyRev.Draw(t, "seen")
	want := session(id, anyDate.Draw(t, "date"))
	want.State = rapid.SampledFrom([]council.SessionState{council.Planned, council.Cancelled, council.Closed}).Draw(t, "state")
	now := m.sessions[id].Revision
	_, err := m.c.UpdateSession(context.Background(), change("test"), id, seen, func(s *council.Session) error {
		want.Revision = s.Revision
		*s = want
		return nil
	})
	if m.expect(seen, now, err) {
		want.Revision = now + 1
		m.sessions[id] = want
		m.note("session", id, want.Revision)
	}
}

func (m *model) PutDecision(t *rapid.T) {
	id, seen := anyID.Draw(t, "id"), anyRev.Draw(t, "seen")
	want := decision(id, anyID.Draw(t, "session"), rapid.IntRange(1, 3).Draw(t, "clause"))
	want.Deadline = rapid.SampledFrom([]council.Date{"", "2024-03-01", "2024-04-01"}).Draw(t, "deadline")
	want.Status = rapid.SampledFrom([]minutes.Status{minutes.OpenStatus, minutes.PartlyDone, minutes.Done, minutes.Settled}).Draw(t, "status")
	want.Tasks = rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) plan.Ref {
		return plan.Ref{Revision: 1, Measure: rapid.IntRange(1, 2).Draw(t, "measure"), Task: rapid.IntRange(1, 2).Draw(t, "task")}
	}), 0, 3, func(r plan.Ref) plan.Ref { return r }).Draw(t, "tasks")
	now := m.decisions[id].Revision
	var err error
	if seen == 0 {
		_, err = Do(context.Background(), m.c, change("test"), func(tx *Tx) (minutes.Decision, error) { return tx.AddDecision(want) })
	} else {
		_, err = m.c.UpdateDecision(context.Background(), change("test"), id, seen, func(d *minutes.Decision) error {
			want.Revision = d.Revision
			*d = want
			return nil
		})
	}
	if m.expect(seen, now, err) {
		want.Revision = now + 1
		m.decisions[id] = want
		m.note("decision", id, want.Revision)
	}
}

func (m *model) RemoveDecision(t *rapid.T) {
	id, seen := anyID.Draw(t, "id"), rapid.SampledFrom([]uint64{1, 2, Newest}).Draw(t, "seen")
	now := m.decisions[id].Revision
	_, err := Do(context.Background(), m.c, change("test"), func(tx *Tx) (struct{}, error) {
		return struct{}{}, tx.RemoveDecision(id, seen)
	})
	if m.expect(seen, now, err) {
		delete(m.decisions, id)
		m.note("decision", id, now+1)
	}
}

// check holds every listing against the maps.
func (m *model) check() {
	byDay := slices.SortedFunc(maps.Values(m.sessions), func(a, b council.Session) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.ID, b.ID))
	})
	down := slices.Clone(byDay)
	slices.Reverse(down)
	all := slices.Collect(maps.Values(m.decisions))
	_, err := Read(context.Background(), m.c, func(v *View) (struct{}, error) {
		up, _, err1 := v.Sessions(Span{}, Page{Limit: 10})
		m.same(up, byDay)
		newest, _, err2 := v.Sessions(Span{NewestFirst: true}, Page{Limit: 10})
		m.same(newest, down)
		open, _, err3 := v.OpenDecisions(Page{Limit: 10})
		m.same(decisionIDs(open), m.open(all))
		for _, s := range []string{"a", "b", "c", "d"} {
			got, err := v.DecisionsOf(s)
			m.same(decisionIDs(got), m.of(all, s))
			if err != nil {
				return struct{}{}, err
			}
		}
		for n := range 4 {
			r := plan.Ref{Revision: 1, Measure: n/2 + 1, Task: n%2 + 1}
			got, err := v.DecisionsOn(r)
			m.same(decisionIDs(got), m.on(all, r))
			if err != nil {
				return struct{}{}, err
			}
		}
		entries, _, err4 := v.Feed(Page{Limit: MaxPage})
		var told []string
		for _, e := range slices.Backward(entries) {
			told = append(told, fmt.Sprintf("%s/%s/%d", e.Kind, e.ID, e.Revision))
		}
		m.same(told, m.history)
		return struct{}{}, cmp.Or(err1, err2, err3, err4)
	})
	if err != nil {
		m.t.Fatal(err)
	}
	c := &checking{ctx: context.Background(), db: m.c.db, tenant: m.c.tenant}
	if err := c.tables(); err != nil || len(c.faults) > 0 {
		m.t.Fatal(err, c.faults)
	}
}

func (m *model) open(all []minutes.Decision) []string {
	return sortedIDs(all, func(d minutes.Decision) bool { return d.Status.Open() }, func(a, b minutes.Decision) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.Deadline, "~"), cmp.Or(b.Deadline, "~")), cmp.Compare(a.ID, b.ID))
	})
}

func (m *model) of(all []minutes.Decision, session string) []string {
	return sortedIDs(all, func(d minutes.Decision) bool { return d.Session == session }, func(a, b minutes.Decision) int {
		return cmp.Or(cmp.Compare(a.Clause, b.Clause), cmp.Compare(a.ID, b.ID))
	})
}

func (m *model) on(all []minutes.Decision, r plan.Ref) []string {
	return sortedIDs(all, func(d minutes.Decision) bool { return slices.Contains(d.Tasks, r) }, func(a, b minutes.Decision) int {
		return cmp.Compare(a.ID, b.ID)
	})
}

func sortedIDs(all []minutes.Decision, keep func(minutes.Decision) bool, order func(a, b minutes.Decision) int) []string {
	kept := slices.DeleteFunc(slices.Clone(all), func(d minutes.Decision) bool { return !keep(d) })
	slices.SortFunc(kept, order)
	return decisionIDs(kept)
}

func (m *model) same(got, want any) {
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		m.t.Fatalf("got %s\nwant %s", g, w)
	}
}

func TestListingsAndIndexesFollowEveryChange(t *testing.T) {
	db := open(t)
	tenant := 0
	rapid.Check(t, func(rt *rapid.T) {
		tenant++
		m := &model{t: rt, c: db.Council(store.Tenant(tenant)), sessions: map[string]council.Session{}, decisions: map[string]minutes.Decision{}}
		rt.Repeat(map[string]func(*rapid.T){
			"session":  m.UpdateSession,
			"decision": m.PutDecision,
			"removal":  m.RemoveDecision,
		})
		m.check()
	})
}
