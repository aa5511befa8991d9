package agenda_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// submitted is an agenda whose first version waits for the leads.
func submitted(t testing.TB, in agenda.Input) (agenda.Agenda, string, *agenda.Frozen) {
	t.Helper()
	a := drafted(t, in)
	must(t, a.Submit(officer, in, at(5)))
	v, _ := a.Current()
	return a, v.Digest, a.TakeFrozen()
}

func TestSubmitFreezesTheDraft(t *testing.T) {
	in := two(t)
	a, digest, f := submitted(t, in)
	if a.Status != agenda.Submitted || len(a.Versions) != 1 || a.Versions[0].Number != 1 || a.Versions[0].SubmittedBy != "officer" {
		t.Errorf("%s, versions %+v", a.Status, a.Versions)
	}
	if f == nil || f.Number != 1 || f.Digest != digest || a.TakeFrozen() != nil {
		t.Fatalf("frozen %+v, or handed over twice", f)
	}
	if sum := sha256.Sum256(f.Bytes); hex.EncodeToString(sum[:]) != digest {
		t.Error("the digest is not the SHA-256 of the frozen bytes")
	}
	c, err := agenda.ReadContent(f.Bytes, digest)
	must(t, err)
	if diff := cmp.Diff(asJSON(t, c.Items), asJSON(t, a.Draft.Items)); diff != "" || c.Principles != 2 || c.Plan != 1 || c.Version != 1 || c.Session.Place != "Rīgā" {
		t.Errorf("principles %d, plan %d, version %d, at %s: %s", c.Principles, c.Plan, c.Version, c.Session.Place, diff)
	}
	again, err := agenda.Freeze(c)
	must(t, err)
	if !bytes.Equal(again.Bytes, f.Bytes) {
		t.Errorf("frozen anew it reads otherwise: %s", cmp.Diff(string(f.Bytes), string(again.Bytes)))
	}
}

func TestSubmitRefusesWhatMayNotGoOut(t *testing.T) {
	in := two(t)
	refuse := func(t *testing.T, a *agenda.Agenda, in agenda.Input, key string, fields ...string) {
		t.Helper()
		before := asJSON(t, a)
		wantFaults(t, a.Submit(officer, in, at(5)), problem.State, key, fields...)
		if !bytes.Equal(asJSON(t, a), before) || a.TakeFrozen() != nil {
			t.Error("a refusal changed the agenda")
		}
	}
	t.Run("nothing", func(t *testing.T) {
		a := agenda.New("feb")
		refuse(t, &a, in, "problem.agenda.empty")
	})
	t.Run("a draft made from nothing", func(t *testing.T) {
		a := agenda.New("feb")
		a.Draft.Items = build(t, in).Items
		refuse(t, &a, in, "problem.agenda.stale")
		a.Draft.Session, a.Draft.Date, a.Draft.Principles, a.Draft.Plan = "feb", "2024-02-28", 2, 1
		in := in
		in.Candidates = slices.DeleteFunc(slices.Clone(in.Candidates), func(c agenda.Candidate) bool {
			return c.Source == agenda.FromPlan && c.ID != "task-1/8.2"
		})
		refuse(t, &a, in, "problem.agenda.not-ready", "candidates problem.agenda.unaccounted")
	})
	t.Run("what was built for something else", func(t *testing.T) {
		for _, change := range []func(*agenda.Input){
			func(x *agenda.Input) { x.Principles.Version = 3 }, func(x *agenda.Input) { x.Plan.Revision = 2 },
			func(x *agenda.Input) { x.Session.Date = "2024-02-27" }, func(x *agenda.Input) { x.Session.ID = "mar" },
		} {
			a, x := drafted(t, in), in
			change(&x)
			refuse(t, &a, x, "problem.agenda.stale")
		}
	})
	t.Run("the same twice", func(t *testing.T) {
		a, _, _ := submitted(t, in)
		refuse(t, &a, in, "problem.agenda.submitted")
		must(t, a.Approve(chair, a.Versions[0].Digest, at(6)))
		must(t, a.Approve(deputy, a.Versions[0].Digest, at(6)))
		refuse(t, &a, in, "problem.agenda.submitted")
	})
	t.Run("a hard rule not kept", func(t *testing.T) {
		a := drafted(t, in)
		must(t, a.Arrange(officer, in, []string{"opening", "p1"}, "Bez „Dažādi”.", at(5)))
		refuse(t, &a, in, "problem.agenda.not-ready", "rules.P2 reason.p2.unmet")
	})
	t.Run("a soft one without a reason", func(t *testing.T) {
		x := with(only(t, "P7", "P20", "P21"), offPlan("p1", 15))
		a := drafted(t, x)
		refuse(t, &a, x, "problem.agenda.not-ready", "reasons.P7 reason.p7.over")
		must(t, a.Override(officer, x, "P7", "", "Saeimas lūgums.", at(5)))
		must(t, a.Submit(officer, x, at(5)))
	})
	t.Run("candidates that came since, items that are none any more", func(t *testing.T) {
		a := drafted(t, in)
		x := with(in, proposal("p3", "Par trešo", agenda.Decision, ref(3, 1)))
		refuse(t, &a, x, "problem.agenda.not-ready", "candidates problem.agenda.unaccounted")
		x.Candidates = slices.DeleteFunc(slices.Clone(in.Candidates), func(c agenda.Candidate) bool { return c.ID == "p1" })
		refuse(t, &a, x, "problem.agenda.not-ready", "items[1] problem.agenda.gone")
	})
}

