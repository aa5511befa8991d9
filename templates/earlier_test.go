package templates

func init() {
	crumbs := Crumbs{{Text: "Sēdes", Href: "/sessions"}}
	fields := append(EarlierFields[:len(EarlierFields):len(EarlierFields)], Named{"items-1-title", "page.earlier.item.title"}, Named{"items-1-tasks", "page.live.clause.tasks"},
		Named{"items-1-kind", "page.earlier.item.kind"}, Named{"items-1-outcome", "page.earlier.item.outcome"}, Named{"items-1-initiator", "page.proposal.initiator"},
		Named{"items-1-outsideRiga", "page.earlier.item.outsideRiga"})
	some := []Choice{{Value: "decision", Text: "lēmums"}}
	samples["record an earlier session"] = EarlierForm{Crumbs: crumbs, Form: faulty(fields), New: true, Leads: some, Kinds: some, Outcomes: some, Sides: some, Lines: []int{1}, Back: "/sessions"}
	samples["change an earlier session"] = EarlierForm{Crumbs: crumbs, Form: Form{Fields: fields, Revision: 2}, Kinds: some, Outcomes: some, Sides: some, Lines: []int{1}, Back: "/sessions/s"}
	samples["decision of an earlier session"] = EarlierDecisionForm{Crumbs: crumbs, Form: faulty(EarlierDecisionFields), Back: "/sessions/s"}
	samples["earlier session"] = SessionPage{Title: "Sēde", State: Tag{"notikusi", "green"}, Earlier: []EarlierLine{{Title: "Par to", Words: "diskusija · uzdevums 3.2."}}}
}
