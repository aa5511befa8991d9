package agenda_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/plan"
)

// revised is the real plan after a review: 8.2 and 8.3 changed places, 8.4 was
// retired, 7.3 was merged into 7.2, and 1.2 is new.
func revised(t testing.TB) (first, second plan.Plan) {
	t.Helper()
	first, err := plan.Real()
	if err != nil {
		t.Fatal(err)
	}
	first.Revision = 1
	next := first.Clone()
	next.Approved = "2025-03-26"
	m7, m8 := &next.Measures[6], &next.Measures[7]
	m7.Tasks[1].Text, m7.Tasks[1].Follows = "apvienots uzdevums", []plan.Ref{ref(7, 2), ref(7, 3)}
	m7.Tasks[2].Retired, m7.Tasks[2].Follows = true, []plan.Ref{ref(7, 3)}
	m8.Tasks[1].Text, m8.Tasks[2].Text = m8.Tasks[2].Text, m8.Tasks[1].Text
	m8.Tasks[1].Follows, m8.Tasks[2].Follows = []plan.Ref{ref(8, 3)}, []plan.Ref{ref(8, 2)}
	m8.Tasks[3].Retired = true
	next.Measures[0].Tasks = append(next.Measures[0].Tasks, plan.Task{Number: 2, Text: "jauns uzdevums"})
	second, err = plan.NextRevision(first, next)
	if err != nil {
		t.Fatal(err)
	}
	return first, second
}

// bases are the councils that inputs are drawn for: one with the plan as it was
// approved, one that has revised it.
func bases(t testing.TB) []agenda.Input {
	early := input(t)
	late := input(t)
	first, second := revised(t)
	late.Plan, late.Lineage = second, plan.NewLineage(first, second)
	late.Candidates = agenda.FromTasks(&late.Plan, &late.Principles)
	return []agenda.Input{early, late}
}

var sessions = []council.Date{"2024-02-28", "2024-03-27", "2024-12-18", "2025-01-29", "2025-02-26", "2025-03-26", "2025-05-28", "2026-06-17"}

// randomInput draws a session with all that can come before it.
func randomInput(t *rapid.T, bases []agenda.Input) agenda.Input {
	in := bases[rapid.IntRange(0, len(bases)-1).Draw(t, "base")]
	in.Principles = randomPrinciples(t, in.Principles)
	in.Session.Date = rapid.SampledFrom(sessions).Draw(t, "date")
	in.Session.Kind = rapid.SampledFrom([]council.SessionKind{council.Regular, council.Regular, council.Regular, council.Extraordinary, council.Extended}).Draw(t, "kind")
	in.Session.Ends = rapid.SampledFrom([]council.Clock{"13:00", "13:00", "12:00", "16:30"}).Draw(t, "ends")
	refs := append(in.Plan.Refs(), ref(8, 2), ref(8, 4), ref(7, 3)) // earlier wordings, and one that is gone
	in.Candidates = slices.Clone(in.Candidates)
	for range rapid.IntRange(0, 3).Draw(t, "carried plan tasks") {
		in.Candidates[rapid.IntRange(0, len(in.Candidates)-1).Draw(t, "which")].Postponed = randomPostponed(t)
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "proposals") {
		in.Candidates = append(in.Candidates, randomProposal(t, "p"+strconv.Itoa(100+i), in.Session.Date, refs))
	}
	in.Past = nil
	for d := council.Date("2024-01-31"); d < in.Session.Date; d = d.AddMonths(1) {
		in.Past = append(in.Past, agenda.PastSession{Session: string(d), Date: d, Kind: council.Regular})
	}
	for i := range rapid.IntRange(0, 40).Draw(t, "held") {
		p := in.Past[rapid.IntRange(0, len(in.Past)-1).Draw(t, "past")]
		in.Held = append(in.Held, agenda.Held{Session: p.Session, Date: p.Date, Number: i, Item: fmt.Sprint(i),
			ItemKind: rapid.SampledFrom([]agenda.Kind{agenda.Data, agenda.Decision, agenda.Discussion}).Draw(t, "kind held"),
			Tasks:    []plan.Ref{rapid.SampledFrom(refs).Draw(t, "task held")}, OutsideRiga: rapid.IntRange(0, 9).Draw(t, "from outside") == 0,
			Initiator: rapid.SampledFrom([]council.Side{council.State, council.NGO, council.Joint, ""}).Draw(t, "side held")})
	}
	randomDuties(t, &in, refs)
	in.Decisions = append(in.Decisions, randomDecisions(t)...)
	for i := range rapid.IntRange(0, 2).Draw(t, "minutes") {
		in.Unapproved = append(in.Unapproved, agenda.UnapprovedMinutes{Session: fmt.Sprint("s", i), Date: "2024-01-31", Number: i + 1})
	}
	if rapid.Bool().Draw(t, "next is planned") {
		in.Next = council.Session{ID: "next", Date: in.Session.Date.AddDays(30), Starts: "10:30"}
	}
	return in
}

