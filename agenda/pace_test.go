package agenda_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/plan"
)

// sitting is one simulated session: its agenda, dealt with as it stands.
type sitting struct {
	day   council.Date
	draft agenda.Draft
}

// run simulates monthly regular sessions from February 2024 on, each agenda
// dealt with whole. more may add candidates to a session.
func run(t testing.TB, in agenda.Input, n int, more func(day council.Date) []agenda.Candidate) []sitting {
	t.Helper()
	var all []sitting
	day := council.Date("2024-02-28")
	for range n {
		x := in
		x.Session.ID, x.Session.Date = string(day), day
		if more != nil {
			x = with(x, more(day)...)
		}
		d := build(t, x)
		all = append(all, sitting{day, d})
		for _, it := range d.Items {
			in.Held = append(in.Held, agenda.Held{Session: string(day), Date: day, Kind: council.Regular, Number: it.Number,
				Item: it.ID, ItemKind: it.Kind, Tasks: it.Tasks, Minutes: it.Minutes, Initiator: it.Initiator, OutsideRiga: it.OutsideRiga})
		}
		in.Past = append(in.Past, agenda.PastSession{Session: string(day), Date: day, Kind: council.Regular})
		next := (day[:8] + "01").AddMonths(1)
		day = in.Calendar.RegularDate(next.Year(), monthOf(next), in.Settings.Weekday)
	}
	return all
}

// sessionsOf finds at which sessions, by place, each task came on.
func sessionsOf(all []sitting, on func(agenda.Item) []string) map[string][]int {
	at := map[string][]int{}
	for i, s := range all {
		for _, it := range s.draft.Items {
			for _, k := range on(it) {
				if n := len(at[k]); n == 0 || at[k][n-1] != i {
					at[k] = append(at[k], i)
				}
			}
		}
	}
	return at
}

func tasksOf(it agenda.Item) (ks []string) {
	for _, r := range it.Tasks {
		ks = append(ks, r.Label())
	}
	return ks
}

func measuresOf(it agenda.Item) (ks []string) {
	for _, r := range it.Tasks {
		ks = append(ks, fmt.Sprint("measure ", r.Measure))
	}
	return ks
}

// The real plan over three years under the whole catalogue: every obligation is
// kept, evenly.
func TestThreeYearsOnTheRealPlan(t *testing.T) {
	in := input(t)
	for _, day := range []council.Date{"2024-05-08", "2025-10-08", "2026-12-09"} { // what only people can bring (P26)
		in.Held = append(in.Held, agenda.Held{Session: "extra" + string(day), Date: day, Kind: council.Extraordinary, Item: "x", OutsideRiga: true})
	}
	all := run(t, in, 36, nil)
	t.Log("session      items  tasks")
	for _, s := range all {
		var on []string
		for _, it := range s.draft.Items {
			if it.Kind.Substantive() {
				on = append(on, strings.TrimPrefix(it.ID, "task-1/"))
			}
		}
		t.Logf("%s  %d      %s", s.day, len(on), strings.Join(on, "  "))
		for _, u := range s.draft.Unmet {
			t.Errorf("%s: %s", s.day, u.Reason.Text(locale.EN))
		}
		if len(on) < 1 || len(on) > 5 {
			t.Errorf("%s has %d substantive items", s.day, len(on))
		}
	}
	covered(t, in, all)
	data := sessionsOf(all, func(it agenda.Item) []string { return []string{string(it.Kind)} })["data"]
	for i, at := range append(data, len(all)) {
		before := -1
		if i > 0 {
			before = data[i-1]
		}
		if at-before > 3 {
			t.Errorf("no data between sessions %d and %d", before+1, at+1)
		}
	}
	reviews := sessionsOf(all, func(it agenda.Item) []string { return []string{it.ID} })
	for year, by := range map[string]council.Date{"2025": "2025-03-31", "2026": "2026-03-31"} {
		at := reviews["review-"+year]
		if len(at) != 1 || all[at[0]].day > by || all[at[0]].day.Year() != by.Year() {
			t.Errorf("the review of %s is held at the sessions %v, by %s", year, at, by)
		}
	}
	if got := reviews["review-2024"]; got != nil {
		t.Errorf("2024 is reviewed at %v although the plan was approved that year", got)
	}
}