// A reason for going against a rule that the draft keeps after all is no part of
// what goes out; reasons for changes by hand are.
func TestAReasonGoesWithItsBreach(t *testing.T) {
	in := with(only(t, "P7", "P20", "P21"), offPlan("p1", 15),
		proposal("p2", "Par dialogu", agenda.Information, ref(8, 1)), proposal("p3", "Par novadiem", agenda.Information, ref(7, 2)))
	a := drafted(t, in)
	must(t, a.Arrange(officer, in, []string{"opening", "p1", "p2", "any-other"}, "Īsāka sēde.", at(5)))
	must(t, a.Override(officer, in, "P7", "", "Saeimas lūgums.", at(5)))
	kept := a
	must(t, kept.Submit(officer, in, at(6)))
	c := contentOf(t, &kept)
	if len(c.Overrides) != 2 || c.Overrides[1].Rule != "P7" || len(c.Unmet) != 1 {
		t.Errorf("overrides %+v, unmet %+v", c.Overrides, c.Unmet)
	}
	must(t, a.Arrange(officer, in, []string{"opening", "p1", "p2", "p3", "any-other"}, "Tomēr visi.", at(6)))
	must(t, a.Submit(officer, in, at(6)))
	c = contentOf(t, &a)
	if len(c.Overrides) != 2 || c.Overrides[0].Reason != "Īsāka sēde." || c.Overrides[1].Reason != "Tomēr visi." || len(c.Unmet) != 0 {
		t.Errorf("overrides %+v, unmet %+v", c.Overrides, c.Unmet)
	}
	if len(a.Overrides) != 2 {
		t.Errorf("the working draft keeps %+v", a.Overrides)
	}
}

func contentOf(t testing.TB, a *agenda.Agenda) agenda.Content {
	t.Helper()
	f := a.TakeFrozen()
	c, err := agenda.ReadContent(f.Bytes, f.Digest)
	must(t, err)
	return c
}

