package agenda_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/plan"
)

// drafted is an agenda with the draft of an input.
func drafted(t testing.TB, in agenda.Input) agenda.Agenda {
	t.Helper()
	a := agenda.New(in.Session.ID)
	if err := a.Rebuild(officer, in); err != nil {
		t.Fatal(err)
	}
	return a
}

// two is a session with two proposals to arrange.
func two(t testing.TB) agenda.Input {
	in := with(input(t), proposal("p1", "Par līdzdalību", agenda.Decision, ref(7, 1)), proposal("p2", "Par dialogu", agenda.Discussion, ref(8, 1)))
	in.Unapproved = []agenda.UnapprovedMinutes{{Session: "jan", Date: "2024-01-31", Number: 1}}
	return in
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestRebuildGivesTheDraftOfThePrinciples(t *testing.T) {
	in := two(t)
	a := drafted(t, in)
	wantItems(t, a.Draft, "opening", "p1", "p2", "any-other")
	must(t, a.Arrange(officer, in, []string{"opening", "p2", "any-other"}, "Mazāk jautājumu.", at(5)))
	must(t, a.Rebuild(operator, in))
	if diff := cmp.Diff(asJSON(t, a.Draft), asJSON(t, build(t, in))); diff != "" || a.Overrides != nil || a.Status != agenda.Drafting {
		t.Errorf("rebuilt: %s, overrides %v: %s", a.Status, a.Overrides, diff)
	}
}

func TestOnlyTheSecretariatEditsAndOnlyBeforeTheSession(t *testing.T) {
	in := two(t)
	edits := map[string]func(*agenda.Agenda, council.Actor, agenda.Input) error{
		"rebuild": func(a *agenda.Agenda, by council.Actor, in agenda.Input) error { return a.Rebuild(by, in) },
		"arrange": func(a *agenda.Agenda, by council.Actor, in agenda.Input) error {
			return a.Arrange(by, in, []string{"opening", "any-other"}, "Īsi.", at(5))
		},
		"edit": func(a *agenda.Agenda, by council.Actor, in agenda.Input) error {
			return a.Edit(by, in, "p1", a.Draft.Items[1].Matter)
		},
		"allot": func(a *agenda.Agenda, by council.Actor, in agenda.Input) error {
			return a.Allot(by, in, "p1", agenda.Decision, 20, "Īsi.", at(5))
		},
		"override": func(a *agenda.Agenda, by council.Actor, in agenda.Input) error {
			return a.Override(by, in, "P7", "", "Īsi.", at(5))
		},
		"submit": func(a *agenda.Agenda, by council.Actor, in agenda.Input) error { return a.Submit(by, in, at(5)) },
	}
	for name, edit := range edits {
		t.Run(name, func(t *testing.T) {
			a := drafted(t, in)
			before := asJSON(t, a)
			for _, by := range []council.Actor{chair, deputy, member, public} {
				wantFaults(t, edit(&a, by, in), problem.Forbidden, "problem.agenda.prepare")
			}
			for _, state := range []council.SessionState{council.Open, council.Closed, council.Cancelled} {
				begun := in
				begun.Session.State = state
				wantFaults(t, edit(&a, officer, begun), problem.State, "problem.agenda.session-begun")
			}
			if !bytes.Equal(asJSON(t, a), before) {
				t.Error("a refusal changed the agenda")
			}
		})
	}
}

func TestArrangeKeepsWhoWhenAndWhy(t *testing.T) {
	in := two(t)
	a := drafted(t, in)
	must(t, a.Arrange(officer, in, []string{"opening", "task-1/8.2", "p2", "any-other"}, "  Dialogs vispirms ", at(5)))
	wantItems(t, a.Draft, "opening", "task-1/8.2", "p2", "any-other")
	if want := []agenda.Override{{Reason: "Dialogs vispirms", By: "officer", Name: "A. Bērzkalne", At: at(5)}}; !slices.Equal(a.Overrides, want) {
		t.Errorf("overrides %+v", a.Overrides)
	}
	wantOn(t, a.Draft, "task-1/8.2", "reason.by-hand", "Sekretariāts jautājumu iekļāva pats: Dialogs vispirms.", "Put on by the secretariat: Dialogs vispirms.")
	wantOut(t, a.Draft, "p1", "reason.taken-out", "Sekretariāts jautājumu izņēma: Dialogs vispirms.", "Taken out by the secretariat: Dialogs vispirms.")
	if a.Draft.Minutes != 50 || a.Draft.Items[1].Number != 2 || a.Status != agenda.Drafting {
		t.Errorf("%d minutes, numbers %+v, %s", a.Draft.Minutes, a.Draft.Items[1].Number, a.Status)
	}
	t.Run("what the order breaks shows at once", func(t *testing.T) {
		must(t, a.Arrange(officer, in, []string{"p2", "any-other", "opening"}, "Pamēģinām.", at(6)))
		wantBreach(t, a.Draft.Unmet, "reason.p1.unmet", true,
			"Darba kārtība nesākas ar protokola un darba kārtības apstiprināšanu (P1). Novietojiet šo jautājumu kā pirmo.",
			"The agenda does not begin with the approval of minutes and agenda (P1). Put that item first.")
	})
	t.Run("a standing item that comes back says again what it has to", func(t *testing.T) {
		must(t, a.Arrange(officer, in, []string{"p2"}, "Izņemam.", at(6)))
		must(t, a.Arrange(officer, in, []string{"opening", "p2", "any-other"}, "Atliekam atpakaļ.", at(6)))
		wantKept(t, a.Draft.Unmet, "P1")
		wantKept(t, a.Draft.Unmet, "P2")
		wantOn(t, a.Draft, "opening", "reason.p1.minutes",
			"Pamatprincips P1: sēde sākas ar darba kārtības un 1 iepriekšējās sēdes protokola apstiprināšanu.",
			"Rule P1: the session begins by approving its agenda and the minutes of 1 earlier session.")
		wantOn(t, a.Draft, "opening", "reason.by-hand", "Sekretariāts jautājumu iekļāva pats: Atliekam atpakaļ.", "Put on by the secretariat: Atliekam atpakaļ.")
	})
	t.Run("what standing items list is brought up to date", func(t *testing.T) {
		x := in
		x.Unapproved = append(x.Unapproved, agenda.UnapprovedMinutes{Session: "dec", Date: "2023-12-20", Number: 12})
		x.Next = council.Session{ID: "mar", Date: "2024-03-20", Starts: "10:30"}
		wantBreach(t, check(t, x, a.Draft.Items), "reason.p1.missing", true,
			"Pirmajā jautājumā trūkst parakstītu, bet vēl neapstiprinātu protokolu: Nr. 12/2023 (P1). Sastādiet vai pārkārtojiet darba kārtības projektu no jauna.",
			"The first item lacks signed minutes that no session has approved yet: No. 12/2023 (P1). Build or arrange the draft again.")
		must(t, a.Arrange(officer, x, []string{"opening", "p2", "any-other"}, "Atjaunojam.", at(6)))
		wantKept(t, a.Draft.Unmet, "P1")
		wantKept(t, a.Draft.Unmet, "P2")
	})
}

func TestArrangeRenewsWhatIsProvisional(t *testing.T) {
	in := param(only(t, "P21"), "P21", "most", "1")
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		in = with(in, proposal(id, "Par "+id, agenda.Discussion, ref(8, 2)))
	}
	a := drafted(t, in)
	named := func() (refs []string) {
		for _, x := range a.Draft.Items[len(a.Draft.Items)-1].Details[1:] {
			refs = append(refs, x.Ref)
		}
		return refs
	}
	if got := named(); !slices.Equal(got, []string{"b", "c", "d"}) {
		t.Fatalf("provisional are %q", got)
	}
	must(t, a.Arrange(officer, in, []string{"opening", "b", "any-other"}, "Par b ir steidzamāk.", at(5)))
	if got := named(); !slices.Equal(got, []string{"c", "d", "e"}) {
		t.Errorf("provisional are %q", got)
	}
}

