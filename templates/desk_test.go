package templates

func init() {
	samples["desk with nothing to do"] = Desk{Start: Start{Council: "Padome"}}
	samples["desk"] = Desk{Urged: true, Start: Start{Council: "Padome", Next: &Next{Date: "2024-02-28", Time: "11:00", Place: "Rīga", Agenda: true, Link: "/s/2"}},
		Todo: []Task{{Title: "Sagatavot", Hint: "…", Href: "/x", State: Tag{Text: "līdz 21.02.2024.", Colour: "red"}}, {Title: "Parakstīt"}}}
}
