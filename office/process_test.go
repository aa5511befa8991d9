package office

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// refusedFor fails unless an error is of a key, or has a field of it.
func refusedFor(t *testing.T, err error, key string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), key) {
		t.Errorf("said %v, want %s", err, key)
	}
}

func TestObserversSignUpForAConvenedSession(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	anna := council.Observer{Name: " Anna   Ozola ", Organisation: "biedrība „Liepas”", Topic: "Par nodokļiem", ID: "mine", Session: "other"}
	public := By{Command: "c1"}
	_, err := d.SignUp(ctx, public, s.ID, anna)
	refusedFor(t, err, "problem.observer.state")
	d.convened(s.ID)
	d.at("2024-02-27", "16:59")
	got := get2(d.SignUp(ctx, public, s.ID, anna))(t)
	if got.ID == "mine" || got.Session != s.ID || got.Name != "Anna Ozola" {
		t.Errorf("signed up as %+v", got)
	}
	if again := get2(d.SignUp(ctx, public, s.ID, anna))(t); again.ID != got.ID {
		t.Errorf("a repeat signed up %s beside %s", again.ID, got.ID)
	}
	for who, may := range map[string]bool{"officer": true, "state-1": true, "ngo-1": true, "ngo-2": false, "admin": false} {
		if all, err := d.Observers(ctx, d.by(who).Actor, s.ID); (err == nil) != may || may && len(all) != 1 {
			t.Errorf("%s sees %v, %v", who, all, err)
		}
	}
	entries, _, err := d.History(ctx, d.by("officer").Actor, "observer", got.ID, storage.Page{Limit: 9})
	if err != nil || len(entries) != 1 || strings.Contains(fmt.Sprint(entries), "Ozola") {
		t.Errorf("the history says %v, %v", entries, err)
	}
	d.at("2024-02-27", "17:00")
	_, err = d.SignUp(ctx, By{}, s.ID, anna)
	refusedFor(t, err, "problem.observer.late")
	if e := err.(*problem.Error); locale.Text(locale.LV, e.Key, e.Args) != "Uz 2024. gada 28. februāra sēdi novērotāji varēja pieteikties līdz 2024. gada 27. februārim plkst. 17.00 (P17). Sazinieties ar padomes sekretariātu vai piesakieties nākamajai sēdei." {
		t.Error(locale.Text(locale.LV, e.Key, e.Args))
	}
	if err := d.WithdrawObserver(ctx, By{}, s.ID, got.ID); err != nil {
		t.Error(err)
	}
	refusedFor(t, d.WithdrawObserver(ctx, By{}, s.ID, got.ID), "problem.missing.observer")
}

func TestSigningUpHasItsLimits(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	d.convened(s.ID)
	_, err := d.SignUp(ctx, By{}, s.ID, council.Observer{Name: strings.Repeat("a", 500)})
	refusedFor(t, err, "name")
	for range council.MaxObservers {
		must(t)(d.SignUp(ctx, By{}, s.ID, council.Observer{Name: "Anna"}))
	}
	_, err = d.SignUp(ctx, By{}, s.ID, council.Observer{Name: "Anna"})
	refusedFor(t, err, "problem.observer.full")
	_, err = d.RemoveObservers(ctx, d.by("state-1"), s.ID)
	refusedFor(t, err, "problem.observer.remove")
	if n := get2(d.RemoveObservers(ctx, d.by("officer"), s.ID))(t); n != council.MaxObservers {
		t.Errorf("removed %d", n)
	}
	_, err = d.RemoveObservers(ctx, d.by("officer"), s.ID)
	refusedFor(t, err, "problem.observer.none")
}

func TestTheAgendaSaysUntilWhenObserversSignUp(t *testing.T) {
	d := newDesk(t)
	s := d.prepared("2024-02-28")
	d.convened(s.ID)
	for lang, want := range map[locale.Lang]string{
		locale.LV: "līdz 2024. gada 27. februārim plkst. 17.00", locale.EN: "until 27 Feb 2024, 17:00",
	} {
		doc := get2(d.AgendaDocument(t.Context(), council.Actor{}, lang, s.ID, 0, false))(t)
		if got := document.PlainText(doc); !strings.Contains(got, want) {
			t.Errorf("the agenda does not say %q:\n%s", want, got)
		}
	}
	var got []string
	for _, x := range get2(d.DeadlinesOf(t.Context(), s.ID))(t) {
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", x.Of, x.Rule, x.Date, x.Clock)))
	}
	want := []string{"proposals P15 2024-02-14", "members P16 2024-02-21", "public P16 2024-02-23", "observers P17 2024-02-27 17:00", "minutes  2024-03-06"}
	if !slices.Equal(got, want) {
		t.Errorf("deadlines %q, want %q", got, want)
	}
}

