package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
)

func realPlan(t testing.TB) plan.Plan {
	t.Helper()
	p, err := plan.Real()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAPlanIsNeverOverwritten(t *testing.T) {
	c := open(t).Council(1)
	first := realPlan(t)
	in(t, c, "plan.imported", func(tx *Tx) error { return tx.AddPlan(first) })
	second := first.Clone()
	second.Revision, second.Title = 2, "Pārskatītais plāns"
	in(t, c, "plan.revised", func(tx *Tx) error { return tx.AddPlan(second) })

	other := first.Clone()
	other.Title = "Cits plāns"
	e := wantKind(t, try(t, c, "plan.imported", func(tx *Tx) error { return tx.AddPlan(other) }), problem.Conflict)
	if e.Key != "problem.exists.plan" {
		t.Errorf("got %s", e.Key)
	}
	other.Revision = 4
	e = wantKind(t, try(t, c, "plan.imported", func(tx *Tx) error { return tx.AddPlan(other) }), problem.Conflict)
	if e.Args["next"] != "3" {
		t.Errorf("got %v, want it to name revision 3 as the next", e)
	}
	wantSame(t, see(t, c, (*View).Plans), []plan.Plan{first, second})
	wantSame(t, see(t, c, (*View).NewestPlan), second)
	wantSame(t, see(t, c, func(v *View) (plan.Plan, error) { return v.Plan(1) }), first)
}

func TestBeforeTheFirstPlanThereIsNone(t *testing.T) {
	c := open(t).Council(1)
	_, err := Read(t.Context(), c, (*View).NewestPlan)
	if e := wantKind(t, err, problem.NotFound); e.Key != "problem.missing.plan.any" {
		t.Errorf("got %s", e.Key)
	}
}

func somePrinciples(version int, from council.Date) agenda.Principles {
	p := agenda.Principles{Version: version, Title: "Principi", TitleEN: "Principles", From: from,
		Agreed: []agenda.Agreement{{By: "Satura plānošanas darba grupa", On: from}}}
	for _, id := range []string{"P1", "P2", "P3", "P14"} {
		p.Rules = append(p.Rules, agenda.Setting{Rule: id, Hard: true})
	}
	return p
}

func TestPrinciplesAreNeverOverwritten(t *testing.T) {
	c := open(t).Council(1)
	first, second := somePrinciples(1, "2024-01-01"), somePrinciples(2, "2024-07-01")
	in(t, c, "principles.agreed", func(tx *Tx) error { return errors.Join(tx.AddPrinciples(first), tx.AddPrinciples(second)) })
	wantKind(t, try(t, c, "principles.agreed", func(tx *Tx) error { return tx.AddPrinciples(first) }), problem.Conflict)
	wantKind(t, try(t, c, "principles.agreed", func(tx *Tx) error {
		return tx.AddPrinciples(somePrinciples(4, "2024-08-01"))
	}), problem.Conflict)
	wantSame(t, see(t, c, (*View).AllPrinciples), []agenda.Principles{first, second})
}

func TestAssignmentsAreKeptBesideEachOther(t *testing.T) {
	c := open(t).Council(1)
	task := plan.Ref{Revision: 1, Measure: 8, Task: 2}
	give := func(id string, day council.Date) error {
		return try(t, c, "assignment.made", func(tx *Tx) error {
			_, err := tx.AddAssignment(plan.Assignment{ID: id, Task: task, Responsible: "Valsts kanceleja",
				DecidedBy: "Satura plānošanas darba grupa", DecidedOn: day})
			return err
		})
	}
	if err := errors.Join(give("a", "2024-02-01"), give("b", "2024-03-01")); err != nil {
		t.Fatal(err)
	}
	wantKind(t, give("a", "2024-04-01"), problem.Conflict)
	got := see(t, c, func(v *View) ([]plan.Assignment, error) { return v.AssignmentsOf(task) })
	if len(got) != 2 || got[0].DecidedOn != "2024-02-01" || got[1].ID != "b" {
		t.Errorf("got %+v, want both as they were made", got)
	}
	other := plan.Ref{Revision: 1, Measure: 8, Task: 21}
	if got := see(t, c, func(v *View) ([]plan.Assignment, error) { return v.AssignmentsOf(other) }); len(got) != 0 {
		t.Errorf("got %+v of another task", got)
	}
	if got := see(t, c, (*View).Assignments); len(got) != 2 {
		t.Errorf("got %d in all, want 2", len(got))
	}
}

// freeze makes the content of a version, as submitting does.
func freeze(t *testing.T, version int, documents ...agenda.Attachment) agenda.Frozen {
	t.Helper()
	f, err := agenda.Freeze(agenda.Content{Version: version, Items: []agenda.Item{
		{Matter: agenda.Matter{ID: "item-1", Title: "Par budžetu", Documents: documents}, Number: 1},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAFrozenVersionNeverChanges(t *testing.T) {
	c := open(t).Council(1)
	f := freeze(t, 1)
	keep := func(f agenda.Frozen) error {
		return try(t, c, "agenda.submitted", func(tx *Tx) error { return tx.keepFrozen("s", &f) })
	}
	if err := keep(f); err != nil {
		t.Fatal(err)
	}
	got := see(t, c, func(v *View) (agenda.Frozen, error) { return v.FrozenAgenda("s", 1) })
	wantSame(t, got, f)
	wantKind(t, keep(f), problem.Conflict)
	other := freeze(t, 2)
	other.Number = 1
	wantKind(t, keep(other), problem.Conflict)
	lying := freeze(t, 2)
	lying.Digest = f.Digest
	if keep(lying) == nil {
		t.Error("a content of another digest was kept")
	}
	_, err := Read(t.Context(), c, func(v *View) (agenda.Frozen, error) { return v.FrozenAgenda("s", 2) })
	wantKind(t, err, problem.NotFound)
}

func TestFinalMinutesNeverChange(t *testing.T) {
	c := open(t).Council(1)
	content := []byte(`{"number":1}`)
	sum := sha256.Sum256(content)
	digest := hex.EncodeToString(sum[:])
	keep := func(digest string, content []byte) error {
		return try(t, c, "minutes.finalised", func(tx *Tx) error { return tx.FreezeMinutes("s", digest, content) })
	}
	if err := keep(digest, content); err != nil {
		t.Fatal(err)
	}
	wantSame(t, see(t, c, func(v *View) ([]byte, error) { return v.FrozenMinutes("s", digest) }), content)
	wantKind(t, keep(digest, content), problem.Conflict)
	if keep(digest, []byte(`{"number":2}`)) == nil {
		t.Error("a content of another digest was kept")
	}
	_, err := Read(t.Context(), c, func(v *View) ([]byte, error) { return v.FrozenMinutes("other", digest) })
	wantKind(t, err, problem.NotFound)
}

func TestMinutesAreNumberedWithoutGaps(t *testing.T) {
	c := open(t).Council(1)
	number := func(session string, year int, refused error) (n int) {
		err := try(t, c, "minutes.finalised", func(tx *Tx) (err error) {
			if n, err = tx.NextNumber(year); err != nil || refused != nil {
				return errors.Join(err, refused)
			}
			_, err = tx.UpdateMinutes(session, 0, func(m *minutes.Minutes) error {
				m.Year, m.Number, m.State = year, n, minutes.Signed
				return nil
			})
			return err
		})
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		return n
	}
	refused := problem.New(problem.State, "problem.minutes.incomplete")
	got := []int{number("a", 2024, nil), number("x", 2024, refused), number("b", 2024, nil), number("c", 2025, nil)}
	wantSame(t, got, []int{1, 2, 2, 1})
	var order []string
	for _, m := range see(t, c, (*View).UnapprovedMinutes) {
		order = append(order, m.Session)
	}
	wantSame(t, order, []string{"a", "b", "c"})
	if _, err := c.UpdateMinutes(t.Context(), change("minutes.approved"), "a", 1, func(m *minutes.Minutes) error {
		m.State, m.ApprovedAt = minutes.Approved, "b"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := see(t, c, (*View).UnapprovedMinutes); len(got) != 2 || got[0].Session != "b" {
		t.Errorf("got %d unapproved, want those of b and c", len(got))
	}
}
