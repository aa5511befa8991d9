package office

import (
	"slices"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/plan"
	"padome/storage"
)

// A delegate is asked for a report within the period, and it counts once held.
func TestADelegateReportsToTheCouncil(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	january := d.prepared("2024-01-31")
	sent := get2(d.SaveDelegation(ctx, d.by("officer"), 0, council.Delegation{Person: "ngo-2", Body: "ES fondu uzraudzības komiteja", From: "2023-02-01"}))(t)
	get2(d.SaveDelegation(ctx, d.by("officer"), 0, council.Delegation{Person: "ngo-3", Body: "Valsts komisija", From: "2022-01-01", Until: "2023-12-31"}))(t)
	if all := get2(d.Delegations(ctx))(t); len(all) != 2 {
		t.Errorf("there are %d delegations", len(all))
	}
	id := "delegation-" + sent.ID
	if draft := get2(d.Preview(ctx, d.by("officer").Actor, january.Date))(t); slices.ContainsFunc(draft.Items, func(it agenda.Item) bool { return it.ID == id }) {
		t.Error("the transitional principles ask for a report")
	}
	february := d.plan("2024-02-28")
	d.at("2024-02-14", "10:00")
	draft := get2(d.Preview(ctx, d.by("officer").Actor, february.Date))(t)
	it, on := draft.Item(id)
	if !on || !slices.Equal(it.Presenters, []string{"direktore – Z.\u00a0Kārkliņa"}) {
		t.Fatalf("the report of %s is on: %t: %+v", id, on, it)
	}
	if i := slices.IndexFunc(draft.LeftOut, func(o agenda.LeftOut) bool { return o.Presenters != nil }); i >= 0 {
		t.Errorf("%s is spoken of, whose delegation has ended", draft.LeftOut[i].ID)
	}
	c := d.opened(february.ID)
	d.closed(february.ID, c, "")
	d.at("2024-03-05", "10:00")
	if draft := get2(d.Preview(ctx, d.by("officer").Actor, "2024-03-27"))(t); slices.ContainsFunc(draft.Items, func(it agenda.Item) bool { return it.ID == id }) {
		t.Error("the report is asked for again after it was held")
	}
}

func TestDelegationsAreKeptByTheSecretariat(t *testing.T) {
	d := newDesk(t)
	sent := council.Delegation{Person: "ngo-2", Body: "Komiteja", From: "2024-01-01"}
	_, err := d.SaveDelegation(t.Context(), d.by("ngo-2"), 0, sent)
	wantKey(t, err, problem.Forbidden, "problem.council.keep")
	sent.Person = "none"
	_, err = d.SaveDelegation(t.Context(), d.by("officer"), 0, sent)
	wantKey(t, err, problem.NotFound, "problem.missing.person")
	sent.Person = "ngo-2"
	was := get2(d.SaveDelegation(t.Context(), d.by("officer"), 0, sent))(t)
	was.Until = "2024-06-30"
	now := get2(d.SaveDelegation(t.Context(), d.by("officer"), was.Revision, was))(t)
	if now.Revision != 2 || now.Until != "2024-06-30" {
		t.Errorf("the delegation is %+v", now)
	}
	_, err = d.SaveDelegation(t.Context(), d.by("officer"), was.Revision, was)
	wantKey(t, err, problem.Conflict, "problem.storage.revision")
}

// A task that somebody was made responsible for comes on when it is overdue for
// long, and an item from outside Rīga is held as such.
func TestAssignmentsAndOutsideRigaReachTheAgenda(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	february := d.prepared("2024-02-28")
	d.at("2024-02-01", "10:00")
	must(t)(d.Assign(ctx, d.by("officer"), plan.Assignment{Task: plan.Ref{Revision: 1, Measure: 8, Task: 2}, Responsible: "Kultūras ministrija",
		Deadline: "2024-03-15", DecidedBy: "Darba grupa", DecidedOn: "2024-02-01"}))
	p := get2(d.Propose(ctx, d.by("ngo-2"), agenda.Candidate{Matter: agenda.Matter{Kind: agenda.Information, Title: "Par Latgali",
		Tasks: []plan.Ref{{Revision: 1, Measure: 8, Task: 1}}, Initiator: council.NGO, OutsideRiga: true}}))(t)
	d.at("2024-02-16", "10:00")
	c := d.opened(february.ID)
	i := slices.IndexFunc(c.Items, func(it agenda.Item) bool { return it.ID == p.ID })
	if i < 0 || !c.Items[i].OutsideRiga {
		t.Fatalf("the item from outside Rīga is not on as such: %+v", c.Items)
	}
	d.closed(february.ID, c, "")
	held := get2(storage.Read(ctx, d.council, func(v *storage.View) ([]agenda.Held, error) { return v.Held("", "") }))(t)
	if !slices.ContainsFunc(held, func(h agenda.Held) bool { return h.Item == p.ID && h.OutsideRiga }) {
		t.Error("nothing from outside Rīga is held")
	}
	draft := get2(d.Preview(ctx, d.by("officer").Actor, "2024-05-29"))(t)
	it, on := draft.Item("task-1/8.2")
	if !on || !slices.Equal(it.Invited, []string{"Kultūras ministrija"}) || it.Reasons[0].Key != "reason.p5.task" {
		t.Errorf("task 8.2, overdue since March, is on: %t: %+v", on, it)
	}
}
