package templates

import "time"

func init() {
	crumbs := Crumbs{{Text: "Pamatprincipi", Href: "/principles"}}
	row := PrinciplesRow{Number: 2, Title: "Katalogs <b>", Href: "/principles/2", From: "2024-07-01", Agreed: []string{"Grupa, 01.06.2024.", "Otra"}, State: Tag{"spēkā", "green"}}
	samples["principles"] = PrinciplesList{Versions: []PrinciplesRow{row}, Discuss: true, Propose: "/principles/drafts/new", Overrides: true, Compare: "/principles/compare?a=1&b=2",
		Drafts: []DraftRow{{Title: "Projekts", Href: "/principles/drafts/1", Hint: "Grupa", State: Tag{"ierosināti", "blue"}}}}
	samples["no principles"] = PrinciplesList{Discuss: true, Groupless: true}
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
	draft := DraftPage{Crumbs: crumbs, Form: Form{Fields: DraftRemarkFields, Revision: 1}, Title: "Projekts <b>", Path: "/d", State: Tag{"ierosināti", "blue"}, Rows: []Row{{Name: "Ierosina", Value: "Grupa"}},
		Based: 2, Past: "/p", Groups: []DraftGroup{{Name: "Grupa", Agreed: "01.06.2024.", Href: "/g"}, {Name: "Otra"}}, PrinciplesContent: content}
	samples["closed draft"] = draft
	draft.Form, draft.Changes, draft.Remarks, draft.RuleIDs = faulty(DraftRemarkFields), []string{"P8"}, []Event{{At: at, What: "Par P8", Who: "A.", Note: "Nē."}}, []Choice{{Value: "P8", Text: "P8"}}
	draft.Edit, draft.Keep, draft.Ready, draft.Open, draft.History = true, true, true, true, "/h"
	samples["draft"] = draft
	groups := []Choice{{Value: "a", Text: "Grupa"}}
	samples["propose principles"] = DraftTexts{Crumbs: crumbs, Form: faulty(DraftTextFields), New: true, From: 2, Groups: groups, Back: "/principles"}
	samples["draft texts"] = DraftTexts{Form: Form{Fields: DraftTextFields}, Back: "/d"}
	fields := []Named{{"on", "page.draft.rule.on"}, {"hard", "page.draft.rule.hard"}, {"param-most", "principles.param.P21.most"}, {"param-missing", "principles.param.P18.missing"}}
	samples["draft rule"] = DraftRule{Crumbs: crumbs, Form: faulty(fields), Rule: content.Rules[1], Back: "/d", Voiding: true,
		Inputs: []ParamInput{{Name: "param-most", Hint: "page.draft.param.share", Type: "number"}, {Name: "param-missing", Choices: groups}}}
	samples["draft kinds"] = DraftKinds{Crumbs: crumbs, Form: Form{Faults: Faults{{Text: "Nē."}}}, Measures: []MeasureKind{{Field: "kind-1", Text: "1. Dati", Kind: "a"}}, Kinds: groups, Back: "/d", Voiding: true}
	watched := []Named{{"watched-1-title", "page.principles.watched.title"}, {"watched-1-titleEn", "page.draft.watched.title-en"}, {"watched-1-task", "page.principles.watched.task"}, {"watched-1-months", "page.principles.watched.months"}}
	samples["draft watched"] = DraftWatched{Crumbs: crumbs, Form: faulty(watched), Lines: []int{1}, Back: "/d", Voiding: true}
	samples["draft groups"] = DraftGroups{Crumbs: crumbs, Form: faulty(DraftGroupsFields), Groups: groups, Back: "/d"}
	samples["draft agreement"] = DraftAgreement{Crumbs: crumbs, Form: faulty(DraftAgreementFields), Group: "Grupa", Agreed: "01.06.2024.", Back: "/d", Path: "/a"}
	for _, how := range []string{"adopt", "reject", "withdraw"} {
		samples["draft to "+how] = DraftEnd{Crumbs: crumbs, Form: Form{Fields: DraftEndFields}, How: how, Title: "Projekts", Rows: []Row{{Name: "Grupa", Value: "01.06."}}, Changes: []string{"P8"}, Back: "/d"}
	}
}