func TestArrangeTakesInWhatCameSince(t *testing.T) {
	in := two(t)
	a := drafted(t, in)
	more := with(in, proposal("p3", "Par trešo", agenda.Decision, ref(3, 1)), proposal("p4", "Par ceturto", agenda.Decision))
	more.Candidates = slices.DeleteFunc(more.Candidates, func(c agenda.Candidate) bool { return c.ID == "task-1/8.5" })
	must(t, a.Arrange(officer, more, []string{"opening", "p1", "any-other"}, "Īsāk.", at(5)))
	wantOut(t, a.Draft, "p3", "reason.came-since",
		"Jautājums iesniegts pēc darba kārtības projekta sastādīšanas; to var iekļaut pats sekretariāts, vai arī projektu sastāda no jauna.",
		"Proposed after the draft was built; the secretariat can put it on, or the draft is built again.")
	wantOut(t, a.Draft, "p4", "reason.p7.unlinked",
		"Jautājums nav saistīts ar plāna uzdevumu, un nav pamatots, kāpēc tas ir ārpus plāna (P7). Norādiet uzdevumu vai pamatojumu.",
		"The item links to no plan task and gives no reason for being outside the plan (P7). Name a task or a reason.")
	if slices.ContainsFunc(a.Draft.LeftOut, func(o agenda.LeftOut) bool { return o.ID == "task-1/8.5" }) {
		t.Error("a task that is no candidate any more is still left out")
	}
	must(t, a.Arrange(officer, more, []string{"opening", "p3", "any-other"}, "Trešais svarīgāks.", at(5)))
	wantOn(t, a.Draft, "p3", "reason.by-hand", "Sekretariāts jautājumu iekļāva pats: Trešais svarīgāks.", "Put on by the secretariat: Trešais svarīgāks.")
}

