package browser

func init() {
	stops = append(stops,
		stop{name: "plan", path: "/plan", who: []string{public, secretariat, member}},
		stop{name: "plan-task", path: "/plan/tasks/3/2", who: []string{public, secretariat}},
		stop{name: "plan-coverage", path: "/plan/coverage?year=0", who: []string{public}},
		stop{name: "plan-forecast", path: "/plan/forecast", who: []string{secretariat, chair}},
		stop{name: "plan-revisions", path: "/plan/revisions", who: []string{public}},
		stop{name: "plan-revision", path: "/plan/revisions/1", who: []string{public}},
	)
}