// The digest covers what the leads approve, and nothing that moves on without
// changing it.
func TestTheDigestCoversTheContent(t *testing.T) {
	digest := func(c agenda.Content) string {
		f, err := agenda.Freeze(c)
		must(t, err)
		return f.Digest
	}
	want := digest(paperContent())
	for name, change := range map[string]func(*agenda.Content){
		"the version's number": func(c *agenda.Content) { c.Version++ },
		"the principles":       func(c *agenda.Content) { c.Principles++ },
		"the plan":             func(c *agenda.Content) { c.Plan++ },
		"an item's title":      func(c *agenda.Content) { c.Items[1].Title += "." },
		"an item's minutes":    func(c *agenda.Content) { c.Items[1].Minutes++ },
		"an item's kind":       func(c *agenda.Content) { c.Items[1].Kind = agenda.Information },
		"an item's tasks":      func(c *agenda.Content) { c.Items[1].Tasks = c.Items[1].Tasks[1:] },
		"who presents":         func(c *agenda.Content) { c.Items[1].Presenters = c.Items[1].Presenters[1:] },
		"who is invited":       func(c *agenda.Content) { c.Items[1].Invited = nil },
		"a draft decision":     func(c *agenda.Content) { c.Items[1].DraftDecision = "Atlikt." },
		"a document's bytes":   func(c *agenda.Content) { c.Items[1].Documents[0].SHA256 = strings.Repeat("b", 64) },
		"a document's name":    func(c *agenda.Content) { c.Items[1].Documents[0].Name = "Cits.pdf" },
		"a document less":      func(c *agenda.Content) { c.Items[1].Documents = c.Items[1].Documents[:1] },
		"the order":            func(c *agenda.Content) { c.Items[1], c.Items[2] = c.Items[2], c.Items[1] },
		"an item less":         func(c *agenda.Content) { c.Items = c.Items[:3] },
		"a reason":             func(c *agenda.Content) { c.Items[1].Reasons = c.Items[1].Reasons[1:] },
		"a detail":             func(c *agenda.Content) { c.Items[0].Details = nil },
		"what is left out":     func(c *agenda.Content) { c.LeftOut = nil },
		"an unmet rule":        func(c *agenda.Content) { c.Unmet = c.Unmet[1:] },
		"a reason against one": func(c *agenda.Content) { c.Overrides[0].Reason += "!" },
		"the session":          func(c *agenda.Content) { c.Session.ID = "s2" },
		"its kind":             func(c *agenda.Content) { c.Session.Kind = council.Extended },
		"its mode":             func(c *agenda.Content) { c.Session.Mode = council.Remote },
		"its date":             func(c *agenda.Content) { c.Session.Date = "2024-02-27" },
		"its beginning":        func(c *agenda.Content) { c.Session.Starts = "10:00" },
		"its end":              func(c *agenda.Content) { c.Session.Ends = "12:00" },
		"its place":            func(c *agenda.Content) { c.Session.Place = "Citur" },
		"its link":             func(c *agenda.Content) { c.Session.Link = "https://padome.example/s" },
		"who presides":         func(c *agenda.Content) { c.Session.Presiding = "deputy" },
		"who takes minutes":    func(c *agenda.Content) { c.Session.MinuteTaker = "taker" },
	} {
		t.Run(name, func(t *testing.T) {
			c := paperContent()
			change(&c)
			if digest(c) == want {
				t.Error("another content has the same digest")
			}
		})
	}
	t.Run("not the session's state and revision", func(t *testing.T) {
		c := paperContent()
		c.Session.State, c.Session.Revision, c.Session.OpenedAt, c.Session.ClosedAt = council.Convened, 7, "11:02", "12:50"
		if digest(c) != want {
			t.Error("the digest changed with what is no content")
		}
	})
}

func TestFrozenReasonsKeepTheirWords(t *testing.T) {
	c := paperContent()
	old := frozen("P4", "Vēl nav izpildīti trīs lēmumi.", "Three decisions are not carried out yet.")
	old.Key, old.Facts = "reason.p4.open", locale.Args{"n": "3"} // which the catalogue words otherwise by now
	c.Items[1].Reasons = []agenda.Reason{old}
	f, err := agenda.Freeze(c)
	must(t, err)
	read, err := agenda.ReadContent(f.Bytes, f.Digest)
	must(t, err)
	wantReason(t, read.Items[1].Reasons, "reason.p4.open", "Vēl nav izpildīti trīs lēmumi.", "Three decisions are not carried out yet.")
	again, err := agenda.Freeze(read)
	must(t, err)
	if again.Digest != f.Digest {
		t.Error("what was read has another digest")
	}
	if got := locale.Text(locale.LV, "reason.p4.open", old.Facts); got == old.Text(locale.LV) {
		t.Fatal("the catalogue says the same: this test proves nothing")
	}
}

