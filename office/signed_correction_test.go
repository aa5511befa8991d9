package office

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/internal/signature"
	"padome/internal/signature/asice/asicetest"
	"padome/minutes"
)

// corrected has the minutes signed electronically, holds the next session, and
// makes two corrections final on which it decided.
func (s *signing) corrected(t *testing.T) (first, second minutes.Correction, feb council.Session) {
	ctx := t.Context()
	must(t)(s.upload("state-1", s.pdf(s.frozen, s.chair, "S1")))
	must(t)(s.upload("taker", s.pdf(s.kept(t, "taker"), s.taker, "S2")))
	feb = s.plan("2024-02-28")
	draft := func(text string) minutes.Correction {
		w := minutes.Wanted{Was: "12.00", Text: text, Ground: "Sēdes ieraksts.", Decided: feb.ID}
		return get2(s.DraftCorrection(ctx, s.by("officer"), s.session, w))(t)
	}
	first, second = draft("12.05"), draft("Protokola pielikumā ir divas lapas.")
	c := s.opened(feb.ID)
	s.closed(feb.ID, c, "")
	finalise := func(c minutes.Correction) minutes.Correction {
		return get2(s.FinaliseCorrection(ctx, s.by("officer"), s.session, c.ID, c.Revision))(t)
	}
	first, second = finalise(first), finalise(second)
	s.at = s.db.Now().Add(-time.Minute)
	return first, second, feb
}

func (s *signing) uploadTo(who string, c minutes.Correction, file []byte) (minutes.Correction, error) {
	return s.UploadSignedCorrection(s.t.Context(), s.by(who), s.session, c.ID, bytes.NewReader(file))
}

// A correction is a paper of its own: its signatures are over its own file, come
// in turn in a PDF or joined in a container, and the minutes stay as they are.
func TestACorrectionIsSignedElectronicallyByItself(t *testing.T) {
	s := newSigning(t)
	ctx := t.Context()
	x, y, feb := s.corrected(t)
	minutesFile := s.kept(t, "taker")
	r, _, err := s.CorrectionPDF(ctx, s.by("taker").Actor, locale.LV, s.session, x.ID)
	frozen := all(t, r, err)
	refused := func(who string, c minutes.Correction, file []byte, want string) {
		t.Helper()
		wantReason(t, func() error { _, err := s.uploadTo(who, c, file); return err }(), want)
	}
	if _, err := s.SignCorrection(ctx, s.by("state-1"), s.session, x.ID, x.Digest); problem.KindOf(err) != problem.State {
		t.Errorf("signed here: %v", err)
	}
	refused("state-1", x, minutesFile, "problem.signature.pdf.rewritten") // signatures of the minutes are none of it
	refused("state-1", x, s.pdf(frozen, s.world.Person("KĀDS CITS", "PNOLV-030370-30003"), "S1"), "problem.signature.person")
	refused("ngo-5", x, s.pdf(frozen, s.chair, "S1"), "problem.office.signed-file")
	first := s.pdf(frozen, s.chair, "S1")
	x = get2(s.uploadTo("state-1", x, first))(t)
	refused("taker", x, s.pdf(frozen, s.taker, "S1"), "problem.office.signed-turn")
	second := s.pdf(first, s.taker, "S2")
	x = get2(s.uploadTo("taker", x, second))(t)
	if x.State != minutes.Signed || len(x.SignedFiles) != 2 || x.Signatures[0].Level != signature.Stamped || x.SignedFile().Verdict.Signers[0].Serial != "" {
		t.Fatalf("%s: %+v", x.State, x.Signatures)
	}
	refused("taker", x, second, "problem.minutes.correction.signed")

	r, _, err = s.CorrectionPDF(ctx, s.by("taker").Actor, locale.LV, s.session, y.ID)
	doc := asicetest.File{Name: "labojums.pdf", Bytes: all(t, r, err)}
	y = get2(s.uploadTo("taker", y, asicetest.Container(s.world, doc, s.at, s.taker)))(t)
	refused("state-1", y, s.pdf(doc.Bytes, s.chair, "S1"), "problem.office.signed-container")
	y = get2(s.uploadTo("officer", y, asicetest.Container(s.world, doc, s.at, s.chair)))(t) // the secretariat, for the chair
	if y.State != minutes.Signed || y.SignedFile().Uploaded == "" || len(y.SignedFile().Verdict.Signers) != 2 {
		t.Fatalf("joined as %s: %+v", y.State, y.SignedFile())
	}

	got := func(who string, c minutes.Correction) []byte {
		r, _, err := s.SignedCorrection(ctx, s.by(who).Actor, s.session, c.ID)
		return all(t, r, err)
	}
	if !bytes.Equal(got("ngo-5", x), second) {
		t.Error("a member gets other bytes than were uploaded")
	}
	if _, _, err := s.SignedCorrection(ctx, council.Actor{}, s.session, x.ID); problem.KindOf(err) != problem.NotFound {
		t.Errorf("the public gets the file with personal codes: %v", err)
	}
	b := get2(s.SessionPapers(ctx, s.by("ngo-5").Actor, locale.LV, s.session))(t)
	for _, want := range []string{x.SignedFile().Sum + "  Protokola labojums Nr. 1_2024-L1, elektroniski parakstīts.pdf", y.SignedFile().Sum + "  Protokola labojums Nr. 1_2024-L2, elektroniski parakstīts.edoc"} {
		if !strings.Contains(b.Manifest(), want) {
			t.Errorf("the papers lack %q:\n%s", want, b.Manifest())
		}
	}
	if !bytes.Equal(s.kept(t, "taker"), minutesFile) {
		t.Error("the signed bytes of the minutes changed")
	}
	if m := get2(s.Minutes(ctx, council.Actor{}, s.session))(t); m.ApprovedAt != feb.ID || !m.WithCorrection([]minutes.Correction{x, y}) {
		t.Errorf("approved at %q", m.ApprovedAt)
	}
}

// wantReason fails unless an error, or a field of it, has a reason.
func wantReason(t *testing.T, err error, want string) {
	t.Helper()
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		t.Fatalf("got %v, want %s", err, want)
	}
	keys := []string{e.Key}
	for _, f := range e.Fields {
		keys = append(keys, f.Key)
	}
	if !slices.Contains(keys, want) {
		t.Errorf("got %v, want %s", keys, want)
	}
}
