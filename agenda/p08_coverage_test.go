package agenda_test

import (
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/plan"
)

// nearly is a council that dealt with everything on a day but the tasks named.
func nearly(t testing.TB, in agenda.Input, day council.Date, but ...plan.Ref) agenda.Input {
	t.Helper()
	var rest []plan.Ref
	for _, r := range in.Plan.Refs() {
		open := false
		for _, x := range but {
			open = open || x == r
		}
		if !open {
			rest = append(rest, r)
		}
	}
	return deals(meets(in, day), day, agenda.Discussion, rest...)
}

func TestP8SaysWhyATaskComesOnAndWhyNot(t *testing.T) {
	for name, x := range map[string]struct {
		in          agenda.Input
		on          bool
		id          string
		key, lv, en string
	}{
		"in turn, never dealt with": {onTasks(only(t, "P8")), true, "task-1/2.1", "reason.p8.pace-measure-never",
			"2. pasākums nav skatīts kopš tā apstiprināšanas 2024. gada 31. janvārī; lai pagūtu katru pasākumu skatīt vismaz reizi 6 kārtējās sēdēs, kā prasa pamatprincips P8, tā kārta ir tagad. No pasākuma uzdevumiem visilgāk gaida 2.1.",
			"Measure 2 has not been dealt with since it was approved on 31 January 2024; to take every measure at least once in 6 regular sessions as rule P8 asks, its turn is now. Of its tasks, 2.1 has waited longest."},
		"in turn, dealt with before": {onTasks(nearly(t, on(only(t, "P8"), "2024-11-27"), "2024-10-30")), true, "task-1/1.1", "reason.p8.pace-measure",
			"1. pasākums pēdējoreiz skatīts 2024. gada 30. oktobrī; lai pagūtu katru pasākumu skatīt vismaz reizi 6 kārtējās sēdēs, kā prasa pamatprincips P8, tā kārta ir tagad. No pasākuma uzdevumiem visilgāk gaida 1.1.",
			"Measure 1 was last dealt with on 30 October 2024; to take every measure at least once in 6 regular sessions as rule P8 asks, its turn is now. Of its tasks, 1.1 has waited longest."},
		"not yet, by its own period": {onTasks(only(t, "P8")), false, "task-1/8.2", "reason.p8.later-never",
			"Uzdevums 8.2. nav skatīts kopš tā apstiprināšanas 2024. gada 31. janvārī; pamatprincips P8 prasa to skatīt reizi 12 mēnešos (līdz 2025. gada 31. janvārim), un tā kārta vēl nav pienākusi.",
			"Task 8.2 has not been dealt with since it was approved on 31 January 2024; rule P8 asks for it once in 12 months (by 31 January 2025), and its turn has not come yet."},
		"not yet, dealt with before": {onTasks(nearly(t, on(only(t, "P8"), "2024-11-27"), "2024-10-30")), false, "task-1/8.2", "reason.p8.later",
			"Uzdevums 8.2. pēdējoreiz skatīts 2024. gada 30. oktobrī; pamatprincips P8 prasa to skatīt reizi 12 mēnešos (līdz 2025. gada 30. oktobrim), un tā kārta vēl nav pienākusi.",
			"Task 8.2 was last dealt with on 30 October 2024; rule P8 asks for it once in 12 months (by 30 October 2025), and its turn has not come yet."},
		"not yet, by its measure's": {onTasks(only(t, "P8")), false, "task-1/8.1", "reason.p8.later-measure-never",
			"8. pasākums nav skatīts kopš tā apstiprināšanas 2024. gada 31. janvārī; pamatprincips P8 prasa katru pasākumu skatīt vismaz reizi 6 kārtējās sēdēs; uzdevuma 8.1. kārta vēl nav pienākusi.",
			"Measure 8 has not been dealt with since it was approved on 31 January 2024; rule P8 asks for every measure at least once in 6 regular sessions; the turn of task 8.1 has not come yet."},
		"now, its period ending": {onTasks(nearly(t, on(only(t, "P8"), "2025-01-29"), "2024-12-18", ref(7, 2))), true, "task-1/7.2", "reason.p8.now-never",
			"Uzdevums 7.2. nav skatīts kopš tā apstiprināšanas 2024. gada 31. janvārī; pamatprincips P8 prasa to skatīt reizi 12 mēnešos, un līdz 2025. gada 31. janvārim citas kārtējās sēdes vairs nav.",
			"Task 7.2 has not been dealt with since it was approved on 31 January 2024; rule P8 asks for it once in 12 months, and no other regular session comes by 31 January 2025."},
		"its period over": {onTasks(nearly(t, on(only(t, "P8"), "2025-03-26"), "2025-02-26", ref(7, 2))), true, "task-1/7.2", "reason.p8.late-never",
			"Uzdevums 7.2. nav skatīts kopš tā apstiprināšanas 2024. gada 31. janvārī; pamatprincips P8 prasa to skatīt reizi 12 mēnešos, un termiņš – 2025. gada 31. janvāris – ir pagājis.",
			"Task 7.2 has not been dealt with since it was approved on 31 January 2024; rule P8 asks for it once in 12 months, and the time limit, 31 January 2025, is past."},
		"now, its measure's window ending": {onTasks(deals(nearly(t, meets(on(only(t, "P8"), "2024-07-31"), "2024-02-28", "2024-03-27", "2024-04-24", "2024-05-29"), "2024-06-26", ref(4, 1), ref(4, 2), ref(4, 3)), "2024-01-31", agenda.Discussion, ref(4, 1))), true, "task-1/4.2", "reason.p8.now-measure",
			"4. pasākums pēdējoreiz skatīts 2024. gada 31. janvārī; pamatprincips P8 prasa katru pasākumu skatīt vismaz reizi 6 kārtējās sēdēs, un šī ir pēdējā no tām. No pasākuma uzdevumiem visilgāk gaida 4.2.",
			"Measure 4 was last dealt with on 31 January 2024; rule P8 asks for every measure at least once in 6 regular sessions, and this is the last of them. Of its tasks, 4.2 has waited longest."},
		"its measure's window over": {onTasks(nearly(t, meets(on(only(t, "P8"), "2024-08-28"), "2024-02-28", "2024-03-27", "2024-04-24", "2024-05-29", "2024-06-26"), "2024-07-31", ref(4, 1), ref(4, 2), ref(4, 3))), true, "task-1/4.1", "reason.p8.late-measure-never",
			"4. pasākums nav skatīts kopš tā apstiprināšanas 2024. gada 31. janvārī; pamatprincips P8 prasa katru pasākumu skatīt vismaz reizi 6 kārtējās sēdēs, un tās ir pagājušas. No pasākuma uzdevumiem visilgāk gaida 4.1.",
			"Measure 4 has not been dealt with since it was approved on 31 January 2024; rule P8 asks for every measure at least once in 6 regular sessions, and those are past. Of its tasks, 4.1 has waited longest."},
		"through a proposal": {onTasks(with(only(t, "P8"), proposal("p1", "Par deleģēto darbu", agenda.Discussion, ref(8, 2)))), false, "task-1/8.2", "reason.p8.through",
			"Uzdevumu 8.2. šajā sēdē skata jautājumā „Par deleģēto darbu”.", "Task 8.2 comes on at this session through “Par deleģēto darbu”."},
		"and the proposal says so": {onTasks(with(only(t, "P8"), proposal("p1", "Par deleģēto darbu", agenda.Discussion, ref(8, 2)))), true, "p1", "reason.p8.kept-measure-never",
			"8. pasākums nav skatīts kopš tā apstiprināšanas 2024. gada 31. janvārī; ar šo jautājumu (uzdevums 8.2.) izpildās pamatprincips P8, kas prasa katru pasākumu skatīt vismaz reizi 6 kārtējās sēdēs.",
			"Measure 8 has not been dealt with since it was approved on 31 January 2024; this item (task 8.2) keeps rule P8, which asks for every measure at least once in 6 regular sessions."},
		"a proposal that keeps the task's own period": {onTasks(with(nearly(t, on(only(t, "P8"), "2025-01-29"), "2024-12-18", ref(7, 2)), proposal("p1", "Par novadiem", agenda.Discussion, ref(7, 2)))), true, "p1", "reason.p8.kept-never",
			"Uzdevums 7.2. nav skatīts kopš tā apstiprināšanas 2024. gada 31. janvārī; ar šo jautājumu izpildās pamatprincips P8, kas prasa to skatīt reizi 12 mēnešos (līdz 2025. gada 31. janvārim).",
			"Task 7.2 has not been dealt with since it was approved on 31 January 2024; this item keeps rule P8, which asks for it once in 12 months (by 31 January 2025)."},
	} {
		t.Run(name, func(t *testing.T) {
			if d := build(t, x.in); x.on {
				wantOn(t, d, x.id, x.key, x.lv, x.en)
			} else {
				wantOut(t, d, x.id, x.key, x.lv, x.en)
			}
		})
	}
}