// covered fails unless every task comes on once in twelve months, counted from
// the plan's approval, and every measure in any six sessions.
func covered(t *testing.T, in agenda.Input, all []sitting) {
	t.Helper()
	tasks, measures := sessionsOf(all, tasksOf), sessionsOf(all, measuresOf)
	for _, r := range in.Plan.Refs() {
		last := in.Plan.Approved
		for _, i := range tasks[r.Label()] {
			if all[i].day > last.AddMonths(12) {
				t.Errorf("%s is not held between %s and %s", r.Label(), last, all[i].day)
			}
			last = all[i].day
		}
		if end := all[len(all)-1].day; last.AddMonths(12) < end {
			t.Errorf("%s is not held between %s and %s", r.Label(), last, end)
		}
	}
	for m := range in.Plan.Measures {
		at := measures[fmt.Sprint("measure ", m+1)]
		last := -1
		for _, i := range append(slices.Clone(at), len(all)) {
			if i-last > 6 {
				t.Errorf("measure %d is not held between sessions %d and %d", m+1, last+1, i+1)
			}
			last = i
		}
	}
}

// Proposals bring tasks on in their own order; the pace makes up for it.
func TestThreeYearsWithProposals(t *testing.T) {
	in := input(t)
	refs := in.Plan.Refs()
	n := 0
	all := run(t, in, 36, func(day council.Date) []agenda.Candidate {
		var cs []agenda.Candidate
		for _, kind := range []agenda.Kind{agenda.Decision, agenda.Information} {
			n++
			c := proposal(fmt.Sprintf("p%03d", n), fmt.Sprintf("Par jautājumu Nr. %d", n), kind, refs[n*7%len(refs)])
			c.Submitted = day.AddDays(-30).At("10:00")
			c.OutsideRiga = kind == agenda.Decision && monthOf(day) == time.June
			if kind == agenda.Information {
				c.Initiator = council.State
			}
			cs = append(cs, c)
		}
		return cs
	})
	covered(t, in, all)
	for _, s := range all {
		for _, u := range s.draft.Unmet {
			t.Errorf("%s: %s", s.day, u.Reason.Text(locale.EN))
		}
	}
}

// Where the sessions cannot hold what falls due, the draft of the first says so,
// by how much and what would help.
func TestAPlanThatCannotBeCoveredIsReportedAtOnce(t *testing.T) {
	for name, x := range map[string]struct {
		in          agenda.Input
		key, lv, en string
	}{
		"too few items": {param(input(t), "P21", "most", "1"), "reason.p8.infeasible",
			"Pēc šīs sēdes nākamajās 5 kārtējās sēdēs jāskata 7 uzdevumi, bet vietas ir 5 jautājumiem, par 2 par maz (P8). Palieliniet jautājumu skaitu, pagariniet P8 termiņus vai sasauciet papildu sēdi, vai norādiet iemeslu.",
			"After this session, 7 tasks are due within the next 5 regular sessions, which hold 5 items, 2 too few (P8). Allow more items, longer periods under P8 or one session more, or give the reason."},
		"too little time": {param(input(t), "P20", "total", "60"), "reason.p8.infeasible",
			"Pēc šīs sēdes nākamajās 5 kārtējās sēdēs jāskata 7 uzdevumi, bet vietas ir 5 jautājumiem, par 2 par maz (P8). Palieliniet jautājumu skaitu, pagariniet P8 termiņus vai sasauciet papildu sēdi, vai norādiet iemeslu.",
			"After this session, 7 tasks are due within the next 5 regular sessions, which hold 5 items, 2 too few (P8). Allow more items, longer periods under P8 or one session more, or give the reason."},
		"too short a period": {param(input(t), "P8", "task_months", "3"), "reason.p8.infeasible",
			"Pēc šīs sēdes nākamajās 2 kārtējās sēdēs jāskata 19 uzdevumu, bet vietas ir 10 jautājumiem, par 9 par maz (P8). Palieliniet jautājumu skaitu, pagariniet P8 termiņus vai sasauciet papildu sēdi, vai norādiet iemeslu.",
			"After this session, 19 tasks are due within the next 2 regular sessions, which hold 10 items, 9 too few (P8). Allow more items, longer periods under P8 or one session more, or give the reason."},
		"too short a window": {param(input(t), "P8", "coverage_window", "1"), "reason.p8.infeasible-now",
			"Šajā sēdē jāskata 8 uzdevumi, bet vietas ir 5 jautājumiem, par 3 par maz (P8). Palieliniet jautājumu skaitu, pagariniet P8 termiņus vai sasauciet papildu sēdi, vai norādiet iemeslu.",
			"8 tasks are due at this session, which holds 5 items, 3 too few (P8). Allow more items, longer periods under P8 or one session more, or give the reason."},
	} {
		t.Run(name, func(t *testing.T) {
			d := build(t, x.in)
			wantBreach(t, d.Unmet, x.key, false, x.lv, x.en)
		})
	}
}

