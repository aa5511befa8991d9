package office

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/plan"
	"padome/storage"
)

// threeSessions holds January, February and March; February postpones a
// proposal, and one that is withdrawn later waits at all three.
func threeSessions(t *testing.T) (d *desk, kept, gone agenda.Proposal) {
	d = newDesk(t)
	jan := d.prepared("2024-01-31")
	feb, mar := d.plan("2024-02-28"), d.plan("2024-03-27")
	d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	d.closed(jan.ID, d.opened(jan.ID), "")
	d.signed(jan.ID)
	d.at("2024-02-05", "10:00")
	kept = d.propose("Par nodokļiem", plan.Ref{Revision: 1, Measure: 3, Task: 1})
	gone = d.propose("Par ziediem", plan.Ref{Revision: 1, Measure: 5, Task: 1})
	wish := gone.Candidate
	wish.Wish = "2024-12-18"
	gone = get2(d.ChangeProposal(t.Context(), d.by("ngo-2"), gone.ID, gone.Revision, wish))(t)
	d.closed(feb.ID, d.opened(feb.ID), kept.ID)
	d.signed(feb.ID)
	d.at("2024-03-05", "10:00")
	d.closed(mar.ID, d.opened(mar.ID), "")
	must(t)(d.WithdrawProposal(t.Context(), d.by("ngo-2"), gone.ID, gone.Revision, "Vairs nav vajadzīgs."))
	return d, kept, gone
}