func TestArrangeRefusesWhatItDoesNotKnow(t *testing.T) {
	in := two(t)
	a := drafted(t, in)
	before := asJSON(t, a)
	wantFaults(t, a.Arrange(officer, in, []string{"opening", "nothing", "opening"}, "Īsāk.", at(5)), problem.Invalid, "problem.invalid",
		"items[1] problem.agenda.unknown-item", "items[2] problem.agenda.twice")
	wantFaults(t, a.Arrange(officer, in, []string{"opening"}, " ", at(5)), problem.Invalid, "problem.invalid", "reason problem.text.missing")
	wantFaults(t, a.Arrange(officer, in, []string{"opening"}, "Īsāk 🙂", at(5)), problem.Invalid, "problem.invalid", "reason problem.text.character")
	wantFaults(t, a.Arrange(officer, in, []string{"opening"}, strings.Repeat("ā", 1001), at(5)), problem.Invalid, "problem.invalid", "reason problem.text.long")
	if !bytes.Equal(asJSON(t, a), before) {
		t.Error("a refusal changed the agenda")
	}
	empty := agenda.New("feb")
	wantFaults(t, empty.Arrange(officer, on(in, ""), []string{"opening"}, "Īsāk.", at(5)), problem.Invalid, "problem.date")
}

// However a draft is arranged, its items and what is left out are together all
// there is to speak of, each once.
func TestArrangeLosesNothing(t *testing.T) {
	all := bases(t)
	rapid.Check(t, func(rt *rapid.T) {
		in := randomInput(rt, all)
		a := agenda.New(in.Session.ID)
		if err := a.Rebuild(officer, in); err != nil {
			rt.Fatal(err)
		}
		var ids []string
		for _, it := range a.Draft.Items {
			ids = append(ids, it.ID)
		}
		for _, o := range a.Draft.LeftOut {
			ids = append(ids, o.ID)
		}
		for range rapid.IntRange(1, 4).Draw(rt, "times") {
			some := rapid.Permutation(ids).Draw(rt, "order")[:rapid.IntRange(0, min(len(ids), 8)).Draw(rt, "many")]
			if err := a.Arrange(officer, in, some, "Tā vajag.", at(5)); err != nil {
				rt.Fatal(err)
			}
			if got := titles(a.Draft); !slices.Equal(got, some) {
				rt.Fatalf("items %q, want %q", got, some)
			}
			accounts(rt, in, a.Draft)
			if len(a.Draft.Items)+len(a.Draft.LeftOut) != len(ids) {
				rt.Fatalf("%d on and %d out of %d", len(a.Draft.Items), len(a.Draft.LeftOut), len(ids))
			}
			found, err := agenda.Check(in, a.Draft.Items)
			if err != nil {
				rt.Fatal(err)
			}
			if !bytes.Equal(asJSON(rt, a.Draft.Unmet), asJSON(rt, append([]agenda.Breach{}, found...))) {
				rt.Fatal("the draft lists other breaches than Check")
			}
		}
	})
}

