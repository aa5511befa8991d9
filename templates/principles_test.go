package templates

import "time"

func init() {
	crumbs := Crumbs{{Text: "Pamatprincipi", Href: "/principles"}}
	row := PrinciplesRow{Number: 2, Title: "Katalogs <b>", Href: "/principles/2", From: "2024-07-01", Agreed: []string{"Grupa, 01.06.2024.", "Otra"}, State: Tag{"spēkā", "green"}}
	samples["principles"] = PrinciplesList{Versions: []PrinciplesRow{row}, Discuss: true, Propose: "/principles/drafts/new", Overrides: true, Compare: "/principles/compare?a=1&b=2",
		Drafts: []DraftRow{{Title: "Projekts", Href: "/principles/drafts/1", Hint: "Grupa", State: Tag{"ierosināti", "blue"}}}}
	samples["no principles"] = PrinciplesList{Discuss: true}
	content := PrinciplesContent{Kinds: []Row{{Name: "1. pasākums", Value: "dati"}}, Watched: []WatchedRow{{Title: "Plāns <b>", Task: "6.1.", Months: 12}},
		Rules: []RuleRow{{ID: "P1", Wording: "Pirmais.", Ground: "Tāpēc.", Hard: true}, {ID: "P5", Wording: "Kavētie.", Ground: "Tāpēc.", Params: []Row{{Name: "Dienas", Value: "30"}}, Change: "/x"}, {ID: "P7", Off: true, Wording: "x", Ground: "y"}}}
	samples["principles in full"] = PrinciplesPage{Crumbs: crumbs, Number: 2, Title: "Katalogs", State: Tag{"spēkā", "green"}, Rows: []Row{{Name: "Spēkā no", Value: "1."}}, Note: "Piezīme",
		Before: "/principles/compare?a=1&b=2", Propose: "/principles/drafts/new?from=2", PrinciplesContent: content}
	samples["first principles"] = PrinciplesPage{Number: 1, Title: "Kārtība"}
	past := &PastCompared{Differing: 1, Skipped: 2, Earlier: true, A: 1, B: 2, Sessions: []SessionCompared{{Date: "2024-02-28", Href: "/sessions/1", Alike: 3, MinutesA: 100, MinutesB: 90,
		Items: []ItemCompared{{Title: "Par to <b>", Sentences: []string{"Cits laiks."}, Why: []string{"Tāpēc."}}}, BreachesA: []string{"P7"}, BreachesB: []string{"P21"}}, {Date: "2024-03-27", Href: "/sessions/2"}}}
	samples["compare"] = PrinciplesCompare{Crumbs: crumbs, Form: faulty(PrinciplesCompareFields), Sets: []Choice{{Value: "1", Text: "1."}}}
	samples["compared"] = PrinciplesCompare{Form: Form{Fields: PrinciplesCompareFields}, A: "1.", B: "2.", Changes: []string{"P8"}, PastHref: "/x"}
	samples["compared on past sessions"] = PrinciplesCompare{Form: Form{Fields: PrinciplesCompareFields}, A: "1.", B: "2.", Past: past}
	at := time.Date(2024, 2, 28, 9, 5, 0, 0, time.UTC)
	samples["overrides"] = OverridesPage{Crumbs: crumbs, Rules: []OverrideRow{{Rule: "P21", Wording: "Pieci.", Submitted: 2, Approved: 1, Times: []Event{{At: at, What: "Sēde", Who: "A.", Note: "Tāpēc."}}}, {Submitted: 1}}}
	samples["no overrides"] = OverridesPage{}
}
