package templates

import "time"

func init() {
	crumbs := Crumbs{{Text: "Padome", Href: "/people"}}
	alternate := Holder{Name: "B. <b>", Href: "/people/b", Role: "Aizstājēja", From: "2024-01-01"}
	member := Holder{Name: "A. <b>", Href: "/people/a", Role: "Locekle", Works: "direktore", From: "2024-01-01", Until: "2024-12-31", Substitutes: []Holder{alternate}}
	samples["people"] = People{Keep: true, Register: true, Leads: []Holder{member, {Role: "Vietnieks", Vacant: true}}, Staff: []Holder{member}, Others: []Holder{member},
		Sides: []CouncilSide{{Side: "state", Name: "Valsts puse", Filled: 1, Seats: 8, Members: []Holder{member, {Name: "C.", Href: "/c", From: "2024-01-01"}}}, {Side: "ngo", Name: "NVO puse", Seats: 8}}}
	samples["people to the public"] = People{Leads: []Holder{{Name: "A.", Role: "Vadītāja", From: "2024-01-01", Substitutes: []Holder{{Name: "B.", Role: "Aizstājēja"}}}},
		Sides: []CouncilSide{{Side: "state", Name: "Valsts puse", Filled: 1, Seats: 1, Members: []Holder{{Name: "A."}}}}}
	samples["people without staff"] = People{Register: true}
	mandate := MandateRow{Role: "Locekle", For: "A. B.", From: "2024-01-01", Basis: "Rīkojums", State: Tag{"spēkā", "green"}, Change: "/people/a/mandates/1", History: "/history/mandate/1"}
	sent := DelegationRow{Body: "Komiteja", Name: "A. B.", Person: "/people/a", From: "2024-01-01", Until: "2025-01-01", Change: "/people/delegations/1"}
	samples["person"] = PersonPage{Crumbs: crumbs, Name: "A. <b>", Path: "/people/a", Keep: true, Rows: []Row{{Name: "Amats", Value: "–"}},
		Mandates: []MandateRow{mandate, {Role: "Vadītāja", From: "2023-01-01", Until: "2023-12-31", State: Tag{"beigušās", "grey"}}}, Sent: []DelegationRow{sent}, Account: "/accounts/a", History: "/history/person/a"}
	samples["oneself"] = PersonPage{Name: "A.", Path: "/people/a", Keep: true, Self: true}
	samples["add a person"] = PersonForm{Crumbs: crumbs, Form: faulty(PersonFields), New: true, Back: "/people"}
	samples["change a person"] = PersonForm{Crumbs: crumbs, Form: Form{Fields: PersonFields, Revision: 1}, Back: "/people/a"}
	samples["give a mandate"] = MandateForm{Crumbs: crumbs, Form: faulty(MandateFields), New: true, Name: "A.", Principals: []Choice{{Value: "b", Text: "B."}}, Back: "/people/a"}
	samples["change a mandate"] = MandateForm{Crumbs: crumbs, Form: Form{Fields: MandateFields}, Back: "/people/a"}
	samples["delegations"] = Delegations{Crumbs: crumbs, Keep: true, Now: []DelegationRow{sent}, Past: []DelegationRow{{Body: "Padome", From: "2023-01-01"}}}
	samples["no delegations"] = Delegations{}
	samples["send a delegate"] = DelegationForm{Crumbs: crumbs, Form: faulty(DelegationFields), New: true, People: []Choice{{Value: "a", Text: "A."}}}
	samples["change a delegation"] = DelegationForm{Form: Form{Fields: DelegationFields}}
	at := time.Date(2024, 2, 28, 9, 5, 0, 0, time.UTC)
	samples["history of a record"] = RecordHistory{Crumbs: crumbs, Title: "persona", Events: []Event{{At: at, What: "Mainīts", Who: "A.", Note: "<b>"}}, Pager: Pager{Newer: "/h", Older: "/h?after=1"}}
	samples["no history"] = RecordHistory{Title: "persona"}
	group := GroupRow{ID: "finance", Name: "Finanšu <b>", Measures: []string{"2. Stiprināt"}, Lead: "A.", Members: []string{"A.", "B."}, From: "2024-01-01", Until: "2024-12-31", Change: "/groups/finance/change", History: "/h"}
	samples["groups"] = Groups{Crumbs: crumbs, Keep: true, People: true, Now: []GroupRow{group}, Past: []GroupRow{{ID: "old", Name: "Agrākā", From: "2023-01-01"}}}
	samples["no groups"] = Groups{}
	samples["add a group"] = GroupForm{Crumbs: crumbs, Form: faulty(GroupFields), New: true, Measures: []Choice{{Value: "1", Text: "1."}}, People: []Choice{{Value: "a", Text: "A.", Hint: "x"}}}
	samples["change a group"] = GroupForm{Form: Form{Fields: GroupFields, Revision: 2}, People: []Choice{{Value: "a", Text: "A."}}}
}
