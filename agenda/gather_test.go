package agenda_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"padome/agenda"
	"padome/council"
	"padome/plan"
)

func TestTheTasksOfThePlanAreCandidates(t *testing.T) {
	in := input(t)
	in.Plan.Measures[7].Tasks[3].Retired = true
	in.Plan.Measures[7].Tasks[4].Text = "ļoti " + strings.Repeat("garš uzdevums, ", 30) + "beigas."
	cs := agenda.FromTasks(&in.Plan, &in.Principles)
	if len(cs) != 23 {
		t.Fatalf("%d candidates, want 23: one task is retired", len(cs))
	}
	for i, want := range map[int]agenda.Candidate{
		0: {Matter: agenda.Matter{ID: "task-1/1.1", Source: agenda.FromPlan, Kind: agenda.Data, Tasks: []plan.Ref{ref(1, 1)},
			Title: "Nodrošināt jaunāko datu prezentācijas Memoranda padomes sēdēs un diskusiju par pētījumu rezultātu un secinājumu ieviešanu praksē politikas plānošanas dokumentos"}},
		13: {Matter: agenda.Matter{ID: "task-1/6.1", Source: agenda.FromPlan, Kind: agenda.Review, Tasks: []plan.Ref{ref(6, 1)},
			Title: "Uzraudzīt Atvērtās pārvaldības rīcības plānu 2022.–2025. gadam īstenošanu un iesaistīties Atvērtās pārvaldības nākamā perioda aktivitāšu plānošanā"}},
	} {
		if diff := cmp.Diff(cs[i], want); diff != "" {
			t.Errorf("candidate %d (-got +want):\n%s", i, diff)
		}
	}
	for _, c := range cs {
		if err := c.Validate(&in.Plan); err != nil {
			t.Errorf("%s cannot be a candidate: %v", c.ID, err)
		}
	}
	if got := cs[22].Title; len([]rune(got)) > 300 || !strings.HasPrefix(got, "Ļoti garš") || !strings.HasSuffix(got, "…") {
		t.Errorf("a long task is titled %q", got)
	}
}

func TestJoinTakesEveryCandidateOnce(t *testing.T) {
	in := input(t)
	tasks := in.Candidates[:3]
	submitted := time.Date(2024, 1, 15, 10, 0, 0, 0, time.UTC)
	waits := func(id string, state agenda.ProposalState) agenda.Proposal {
		c := proposal(id, "Par "+id, agenda.Decision, ref(8, 2))
		c.Submitted, c.Deadline, c.Wish = submitted, "2024-04-30", "2024-01-31"
		return agenda.Proposal{Candidate: c, By: "member", State: state}
	}
	old := func(m agenda.Matter, days ...council.Date) agenda.Candidate {
		m.Postponed, m.Settle, m.Minutes = days, agenda.SettleDecide, 25
		return agenda.Candidate{Matter: m}
	}
	bare := waits("again", agenda.Waiting).Matter
	bare.Kind, bare.Documents = agenda.Information, nil // as it came on without documents (P18)
	cs := agenda.Join(tasks,
		[]agenda.Proposal{waits("new", agenda.Waiting), waits("again", agenda.Waiting), waits("done", agenda.DealtWith), waits("back", agenda.Withdrawn)},
		[]agenda.Candidate{
			old(tasks[1].Matter, "2024-01-31"), old(bare, "2023-12-20", "2024-01-31"),
			old(agenda.Matter{ID: "task-0/9.9", Source: agenda.FromPlan, Kind: agenda.Discussion, Title: "Bijis uzdevums"}, "2024-01-31"),
			old(agenda.Matter{ID: "review-2024", Source: agenda.Standing, Kind: agenda.Review}, "2024-01-31"),
		})
	var ids []string
	for _, c := range cs {
		ids = append(ids, c.ID)
	}
	if want := []string{"task-1/1.1", "task-1/2.1", "task-1/2.2", "new", "again", "task-0/9.9"}; !slices.Equal(ids, want) {
		t.Fatalf("candidates %q, want %q", ids, want)
	}
	t.Run("a postponed task stands as it was on the agenda", func(t *testing.T) {
		if c := cs[1]; c.Minutes != 25 || !slices.Equal(c.Postponed, []council.Date{"2024-01-31"}) {
			t.Errorf("%+v", c)
		}
	})
	t.Run("a postponed proposal is what it says by now, with its postponements", func(t *testing.T) {
		want := waits("again", agenda.Waiting).Candidate
		want.Postponed, want.Settle, want.Wish = []council.Date{"2023-12-20", "2024-01-31"}, agenda.SettleDecide, ""
		if diff := cmp.Diff(cs[4], want); diff != "" {
			t.Errorf("(-got +want):\n%s", diff)
		}
	})
	t.Run("what stays as it is has no postponements", func(t *testing.T) {
		if c := cs[3]; c.Postponed != nil || c.Wish != "2024-01-31" || c.Deadline != "2024-04-30" {
			t.Errorf("%+v", c)
		}
	})
}
