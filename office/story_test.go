package office

import (
	"bytes"
	"errors"
	"io"
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

type reader = io.Reader

var errDisk = errors.New("disk refused")

// From build to signed minutes and on to the next agenda, which takes up what
// this session left.
func TestWhatASessionLeavesComesOnAtTheNext(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	jan := d.prepared("2024-01-31")
	feb, mar := d.plan("2024-02-28"), d.plan("2024-03-27")
	d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	c := d.opened(jan.ID)
	d.closed(jan.ID, c, "")
	m := d.signed(jan.ID)
	if m.State != minutes.Signed || m.Number != 1 {
		t.Errorf("minutes are %s No. %d", m.State, m.Number)
	}

	d.at("2024-02-05", "10:00")
	late := d.propose("Par nodokļiem", plan.Ref{Revision: 1, Measure: 3, Task: 1})
	c = d.opened(feb.ID)
	var ids []string
	for _, it := range c.Items {
		ids = append(ids, it.ID)
	}
	want := []string{"opening", "execution", late.ID, "task-1/1.1", "any-other"}
	if !slices.Equal(ids, want) {
		t.Errorf("February's items are %q, want %q", ids, want)
	}
	if got := c.Items[0].Details; len(got) != 1 || got[0].Ref != jan.ID {
		t.Errorf("the opening lists %v, want January's minutes", got)
	}
	d.closed(feb.ID, c, late.ID)
	if m, err := d.Minutes(ctx, council.Actor{}, jan.ID); err != nil || m.State != minutes.Approved || m.ApprovedAt != feb.ID {
		t.Errorf("January's minutes are %s by %s, %v", m.State, m.ApprovedAt, err)
	}

	d.at("2024-03-01", "10:00")
	draft := get2(d.Preview(ctx, d.by("officer").Actor, mar.Date))(t)
	i := slices.IndexFunc(draft.Items, func(it agenda.Item) bool { return it.Kind.Substantive() })
	if i < 0 || draft.Items[i].ID != late.ID || !slices.Equal(draft.Items[i].Postponed, []council.Date{"2024-02-28"}) {
		t.Errorf("March's first substantive item is %+v, want the one postponed", draft.Items[i].Matter)
	}
	if p := get2(d.Proposal(ctx, d.by("ngo-2").Actor, late.ID))(t); p.State != agenda.Waiting {
		t.Errorf("the postponed proposal is %s", p.State)
	}
}

func TestPreviewChangesNothing(t *testing.T) {
	d := newDesk(t)
	d.prepared("2024-02-28")
	before := get2(d.Seq(t.Context()))(t)
	draft := get2(d.Preview(t.Context(), d.by("officer").Actor, "2024-02-28"))(t)
	if len(draft.Items)+len(draft.LeftOut) != 24+2 {
		t.Errorf("%d on and %d left out", len(draft.Items), len(draft.LeftOut))
	}
	if after := get2(d.Seq(t.Context()))(t); after != before {
		t.Errorf("a preview made %d changes", after-before)
	}
	anew := get2(PreviewAnew("2024-02-28"))(t)
	if len(anew.Items) != len(draft.Items) {
		t.Errorf("anew %d items, stored %d", len(anew.Items), len(draft.Items))
	}
}

func TestASessionDoesNotOpenOnAnAgendaThatWasChanged(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	d.convened(s.ID)
	s = get2(d.Session(ctx, s.ID))(t)
	if s.State != council.Convened {
		t.Fatalf("the session is %s", s.State)
	}
	s.Place = "Citur"
	s = get2(d.ChangeSession(ctx, d.by("officer"), s.ID, s.Revision, s))(t)
	_, err := d.OpenSession(ctx, d.by("officer"), s.ID, s.Revision, "state-1", "taker", "11:00", "")
	if problem.KindOf(err) != problem.State {
		t.Errorf("opening said %v", err)
	}
	if a := get2(d.Agenda(ctx, d.by("officer").Actor, s.ID))(t); a.Status != agenda.Drafting {
		t.Errorf("the agenda is %s", a.Status)
	}
	c, _, err := d.Version(ctx, council.Actor{}, s.ID, 0)
	if err != nil || c.Session.Place != "Brīvības bulvārī 36" {
		t.Errorf("the approved version reads %q, %v", c.Session.Place, err)
	}
}

func TestOnlyThoseWhoMayApprove(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	a := d.submitted(s.ID)
	digest := a.Versions[0].Digest
	for _, who := range []string{"officer", "admin", "ngo-2", ""} {
		if _, err := d.ApproveAgenda(ctx, d.by(who), s.ID, digest); problem.KindOf(err) != problem.Forbidden {
			t.Errorf("%q approving said %v", who, err)
		}
	}
	if _, err := d.ApproveAgenda(ctx, operator, s.ID, digest); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("the operator approving said %v", err)
	}
	if _, err := d.ApproveAgenda(ctx, d.by("state-1"), s.ID, strings.Repeat("0", 64)); problem.KindOf(err) != problem.Conflict {
		t.Errorf("another digest said %v", err)
	}
	must(t)(d.ApproveAgenda(ctx, d.by("stand-in"), s.ID, digest))
	a = get2(d.ApproveAgenda(ctx, d.by("ngo-1"), s.ID, digest))(t)
	if a.Status != agenda.Approved || a.Versions[0].Approvals[0].SubstituteFor != "state-1" {
		t.Errorf("%s, %+v", a.Status, a.Versions[0].Approvals)
	}
}

