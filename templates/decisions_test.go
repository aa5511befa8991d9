package templates

import "time"

func init() {
	at := time.Date(2024, 3, 12, 10, 0, 0, 0, time.UTC)
	crumbs := Crumbs{{Text: "Lēmumi", Href: "/decisions"}}
	choice := []Choice{{Value: "open", Text: "vēl jāizpilda"}}
	line := DecisionLine{Title: "2024. gada 31. janvāra sēdes lēmums Nr. 2.1.", Href: "/decisions/d1", Wording: "Sagatavot <b>aprēķinu</b>.", State: Tag{"jāizpilda", "blue"},
		Late: Tag{"kavēts", "red"}, About: "Finanšu ministrija", Claimed: "Ziņots."}
	files := []Document{{Name: "a.pdf", Href: "/api/v1/decisions/d1/evidence/0", Size: "3 kB"}}
	events := []Event{{At: at, Who: "A.", What: "Atzīts", Note: "<b>"}}
	samples["no decisions"] = Decisions{Form: Form{Fields: DecisionFilterFields}}
	samples["no such decisions"] = Decisions{Form: Form{Fields: DecisionFilterFields}, Filtered: true, States: choice}
	samples["decisions"] = Decisions{Form: Form{Fields: DecisionFilterFields}, States: choice, Measures: choice, Decisions: []DecisionLine{line, {Title: "x", Href: "/d", Wording: "y"}},
		Pager: Pager{Older: "/decisions?after=x"}, Reminders: true}
	samples["decision"] = DecisionPage{Crumbs: crumbs, DecisionLine: line, Rows: []Row{{Name: "A", Value: "B"}}, Tasks: []string{"8.2. Par"}, Session: Action{Text: "Sēde", Href: "/sessions/s"},
		Reports:  []ReportShown{{At: at, Who: "A.", Status: "Ziņots", Text: "<b>", Files: files, Attach: "/decisions/d1/reports/1/evidence"}},
		Findings: events, Reminders: events, Report: "/decisions/d1/report"}
	samples["decision of which nothing is known"] = DecisionPage{Followed: true, History: "/history/decision/d1", DecisionLine: DecisionLine{Title: "x", Wording: "y"}, Session: Action{Text: "Sēde", Href: "/sessions/s"}}
	samples["report"] = ReportForm{Crumbs: crumbs, Form: faulty(ReportFields), Title: "x", Wording: "y", For: true, Statuses: choice}
	samples["report of an addressee"] = ReportForm{Form: Form{Fields: ReportFields}, Title: "x", Wording: "y", Statuses: choice}
	samples["evidence"] = EvidenceForm{Crumbs: crumbs, Form: faulty(DocumentFields), Title: "x", Text: "y", Files: files}
	reminder := ReminderShown{Form: named("reminder-0-", ReminderFields), Decision: "d1", Title: "x", Href: "/decisions/d1", When: "Termiņš.", Late: Tag{"kavēts", "red"}, Text: "ATGĀDINĀJUMS", Other: "REMINDER"}
	wrong := reminder
	wrong.Form = faultyAs("reminder-1-", ReminderFields)
	samples["reminders"] = Reminders{Crumbs: crumbs, Due: []ReminderShown{reminder, wrong}}
	samples["no reminders"] = Reminders{Crumbs: crumbs}
}
