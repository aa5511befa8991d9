package agenda_test

import (
	"testing"

	"padome/agenda"
	"padome/council"
)

func TestP9DataArePresentedOftenEnough(t *testing.T) {
	third := meets(on(only(t, "P9"), "2024-05-29"), "2024-03-27", "2024-04-24")
	t.Run("at the third session a task of measure 1 comes on", func(t *testing.T) {
		d := build(t, onTasks(deals(meets(third, "2024-02-28"), "2024-02-28", agenda.Data, ref(1, 1))))
		wantItems(t, d, "opening", "task-1/1.1", "any-other")
		wantOn(t, d, "task-1/1.1", "reason.p9.due",
			"Pamatprincips P9: datu prezentācija vajadzīga vismaz reizi 3 sēdēs; pēdējā bija 2024. gada 28. februārī. Seko diskusija un fiksēts secinājums.",
			"Rule P9: data are presented at least every 3 sessions; last on 28 February 2024. A discussion and a recorded conclusion follow.")
		wantKept(t, d.Unmet, "P9")
	})
	t.Run("or what was proposed as data, before the task", func(t *testing.T) {
		c := proposal("p1", "Par pētījumu", agenda.Data, ref(1, 1))
		d := build(t, onTasks(with(third, c)))
		wantItems(t, d, "opening", "p1", "any-other")
		wantOn(t, d, "p1", "reason.p9.due-never",
			"Pamatprincips P9: datu prezentācija vajadzīga vismaz reizi 3 sēdēs, bet plāna periodā tās vēl nav bijis. Seko diskusija un fiksēts secinājums.",
			"Rule P9: data are presented at least every 3 sessions, and none have been in the plan period. A discussion and a recorded conclusion follow.")
	})
	t.Run("not at the second", func(t *testing.T) {
		wantItems(t, build(t, onTasks(meets(on(only(t, "P9"), "2024-03-27"), "2024-02-28"))), "opening", "any-other")
	})
	t.Run("how often is a parameter", func(t *testing.T) {
		in := onTasks(meets(on(only(t, "P9"), "2024-03-27"), "2024-02-28"))
		wantItems(t, build(t, param(in, "P9", "data_every", "2")), "opening", "task-1/1.1", "any-other")
		wantItems(t, build(t, param(onTasks(third), "P9", "data_every", "4")), "opening", "any-other")
	})
	t.Run("only at regular sessions", func(t *testing.T) {
		in := onTasks(third)
		in.Session.Kind = council.Extraordinary
		d := build(t, in)
		wantItems(t, d, "opening", "any-other")
		wantKept(t, d.Unmet, "P9")
	})
	t.Run("a hard rule keeps its item when room is short, a soft one does not", func(t *testing.T) {
		in := param(onTasks(third), "P21", "most", "1")
		in.Principles.Rules = append(in.Principles.Rules, agenda.Setting{Rule: "P21", Params: map[string]string{"most": "1"}})
		in = with(in, proposal("p1", "Par lēmumu", agenda.Decision, ref(8, 2)))
		wantItems(t, build(t, in), "opening", "task-1/1.1", "any-other")
		d := build(t, hard(in, "P9", false))
		wantItems(t, d, "opening", "p1", "any-other")
		wantBreach(t, d.Unmet, "reason.p9.unmet-never", false,
			"Šajā sēdē vajadzīga datu prezentācija (reizi 3 sēdēs; plāna periodā tās vēl nav bijis), bet tās darba kārtībā nav (P9). Iekļaujiet 1. pasākuma jautājumu.",
			"This session needs a presentation of data (every 3 sessions; none so far in the plan period) and has none (P9). Put on an item of measure 1.")
	})
	t.Run("the pace of P8 does not keep its item off", func(t *testing.T) {
		in := nearly(t, meets(on(only(t, "P8", "P9"), "2024-05-29"), "2024-03-27"), "2024-04-24")
		in = param(param(in, "P8", "coverage_window", "36"), "P8", "task_months", "36")
		wantItems(t, build(t, onTasks(in)), "opening", "task-1/1.1", "any-other")
	})
	t.Run("none is a breach", func(t *testing.T) {
		in := deals(meets(third, "2024-02-28"), "2024-02-28", agenda.Data, ref(1, 1))
		wantBreach(t, build(t, in).Unmet, "reason.p9.unmet", true,
			"Šajā sēdē vajadzīga datu prezentācija (reizi 3 sēdēs; pēdējā 2024. gada 28. februārī), bet tās darba kārtībā nav (P9). Iekļaujiet 1. pasākuma jautājumu.",
			"This session needs a presentation of data (every 3 sessions; last on 28 February 2024) and has none (P9). Put on an item of measure 1.")
	})
}