func TestDraftsAreHiddenFromOthers(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	d.submitted(s.ID)
	for _, who := range []string{"ngo-2", "admin", ""} {
		a := d.by(who).Actor
		if _, err := d.Agenda(ctx, a, s.ID); problem.KindOf(err) != problem.NotFound {
			t.Errorf("%q reading the draft said %v", who, err)
		}
		if _, _, err := d.Version(ctx, a, s.ID, 1); problem.KindOf(err) != problem.NotFound {
			t.Errorf("%q reading version 1 said %v", who, err)
		}
		if _, _, err := d.Version(ctx, a, s.ID, 0); problem.KindOf(err) != problem.NotFound {
			t.Errorf("%q reading the approved version said %v", who, err)
		}
	}
}

func TestASessionDoesNotCloseWithAnItemOpen(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	d.opened(s.ID)
	s = get2(d.Session(ctx, s.ID))(t)
	before := get2(d.Seq(ctx))(t)
	_, err := d.CloseSession(ctx, d.by("taker"), s.ID, s.Revision, "12:45")
	if problem.KindOf(err) != problem.State || !strings.Contains(err.Error(), "items[1]") {
		t.Errorf("closing said %v", err)
	}
	if after := get2(d.Seq(ctx))(t); after != before {
		t.Error("the refusal changed something")
	}
}

// The number and the digest are taken in one transaction, the file outside it:
// when the file cannot be stored the minutes wait for it, and going on gives the
// same number and the same digest.
func TestFinalisingGoesOnAfterAFailedFile(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-01-31")
	d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	c := d.opened(s.ID)
	d.closed(s.ID, c, "")
	m := get2(d.DraftMinutes(ctx, d.by("taker"), s.ID, 0))(t)
	d.blobs.fails.Store(true)
	if _, err := d.FinaliseMinutes(ctx, d.by("taker"), s.ID, m.Revision); err == nil {
		t.Fatal("finalising did not fail with the disk")
	}
	half := get2(d.Minutes(ctx, d.by("taker").Actor, s.ID))(t)
	if half.State != minutes.Final || half.PDF != "" || half.Number != 1 {
		t.Fatalf("half way: %s No. %d, file %q", half.State, half.Number, half.PDF)
	}
	if _, err := d.SignMinutes(ctx, d.by("state-1"), s.ID, half.Digest); problem.KindOf(err) != problem.State {
		t.Errorf("signing without a file said %v", err)
	}
	d.blobs.fails.Store(false)
	m = get2(d.FinaliseMinutes(ctx, d.by("taker"), s.ID, half.Revision))(t)
	if m.Number != 1 || m.Digest != half.Digest || m.PDF == "" || m.Pages < 1 {
		t.Errorf("afterwards: No. %d, %d pages", m.Number, m.Pages)
	}
}

