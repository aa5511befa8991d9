package agenda_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
)

func TestBuildOnTheRealPlan(t *testing.T) {
	d := build(t, input(t))
	wantItems(t, d, "opening", "task-1/1.1", "task-1/2.1", "any-other")
	if len(d.Unmet) != 0 {
		t.Errorf("unmet %v", d.Unmet)
	}
	if len(d.LeftOut) != 22 {
		t.Errorf("%d of 24 tasks are left out, want 22", len(d.LeftOut))
	}
	if d.Minutes != 5+15+15+15 || d.Limit != 120 || d.Principles != 2 || d.Plan != 1 || d.Session != "feb" {
		t.Errorf("%d of %d minutes, principles %d, plan %d, session %s", d.Minutes, d.Limit, d.Principles, d.Plan, d.Session)
	}
}

func TestUnderTheTransitionalArrangementOnlyProposalsComeOn(t *testing.T) {
	in := input(t)
	in.Principles = agenda.Transitional()
	in = with(in, proposal("p1", "Par līdzdalību", agenda.Discussion))
	d := build(t, in)
	wantItems(t, d, "opening", "p1", "any-other")
	wantOn(t, d, "p1", "reason.proposed-by",
		"Jautājumu 2024. gada 1. februārī iesniedza Biedrība „Tilts”.", "Proposed by Biedrība „Tilts” on 1 February 2024.")
	wantOut(t, d, "task-1/8.2", "reason.unasked",
		"Neviens darba kārtības veidošanas principu 1. versijas noteikums šo uzdevumu šai sēdei neprasa, un neviens to nav ierosinājis.",
		"No rule of version 1 of the agenda principles asks for this task at this session, and nobody has proposed it.")
}

func TestEveryItemSaysWhoProposedIt(t *testing.T) {
	c := proposal("p1", "Par līdzdalību", agenda.Discussion, ref(8, 2))
	for name, x := range map[string]struct {
		change      func(*agenda.Candidate)
		key, lv, en string
	}{
		"nobody named": {func(c *agenda.Candidate) { c.InitiatedBy = "" }, "reason.proposed",
			"Jautājumu iesniedza 2024. gada 1. februārī.", "Proposed on 1 February 2024."},
		"the proposal is gone": {func(c *agenda.Candidate) { c.Submitted = agenda.Candidate{}.Submitted }, "reason.proposed-once-by",
			"Jautājumu ierosināja Biedrība „Tilts”, un tas gaida izskatīšanu.", "Proposed earlier by Biedrība „Tilts” and still waiting."},
		"nothing is known": {func(c *agenda.Candidate) { c.Submitted, c.InitiatedBy = agenda.Candidate{}.Submitted, "" }, "reason.proposed-once",
			"Jautājums ir ierosināts un gaida izskatīšanu.", "Proposed earlier and still waiting."},
	} {
		t.Run(name, func(t *testing.T) {
			c := c
			x.change(&c)
			wantOn(t, build(t, with(only(t), c)), "p1", x.key, x.lv, x.en)
		})
	}
}

func TestAWishForALaterSessionIsKept(t *testing.T) {
	c := proposal("p1", "Par līdzdalību", agenda.Discussion, ref(8, 2))
	c.Wish = "2024-03-27"
	wantOut(t, build(t, with(only(t), c)), "p1", "reason.wish",
		"Ierosinātājs lūdz jautājumu skatīt ne agrāk kā 2024. gada 27. marta sēdē.",
		"The proposer asks that it come on no earlier than the session of 27 March 2024.")
	c.Wish = "2024-02-28"
	wantItems(t, build(t, with(only(t), c)), "opening", "p1", "any-other")
	c.Wish, c.Postponed = "2024-03-27", []council.Date{"2024-01-31"}
	wantItems(t, build(t, with(only(t, "P6"), c)), "opening", "p1", "any-other")
}

func TestNoDraftIsMadeOfWhatIsNoInput(t *testing.T) {
	twice := with(input(t), proposal("p1", "Par a", agenda.Discussion), proposal("p1", "Par b", agenda.Discussion))
	for name, x := range map[string]struct {
		in     agenda.Input
		key    string
		fields []string
	}{
		"no date":         {on(input(t), "2024-02-30"), "problem.date", nil},
		"no time":         {func() agenda.Input { in := input(t); in.Session.Starts = "25:00"; return in }(), "problem.clock", nil},
		"an id twice":     {twice, "problem.agenda.twice", nil},
		"a reserved id":   {with(input(t), proposal("opening", "Par a", agenda.Discussion)), "problem.agenda.reserved", nil},
		"a review's id":   {with(input(t), proposal("review-2025", "Par a", agenda.Discussion)), "problem.agenda.reserved", nil},
		"a bad parameter": {param(input(t), "P21", "most", "31"), "problem.invalid", []string{ruleAt("P21") + ".params.most problem.range"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := agenda.Build(x.in)
			wantFaults(t, err, problem.Invalid, x.key, x.fields...)
			_, err = agenda.Check(x.in, nil)
			wantFaults(t, err, problem.Invalid, x.key, x.fields...)
		})
	}
}