func TestReadContentRefusesOtherBytes(t *testing.T) {
	f, err := agenda.Freeze(paperContent())
	must(t, err)
	for name, x := range map[string]struct {
		raw    []byte
		digest string
	}{
		"another digest": {f.Bytes, strings.Repeat("0", 64)},
		"a changed byte": {bytes.Replace(f.Bytes, []byte("Rasa"), []byte("Rosa"), 1), f.Digest},
		"cut short":      {f.Bytes[:len(f.Bytes)-1], f.Digest},
		"no JSON at all": {[]byte("x"), hexSum([]byte("x"))},
		"another shape":  {[]byte(`{"items":3}`), hexSum([]byte(`{"items":3}`))},
	} {
		t.Run(name, func(t *testing.T) {
			if c, err := agenda.ReadContent(x.raw, x.digest); err == nil || len(c.Items) > 0 {
				t.Errorf("read %+v, %v", c, err)
			}
		})
	}
}

func hexSum(b []byte) string { s := sha256.Sum256(b); return hex.EncodeToString(s[:]) }

func TestBothLeadsApproveWhatTheyWereShown(t *testing.T) {
	in := two(t)
	a, digest, _ := submitted(t, in)
	for _, by := range []council.Actor{officer, member, operator, public} {
		wantFaults(t, a.Approve(by, digest, at(6)), problem.Forbidden, "problem.agenda.leads-only")
		wantFaults(t, a.RequestChanges(by, digest, "Lūdzu mainīt.", at(6)), problem.Forbidden, "problem.agenda.leads-only")
	}
	half := council.Actor{Person: "half", Mandates: append(slices.Clone(officer.Mandates), standIn.Mandates...)}
	wantFaults(t, a.Approve(half, digest, at(6)), problem.Forbidden, "problem.agenda.leads-only")
	wantFaults(t, a.Approve(chair, strings.Repeat("0", 64), at(6)), problem.Conflict, "problem.agenda.other-content")
	wantFaults(t, a.Approve(chair, "", at(6)), problem.Conflict, "problem.agenda.other-content")
	must(t, a.Approve(chair, strings.ToUpper(digest), at(6)))
	wantFaults(t, a.Approve(chair, digest, at(6)), problem.State, "problem.agenda.approved-already")
	if _, ok := a.ApprovedVersion(); ok || a.Status != agenda.Submitted {
		t.Fatalf("one approval made it %s", a.Status)
	}
	other := council.Actor{Person: "other", Name: "Z. Cits", Mandates: []council.Mandate{{Role: council.Chair, SubstituteFor: "chair"}}}
	wantFaults(t, a.Approve(other, digest, at(6)), problem.State, "problem.agenda.office-approved")
	must(t, a.Approve(standIn, digest, at(7)))
	v, ok := a.ApprovedVersion()
	if !ok || a.Status != agenda.Approved || v.Number != 1 {
		t.Fatalf("two approvals made it %s", a.Status)
	}
	want := []agenda.Approval{
		{Role: council.Chair, Person: "chair", Name: "M. Ķirsons", Digest: digest, At: at(6)},
		{Role: council.Deputy, Person: "stand-in", Name: "O. Rasa", SubstituteFor: "deputy", Digest: digest, At: at(7)},
	}
	if diff := cmp.Diff(v.Approvals, want); diff != "" {
		t.Errorf("approvals (-got +want):\n%s", diff)
	}
	wantFaults(t, a.Approve(deputy, digest, at(7)), problem.State, "problem.agenda.not-waiting")
	wantFaults(t, a.RequestChanges(deputy, digest, "Par vēlu.", at(7)), problem.State, "problem.agenda.not-waiting")
}

