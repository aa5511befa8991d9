package templates

import "time"

func init() {
	at := time.Date(2024, 2, 20, 10, 0, 0, 0, time.UTC)
	crumbs := Crumbs{{Text: "Priekšlikumi", Href: "/proposals"}}
	row := ProposalRow{Title: "Par <b>to</b>", Href: "/proposals/p1", State: Tag{"iesniegts", "grey"}, By: "Biedrība", Said: "Iesniegts."}
	choice := []Choice{{Value: "decision", Text: "lēmums"}}
	measures := []PlanTasks{{Title: "8. Par <b>", Open: true, Tasks: []Choice{{Value: "1/8.2", Text: "8.2. Par"}}}, {Title: "1.", Tasks: choice}}
	documents := []Document{{Name: "a.pdf", Href: "/api/v1/documents/0", Size: "3 kB", Remove: "0"}}
	samples["no proposals"] = Proposals{}
	samples["proposals"] = Proposals{Due: []string{"Līdz tam."}, Mine: []ProposalRow{row}, All: []ProposalRow{row}, Pager: Pager{Older: "/x"}}
	samples["proposal to hand in"] = ProposalForm{Crumbs: crumbs, Form: Form{Fields: ProposalFields}, Title: "Jauns", New: true, Due: []string{"Līdz."},
		Kinds: choice, Sessions: choice, Measures: measures}
	samples["proposal with faults"] = ProposalForm{Form: faulty(without(ProposalFields, "initiator", "received")), Title: "Labot", Kinds: choice, Measures: measures}
	samples["proposal on behalf with faults"] = ProposalForm{Form: faulty(without(ProposalFields, "joint")), Title: "Jauns", New: true, OnBehalf: true, Kinds: choice,
		Sides: choice, Measures: measures}
	p := ProposalPage{Crumbs: crumbs, Title: "Par <b>to</b>", State: Tag{"iesniegts", "grey"}, Said: []string{"Iesniegts."}, Path: "/proposals/p1", Rows: []Row{{Name: "A", Value: "B"}},
		Events: []Event{{At: at, Who: "A.", What: "Iesniegts", Note: "<b>"}}, Ask: named("ask-", ProposalAskFields), Answer: named("answer-", ProposalAnswerFields)}
	samples["proposal to read"] = p
	p.Session, p.Documents, p.Decisions, p.Question = Action{Text: "Sēde", Href: "/sessions/s"}, documents, []Task{{Title: "1.1.", Href: "/decisions/d"}}, "Kas?"
	p.May = ProposalRights{Change: true, Ask: true, Answer: true, Ready: true, Confirm: true, Urgent: true, Waive: true, Opinion: true, Settle: "/backlog/p1/settle"}
	samples["proposal to work on"] = p
	p.Ask, p.Answer = faultyAs("ask-", ProposalAskFields), faultyAs("answer-", ProposalAnswerFields)
	samples["proposal with faults of its forms"] = p
	samples["documents of a proposal"] = DocumentsForm{Crumbs: crumbs, Form: faulty(DocumentFields), Title: "Par", Documents: documents}
	samples["no documents of a proposal"] = DocumentsForm{Form: Form{Fields: DocumentFields}, Title: "Par"}
	samples["opinion"] = ProposalOpinion{Crumbs: crumbs, Form: Form{Fields: ProposalOpinionFields}, Title: "Par", Groups: choice}
	samples["withdrawal"] = ProposalWithdrawal{Crumbs: crumbs, Form: faulty(ReasonFields), Title: "Par", Said: "Iesniegts.", Back: "/proposals/p1"}
	samples["settlement"] = SettleForm{Crumbs: crumbs, Form: faulty(SettleFields), Title: "Par", Said: "Atlikts.", Choices: choice}
	samples["empty backlog"] = Backlog{Crumbs: crumbs, Form: Form{Fields: BacklogFields}}
	samples["backlog of nothing chosen"] = Backlog{Form: Form{Fields: BacklogFields}, Filtered: true, Places: choice}
	samples["backlog"] = Backlog{Form: Form{Fields: BacklogFields}, Places: choice, Sides: choice, Measures: choice, Waiting: []BacklogRow{
		{Title: "Par <b>", Href: "/proposals/p1", State: Tag{"atlikts", "yellow"}, Age: "Gaida.", Note: "plāna 8.2.", Side: "NVO puse", Said: "Atlikts.", Next: "Tad.", Out: "Nebija.", Settle: "/x"},
		{Title: "Uzdevums", Age: "Gaida.", Said: "Atlikts.", Next: "Tad."}}}
}

// without are fields but for some.
func without(fields []Named, names ...string) (rest []Named) {
	for _, f := range fields {
		keep := true
		for _, n := range names {
			keep = keep && f.Name != n
		}
		if keep {
			rest = append(rest, f)
		}
	}
	return rest
}

// faultyAs is a faulty form whose fields have ids of their own.
func faultyAs(id string, fields []Named) Form {
	f := faulty(fields)
	f.ID = id
	for i := range f.Faults {
		f.Faults[i].Field = id + f.Faults[i].Field
	}
	return f
}