// Whatever the order of candidates and history, the draft is the same to the
// byte; it accounts for every candidate once; it keeps what Build promises; it
// says everything in whole sentences; and Check finds the same as Build. The
// input stays as it was.
func TestBuild(t *testing.T) {
	all := bases(t)
	rapid.Check(t, func(rt *rapid.T) {
		in := randomInput(rt, all)
		in.Principles.Agreed = []agenda.Agreement{{By: "Satura  plānošanas darba grupa", On: "2024-02-01"}} // to be tidied
		before := asJSON(rt, in)
		first, err := agenda.Build(in)
		if err != nil {
			rt.Fatal(err)
		}
		if after := asJSON(rt, in); !bytes.Equal(before, after) {
			rt.Fatalf("Build changed its input: %s", cmp.Diff(string(before), string(after)))
		}
		rnd := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		again := in
		again.Candidates, again.Held, again.Past = shuffled(rnd, in.Candidates), shuffled(rnd, in.Held), shuffled(rnd, in.Past)
		again.Assignments, again.Fulfilled = shuffled(rnd, in.Assignments), shuffled(rnd, in.Fulfilled)
		again.Delegations = shuffled(rnd, in.Delegations)
		again.Decisions, again.Unapproved = shuffled(rnd, in.Decisions), shuffled(rnd, in.Unapproved)
		second, err := agenda.Build(again)
		if err != nil {
			rt.Fatal(err)
		}
		if a, b := asJSON(rt, first), asJSON(rt, second); !bytes.Equal(a, b) {
			rt.Fatalf("another order gave another draft: %s", cmp.Diff(string(a), string(b)))
		}
		accounts(rt, in, first)
		lawful(rt, in, first)
		for _, r := range reasons(first) {
			for _, lang := range locale.Langs {
				wellFormed(rt, r.Key, lang, r.Text(lang))
			}
		}
		found, err := agenda.Check(again, first.Items)
		if err != nil {
			rt.Fatal(err)
		}
		if a, b := asJSON(rt, first.Unmet), asJSON(rt, append([]agenda.Breach{}, found...)); !bytes.Equal(a, b) {
			rt.Fatalf("Check finds otherwise than Build: %s", cmp.Diff(string(a), string(b)))
		}
	})
}

// accounts fails unless every candidate is on or left out, once, for a reason.
func accounts(t *rapid.T, in agenda.Input, d agenda.Draft) {
	seen := map[string]int{}
	for _, it := range d.Items {
		seen[it.ID]++
		if len(it.Reasons) == 0 {
			t.Fatalf("item %s has no reason", it.ID)
		}
	}
	for _, o := range d.LeftOut {
		seen[o.ID]++
		if len(o.Reasons) == 0 {
			t.Fatalf("left out %s has no reason", o.ID)
		}
	}
	for _, c := range in.Candidates {
		if seen[c.ID] != 1 {
			t.Fatalf("candidate %s appears %d times", c.ID, seen[c.ID])
		}
	}
	for id, n := range seen {
		if n != 1 {
			t.Fatalf("%s appears %d times", id, n)
		}
	}
}