func randomDecisions(t *rapid.T) (all []agenda.OpenDecision) {
	for i := range rapid.IntRange(0, 4).Draw(t, "decisions") {
		all = append(all, agenda.OpenDecision{ID: fmt.Sprint("d", i), Number: fmt.Sprintf("1.%d.", i+1), Taken: "2024-01-31",
			Wording: "Sagatavot.", Addressee: rapid.SampledFrom([]string{"", "Finanšu ministrija"}).Draw(t, "addressee"),
			Claimed: rapid.SampledFrom([]string{"", "", "partly", "done"}).Draw(t, "claimed"), ClaimedOn: "2024-02-21", Deadline: rapid.SampledFrom([]council.Date{"", "2024-01-25", "2024-02-20", "2026-01-01"}).Draw(t, "deadline")})
	}
	return all
}

// randomPrinciples leaves rules out and edits parameters.
func randomPrinciples(t *rapid.T, p agenda.Principles) agenda.Principles {
	p.Rules = slices.Clone(p.Rules)
	if rapid.IntRange(0, 2).Draw(t, "some rules only") == 0 {
		p.Rules = slices.DeleteFunc(p.Rules, func(s agenda.Setting) bool {
			return !slices.Contains([]string{"P1", "P2", "P3", "P14"}, s.Rule) && rapid.IntRange(0, 3).Draw(t, "without "+s.Rule) == 0
		})
	}
	edits := map[string]map[string][]string{
		"P5": {"escalate_days": {"1", "200"}, "most": {"1", "5"}}, "P11": {"months": {"3", "24"}}, "P23": {"months": {"6"}, "minutes": {"20"}},
		"P12": {"balance_window": {"2", "6"}, "least": {"0", "50"}, "most": {"50", "100"}, "in_a_row": {"1", "3"}}, "P26": {"items": {"0", "3", "12"}},
		"P6": {"max_postponements": {"1", "3"}}, "P7": {"off_plan_share": {"0/1", "1/2", "1/1"}},
		"P8": {"coverage_window": {"2", "12"}, "task_months": {"3", "24"}}, "P9": {"data_every": {"1", "6"}},
		"P10": {"review_by": {"02-15", "06-30"}, "minutes": {"20"}}, "P15": {"days": {"0", "20"}}, "P18": {"missing": {"postpone"}},
		"P20": {"most": {"20", "60"}, "least": {"5"}, "spare": {"0", "20"}, "other": {"10"}}, "P21": {"most": {"1", "3", "8"}},
	}
	for i := range p.Rules {
		s := &p.Rules[i]
		s.Params = map[string]string{}
		for _, name := range slices.Sorted(keysOf(edits[s.Rule])) {
			if rapid.IntRange(0, 3).Draw(t, "edit "+name) == 0 {
				s.Params[name] = rapid.SampledFrom(edits[s.Rule][name]).Draw(t, name)
			}
		}
		if rapid.IntRange(0, 5).Draw(t, "otherwise hard") == 0 {
			s.Hard = !s.Hard
		}
	}
	if rapid.Bool().Draw(t, "tasks as decisions") {
		p.PlanKinds = map[int]agenda.Kind{1: agenda.Data, 2: agenda.Decision, 8: agenda.Information}
	}
	return p
}

