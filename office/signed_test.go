package office

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/signature"
	"padome/internal/signature/asice/asicetest"
	"padome/internal/signature/signtest"
	"padome/minutes"
	"padome/plan"
)

// signing is a session whose minutes wait for electronic signatures of the chair
// and the minute-taker.
type signing struct {
	*desk
	session string
	world   *signtest.World
	frozen  []byte
	at      time.Time
	chair   signtest.Holder
	taker   signtest.Holder
}

func newSigning(t *testing.T) *signing {
	t.Helper()
	d := newDesk(t)
	set := get2(d.Settings(t.Context()))(t)
	set.Signing = council.SignedElectronically
	must(t)(d.SaveSettings(t.Context(), operator, set.Revision, set))
	s := &signing{desk: d, world: signtest.New("Tests")}
	s.chair = s.world.Person("ZANE KĀRKLIŅA", "PNOLV-010170-10001")
	s.taker = s.world.Person("ZANE ŽAGARE", "PNOLV-020280-20002")
	must(t)(d.SaveTrust(t.Context(), d.by("admin"), 0, s.world.PEM()))
	must(t)(d.SaveSubject(t.Context(), d.by("officer"), "state-1", 0, "PNOLV-010170-10001"))
	must(t)(d.SaveSubject(t.Context(), d.by("officer"), "taker", 0, "PNOLV-02028020002"))
	session := d.prepared("2024-01-31")
	d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	s.session = session.ID
	c := d.opened(s.session)
	d.closed(s.session, c, "")
	m := get2(d.DraftMinutes(t.Context(), d.by("taker"), s.session, 0))(t)
	must(t)(d.FinaliseMinutes(t.Context(), d.by("taker"), s.session, m.Revision))
	r, _, err := d.MinutesPDF(t.Context(), d.by("taker").Actor, "lv", s.session)
	s.frozen = all(t, r, err)
	s.at = d.db.Now().Add(-time.Minute)
	return s
}

func all(t *testing.T, r io.ReadCloser, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	return get2(io.ReadAll(r))(t)
}

func (s *signing) pdf(on []byte, who signtest.Holder, field string) []byte {
	return s.world.SignPDF(on, who, signtest.Signing{At: s.at}, field)
}

func (s *signing) upload(who string, file []byte) (minutes.Minutes, error) {
	return s.UploadSigned(s.t.Context(), s.by(who), s.session, bytes.NewReader(file))
}

// kept is the signed file as somebody gets it.
func (s *signing) kept(t *testing.T, who string) []byte {
	t.Helper()
	r, _, err := s.SignedFile(t.Context(), s.by(who).Actor, s.session)
	return all(t, r, err)
}

// refusedSigned fails unless an upload is refused for a reason and nothing is kept.
func (s *signing) refusedSigned(t *testing.T, who string, file []byte, want string) {
	t.Helper()
	before := get2(s.Minutes(t.Context(), s.by("taker").Actor, s.session))(t)
	_, err := s.upload(who, file)
	wantReason(t, err, want)
	if after := get2(s.Minutes(t.Context(), s.by("taker").Actor, s.session))(t); after.Revision != before.Revision {
		t.Error("a refused file changed the minutes")
	}
}

func TestTheSecondSignsTheFirstOnesPDF(t *testing.T) {
	s := newSigning(t)
	first := s.pdf(s.frozen, s.chair, "S1")
	m, err := s.upload("state-1", first)
	if err != nil || m.State != minutes.Final || len(m.Signatures) != 1 || m.Signatures[0].Person != "state-1" || m.Signatures[0].Level != signature.Stamped {
		t.Fatalf("%+v, %v", m.Signatures, err)
	}
	if v := m.SignedFile().Verdict; v.Signers[0].Serial != "" || v.Signers[0].Name != "ZANE KĀRKLIŅA" {
		t.Errorf("the verdict that is kept: %+v", v.Signers[0])
	}
	s.refusedSigned(t, "taker", first, "problem.minutes.signature-none-new")
	s.refusedSigned(t, "taker", s.pdf(s.frozen, s.taker, "S1"), "problem.office.signed-turn")
	s.refusedSigned(t, "taker", asicetest.Container(s.world, asicetest.File{Name: "protokols.pdf", Bytes: s.frozen}, s.at, s.taker), "problem.office.signed-pdf")
	second := s.pdf(s.kept(t, "taker"), s.taker, "S2")
	if m, err = s.upload("taker", second); err != nil || m.State != minutes.Signed || len(m.SignedFiles) != 2 {
		t.Fatalf("%s, %v", m.State, err)
	}
	for _, who := range []string{"taker", "ngo-5"} {
		if got := s.kept(t, who); !bytes.Equal(got, second) {
			t.Errorf("%s gets %d bytes, want the %d that were uploaded", who, len(got), len(second))
		}
	}
	for who, want := range map[string]bool{"ngo-5": true, "": false} {
		a := council.Actor{}
		if who != "" {
			a = s.by(who).Actor
		}
		b := get2(s.SessionPapers(t.Context(), a, "lv", s.session))(t)
		if got := slices.ContainsFunc(b.Files, func(f BundleFile) bool {
			return f.SHA256 == m.SignedFile().Sum && strings.HasSuffix(f.Path, "parakstīts.pdf")
		}); got != want {
			t.Errorf("the papers of %q have the signed file: %v", who, got)
		}
	}
	if _, _, err := s.SignedFile(t.Context(), council.Actor{}, s.session); problem.KindOf(err) != problem.NotFound {
		t.Errorf("the public gets the file with personal codes: %v", err)
	}
	s.refusedSigned(t, "taker", second, "problem.minutes.signed")
}