func TestNamingWhoIsToPreside(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	s.Presiding = "ngo-2"
	_, err := d.ChangeSession(ctx, d.by("officer"), s.ID, s.Revision, s)
	refusedFor(t, err, "problem.office.presiding")
	s.Presiding = "ngo-1"
	s = get2(d.ChangeSession(ctx, d.by("officer"), s.ID, s.Revision, s))(t)
	doc := get2(d.AgendaDocument(ctx, council.Actor{}, locale.LV, s.ID, d.convened(s.ID).Version, false))(t)
	if got := document.PlainText(doc); !strings.Contains(got, "vadītāja vietniece – Z.") {
		t.Errorf("the agenda does not say who presides:\n%s", got)
	}
}

func TestALateAgendaCannotGoOut(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	a := d.submitted(s.ID)
	digest := a.Versions[0].Digest
	must(t)(d.ApproveAgenda(ctx, d.by("state-1"), s.ID, digest))
	d.at("2024-02-22", "08:00")
	_, err := d.ApproveAgenda(ctx, d.by("ngo-1"), s.ID, digest)
	refusedFor(t, err, "problem.agenda.out-late")
	s = get2(d.Session(ctx, s.ID))(t)
	s.Kind = council.Extraordinary
	s = get2(d.ChangeSession(ctx, d.by("officer"), s.ID, s.Revision, s))(t)
	a = get2(d.Agenda(ctx, d.by("officer").Actor, s.ID))(t)
	a = get2(d.BuildAgenda(ctx, d.by("officer"), s.ID, a.Revision))(t)
	it, ok := a.Draft.Item(agenda.OpeningID)
	if !ok || !slices.ContainsFunc(it.Reasons, func(r agenda.Reason) bool { return r.Key == "reason.p16.until" && r.Facts["limit"] == "2024-02-27" }) {
		t.Errorf("the draft does not say until when: %+v", it)
	}
}

func TestOpinionsAndWaivers(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	must(t)(d.SaveGroup(ctx, d.by("officer"), 0, council.WorkingGroup{ID: "finance", Name: "Finanšu darba grupa", NameEN: "Finance",
		Measures: []int{2, 3}, Lead: "ngo-5", From: "2024-01-01"}))
	p := d.propose("Par nodokļiem", plan.Ref{Revision: 1, Measure: 3, Task: 1})
	q := d.propose("Par ziedojumiem", plan.Ref{Revision: 1, Measure: 2, Task: 1})
	a := get2(d.BuildAgenda(ctx, d.by("officer"), s.ID, 0))(t)
	_, err := d.SubmitAgenda(ctx, d.by("officer"), s.ID, a.Revision)
	refusedFor(t, err, "reason.p19.unmet")

	o := agenda.Opinion{Group: "finance", On: "2024-01-09", Text: "Atbalsta."}
	for who, key := range map[string]string{"ngo-2": "problem.agenda.opinion", "state-1": "problem.agenda.opinion", "admin": "problem.missing.proposal"} {
		_, err := d.SetOpinion(ctx, d.by(who), p.ID, p.Revision, o)
		refusedFor(t, err, key)
	}
	p = get2(d.SetOpinion(ctx, d.by("ngo-5"), p.ID, p.Revision, o))(t)
	c := p.Candidate
	c.Opinion = &agenda.Opinion{Group: "finance", On: "2024-01-09", Text: "Viltots."}
	if p = get2(d.ChangeProposal(ctx, d.by("ngo-2"), p.ID, p.Revision, c))(t); p.Opinion.Text != "Atbalsta." {
		t.Errorf("the proposer wrote the opinion: %+v", p.Opinion)
	}
	_, err = d.WaiveOpinion(ctx, d.by("officer"), q.ID, q.Revision)
	refusedFor(t, err, "problem.agenda.leads-only")
	q = get2(d.WaiveOpinion(ctx, d.by("state-1"), q.ID, q.Revision))(t)
	_, err = d.SubmitAgenda(ctx, d.by("officer"), s.ID, a.Revision)
	refusedFor(t, err, "reason.p19.unmet")
	must(t)(d.WaiveOpinion(ctx, d.by("ngo-1"), q.ID, q.Revision))
	must(t)(d.SubmitAgenda(ctx, d.by("officer"), s.ID, a.Revision))
}

