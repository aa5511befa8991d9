package browser

func init() {
	stops = append(stops, stop{name: "ledger", path: "/ledger", who: []string{"", member}})
}