// One item can be on several tasks: what is held is not too much.
func TestWhatComesOnIsNotTooMuch(t *testing.T) {
	in := param(onTasks(only(t, "P8", "P21")), "P8", "coverage_window", "1")
	var one []plan.Ref
	for m := range in.Plan.Measures {
		one = append(one, ref(m+1, 1))
	}
	d := build(t, with(in, proposal("p1", "Par plāna izpildi", agenda.Discussion, one...)))
	wantItems(t, d, "opening", "p1", "any-other")
	wantKept(t, d.Unmet, "P8")
}

// Where all cannot come on, the most pressing do, not those that stand first in
// the plan.
func TestTheMostPressingComeOnWhereNotAllCan(t *testing.T) {
	in := param(meets(on(input(t), "2025-01-29"), "2024-02-28"), "P21", "most", "2")
	var late []plan.Ref
	for _, r := range in.Plan.Refs() {
		if r != ref(7, 2) && r != ref(8, 4) {
			late = append(late, r)
		}
	}
	in = deals(in, "2024-12-18", agenda.Discussion, late...)
	wantItems(t, build(t, in), "opening", "task-1/7.2", "task-1/8.4", "any-other")
}

// A task that is only next in turn ranks higher, but leaves the room to one that
// is due; not so a proposal.
func TestWhatIsNextInTurnGivesWayToWhatIsDue(t *testing.T) {
	in := param(onTasks(nearly(t, on(only(t, "P8", "P21"), "2025-01-29"), "2024-12-18", ref(7, 2))), "P8", "coverage_window", "3")
	wantItems(t, build(t, in), "opening", "task-1/1.1", "task-1/2.1", "task-1/7.2", "any-other")
	in = with(in, proposal("p1", "Par labu pārvaldību", agenda.Decision, ref(4, 1)))
	d := build(t, param(in, "P21", "most", "2"))
	wantItems(t, d, "opening", "p1", "task-1/7.2", "any-other")
	wantOut(t, d, "task-1/1.1", "reason.p8.yields",
		"Vieta šajā sēdē vajadzīga 1 uzdevumam, kas vairs nevar gaidīt; šis vēl var (P8).",
		"This session needs the room for 1 task that cannot wait any longer; this one still can (P8).")
	wantNo(t, d.Unmet, "reason.p8.unmet")
	d = build(t, param(in, "P21", "most", "1"))
	wantItems(t, d, "opening", "p1", "any-other")
	wantOut(t, d, "task-1/7.2", "reason.p21.full", "Sēdē jau ir 1 augstāk ierindots lietas jautājums (P21).",
		"The session already has 1 substantive item ranked above (P21).")
}

