package agenda_test

import (
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
)

func TestP6PostponedItemsComeFirst(t *testing.T) {
	t.Run("before new ones, oldest first", func(t *testing.T) {
		urgent := proposal("new", "Par jauno", agenda.Decision, ref(1, 1))
		urgent.Deadline = "2024-02-28"
		in := with(only(t, "P6"), urgent, carried("younger", "2024-02-14"), carried("older", "2024-01-31"))
		d := build(t, in)
		wantItems(t, d, "opening", "older", "younger", "new", "any-other")
		wantOn(t, d, "older", "reason.p6.carried",
			"Pamatprincips P6: jautājums atlikts 2024. gada 31. janvāra sēdē (kopā 1 reizi), tāpēc skatāms pirms jauniem jautājumiem.",
			"Rule P6: postponed at the session of 31 January 2024 (1 time in all), so it comes before new items.")
		wantKept(t, d.Unmet, "P6")
	})
	t.Run("and are never dropped for room", func(t *testing.T) {
		in := param(with(only(t, "P6", "P20", "P21"), carried("a", "2024-01-31"), carried("b", "2024-01-31"), proposal("new", "Par jauno", agenda.Decision)),
			"P21", "most", "1")
		d := build(t, in)
		wantItems(t, d, "opening", "a", "b", "any-other")
		wantBreach(t, d.Unmet, "reason.p21.unmet", false,
			"Darba kārtībā ir 2 lietas jautājumi, paredzēts ne vairāk kā 1 (P21). Izņemiet kādu vai norādiet iemeslu.",
			"The agenda has 2 substantive items; at most 1 are meant (P21). Take one out or give the reason.")
	})
	t.Run("no other rule keeps them off", func(t *testing.T) {
		c := carried("a", "2024-01-31")
		c.Tasks, c.Submitted, c.Kind, c.Documents = nil, at(27), agenda.Decision, nil
		in := param(with(only(t, "P6", "P7", "P15", "P18"), c), "P18", "missing", "postpone")
		d := build(t, in)
		wantItems(t, d, "opening", "a", "any-other")
		wantOn(t, d, "a", "reason.p7.unlinked",
			"Jautājums nav saistīts ar plāna uzdevumu, un nav pamatots, kāpēc tas ir ārpus plāna (P7). Norādiet uzdevumu vai pamatojumu.",
			"The item links to no plan task and gives no reason for being outside the plan (P7). Name a task or a reason.")
	})
	t.Run("without the rule they come on as others do", func(t *testing.T) {
		in := with(param(only(t, "P21"), "P21", "most", "2"), carried("a", "2024-01-31"), carried("b", "2024-01-31"), proposal("new", "Par jauno", agenda.Decision))
		wantItems(t, build(t, in), "opening", "new", "a", "any-other")
	})
	t.Run("one left out is a breach", func(t *testing.T) {
		in := with(only(t, "P6"), carried("a", "2024-01-31", "2024-02-14"))
		items := build(t, with(only(t, "P6"))).Items
		wantBreach(t, check(t, in, items), "reason.p6.unmet", true,
			"Darba kārtībā nav 2024. gada 14. februāra sēdē atliktā jautājuma „Par a” (P6). Iekļaujiet to.",
			"The agenda lacks “Par a”, postponed at the session of 14 February 2024 (P6). Put it on.")
	})
	t.Run("so is one behind new ones, or behind one postponed later", func(t *testing.T) {
		in := hard(with(only(t, "P6"), proposal("new", "Par jauno", agenda.Decision), carried("a", "2024-01-31"), carried("b", "2024-02-14")), "P6", false)
		items := build(t, in).Items
		items[1], items[2] = items[2], items[1]
		wantBreach(t, check(t, in, items), "reason.p6.younger", false,
			"Jautājums „Par a”, atlikts 2024. gada 31. janvāra sēdē, ir aiz vēlāk atliktiem (P6). Pārceliet to uz priekšu.",
			"“Par a”, postponed at the session of 31 January 2024, stands behind some postponed later (P6). Move it forward.")
		items[2], items[3] = items[3], items[2]
		wantBreach(t, check(t, in, items), "reason.p6.behind", false,
			"Atliktais jautājums „Par a” ir aiz jauniem jautājumiem (P6). Pārceliet to uz priekšu.",
			"The postponed item “Par a” stands behind new ones (P6). Move it forward.")
	})
}

