package agenda_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"padome/agenda"
	"padome/internal/locale"
)

func TestComparisonItemByItem(t *testing.T) {
	item := func(id string, number, minutes int, kind agenda.Kind, why string) agenda.Item {
		it := agenda.Item{Number: number, Reasons: []agenda.Reason{{Key: why, Facts: locale.Args{"version": "1"}}}}
		it.ID, it.Source, it.Title, it.Minutes, it.Kind = id, agenda.FromProposal, "Par "+id, minutes, kind
		return it
	}
	out := func(id string) agenda.LeftOut {
		it := item(id, 0, 0, agenda.Discussion, "reason.unasked")
		return agenda.LeftOut{Matter: it.Matter, Reasons: it.Reasons}
	}
	const why = "reason.proposed-once"
	a := agenda.Draft{Session: "feb", Date: "2024-02-28", Principles: 1, Minutes: 60, Items: []agenda.Item{
		item("gone", 1, 10, agenda.Decision, why), item("alike", 2, 10, agenda.Decision, why), item("shorter", 3, 20, agenda.Decision, why),
		item("down", 4, 10, agenda.Discussion, why), item("last", 5, 10, agenda.Decision, why)},
		LeftOut: []agenda.LeftOut{out("new"), out("never")}}
	b := agenda.Draft{Session: "feb", Date: "2024-02-28", Principles: 2, Minutes: 55, Items: []agenda.Item{
		item("down", 1, 10, agenda.Information, why), item("alike", 2, 10, agenda.Decision, why), item("new", 3, 15, agenda.Discussion, why),
		item("shorter", 4, 15, agenda.Decision, "reason.proposed"), item("last", 5, 10, agenda.Decision, why)},
		LeftOut: []agenda.LeftOut{out("gone"), out("never")}}
	s := agenda.CompareDrafts(a, b)
	got := map[string][]agenda.Divergence{}
	for _, x := range s.Items {
		got[x.ID] = x.Differs
		if len(x.Sentences) != len(x.Differs) {
			t.Errorf("%s has %d sentences for %q", x.ID, len(x.Sentences), x.Differs)
		}
		for _, r := range x.Sentences {
			whole(t, r.Key, r.Facts)
		}
	}
	for id, want := range map[string][]agenda.Divergence{
		"gone": {agenda.OnlyUnderA}, "new": {agenda.OnlyUnderB}, "shorter": {agenda.OtherMinutes, agenda.OtherReasons},
		"down": {agenda.OtherPlace, agenda.OtherKind}, "alike": nil, "last": nil,
	} {
		if !slices.Equal(got[id], want) {
			t.Errorf("%s differs in %q, want %q", id, got[id], want)
		}
	}
	if s.Alike != 2 || len(s.LeftOut) != 0 || !s.Differs() {
		t.Errorf("%d alike, %d left out otherwise", s.Alike, len(s.LeftOut))
	}
	i := slices.IndexFunc(s.Items, func(x agenda.ItemComparison) bool { return x.ID == "shorter" })
	wantReason(t, s.Items[i].Sentences, "compare.minutes", "Cits laiks: pēc 1. redakcijas 20 min, pēc 2. redakcijas 15 min.",
		"Other minutes: 20 under version 1, 15 under version 2.")
	wantReason(t, s.Items[0].Sentences, "compare.only", "Darba kārtībā ir tikai pēc principu 1. redakcijas: 1. jautājums, 10 min.",
		"On the agenda only under version 1 of the principles: item 1, 10 min.")
}

// Whatever the principles, a draft differs in nothing from itself, and what is
// only under a is only under b when they are turned round.
func TestComparisonIsFair(t *testing.T) {
	in := onTasks(only(t, "P4", "P8", "P9", "P20", "P21"))
	rapid.Check(t, func(rt *rapid.T) {
		under := func() agenda.Draft {
			x := in
			x.Principles = randomPrinciples(rt, agenda.WholeCatalogue())
			x.Candidates = agenda.FromTasks(&x.Plan, &x.Principles)
			d, err := agenda.Build(x)
			if err != nil {
				rt.Fatal(err)
			}
			return d
		}
		a, b := under(), under()
		if s := agenda.CompareDrafts(a, a); s.Differs() || len(s.LeftOut) > 0 || s.Alike != len(a.Items) {
			rt.Fatalf("a draft differs from itself: %+v", s)
		}
		there, back := agenda.CompareDrafts(a, b), agenda.CompareDrafts(b, a)
		count := func(s agenda.SessionComparison, d agenda.Divergence) (n int) {
			for _, x := range s.Items {
				if slices.Contains(x.Differs, d) {
					n++
				}
			}
			return n
		}
		if count(there, agenda.OnlyUnderA) != count(back, agenda.OnlyUnderB) || count(there, agenda.OtherPlace) != count(back, agenda.OtherPlace) ||
			len(there.LeftOut) != len(back.LeftOut) || len(there.BreachesA) != len(back.BreachesB) {
			rt.Fatalf("there %+v\nback %+v", there, back)
		}
		if there.Alike+len(there.Items) != len(a.Items)+count(there, agenda.OnlyUnderB) {
			rt.Fatalf("%d alike and %d that differ of %d and %d items", there.Alike, len(there.Items), len(a.Items), len(b.Items))
		}
	})
}
