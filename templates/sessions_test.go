package templates

import "padome/council"

func init() {
	samples["retention"] = Retention{Days: 30, Expired: 2, Kept: []KeptObservers{{Date: "2024-02-28", Href: "/sessions/s/observers", Count: 2, Until: "2024-03-29", Expired: true}}}
	x := council.Session{ID: "s1", Date: "2024-02-28", Starts: "11:00", Ends: "13:00", Place: "Rīgā <b>"}
	crumbs := Crumbs{{Text: "Sēdes", Href: "/sessions"}}
	row := SessionRow{Session: x, Href: "/sessions/s1", State: Tag{"sasaukta", "blue"}, Kind: "kārtējā sēde", Agenda: "/a", Minutes: "/m", Number: 2}
	bare := SessionRow{Session: x, Href: "/sessions/s1", State: Tag{"plānota", "grey"}, Kind: "kārtējā sēde"}
	samples["sessions"] = Sessions{Coming: []SessionRow{bare}, Past: []SessionRow{row}, Pager: Pager{Newer: "/sessions", Older: "/sessions?after=x"}, Plan: true, Year: 2024}
	samples["no sessions"] = Sessions{Year: 2024}
	samples["sessions of a year"] = SessionYear{Crumbs: crumbs, Year: 2024, Plan: true, Months: []SessionMonth{
		{Regular: "2024-01-31", Sessions: []SessionRow{row}}, {Regular: "2024-02-28", PlanHref: "/sessions/new?date=2024-02-28"}, {Regular: "2024-03-27"}}}
	samples["session"] = SessionPage{Crumbs: crumbs, Session: x, Title: "Sēde", State: Tag{"noslēgusies", "green"}, Rows: []Row{{Name: "Vieta", Value: "Rīgā"}},
		Do: []Task{{Title: "Protokolēt", Href: "/r"}}, Deadlines: []string{"Priekšlikumus iesniedz līdz 14.02."}, AgendaPDF: "/a.pdf", Minutes: "/m.pdf", Number: 2,
		Items:     []WorkItem{{ID: "a", Number: 1, Title: "Par to", Kind: "diskusija", Times: "11.00–11.05", Minutes: 5, Section: "S", Break: 5, Reasons: []string{"Tāpēc."}, Details: []string{"x"}}},
		Decisions: []DecisionRow{{Number: "1.1.", Wording: "Nolemt.", Deadline: "2024-03-01", State: Tag{"izpildīts", "green"}, Href: "/decisions/1"}, {Number: "1.2.", Wording: "Zināt."}},
		Observe:   "/observe", History: "/h", Until: "Novērotāji piesakās līdz 27.02."}
	samples["session without papers"] = SessionPage{Session: x, Title: "Sēde"}
	samples["plan a session"] = SessionForm{Crumbs: crumbs, Form: faulty(SessionFormFields), New: true, Leads: []Choice{{Value: "p", Text: "A. B.", Hint: "vadītājs"}}}
	samples["change a session"] = SessionForm{Crumbs: crumbs, Form: Form{Fields: SessionFormFields, Revision: 2}, Voids: true}
	samples["cancel a session"] = SessionCancel{Crumbs: crumbs, Form: faulty(SessionCancelFields), Session: x}
	samples["observe"] = Observe{Crumbs: crumbs, Form: faulty(ObserveFields), Session: x, Until: "Līdz 27.02."}
	samples["observers"] = Observers{Crumbs: crumbs, Session: x, All: []council.Observer{{Name: "A. B.", Organisation: "Biedrība", Topic: "Par to"}, {Name: "C."}}}
	samples["no observers"] = Observers{Session: x}
}
