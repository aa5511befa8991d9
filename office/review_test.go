package office

import (
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
)

// reviewing is a desk with a decision taken on task 3.2 in January 2024, and a
// draft of a review begun in February that rewords that task and merges 8.1 and 8.2.
func reviewing(t *testing.T) (*desk, minutes.Decision, plan.Review) {
	d, ctx := newDesk(t), t.Context()
	s := d.prepared("2024-01-31")
	d.propose("Par finansējuma modeli", plan.Ref{Revision: 1, Measure: 3, Task: 2})
	d.closed(s.ID, d.opened(s.ID), "")
	d.signed(s.ID)
	old := get2(d.DecisionsOn(ctx, d.by("officer").Actor, plan.Ref{Revision: 1, Measure: 3, Task: 2}))(t)
	if len(old) != 1 {
		t.Fatalf("%d decisions on the task", len(old))
	}
	d.at("2024-02-05", "09:00")
	r := get2(d.StartReview(ctx, d.by("officer"), 1))(t)
	text := r.Proposed.Measures[2].Tasks[1].Text
	r = get2(d.EditReview(ctx, d.by("officer"), r.ID, r.Revision, plan.Edit{Op: plan.Reword, Measure: 3, Task: 2, Text: "kopīgi " + text}))(t)
	r = get2(d.EditReview(ctx, d.by("officer"), r.ID, r.Revision, plan.Edit{Op: plan.Merge, Text: "apvienots uzdevums;",
		Tasks: []plan.Ref{{Measure: 8, Task: 1}, {Measure: 8, Task: 2}}}))(t)
	return d, old[0], r
}

// decided holds the session of February, where the review is on the agenda, and
// gives the clause that was taken on it.
func (d *desk) decided(r plan.Review) minutes.Decision {
	ctx := d.t.Context()
	s := get2(d.Session(ctx, r.Session))(d.t)
	c := d.opened(s.ID)
	for _, it := range c.Items {
		if it.ID == r.Proposal {
			d.closed(s.ID, c, "")
			ds := get2(d.DecisionsOf(ctx, d.by("officer").Actor, s.ID))(d.t)
			for _, x := range ds {
				if x.Item == r.Proposal {
					return x
				}
			}
		}
	}
	d.t.Fatal("the review is not on the agenda")
	return minutes.Decision{}
}

func (d *desk) put(r plan.Review) plan.Review {
	s := d.plan("2024-02-28")
	return get2(d.PutReview(d.t.Context(), d.by("officer"), r.ID, r.Revision, s.ID))(d.t)
}

func TestAReviewIsInForceOnlyWhenASessionDecidedIt(t *testing.T) {
	d, old, r := reviewing(t)
	ctx, officer := t.Context(), d.by("officer")
	_, changes, err := d.Review(ctx, officer.Actor, r.ID)
	if err != nil || len(changes.Tasks) < 2 {
		t.Fatalf("tracked changes %v, %v", changes.Tasks, err)
	}
	if !r.Proposed.Proposed {
		t.Error("the proposed revision does not say that it is one")
	}
	r = d.put(r)
	p := get2(d.Proposal(ctx, officer.Actor, r.Proposal))(t)
	if len(p.Documents) != 2 || !strings.HasSuffix(p.Documents[0].Name, ".docx") {
		t.Errorf("documents %v", p.Documents)
	}
	_, err = d.EditReview(ctx, officer, r.ID, r.Revision, plan.Edit{Op: plan.SetTitle, Text: "x"})
	if problem.KindOf(err) != problem.State {
		t.Errorf("editing what was put said %v", err)
	}
	if now := get2(d.Plan(ctx, 0))(t); now.Revision != 1 {
		t.Errorf("revision %d before the session", now.Revision)
	}
	_, err = d.DecideReview(ctx, officer, r.ID, r.Revision, Outcome{Decision: old.ID})
	if problem.KindOf(err) != problem.State {
		t.Errorf("another decision said %v", err)
	}
	clause := d.decided(r)
	r = get2(d.DecideReview(ctx, officer, r.ID, r.Revision, Outcome{Decision: clause.ID, Note: "Bez iebildumiem."}))(t)
	now := get2(d.Plan(ctx, 0))(t)
	if r.State != plan.Approved || now.Revision != 2 || now.Approved != "2024-02-28" || now.Approval != "Memoranda padomes 2024. gada 28. februāra sēdē" || len(now.Signers) > 0 || now.Proposed {
		t.Errorf("%s, revision %d of %s: %q, %v", r.State, now.Revision, now.Approved, now.Approval, now.Signers)
	}
	_, err = d.DecideReview(ctx, officer, r.ID, r.Revision, Outcome{Decision: clause.ID})
	if problem.KindOf(err) != problem.State {
		t.Errorf("deciding twice said %v", err)
	}
}

