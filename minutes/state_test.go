package minutes

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/council"
)

var sum = strings.Repeat("f", 64)

// final are minutes that wait for their two signatures.
func final(t fataler, r Record) Minutes {
	m := DraftFrom(r)
	c, err := m.Content(r, 1, at)
	must(t, err)
	_, digest, err := c.Canonical()
	must(t, err)
	must(t, m.Finalise(c, digest, at))
	return m
}

func signed(t fataler, r Record) Minutes {
	m := final(t, r)
	must(t, m.FreezePDF(sum, 1000, 3))
	must(t, m.Sign(actor("state-1"), m.Digest, at))
	must(t, m.Sign(actor("taker"), m.Digest, at))
	return m
}

func TestSignOff(t *testing.T) {
	r := record(t)
	t.Run("minutes are signed once all have signed", func(t *testing.T) {
		m := final(t, r)
		must(t, m.FreezePDF(sum, 1000, 3))
		must(t, m.Sign(actor("taker"), m.Digest, at))
		if m.State != Final || len(m.Unsigned()) != 1 || m.Unsigned()[0].Person != "state-1" {
			t.Errorf("%s, waiting for %v", m.State, m.Unsigned())
		}
		must(t, m.Sign(actor("state-1"), m.Digest, at.Add(time.Hour)))
		want := []Signature{
			{Person: "taker", Name: "V.\u00a0Sarma", Digest: m.Digest, At: at.Truncate(time.Second)},
			{Person: "state-1", Name: "A.\u00a0Ozols", Digest: m.Digest, At: at.Add(time.Hour).Truncate(time.Second)},
		}
		if diff := cmp.Diff(m.Signatures, want); diff != "" || m.State != Signed {
			t.Errorf("%s (-got +want):\n%s", m.State, diff)
		}
	})
	t.Run("nobody signs a draft", func(t *testing.T) {
		m := DraftFrom(r)
		wantFaults(t, m.Sign(actor("taker"), "", at), "problem.minutes.not-final")
		wantFaults(t, m.FreezePDF(sum, 1, 1), "problem.minutes.not-final")
	})
	t.Run("how they are signed is fixed when they become final, and nobody signs another way", func(t *testing.T) {
		here := final(t, r)
		outside := r
		outside.Settings.Signing = council.SignedElectronically
		m := final(t, outside)
		must(t, m.FreezePDF(sum, 1000, 3))
		wantFaults(t, m.Sign(actor("taker"), m.Digest, at), "problem.minutes.sign-electronic")
		if here.Signing != council.SignedHere || m.Signing != council.SignedElectronically || m.State != Final {
			t.Errorf("signed %q and %q, state %s", here.Signing, m.Signing, m.State)
		}
		if m.MaySign(actor("taker")) || !m.Awaits(actor("taker")) || m.Awaits(actor("officer")) {
			t.Error("the minute-taker is awaited, but not to sign off here; nobody else is")
		}
	})
	t.Run("nobody signs before the file is frozen", func(t *testing.T) {
		m := final(t, r)
		wantFaults(t, m.Sign(actor("taker"), m.Digest, at), "problem.minutes.not-frozen")
	})
	t.Run("a role alone does not sign", func(t *testing.T) {
		m := final(t, r)
		must(t, m.FreezePDF(sum, 1000, 3))
		operator := actor("taker")
		operator.Operator = true
		for _, a := range []council.Actor{actor("officer"), actor("admin"), actor("ngo-2"), actor("state-2"), operator, {}} {
			wantFaults(t, m.Sign(a, m.Digest, at), "problem.minutes.not-signer")
			if m.MaySign(a) {
				t.Errorf("%s may sign", a.Name)
			}
		}
	})
	t.Run("a signature is for the digest that was shown", func(t *testing.T) {
		m := final(t, r)
		must(t, m.FreezePDF(sum, 1000, 3))
		wantFaults(t, m.Sign(actor("taker"), sum, at), "problem.minutes.digest")
		wantFaults(t, m.Sign(actor("taker"), "", at), "problem.minutes.digest")
	})
	t.Run("nobody signs twice", func(t *testing.T) {
		m := final(t, r)
		must(t, m.FreezePDF(sum, 1000, 3))
		must(t, m.Sign(actor("taker"), m.Digest, at))
		wantFaults(t, m.Sign(actor("taker"), m.Digest, at), "problem.minutes.signed-already")
		if m.MaySign(actor("taker")) || !m.MaySign(actor("state-1")) {
			t.Error("the wrong one may sign")
		}
	})
	t.Run("the file is frozen once", func(t *testing.T) {
		m := final(t, r)
		wantFaults(t, m.FreezePDF("abc", 0, 0), "pdf problem.minutes.sum", "pdf problem.minutes.pdf")
		must(t, m.FreezePDF(sum, 1000, 3))
		wantFaults(t, m.FreezePDF(sum, 1000, 3), "problem.minutes.frozen")
	})
	t.Run("only a later session approves, and only what is signed, once", func(t *testing.T) {
		m := final(t, r)
		wantFaults(t, m.MarkApproved("s2"), "problem.minutes.not-signed")
		m = signed(t, r)
		wantFaults(t, m.MarkApproved("s1"), "problem.minutes.approves-itself")
		must(t, m.MarkApproved("s2"))
		if m.State != Approved || m.ApprovedAt != "s2" {
			t.Errorf("%s at %s", m.State, m.ApprovedAt)
		}
		wantFaults(t, m.MarkApproved("s3"), "problem.minutes.approved")
	})
}