func TestP8SpreadsTasksEvenly(t *testing.T) {
	t.Run("its parameters set the pace", func(t *testing.T) {
		in := onTasks(only(t, "P8"))
		wantItems(t, build(t, in), "opening", "task-1/1.1", "task-1/2.1", "any-other") // 8 measures in 6 sessions
		wantItems(t, build(t, param(in, "P8", "coverage_window", "12")), "opening", "task-1/1.1", "task-1/2.1", "any-other")
		wantItems(t, build(t, param(in, "P8", "coverage_window", "3")), "opening", "task-1/1.1", "task-1/2.1", "task-1/3.1", "any-other")
		slow := param(param(in, "P8", "coverage_window", "36"), "P8", "task_months", "36")
		wantItems(t, build(t, slow), "opening", "task-1/1.1", "any-other")
	})
	t.Run("proposals count towards it", func(t *testing.T) {
		in := onTasks(with(only(t, "P8"), proposal("p1", "Par deleģēto darbu", agenda.Information, ref(8, 2))))
		wantItems(t, build(t, in), "opening", "task-1/1.1", "p1", "any-other")
	})
	t.Run("of several items on one task, one counts, the highest ranked", func(t *testing.T) {
		in := onTasks(with(only(t, "P6", "P8"), proposal("p1", "Par pirmo", agenda.Information, ref(8, 2)), proposal("p2", "Par otro", agenda.Information, ref(8, 2)),
			carried("p3", "2024-01-31")))
		in.Candidates[len(in.Candidates)-1].Tasks = []plan.Ref{ref(8, 2)}
		d := build(t, in)
		wantItems(t, d, "opening", "p3", "task-1/1.1", "p1", "p2", "any-other")
		wantOut(t, d, "task-1/8.2", "reason.p8.through", "Uzdevumu 8.2. šajā sēdē skata jautājumā „Par p3”.", "Task 8.2 comes on at this session through “Par p3”.")
	})
	t.Run("an item on a distant task does not slow the pressing ones", func(t *testing.T) {
		in := onTasks(nearly(t, on(only(t, "P8"), "2024-12-18"), "2024-11-27", ref(6, 3), ref(7, 2), ref(8, 4)))
		c := proposal("p1", "Par brīvprātīgajiem", agenda.Information, ref(5, 1))
		wantItems(t, build(t, in), "opening", "task-1/6.3", "task-1/7.2", "any-other")
		wantItems(t, build(t, with(in, c)), "opening", "task-1/6.3", "task-1/7.2", "p1", "any-other")
	})
	t.Run("an item on any task of a measure is the measure's", func(t *testing.T) {
		in := onTasks(nearly(t, meets(on(only(t, "P8"), "2024-07-31"), "2024-02-28", "2024-03-27", "2024-04-24", "2024-05-29"), "2024-06-26", ref(4, 1), ref(4, 2), ref(4, 3)))
		d := build(t, with(in, proposal("p1", "Par publiskošanu", agenda.Discussion, ref(4, 3))))
		wantOut(t, d, "task-1/4.1", "reason.p8.later-never",
			"Uzdevums 4.1. nav skatīts kopš tā apstiprināšanas 2024. gada 31. janvārī; pamatprincips P8 prasa to skatīt reizi 12 mēnešos (līdz 2025. gada 31. janvārim), un tā kārta vēl nav pienākusi.",
			"Task 4.1 has not been dealt with since it was approved on 31 January 2024; rule P8 asks for it once in 12 months (by 31 January 2025), and its turn has not come yet.")
		wantKept(t, d.Unmet, "P8")
	})
	t.Run("tasks that come on as decisions wait for their turn too", func(t *testing.T) {
		in := only(t, "P8", "P18")
		in.Principles.PlanKinds = map[int]agenda.Kind{3: agenda.Decision}
		wantItems(t, build(t, onTasks(in)), "opening", "task-1/1.1", "task-1/2.1", "any-other")
	})
	t.Run("at other sessions than regular ones only what is proposed comes on", func(t *testing.T) {
		for _, kind := range []council.SessionKind{council.Extraordinary, council.Extended} {
			in := onTasks(with(only(t, "P8"), proposal("p1", "Par steidzamo", agenda.Decision, ref(8, 2))))
			in.Session.Kind = kind
			d := build(t, in)
			wantItems(t, d, "opening", "p1", "any-other")
			wantOut(t, d, "task-1/1.1", "reason.p8.regular-only",
				"Plāna uzdevumus pēc kārtas skata kārtējās sēdēs; ārkārtas un paplašinātā sēdē – tikai ierosinātos jautājumus (P8).",
				"Plan tasks come on in turn at regular sessions; extraordinary and extended sessions take only what is proposed (P8).")
			wantKept(t, d.Unmet, "P8")
		}
	})
}

