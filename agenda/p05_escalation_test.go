package agenda_test

import (
	"fmt"
	"slices"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/plan"
)

// overdueDecisions are decisions of January that were due on these days.
func overdueDecisions(in agenda.Input, deadlines ...council.Date) agenda.Input {
	for i, d := range deadlines {
		in.Decisions = append(slices.Clone(in.Decisions), agenda.OpenDecision{ID: fmt.Sprint("d", i), Number: fmt.Sprintf("2.%d.", i+1),
			Session: "jan", Taken: "2024-01-31", Wording: "Publicēt darba plānu.", Addressee: "Valsts kanceleja", Deadline: d})
	}
	return in
}

// assigned makes somebody responsible for a task, by a day.
func assigned(in agenda.Input, task plan.Ref, by string, deadline council.Date) agenda.Input {
	in.Assignments = append(slices.Clone(in.Assignments), plan.Assignment{ID: "a" + task.Key(), Task: task, Responsible: by, Deadline: deadline})
	return in
}

func TestP5AnOverdueDecisionHasItsOwnItem(t *testing.T) {
	in := on(only(t, "P5"), "2024-04-24")
	t.Run("among the decisions, with its addressee invited", func(t *testing.T) {
		d := build(t, with(overdueDecisions(in, "2024-02-14"), proposal("p1", "Par lēmumu", agenda.Decision)))
		wantItems(t, d, "opening", "overdue-d0", "p1", "any-other")
		it := d.Items[1]
		if it.Kind != agenda.Discussion || it.Minutes != 15 || !slices.Equal(it.Invited, []string{"Valsts kanceleja"}) || it.Details[0].Ref != "d0" ||
			it.TitleIn(locale.LV) != "Par 2024. gada 31. janvāra sēdes lēmuma Nr. 2.1 izpildes kavējumu" ||
			it.TitleIn(locale.EN) != "Decision 2.1 of the session of 31 January 2024: execution overdue" {
			t.Errorf("the item is %+v, in English %q", it, it.TitleIn(locale.EN))
		}
		wantOn(t, d, "overdue-d0", "reason.p5.decision",
			"Lēmuma Nr. 2.1 (31.01.2024.) termiņš bija 2024. gada 14. februāris, izpilde kavēta 70 dienu; pamatprincips P5 prasa to skatīt atsevišķi un uzaicināt adresātu (Valsts kanceleja).",
			"Decision 2.1 (31 Jan 2024) was due on 14 February 2024 and is 70 days overdue; rule P5 asks that it be dealt with on its own and its addressee invited (Valsts kanceleja).")
		wantReason(t, []agenda.Reason{it.Details[0].Reason}, "detail.overdue",
			"Publicēt darba plānu – termiņš 14.02.2024.", "Publicēt darba plānu – due 14 Feb 2024")
		wantKept(t, d.Unmet, "P5")
	})
	t.Run("from the day after escalate_days", func(t *testing.T) {
		wantItems(t, build(t, overdueDecisions(in, "2024-03-25")), "opening", "any-other") // 30 days
		wantItems(t, build(t, overdueDecisions(in, "2024-03-24")), "opening", "overdue-d0", "any-other")
		wantItems(t, build(t, param(overdueDecisions(in, "2024-03-24"), "P5", "escalate_days", "60")), "opening", "any-other")
	})
	t.Run("not without a deadline, and not at an extraordinary session", func(t *testing.T) {
		wantItems(t, build(t, overdueDecisions(in, "")), "opening", "any-other")
		x := overdueDecisions(in, "2024-02-14")
		x.Session.Kind = council.Extraordinary
		wantItems(t, build(t, x), "opening", "any-other")
	})
	t.Run("not when it is reported done and only the council's finding is waited for", func(t *testing.T) {
		x := overdueDecisions(in, "2024-02-14")
		x.Decisions[0].Claimed, x.Decisions[0].ClaimedOn = "done", "2024-04-01"
		wantItems(t, build(t, x), "opening", "any-other")
		x.Decisions[0].Claimed = "partly"
		wantItems(t, build(t, x), "opening", "overdue-d0", "any-other")
	})
	t.Run("of several the longest overdue; the others wait and say so", func(t *testing.T) {
		d := build(t, overdueDecisions(in, "2024-03-01", "2024-02-14", "2024-02-20"))
		wantItems(t, d, "opening", "overdue-d1", "overdue-d2", "any-other")
		wantOut(t, d, "overdue-d0", "reason.p5.queue",
			"Vienā sēdē atsevišķi skata ne vairāk kā 2 kavētus lēmumus vai uzdevumus, un citu kavējums ir ilgāks (P5).",
			"One session takes no more than 2 overdue decisions or tasks as items of their own, and others are overdue for longer (P5).")
		wantKept(t, d.Unmet, "P5")
		wantItems(t, build(t, param(overdueDecisions(in, "2024-03-01", "2024-02-14", "2024-02-20"), "P5", "most", "1")), "opening", "overdue-d1", "any-other")
	})
	t.Run("again only when as many days have passed since it was taken up", func(t *testing.T) {
		x := overdueDecisions(in, "2024-02-14")
		x.Held = []agenda.Held{{Session: "mar", Date: "2024-03-27", Item: "overdue-d0", ItemKind: agenda.Discussion}}
		wantItems(t, build(t, x), "opening", "any-other") // 28 days
		wantItems(t, build(t, on(x, "2024-04-26")), "opening", "overdue-d0", "any-other")
	})
	t.Run("without an addressee nobody is invited", func(t *testing.T) {
		x := overdueDecisions(in, "2024-02-14")
		x.Decisions[0].Addressee = ""
		d := build(t, x)
		wantOn(t, d, "overdue-d0", "reason.p5.decision-nobody",
			"Lēmuma Nr. 2.1 (31.01.2024.) termiņš bija 2024. gada 14. februāris, izpilde kavēta 70 dienu; pamatprincips P5 prasa to skatīt atsevišķi. Adresāts lēmumā nav nosaukts.",
			"Decision 2.1 (31 Jan 2024) was due on 14 February 2024 and is 70 days overdue; rule P5 asks that it be dealt with on its own. It names no addressee.")
		wantKept(t, d.Unmet, "P5")
		wantBreach(t, check(t, x, nil), "reason.p5.unmet-decision-nobody", false,
			"Lēmuma Nr. 2.1 (31.01.2024.) izpilde kavēta 70 dienu (termiņš 14.02.2024.), bet atsevišķa jautājuma par to darba kārtībā nav (P5). Iekļaujiet to vai norādiet iemeslu.",
			"Decision 2.1 (31 Jan 2024) is 70 days overdue (due 14 Feb 2024), but the agenda has no item on it (P5). Put it on, or give the reason.")
	})
	t.Run("taken out it is a breach, each its own", func(t *testing.T) {
		x := overdueDecisions(in, "2024-02-14", "2024-02-20")
		items := build(t, x).Items
		bs := check(t, x, slices.Delete(items, 1, 2))
		wantBreach(t, bs, "reason.p5.unmet-decision", false,
			"Lēmuma Nr. 2.1 (31.01.2024.) izpilde kavēta 70 dienu (termiņš 14.02.2024.), bet atsevišķa jautājuma par to darba kārtībā nav (P5). Iekļaujiet to un uzaiciniet adresātu (Valsts kanceleja) vai norādiet iemeslu.",
			"Decision 2.1 (31 Jan 2024) is 70 days overdue (due 14 Feb 2024), but the agenda has no item on it (P5). Put it on and invite its addressee (Valsts kanceleja), or give the reason.")
		if i := slices.IndexFunc(bs, func(b agenda.Breach) bool { return b.Reason.Rule == "P5" }); bs[i].Item != "overdue-d0" {
			t.Errorf("the breach is of %q", bs[i].Item)
		}
	})
	t.Run("its addressee not invited is a breach", func(t *testing.T) {
		x := overdueDecisions(in, "2024-02-14")
		items := build(t, x).Items
		items[1].Invited = nil
		wantBreach(t, check(t, hard(x, "P5", true), items), "reason.p5.uninvited-decision", true,
			"Jautājumam par lēmuma Nr. 2.1 (31.01.2024.) kavējumu – 70 dienu pēc termiņa 14.02.2024. – nav uzaicināts adresāts (Valsts kanceleja) (P5). Uzaiciniet to vai norādiet iemeslu.",
			"Decision 2.1 (31 Jan 2024) is on the agenda, 70 days after it was due (14 Feb 2024), but its addressee (Valsts kanceleja) is not invited (P5). Invite them, or give the reason.")
	})
	t.Run("when room is short it says why it is not on, and the draft asks for a reason", func(t *testing.T) {
		x := overdueDecisions(on(only(t, "P5", "P6", "P21"), "2024-04-24"), "2024-02-14")
		d := build(t, with(param(x, "P21", "most", "1"), carried("old", "2024-03-27")))
		wantItems(t, d, "opening", "old", "any-other")
		wantOut(t, d, "overdue-d0", "reason.p21.full",
			"Sēdē jau ir 1 augstāk ierindots lietas jautājums (P21).", "The session already has 1 substantive item ranked above (P21).")
		wantBreach(t, d.Unmet, "reason.p5.unmet-decision", false,
			"Lēmuma Nr. 2.1 (31.01.2024.) izpilde kavēta 70 dienu (termiņš 14.02.2024.), bet atsevišķa jautājuma par to darba kārtībā nav (P5). Iekļaujiet to un uzaiciniet adresātu (Valsts kanceleja) vai norādiet iemeslu.",
			"Decision 2.1 (31 Jan 2024) is 70 days overdue (due 14 Feb 2024), but the agenda has no item on it (P5). Put it on and invite its addressee (Valsts kanceleja), or give the reason.")
	})
}

