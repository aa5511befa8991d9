package minutes

import (
	"strings"
	"testing"
	"time"

	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
)

// decidedLater is the record of the session after that of record, with the
// opening item decided, and closed.
func decidedLater(t testing.TB) Record {
	r := record(t)
	r.Session.ID, r.Session.Date, r.Session.State = "s2", "2024-02-28", council.Closed
	for i := range r.Treatments {
		r.Treatments[i].Session = "s2"
	}
	return r
}

func signedMinutes(t testing.TB, r Record) Minutes {
	m := final(t, r)
	must(t, m.FreezePDF(sum, 1000, 3))
	must(t, m.Sign(actor("taker"), m.Digest, at))
	must(t, m.Sign(actor("state-1"), m.Digest, at))
	return m
}

var wanted = Wanted{Of: "p1", Clause: 2, Was: "līdz 2024. gada 28. februārim", Text: "līdz 2024. gada 29. februārim",
	Ground: "Pārrakstīšanās kļūda: balsots par 29. februāri.", Decided: "s2"}

func newCorrection(t testing.TB, r Record, m Minutes) Correction {
	c, err := NewCorrection(actor("officer"), &r, &m, decidedLater(t).Session, "k1", wanted, at)
	must(t, err)
	return c
}

func TestACorrectionIsAnActOfItsOwn(t *testing.T) {
	r := record(t)
	m := signedMinutes(t, r)
	c := newCorrection(t, r, m)
	later := decidedLater(t)
	must(t, m.MarkApproved("s2"))
	if m.WithCorrection([]Correction{c}) {
		t.Error("approved with a correction that is a draft")
	}
	must(t, c.Seal(&later, &m, NextCorrection(nil), at.Add(24*time.Hour)))
	if c.Reference() != "1/2024-L1" || c.DecidedItem != 1 || c.DecidedOn != "2024-02-28" || c.State != Final || len(c.Signers) != 2 {
		t.Errorf("sealed as %+v", c)
	}
	if !m.WithCorrection([]Correction{c}) {
		t.Error("not approved with the correction that its session decided")
	}
	x, err := c.Frozen()
	must(t, err)
	if x.MinutesPDF != m.PDF || x.MinutesDigest != m.Digest || x.Text != wanted.Text {
		t.Errorf("content %+v", x)
	}
	for lang, name := range map[locale.Lang]string{locale.LV: "correction.lv.txt", locale.EN: "correction.en.txt"} {
		golden(t, name, document.PlainText(c.Document(lang, &later, &m)))
	}
	wantFaults(t, c.Change(&r, later.Session, wanted), "problem.minutes.correction.final")
	wantFaults(t, c.Seal(&later, &m, 2, at), "problem.minutes.correction.final")
	wantFaults(t, c.Sign(actor("taker"), c.Digest, at), "problem.minutes.correction.not-frozen")
	must(t, c.FreezePDF(sum, 900, 1))
	wantFaults(t, c.FreezePDF(sum, 900, 1), "problem.minutes.correction.frozen")
	wantFaults(t, c.Sign(actor("taker"), m.Digest, at), "problem.minutes.digest")
	wantFaults(t, c.Sign(actor("officer"), c.Digest, at), "problem.minutes.not-signer")
	must(t, c.Sign(actor("taker"), c.Digest, at))
	wantFaults(t, c.Sign(actor("taker"), c.Digest, at), "problem.minutes.correction.signed-already")
	if c.Public() || c.MaySign(actor("taker")) || !c.MaySign(actor("state-1")) || !c.MayRead(actor("ngo-1"), r.Session) || c.MayRead(council.Actor{}, r.Session) {
		t.Error("a correction that one of two has signed waits for the other, inside")
	}
	must(t, c.Sign(actor("state-1"), c.Digest, at))
	if !c.Public() || !c.MayRead(council.Actor{}, r.Session) {
		t.Errorf("%s, not public", c.State)
	}
	wantFaults(t, c.Sign(actor("state-1"), c.Digest, at), "problem.minutes.correction.final")
	if n := NextCorrection([]Correction{c}); n != 2 {
		t.Errorf("the next is %d", n)
	}
}

func TestACorrectionThatIsTamperedWithIsFound(t *testing.T) {
	m := signedMinutes(t, record(t))
	c, later := newCorrection(t, record(t), m), decidedLater(t)
	must(t, c.Seal(&later, &m, 1, at))
	c.Content = []byte(strings.Replace(string(c.Content), "29. februārim", "30. februārim", 1))
	if _, err := c.Frozen(); err == nil {
		t.Error("read as if nothing had happened")
	}
}

