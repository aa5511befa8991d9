package council

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"padome/internal/problem"
)

func goodSession() Session {
	return Session{ID: "s", Kind: Regular, Mode: Hybrid, Date: "2024-01-31", Starts: "11:00", Ends: "13:00",
		Place: "Brīvības bulvāris 36", Link: "https://sede.example/1", State: Planned}
}

func TestSessionValidate(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*Session)
		want   []string
	}{
		{"takes a good one", func(*Session) {}, nil},
		{"takes one without a link", func(s *Session) { s.Link = "" }, nil},
		{"refuses an unknown kind and mode", func(s *Session) { s.Kind, s.Mode = "secret", "" }, []string{"kind problem.choice", "mode problem.choice"}},
		{"refuses a day and times that are none", func(s *Session) { s.Date, s.Starts, s.Ends = "2024-02-30", "25:00", "9:00" }, []string{"date problem.date", "starts problem.clock", "ends problem.clock"}},
		{"refuses an end that is no later than the start", func(s *Session) { s.Ends = "11:00" }, []string{"ends problem.session.order"}},
		{"refuses a place that cannot be printed", func(s *Session) { s.Place = "Zāle \U0001F389" }, []string{"place problem.text.character"}},
		{"refuses a missing place", func(s *Session) { s.Place = " " }, []string{"place problem.text.missing"}},
		{"refuses a link that is a script", func(s *Session) { s.Link = "javascript:alert(1)" }, []string{"link problem.session.link"}},
		{"refuses a link without a host", func(s *Session) { s.Link = "https:///x" }, []string{"link problem.session.link"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := goodSession()
			tt.change(&s)
			if diff := cmp.Diff(tt.want, faults(t, s.Validate())); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestValidateNewRefusesThePast(t *testing.T) {
	s := goodSession()
	if got := faults(t, s.ValidateNew("2024-01-31")); got != nil {
		t.Errorf("on its own day: %v", got)
	}
	if diff := cmp.Diff([]string{"date problem.session.past"}, faults(t, s.ValidateNew("2024-02-01"))); diff != "" {
		t.Errorf("a day later (-want +got):\n%s", diff)
	}
	s.Date, s.Place = "31.01.2024.", ""
	if diff := cmp.Diff([]string{"date problem.date", "place problem.text.missing"}, faults(t, s.ValidateNew("2024-02-01"))); diff != "" {
		t.Errorf("all faults at once (-want +got):\n%s", diff)
	}
}

// Every act on a session in every state: only the ones listed are allowed.
func TestSessionStates(t *testing.T) {
	acts := map[string]func(*Session) error{
		"convene": (*Session).Convene,
		"open":    func(s *Session) error { return s.Open("anna", "gita", "11:00") },
		"close":   func(s *Session) error { return s.Close("12:45") },
		"cancel":  (*Session).Cancel,
		"change":  func(s *Session) error { return s.Change(*s) },
	}
	allowed := map[string]map[SessionState]SessionState{
		"convene": {Planned: Convened},
		"open":    {Convened: Open},
		"close":   {Open: Closed},
		"cancel":  {Planned: Cancelled, Convened: Cancelled},
		"change":  {Planned: Planned, Convened: Convened},
	}
	for name, act := range acts {
		for _, state := range []SessionState{Planned, Convened, Open, Closed, Cancelled} {
			t.Run(name+" when "+string(state), func(t *testing.T) {
				s := goodSession()
				s.State, s.OpenedAt = state, "11:00"
				before := s
				err := act(&s)
				want, ok := allowed[name][state]
				switch {
				case ok && (err != nil || s.State != want):
					t.Errorf("state %s, error %v; want %s", s.State, err, want)
				case !ok && (problem.KindOf(err) != problem.State || refusal(t, err) != "problem.session."+name):
					t.Errorf("error %v, want problem.session.%s", err, name)
				case !ok && s != before:
					t.Error("a refusal changed the session")
				}
			})
		}
	}
}

func TestOpenNotesWhoAndWhen(t *testing.T) {
	s := goodSession()
	s.State = Convened
	for _, tt := range []struct {
		name, presiding, taker string
		at                     Clock
		want                   []string
	}{
		{"nobody at no time", "", "", "", []string{"presiding problem.session.person", "minuteTaker problem.session.person", "openedAt problem.clock"}},
		{"one person for both", "anna", "anna", "11:00", []string{"minuteTaker problem.session.same-person"}},
	} {
		t.Run("refuses "+tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, faults(t, s.Open(tt.presiding, tt.taker, tt.at))); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if s.State != Convened || s.Presiding != "" {
				t.Error("a refusal changed the session")
			}
		})
	}
	if err := s.Open("anna", "gita", "11:02"); err != nil {
		t.Fatal(err)
	}
	if s.Presiding != "anna" || s.MinuteTaker != "gita" || s.OpenedAt != "11:02" || !s.Held() {
		t.Errorf("opened as %+v", s)
	}
	if diff := cmp.Diff([]string{"closedAt problem.session.closed-early"}, faults(t, s.Close("11:01"))); diff != "" {
		t.Errorf("closing before opening (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"closedAt problem.clock"}, faults(t, s.Close("12.45"))); diff != "" {
		t.Errorf("closing at no time (-want +got):\n%s", diff)
	}
	if err := s.Close("12:45"); err != nil || s.ClosedAt != "12:45" {
		t.Errorf("closed at %q, error %v", s.ClosedAt, err)
	}
}

func TestChangeTakesOnlyWhatIsPlanned(t *testing.T) {
	s := goodSession()
	to := Session{ID: "other", Kind: Extended, Mode: Remote, Date: "2024-02-28", Starts: "10:00", Ends: "12:00", Place: "Tiešsaistē",
		Link: "https://sede.example/2", Presiding: "anna", MinuteTaker: "gita", State: Closed, OpenedAt: "10:00", ClosedAt: "12:00", Revision: 9}
	if err := s.Change(to); err != nil {
		t.Fatal(err)
	}
	want := Session{ID: "s", Kind: Extended, Mode: Remote, Date: "2024-02-28", Starts: "10:00", Ends: "12:00", Place: "Tiešsaistē",
		Link: "https://sede.example/2", Presiding: "anna", State: Planned}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Errorf("session (-want +got):\n%s", diff)
	}
}
