package browser

import (
	"slices"
	"strings"

	"padome/plan"
	"padome/plan/exchange"
)

func init() {
	stops = append(stops,
		stop{name: "plan", path: "/plan", who: []string{public, secretariat, member}},
		stop{name: "plan-task", path: "/plan/tasks/3/2", who: []string{public, secretariat}},
		stop{name: "plan-coverage", path: "/plan/coverage?year=0", who: []string{public}},
		stop{name: "plan-forecast", path: "/plan/forecast", who: []string{secretariat, chair}},
		stop{name: "plan-assign", path: "/plan/tasks/3/2/assign", who: []string{secretariat}},
		stop{name: "plan-finding", path: "/plan/tasks/3/2/finding", who: []string{secretariat}},
		stop{name: "plan-evaluations", path: "/plan/evaluations", who: []string{public}},
		stop{name: "plan-evaluation", path: "/plan/evaluations/2024", who: []string{public, secretariat, member}},
		stop{name: "plan-conclusions", path: "/plan/evaluations/2024/conclusions", who: []string{secretariat}},
		stop{name: "plan-adoption", path: "/plan/evaluations/2024/adopt", who: []string{secretariat}},
		stop{name: "plan-import", path: "/plan/import", who: []string{secretariat}},
		stop{name: "plan-reviews", path: "/plan/reviews", who: []string{secretariat, member}},
		stop{name: "plan-revisions", path: "/plan/revisions", who: []string{public}},
		stop{name: "plan-revision", path: "/plan/revisions/1", who: []string{public}},
		stop{name: "plan-changes", path: "/plan/revisions/2/changes", who: []string{public}},
		stop{name: "plan-preview", path: "/plan/import", send: aPlan, who: []string{secretariat}},
		stop{name: "plan-review", find: review(""), who: []string{secretariat, chair}},
		stop{name: "plan-review-edit", find: review("/edit?op=reword&measure=3&task=2"), who: []string{secretariat}},
		stop{name: "plan-review-merge", find: review("/edit?op=merge"), who: []string{secretariat}},
		stop{name: "plan-review-put", find: review("/put"), who: []string{secretariat}},
		stop{name: "plan-review-decide", find: review("/decide"), who: []string{secretariat}},
		stop{name: "plan-review-withdraw", find: review("/withdraw"), who: []string{secretariat}},
	)
}

// review finds a page of the review that is under way.
func review(below string) func(*house) string {
	return func(h *house) string {
		h.Helper()
		all, err := h.office.Reviews(h.Context(), h.by(secretariat).Actor)
		h.must(err)
		i := slices.IndexFunc(all, func(r plan.Review) bool { return r.State != plan.Abandoned })
		return "/plan/reviews/" + all[i].ID + below
	}
}

// aPlan sends the file of a plan that is not the one in force.
func aPlan(h *house) sending {
	h.Helper()
	p, err := plan.Real()
	h.must(err)
	p.Approved = "2024-04-10"
	p.Measures[1].Tasks[0].Text += " Un vēl."
	var b strings.Builder
	h.must(exchange.Write(&b, p, exchange.JSON))
	return sending{name: "plans.json", contents: b.String()}
}
