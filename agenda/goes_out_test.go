package agenda_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"padome/agenda"
)

// Whatever was done to a draft by hand, what goes out keeps every hard rule, and
// every soft rule it goes against has its reason; what is refused stays as it
// was.
func TestWhatGoesOutKeepsEveryRuleOrSaysWhy(t *testing.T) {
	all := bases(t)
	out, refused := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		in := randomInput(rt, all)
		in.Today = ""
		a := agenda.New(in.Session.ID)
		if err := a.Rebuild(officer, in); err != nil {
			rt.Fatal(err)
		}
		handle(rt, &a, in)
		for _, b := range a.Draft.Unmet {
			if !b.Hard && rapid.IntRange(0, 9).Draw(rt, "left") > 0 {
				if err := a.Override(officer, in, b.Reason.Rule, b.Item, "Tā vienojās grupas.", at(5)); err != nil {
					rt.Fatal(err)
				}
			}
		}
		before := asJSON(rt, a)
		if err := a.Submit(officer, in, at(6)); err != nil {
			refused++
			if got := asJSON(rt, a); string(got) != string(before) {
				rt.Fatalf("a refusal changed the agenda: %s\n%s", before, got)
			}
			return
		}
		out++
		bs, err := agenda.Check(in, a.Draft.Items)
		if err != nil {
			rt.Fatal(err)
		}
		for _, b := range bs {
			if b.Hard || !a.Overridden(b) {
				rt.Fatalf("went out although %s is not kept (hard %t)", b.Reason.Key, b.Hard)
			}
		}
		c, err := agenda.ReadContent(a.TakeFrozen().Bytes, a.Versions[0].Digest)
		if err != nil || len(c.Unmet) != len(bs) || len(bs) > 0 && len(c.Overrides) == 0 {
			rt.Fatalf("%d unmet and %d reasons frozen for %d: %v", len(c.Unmet), len(c.Overrides), len(bs), err)
		}
	})
	if out < 5 || refused < 5 {
		t.Errorf("%d went out and %d were refused: the property was not tried both ways", out, refused)
	}
}

// handle takes an item out or moves one, as people do.
func handle(rt *rapid.T, a *agenda.Agenda, in agenda.Input) {
	ids := titles(a.Draft)
	if len(ids) < 3 || rapid.Bool().Draw(rt, "as built") {
		return
	}
	i, j := rapid.IntRange(0, len(ids)-1).Draw(rt, "i"), rapid.IntRange(0, len(ids)-1).Draw(rt, "j")
	if rapid.Bool().Draw(rt, "out") {
		ids = slices.Delete(ids, i, i+1)
	} else {
		ids[i], ids[j] = ids[j], ids[i]
	}
	if err := a.Arrange(officer, in, ids, "Tā ērtāk.", at(4)); err != nil {
		rt.Fatal(err)
	}
}