func TestP5AnOverdueTaskComesOnThroughWhatIsReadiest(t *testing.T) {
	in := assigned(on(only(t, "P5"), "2024-12-18"), ref(8, 2), "Kultūras ministrija", "2024-10-31")
	t.Run("by itself", func(t *testing.T) {
		d := build(t, onTasks(in))
		wantItems(t, d, "opening", "task-1/8.2", "any-other")
		if got := d.Items[1].Invited; !slices.Equal(got, []string{"Kultūras ministrija"}) {
			t.Errorf("invited are %q", got)
		}
		wantOn(t, d, "task-1/8.2", "reason.p5.task",
			"Uzdevuma 8.2. izpildes termiņš bija 2024. gada 31. oktobris, tas kavēts 48 dienas; pamatprincips P5 prasa to skatīt atsevišķi un uzaicināt atbildīgo (Kultūras ministrija).",
			"Task 8.2 was due on 31 October 2024 and is 48 days overdue; rule P5 asks that it be dealt with on its own and whoever is responsible invited (Kultūras ministrija).")
		wantKept(t, d.Unmet, "P5")
	})
	t.Run("or by a proposal, to which the responsible are invited too", func(t *testing.T) {
		p := proposal("p1", "Par līdzdalību", agenda.Discussion, ref(8, 2))
		p.Invited = []string{"Saeimas komisija"}
		d := build(t, with(onTasks(in), p))
		wantItems(t, d, "opening", "p1", "any-other")
		if got := d.Items[1].Invited; !slices.Equal(got, []string{"Saeimas komisija", "Kultūras ministrija"}) {
			t.Errorf("invited are %q", got)
		}
		if len(p.Invited) != 1 {
			t.Error("the candidate itself was changed")
		}
	})
	t.Run("nobody responsible is said", func(t *testing.T) {
		x := onTasks(assigned(on(only(t, "P5"), "2024-12-18"), ref(8, 2), "", "2024-10-31"))
		wantOn(t, build(t, x), "task-1/8.2", "reason.p5.task-nobody",
			"Uzdevuma 8.2. izpildes termiņš bija 2024. gada 31. oktobris, tas kavēts 48 dienas; pamatprincips P5 prasa to skatīt atsevišķi. Atbildīgais par to nav noteikts.",
			"Task 8.2 was due on 31 October 2024 and is 48 days overdue; rule P5 asks that it be dealt with on its own. Nobody has been made responsible for it.")
		wantBreach(t, check(t, x, nil), "reason.p5.unmet-task-nobody", false,
			"Uzdevums 8.2. kavēts 48 dienas (termiņš 31.10.2024.), bet darba kārtībā tā nav (P5). Iekļaujiet to vai norādiet iemeslu.",
			"Task 8.2 is 48 days overdue (due 31 Oct 2024) but not on the agenda (P5). Put it on, or give the reason.")
	})
	t.Run("not when it was fulfilled, or dealt with lately", func(t *testing.T) {
		done := onTasks(in)
		done.Fulfilled = []plan.Ref{ref(8, 2)}
		wantItems(t, build(t, done), "opening", "any-other")
		wantItems(t, build(t, deals(onTasks(in), "2024-11-27", agenda.Discussion, ref(8, 2))), "opening", "any-other")
		wantItems(t, build(t, deals(onTasks(in), "2024-10-30", agenda.Discussion, ref(8, 2))), "opening", "task-1/8.2", "any-other")
	})
	t.Run("behind those overdue for longer it waits, and says so", func(t *testing.T) {
		x := overdueDecisions(onTasks(in), "2024-02-14", "2024-02-20")
		d := build(t, x)
		wantItems(t, d, "opening", "overdue-d0", "overdue-d1", "any-other")
		wantOut(t, d, "task-1/8.2", "reason.p5.queue",
			"Vienā sēdē atsevišķi skata ne vairāk kā 2 kavētus lēmumus vai uzdevumus, un citu kavējums ir ilgāks (P5).",
			"One session takes no more than 2 overdue decisions or tasks as items of their own, and others are overdue for longer (P5).")
	})
	t.Run("left out, or its responsible not invited, it is a breach", func(t *testing.T) {
		wantBreach(t, check(t, in, nil), "reason.p5.unmet-task", false,
			"Uzdevums 8.2. kavēts 48 dienas (termiņš 31.10.2024.), bet darba kārtībā tā nav (P5). Iekļaujiet to un uzaiciniet atbildīgo (Kultūras ministrija) vai norādiet iemeslu.",
			"Task 8.2 is 48 days overdue (due 31 Oct 2024) but not on the agenda (P5). Put it on and invite whoever is responsible (Kultūras ministrija), or give the reason.")
		items := build(t, onTasks(in)).Items
		items[1].Invited = nil
		wantBreach(t, check(t, in, items), "reason.p5.uninvited-task", false,
			"Jautājumam par uzdevumu 8.2., kas kavēts 48 dienas (termiņš 31.10.2024.), nav uzaicināts atbildīgais (Kultūras ministrija) (P5). Uzaiciniet to vai norādiet iemeslu.",
			"Task 8.2 is on the agenda, 48 days overdue (due 31 Oct 2024), but whoever is responsible (Kultūras ministrija) is not invited (P5). Invite them, or give the reason.")
	})
}