func TestP8ListsWhatIsDueAndNotOn(t *testing.T) {
	in := onTasks(nearly(t, on(only(t, "P8"), "2025-01-29"), "2024-12-18", ref(6, 3), ref(7, 2), ref(8, 4)))
	d := build(t, in)
	wantKept(t, d.Unmet, "P8")
	for _, is := range []bool{false, true} {
		wantBreach(t, check(t, hard(in, "P8", is), d.Items[:1]), "reason.p8.unmet", is,
			"Šajā sēdē jāskata arī uzdevumi Nr. 6.3, 7.2 un 8.4, bet darba kārtībā to nav (P8). Iekļaujiet tos vai norādiet iemeslu, kāpēc ne.",
			"Tasks 6.3, 7.2 and 8.4 are due at this session but not on the agenda (P8). Put them on or give the reason why not.")
	}
	one := onTasks(nearly(t, on(only(t, "P8"), "2025-01-29"), "2024-12-18", ref(7, 2)))
	wantBreach(t, check(t, one, nil), "reason.p8.unmet", false,
		"Šajā sēdē jāskata arī uzdevums Nr. 7.2, bet darba kārtībā tā nav (P8). Iekļaujiet to vai norādiet iemeslu, kāpēc ne.",
		"Task 7.2 is due at this session but not on the agenda (P8). Put it on or give the reason why not.")
}