func TestContainersAreJoined(t *testing.T) {
	s := newSigning(t)
	doc := asicetest.File{Name: "protokols.pdf", Bytes: s.frozen}
	mine := asicetest.Container(s.world, doc, s.at, s.chair)
	m, err := s.upload("officer", mine) // the secretariat, for the chair
	if err != nil || !bytes.Equal(s.kept(t, "taker"), mine) || m.SignedFile().Uploaded != "" {
		t.Fatalf("%v", err)
	}
	s.refusedSigned(t, "taker", s.pdf(s.frozen, s.taker, "S1"), "problem.office.signed-container")
	m, err = s.upload("taker", asicetest.Container(s.world, doc, s.at, s.taker))
	if err != nil || m.State != minutes.Signed || len(m.Signatures) != 2 || m.SignedFile().Uploaded == "" {
		t.Fatalf("%+v, %v", m.Signatures, err)
	}
	if f := m.SignedFile(); len(f.Verdict.Signers) != 2 || f.Verdict.Format != signature.Container {
		t.Errorf("%+v", f.Verdict)
	}
}

func TestAFileThatIsNotGoodIsNotKept(t *testing.T) {
	s := newSigning(t)
	stranger := s.world.Person("KĀDS CITS", "PNOLV-030370-30003")
	s.refusedSigned(t, "state-1", s.pdf(s.frozen, stranger, "S1"), "problem.signature.person")
	s.refusedSigned(t, "state-1", s.frozen, "problem.signature.pdf.unsigned")
	s.refusedSigned(t, "state-1", bytes.Replace(s.pdf(s.frozen, s.chair, "S1"), []byte("%PDF-1.7"), []byte("%PDF-1.4"), 1), "problem.signature.pdf.rewritten")
	s.refusedSigned(t, "state-1", bytes.Repeat([]byte("x"), MaxSigned+1), "problem.signature.large")
	s.refusedSigned(t, "ngo-5", s.pdf(s.frozen, s.chair, "S1"), "problem.office.signed-file")
	must(t)(s.SaveTrust(t.Context(), s.by("admin"), 1, nil))
	s.refusedSigned(t, "state-1", s.pdf(s.frozen, s.chair, "S1"), "problem.signature.path")
	if _, err := s.SignMinutes(t.Context(), s.by("state-1"), s.session, get2(s.Minutes(t.Context(), s.by("taker").Actor, s.session))(t).Digest); problem.KindOf(err) != problem.State {
		t.Errorf("signed here: %v", err)
	}
}

// TestOfTwoWhoSignAtOnceOneSignsAgain: both signed the frozen file; the second
// has to sign the first one's.
func TestOfTwoWhoSignAtOnceOneSignsAgain(t *testing.T) {
	s := newSigning(t)
	m := get2(s.Minutes(t.Context(), s.by("taker").Actor, s.session))(t)
	f, seen, err := s.examine(t.Context(), m.Sealed(), s.pdf(s.frozen, s.taker, "S1"))
	if err != nil {
		t.Fatal(err)
	}
	must(t)(s.upload("state-1", s.pdf(s.frozen, s.chair, "S1")))
	now := get2(s.Minutes(t.Context(), s.by("taker").Actor, s.session))(t)
	if err := now.TakeSigned(s.by("taker").Actor, f, seen); problem.KindOf(err) != problem.Conflict {
		t.Errorf("got %v, want a conflict", err)
	}
}

// TestASignatureOfAnotherFrozenFileIsNotTaken: the minutes were reopened and
// frozen anew while the file was verified.
func TestASignatureOfAnotherFrozenFileIsNotTaken(t *testing.T) {
	s := newSigning(t)
	m := get2(s.Minutes(t.Context(), s.by("taker").Actor, s.session))(t)
	f, seen, err := s.examine(t.Context(), m.Sealed(), s.pdf(s.frozen, s.chair, "S1"))
	if err != nil {
		t.Fatal(err)
	}
	m.PDF = strings.Repeat("0", 64)
	if err := m.TakeSigned(s.by("state-1").Actor, f, seen); problem.KindOf(err) != problem.Conflict {
		t.Errorf("got %v, want a conflict", err)
	}
}

func TestWhoMayKeepWhatSignaturesAreCheckedAgainst(t *testing.T) {
	d := newDesk(t)
	if _, err := d.SaveTrust(t.Context(), d.by("officer"), 0, nil); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("the secretariat replaces the certificates: %v", err)
	}
	if _, err := d.SaveTrust(t.Context(), d.by("admin"), 0, []byte("no certificates")); problem.KindOf(err) != problem.Invalid {
		t.Errorf("a file without certificates: %v", err)
	}
	if _, err := d.Subject(t.Context(), d.by("ngo-1").Actor, "ngo-1"); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("the deputy sees personal codes: %v", err)
	}
	if _, err := d.SaveSubject(t.Context(), d.by("officer"), "ngo-1", 0, "010190-12345"); problem.KindOf(err) != problem.Invalid || !strings.Contains(err.Error(), "serial") {
		t.Errorf("a code without its kind: %v", err)
	}
	if _, err := d.SaveSubject(t.Context(), d.by("officer"), "nobody", 0, ""); problem.KindOf(err) != problem.NotFound {
		t.Errorf("somebody unknown: %v", err)
	}
}