func TestDecisionsStayWithTheirWordingAndAreFoundFromTheNewOne(t *testing.T) {
	d, old, r := reviewing(t)
	ctx, officer := t.Context(), d.by("officer")
	must(t)(d.Assign(ctx, officer, plan.Assignment{Task: plan.Ref{Measure: 3, Task: 2}, Responsible: "Finanšu ministrija", DecidedBy: "Darba grupa", DecidedOn: "2024-02-01"}))
	r = d.put(r)
	clause := d.decided(r)
	must(t)(d.DecideReview(ctx, officer, r.ID, r.Revision, Outcome{Decision: clause.ID}))
	page := get2(d.Task(ctx, officer.Actor, 3, 2))(t)
	if len(page.Wordings) != 2 || !strings.HasPrefix(page.Text, "kopīgi ") || page.Since != "2024-01-31" {
		t.Fatalf("page %+v", page)
	}
	now, before := page.Wordings[0], page.Wordings[1]
	if now.Task.Revision != 2 || len(now.Decisions) != 0 || before.Task.Revision != 1 || len(before.Decisions) < 1 || before.Decisions[0].ID != old.ID {
		t.Errorf("wordings %+v", page.Wordings)
	}
	if page.InForce == nil || page.InForce.Responsible != "Finanšu ministrija" {
		t.Errorf("assignment %+v", page.InForce)
	}
	public := get2(d.Task(ctx, council.Actor{}, 3, 2))(t)
	if len(public.Wordings[1].Decisions) != 1 { // the session of February has no signed minutes yet
		t.Errorf("the public sees %d decisions", len(public.Wordings[1].Decisions))
	}
	merged := get2(d.Task(ctx, officer.Actor, 8, 1))(t)
	if len(merged.Wordings) != 3 {
		t.Errorf("the merged task has %d wordings", len(merged.Wordings))
	}
	_, err := d.Task(ctx, officer.Actor, 8, 5)
	if problem.KindOf(err) != problem.NotFound {
		t.Errorf("a task that is gone said %v", err)
	}
}

func TestASessionMayChangeOrRejectAReview(t *testing.T) {
	for _, rejected := range []bool{false, true} {
		d, _, r := reviewing(t)
		ctx, officer := t.Context(), d.by("officer")
		r = d.put(r)
		clause := d.decided(r)
		bad := Outcome{Decision: clause.ID, Changes: []plan.Edit{{Op: plan.Reword, Measure: 9, Task: 1}}}
		_, err := d.DecideReview(ctx, officer, r.ID, r.Revision, bad)
		if problem.KindOf(err) != problem.Invalid {
			t.Errorf("a change that cannot be said %v", err)
		}
		out := Outcome{Decision: clause.ID, Rejected: rejected, Changes: []plan.Edit{{Op: plan.Add, Measure: 1, Text: "sēdē pievienots uzdevums."}}}
		if rejected {
			_, err = d.DecideReview(ctx, officer, r.ID, r.Revision, out)
			if problem.KindOf(err) != problem.Invalid {
				t.Errorf("changes of what was rejected said %v", err)
			}
			out.Changes = nil
		}
		r = get2(d.DecideReview(ctx, officer, r.ID, r.Revision, out))(t)
		now := get2(d.Plan(ctx, 0))(t)
		if rejected {
			if r.State != plan.Rejected || now.Revision != 1 {
				t.Errorf("%s, revision %d", r.State, now.Revision)
			}
			must(t)(d.StartReview(ctx, officer, 1))
			continue
		}
		if !r.Verdict.Changed || len(now.Measures[0].Tasks) != 2 {
			t.Errorf("verdict %+v, tasks %v", r.Verdict, now.Measures[0].Tasks)
		}
	}
}

func TestWhoMayReview(t *testing.T) {
	d, _, r := reviewing(t)
	ctx := t.Context()
	edit := plan.Edit{Op: plan.SetTitle, Text: "Darba plāns"}
	for _, who := range []string{"ngo-2", "admin"} {
		_, err := d.EditReview(ctx, d.by(who), r.ID, r.Revision, edit)
		if problem.KindOf(err) != problem.Forbidden {
			t.Errorf("%s was told %v", who, err)
		}
	}
	must(t)(d.SaveGroup(ctx, d.by("officer"), 0, council.WorkingGroup{ID: "content", Name: "Satura plānošanas darba grupa", NameEN: "Content planning", From: "2024-01-01", Members: []string{"ngo-2"}}))
	r = get2(d.EditReview(ctx, d.by("ngo-2"), r.ID, r.Revision, edit))(t)
	_, err := d.StartReview(ctx, d.by("officer"), 1)
	if problem.KindOf(err) != problem.State {
		t.Errorf("a second review said %v", err)
	}
	_, _, err = d.Review(ctx, council.Actor{}, r.ID)
	if problem.KindOf(err) != problem.NotFound {
		t.Errorf("the public was told %v", err)
	}
	r = d.put(r)
	r = get2(d.WithdrawReview(ctx, d.by("officer"), r.ID, r.Revision, "Gaida darba grupu."))(t)
	if p := get2(d.Proposal(ctx, d.by("officer").Actor, r.Proposal))(t); p.State != agenda.Withdrawn || r.State != plan.Abandoned {
		t.Errorf("proposal %s, review %s", p.State, r.State)
	}
}

func TestAReviewFromAFile(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.prepared("2024-02-28")
	file := PlanFile{Plan: get2(plan.Real())(t)}
	file.Plan.Measures[4].Tasks = file.Plan.Measures[4].Tasks[:1]
	seen := get2(d.PreviewPlan(ctx, operator.Actor, file))(t)
	_, err := d.StartReviewFrom(ctx, d.by("officer"), file, "x")
	if problem.KindOf(err) != problem.Conflict {
		t.Errorf("another digest said %v", err)
	}
	file.Plan.Proposed = true
	_, err = d.ApplyPlan(ctx, d.by("officer"), file, seen.Digest)
	wantKey(t, err, problem.State, "problem.office.plan-proposed")
	seen = get2(d.PreviewPlan(ctx, operator.Actor, file))(t)
	r := get2(d.StartReviewFrom(ctx, d.by("officer"), file, seen.Digest))(t)
	_, changes, err := d.Review(ctx, d.by("officer").Actor, r.ID)
	if err != nil || len(changes.Tasks) != 1 || changes.Tasks[0].Kind != plan.Retired {
		t.Errorf("changes %v, %v", changes.Tasks, err)
	}
}
