package agenda_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/plan"
)

// input is the session of 28 February 2024 under the whole catalogue, with the
// real plan and nothing else.
func input(t testing.TB) agenda.Input {
	t.Helper()
	p, err := plan.Real()
	if err != nil {
		t.Fatal(err)
	}
	p.Revision = 1
	in := agenda.Input{
		Session: council.Session{ID: "feb", Kind: council.Regular, Mode: council.Hybrid, Date: "2024-02-28",
			Starts: "11:00", Ends: "13:00", Place: "Rīgā", State: council.Planned},
		Plan: p, Lineage: plan.NewLineage(p), Principles: agenda.WholeCatalogue(),
		Calendar: council.DefaultCalendar(), Settings: council.DefaultSettings(),
	}
	in.Principles.Version = 2
	in.Candidates = agenda.FromTasks(&in.Plan, &in.Principles)
	return in
}

func build(t testing.TB, in agenda.Input) agenda.Draft {
	t.Helper()
	d, err := agenda.Build(in)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func titles(d agenda.Draft) (s []string) {
	for _, it := range d.Items {
		s = append(s, it.ID)
	}
	return s
}

func proposal(id, title string, kind agenda.Kind, tasks ...plan.Ref) agenda.Candidate {
	return agenda.Candidate{
		Matter: agenda.Matter{ID: id, Source: agenda.FromProposal, Kind: kind, Title: title, Tasks: tasks,
			Minutes: 15, Initiator: council.NGO, InitiatedBy: "Biedrība „Tilts”", DraftDecision: "Apstiprināt.",
			Documents: []agenda.Attachment{{Name: "projekts.pdf", Media: "application/pdf", Size: 10, SHA256: strings.Repeat("a", 64)}}},
		Submitted: time.Date(2024, 2, 1, 10, 0, 0, 0, time.UTC),
	}
}

func TestBuildOnTheRealPlan(t *testing.T) {
	d := build(t, input(t))
	for _, it := range d.Items {
		t.Logf("%d. %s [%s] %d min", it.Number, it.TitleIn(locale.LV), it.Kind, it.Minutes)
		for _, x := range it.Details {
			t.Log("     · ", x.Reason.Text(locale.LV))
		}
		for _, r := range it.Reasons {
			t.Log("     – ", r.Text(locale.LV), "/", r.Text(locale.EN))
		}
	}
	for _, o := range d.LeftOut {
		t.Log("OUT", o.ID, o.Reasons[0].Text(locale.LV))
	}
	for _, u := range d.Unmet {
		t.Log("UNMET", u.Reason.Text(locale.LV))
	}
	want := []string{"opening", "task-1/1.1", "task-1/2.1", "any-other"}
	if got := titles(d); !slices.Equal(got, want) {
		t.Errorf("items %q, want %q", got, want)
	}
	if len(d.Unmet) != 0 {
		t.Errorf("unmet %v", d.Unmet)
	}
}

// Whatever the order of candidates and history, the draft is the same to the
// byte, and it accounts for every candidate once.
func TestBuildIsOrderFreeAndComplete(t *testing.T) {
	base := input(t)
	rapid.Check(t, func(rt *rapid.T) {
		in := randomInput(rt, base)
		first, err := agenda.Build(in)
		if err != nil {
			rt.Fatal(err)
		}
		seed := rapid.Uint64().Draw(rt, "seed")
		rnd := rand.New(rand.NewPCG(seed, 1))
		again := in
		again.Candidates = shuffled(rnd, in.Candidates)
		again.Held = shuffled(rnd, in.Held)
		again.Past = shuffled(rnd, in.Past)
		again.Decisions = shuffled(rnd, in.Decisions)
		again.Unapproved = shuffled(rnd, in.Unapproved)
		second, err := agenda.Build(again)
		if err != nil {
			rt.Fatal(err)
		}
		a, b := asJSON(rt, first), asJSON(rt, second)
		if !bytes.Equal(a, b) {
			rt.Fatalf("another order gave another draft\n%s\n%s", a, b)
		}
		accounts(rt, in, first)
		lawful(rt, first)
	})
}

func asJSON(t interface{ Fatal(...any) }, d agenda.Draft) []byte {
	raw, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func shuffled[T any](r *rand.Rand, s []T) []T {
	s = slices.Clone(s)
	r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	return s
}

func accounts(t *rapid.T, in agenda.Input, d agenda.Draft) {
	seen := map[string]int{}
	for _, it := range d.Items {
		seen[it.ID]++
		if len(it.Reasons) == 0 {
			t.Fatalf("item %s has no reason", it.ID)
		}
	}
	for _, o := range d.LeftOut {
		seen[o.ID]++
		if len(o.Reasons) == 0 {
			t.Fatalf("left out %s has no reason", o.ID)
		}
	}
	for _, c := range in.Candidates {
		if seen[c.ID] != 1 {
			t.Fatalf("candidate %s appears %d times", c.ID, seen[c.ID])
		}
	}
}

// lawful holds a draft to what Build itself promises: numbering, first and last
// item, carried items first, and the limits unless what must come on exceeds
// them.
func lawful(t *rapid.T, d agenda.Draft) {
	for i, it := range d.Items {
		if it.Number != i+1 {
			t.Fatalf("item %d bears number %d", i+1, it.Number)
		}
	}
	if d.Items[0].Kind != agenda.Opening || d.Items[len(d.Items)-1].Kind != agenda.AnyOther {
		t.Fatalf("first %s, last %s", d.Items[0].Kind, d.Items[len(d.Items)-1].Kind)
	}
	for _, u := range d.Unmet {
		switch u.Reason.Key {
		case "reason.p20.unmet", "reason.p21.unmet", "reason.p6.choose", "reason.p7.over",
			"reason.p8.unmet", "reason.p8.infeasible", "reason.p9.unmet", "reason.p9.unmet-never", "reason.p21.none":
		default:
			t.Fatalf("Build broke a rule it keeps itself: %s", u.Reason.Text(locale.EN))
		}
	}
	for _, list := range [][]agenda.Reason{reasons(d)} {
		for _, r := range list {
			for _, lang := range locale.Langs {
				if s := r.Text(lang); strings.Contains(s, "⟦") || s == "" {
					t.Fatalf("reason %s says %q", r.Key, s)
				}
			}
		}
	}
}

func reasons(d agenda.Draft) (all []agenda.Reason) {
	for _, it := range d.Items {
		all = append(all, it.Reasons...)
		for _, x := range it.Details {
			all = append(all, x.Reason)
		}
	}
	for _, o := range d.LeftOut {
		all = append(all, o.Reasons...)
	}
	for _, u := range d.Unmet {
		all = append(all, u.Reason)
	}
	return all
}

var sessions = []council.Date{"2024-02-28", "2024-03-27", "2024-12-18", "2025-01-29", "2025-02-26", "2025-03-26", "2026-06-17"}

func randomInput(t *rapid.T, base agenda.Input) agenda.Input {
	in := base
	in.Session.Date = rapid.SampledFrom(sessions).Draw(t, "date")
	in.Session.Kind = rapid.SampledFrom([]council.SessionKind{council.Regular, council.Regular, council.Regular, council.Extraordinary}).Draw(t, "kind")
	refs := in.Plan.Refs()
	in.Candidates = slices.Clone(base.Candidates)
	for i := range rapid.IntRange(0, 12).Draw(t, "proposals") {
		in.Candidates = append(in.Candidates, randomProposal(t, i, in.Session.Date, refs))
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "carried plan tasks") {
		in.Candidates[i*3].Postponed = []council.Date{"2024-01-31"}
	}
	for d := council.Date("2024-01-31"); d < in.Session.Date && len(in.Past) < 30; d = d.AddMonths(1) {
		in.Past = append(in.Past, agenda.PastSession{Session: string(d), Date: d, Kind: council.Regular})
	}
	for i := range rapid.IntRange(0, 40).Draw(t, "held") {
		p := rapid.SampledFrom(append(in.Past, agenda.PastSession{Date: "2024-01-31"})).Draw(t, "past")
		in.Held = append(in.Held, agenda.Held{Session: p.Session, Date: p.Date, Number: i, Item: fmt.Sprint(i),
			ItemKind: rapid.SampledFrom([]agenda.Kind{agenda.Data, agenda.Decision, agenda.Discussion}).Draw(t, "kind held"),
			Tasks:    []plan.Ref{rapid.SampledFrom(refs).Draw(t, "task held")}})
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "decisions") {
		in.Decisions = append(in.Decisions, agenda.OpenDecision{ID: fmt.Sprint("d", i), Number: fmt.Sprintf("1.%d.", i+1), Taken: "2024-01-31",
			Wording: "Sagatavot.", Deadline: rapid.SampledFrom([]council.Date{"", "2024-02-20", "2026-01-01"}).Draw(t, "deadline")})
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "minutes") {
		in.Unapproved = append(in.Unapproved, agenda.UnapprovedMinutes{Session: fmt.Sprint("s", i), Date: "2024-01-31", Number: i + 1})
	}
	return in
}

func randomProposal(t *rapid.T, i int, session council.Date, refs []plan.Ref) agenda.Candidate {
	kind := rapid.SampledFrom([]agenda.Kind{agenda.Decision, agenda.Review, agenda.Data, agenda.Discussion, agenda.Information}).Draw(t, "kind")
	c := proposal(fmt.Sprintf("p%02d", i), fmt.Sprintf("Par %d. jautājumu", i), kind)
	for range rapid.IntRange(0, 2).Draw(t, "tasks") {
		if r := rapid.SampledFrom(refs).Draw(t, "task"); !slices.Contains(c.Tasks, r) {
			c.Tasks = append(c.Tasks, r)
		}
	}
	if len(c.Tasks) == 0 && rapid.Bool().Draw(t, "explained") {
		c.OutsidePlan = "Steidzams jautājums."
	}
	c.Minutes = rapid.SampledFrom([]int{0, 5, 10, 15, 30, 60}).Draw(t, "minutes")
	c.Initiator = rapid.SampledFrom([]council.Side{council.State, council.NGO, council.Joint, ""}).Draw(t, "side")
	if rapid.Bool().Draw(t, "bare") {
		c.Documents = nil
	}
	c.Deadline = rapid.SampledFrom([]council.Date{"", "2024-03-31", "2025-04-30"}).Draw(t, "deadline")
	c.Submitted = session.AddDays(-rapid.IntRange(1, 60).Draw(t, "days before")).At("10:00")
	if rapid.IntRange(0, 5).Draw(t, "carried") == 0 {
		c.Postponed = []council.Date{"2024-01-31"}
	}
	return c
}
