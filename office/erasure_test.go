package office

import (
	"strings"
	"testing"

	"padome/council"
	"padome/internal/ledger"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// agedData is a council with something of every kind that may be erased, and the
// same of each kind that is kept.
func agedData(t *testing.T) *desk {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	gone := d.propose("Pārdomāts priekšlikums", plan.Ref{Revision: 1, Measure: 2, Task: 1})
	must(t)(d.WithdrawProposal(ctx, d.by("ngo-2"), gone.ID, gone.Revision, "Pārdomājām."))
	off := d.plan("2024-03-13")
	must(t)(d.BuildAgenda(ctx, d.by("officer"), off.ID, 0))
	must(t)(d.CancelSession(ctx, d.by("officer"), off.ID, get2(d.Session(ctx, off.ID))(t).Revision, "Nav kvoruma."))
	for _, who := range []string{"ngo-5", "ngo-6"} {
		if _, _, err := d.Logins().AddAccount(ctx, operator, who+"@example.lv", who); err != nil {
			t.Fatal(err)
		}
		must(t)(d.SaveSubject(ctx, d.by("admin"), who, 0, "PNOLV-010180-1234"+who[4:]))
	}
	for _, m := range get2(d.Mandates(ctx, operator.Actor))(t) {
		if m.Person == "ngo-5" {
			m.Until = "2024-12-31"
			must(t)(d.SaveMandate(ctx, operator, m.Revision, m))
		}
	}
	c := d.convened(s.ID)
	d.at("2024-02-26", "09:00")
	must(t)(d.SignUp(ctx, By{}, s.ID, council.Observer{Name: "Anna Ozola"}))
	d.at("2024-02-28", "11:00")
	d.sits(s.ID)
	d.closed(s.ID, c, "")
	m := get2(d.DraftMinutes(ctx, d.by("taker"), s.ID, 0))(t)
	m = get2(d.CirculateMinutes(ctx, d.by("taker"), s.ID, m.Revision))(t)
	said := get2(d.CommentMinutes(ctx, d.by("ngo-2"), s.ID, minutes.Saying{Text: "Precizēt."}))(t)
	must(t)(d.AnswerComment(ctx, d.by("taker"), s.ID, said.ID, said.Revision, true, "Precizēts."))
	d.at("2024-03-15", "09:00")
	m = get2(d.FinaliseMinutes(ctx, d.by("taker"), s.ID, get2(d.Minutes(ctx, d.by("taker").Actor, s.ID))(t).Revision))(t)
	must(t)(d.SignMinutes(ctx, d.by("state-1"), s.ID, m.Digest))
	must(t)(d.SignMinutes(ctx, d.by("taker"), s.ID, m.Digest))
	d.propose("Gaidošs priekšlikums", plan.Ref{Revision: 1, Measure: 2, Task: 1})
	return d
}

func dueBy(due []Due) (n map[council.Erasable]int, kept map[council.Erasable]int) {
	n, kept = map[council.Erasable]int{}, map[council.Erasable]int{}
	for _, d := range due {
		n[d.Of], kept[d.Of] = d.Due, d.Kept
	}
	return n, kept
}

func TestWhatIsPastItsTimeIsErasedAndTheLedgerStaysValid(t *testing.T) {
	d := agedData(t)
	ctx := t.Context()
	n, kept := dueBy(get2(d.Retention(ctx, d.by("officer").Actor))(t))
	for _, of := range council.Erasables {
		want := 1
		if of == council.ErasableAccounts || of == council.ErasableCertificates { // the mandate still holds
			want = 0
		}
		if n[of] != 0 || kept[of] != want {
			t.Errorf("%s: %d of %d past their time at once, want none of %d", of, n[of], kept[of], want)
		}
	}
	_, err := d.ApplyRetention(ctx, d.by("officer"))
	if problem.KindOf(err) != problem.State {
		t.Errorf("with nothing past its time: %v", err)
	}
	d.at("2027-01-20", "09:00")
	before := get2(d.Retention(ctx, d.by("admin").Actor))(t)
	for _, x := range before {
		if x.Due != 1 || x.Oldest == "" {
			t.Errorf("%+v, want one past its time", x)
		}
	}
	for _, by := range []By{d.by("ngo-2"), {Actor: d.by("officer").Actor}} {
		if _, err := d.ApplyRetention(ctx, by); problem.KindOf(err) != problem.Forbidden {
			t.Errorf("by %s: %v", by.Actor.Person, err)
		}
	}
	by := d.by("officer")
	by.Command = "erase"
	erased := get2(d.ApplyRetention(ctx, by))(t)
	if len(erased) != len(council.Erasables) {
		t.Errorf("erased %+v", erased)
	}
	n, kept = dueBy(get2(d.Retention(ctx, operator.Actor))(t))
	for _, of := range council.Erasables {
		if n[of] != 0 || kept[of] != 0 {
			t.Errorf("afterwards %s: %d of %d", of, n[of], kept[of])
		}
	}
	if err := d.db.Check(ctx); err != nil {
		t.Error(err)
	}
	d.erasureIsTold()
	// What is not of a kind has stayed.
	if open := get2(storage.Read(ctx, d.council, (*storage.View).OpenProposals))(t); len(open) != 1 {
		t.Errorf("%d proposals wait, want one", len(open))
	}
	if all, _, err := d.Logins().Accounts(ctx, operator.Actor, storage.Page{Limit: 9}); err != nil || len(all) != 1 {
		t.Errorf("accounts: %v, %v", all, err)
	}
	if x := get2(d.Subject(ctx, d.by("officer").Actor, "ngo-6"))(t); x.Serial == "" {
		t.Error("the certificate of who holds an office is gone")
	}
}

// erasureIsTold looks for each erasure in ledger and history, and for names there.
func (d *desk) erasureIsTold() {
	d.t.Helper()
	entries := get2(storage.Read(d.t.Context(), d.council, func(v *storage.View) ([][]byte, error) { return v.LogEntries(0, 1000) }))(d.t)
	told := map[string]bool{}
	for _, raw := range entries {
		if leaf := get2(ledger.DecodeLeaf(raw))(d.t); leaf.Type == "records-erased" && leaf.Revision == 1 {
			told[leaf.Object] = true
		}
	}
	for _, of := range council.Erasables {
		if !told["retention/"+string(of)] {
			d.t.Errorf("the ledger does not say that %s were erased", of)
		}
		history, _, err := d.History(d.t.Context(), d.by("officer").Actor, "retention", string(of), storage.Page{Limit: 10})
		if err != nil || len(history) != 1 || history[0].Who != "officer" || strings.Contains(history[0].Note, "Ozola") {
			d.t.Errorf("the history of %s: %+v, %v", of, history, err)
		}
	}
}

func TestThePeriodsAreTheCouncils(t *testing.T) {
	d := agedData(t)
	ctx := t.Context()
	d.at("2024-06-20", "09:00")
	x := get2(d.Settings(ctx))(t)
	x.Keeping = council.Keeping{Comments: 30, Proposals: 30, Drafts: 30, Former: 30}
	must(t)(d.SaveSettings(ctx, operator, x.Revision, x))
	n, _ := dueBy(get2(d.Retention(ctx, operator.Actor))(t))
	for of, want := range map[council.Erasable]int{council.ErasableObservers: 1, council.ErasableComments: 1, council.ErasableProposals: 1,
		council.ErasableDrafts: 1, council.ErasableAccounts: 0, council.ErasableCertificates: 0} { // whose mandate holds until the end of the year
		if n[of] != want {
			t.Errorf("%s: %d past their time, want %d", of, n[of], want)
		}
	}
	x = get2(d.Settings(ctx))(t)
	x.Keeping.Former = 4000
	_, err := d.SaveSettings(ctx, operator, x.Revision, x)
	if problem.KindOf(err) != problem.Invalid {
		t.Errorf("eleven years: %v", err)
	}
}
