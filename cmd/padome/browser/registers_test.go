package browser

func init() {
	stops = append(stops,
		stop{name: "people", path: "/people", who: []string{public, secretariat, member}},
		stop{name: "person-new", path: "/people/new", who: []string{secretariat}},
		stop{name: "delegations", path: "/people/delegations", who: []string{secretariat}},
		stop{name: "delegation-new", path: "/people/delegations/new", who: []string{secretariat}},
		stop{name: "groups", path: "/groups", who: []string{public, secretariat}},
		stop{name: "group-new", path: "/groups/new", who: []string{secretariat}},
		stop{name: "principles", path: "/principles", who: []string{public, secretariat}},
		stop{name: "principles-version", path: "/principles/2", who: []string{public}},
		stop{name: "principles-compare", path: "/principles/compare?a=1&b=2&past=1", who: []string{secretariat}},
		stop{name: "overrides", path: "/principles/overrides", who: []string{secretariat}},
		stop{name: "draft-new", path: "/principles/drafts/new", who: []string{secretariat}},
		stop{name: "settings", path: "/settings", who: []string{secretariat}},
		stop{name: "settings-calendar", path: "/settings/calendar", who: []string{secretariat}},
		stop{name: "settings-arms", path: "/settings/arms", who: []string{secretariat}},
		stop{name: "accounts", path: "/accounts", who: []string{admin}},
		stop{name: "account-new", path: "/accounts/new", who: []string{admin}},
	)
}
