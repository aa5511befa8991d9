package templates

import (
	"slices"

	"padome/council"
)

func init() {
	session := council.Session{ID: "s1", Date: "2024-02-28", Starts: "11:00", Ends: "13:00", State: council.Open}
	crumbs := Crumbs{{Text: "Sēdes", Href: "/sessions"}}
	now := LiveNow{Topics: "session/s1", State: Tag{"notiek", "yellow"}, Rows: []Row{{Name: "Sēdi vada", Value: "A."}}, Quorate: Tag{"kvorums ir", "green"},
		Present: 12, Members: 16, Sides: "6 un 6", Late: Tag{"kavē par 4 min", "yellow"}}
	clause := LiveClause{Number: "2.1.", Wording: "Apstiprināt <b>.\nVēl.", Rows: []Row{{Name: "Adresāts", Value: "Ministrija"}}}
	row := LiveRow{ID: "task-1/8.2", Number: 2, Title: "Par <b>to</b>", Href: "/r/2", Planned: "11.05–11.20", Actual: "11.09–11.31", Late: Tag{"kavē", "yellow"},
		State: Tag{"izskata", "blue"}, Current: true, Added: "Pievienots sēdē.", Course: []LiveSpeech{{"Ziņo", "A. <i>", "Teica."}, {"Izsakās", "B.", ""}},
		Vote: "par – 12", Why: "Atlikts: tāpēc", Clauses: []LiveClause{clause}, Found: []LiveFinding{{Found: "Izpildīts."}}}
	plain := LiveRow{Number: 3, Title: "Dažādi", Href: "/r/3", Planned: "11.20–11.35", State: Tag{"gaida", "grey"}}
	samples["open a session"] = LiveOpen{Crumbs: crumbs, Form: faulty(LiveOpenFields), Session: session, Presiding: []Choice{{Value: "a", Text: "A.", Hint: "vadītāja"}},
		Takers: []Choice{{Value: "b", Text: "B."}}, Turn: "Kārta."}
	samples["record"] = LiveRecord{Crumbs: crumbs, Session: session, Path: "/r", Now: now, Items: []LiveRow{row, plain}, Open: true, Do: []Task{{Title: "Slēgt", Href: "/c"}}}
	samples["record of nothing"] = LiveRecord{Session: session}
	samples["watch"] = LiveWatch{Crumbs: crumbs, Session: session, Now: now, Items: []LiveRow{row, plain}, Record: "/r"}
	samples["close"] = LiveClose{Crumbs: crumbs, Form: faulty(LiveCloseFields), Session: session, Rows: []Row{{Name: "Jautājumi", Value: "3"}}}
	samples["close too early"] = LiveClose{Session: session, Missing: []Task{{Title: "Trūkst", Href: "/r/2"}}}
	item := LiveItem{Crumbs: crumbs, Session: session, Path: "/r/2", Row: row, Now: now, Kind: "diskusija", Planned: "11.05–11.20", Presenters: []string{"A.", "B."},
		Invited: []string{"C.", "D."}, Documents: []Action{{Text: "A.pdf", Href: "/d"}}, Previous: Link{Text: "1. Sākums", Href: "/r/1"}, Next: Link{Text: "3. Dažādi", Href: "/r/3"}}
	samples["recorded item"] = item
	item.Open, item.Begin, item.Casting, item.Bodies = true, "Sākt", true, []string{"Ministrija"}
	item.Outcomes, item.Statuses = []Choice{{Value: "decided", Text: "izlemts"}}, []Choice{{Value: "done", Text: "izpildīts"}}
	item.Times, item.Course, item.Vote = named("times-", LiveTimesFields), named("course-", LiveCourseFields), named("vote-", LiveVoteFields)
	item.Clause, item.Outcome, item.Document = named("new-", LiveClauseFields), named("outcome-", LiveOutcomeFields), new(named("", LiveFileFields))
	edited, found := clause, LiveFinding{ID: "d1", Number: "1.2.", Href: "/d1", Wording: "Iesniegt <b>.", Note: "Janvāra sēde", Told: "Ziņo", Found: "Izpildīts", Form: named("f1-", LiveFindingFields)}
	edited.Edit, edited.Back = named("c1-", LiveClauseFields), true
	item.Row.Clauses, item.Row.Found = []LiveClause{edited}, []LiveFinding{found}
	samples["item being recorded"] = item
	item.Meanwhile, item.Theirs, item.Row.Clauses = "Tagad ierakstīts.", "Cits <b>", nil
	samples["item recorded by two"] = item
	at := []Choice{{Value: "here", Text: "klātienē"}, {Value: "absent", Text: "nepiedalās"}}
	fields := []Named{{"at-a", "page.live.attendance.at"}, {"from-a", "page.live.attendance.from"}, {"until-a", "page.live.attendance.until"}, {"person-g1", "page.live.attendance.person"},
		{"name-g1", "page.live.attendance.name"}, {"capacity-g1", "page.live.attendance.capacity"}, {"remote-g1", "page.live.attendance.remote"},
		{"from-g1", "page.live.attendance.from"}, {"until-g1", "page.live.attendance.until"}}
	form := faulty(fields)
	form.Faults = slices.DeleteFunc(form.Faults, func(f Fault) bool { return f.Field == "person-g1" })
	field := func(name string) Field { f, _ := form.Field(name); return f }
	place := LivePlace{Name: "A. <b>", Note: "direktore", At: field("at-a"), Apart: true, From: field("from-a"), Until: field("until-a")}
	place.At.Choices = at
	samples["attendance"] = LiveAttendance{Crumbs: crumbs, Form: form, Session: session, Now: now, Sides: []LiveSide{{"valsts pārvaldes puse", []LivePlace{place}}},
		Guests: []LiveGuest{{Number: 1, Note: "pie 2. jautājuma", Person: field("person-g1"), Name: field("name-g1"), Capacity: field("capacity-g1"), Remote: field("remote-g1"),
			From: field("from-g1"), Until: field("until-g1")}}, Items: []Choice{{Value: "1", Text: "1. Sākums"}}, Meanwhile: []string{"A.: klātienē"}}
	samples["add an item"] = LiveAdd{Crumbs: crumbs, Form: faulty(LiveAddFields), Session: session, Kinds: at, Sides: at, During: at, Present: 12}
	for name, f := range map[string]*Form{"course": &item.Course, "vote": &item.Vote, "clause": &item.Clause} {
		was := *f
		f.Faults = Faults{{f.ID + f.Fields[0].Name, "Label", "fault"}}
		samples["item with a fault of its "+name] = item
		*f = was
	}
}