// lawful holds a draft to what Build itself promises: every hard rule it can
// keep, carried items on, and the limits unless what must come on exceeds them.
func lawful(t *rapid.T, in agenda.Input, d agenda.Draft) {
	if d.Items[0].Kind != agenda.Opening || d.Items[len(d.Items)-1].Kind != agenda.AnyOther {
		t.Fatalf("first %s, last %s", d.Items[0].Kind, d.Items[len(d.Items)-1].Kind)
	}
	for _, u := range d.Unmet {
		switch u.Reason.Key {
		case "reason.p6.choose", "reason.p7.over", "reason.p7.unmet", "reason.p8.unmet", "reason.p8.infeasible", "reason.p8.infeasible-now",
			"reason.p9.unmet", "reason.p9.unmet-never", "reason.p11.no-task", "reason.p12.share", "reason.p12.share-ready",
			"reason.p12.row-later", "reason.p12.row-out", "reason.p26.unmet", "reason.p26.remote", "reason.p20.unmet", "reason.p21.unmet", "reason.p21.none":
		case "reason.p5.unmet-decision", "reason.p5.unmet-decision-nobody", "reason.p5.unmet-task", "reason.p5.unmet-task-nobody", "reason.p5.uninvited-task",
			"reason.p11.unmet", "reason.p11.unmet-never", "reason.p23.unmet":
			if u.Hard && u.Reason.Rule != "P11" && !strings.HasSuffix(strings.TrimSuffix(u.Reason.Key, "-nobody"), "-task") {
				t.Fatalf("left out although it must come on: %s", u.Reason.Text(locale.EN))
			}
		case "reason.p10.unmet", "reason.p10.unmet-overdue":
			if u.Hard {
				t.Fatal("the annual review was left out although it must come on")
			}
		default:
			t.Fatalf("Build broke a rule it keeps itself: %s", u.Reason.Text(locale.EN))
		}
	}
	mustMinutes, mustCount, plain := 0, 0, 0
	for _, it := range d.Items {
		must := !it.Kind.Substantive() || it.Source == agenda.Standing || len(it.Postponed) > 0 || it.Kind == agenda.Data || hardlyAsked(in, it)
		if must {
			mustMinutes += it.Minutes
			if it.Kind.Substantive() {
				mustCount++
			}
		} else {
			plain++
		}
	}
	if s, ok := in.Principles.Rule("P20"); ok && plain > 0 && over(d.Minutes, d.Limit, s) {
		t.Fatalf("%d minutes of %d, of them %d that must come on, and %d others", d.Minutes, d.Limit, mustMinutes, plain)
	}
	if s, ok := in.Principles.Rule("P21"); ok && plain > 0 && plain+mustCount > number(s, "most", 5) {
		t.Fatalf("%d items, of them %d that must come on", plain+mustCount, mustCount)
	}
	if _, ok := in.Principles.Rule("P6"); ok {
		for _, c := range in.Candidates {
			_, isOn := d.Item(c.ID)
			if settled := c.Settle == agenda.SettleGroup || c.Settle == agenda.SettleWithdraw; len(c.Postponed) > 0 && isOn == settled {
				t.Fatalf("the postponed %s is on: %t, settled: %q", c.ID, isOn, c.Settle)
			}
		}
	}
}

// hardlyAsked reports whether a rule that is soft in the catalogue, and hard in
// these principles, asks for an item.
func hardlyAsked(in agenda.Input, it agenda.Item) bool {
	return slices.ContainsFunc(it.Reasons, func(r agenda.Reason) bool {
		s, _ := in.Principles.Rule(r.Rule)
		return s.Hard && slices.Contains([]string{"P5", "P11", "P26"}, r.Rule)
	})
}

func over(minutes, limit int, s agenda.Setting) bool {
	return minutes > limit*(100-number(s, "spare", 10))/100
}

// number is a parameter's value, or the catalogue's.
func number(s agenda.Setting, name string, without int) int {
	v, ok := s.Params[name]
	if !ok {
		return without
	}
	n := 0
	for _, r := range v {
		n = n*10 + int(r-'0')
	}
	return n
}

// One candidate more that ranks lower never takes the place of one that ranks
// higher. Ranks are those of the agenda that a session without end would have. A
// task of the plan whose turn, or whose measure's, the other serves does not
// lose a place: it may wait by then. Candidates that a hard rule or P6 brings on
// have their room first.
func TestALowerRankedCandidateTakesNoHigherOnesPlace(t *testing.T) {
	all := bases(t)
	taken := 0
	rapid.Check(t, func(rt *rapid.T) {
		in := randomInput(rt, all)
		one := randomProposal(rt, "one-more", in.Session.Date, in.Plan.Refs())
		if one.Kind == agenda.Data || len(one.Postponed) > 0 {
			return
		}
		more := with(in, one)
		before, after, endless := buildIn(rt, in), buildIn(rt, more), buildIn(rt, unlimited(more))
		rank := map[string]int{}
		for i, id := range titles(endless) {
			rank[id] = i + 1
		}
		at, ranked := rank["one-more"]
		if it, isOn := after.Item("one-more"); !ranked || isOn && hardlyAsked(more, *it) {
			return
		}
		taken++
		for _, id := range titles(before) {
			if r := rank[id]; r > 0 && r < at && wantsRoom(after, id) && !serves(endless, "one-more", id) {
				rt.Fatalf("%s ranks %d; one more that ranks %d took its place\nbefore %q\nafter %q\nunlimited %q",
					id, r, at, titles(before), titles(after), titles(endless))
			}
		}
	})
	if taken == 0 {
		t.Error("no candidate was ranked: this test proves nothing")
	}
}

// wantsRoom reports whether a candidate is left out for want of room or time.
func wantsRoom(d agenda.Draft, id string) bool {
	i := slices.IndexFunc(d.LeftOut, func(o agenda.LeftOut) bool { return o.ID == id })
	return i >= 0 && !slices.ContainsFunc(d.LeftOut[i].Reasons, func(r agenda.Reason) bool {
		return r.Key == "reason.p8.through" || strings.HasPrefix(r.Key, "reason.p8.later")
	})
}

