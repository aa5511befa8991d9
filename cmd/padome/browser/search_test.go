package browser

func init() {
	stops = append(stops,
		stop{name: "search", path: "/search?q=xyz", who: []string{"", member}},
		stop{name: "search-found", path: "/search?q=s%C4%93des+priek%C5%A1likumi", who: []string{"", secretariat}},
	)
}
