package agenda_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"padome/agenda"
	"padome/council"
)

func TestTheOrderOfAnAgenda(t *testing.T) {
	in := param(param(only(t, "P4", "P6", "P10", "P20", "P21"), "P20", "total", "600"), "P21", "most", "30")
	in = on(in, "2025-03-26")
	in.Session.Ends = "23:00"
	in.Decisions = openDecisions()
	due := func(id string, deadline council.Date) agenda.Candidate {
		c := proposal(id, "Par "+id, agenda.Decision, ref(4, 1))
		c.Deadline = deadline
		return c
	}
	in = with(in,
		proposal("information", "Par i", agenda.Information, ref(1, 1)),
		proposal("discussion", "Par d", agenda.Discussion, ref(1, 1)),
		proposal("data", "Par datiem", agenda.Data, ref(5, 1)),
		proposal("policy", "Par politiku", agenda.Review, ref(6, 1)),
		due("no deadline", ""), due("later", "2025-12-31"), due("sooner", "2025-04-30"),
		carried("carried later", "2025-02-26"), carried("carried first", "2025-01-29", "2025-02-26"))
	in.Candidates = shuffled(rand.New(rand.NewPCG(1, 1)), in.Candidates)
	wantItems(t, build(t, in), "opening", "execution", "carried first", "carried later",
		"sooner", "later", "no deadline", "data", "policy", "review-2025", "discussion", "information", "any-other")
}

func TestTiesGoByMeasureTaskTimeAndID(t *testing.T) {
	early := time.Date(2024, 2, 1, 9, 0, 0, 0, time.UTC)
	for _, kind := range []agenda.Kind{agenda.Decision, agenda.Review, agenda.Discussion, agenda.Information} {
		t.Run(string(kind), func(t *testing.T) {
			in := only(t)
			for id, tasks := range map[string][]int{"2.2": {2, 2}, "2.1": {2, 1}, "10.1": {7, 3}, "outside": nil, "two": {8, 1, 1, 1}} {
				c := proposal(id, "Par "+id, kind)
				c.Initiator = ""
				for i := 0; i < len(tasks); i += 2 {
					c.Tasks = append(c.Tasks, ref(tasks[i], tasks[i+1]))
				}
				in = with(in, c)
			}
			b := proposal("b", "Par b", kind, ref(3, 1))
			a, z := b, b
			a.ID, z.ID, z.Submitted = "a", "z", early
			a.Initiator, b.Initiator, z.Initiator = "", "", ""
			in = with(in, b, a, z)
			in.Candidates = shuffled(rand.New(rand.NewPCG(1, 1)), in.Candidates)
			wantItems(t, build(t, in), "opening", "two", "2.1", "2.2", "z", "a", "b", "10.1", "outside", "any-other")
		})
	}
}

func TestDiscussionsTakeTurnsBetweenTheSides(t *testing.T) {
	in := only(t)
	add := func(id string, task int, side council.Side) {
		c := proposal(id, "Par "+id, agenda.Discussion, ref(8, task))
		c.Initiator = side
		in = with(in, c)
	}
	add("ngo1", 1, council.NGO)
	add("ngo2", 2, council.NGO)
	add("ngo3", 3, council.NGO)
	add("state1", 4, council.State)
	add("joint", 3, council.Joint)
	wantItems(t, build(t, in), "opening", "ngo1", "joint", "state1", "ngo2", "ngo3", "any-other")

	t.Run("of those that come on", func(t *testing.T) {
		late := proposal("state0", "Par state0", agenda.Discussion, ref(8, 1))
		late.Initiator, late.Wish = council.State, "2024-03-27"
		in := with(in, late)
		wantItems(t, build(t, in), "opening", "ngo1", "joint", "state1", "ngo2", "ngo3", "any-other")
		in.Candidates[5].Wish = ""
		in.Candidates[5].ID = "aaa"
		wantItems(t, build(t, in), "opening", "aaa", "ngo1", "joint", "state1", "ngo2", "ngo3", "any-other")
	})
	t.Run("decisions do not", func(t *testing.T) {
		in := in
		in.Candidates = append([]agenda.Candidate{}, in.Candidates...)
		for i := range in.Candidates {
			in.Candidates[i].Kind = agenda.Decision
		}
		wantItems(t, build(t, in), "opening", "ngo1", "ngo2", "joint", "ngo3", "state1", "any-other")
	})
}
