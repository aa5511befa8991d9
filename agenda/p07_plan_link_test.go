package agenda_test

import (
	"testing"

	"padome/agenda"
)

// offPlan is a proposal outside the plan, of some minutes.
func offPlan(id string, minutes int) agenda.Candidate {
	c := proposal(id, "Par "+id, agenda.Discussion)
	c.OutsidePlan, c.Minutes = "Saeimas lūgums", minutes
	return c
}

func TestP7EveryItemLinksToThePlanOrSaysWhyNot(t *testing.T) {
	t.Run("a link is said", func(t *testing.T) {
		in := with(only(t, "P7"), proposal("one", "Par a", agenda.Discussion, ref(8, 2)), proposal("two", "Par b", agenda.Discussion, ref(2, 1), ref(8, 2)))
		d := build(t, in)
		wantOn(t, d, "one", "reason.p7.linked", "Saistīts ar plāna uzdevumu Nr. 8.2.", "Linked to plan task 8.2.")
		wantOn(t, d, "two", "reason.p7.linked", "Saistīts ar plāna uzdevumiem Nr. 2.1 un 8.2.", "Linked to plan tasks 2.1 and 8.2.")
		wantKept(t, d.Unmet, "P7")
	})
	t.Run("a reason for none is said, with one full stop", func(t *testing.T) {
		c := offPlan("a", 15)
		in := with(only(t, "P7"), c, proposal("b", "Par b", agenda.Discussion, ref(8, 2)), proposal("c", "Par c", agenda.Discussion, ref(8, 3)))
		wantOn(t, build(t, in), "a", "reason.p7.outside", "Ārpus plāna: Saeimas lūgums.", "Outside the plan: Saeimas lūgums.")
		in.Candidates[0].OutsidePlan = "Saeimas lūgums."
		wantOn(t, build(t, in), "a", "reason.p7.outside", "Ārpus plāna: Saeimas lūgums.", "Outside the plan: Saeimas lūgums.")
		wantKept(t, build(t, in).Unmet, "P7")
	})
	t.Run("neither keeps it off", func(t *testing.T) {
		in := with(only(t, "P7"), proposal("a", "Par a", agenda.Discussion))
		wantOut(t, build(t, in), "a", "reason.p7.unlinked",
			"Jautājums nav saistīts ar plāna uzdevumu, un nav pamatots, kāpēc tas ir ārpus plāna (P7). Norādiet uzdevumu vai pamatojumu.",
			"The item links to no plan task and gives no reason for being outside the plan (P7). Name a task or a reason.")
		wantItems(t, build(t, with(only(t), in.Candidates...)), "opening", "a", "any-other")
	})
	t.Run("put on by hand all the same, it is a breach, hard or soft", func(t *testing.T) {
		in := with(only(t, "P7"), proposal("a", "Par a", agenda.Discussion))
		items := build(t, with(only(t), in.Candidates...)).Items
		for _, is := range []bool{false, true} {
			bs := check(t, hard(in, "P7", is), items)
			wantBreach(t, bs, "reason.p7.unmet", is,
				"Jautājums „Par a” nav saistīts ar plāna uzdevumu, un nav pamatots, kāpēc tas ir ārpus plāna (P7). Norādiet uzdevumu vai pamatojumu.",
				"“Par a” links to no plan task and gives no reason for being outside the plan (P7). Name a task or a reason.")
		}
	})
}

func TestP7LimitsTheShareOutsideThePlan(t *testing.T) {
	base := only(t, "P7", "P20") // 108 minutes, less 5 and 15
	t.Run("by the time the session has", func(t *testing.T) {
		in := with(base, offPlan("a", 15), offPlan("b", 14), offPlan("c", 10), proposal("d", "Par d", agenda.Information, ref(8, 2)))
		d := build(t, in)
		wantItems(t, d, "opening", "a", "b", "d", "any-other") // 29 of 88: a third is 29.3
		wantOut(t, d, "c", "reason.p7.share",
			"Jautājumiem ārpus plāna atvēlētais laiks – 1/3 no 88 min, kas sēdē ir lietas jautājumiem – ir izsmelts (P7).",
			"The time for items outside the plan, 1/3 of the 88 min that the session has for substantive items, is used up (P7).")
	})
	t.Run("the share is a parameter", func(t *testing.T) {
		in := with(base, offPlan("a", 15), offPlan("b", 15), proposal("d", "Par d", agenda.Information, ref(8, 2)))
		wantItems(t, build(t, param(in, "P7", "off_plan_share", "1/1")), "opening", "a", "b", "d", "any-other")
		wantItems(t, build(t, param(in, "P7", "off_plan_share", "1/5")), "opening", "a", "d", "any-other")
		wantItems(t, build(t, param(in, "P7", "off_plan_share", "0/1")), "opening", "d", "any-other")
	})
	t.Run("without a limit of time there is nothing to share before the agenda is known", func(t *testing.T) {
		in := with(only(t, "P7"), offPlan("a", 0), offPlan("b", 0), proposal("d", "Par d", agenda.Information, ref(8, 2)))
		wantItems(t, build(t, in), "opening", "a", "b", "d", "any-other")
	})
	t.Run("the share of what comes on in the end is checked", func(t *testing.T) {
		in := with(base, offPlan("a", 15), proposal("d", "Par d", agenda.Information, ref(8, 2)))
		d := build(t, in)
		wantBreach(t, d.Unmet, "reason.p7.over", false,
			"Jautājumi ārpus plāna aizņem 15 no 30 min; to daļa var būt ne vairāk kā 1/3 (P7). Saīsiniet vai izņemiet kādu no tiem vai norādiet iemeslu.",
			"Items outside the plan take 15 of 30 min; their share may be 1/3 at most (P7). Shorten or take out one of them, or give the reason.")
		wantKept(t, check(t, in, append(d.Items, d.Items[2])), "P7") // 15 of 45
	})
	t.Run("the annual review counts as the plan's", func(t *testing.T) {
		in := on(with(only(t, "P7", "P10", "P20"), offPlan("a", 15)), "2025-03-26")
		d := build(t, in)
		wantItems(t, d, "opening", "review-2025", "a", "any-other")
		wantKept(t, d.Unmet, "P7") // 15 of 45
	})
}