func TestSignedMinutesRefuseEveryWrite(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-01-31")
	d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	c := d.opened(s.ID)
	d.closed(s.ID, c, "")
	m := d.signed(s.ID)
	by := d.by("taker")
	before := get2(d.Seq(ctx))(t)
	tries := map[string]error{}
	try := func(what string) func(any, error) { return func(_ any, err error) { tries[what] = err } }
	try("refresh")(d.DraftMinutes(ctx, by, s.ID, m.Revision))
	try("edit")(d.EditPart(ctx, by, s.ID, m.Revision, "opening", "Cits teksts."))
	try("take drafted")(d.TakeDrafted(ctx, by, s.ID, m.Revision, "opening"))
	try("annexes")(d.SetAnnexes(ctx, by, s.ID, m.Revision, nil))
	try("finalise")(d.FinaliseMinutes(ctx, by, s.ID, m.Revision))
	try("sign")(d.SignMinutes(ctx, by, s.ID, m.Digest))
	try("course")(d.RecordCourse(ctx, by, s.ID, "opening", 4, nil))
	try("outcome")(d.RecordOutcome(ctx, by, s.ID, "opening", 4, minutes.Noted, ""))
	try("attendance")(d.SaveAttendance(ctx, by, s.ID, 1, nil))
	try("agenda")(d.BuildAgenda(ctx, by, s.ID, 4))
	for what, err := range tries {
		if k := problem.KindOf(err); k != problem.State && k != problem.Conflict {
			t.Errorf("%s said %v", what, err)
		}
	}
	if after := get2(d.Seq(ctx))(t); after != before {
		t.Errorf("%d writes went through", after-before)
	}
}

// The stored file is what is handed out, and its text is that of the document.
func TestTheFrozenFileIsHandedOut(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-01-31")
	d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	c := d.opened(s.ID)
	d.closed(s.ID, c, "")
	m := d.signed(s.ID)
	var files [2][]byte
	for i := range files {
		r, size, err := d.MinutesPDF(ctx, council.Actor{}, locale.LV, s.ID)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = get2(io.ReadAll(r))(t)
		r.Close()
		if int64(len(files[i])) != size || size != m.PDFSize {
			t.Errorf("%d bytes, size %d, recorded %d", len(files[i]), size, m.PDFSize)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two downloads differ")
	}
	text := document.PlainText(get2(d.MinutesDocument(ctx, council.Actor{}, locale.LV, s.ID))(t))
	for _, want := range []string{"Balsojums: par – 11, pret – nav, atturas – 1", "1.1. Apstiprināt.", "2024. gada 31. janvārī"} {
		if !strings.Contains(strings.ReplaceAll(text, "\u00a0", " "), want) {
			t.Errorf("the minutes lack %q:\n%s", want, text)
		}
	}
}

func TestImportingAPlanAgainIsRefused(t *testing.T) {
	d := newDesk(t)
	d.prepared("2024-01-31")
	_, err := d.ImportPlan(t.Context(), operator, get2(plan.Real())(t))
	if problem.KindOf(err) != problem.State {
		t.Errorf("the same plan again said %v", err)
	}
	changed := get2(plan.Real())(t)
	changed.Measures[0].Tasks[0].Text += " Papildināts."
	file := PlanFile{Plan: changed}
	_, err = d.ApplyPlan(t.Context(), operator, file, "")
	if problem.KindOf(err) != problem.State {
		t.Errorf("without a preview it said %v", err)
	}
	seen := get2(d.PreviewPlan(t.Context(), operator.Actor, file))(t)
	p := get2(d.ApplyPlan(t.Context(), operator, file, seen.Digest))(t)
	if p.Revision != 2 {
		t.Errorf("revision %d", p.Revision)
	}
	if first := get2(d.Plan(t.Context(), 1))(t); strings.Contains(first.Measures[0].Tasks[0].Text, "Papildināts") {
		t.Error("revision 1 was overwritten")
	}
}

func TestRepeatedCommandsHaveOneEffect(t *testing.T) {
	d := newDesk(t)
	s := d.prepared("2024-02-28")
	by := d.by("officer")
	by.Command = "build-1"
	first := get2(d.BuildAgenda(t.Context(), by, s.ID, 0))(t)
	again := get2(d.BuildAgenda(t.Context(), by, s.ID, 0))(t)
	if first.Revision != 1 || again.Revision != 1 {
		t.Errorf("revisions %d and %d", first.Revision, again.Revision)
	}
	list, _, err := d.History(t.Context(), by.Actor, "agenda", s.ID, storage.Page{Limit: 10})
	if err != nil || len(list) != 1 {
		t.Errorf("%d entries in the history, %v", len(list), err)
	}
}