func TestWhatCannotBeCorrected(t *testing.T) {
	r, later := record(t), decidedLater(t)
	m := signedMinutes(t, r)
	for name, tt := range map[string]struct {
		spoil func(*Minutes, *council.Session, *Wanted)
		want  []string
	}{
		"minutes that are not signed": {func(m *Minutes, _ *council.Session, _ *Wanted) { m.State = Final }, []string{"problem.minutes.correction.unsigned"}},
		"by their own session": {func(_ *Minutes, s *council.Session, _ *Wanted) { s.Date = day },
			[]string{"decided problem.minutes.correction.session"}},
		"by a session that is cancelled": {func(_ *Minutes, s *council.Session, _ *Wanted) { s.State = council.Cancelled },
			[]string{"decided problem.minutes.correction.session"}},
		"an item that is not there":  {func(_ *Minutes, _ *council.Session, w *Wanted) { w.Of, w.Clause = "nothing", 0 }, []string{"item problem.minutes.part"}},
		"a clause that is not there": {func(_ *Minutes, _ *council.Session, w *Wanted) { w.Clause = 4 }, []string{"clause problem.minutes.comment.clause"}},
		"a clause of no item":        {func(_ *Minutes, _ *council.Session, w *Wanted) { w.Of = "" }, []string{"clause problem.minutes.comment.clause"}},
		"without text and ground": {func(_ *Minutes, _ *council.Session, w *Wanted) { w.Text, w.Ground = " ", "" },
			[]string{"text problem.text.missing", "ground problem.text.missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			m, s, w := m, later.Session, wanted
			tt.spoil(&m, &s, &w)
			_, err := NewCorrection(actor("officer"), &r, &m, s, "k1", w, at)
			wantFaults(t, err, tt.want...)
		})
	}
	t.Run("what no session has decided does not become final", func(t *testing.T) {
		c := newCorrection(t, r, m)
		open := decidedLater(t)
		open.Session.State = council.Open
		wantFaults(t, c.Seal(&open, &m, 1, at), "problem.minutes.correction.open")
		c.Under = "p2" // that was postponed
		wantFaults(t, c.Seal(&later, &m, 1, at), "problem.minutes.correction.undecided")
		if c.State != Draft || c.Digest != "" {
			t.Errorf("left as %+v", c)
		}
	})
	t.Run("what is signed electronically is not signed here", func(t *testing.T) {
		c := newCorrection(t, r, m)
		outside := decidedLater(t)
		outside.Settings.Signing = council.SignedElectronically
		must(t, c.Seal(&outside, &m, 1, at))
		must(t, c.FreezePDF(sum, 900, 1))
		wantFaults(t, c.Sign(actor("taker"), c.Digest, at), "problem.minutes.correction.sign-electronic")
		if c.MaySign(actor("taker")) || !c.Awaits(actor("taker")) {
			t.Error("the minute-taker is awaited, but not to sign off here")
		}
	})
}

func TestReopeningTakesTwoPeopleAndAReason(t *testing.T) {
	r := record(t)
	fresh := func(t *testing.T) Minutes {
		m := final(t, r)
		must(t, m.FreezePDF(sum, 1000, 3))
		return m
	}
	t.Run("asked by one, confirmed by another, and the number stays", func(t *testing.T) {
		m := fresh(t)
		before := m
		wantFaults(t, m.AskReopening(actor("officer"), " ", at), "reason problem.text.missing")
		must(t, m.AskReopening(actor("officer"), "Nav pielikuma.", at))
		wantFaults(t, m.AskReopening(actor("taker"), "Arī es.", at), "problem.minutes.reopen.asked")
		wantFaults(t, m.Sign(actor("taker"), m.Digest, at), "problem.minutes.reopen.waits")
		wantFaults(t, m.ConfirmReopening(actor("officer"), r.Session, at), "problem.minutes.reopen.second")
		operator := actor("state-1")
		operator.Operator = true
		for _, a := range []council.Actor{actor("admin"), actor("ngo-3"), operator, {}} {
			wantFaults(t, m.ConfirmReopening(a, r.Session, at), "problem.minutes.reopen.who")
		}
		must(t, m.ConfirmReopening(actor("state-1"), r.Session, at.Add(time.Hour)))
		if m.State != Draft || m.Number != before.Number || m.Digest != "" || m.PDF != "" || m.Signing != "" || m.Signers != nil {
			t.Errorf("reopened as %+v", m)
		}
		if x := m.Reopened[0]; x.Digest != before.Digest || x.PDF != sum || x.Reason != "Nav pielikuma." || x.By != "officer" || x.ConfirmedBy != "state-1" || !m.FrozenBefore(before.Digest) {
			t.Errorf("kept %+v", x)
		}
		must(t, m.Edit(actor("officer"), "any-other", "Izsakās: V. Sarma"))
		c, err := m.Content(r, m.Number, at.Add(2*time.Hour))
		must(t, err)
		_, digest, err := c.Canonical()
		must(t, err)
		must(t, m.Finalise(c, digest, at.Add(2*time.Hour)))
		if digest == before.Digest {
			t.Error("another text has the same digest")
		}
	})
	t.Run("a request is taken back by who asked, declined by who could confirm", func(t *testing.T) {
		for _, who := range []string{"officer", "ngo-2", "state-1"} {
			m := fresh(t)
			wantFaults(t, m.DropReopening(actor(who), r.Session), "problem.minutes.reopen.none")
			must(t, m.AskReopening(actor("officer"), "Nav pielikuma.", at))
			wantFaults(t, m.DropReopening(actor("ngo-3"), r.Session), "problem.minutes.reopen.who")
			must(t, m.DropReopening(actor(who), r.Session))
			if m.Reopening != nil || m.State != Final {
				t.Errorf("%s left %+v", who, m)
			}
		}
	})
	t.Run("never after a signature", func(t *testing.T) {
		m := fresh(t)
		must(t, m.AskReopening(actor("officer"), "Nav pielikuma.", at))
		asked := m
		m.Reopening = nil
		must(t, m.Sign(actor("taker"), m.Digest, at))
		wantFaults(t, m.AskReopening(actor("officer"), "Nav pielikuma.", at), "problem.minutes.reopen.signed")
		m.Reopening = asked.Reopening
		wantFaults(t, m.ConfirmReopening(actor("state-1"), r.Session, at), "problem.minutes.reopen.signed")
		draft := DraftFrom(r)
		wantFaults(t, draft.AskReopening(actor("officer"), "Nav pielikuma.", at), "problem.minutes.not-final")
	})
}
