package agenda_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/plan"
)

// largePlan is a plan of measures with ten tasks each.
func largePlan(measures int) plan.Plan {
	p := plan.Plan{Revision: 1, Title: "Darba plāns", From: 2016, Until: 2026, Approved: "2016-01-27"}
	for m := range measures {
		x := plan.Measure{Number: m + 1, Text: "Pasākums"}
		for n := range 10 {
			x.Tasks = append(x.Tasks, plan.Task{Number: n + 1, Text: fmt.Sprintf("uzdevums %d par kādu lietu, kas plānā ir aprakstīta vienā teikumā", n+1)})
		}
		p.Measures = append(p.Measures, x)
	}
	return p
}

// largeInput is a council that looks back on ten years of monthly sessions and
// so many items dealt with in them; candidates and items stand in no order.
func largeInput(t testing.TB, measures, held int) agenda.Input {
	in := input(t)
	in.Plan = largePlan(measures)
	in.Lineage = plan.NewLineage(in.Plan)
	rnd := rand.New(rand.NewPCG(1, 2))
	in.Candidates = shuffled(rnd, agenda.FromTasks(&in.Plan, &in.Principles))
	for d := council.Date("2016-02-24"); d < in.Session.Date; d = d.AddMonths(1) {
		in.Past = append(in.Past, agenda.PastSession{Session: string(d), Date: d, Kind: council.Regular})
	}
	refs := in.Plan.Refs()
	for i := range held {
		s := in.Past[i%len(in.Past)]
		in.Held = append(in.Held, agenda.Held{Session: s.Session, Date: s.Date, Kind: s.Kind, Number: i/len(in.Past) + 1,
			Item: fmt.Sprintf("i%06d", i), ItemKind: agenda.Discussion, Minutes: 15, Tasks: []plan.Ref{refs[rnd.IntN(len(refs))]}})
	}
	in.Held = shuffled(rnd, in.Held)
	return in
}

// The lineage is built once, outside: it changes with the plan only. Growth from
// 1,000 to 10,000 tasks is to be near-linear.
func BenchmarkBuild(b *testing.B) {
	for _, size := range []struct{ measures, held int }{{0, 0}, {100, 10_000}, {500, 50_000}, {1000, 100_000}} {
		in, name := input(b), "the real plan"
		if size.measures > 0 {
			in, name = largeInput(b, size.measures, size.held), fmt.Sprintf("%d tasks, %d past items", size.measures*10, size.held)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := agenda.Build(in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// 36 sessions of a council with 10,000 tasks and of the real one; the second is
// also searched for what would make it feasible with one item a session.
func BenchmarkForecast(b *testing.B) {
	large := largeInput(b, 1000, 100_000)
	large.Plan.Until = 2027
	for name, in := range map[string]agenda.Input{"10000 tasks, 36 sessions": large, "the real plan": input(b)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if o := forecast(b, in, agenda.Horizon{Sessions: 36}); len(o.Sessions) < 35 {
					b.Fatalf("%d sessions", len(o.Sessions))
				}
			}
		})
	}
	b.Run("remedies of the real plan", func(b *testing.B) {
		in := param(input(b), "P21", "most", "1")
		for b.Loop() {
			o := forecast(b, in, agenda.Horizon{})
			remedies(b, in, &o)
		}
	})
}
