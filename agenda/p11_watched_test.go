package agenda_test

import (
	"slices"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/plan"
)

func TestP11WatchedDocumentsComeOn(t *testing.T) {
	in := onTasks(only(t, "P11"))
	t.Run("at the last regular session of their months, through their task", func(t *testing.T) {
		wantItems(t, build(t, on(in, "2024-06-26")), "opening", "any-other")
		d := build(t, on(in, "2024-07-31"))
		wantItems(t, d, "opening", "task-1/6.1", "any-other")
		wantOn(t, d, "task-1/6.1", "reason.p11.due-never",
			"Politikas dokuments „Atvērtās pārvaldības rīcības plāns” (uzdevums 6.1.) nav skatīts kopš uzdevuma apstiprināšanas 2024. gada 31. janvārī; pamatprincips P11 prasa to skatīt vismaz reizi 6 mēnešos, un līdz 2024. gada 31. jūlijam citas kārtējās sēdes vairs nav.",
			"The policy document “Open Government Action Plan” (task 6.1) has not been dealt with since the task was approved on 31 January 2024; rule P11 asks for it at least once in 6 months, and no other regular session comes by 31 July 2024.")
		wantKept(t, d.Unmet, "P11")
	})
	t.Run("counted from when they were last dealt with", func(t *testing.T) {
		x := deals(in, "2024-05-29", agenda.Review, ref(6, 1))
		wantItems(t, build(t, on(x, "2024-07-31")), "opening", "any-other")
		d := build(t, on(x, "2024-11-27"))
		wantOn(t, d, "task-1/6.1", "reason.p11.due",
			"Politikas dokuments „Atvērtās pārvaldības rīcības plāns” (uzdevums 6.1.) pēdējoreiz skatīts 2024. gada 29. maijā; pamatprincips P11 prasa to skatīt vismaz reizi 6 mēnešos, un līdz 2024. gada 29. novembrim citas kārtējās sēdes vairs nav.",
			"The policy document “Open Government Action Plan” (task 6.1) was last dealt with on 29 May 2024; rule P11 asks for it at least once in 6 months, and no other regular session comes by 29 November 2024.")
		wantOn(t, build(t, on(x, "2024-12-18")), "task-1/6.1", "reason.p11.late",
			"Politikas dokuments „Atvērtās pārvaldības rīcības plāns” (uzdevums 6.1.) pēdējoreiz skatīts 2024. gada 29. maijā; pamatprincips P11 prasa to skatīt vismaz reizi 6 mēnešos, un termiņš – 2024. gada 29. novembris – ir pagājis.",
			"The policy document “Open Government Action Plan” (task 6.1) was last dealt with on 29 May 2024; rule P11 asks for it at least once in 6 months, and the time limit, 29 November 2024, is past.")
		wantBreach(t, check(t, on(x, "2024-12-18"), nil), "reason.p11.unmet", false,
			"Šajā sēdē jāskata politikas dokuments „Atvērtās pārvaldības rīcības plāns” (reizi 6 mēnešos; pēdējoreiz 2024. gada 29. maijā), bet darba kārtībā tā nav (P11). Iekļaujiet jautājumu par uzdevumu 6.1. vai norādiet iemeslu.",
			"The policy document “Open Government Action Plan” is due at this session (once in 6 months; last on 29 May 2024) but not on the agenda (P11). Put on an item on task 6.1, or give the reason.")
	})
	t.Run("the others once in the months of the rule", func(t *testing.T) {
		wantItems(t, build(t, on(in, "2025-01-29")), "opening", "task-1/6.1", "task-1/6.2", "task-1/6.3", "any-other")
		wantItems(t, build(t, on(param(in, "P11", "months", "24"), "2025-01-29")), "opening", "task-1/6.1", "any-other")
	})
	t.Run("a proposal brings them on as well", func(t *testing.T) {
		d := build(t, with(on(in, "2024-07-31"), proposal("p1", "Par rīcības plānu", agenda.Review, ref(6, 1))))
		wantItems(t, d, "opening", "p1", "any-other")
		wantKept(t, d.Unmet, "P11")
	})
	t.Run("left out is a breach", func(t *testing.T) {
		wantBreach(t, check(t, on(hard(in, "P11", true), "2024-07-31"), nil), "reason.p11.unmet-never", true,
			"Šajā sēdē jāskata politikas dokuments „Atvērtās pārvaldības rīcības plāns” (reizi 6 mēnešos; kopš 2024. gada 31. janvāra vēl nav skatīts), bet darba kārtībā tā nav (P11). Iekļaujiet jautājumu par uzdevumu 6.1. vai norādiet iemeslu.",
			"The policy document “Open Government Action Plan” is due at this session (once in 6 months; not dealt with since 31 January 2024) but not on the agenda (P11). Put on an item on task 6.1, or give the reason.")
	})
	t.Run("too late it says so", func(t *testing.T) {
		wantOn(t, build(t, on(in, "2024-08-28")), "task-1/6.1", "reason.p11.late-never",
			"Politikas dokuments „Atvērtās pārvaldības rīcības plāns” (uzdevums 6.1.) nav skatīts kopš uzdevuma apstiprināšanas 2024. gada 31. janvārī; pamatprincips P11 prasa to skatīt vismaz reizi 6 mēnešos, un termiņš – 2024. gada 31. jūlijs – ir pagājis.",
			"The policy document “Open Government Action Plan” (task 6.1) has not been dealt with since the task was approved on 31 January 2024; rule P11 asks for it at least once in 6 months, and the time limit, 31 July 2024, is past.")
	})
	t.Run("an extraordinary session leaves them to the regular one", func(t *testing.T) {
		x := on(in, "2024-07-31")
		x.Session.Kind = council.Extraordinary
		d := build(t, x)
		wantItems(t, d, "opening", "any-other")
		wantKept(t, d.Unmet, "P11")
	})
	t.Run("one whose task is fulfilled is watched no longer", func(t *testing.T) {
		x := on(in, "2024-07-31")
		x.Fulfilled = []plan.Ref{ref(6, 1)}
		wantItems(t, build(t, x), "opening", "any-other")
	})
	t.Run("one whose task the plan does not have is reported", func(t *testing.T) {
		x := on(in, "2024-02-28")
		x.Principles.Watched = append(slices.Clone(x.Principles.Watched), agenda.Watched{Title: "Rīcības plāns", TitleEN: "Action plan", Measure: 6, Task: 9})
		wantBreach(t, build(t, x).Unmet, "reason.p11.no-task", false,
			"Politikas dokumentam „Rīcības plāns” jāseko ar uzdevumu 6.9., bet spēkā esošajā plānā tāda uzdevuma nav (P11). Vienojieties par principu redakciju, kurā norādīts pareizais uzdevums, vai norādiet iemeslu.",
			"The policy document “Action plan” is to be watched by task 6.9, which the plan in force does not have (P11). Agree on principles that name the right task, or give the reason.")
	})
}
