package office

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// The next session approves the minutes with a correction, which is signed by
// itself; not one byte of the signed minutes changes.
func TestMinutesAreApprovedWithACorrection(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	jan := d.prepared("2024-01-31")
	feb := d.plan("2024-02-28")
	d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	c := d.opened(jan.ID)
	d.closed(jan.ID, c, "")
	w := minutes.Wanted{Of: c.Items[1].ID, Clause: 1, Was: "priekšlikumus", Text: "priekšlikumu projektu", Ground: "Pārrakstīšanās kļūda.", Decided: feb.ID}
	m := get2(d.DraftMinutes(ctx, d.by("taker"), jan.ID, 0))(t)
	if _, err := d.DraftCorrection(ctx, d.by("officer"), jan.ID, w); problem.KindOf(err) != problem.State {
		t.Errorf("a correction of a draft: %v", err)
	}
	m = get2(d.FinaliseMinutes(ctx, d.by("taker"), jan.ID, m.Revision))(t)
	must(t)(d.SignMinutes(ctx, d.by("state-1"), jan.ID, m.Digest))
	must(t)(d.SignMinutes(ctx, d.by("taker"), jan.ID, m.Digest))
	signed := d.file(jan.ID)

	d.at("2024-02-05", "10:00")
	if _, err := d.DraftCorrection(ctx, d.by("ngo-2"), jan.ID, w); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("a member drafts a correction: %v", err)
	}
	x := get2(d.DraftCorrection(ctx, d.by("officer"), jan.ID, w))(t)
	w.Text = "priekšlikumu projektu un iesniegt to"
	x = get2(d.ChangeCorrection(ctx, d.by("officer"), jan.ID, x.ID, x.Revision, w))(t)
	if _, err := d.FinaliseCorrection(ctx, d.by("officer"), jan.ID, x.ID, x.Revision); err == nil {
		t.Error("final before its session")
	}
	doc, err := d.CorrectionDocument(ctx, d.by("officer").Actor, locale.LV, jan.ID, x.ID)
	if err != nil || !doc.Draft {
		t.Errorf("a draft is shown before the agenda of its session is approved: %v", err)
	}
	if all, err := d.Corrections(ctx, council.Actor{}, jan.ID); err != nil || len(all) != 0 {
		t.Errorf("the public sees %d drafts, %v", len(all), err)
	}
	c = d.opened(feb.ID)
	d.closed(feb.ID, c, "")
	x = get2(d.FinaliseCorrection(ctx, d.by("officer"), jan.ID, x.ID, x.Revision))(t)
	if x.Reference() != "1/2024-L1" || x.PDF == "" || x.DecidedItem != 1 {
		t.Fatalf("final as %+v", x)
	}
	unproven := d.by("state-1")
	unproven.Proof = nil
	if _, err := d.SignCorrection(ctx, unproven, jan.ID, x.ID, x.Digest); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("signed without a proof: %v", err)
	}
	must(t)(d.SignCorrection(ctx, d.by("state-1"), jan.ID, x.ID, x.Digest))
	x = get2(d.SignCorrection(ctx, d.by("taker"), jan.ID, x.ID, x.Digest))(t)

	f := get2(d.MinutesFolder(ctx, council.Actor{}, locale.LV, jan.ID))(t)
	if len(f.Corrections) != 1 || !f.Minutes.WithCorrection(f.Corrections) || f.Minutes.ApprovedAt != feb.ID {
		t.Errorf("the public sees %d corrections of minutes approved by %s", len(f.Corrections), f.Minutes.ApprovedAt)
	}
	if !bytes.Equal(d.file(jan.ID), signed) {
		t.Error("the signed file changed")
	}
	b := get2(d.SessionPapers(ctx, council.Actor{}, locale.LV, jan.ID))(t)
	if !strings.Contains(b.Manifest(), x.PDF+"  Protokola labojums Nr. 1_2024-L1.pdf") || !strings.Contains(b.Manifest(), m.PDF) {
		t.Errorf("the bundle lists\n%s", b.Manifest())
	}
	r, _, err := d.CorrectionPDF(ctx, council.Actor{}, locale.LV, jan.ID, x.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if file := get2(io.ReadAll(r))(t); int64(len(file)) != x.PDFSize || !bytes.HasPrefix(file, []byte("%PDF-")) {
		t.Errorf("the correction's file has %d bytes", len(file))
	}
	if en := get2(d.CorrectionDocument(ctx, council.Actor{}, locale.EN, jan.ID, x.ID))(t); en.Lang != "en" || en.Draft {
		t.Errorf("in English it is %q, draft %v", en.Title, en.Draft)
	}
}

