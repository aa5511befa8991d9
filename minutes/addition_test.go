package minutes

import (
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/plan"
)

func aMatter() agenda.Matter {
	return agenda.Matter{Kind: agenda.Decision, Title: "Par atklātu vēstuli", Minutes: 10,
		Tasks: []plan.Ref{{Revision: 1, Measure: 8, Task: 1}}}
}

func TestASessionAddsAnItemByMajorityOfThosePresent(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*Record, *agenda.Matter, *Vote, *int)
		want   []string
	}{
		"seven of thirteen": {func(_ *Record, _ *agenda.Matter, v *Vote, _ *int) { *v = Vote{For: 7, Against: 6} }, nil},
		"all agree":         {func(_ *Record, _ *agenda.Matter, v *Vote, _ *int) { *v = Vote{Consensus: true} }, nil},
		"outside the plan":  {func(_ *Record, m *agenda.Matter, _ *Vote, _ *int) { m.Tasks, m.OutsidePlan = nil, "Saeimas lūgums" }, nil},
		"more for than against": {func(r *Record, _ *agenda.Matter, v *Vote, _ *int) {
			r.Settings.Majority = council.OfCast
			*v = Vote{For: 6, Against: 1, Abstain: 6}
		}, []string{"vote problem.minutes.added.vote"}},
		"no vote":                 {func(_ *Record, _ *agenda.Matter, v *Vote, _ *int) { *v = Vote{} }, []string{"vote problem.minutes.vote.empty"}},
		"more votes than voters":  {func(_ *Record, _ *agenda.Matter, v *Vote, _ *int) { *v = Vote{For: 14} }, []string{"vote problem.minutes.vote.more"}},
		"one left before":         {func(_ *Record, _ *agenda.Matter, v *Vote, during *int) { *v, *during = Vote{For: 13}, 3 }, []string{"vote problem.minutes.vote.more"}},
		"no such item":            {func(_ *Record, _ *agenda.Matter, _ *Vote, during *int) { *during = 5 }, []string{"during problem.range"}},
		"no item":                 {func(_ *Record, _ *agenda.Matter, _ *Vote, during *int) { *during = 0 }, []string{"during problem.range"}},
		"no quorum":               {func(r *Record, _ *agenda.Matter, _ *Vote, _ *int) { r.Attendance.Entries = r.Attendance.Entries[:5] }, []string{"during problem.minutes.quorum"}},
		"neither task nor reason": {func(_ *Record, m *agenda.Matter, _ *Vote, _ *int) { m.Tasks = nil }, []string{"item.outsidePlan problem.minutes.added.plan"}},
		"a retired task": {func(_ *Record, m *agenda.Matter, _ *Vote, _ *int) {
			m.Tasks[0] = plan.Ref{Revision: 1, Measure: 3, Task: 2}
		}, []string{"item.tasks[0] problem.agenda.task"}},
		"no title, no kind": {func(_ *Record, m *agenda.Matter, _ *Vote, _ *int) { m.Title, m.Kind = "", "" }, []string{"item.title problem.text.missing", "item.kind problem.choice"}},
		"before it opens":   {func(r *Record, _ *agenda.Matter, _ *Vote, _ *int) { r.Session.State = council.Convened }, []string{"problem.minutes.session-not-open"}},
		"after it closed":   {func(r *Record, _ *agenda.Matter, _ *Vote, _ *int) { r.Session.State = council.Closed }, []string{"problem.minutes.session-closed"}},
	} {
		t.Run(name, func(t *testing.T) {
			r, m, v, during := recorded(t), aMatter(), Vote{For: 12, Abstain: 1}, 1
			x.change(&r, &m, &v, &during)
			a := Additions{Session: "s1"}
			got, err := a.Add(&r, workPlan(), "n1", "taker", m, v, during)
			wantFaults(t, err, x.want...)
			if (err == nil) != (len(a.Items) == 1) {
				t.Errorf("added %d items, error %v", len(a.Items), err)
			}
			if err == nil && (got.Number != 5 || got.Source != agenda.FromSession || got.By != "taker") {
				t.Errorf("added %+v", got)
			}
		})
	}
	t.Run("no end of items", func(t *testing.T) {
		r := recorded(t)
		a := Additions{Items: make([]Added, maxAdded)}
		_, err := a.Add(&r, workPlan(), "n1", "taker", aMatter(), Vote{For: 12}, 1)
		wantFaults(t, err, "problem.minutes.added.full")
	})
}

