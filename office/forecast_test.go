package office

import (
	"encoding/json"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
)

func TestTheForecastBeginsWithWhatThePreviewGives(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-02-27") // a day earlier than the calendar has it
	later := d.plan("2024-04-23")
	before := get2(d.Seq(ctx))(t)
	o := get2(d.Forecast(ctx, d.by("officer").Actor, "2024-02-01", 4))(t)
	if after := get2(d.Seq(ctx))(t); after != before {
		t.Errorf("a forecast made %d changes", after-before)
	}
	var days []council.Date
	for _, x := range o.Sessions {
		days = append(days, x.Session.Date)
	}
	if len(days) != 4 || o.Sessions[0].Session.ID != s.ID || days[1] != "2024-03-27" || o.Sessions[2].Session.ID != later.ID || days[3] != "2024-05-29" {
		t.Errorf("sessions on %v, want the two planned in the places of their months", days)
	}
	preview := get2(d.Preview(ctx, d.by("officer").Actor, s.Date))(t)
	want, _ := json.Marshal(preview)
	if got, _ := json.Marshal(o.Sessions[0].Draft); string(got) != string(want) {
		t.Errorf("the first session is\n%s\nwant\n%s", got, want)
	}
	if o.Sessions[0].PresidesAs != council.Chair || o.Sessions[1].PresidesAs != council.Deputy {
		t.Errorf("presiding are %s and %s", o.Sessions[0].PresidesAs, o.Sessions[1].PresidesAs)
	}
}

func TestAForecastOnTheDayOfARegularSessionBeginsWithIt(t *testing.T) {
	for from, want := range map[council.Date]council.Date{"2024-02-28": "2024-02-28", "2024-02-29": "2024-03-27", "2024-12-18": "2024-12-18", "2024-12-19": "2025-01-29"} {
		o := get2(ForecastAnew(from, 1))(t)
		if len(o.Sessions) != 1 || o.Sessions[0].Session.Date != want {
			t.Errorf("from %s: %d sessions, the first %s, want %s", from, len(o.Sessions), o.Sessions[0].Session.Date, want)
		}
	}
}

func TestAForecastIsRefused(t *testing.T) {
	d := newDesk(t)
	d.prepared("2024-02-28")
	for name, x := range map[string]struct {
		who      string
		from     council.Date
		sessions int
		kind     problem.Kind
	}{
		"to a member":      {"ngo-2", "2024-02-01", 1, problem.Forbidden},
		"from no day":      {"officer", "2024-02-30", 1, problem.Invalid},
		"of too many":      {"officer", "2024-02-01", 121, problem.Invalid},
		"of fewer than 0":  {"officer", "2024-02-01", -1, problem.Invalid},
		"without any plan": {"officer", "2023-11-01", 1, problem.State},
	} {
		if _, err := d.Forecast(t.Context(), d.by(x.who).Actor, x.from, x.sessions); problem.KindOf(err) != x.kind {
			t.Errorf("%s: %v, want %s", name, err, x.kind)
		}
	}
	if _, err := d.Forecast(t.Context(), council.Actor{}, "2024-02-01", 1); problem.KindOf(err) != problem.Unknown {
		t.Errorf("to nobody: %v", err)
	}
	if _, err := ForecastAnew("soon", 1); problem.KindOf(err) != problem.Invalid {
		t.Errorf("from no day, without data: %v", err)
	}
}

func TestWhatCannotBeMetIsForecastWithWhatWouldMeetIt(t *testing.T) {
	d := newDesk(t)
	d.prepared("2024-02-28")
	p := agenda.WholeCatalogue()
	for i := range p.Rules {
		if p.Rules[i].Rule == "P21" {
			p.Rules[i].Params = map[string]string{"most": "1"}
		}
	}
	must(t)(d.AddPrinciples(t.Context(), operator, p))
	o := get2(d.Forecast(t.Context(), d.by("state-1").Actor, "2024-02-01", 0))(t)
	if len(o.Unmet) == 0 || len(o.Remedies) == 0 || !o.Remedies[0].Found || o.Remedies[0].Kind != agenda.MoreItems {
		t.Errorf("%d unmet, remedies %+v", len(o.Unmet), o.Remedies)
	}
}
