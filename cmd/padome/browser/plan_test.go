package browser

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
	)
}
