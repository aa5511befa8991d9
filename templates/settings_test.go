package templates

import "time"

func init() {
	crumbs := Crumbs{{Text: "Iestatījumi", Href: "/settings"}}
	samples["settings"] = SettingsForm{Form: faulty(SettingsFields), Weekdays: []Choice{{Value: "3", Text: "trešdiena"}}, History: "/h"}
	fields := []Named{{"moved-1-free", "page.calendar.free"}, {"moved-1-worked", "page.calendar.worked"}, {"extra-1-date", "page.calendar.date"},
		{"extra-1-name", "page.calendar.name"}, {"extra-1-nameEn", "page.calendar.name-en"}, {"extra-1-substituted", "page.calendar.substituted"}}
	samples["calendar"] = CalendarForm{Crumbs: crumbs, Form: faulty(fields), Moved: []int{1}, Extra: []int{1}, History: "/h"}
	samples["arms"] = ArmsForm{Crumbs: crumbs, Form: faulty(ArmsFields), Arms: "/arms?v=1"}
	samples["no arms"] = ArmsForm{Form: Form{Fields: ArmsFields}}
	at := time.Date(2024, 2, 28, 9, 5, 0, 0, time.UTC)
	samples["accounts"] = Accounts{All: []AccountRow{{Name: "anna", Person: "Anna <b>", Href: "/accounts/1", State: Tag{"aktīvs", "green"}, Second: Tag{"nav", "grey"}}}, Older: "/accounts?after=1"}
	samples["make an account"] = AccountForm{Crumbs: crumbs, Form: faulty(AccountFields), People: []Choice{{Value: "a", Text: "Anna"}}}
	kept := AccountKept{Crumbs: crumbs, Form: Form{Revision: 2}, Name: "anna", Person: Link{Text: "Anna", Href: "/people/a"}, Path: "/accounts/1", State: Tag{"aktīvs", "green"},
		Second: Tag{"ir", "green"}, HasTwo: true, Since: at, Logins: 2, LastSeen: at}
	samples["account kept"] = kept
	kept.Disabled, kept.Logins, kept.HasTwo = true, 0, false
	samples["account disabled"] = kept
	kept.Own = true
	samples["account of oneself"] = kept
	samples["link to a new account"] = AccountLink{Crumbs: crumbs, Name: "anna", Link: "https://padome.example/setup/x"}
	samples["link to a new password"] = AccountLink{Name: "anna", Link: "/setup/x", Reset: true}
}