// file is the stored file of minutes.
func (d *desk) file(session string) []byte {
	d.t.Helper()
	r, _, err := d.MinutesPDF(d.t.Context(), council.Actor{}, locale.LV, session)
	if err != nil {
		d.t.Fatal(err)
	}
	defer r.Close()
	return get2(io.ReadAll(r))(d.t)
}

func TestFinalMinutesAreReopenedByTwoAndKeepTheirNumber(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	jan := d.prepared("2024-01-31")
	d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	c := d.opened(jan.ID)
	d.closed(jan.ID, c, "")
	m := get2(d.DraftMinutes(ctx, d.by("taker"), jan.ID, 0))(t)
	first := get2(d.FinaliseMinutes(ctx, d.by("taker"), jan.ID, m.Revision))(t)
	if _, err := d.AskReopening(ctx, d.by("ngo-2"), jan.ID, first.Revision, "Kļūda."); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("a member asks: %v", err)
	}
	m = get2(d.AskReopening(ctx, d.by("officer"), jan.ID, first.Revision, "Nav pielikuma."))(t)
	m = get2(d.DropReopening(ctx, d.by("state-1"), jan.ID, m.Revision))(t)
	m = get2(d.AskReopening(ctx, d.by("officer"), jan.ID, m.Revision, "Nav pielikuma."))(t)
	if _, err := d.ConfirmReopening(ctx, d.by("officer"), jan.ID, m.Revision); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("who asked confirms: %v", err)
	}
	if _, err := d.ConfirmReopening(ctx, By{}, jan.ID, m.Revision); problem.KindOf(err) != problem.NotFound {
		t.Errorf("somebody from outside confirms: %v", err)
	}
	m = get2(d.ConfirmReopening(ctx, d.by("state-1"), jan.ID, m.Revision))(t)
	if f := get2(d.MinutesFolder(ctx, d.by("taker").Actor, locale.LV, jan.ID))(t); !f.Editing || f.Number != 1 {
		t.Errorf("editing %v under number %d", f.Editing, f.Number)
	}
	d.at("2024-02-01", "10:00")
	second := get2(d.FinaliseMinutes(ctx, d.by("taker"), jan.ID, m.Revision))(t)
	if second.Number != 1 || second.Digest == first.Digest || second.PDF == first.PDF {
		t.Errorf("final again as No. %d, digest and file new: %v, %v", second.Number, second.Digest != first.Digest, second.PDF != first.PDF)
	}
	if _, _, err := d.db.OpenBlob(ctx, first.PDF, 0, -1); err != nil {
		t.Errorf("the file that was final before is gone: %v", err)
	}
	entries, _, err := d.History(ctx, d.by("officer").Actor, "minutes", jan.ID, storage.Page{Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, e := range entries {
		said = append(said, e.What+" "+e.Note)
	}
	if got := strings.Join(said, "\n"); !strings.Contains(got, "history.minutes.reopen.confirmed") || !strings.Contains(got, "history.minutes.reopen.asked Nav pielikuma.") {
		t.Errorf("the history says\n%s", got)
	}
	must(t)(d.SignMinutes(ctx, d.by("taker"), jan.ID, second.Digest))
	if _, err := d.AskReopening(ctx, d.by("officer"), jan.ID, storage.Newest, "Kļūda."); problem.KindOf(err) != problem.State {
		t.Errorf("reopened after a signature: %v", err)
	}
}
