package agenda_test

import (
	"strings"
	"testing"

	"padome/agenda"
	"padome/internal/problem"
)

// planned is an agenda with one task of the plan on it, and that task's id.
func planned(t testing.TB) (agenda.Agenda, agenda.Input, string) {
	t.Helper()
	in := input(t)
	in.Candidates = agenda.FromTasks(&in.Plan, &in.Principles)
	a := drafted(t, in)
	for _, it := range a.Draft.Items {
		if it.Source == agenda.FromPlan {
			return a, in, it.ID
		}
	}
	t.Fatal("no task of the plan is on the agenda")
	return a, in, ""
}

func TestATaskOfThePlanIsMadeReadyToBeDecided(t *testing.T) {
	a, in, id := planned(t)
	doc := agenda.Attachment{Name: "projekts.pdf", SHA256: strings.Repeat("a", 64)}
	must(t, a.Attach(officer, in, id, doc))
	it, _ := a.Draft.Item(id)
	m := it.Matter
	m.DraftDecision, m.Presenters = "Apstiprināt projektu.", []string{"Direktore A. Bērza"}
	must(t, a.Edit(officer, in, id, m))
	must(t, a.Rebuild(officer, in))
	it, on := a.Draft.Item(id)
	if !on || len(it.Documents) != 1 || it.DraftDecision != m.DraftDecision || len(it.Presenters) != 1 {
		t.Errorf("building anew keeps %+v", it)
	}
	must(t, a.Detach(officer, in, id, doc.SHA256))
	if it, _ := a.Draft.Item(id); len(it.Documents) != 0 {
		t.Errorf("still there: %+v", it.Documents)
	}
	wantFaults(t, a.Detach(officer, in, id, doc.SHA256), problem.NotFound, "problem.missing.document")
}

func TestDocumentsThatAreNotTheItemsOwn(t *testing.T) {
	in := two(t)
	a := drafted(t, in)
	doc := agenda.Attachment{Name: "projekts.pdf", SHA256: strings.Repeat("a", 64)}
	wantFaults(t, a.Attach(officer, in, "p1", doc), problem.State, "problem.agenda.document-of-proposal")
	wantFaults(t, a.Attach(officer, in, "opening", doc), problem.State, "problem.agenda.document-of-standing")
	wantFaults(t, a.Attach(officer, in, "none", doc), problem.NotFound, "problem.agenda.unknown-item")
	wantFaults(t, a.Attach(member, in, "p1", doc), problem.Forbidden, "problem.agenda.prepare")
}

// What a proposer adds after the draft was built goes out with it.
func TestDocumentsOfProposalsFollow(t *testing.T) {
	in := two(t)
	a := drafted(t, in)
	for i := range in.Candidates {
		if in.Candidates[i].ID == "p2" {
			in.Candidates[i].Documents = []agenda.Attachment{{Name: "vēstule.pdf", SHA256: strings.Repeat("b", 64)}}
		}
	}
	must(t, a.Arrange(officer, in, []string{"opening", "p2", "p1", "any-other"}, "Steidzami.", at(5)))
	if it, _ := a.Draft.Item("p2"); len(it.Documents) != 1 {
		t.Errorf("documents %+v", it.Documents)
	}
}