// An item that brings a due task on has the room that the task would have; when
// that is not enough, it does not take the task off the agenda with it.
func TestATaskComesOnByItselfWhenItsProposalFindsNoRoom(t *testing.T) {
	in := param(on(input(t), "2025-01-29"), "P21", "most", "1")
	var rest []plan.Ref
	for _, r := range in.Plan.Refs() {
		if r != ref(8, 4) {
			rest = append(rest, r)
		}
	}
	in = deals(meets(in, "2024-12-18"), "2024-12-18", agenda.Discussion, rest...)
	c := proposal("p1", "Par konsultatīvajām padomēm", agenda.Information, ref(8, 4))
	wantItems(t, build(t, in), "opening", "task-1/8.4", "any-other")
	d := build(t, with(in, c)) // data, next in turn and ranked above, give way to it
	wantItems(t, d, "opening", "p1", "any-other")
	wantNo(t, d.Unmet, "reason.p8.unmet")
	c.Minutes = 30
	d = build(t, param(with(in, c), "P20", "total", "50"))
	wantItems(t, d, "opening", "task-1/8.4", "any-other")
	wantOut(t, d, "p1", "reason.p20.full", "Jautājumam vajag 30 min, bet pēc augstāk ierindotajiem sēdē atlicis 25 min (P20).",
		"The item needs 30 min; after those ranked above it 25 min are left (P20).")
	wantOn(t, d, "task-1/8.4", "reason.p8.now-never",
		"Uzdevums 8.4. nav skatīts kopš tā apstiprināšanas 2024. gada 31. janvārī; pamatprincips P8 prasa to skatīt reizi 12 mēnešos, un līdz 2025. gada 31. janvārim citas kārtējās sēdes vairs nav.",
		"Task 8.4 has not been dealt with since it was approved on 31 January 2024; rule P8 asks for it once in 12 months, and no other regular session comes by 31 January 2025.")
	wantNo(t, d.Unmet, "reason.p8.unmet")
	talk := proposal("p2", "Par sarunu", agenda.Discussion, ref(8, 5))
	d = build(t, param(with(in, c, talk), "P20", "total", "50")) // ranked between the task and the item that brings it on
	wantItems(t, d, "opening", "task-1/8.4", "any-other")
	c.Minutes = 10
	d = build(t, param(with(in, c, talk), "P21", "most", "2"))
	wantItems(t, d, "opening", "task-1/1.1", "p1", "any-other")
	d = build(t, param(with(in, c, talk), "P21", "most", "3"))
	wantItems(t, d, "opening", "task-1/1.1", "p2", "p1", "any-other")
	d = build(t, param(with(in, c, proposal("p0", "Par līdzdalību", agenda.Decision, ref(2, 1))), "P21", "most", "2"))
	wantItems(t, d, "opening", "p0", "p1", "any-other")
	wantOut(t, d, "task-1/8.4", "reason.p8.through", "Uzdevumu 8.4. šajā sēdē skata jautājumā „Par konsultatīvajām padomēm”.",
		"Task 8.4 comes on at this session through “Par konsultatīvajām padomēm”.")
	wantKept(t, d.Unmet, "P8")
}

// One that may wait was to come on through its item only, and says so.
func TestATaskThatMayWaitGoesWithItsProposal(t *testing.T) {
	in := param(onTasks(only(t, "P8", "P21")), "P21", "most", "1")
	in = with(in, proposal("p0", "Par līdzdalību", agenda.Decision, ref(2, 1)), proposal("p1", "Par padomēm", agenda.Information, ref(8, 4)))
	d := build(t, in)
	wantItems(t, d, "opening", "p0", "any-other")
	wantOut(t, d, "task-1/8.4", "reason.p8.through-left", "Uzdevumu 8.4. skatīs jautājumā „Par padomēm”, kas šoreiz darba kārtībā neietilpa.",
		"Task 8.4 will come on through “Par padomēm”, which did not fit on this agenda.")
}