// An added item is numbered after the last, dealt with, closed and printed like
// the others, and what was approved keeps its numbers.
func TestAnAddedItemIsLikeTheOthers(t *testing.T) {
	r := recorded(t)
	a := Additions{Session: "s1"}
	if _, err := a.Add(&r, workPlan(), "n1", "taker", aMatter(), Vote{For: 12, Abstain: 1}, 2); err != nil {
		t.Fatal(err)
	}
	r.WithAdded(a)
	if n := len(r.Agenda.Items); n != 5 || r.Agenda.Items[3].ID != "any-other" || r.Agenda.Items[4].Number != 5 {
		t.Fatalf("the items are %+v", r.Agenda.Items)
	}
	wantFaults(t, MayClose(r), "items[4] problem.minutes.undecided")
	wantFaults(t, r.MayDecide(r.Agenda.Items[4]), "problem.minutes.added.documents")
	must(t, r.MayDecide(r.Agenda.Items[2])) // of the approved agenda
	paper := agenda.Attachment{Name: "Vēstule.pdf", SHA256: strings.Repeat("b", 64)}
	wantFaults(t, a.Attach(r.Session, "p1", paper), "problem.minutes.added.unknown")
	wantFaults(t, a.Attach(r.Session, "n1", agenda.Attachment{Name: "Vēstule.pdf"}), "documents[0].sha256 problem.agenda.sha256")
	a.Items[0].Documents = nil
	must(t, a.Attach(r.Session, "n1", paper))

	r = recorded(t)
	r.WithAdded(a)
	it := r.Agenda.Items[4]
	must(t, r.MayDecide(it))
	tr := Begin("s1", it)
	must(t, tr.SetCourse(r.Session, []Speech{{Kind: Reports, Who: "V. Sarma"}}))
	must(t, tr.SetOutcome(r.Session, r.voters(), Postponed, "jāprecizē teksts"))
	r.Treatments = append(r.Treatments, tr)
	must(t, MayClose(r))
	c := Carried(r.Session, r.Agenda.Items, r.Treatments)
	if len(c) != 2 || c[1].ID != "n1" || len(c[1].Documents) != 1 {
		t.Errorf("carried %+v", c)
	}
	m := DraftFrom(r)
	if len(m.Annexes) != 2 || m.Annexes[1].Title != "Vēstule" {
		t.Errorf("annexes %+v", m.Annexes)
	}
	for lang, want := range map[locale.Lang]string{
		locale.LV: "[iekļauts sēdes laikā 2. jautājumā; balsojums: par – 12, pret – nav, atturas – 1]",
		locale.EN: "[added during the session at item 2; vote: for – 12, against – none, abstaining – 1]",
	} {
		s := words(document.PlainText(Document(lang, r, m)))
		if !strings.Contains(s, want) || strings.Count(s, "Par atklātu vēstuli") != 2 {
			t.Errorf("minutes in %s do not say %q:\n%s", lang, want, s[strings.Index(s, "Par atkl"):])
		}
	}
	for lang, want := range map[locale.Lang]string{
		locale.LV: "Padome jautājumu iekļāvusi sēdes laikā, balsojot 2. jautājumā (P25).",
		locale.EN: "The council added the item during the session, by a vote at item 2 (P25).",
	} {
		if got := it.Reasons[0].Text(lang); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
}