func TestWhoHoldsBothOfficesGivesOneApproval(t *testing.T) {
	a, digest, _ := submitted(t, two(t))
	both := council.Actor{Person: "deputy", Mandates: []council.Mandate{{Role: council.Chair, SubstituteFor: "chair"}, {Role: council.Deputy}}}
	must(t, a.Approve(both, digest, at(6)))
	if got := a.Versions[0].Approvals[0]; got.Role != council.Deputy || got.SubstituteFor != "" {
		t.Errorf("approved as %+v, want in their own office", got)
	}
	wantFaults(t, a.Approve(both, digest, at(6)), problem.State, "problem.agenda.approved-already")
	must(t, a.Approve(chair, digest, at(6)))

	b, digest, _ := submitted(t, two(t))
	must(t, b.Approve(deputy, digest, at(6)))
	also := council.Actor{Person: "also", Mandates: both.Mandates}
	must(t, b.Approve(also, digest, at(6))) // the deputy's being given, as the chair's substitute
	if got := b.Versions[0].Approvals[1]; got.Role != council.Chair || b.Status != agenda.Approved {
		t.Errorf("approved as %+v, %s", got, b.Status)
	}
}

func TestARequestForChangesReturnsTheAgenda(t *testing.T) {
	in := two(t)
	a := agenda.New("feb")
	wantFaults(t, a.Approve(chair, "", at(6)), problem.State, "problem.agenda.not-submitted")
	a, digest, _ := submitted(t, in)
	must(t, a.Approve(chair, digest, at(6)))
	wantFaults(t, a.RequestChanges(deputy, digest, "  ", at(6)), problem.Invalid, "problem.invalid", "comment problem.text.missing")
	wantFaults(t, a.RequestChanges(deputy, digest, strings.Repeat("ā", 5001), at(6)), problem.Invalid, "problem.invalid", "comment problem.text.long")
	both := council.Actor{Person: "deputy", Name: "I. Ābolkalne", Mandates: []council.Mandate{{Role: council.Chair, SubstituteFor: "chair"}, {Role: council.Deputy}}}
	must(t, a.RequestChanges(both, digest, "Lūdzu datus vispirms.", at(6)))
	want := []agenda.Request{{Role: council.Deputy, Person: "deputy", Name: "I. Ābolkalne", Digest: digest, Comment: "Lūdzu datus vispirms.", At: at(6)}}
	if a.Status != agenda.Returned || !slices.Equal(a.Versions[0].Requests, want) {
		t.Errorf("%s: %+v", a.Status, a.Versions[0].Requests)
	}
	wantFaults(t, a.Approve(standIn, digest, at(6)), problem.State, "problem.agenda.not-waiting")
	must(t, a.Submit(officer, in, at(7)))
	v, _ := a.Current()
	if v.Number != 2 || v.Digest == digest || len(v.Approvals) != 0 || len(a.Versions[0].Approvals) != 1 {
		t.Errorf("versions %+v", a.Versions)
	}
	wantFaults(t, a.Approve(chair, digest, at(7)), problem.Conflict, "problem.agenda.other-content")
}

// model is what the approval of an agenda comes to, told in few words.
type model struct {
	waiting   bool                    // the newest version is what the leads are to decide on
	approvals map[council.Role]string // of the newest version
	versions  int
}

func (m *model) approved() bool {
	c, d := m.approvals[council.Chair], m.approvals[council.Deputy]
	return m.waiting && c != "" && d != "" && c != d
}