func TestEditChangesWhatAnItemSays(t *testing.T) {
	in := two(t)
	a := drafted(t, in)
	m := a.Draft.Items[1].Matter
	m.Title, m.Presenters, m.Invited, m.DraftDecision = "  Par līdzdalību novados ", []string{"V. Sarma"}, []string{"Finanšu ministrija"}, "Atbalstīt."
	m.Tasks, m.Source, m.OutsidePlan, m.Postponed, m.ID = nil, agenda.Standing, "x", []council.Date{"2024-01-31"}, "other"
	must(t, a.Edit(officer, in, "p1", m))
	it := a.Draft.Items[1]
	if it.Title != "Par līdzdalību novados" || it.Presenters[0] != "V. Sarma" || it.Invited[0] != "Finanšu ministrija" || it.DraftDecision != "Atbalstīt." {
		t.Errorf("%+v", it.Matter)
	}
	if it.ID != "p1" || it.Source != agenda.FromProposal || !slices.Equal(it.Tasks, []plan.Ref{ref(7, 1)}) || it.OutsidePlan != "" || it.Postponed != nil {
		t.Errorf("what stays was changed: %+v", it.Matter)
	}
	if a.Overrides != nil || in.Candidates[24].Title != "Par līdzdalību" {
		t.Error("an edit left a reason or changed its candidate")
	}
	t.Run("its rules show at once", func(t *testing.T) {
		m := it.Matter
		m.DraftDecision = ""
		must(t, a.Edit(officer, in, "p1", m))
		wantBreach(t, a.Draft.Unmet, "reason.p18.unmet-draft", true,
			"Lēmuma jautājumam „Par līdzdalību novados” nav lēmuma projekta (P18). Pievienojiet, kas trūkst, vai mainiet jautājuma veidu uz informatīvu.",
			"Decision item “Par līdzdalību novados” lacks a draft decision (P18). Add what is missing or make the item informative.")
	})
	t.Run("bad input changes nothing", func(t *testing.T) {
		before := asJSON(t, a)
		m := it.Matter
		m.Title, m.Presenters, m.Documents = "Par\x00", []string{""}, []agenda.Attachment{{Name: "x", SHA256: "zz"}}
		wantFaults(t, a.Edit(officer, in, "p1", m), problem.Invalid, "problem.invalid",
			"title problem.text.character", "presenters[0] problem.text.missing", "documents[0].sha256 problem.agenda.sha256")
		m = it.Matter
		m.Kind, m.Minutes = agenda.Information, 40
		wantFaults(t, a.Edit(officer, in, "p1", m), problem.Invalid, "problem.invalid", "kind problem.agenda.allot", "minutes problem.agenda.allot")
		wantFaults(t, a.Edit(officer, in, "nothing", m), problem.NotFound, "problem.agenda.unknown-item")
		if !bytes.Equal(asJSON(t, a), before) {
			t.Error("a refusal changed the agenda")
		}
	})
	t.Run("a standing item says what its rule makes it say", func(t *testing.T) {
		m := a.Draft.Items[0].Matter
		m.Title = "Citādi"
		must(t, a.Edit(officer, in, "opening", m))
		if got := a.Draft.Items[0].Title; got == "Citādi" {
			t.Errorf("titled %q", got)
		}
	})
	t.Run("an item of an earlier revision can be edited", func(t *testing.T) {
		late := bases(t)[1]
		late.Principles = only(t).Principles
		late = with(on(late, "2025-04-30"), proposal("p1", "Par padomēm", agenda.Discussion, ref(8, 4)))
		a := drafted(t, late)
		it, ok := a.Draft.Item("p1")
		if !ok {
			t.Fatalf("items %q", titles(a.Draft))
		}
		m := it.Matter
		m.Title = "Par konsultatīvajām padomēm"
		must(t, a.Edit(officer, late, "p1", m))
	})
}