func TestP6AfterTooManyPostponementsTheLeadsChoose(t *testing.T) {
	often := carried("a", "2024-01-31", "2024-02-14")
	t.Run("until then the agenda cannot go out", func(t *testing.T) {
		d := build(t, with(only(t, "P6"), often))
		wantOn(t, d, "a", "reason.p6.settle",
			"Pamatprincips P6: jautājums atlikts jau 2 reizes, pēdējoreiz 2024. gada 14. februāra sēdē; padomes vadībai jāizvēlas – izlemt, atsaukt vai nodot darba grupai.",
			"Rule P6: postponed 2 times already, last at the session of 14 February 2024; the leads must choose: decide, withdraw or hand to a working group.")
		wantBreach(t, d.Unmet, "reason.p6.choose", true,
			"Jautājums „Par a” atlikts 2 reizes (P6). Padomes vadībai jāizvēlas – izlemt, atsaukt vai nodot darba grupai.",
			"“Par a” has been postponed 2 times (P6). The leads must choose: decide, withdraw or hand to a working group.")
	})
	t.Run("how many are too many is a parameter", func(t *testing.T) {
		wantKept(t, build(t, param(with(only(t, "P6"), often), "P6", "max_postponements", "3")).Unmet, "P6")
		wantBreach(t, build(t, param(with(only(t, "P6"), carried("b", "2024-01-31")), "P6", "max_postponements", "1")).Unmet, "reason.p6.choose", true,
			"Jautājums „Par b” atlikts 1 reizi (P6). Padomes vadībai jāizvēlas – izlemt, atsaukt vai nodot darba grupai.",
			"“Par b” has been postponed 1 time (P6). The leads must choose: decide, withdraw or hand to a working group.")
	})
	t.Run("what is to be decided comes on and says so", func(t *testing.T) {
		c := often
		if err := c.SettleBy(chair, agenda.SettleDecide); err != nil {
			t.Fatal(err)
		}
		d := build(t, with(only(t, "P6"), c))
		wantKept(t, d.Unmet, "P6")
		wantOn(t, d, "a", "reason.p6.decide",
			"Pamatprincips P6: jautājums atlikts jau 2 reizes, pēdējoreiz 2024. gada 14. februāra sēdē; padomes vadība izvēlējās to izlemt.",
			"Rule P6: postponed 2 times already, last at the session of 14 February 2024; the leads chose that it be decided.")
	})
	for choice, x := range map[agenda.Settlement]struct{ key, lv, en string }{
		agenda.SettleWithdraw: {"reason.p6.withdrawn", "Padomes vadība izvēlējās atsaukt jautājumu, kas atlikts 2 reizes (P6).",
			"The leads chose to withdraw the item, postponed 2 times (P6)."},
		agenda.SettleGroup: {"reason.p6.group", "Padomes vadība izvēlējās nodot darba grupai jautājumu, kas atlikts 2 reizes (P6).",
			"The leads chose to hand the item, postponed 2 times, to a working group (P6)."},
	} {
		t.Run("what is settled as "+string(choice)+" stays off", func(t *testing.T) {
			c := often
			if err := c.SettleBy(standIn, choice); err != nil {
				t.Fatal(err)
			}
			in := with(only(t, "P6"), c)
			d := build(t, in)
			wantOut(t, d, "a", x.key, x.lv, x.en)
			wantKept(t, d.Unmet, "P6")
			wantBreach(t, check(t, in, build(t, with(only(t, "P6"), often)).Items), "reason.p6.settled", true,
				"Jautājumu „Par a” padomes vadība izvēlējās atsaukt vai nodot darba grupai (P6). Izņemiet to no darba kārtības.",
				"The leads chose to withdraw “Par a” or to hand it to a working group (P6). Take it off the agenda.")
		})
	}
	t.Run("only the leads, only what was postponed, only one of three ways", func(t *testing.T) {
		c := often
		for _, a := range []council.Actor{officer, member, operator, public} {
			wantFaults(t, c.SettleBy(a, agenda.SettleDecide), problem.Forbidden, "problem.agenda.leads-only")
		}
		wantFaults(t, c.SettleBy(chair, "forget"), problem.Invalid, "problem.invalid", "settle problem.choice")
		fresh := proposal("new", "Par jauno", agenda.Decision)
		wantFaults(t, fresh.SettleBy(deputy, agenda.SettleDecide), problem.State, "problem.agenda.not-postponed")
		if c.Settle != "" || fresh.Settle != "" {
			t.Error("a refused choice was recorded")
		}
	})
}