func TestAnItemAddedInTheSession(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	mar := d.plan("2024-03-27")
	c := d.opened(s.ID)
	d.at("2024-02-28", "11:10")
	m := agenda.Matter{Kind: agenda.Decision, Title: "Par atklātu vēstuli", OutsidePlan: "lūgums saņemts 27. februārī", Minutes: 10}
	carries := minutes.Vote{For: 11, Abstain: 1}
	for _, who := range []string{"ngo-2", "ngo-1", "admin"} {
		_, err := d.AddItem(ctx, d.by(who), s.ID, m, carries, 1)
		refusedFor(t, err, "problem.office.record")
	}
	_, err := d.AddItem(ctx, d.by("taker"), s.ID, m, minutes.Vote{For: 6, Against: 6}, 1)
	refusedFor(t, err, "problem.minutes.added.vote")
	x := get2(d.AddItem(ctx, d.by("taker"), s.ID, m, carries, 1))(t)
	y := get2(d.AddItem(ctx, d.by("state-1"), s.ID, m, carries, 1))(t)
	if n := len(c.Items); x.Number != n+1 || y.Number != n+2 {
		t.Fatalf("added as %d and %d behind %d", x.Number, y.Number, n)
	}
	approved, _, err := d.Version(ctx, council.Actor{}, s.ID, 0)
	if err != nil || len(approved.Items) != len(c.Items) {
		t.Errorf("the approved agenda has %d items, %v", len(approved.Items), err)
	}
	_, err = d.TakeDecision(ctx, d.by("taker"), s.ID, x.ID, 0, minutes.Clause{Wording: "Nosūtīt vēstuli."})
	refusedFor(t, err, "problem.minutes.added.documents")
	_, err = d.AddItemDocument(ctx, d.by("ngo-2"), s.ID, x.ID, "vēstule.pdf", "application/pdf", strings.NewReader("%PDF"))
	refusedFor(t, err, "problem.office.record")
	_, err = d.AddItemDocument(ctx, d.by("taker"), s.ID, c.Items[0].ID, "vēstule.pdf", "application/pdf", strings.NewReader("%PDF"))
	refusedFor(t, err, "problem.minutes.added.unknown")
	x = get2(d.AddItemDocument(ctx, d.by("taker"), s.ID, x.ID, "vēstule.pdf", "application/pdf", strings.NewReader("%PDF")))(t)
	file, doc, err := d.Document(ctx, d.by("ngo-3").Actor, x.Documents[0].SHA256)
	if err != nil || doc.Name != "vēstule.pdf" {
		t.Fatalf("the document is %+v, %v", doc, err)
	}
	var b bytes.Buffer
	must(t)(b.ReadFrom(file))
	file.Close()
	if b.String() != "%PDF" {
		t.Errorf("the document holds %q", b.String())
	}

	d.decide(s.ID, x.Item)
	d.deal(s.ID, c, "")
	now := get2(d.Session(ctx, s.ID))(t)
	_, err = d.CloseSession(ctx, d.by("taker"), s.ID, now.Revision, "12:50")
	refusedFor(t, err, "problem.minutes.undecided")
	must(t)(d.RecordOutcome(ctx, d.by("taker"), s.ID, y.ID, 0, minutes.Postponed, "Nav dokumentu."))
	must(t)(d.CloseSession(ctx, d.by("taker"), s.ID, now.Revision, "12:50"))
	signed := d.signed(s.ID)
	if signed.State != minutes.Signed {
		t.Errorf("the minutes are %s", signed.State)
	}

	d.at("2024-03-04", "10:00")
	p := get2(d.Proposal(ctx, d.by("ngo-3").Actor, y.ID))(t) // what was postponed waits as a proposal
	must(t)(d.AddDocument(ctx, d.by("officer"), y.ID, p.Revision, "vēstule.pdf", "application/pdf", strings.NewReader("%PDF 2")))
	draft := get2(d.Preview(ctx, d.by("officer").Actor, mar.Date))(t)
	it, ok := draft.Item(y.ID)
	if !ok || !slices.Equal(it.Postponed, []council.Date{"2024-02-28"}) || len(it.Documents) != 1 {
		t.Errorf("March has %+v", it)
	}
	if _, ok := draft.Item(x.ID); ok {
		t.Error("what was decided comes on again")
	}
}
