package agenda_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/plan"
)

func forecast(t testing.TB, in agenda.Input, h agenda.Horizon) agenda.Outlook {
	t.Helper()
	o, err := agenda.Forecast(in, h)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func remedies(t testing.TB, in agenda.Input, o *agenda.Outlook) []agenda.Remedy {
	t.Helper()
	rs, err := agenda.Remedies(in, agenda.Horizon{}, o)
	if err != nil {
		t.Fatal(err)
	}
	return rs
}

func TestTheForecastOfTheRealPlanMeetsEveryObligation(t *testing.T) {
	in := input(t)
	o := forecast(t, in, agenda.Horizon{})
	if n := len(o.Sessions); n != 35 || o.Sessions[0].Session.Date != "2024-02-28" || o.Sessions[n-1].Session.Date.Year() != 2026 {
		t.Fatalf("%d sessions from %s to %s, want 35 to the end of 2026", n, o.Sessions[0].Session.Date, o.Sessions[n-1].Session.Date)
	}
	for _, x := range o.Unmet {
		t.Errorf("%s: %s", x.Session, x.Reason.Text(locale.EN))
	}
	for _, x := range o.Tasks {
		if len(x.Sessions) < 3 {
			t.Errorf("task %s comes on only at %v", x.Task.Label(), x.Sessions)
		}
	}
	if rs := remedies(t, in, &o); len(rs) != 0 {
		t.Errorf("nothing is unmet, and %d remedies are found", len(rs))
	}
}

// What the forecast's first session has is what Build gives, and so has every
// other, built on the input that the one before left.
func TestEverySessionOfAForecastIsWhatBuildGives(t *testing.T) {
	all := bases(t)
	rapid.Check(t, func(t *rapid.T) {
		in := randomInput(t, all)
		before, first := asJSON(t, in), in
		o, err := agenda.Forecast(in, agenda.Horizon{Sessions: rapid.IntRange(1, 4).Draw(t, "sessions")})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(before, asJSON(t, in)) {
			t.Fatal("the forecast changed its input")
		}
		for i, s := range o.Sessions {
			d, err := agenda.Build(in)
			if err != nil {
				t.Fatal(err)
			}
			if i > 0 {
				onlyBroughtByPeople(&d)
			}
			if want, got := indented(t, d), indented(t, s.Draft); !bytes.Equal(want, got) {
				t.Fatalf("session %d is not what Build gives (-want +got):\n%s", i+1, cmp.Diff(splitLines(string(want)), splitLines(string(got))))
			}
			if i+1 < len(o.Sessions) {
				in = after(in, &s, &o.Sessions[i+1])
				if in.Session.ID != first.Next.ID && (i+2 < len(o.Sessions) && o.Sessions[i+2].Planned || i+2 == len(o.Sessions)) {
					in.Next = laterOf(first.Next, in.Session)
				}
			}
		}
	})
}

// onlyBroughtByPeople takes out of a draft what a forecast does not list.
func onlyBroughtByPeople(d *agenda.Draft) {
	d.LeftOut = slices.DeleteFunc(d.LeftOut, func(o agenda.LeftOut) bool {
		return o.Source == agenda.FromPlan && len(o.Postponed) == 0
	})
}

// after is the input of a session after another was held as it was foreseen,
// worked out anew from all that the council then knows.
func after(in agenda.Input, s, next *agenda.Foreseen) agenda.Input {
	earlier := func(session string, day council.Date) bool {
		return day < in.Session.Date || day == in.Session.Date && session != in.Session.ID
	}
	in.Past = slices.DeleteFunc(slices.Clone(in.Past), func(p agenda.PastSession) bool { return !earlier(p.Session, p.Date) })
	in.Held = slices.DeleteFunc(slices.Clone(in.Held), func(h agenda.Held) bool { return !earlier(h.Session, h.Date) })
	in.Past = append(in.Past, agenda.PastSession{Session: s.Session.ID, Date: s.Session.Date, Kind: s.Session.Kind, AsRole: s.PresidesAs})
	fresh := agenda.FromTasks(&in.Plan, &in.Principles)
	var left []agenda.Candidate
	for _, c := range in.Candidates {
		if _, on := s.Draft.Item(c.ID); !on {
			left = append(left, c)
		} else if i := slices.IndexFunc(fresh, func(f agenda.Candidate) bool { return f.ID == c.ID }); i >= 0 {
			left = append(left, fresh[i])
		}
	}
	for _, it := range s.Draft.Items {
		in.Held = append(in.Held, agenda.Held{Session: s.Session.ID, Date: s.Session.Date, Kind: s.Session.Kind, Number: it.Number, Item: it.ID,
			ItemKind: it.Kind, Tasks: it.Tasks, Initiator: it.Initiator, Minutes: it.Minutes, OutsideRiga: it.OutsideRiga})
	}
	in.Candidates, in.Session, in.PresidesAs = left, next.Session, next.PresidesAs
	in.Unapproved, in.Today, in.Next = nil, "", council.Session{}
	return in
}

func indented(t interface{ Fatal(...any) }, v any) []byte {
	var b bytes.Buffer
	if err := json.Indent(&b, asJSON(t, v), "", " "); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// laterOf is a planned session if it comes after another.
func laterOf(planned, s council.Session) council.Session {
	if planned.Date > s.Date {
		return planned
	}
	return council.Session{}
}

// wantRemedy holds what a search found of a kind to its sentence in both
// languages.
func wantRemedy(t *testing.T, rs []agenda.Remedy, kind agenda.RemedyKind, found bool, lv, en string) {
	t.Helper()
	for _, r := range rs {
		if r.Kind == kind && r.Reason.Text(locale.LV) == lv {
			if got := r.Reason.Text(locale.EN); r.Found != found || got != en {
				t.Errorf("found %t: %s\nwant %t: %s", r.Found, got, found, en)
			}
			return
		}
	}
	for _, r := range rs {
		t.Logf("%s %s\n%s", r.Kind, r.Reason.Text(locale.LV), r.Reason.Text(locale.EN))
	}
	t.Errorf("no remedy %s says %s", kind, lv)
}

func TestTheSmallestChangesAreFoundForEachKind(t *testing.T) {
	for name, x := range map[string]struct {
		in     agenda.Input
		kind   agenda.RemedyKind
		found  bool
		lv, en string
	}{
		"more items": {param(input(t), "P21", "most", "1"), agenda.MoreItems, true,
			"Pamatprincipa P8 pienākumus prognozētajās sēdēs izpildītu, ja vienā sēdē pieļautu līdz 3 lietas jautājumiem, nevis līdz 1 (P21).",
			"The sessions of the forecast would meet the obligations of rule P8 if a session could have up to 3 substantive items instead of 1 (P21)."},
		"longer sessions are not enough": {param(input(t), "P21", "most", "1"), agenda.MoreTime, false,
			"Ar garākām sēdēm vien pamatprincipa P8 pienākumus izpildīt nevar: nepietiek arī ar 600 min (P20).",
			"Longer sessions alone cannot meet the obligations of rule P8: even 600 min are not enough (P20)."},
		"longer sessions": {param(input(t), "P20", "total", "60"), agenda.MoreTime, true,
			"Pamatprincipa P8 pienākumus prognozētajās sēdēs izpildītu, ja sēdei paredzētu 90 min, nevis 60 min (P20).",
			"The sessions of the forecast would meet the obligations of rule P8 if a session had 90 min instead of 60 min (P20)."},
		"more items are not enough": {param(input(t), "P20", "total", "60"), agenda.MoreItems, false,
			"Ar lielāku lietas jautājumu skaitu vien pamatprincipa P8 pienākumus izpildīt nevar: nepietiek arī ar 30 jautājumiem sēdē (P21).",
			"More items alone cannot meet the obligations of rule P8: even 30 items in a session are not enough (P21)."},
		"both": {param(input(t), "P8", "coverage_window", "1"), agenda.MoreOfBoth, true,
			"Pamatprincipa P8 pienākumus prognozētajās sēdēs izpildītu, ja vienā sēdē pieļautu līdz 9 lietas jautājumiem, nevis līdz 5 (P21), un sēdei paredzētu 190 min, nevis 120 min (P20).",
			"The sessions of the forecast would meet the obligations of rule P8 if a session could have up to 9 substantive items instead of 5 (P21) and had 190 min instead of 120 min (P20)."},
		"a longer window": {param(input(t), "P8", "coverage_window", "1"), agenda.Longer, true,
			"Pamatprincipa P8 pienākumus prognozētajās sēdēs izpildītu, ja katru pasākumu skatītu vismaz reizi 3 kārtējās sēdēs, nevis reizi 1 (P8).",
			"The sessions of the forecast would meet the obligations of rule P8 if every measure came on at least once in 3 regular sessions instead of 1 (P8)."},
		"a longer period": {param(input(t), "P8", "task_months", "3"), agenda.Longer, true,
			"Pamatprincipa P8 pienākumus prognozētajās sēdēs izpildītu, ja katru uzdevumu skatītu vismaz reizi 7 mēnešos, nevis reizi 3 (P8).",
			"The sessions of the forecast would meet the obligations of rule P8 if every task came on at least once in 7 months instead of 3 (P8)."},
		"neither period alone": {param(input(t), "P21", "most", "1"), agenda.LongerBoth, true,
			"Pamatprincipa P8 pienākumus prognozētajās sēdēs izpildītu, ja katru pasākumu skatītu vismaz reizi 12 kārtējās sēdēs, nevis reizi 6, un katru uzdevumu – vismaz reizi 36 mēnešos, nevis reizi 12 (P8).",
			"The sessions of the forecast would meet the obligations of rule P8 if every measure came on at least once in 12 regular sessions instead of 6, and every task at least once in 36 months instead of 12 (P8)."},
		"no number of sessions": {param(input(t), "P21", "most", "1"), agenda.OneMore, false,
			"Ar papildu sēdēm pamatprincipa P8 pienākumus izpildīt nevar: nepietiek arī ar 12 paplašinātām sēdēm.",
			"Sessions beside the regular ones cannot meet the obligations of rule P8: even 12 extended sessions are not enough."},
	} {
		t.Run(name, func(t *testing.T) {
			x.in.Principles = pinned(x.in.Principles)
			o := forecast(t, x.in, agenda.Horizon{})
			if len(o.Unmet) == 0 {
				t.Fatal("every obligation is met")
			}
			wantRemedy(t, remedies(t, x.in, &o), x.kind, x.found, x.lv, x.en)
		})
	}
}

// pinned keeps of principles the rules that the figures of these tests rest on.
func pinned(p agenda.Principles) agenda.Principles {
	p.Rules = slices.DeleteFunc(slices.Clone(p.Rules), func(s agenda.Setting) bool {
		return !slices.Contains([]string{"P1", "P2", "P3", "P4", "P6", "P7", "P8", "P9", "P10", "P14", "P15", "P18", "P20", "P21"}, s.Rule)
	})
	return p
}

// Seven tasks end on one day, and a session holds five: one extended session a
// week before takes the other two.
func TestOneSessionMoreIsFoundWhereOneIsTooFull(t *testing.T) {
	in := input(t)
	in.Principles = pinned(in.Principles)
	in = on(in, "2025-01-29")
	in = deals(meets(in, "2024-12-18"), "2024-12-18", agenda.Data, ref(1, 1))
	var rest []plan.Ref
	for _, r := range in.Plan.Refs()[1:] {
		if r.Measure != 3 && r != ref(4, 1) && r != ref(4, 2) {
			rest = append(rest, r)
		}
	}
	in = deals(in, "2024-12-18", agenda.Discussion, rest...)
	in.Plan.Until = 2025
	o := forecast(t, in, agenda.Horizon{Sessions: 3})
	if len(o.Unmet) != 2 || o.Unmet[0].Session != "2025-01-29" {
		t.Fatalf("unmet are %+v", o.Unmet)
	}
	lv := "Uzdevums 4.1. pēc pamatprincipa P8 jāskata līdz 2025. gada 31. janvārim, bet 2025. gada 29. janvāra sēde, kas ir pēdējā šajā laikā, to neietver; to skatīs tikai 2025. gada 26. februārī."
	en := "Rule P8 asks for task 4.1 by 31 January 2025, but the session of 29 January 2025, the last in that time, does not take it; it comes on only on 26 February 2025."
	wantReason(t, []agenda.Reason{o.Unmet[0].Reason}, "forecast.unmet.task-kept", lv, en)
	wantReason(t, o.Unmet[0].Why, "reason.p21.full", "Sēdē jau ir 5 augstāk ierindoti lietas jautājumi (P21).", "The session already has 5 substantive items ranked above (P21).")
	rs, err := agenda.Remedies(in, agenda.Horizon{Sessions: 3}, &o)
	if err != nil {
		t.Fatal(err)
	}
	wantRemedy(t, rs, agenda.OneMore, true, "Pamatprincipa P8 pienākumus prognozētajās sēdēs izpildītu, ja 2025. gada 22. janvārī sasauktu vienu paplašināto sēdi.",
		"The sessions of the forecast would meet the obligations of rule P8 if one extended session met on 22 January 2025.")
	extra := rs[len(rs)-1].Extra
	if len(extra) != 1 || !slices.Equal(extra[0].Tasks, []plan.Ref{ref(4, 1), ref(4, 2)}) {
		t.Fatalf("extra sessions %+v", extra)
	}
	wantReason(t, []agenda.Reason{extra[0].Reason}, "forecast.extra", "Paplašinātā sēde 2025. gada 22. janvārī: uzdevumi Nr. 4.1 un 4.2.", "Extended session on 22 January 2025: tasks 4.1 and 4.2.")
	called := deals(in, extra[0].Date, agenda.Discussion, extra[0].Tasks...)
	if again := forecast(t, called, agenda.Horizon{Sessions: 3}); len(again.Unmet) != 0 {
		t.Errorf("with that session held, unmet are still %+v", again.Unmet)
	}
}

// One value less than what was found is not enough.
func TestNoSmallerChangeIsEnough(t *testing.T) {
	h := agenda.Horizon{Sessions: 14}
	for _, x := range []struct{ most, months string }{{"1", "12"}, {"2", "6"}, {"3", "3"}} {
		in := input(t)
		in.Principles = pinned(in.Principles)
		in = param(param(in, "P21", "most", x.most), "P8", "task_months", x.months)
		o := forecast(t, in, h)
		rs, err := agenda.Remedies(in, h, &o)
		if err != nil {
			t.Fatal(err)
		}
		tried := 0
		for _, r := range rs {
			if r.Kind != agenda.MoreItems && r.Kind != agenda.Longer || !r.Found {
				continue
			}
			tried++
			c := r.Changes[0]
			from, _ := strconv.Atoi(c.From)
			to, _ := strconv.Atoi(c.To)
			for n := from; n <= to; n++ {
				o := forecast(t, param(in, c.Rule, c.Param, strconv.Itoa(n)), h)
				unmet := slices.ContainsFunc(o.Unmet, func(x agenda.Obligation) bool { return x.Rule == "P8" })
				if unmet == (n == to) {
					t.Errorf("%+v: %s %s=%d leaves something unmet: %t", x, c.Rule, c.Param, n, unmet)
				}
			}
		}
		if tried == 0 {
			t.Errorf("%+v: nothing was found", x)
		}
	}
}

func TestAForecastTakesPlannedSessionsInTheirPlaces(t *testing.T) {
	in := input(t)
	in.PresidesAs = council.Deputy
	extra := council.Session{ID: "extra", Kind: council.Extraordinary, Date: "2024-03-12", Starts: "10:00", Ends: "11:00"}
	gone := council.Session{ID: "gone", Kind: council.Regular, Date: "2024-04-10", Starts: "10:00", Ends: "11:00", State: council.Cancelled}
	o := forecast(t, in, agenda.Horizon{Sessions: 3, Planned: []council.Session{gone, extra, in.Session}})
	var got []string
	for _, s := range o.Sessions {
		got = append(got, string(s.Session.Date)+" "+string(s.PresidesAs))
	}
	want := []string{"2024-02-28 deputy", "2024-03-12 chair", "2024-03-27 deputy", "2024-04-24 chair"}
	if !slices.Equal(got, want) {
		t.Errorf("sessions %q, want %q", got, want)
	}
}

func TestWhatAForecastCannotBeginWith(t *testing.T) {
	in := input(t)
	in.Session.Date = "2024-02-30"
	if _, err := agenda.Forecast(in, agenda.Horizon{}); err == nil {
		t.Error("a forecast from no day is made")
	}
}

func TestObligationsOfOtherRulesAreForecastToo(t *testing.T) {
	in := only(t, "P9", "P10", "P11", "P20", "P21")
	in = param(param(in, "P21", "most", "1"), "P11", "months", "1")
	in.Principles.Watched = []agenda.Watched{{Title: "Rīcības plāns", TitleEN: "Action plan", Measure: 6, Task: 1}, {Title: "Vadlīnijas", TitleEN: "Guidelines", Measure: 6, Task: 2}}
	in.Principles.PlanKinds = map[int]agenda.Kind{6: agenda.Review} // none brings data
	in = onTasks(in)
	o := forecast(t, in, agenda.Horizon{Sessions: 14})
	unmet := map[string]int{}
	for _, x := range o.Unmet {
		unmet[x.Rule] += x.Times
		whole(t, x.Reason.Key, x.Reason.Facts)
	}
	if unmet["P9"] == 0 || unmet["P11"] == 0 {
		t.Fatalf("unmet are %v, want data and watched documents among them", unmet)
	}
	rs, err := agenda.Remedies(in, agenda.Horizon{Sessions: 14}, &o)
	if err != nil {
		t.Fatal(err)
	}
	tried := map[string]bool{}
	for _, r := range rs {
		whole(t, r.Reason.Key, r.Reason.Facts)
		for _, c := range r.Changes {
			tried[r.Rule+" "+c.Param] = true
		}
	}
	for _, want := range []string{"P9 data_every", "P9 most", "P11 months", "P11 most", "P11 total"} {
		if !tried[want] {
			t.Errorf("%s is not tried among %v", want, tried)
		}
	}
	wantRemedy(t, rs, agenda.MoreItems, true, "Pamatprincipa P11 pienākumus prognozētajās sēdēs izpildītu, ja vienā sēdē pieļautu līdz 3 lietas jautājumiem, nevis līdz 1 (P21).",
		"The sessions of the forecast would meet the obligations of rule P11 if a session could have up to 3 substantive items instead of 1 (P21).")
}
