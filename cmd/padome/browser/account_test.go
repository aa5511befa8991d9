package browser

func init() {
	all := []string{secretariat, chair, member}
	stops = append(stops,
		stop{name: "account", path: "/account", who: all},
		stop{name: "change-password", path: "/account/password", who: []string{member}},
		stop{name: "second-factor", path: "/account/second", who: []string{chair}},
	)
}