func TestFinalise(t *testing.T) {
	r := record(t)
	t.Run("needs a number, a digest and signers of their own", func(t *testing.T) {
		m := DraftFrom(r)
		wantFaults(t, m.Finalise(Content{}, "x", at), "number problem.range", "digest problem.minutes.sum", "signers problem.minutes.signers")
		wantFaults(t, m.Finalise(Content{Number: 1, Signers: []Signer{{Person: "a"}, {Person: "a"}, {}}}, sum, at),
			"signers[1] problem.minutes.signer", "signers[2] problem.minutes.signer")
		if m.State != Draft || m.Number != 0 {
			t.Errorf("%s under number %d", m.State, m.Number)
		}
	})
	t.Run("happens once", func(t *testing.T) {
		m := final(t, r)
		wantFaults(t, m.Finalise(Content{Number: 2, Signers: m.Signers}, sum, at), "problem.minutes.final")
		_, err := m.Content(r, 2, at)
		wantFaults(t, err, "problem.minutes.final")
	})
	t.Run("waits until the session is closed", func(t *testing.T) {
		m, open := DraftFrom(r), r
		open.Session.State = council.Open
		_, err := m.Content(open, 1, at)
		wantFaults(t, err, "problem.minutes.session-open")
	})
	t.Run("waits for what is missing", func(t *testing.T) {
		m := DraftFrom(r)
		must(t, m.Edit(actor("officer"), "p1", ""))
		_, err := m.Content(r, 1, at)
		wantFaults(t, err, "minutes problem.minutes.missing.course")
	})
	t.Run("chair and deputy sign where the council has it so", func(t *testing.T) {
		both := r
		both.Settings.Signers = council.ChairAndDeputy
		want := []Signer{
			{Person: "state-1", Name: "A.\u00a0Ozols", Title: "Memoranda padomes vadītājs", TitleEN: "Memorandum Council chair", As: council.Chair},
			{Person: "ngo-2", Name: "B.\u00a0Cielava", Title: "Memoranda padomes vadītāja vietniece", TitleEN: "Memorandum Council deputy chair", As: council.Deputy},
		}
		if diff := cmp.Diff(RequiredSigners(both), want); diff != "" {
			t.Errorf("signers (-got +want):\n%s", diff)
		}
	})
	t.Run("the chair's substitute who presided signs for the chair", func(t *testing.T) {
		both := r
		both.Settings.Signers = council.ChairAndDeputy
		both.Session.Presiding = "state-2"
		both.Roster = council.NewRoster(r.Settings, people(), append(mandates(), council.Mandate{
			ID: "sub", Person: "state-2", Role: council.Chair, Side: council.State, From: day, SubstituteFor: "state-1"}))
		got := RequiredSigners(both)
		if got[0].Person != "state-2" || got[0].Title != "Memoranda padomes vadītāja aizstājēja" || got[1].Person != "ngo-2" {
			t.Errorf("signers %+v", got)
		}
	})
}