// Rebuilt under the version it had, a past agenda that nobody changed by hand is
// what went out: items, reasons, details, and candidates left out.
func TestAPastAgendaIsRebuiltAsItWentOut(t *testing.T) {
	d, kept, gone := threeSessions(t)
	past := get2(storage.Read(t.Context(), d.council, func(v *storage.View) (storage.PastBuilds, error) {
		return v.PastBuildData(storage.Span{}, MaxCompared)
	}))(t)
	if len(past.Sessions) != 3 || past.Earlier || past.Skipped != nil {
		t.Fatalf("%d sessions, earlier %v, skipped %q", len(past.Sessions), past.Earlier, past.Skipped)
	}
	for i, x := range past.Sessions {
		c, _, err := d.Version(t.Context(), council.Actor{}, x.Session.ID, 0)
		must(t)(c, err)
		draft := get2(rebuilt(x, x.Principles[c.Principles-1]))(t)
		if diff := cmp.Diff(asJSON(t, c.Items), asJSON(t, draft.Items)); diff != "" {
			t.Errorf("session %d: items differ: %s", i+1, diff)
		}
		if diff := cmp.Diff(asJSON(t, c.LeftOut), asJSON(t, draft.LeftOut)); diff != "" {
			t.Errorf("session %d: left out differ: %s", i+1, diff)
		}
		waits := slices.ContainsFunc(x.Proposals, func(p agenda.Proposal) bool { return p.ID == gone.ID })
		carried := slices.ContainsFunc(x.Carried, func(c agenda.Candidate) bool { return c.ID == kept.ID })
		if waits != (i > 0) || carried != (i == 2) {
			t.Errorf("session %d: the withdrawn one waits %v, the postponed one is carried %v", i+1, waits, carried)
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestComparisonOfTwoVersions(t *testing.T) {
	d, kept, _ := threeSessions(t)
	ctx, officer := t.Context(), d.by("officer").Actor
	before := get2(d.Seq(ctx))(t)
	one, two := PrinciplesRef{Version: 1}, PrinciplesRef{Version: 2}
	c := get2(d.ComparePrinciples(ctx, officer, one, two, storage.Span{}))(t)
	if c.Sum.Sessions != 3 || c.Sum.Differing != 3 || c.Sum.Items[agenda.OnlyUnderB] == 0 || len(c.Changes) == 0 {
		t.Errorf("sum %+v, %d changes", c.Sum, len(c.Changes))
	}
	again := get2(d.ComparePrinciples(ctx, officer, one, two, storage.Span{}))(t)
	if asJSON(t, c) != asJSON(t, again) {
		t.Error("the same comparison came out otherwise")
	}
	back := get2(d.ComparePrinciples(ctx, officer, two, one, storage.Span{}))(t)
	if back.Sum.Items[agenda.OnlyUnderA] != c.Sum.Items[agenda.OnlyUnderB] || back.Sum.BreachesA != c.Sum.BreachesB {
		t.Errorf("turned round: %+v, before %+v", back.Sum, c.Sum)
	}
	same := get2(d.ComparePrinciples(ctx, officer, two, two, storage.Span{}))(t)
	if same.Sum.Differing != 0 || len(same.Changes) != 0 {
		t.Errorf("a version differs from itself: %+v", same.Sum)
	}
	march := get2(d.ComparePrinciples(ctx, officer, one, two, storage.Span{From: "2024-03-01"}))(t)
	if len(march.Sessions) != 1 || march.Sessions[0].Date != "2024-03-27" {
		t.Errorf("from March on there are %d sessions", len(march.Sessions))
	}
	if slices.ContainsFunc(march.Sessions[0].Items, func(x agenda.ItemComparison) bool {
		return x.ID == kept.ID && (x.A.Number == 0 || x.B.Number == 0)
	}) {
		t.Error("what was postponed comes on under both")
	}
	if after := get2(d.Seq(ctx))(t); after != before {
		t.Errorf("comparing made %d changes", after-before)
	}
}

func TestAProposedSetIsCompared(t *testing.T) {
	d, _, _ := threeSessions(t)
	ctx, officer := t.Context(), d.by("officer")
	must(t)(d.SaveGroup(ctx, operator, 0, council.WorkingGroup{ID: "content", Name: "Satura grupa", NameEN: "Content", From: "2024-01-01"}))
	set := agenda.WholeCatalogue()
	set.Rules = slices.Clone(set.Rules)
	i := slices.IndexFunc(set.Rules, func(s agenda.Setting) bool { return s.Rule == "P21" })
	set.Rules[i].Params = map[string]string{"most": "1"}
	draft := get2(d.ProposePrinciples(ctx, officer, "content", set))(t)
	two := PrinciplesRef{Version: 2}
	c := get2(d.ComparePrinciples(ctx, officer.Actor, two, ParsePrinciplesRef(draft.ID), storage.Span{}))(t)
	if !c.B.Proposed || c.B.Version != 3 || c.Sum.Items[agenda.OnlyUnderA] == 0 || len(c.Changes) != 1 {
		t.Errorf("%+v against %+v: %+v, %d changes", c.A, c.B, c.Sum, len(c.Changes))
	}
	file := get2(d.ComparePrinciples(ctx, operator.Actor, two, PrinciplesRef{Set: &set}, storage.Span{}))(t)
	if asJSON(t, file.Sessions) != asJSON(t, c.Sessions) {
		t.Error("the same set as a file comes out otherwise")
	}
	set.Rules[i].Params = map[string]string{"most": "0"}
	for what, x := range map[string]struct {
		actor council.Actor
		b     PrinciplesRef
		span  storage.Span
		kind  problem.Kind
	}{
		"a set that cannot be": {operator.Actor, PrinciplesRef{Set: &set}, storage.Span{}, problem.Invalid},
		"no such version":      {operator.Actor, PrinciplesRef{Version: 9}, storage.Span{}, problem.NotFound},
		"no such draft":        {operator.Actor, ParsePrinciplesRef("x"), storage.Span{}, problem.NotFound},
		"a span turned round":  {operator.Actor, two, storage.Span{From: "2024-03-01", Until: "2024-02-01"}, problem.Invalid},
		"no such day":          {operator.Actor, two, storage.Span{From: "2024-02-30"}, problem.Invalid},
		"the administrator":    {d.by("admin").Actor, two, storage.Span{}, problem.Forbidden},
		"the public":           {council.Actor{}, two, storage.Span{}, problem.Unknown},
	} {
		if _, err := d.ComparePrinciples(ctx, x.actor, two, x.b, x.span); problem.KindOf(err) != x.kind {
			t.Errorf("%s: %v, want %s", what, err, x.kind)
		}
	}
}

func TestOverridesAreCountedPerRule(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-28")
	p := d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	officer := d.by("officer")
	a := get2(d.BuildAgenda(ctx, officer, s.ID, 0))(t)
	a = get2(d.AllotItem(ctx, officer, s.ID, a.Revision, p.ID, agenda.Decision, 25, "Ministrija lūdz vairāk laika."))(t)
	a = get2(d.SubmitAgenda(ctx, officer, s.ID, a.Revision))(t)
	must(t)(d.RequestChanges(ctx, d.by("ngo-1"), s.ID, a.Versions[0].Digest, "Lūdzu saīsināt jautājumu."))
	a = get2(d.Agenda(ctx, officer.Actor, s.ID))(t)
	a = get2(d.AllotItem(ctx, officer, s.ID, a.Revision, p.ID, agenda.Decision, 22, "Vadītāja vietniece lūdz saīsināt."))(t)
	a = get2(d.SubmitAgenda(ctx, officer, s.ID, a.Revision))(t)
	for who, want := range map[string][2]int{"officer": {2, 0}, "ngo-1": {2, 0}, "ngo-2": {0, 0}} {
		g := get2(d.Overrides(ctx, d.by(who).Actor, storage.Span{}))(t)
		if g.Versions != want[0] || g.Approved != want[1] {
			t.Errorf("before approval %s counts %d and %d, want %v", who, g.Versions, g.Approved, want)
		}
	}
	digest := a.Versions[1].Digest
	must(t)(d.ApproveAgenda(ctx, d.by("state-1"), s.ID, digest))
	must(t)(d.ApproveAgenda(ctx, d.by("ngo-1"), s.ID, digest))
	g := get2(d.Overrides(ctx, officer.Actor, storage.Span{From: "2024-02-01", Until: "2024-02-28"}))(t)
	// The first version has one change by hand, the second both.
	if g.Versions != 2 || g.Approved != 1 || g.ByHand.Submitted != 3 || g.ByHand.Approved != 2 || len(g.Rules) != 0 {
		t.Errorf("counted %+v", g)
	}
	if e := g.ByHand.Entries[0]; e.Reason != "Ministrija lūdz vairāk laika." || e.By != "officer" || e.Session != s.ID || e.Approved {
		t.Errorf("the first is %+v", e)
	}
	member := get2(d.Overrides(ctx, d.by("ngo-2").Actor, storage.Span{}))(t)
	if member.Versions != 1 || member.ByHand.Submitted != 2 {
		t.Errorf("a member counts %+v", member)
	}
	if none := get2(d.Overrides(ctx, officer.Actor, storage.Span{From: "2024-03-01"}))(t); none.Versions != 0 {
		t.Errorf("in March there are %d", none.Versions)
	}
	if _, err := d.Overrides(ctx, council.Actor{Person: "nobody"}, storage.Span{}); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("somebody without a mandate: %v", err)
	}
}