func TestAllotKeepsWhoWhenAndWhy(t *testing.T) {
	in := two(t)
	a := drafted(t, in)
	must(t, a.Allot(officer, in, "p1", agenda.Discussion, 25, "Jāizrunā sīkāk", at(5)))
	it := a.Draft.Items[1]
	if it.Kind != agenda.Discussion || it.Minutes != 25 || a.Draft.Minutes != 60 {
		t.Errorf("%s of %d minutes, %d in all", it.Kind, it.Minutes, a.Draft.Minutes)
	}
	wantOn(t, a.Draft, "p1", "reason.allotted-minutes",
		"Sekretariāts jautājuma laiku mainīja no 15 uz 25 min: Jāizrunā sīkāk.", "The secretariat changed the item’s time from 15 to 25 min: Jāizrunā sīkāk.")
	wantOn(t, a.Draft, "p1", "reason.allotted-kind",
		"Sekretariāts jautājuma veidu mainīja: bija lēmuma jautājums, ir diskusija. Jāizrunā sīkāk.",
		"The secretariat changed the item’s kind: was decision, is discussion. Jāizrunā sīkāk.")
	want := []agenda.Override{{Item: "p1", Reason: "Jāizrunā sīkāk", By: "officer", Name: "A. Bērzkalne", At: at(5)}}
	if !slices.Equal(a.Overrides, want) {
		t.Errorf("overrides %+v", a.Overrides)
	}
	t.Run("again, the item says the last change, the agenda all", func(t *testing.T) {
		must(t, a.Allot(officer, in, "p1", agenda.Discussion, 30, "Vēl sīkāk.", at(6)))
		wantOn(t, a.Draft, "p1", "reason.allotted-minutes",
			"Sekretariāts jautājuma laiku mainīja no 25 uz 30 min: Vēl sīkāk.", "The secretariat changed the item’s time from 25 to 30 min: Vēl sīkāk.")
		if len(a.Overrides) != 2 {
			t.Errorf("%d reasons kept", len(a.Overrides))
		}
	})
	t.Run("no change needs no reason and leaves none", func(t *testing.T) {
		must(t, a.Allot(officer, in, "p1", agenda.Discussion, 30, "", time.Time{}))
		if len(a.Overrides) != 2 {
			t.Errorf("%d reasons kept", len(a.Overrides))
		}
	})
	t.Run("a standing item keeps its kind and takes some time", func(t *testing.T) {
		must(t, a.Allot(officer, in, "opening", agenda.Opening, 10, "Divi protokoli.", at(6)))
		must(t, a.Arrange(officer, in, titles(a.Draft), "Tā pati secība.", at(6)))
		wantOn(t, a.Draft, "opening", "reason.allotted-minutes",
			"Sekretariāts jautājuma laiku mainīja no 5 uz 10 min: Divi protokoli.", "The secretariat changed the item’s time from 5 to 10 min: Divi protokoli.")
		wantFaults(t, a.Allot(officer, in, "opening", agenda.Decision, 0, "Citādi.", at(6)), problem.Invalid, "problem.invalid",
			"kind problem.choice", "minutes problem.range")
	})
	t.Run("bad input changes nothing", func(t *testing.T) {
		before := asJSON(t, a)
		wantFaults(t, a.Allot(officer, in, "p1", "party", 241, "Citādi.", at(6)), problem.Invalid, "problem.invalid", "kind problem.choice", "minutes problem.range")
		wantFaults(t, a.Allot(officer, in, "p1", agenda.Opening, -1, "Citādi.", at(6)), problem.Invalid, "problem.invalid", "kind problem.choice", "minutes problem.range")
		wantFaults(t, a.Allot(officer, in, "p1", agenda.Decision, 30, "", at(6)), problem.Invalid, "problem.invalid", "reason problem.text.missing")
		wantFaults(t, a.Allot(officer, in, "nothing", agenda.Decision, 30, "Citādi.", at(6)), problem.NotFound, "problem.agenda.unknown-item")
		if !bytes.Equal(asJSON(t, a), before) {
			t.Error("a refusal changed the agenda")
		}
	})
}

func TestOverrideKeepsTheReasonForGoingAgainstASoftRule(t *testing.T) {
	in := with(only(t, "P7", "P20", "P21"), offPlan("p1", 15))
	a := drafted(t, in)
	wantFaults(t, a.Override(officer, in, "P20", "", "Tā vajag.", at(5)), problem.State, "problem.agenda.no-breach")
	wantFaults(t, a.Override(officer, in, "P7", "p1", "Tā vajag.", at(5)), problem.State, "problem.agenda.no-breach")
	wantFaults(t, a.Override(officer, in, "P7", "", "", at(5)), problem.Invalid, "problem.invalid", "reason problem.text.missing")
	wantFaults(t, a.Override(officer, hard(in, "P7", true), "P7", "", "Tā vajag.", at(5)), problem.State, "problem.agenda.hard")
	must(t, a.Override(officer, in, "P7", "", "Steidzams lūgums.", at(5)))
	must(t, a.Override(officer, in, "P7", "", "Saeimas lūgums.", at(6)))
	want := []agenda.Override{{Rule: "P7", Reason: "Saeimas lūgums.", By: "officer", Name: "A. Bērzkalne", At: at(6)}}
	if !slices.Equal(a.Overrides, want) {
		t.Errorf("overrides %+v, want the last only", a.Overrides)
	}
}