func TestContent(t *testing.T) {
	r := record(t)
	m := DraftFrom(r)
	freeze := func(r Record, number int) (string, []byte) {
		c, err := m.Content(r, number, at)
		must(t, err)
		raw, digest, err := c.Canonical()
		must(t, err)
		return digest, raw
	}
	digest, raw := freeze(r, 1)
	t.Run("the same content has the same bytes", func(t *testing.T) {
		again, other := freeze(r, 1)
		if again != digest || !bytes.Equal(raw, other) {
			t.Error("the bytes differ")
		}
	})
	t.Run("what is drawn of the final minutes is what was frozen", func(t *testing.T) {
		c, err := ReadContent(raw, digest)
		must(t, err)
		want, err := json.Marshal(Document("lv", r, final(t, r)))
		must(t, err)
		got, err := json.Marshal(c.Document)
		must(t, err)
		if !bytes.Equal(got, want) {
			t.Errorf("frozen\n%s\ndrawn\n%s", got, want)
		}
		if len(c.Decisions) != 4 || c.Decisions[2].Number != "2.2." || c.Decisions[2].Addressee != "Finanšu ministrija" {
			t.Errorf("decisions %+v", c.Decisions)
		}
	})
	t.Run("frozen bytes are held to the digest", func(t *testing.T) {
		if _, err := ReadContent(bytes.Replace(raw, []byte("12"), []byte("13"), 1), digest); err == nil {
			t.Error("changed bytes were read")
		}
		if _, err := ReadContent(raw, sum); err == nil {
			t.Error("another digest was taken")
		}
	})
	for name, change := range map[string]func(*Record){
		"the number":                nil,
		"a decision's addressee":    func(r *Record) { r.Decisions = append([]Decision{}, r.Decisions...); r.Decisions[2].Addressee = "X" },
		"somebody's attendance":     func(r *Record) { r.Attendance.Entries = r.Attendance.Entries[:len(r.Attendance.Entries)-1] },
		"the approved agenda":       func(r *Record) { r.Digest = sum },
		"the time the session ends": func(r *Record) { r.Session.ClosedAt = "12:46" },
	} {
		t.Run(name+" is covered by the digest", func(t *testing.T) {
			changed, number := r, 1
			if change == nil {
				number = 2
			} else {
				change(&changed)
			}
			if other, _ := freeze(changed, number); other == digest {
				t.Error("the digest is the same")
			}
		})
	}
}