// Whatever order people act in, an agenda is approved only when two persons in
// the two offices approved just that content and nothing changed since; and
// what was submitted once never changes.
func TestApprovals(t *testing.T) {
	in := two(t)
	people := []council.Actor{officer, chair, deputy, standIn, member, operator, public,
		{Person: "chair", Name: "M. Ķirsons", Mandates: []council.Mandate{{Role: council.Chair}, {Role: council.Deputy, SubstituteFor: "deputy"}}},
		{Person: "half", Mandates: []council.Mandate{{Role: council.Deputy}, {Role: council.Secretariat}}},
		{Person: "vice", Mandates: []council.Mandate{{Role: council.Chair, SubstituteFor: "chair"}}},
	}
	rapid.Check(t, func(rt *rapid.T) {
		a := drafted(t, in)
		m := model{}
		var frozen []agenda.Frozen
		var past [][]byte // every version but the newest, as it was when the next came
		person := func() council.Actor { return people[rapid.IntRange(0, len(people)-1).Draw(rt, "who")] }
		digest := func() string {
			if len(a.Versions) == 0 || rapid.IntRange(0, 5).Draw(rt, "another digest") == 0 {
				return strings.Repeat("0", 64)
			}
			return a.Versions[max(len(a.Versions)-1-rapid.IntRange(0, 1).Draw(rt, "back"), 0)].Digest
		}
		edited := func(err error) {
			if err == nil {
				m.waiting, m.approvals = false, nil
			}
		}
		approve := func(by council.Actor, d string) {
			if a.Approve(by, d, at(6)) != nil {
				return
			}
			v := a.Versions[len(a.Versions)-1]
			given := v.Approvals[len(v.Approvals)-1]
			if !m.waiting || d != v.Digest || given.Digest != d || given.Person != by.Person || m.approvals[given.Role] != "" {
				rt.Fatalf("%s approved %s as %s", by.Person, d, given.Role)
			}
			if !by.Holds(given.Role) || by.Holds(council.Secretariat) {
				rt.Fatalf("%s may not approve as %s", by.Person, given.Role)
			}
			m.approvals[given.Role] = by.Person
		}
		rt.Repeat(map[string]func(*rapid.T){
			"rebuild": func(*rapid.T) { edited(a.Rebuild(person(), in)) },
			"arrange": func(rt *rapid.T) {
				edited(a.Arrange(person(), in, rapid.Permutation([]string{"p1", "p2"}).Draw(rt, "order"), "Tā vajag.", at(5)))
			},
			"allot": func(rt *rapid.T) {
				before := a.Draft.Items[0].Minutes
				err := a.Allot(person(), in, a.Draft.Items[0].ID, a.Draft.Items[0].Kind, rapid.IntRange(10, 12).Draw(rt, "minutes"), "Tā vajag.", at(5))
				if err == nil && a.Draft.Items[0].Minutes != before {
					edited(nil)
				}
			},
			"void": func(*rapid.T) { a.Void(); edited(nil) },
			"submit": func(*rapid.T) {
				if a.Submit(person(), in, at(5)) == nil {
					if m.waiting {
						rt.Fatal("what waits was submitted again")
					}
					m = model{waiting: true, approvals: map[council.Role]string{}, versions: m.versions + 1}
					frozen = append(frozen, *a.TakeFrozen())
					past = append(past, asJSON(rt, a.Versions[:len(a.Versions)-1]))
				}
			},
			"approve": func(*rapid.T) { approve(person(), digest()) },
			"agree": func(*rapid.T) {
				for _, by := range []council.Actor{chair, standIn} {
					if v, ok := a.Current(); ok {
						approve(by, v.Digest)
					}
				}
			},
			"request changes": func(*rapid.T) {
				by, d := person(), digest()
				if a.RequestChanges(by, d, "Lūdzu mainīt.", at(6)) == nil {
					if !m.waiting || m.approved() || d != a.Versions[len(a.Versions)-1].Digest || !by.HoldsAny(council.Chair, council.Deputy) {
						rt.Fatalf("%s had %s changed", by.Person, d)
					}
					m.waiting, m.approvals = false, nil
				}
			},
			"": func(rt *rapid.T) {
				if got := a.Status == agenda.Approved; got != m.approved() {
					rt.Fatalf("status %s, by the model approved: %t (%+v)", a.Status, m.approved(), m)
				}
				if (a.Status == agenda.Submitted) != (m.waiting && !m.approved()) || len(a.Versions) != m.versions {
					rt.Fatalf("status %s of %d versions, model %+v", a.Status, len(a.Versions), m)
				}
				for i, f := range frozen {
					if _, err := agenda.ReadContent(f.Bytes, a.Versions[i].Digest); err != nil {
						rt.Fatalf("version %d: %v", i+1, err)
					}
				}
				if n := len(past); n > 0 && !bytes.Equal(past[n-1], asJSON(rt, a.Versions[:n-1])) {
					rt.Fatal("an old version changed")
				}
			},
		})
	})
}