// randomDuties draws what the council looks after beside its plan: who is to do
// a task by when, what is fulfilled, who speaks for it elsewhere, what it watches.
func randomDuties(t *rapid.T, in *agenda.Input, refs []plan.Ref) {
	for i := range rapid.IntRange(0, 5).Draw(t, "assignments") {
		in.Assignments = append(in.Assignments, plan.Assignment{ID: fmt.Sprint("a", i), Task: refs[(i*5+rapid.IntRange(0, 4).Draw(t, "assigned"))%len(refs)],
			Responsible: rapid.SampledFrom([]string{"", "Kultūras ministrija"}).Draw(t, "responsible"),
			Deadline:    rapid.SampledFrom([]council.Date{"", "2024-01-10", "2024-11-01", "2027-01-01"}).Draw(t, "task's deadline")})
	}
	for range rapid.IntRange(0, 4).Draw(t, "fulfilled") {
		in.Fulfilled = append(in.Fulfilled, rapid.SampledFrom(refs).Draw(t, "done"))
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "delegations") {
		in.Delegations = append(in.Delegations, agenda.Delegation{ID: fmt.Sprint("d", i), Body: "Uzraudzības komiteja", Delegate: "locekle A. Vīksne",
			BodyEN: rapid.SampledFrom([]string{"", "Monitoring committee"}).Draw(t, "in English"),
			Since:  rapid.SampledFrom([]council.Date{"2023-02-28", "2024-01-31", "2025-01-01"}).Draw(t, "since")})
		if rapid.Bool().Draw(t, "has reported") {
			in.Held = append(in.Held, agenda.Held{Session: "2024-01-31", Date: "2024-01-31", Number: 90 + i, Item: fmt.Sprint("delegation-d", i), ItemKind: agenda.Information})
		}
	}
	if rapid.Bool().Draw(t, "was escalated") {
		in.Held = append(in.Held, agenda.Held{Session: "2024-01-31", Date: "2024-01-31", Number: 99, Item: "overdue-d0", ItemKind: agenda.Discussion})
	}
	in.Session.Mode = rapid.SampledFrom([]council.Mode{council.Hybrid, council.Remote, council.InPerson}).Draw(t, "mode")
	in.Principles.Watched = slices.Clone(in.Principles.Watched)
	if rapid.IntRange(0, 3).Draw(t, "watches another") == 0 {
		in.Principles.Watched = append(in.Principles.Watched, agenda.Watched{Title: "Rīcības plāns", TitleEN: "Action plan",
			Measure: 2, Task: rapid.IntRange(1, 3).Draw(t, "by task"), Months: rapid.IntRange(0, 4).Draw(t, "in months")})
	}
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func randomPostponed(t *rapid.T) []council.Date {
	return rapid.SampledFrom([][]council.Date{{"2024-01-31"}, {"2024-02-14"}, {"2024-01-31", "2024-02-14"}}).Draw(t, "postponed")
}

func randomProposal(t *rapid.T, id string, session council.Date, refs []plan.Ref) agenda.Candidate {
	kind := rapid.SampledFrom([]agenda.Kind{agenda.Decision, agenda.Review, agenda.Data, agenda.Discussion, agenda.Information}).Draw(t, "kind")
	c := proposal(id, "Par jautājumu "+id, kind)
	for range rapid.IntRange(0, 2).Draw(t, "tasks") {
		if r := rapid.SampledFrom(refs).Draw(t, "task"); !slices.Contains(c.Tasks, r) {
			c.Tasks = append(c.Tasks, r)
		}
	}
	if len(c.Tasks) == 0 && rapid.IntRange(0, 3).Draw(t, "explained") > 0 {
		c.OutsidePlan = "Steidzams jautājums."
	}
	c.Minutes = rapid.SampledFrom([]int{0, 5, 10, 15, 30, 60}).Draw(t, "minutes")
	c.Initiator = rapid.SampledFrom([]council.Side{council.State, council.NGO, council.Joint, ""}).Draw(t, "side")
	c.OutsideRiga = rapid.IntRange(0, 5).Draw(t, "outside Rīga") == 0
	if rapid.Bool().Draw(t, "bare") {
		c.Documents = nil
	}
	c.Deadline = rapid.SampledFrom([]council.Date{"", "2024-03-31", "2025-04-30"}).Draw(t, "deadline")
	c.Submitted = session.AddDays(-rapid.IntRange(1, 60).Draw(t, "days before")).At("10:00")
	if rapid.IntRange(0, 5).Draw(t, "wished later") == 0 {
		c.Wish = session.AddDays(10)
	}
	if rapid.IntRange(0, 5).Draw(t, "urgent") == 0 {
		c.Urgent = []agenda.Urgency{{Role: council.Chair, Person: "chair"}, {Role: council.Deputy, Person: "deputy"}}
	}
	if rapid.IntRange(0, 4).Draw(t, "carried") == 0 {
		c.Postponed = randomPostponed(t)
		c.Settle = rapid.SampledFrom([]agenda.Settlement{"", "", agenda.SettleDecide, agenda.SettleGroup, agenda.SettleWithdraw}).Draw(t, "settled")
	}
	return c
}