// TestSignedMinutesNeverChange runs every operation in every order: from final
// on no content changes, from signed on nothing does but the approval.
func TestSignedMinutesNeverChange(t *testing.T) {
	r := record(t)
	c, err := new(DraftFrom(r)).Content(r, 1, at)
	must(t, err)
	_, digest, err := c.Canonical()
	must(t, err)
	who := []string{"state-1", "taker", "officer", "admin", "ngo-2", ""}
	rapid.Check(t, func(t *rapid.T) {
		m := DraftFrom(r)
		if rapid.Bool().Draw(t, "already signed") {
			m = signed(t, r)
		}
		before := clone(t, m)
		op := func(name string, do func(*rapid.T) error) func(*rapid.T) {
			return func(t *rapid.T) {
				before = clone(t, m)
				if err := do(t); err != nil {
					if diff := cmp.Diff(m, before); diff != "" {
						t.Fatalf("%s was refused (%v) and changed:\n%s", name, err, diff)
					}
				} else if before.State == Approved || before.State == Signed && name != "approve" {
					t.Fatalf("%s was accepted on %s minutes", name, before.State)
				}
			}
		}
		edit := func(t *rapid.T) error { return m.Edit(actor("officer"), "p1", rapid.String().Draw(t, "text")) }
		t.Repeat(map[string]func(*rapid.T){
			"edit":         op("edit", edit),
			"take drafted": op("take drafted", func(*rapid.T) error { return m.TakeDrafted("p1") }),
			"refresh":      op("refresh", func(*rapid.T) error { return m.Refresh(r) }),
			"annexes":      op("annexes", func(*rapid.T) error { return m.SetAnnexes([]Annex{{Title: "Y"}}) }),
			"finalise":     op("finalise", func(*rapid.T) error { return m.Finalise(c, digest, at) }),
			"freeze":       op("freeze", func(*rapid.T) error { return m.FreezePDF(sum, 1, 1) }),
			"approve":      op("approve", func(*rapid.T) error { return m.MarkApproved("s2") }),
			"sign": op("sign", func(t *rapid.T) error {
				return m.Sign(actor(rapid.SampledFrom(who).Draw(t, "who")), rapid.SampledFrom([]string{digest, sum}).Draw(t, "digest"), at)
			}),
			"": func(t *rapid.T) {
				if m.State != Draft && before.State != Draft {
					fixed, now := before, m
					for _, x := range []*Minutes{&fixed, &now} {
						x.State, x.PDF, x.PDFSize, x.Pages, x.Signatures, x.ApprovedAt = "", "", 0, 0, nil, ""
					}
					if diff := cmp.Diff(now, fixed); diff != "" {
						t.Fatalf("final minutes changed:\n%s", diff)
					}
				}
				if all := len(m.Signatures) == len(m.Signers) && m.State != Draft; all != (m.State == Signed || m.State == Approved) {
					t.Fatalf("%s with %d of %d signatures", m.State, len(m.Signatures), len(m.Signers))
				}
				if len(m.Signatures) > 0 && m.PDF == "" {
					t.Fatal("signed without a file")
				}
			},
		})
	})
}

func clone(t fataler, m Minutes) Minutes {
	raw, err := json.Marshal(m)
	must(t, err)
	var c Minutes
	must(t, json.Unmarshal(raw, &c))
	return c
}

func TestRights(t *testing.T) {
	s := openSession()
	for who, want := range map[string]bool{"officer": true, "taker": true, "state-1": true, "ngo-2": false, "state-2": false, "admin": false, "": false} {
		t.Run("recording: "+who, func(t *testing.T) {
			if got := MayRecord(actor(who), s); got != want {
				t.Errorf("got %v", got)
			}
		})
	}
	t.Run("only the secretariat reports on execution", func(t *testing.T) {
		if !MayReport(actor("officer")) || MayReport(actor("state-1")) || MayReport(council.Actor{}) {
			t.Error("wrong")
		}
	})
	t.Run("drafts are for the council, signed minutes for everybody", func(t *testing.T) {
		m := DraftFrom(record(t))
		if m.MayRead(council.Actor{}) || m.MayRead(actor("admin")) || !m.MayRead(actor("ngo-5")) {
			t.Error("a draft is open to the wrong people")
		}
		m.State = Signed
		if !m.MayRead(council.Actor{}) {
			t.Error("signed minutes are hidden")
		}
	})
	t.Run("attendance can be mended until the minutes are final", func(t *testing.T) {
		var a Attendance
		for _, state := range []council.SessionState{council.Convened, council.Open, council.Closed} {
			s.State = state
			must(t, a.MayChange(s, Draft))
			must(t, a.MayChange(s, ""))
			wantFaults(t, a.MayChange(s, Final), "problem.minutes.record-final")
		}
		s.State = council.Planned
		wantFaults(t, a.MayChange(s, ""), "problem.minutes.not-convened")
	})
}