// serves reports whether an item is on the measure of a task of the plan.
func serves(d agenda.Draft, item, task string) bool {
	it, _ := d.Item(item)
	x, _ := d.Item(task)
	return x.Source == agenda.FromPlan && slices.ContainsFunc(it.Tasks, func(r plan.Ref) bool { return r.Measure == x.Tasks[0].Measure })
}

func monthOf(d council.Date) time.Month { n, _ := strconv.Atoi(string(d[5:7])); return time.Month(n) }

func buildIn(t *rapid.T, in agenda.Input) agenda.Draft {
	d, err := agenda.Build(in)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// unlimited takes the limits of time, number and share away and leaves what the
// rules ask for.
func unlimited(in agenda.Input) agenda.Input {
	in.Session.Starts, in.Session.Ends = "00:00", "23:59"
	in.Session.Kind = council.Regular
	in.Principles.Rules = slices.Clone(in.Principles.Rules)
	for i := range in.Principles.Rules {
		switch s := &in.Principles.Rules[i]; s.Rule {
		case "P7":
			s.Params = map[string]string{"off_plan_share": "1/1"}
		case "P20":
			s.Params = map[string]string{"total": "600", "spare": "0"}
		case "P21":
			s.Params = map[string]string{"most": "30"}
		}
	}
	return in
}

// Postponed at every session it comes on, a matter comes on at every next one
// until the leads settle it; whatever comes and goes, whoever is to do what by when
// and reports from where, it is never lost. What the principles themselves brought on
// and a session did not deal with (an overdue decision, a delegate's report) is on the
// next agenda again or among what it leaves out, with the reason.
func TestNothingPostponedIsLost(t *testing.T) {
	base := bases(t)[0]
	refs := base.Plan.Refs()
	rapid.Check(t, func(rt *rapid.T) {
		in := base
		randomDuties(rt, &in, refs)
		in.Decisions = randomDecisions(rt)
		day := council.Date("2024-02-28")
		var waiting []agenda.Candidate // beside the plan's tasks
		held := slices.Clone(in.Held)
		var owed []string // standing items that the session before did not deal with
		tasks := agenda.FromTasks(&in.Plan, &in.Principles)
		var postponed []agenda.Candidate
		made := 0
		for range 50 {
			for range rapid.IntRange(0, 2).Draw(rt, "new") {
				made++
				c := randomProposal(rt, "p"+strconv.Itoa(made), day, refs)
				c.Postponed, c.Settle, c.Wish = nil, "", ""
				waiting = append(waiting, c)
			}
			in.Session.Date = day
			var ps []agenda.Proposal
			for _, c := range waiting {
				ps = append(ps, agenda.Proposal{Candidate: c, State: agenda.Waiting})
			}
			in.Candidates, in.Held = agenda.Join(tasks, ps, postponed), held
			d := buildIn(rt, in)
			accounts(rt, in, d)
			for _, c := range postponed {
				if _, isOn := d.Item(c.ID); !isOn {
					rt.Fatalf("%s, postponed on %v, is not on the agenda of %s", c.ID, c.Postponed, day)
				}
			}
			for _, id := range owed {
				if _, isOn := d.Item(id); !isOn && !slices.ContainsFunc(d.LeftOut, func(o agenda.LeftOut) bool { return o.ID == id && len(o.Reasons) > 0 }) {
					rt.Fatalf("%s, not dealt with before, is nowhere at the session of %s", id, day)
				}
			}
			postponed, owed = nil, nil
			for _, it := range d.Items {
				if it.Source == agenda.Standing && it.Kind.Substantive() && rapid.IntRange(0, 3).Draw(rt, "not dealt with") == 0 {
					owed = append(owed, it.ID)
					continue
				}
				if it.Source == agenda.Standing {
					held = append(held, agenda.Held{Session: string(day), Date: day, Item: it.ID, ItemKind: it.Kind})
					continue
				}
				if len(it.Postponed) < 2 && rapid.IntRange(0, 3).Draw(rt, "postpone") == 0 {
					m := it.Matter
					m.Postponed = append(slices.Clone(m.Postponed), day)
					postponed = append(postponed, agenda.Candidate{Matter: m})
					continue
				}
				held = append(held, agenda.Held{Session: string(day), Date: day, Item: it.ID, ItemKind: it.Kind, Tasks: it.Tasks})
				waiting = slices.DeleteFunc(waiting, func(c agenda.Candidate) bool { return c.ID == it.ID })
			}
			in = meets(in, day)
			day = in.Calendar.RegularDate(day.AddMonths(1).Year(), monthOf(day.AddMonths(1)), in.Settings.Weekday)
		}
	})
}
