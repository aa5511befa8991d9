package council

import (
	"slices"
	"strings"
	"testing"

	"padome/internal/locale"
)

func TestChairAndDeputyPresideInTurn(t *testing.T) {
	session := func(id string, on Date, presiding string) Session {
		return Session{ID: id, Date: on, Starts: "11:00", Presiding: presiding, State: Closed}
	}
	january, february, march := session("1", "2024-01-31", "anna"), session("2", "2024-02-28", "dainis"), session("3", "2024-03-27", "berta")
	cancelled := Session{ID: "4", Date: "2024-03-20", Presiding: "dainis", State: Cancelled}
	byMember := session("5", "2024-03-20", "fricis")
	noon := session("6", "2024-03-27", "dainis")
	noon.Starts = "15:00"

	vacant := slices.DeleteFunc(slices.Clone(smallMandates), func(m Mandate) bool { return m.Role == Deputy })
	for _, tt := range []struct {
		name   string
		roster *Roster
		past   []Session
		on     Date
		role   Role
		person string
		key    string
	}{
		{"the chair begins", smallRoster(), nil, "2024-01-31", Chair, "anna", "reason.presiding.first"},
		{"after the chair the deputy", smallRoster(), []Session{january}, "2024-02-28", Deputy, "dainis", "reason.presiding.turn"},
		{"after the deputy the chair", smallRoster(), []Session{february, january}, "2024-03-27", Chair, "anna", "reason.presiding.turn"},
		{"after the chair's substitute the deputy", smallRoster(), []Session{march, january, february}, "2024-04-24", Deputy, "dainis", "reason.presiding.turn"},
		{"whoever is deputy by then", smallRoster(), []Session{march}, "2024-07-31", Deputy, "egons", "reason.presiding.turn"},
		{"a cancelled session is no turn", smallRoster(), []Session{january, cancelled}, "2024-03-27", Deputy, "dainis", "reason.presiding.turn"},
		{"nor is one somebody else presided over", smallRoster(), []Session{january, byMember}, "2024-03-27", Deputy, "dainis", "reason.presiding.turn"},
		{"nor is a later session", smallRoster(), []Session{january, february}, "2024-02-28", Deputy, "dainis", "reason.presiding.turn"},
		{"of two on one day the later counts", smallRoster(), []Session{noon, march}, "2024-04-24", Chair, "anna", "reason.presiding.turn"},
		{"a vacant office passes its turn on", NewRoster(small, smallPeople, vacant), []Session{january}, "2024-02-28", Chair, "anna", "reason.presiding.vacant"},
		{"nobody presides where both are vacant", NewRoster(small, smallPeople, nil), nil, "2024-02-28", Chair, "", "reason.presiding.first"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.roster.NextPresiding(tt.past, tt.on)
			if got.Role != tt.role || got.Person != tt.person || got.Key != tt.key {
				t.Errorf("%s %q because %s, want %s %q because %s", got.Role, got.Person, got.Key, tt.role, tt.person, tt.key)
			}
			said(t, got.Key, got.Args)
		})
	}
	t.Run("the reason names the last session", func(t *testing.T) {
		turn := smallRoster().NextPresiding([]Session{january}, "2024-02-28")
		if got := locale.Text(locale.LV, turn.Key, turn.Args); !strings.HasPrefix(got, "2024. gada 31. janvārī sēdi vadīja Anna Zāle;") {
			t.Error(got)
		}
	})
}

func TestWhoPresidesTwiceRunning(t *testing.T) {
	presided := func(on Date, who string) []Session {
		return []Session{{ID: "1", Date: on, Starts: "11:00", Presiding: who, State: Closed}}
	}
	vacant := NewRoster(small, smallPeople, slices.DeleteFunc(slices.Clone(smallMandates), func(m Mandate) bool { return m.Role == Deputy }))
	for name, tt := range map[string]struct {
		roster *Roster
		past   []Session
		on     Date
		person string
		want   bool
	}{
		"the first time nobody does":      {smallRoster(), nil, "2024-01-31", "dainis", false},
		"the deputy after the chair":      {smallRoster(), presided("2024-01-31", "anna"), "2024-02-28", "dainis", false},
		"the chair after the chair":       {smallRoster(), presided("2024-01-31", "anna"), "2024-02-28", "anna", true},
		"the chair after a substitute":    {smallRoster(), presided("2024-03-27", "berta"), "2024-04-24", "anna", true},
		"whoever is deputy by then":       {smallRoster(), presided("2024-02-28", "dainis"), "2024-07-31", "egons", true},
		"the chair alone, without deputy": {vacant, presided("2024-01-31", "anna"), "2024-02-28", "anna", false},
		"somebody who may not preside":    {smallRoster(), presided("2024-01-31", "anna"), "2024-02-28", "fricis", false},
	} {
		t.Run(name, func(t *testing.T) {
			if last, got := tt.roster.PresidesTwice(tt.past, tt.on, tt.person); got != tt.want || got && last.Date != tt.past[0].Date {
				t.Errorf("twice running: %t after %s, want %t", got, last.Date, tt.want)
			}
		})
	}
}
