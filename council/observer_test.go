package council

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestObserversSignUpInTime(t *testing.T) {
	end := Date("2024-02-27").At("17:00")
	for name, x := range map[string]struct {
		state   SessionState
		at, end time.Time
		already int
		want    string
	}{
		"in time":               {Convened, end.Add(-time.Second), end, 0, ""},
		"on the stroke":         {Convened, end, end, 0, "problem.observer.late"},
		"no deadline":           {Convened, end.AddDate(0, 0, 1), time.Time{}, 0, ""},
		"before it is convened": {Planned, end.AddDate(0, 0, -9), end, 0, "problem.observer.state"},
		"once it has begun":     {Open, end.AddDate(0, 0, -9), end, 0, "problem.observer.state"},
		"to a cancelled one":    {Cancelled, end.AddDate(0, 0, -9), end, 0, "problem.observer.state"},
		"the last place":        {Convened, end.Add(-time.Second), end, MaxObservers - 1, ""},
		"no place":              {Convened, end.Add(-time.Second), end, MaxObservers, "problem.observer.full"},
	} {
		t.Run(name, func(t *testing.T) {
			s := goodSession()
			s.State = x.state
			if got := refusal(t, s.SignUp(x.at, x.end, x.already)); got != x.want {
				t.Errorf("said %q, want %q", got, x.want)
			}
		})
	}
}

func TestAnObserverIsRefused(t *testing.T) {
	for name, x := range map[string]struct {
		o    Observer
		want []string
	}{
		"whole":          {Observer{Name: " Anna  Ozola ", Organisation: "biedrība „Liepas”", Topic: "Par nodokļiem"}, nil},
		"nobody":         {Observer{Name: " "}, []string{"name problem.text.missing"}},
		"too much":       {Observer{Name: strings.Repeat("a", 121), Organisation: strings.Repeat("a", 201), Topic: strings.Repeat("a", 501)}, []string{"name problem.text.long", "organisation problem.text.long", "topic problem.text.long"}},
		"hidden signs":   {Observer{Name: "Anna\u202eOzola"}, []string{"name problem.text.character"}},
		"several lines":  {Observer{Name: "Anna", Topic: "a\x00b"}, []string{"topic problem.text.character"}},
		"broken letters": {Observer{Name: "Ann\xff"}, []string{"name problem.text.encoding"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := faults(t, x.o.Validate()); !slices.Equal(got, x.want) {
				t.Errorf("faults %q, want %q", got, x.want)
			}
		})
	}
}

func TestWhoSeesObservers(t *testing.T) {
	holding := func(r Role) Actor { return Actor{Person: "p", Mandates: []Mandate{{Role: r}}} }
	for _, x := range []struct {
		who         Actor
		see, remove bool
	}{
		{Actor{}, false, false}, {holding(Member), false, false}, {holding(Administrator), false, false},
		{holding(Chair), true, false}, {holding(Deputy), true, false}, {holding(Secretariat), true, true},
	} {
		if see, remove := refusal(t, MaySeeObservers(x.who)) == "", refusal(t, MayRemoveObservers(x.who)) == ""; see != x.see || remove != x.remove {
			t.Errorf("%v sees: %t, removes: %t", x.who.Mandates, see, remove)
		}
	}
}
