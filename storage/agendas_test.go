package storage

import (
	"fmt"
	"sync"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/plan"
	"padome/storage/store"
)

// buildInput is a small real input of a session's agenda.
func buildInput(t *testing.T) agenda.Input {
	t.Helper()
	p := realPlan(t)
	principles := somePrinciples(1, "2024-01-01")
	return agenda.Input{Session: session("s", "2024-02-28"), Plan: p, Lineage: plan.NewLineage(p), Principles: principles,
		Calendar: council.DefaultCalendar(), Settings: council.DefaultSettings(),
		Candidates: agenda.FromTasks(&p, &principles)}
}

// leads are chair and deputy.
var leads = []council.Actor{
	{Person: "juris", Name: "Juris", Mandates: []council.Mandate{{Person: "juris", Role: council.Chair}}},
	{Person: "anna", Name: "Anna", Mandates: []council.Mandate{{Person: "anna", Role: council.Deputy}}},
}

// submitted stores an agenda that waits for the leads, and returns its digest.
func submitted(t *testing.T, c *Council) (agenda.Agenda, string) {
	t.Helper()
	input := buildInput(t)
	a, err := c.UpdateAgenda(t.Context(), change("agenda.submitted"), "s", 0, func(a *agenda.Agenda) error {
		if err := a.Rebuild(secretary, input); err != nil {
			return err
		}
		return a.Submit(secretary, input, testTime)
	})
	if err != nil {
		t.Fatal(err)
	}
	v, ok := a.Current()
	if !ok {
		t.Fatal("no version after submitting")
	}
	return a, v.Digest
}

func TestSubmittingKeepsTheFrozenVersion(t *testing.T) {
	c := open(t).Council(1)
	a, digest := submitted(t, c)
	wantSame(t, see(t, c, func(v *View) (agenda.Agenda, error) { return v.Agenda("s") }), a, ignoreFrozen)
	f := see(t, c, func(v *View) (agenda.Frozen, error) { return v.FrozenAgenda("s", 1) })
	content, err := agenda.ReadContent(f.Bytes, digest)
	if err != nil {
		t.Fatal(err)
	}
	if len(content.Items) == 0 || len(content.Items) != len(a.Draft.Items) {
		t.Errorf("got %d frozen items, %d in the draft", len(content.Items), len(a.Draft.Items))
	}

	input := buildInput(t)
	if _, err := c.UpdateAgenda(t.Context(), change("agenda.submitted"), "s", a.Revision, func(a *agenda.Agenda) error {
		if err := a.Rebuild(secretary, input); err != nil {
			return err
		}
		return a.Submit(secretary, input, testTime)
	}); err != nil {
		t.Fatal(err)
	}
	wantSame(t, see(t, c, func(v *View) (agenda.Frozen, error) { return v.FrozenAgenda("s", 1) }), f)
	if second := see(t, c, func(v *View) (agenda.Frozen, error) { return v.FrozenAgenda("s", 2) }); second.Digest == digest {
		t.Error("two versions have one digest")
	}
}

func TestFiftyApprovalsAtOnceCountOncePerLead(t *testing.T) {
	c := open(t).Council(1)
	_, digest := submitted(t, c)
	var wg sync.WaitGroup
	errs := make([]error, 50)
	for i := range errs {
		wg.Go(func() {
			lead := leads[i%2]
			ch := Change{By: lead, What: "agenda.approved", Command: store.CommandID(fmt.Sprint("approve-", i))}
			_, errs[i] = c.UpdateAgenda(t.Context(), ch, "s", Newest, func(a *agenda.Agenda) error {
				return a.Approve(lead, digest, ch.At)
			})
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			wantKind(t, err, problem.State)
		}
	}
	a := see(t, c, func(v *View) (agenda.Agenda, error) { return v.Agenda("s") })
	if won != 2 || a.Status != agenda.Approved || len(a.Versions[0].Approvals) != 2 {
		t.Errorf("%d won, status %s, approvals %+v; want one of each lead", won, a.Status, a.Versions[0].Approvals)
	}
}
