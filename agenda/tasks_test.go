package agenda_test

import (
	"slices"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/plan"
)

// After a review of the plan, what was done and proposed under earlier wordings
// counts for the tasks as they read now.
func TestAfterAReviewEarlierWordingsCount(t *testing.T) {
	in := bases(t)[1]
	in.Principles = only(t, "P6", "P7", "P8").Principles
	in = on(in, "2025-04-30")
	now := func(measure, task int) plan.Ref { return plan.Ref{Revision: 2, Measure: measure, Task: task} }

	t.Run("what was held", func(t *testing.T) {
		x := deals(meets(in, "2025-03-26"), "2025-03-26", agenda.Discussion, ref(8, 2), ref(7, 3))
		d := build(t, x)
		wantOut(t, d, "task-2/8.3", "reason.p8.later",
			"Uzdevums 8.3. pēdējoreiz skatīts 2025. gada 26. martā; pamatprincips P8 prasa to skatīt reizi 12 mēnešos (līdz 2026. gada 26. martam), un tā kārta vēl nav pienākusi.",
			"Task 8.3 was last dealt with on 26 March 2025; rule P8 asks for it once in 12 months (by 26 March 2026), and its turn has not come yet.")
		wantOut(t, d, "task-2/7.2", "reason.p8.later", // merged of 7.2 and 7.3
			"Uzdevums 7.2. pēdējoreiz skatīts 2025. gada 26. martā; pamatprincips P8 prasa to skatīt reizi 12 mēnešos (līdz 2026. gada 26. martam), un tā kārta vēl nav pienākusi.",
			"Task 7.2 was last dealt with on 26 March 2025; rule P8 asks for it once in 12 months (by 26 March 2026), and its turn has not come yet.")
		wantOn(t, d, "task-2/8.2", "reason.p8.late-never", // 8.3 before: promised with the first plan
			"Uzdevums 8.2. nav skatīts kopš tā apstiprināšanas 2024. gada 31. janvārī; pamatprincips P8 prasa to skatīt reizi 12 mēnešos, un termiņš – 2025. gada 31. janvāris – ir pagājis.",
			"Task 8.2 has not been dealt with since it was approved on 31 January 2024; rule P8 asks for it once in 12 months, and the time limit, 31 January 2025, is past.")
		if _, on := d.Item("task-2/1.2"); on {
			t.Error("a task that the review added is overdue at once")
		}
	})
	t.Run("what was proposed, and the item is linked to the task as it reads now", func(t *testing.T) {
		c := proposal("p1", "Par deleģēto darbu", agenda.Discussion, ref(7, 2), ref(7, 3), ref(8, 2))
		d := build(t, with(in, c))
		it, _ := d.Item("p1")
		if want := []plan.Ref{now(7, 2), now(8, 3)}; !slices.Equal(it.Tasks, want) {
			t.Errorf("linked to %v, want %v", it.Tasks, want)
		}
		wantOn(t, d, "p1", "reason.task.became",
			"Plānam ir vairākas redakcijas: citas redakcijas uzdevumi Nr. 7.3 un 8.2 šajā redakcijā ir Nr. 7.2 un 8.3.",
			"The plan has several revisions: tasks 7.3 and 8.2 of another revision are 7.2 and 8.3 in this one.")
		wantOut(t, d, "task-2/8.3", "reason.p8.through", "Uzdevumu 8.3. šajā sēdē skata jautājumā „Par deleģēto darbu”.",
			"Task 8.3 comes on at this session through “Par deleģēto darbu”.")
		wantNo(t, d.Unmet, "reason.p7.unmet")
	})
	t.Run("what was postponed", func(t *testing.T) {
		old := agenda.Candidate{Matter: agenda.Matter{ID: "task-1/8.2", Source: agenda.FromPlan, Kind: agenda.Discussion,
			Title: "Uzlabot deleģēto darbu", Tasks: []plan.Ref{ref(8, 2)}, Minutes: 15, Postponed: []council.Date{"2025-03-26"}}}
		d := build(t, with(in, old))
		wantOn(t, d, "task-1/8.2", "reason.task.became",
			"Plānam ir vairākas redakcijas: citas redakcijas uzdevums Nr. 8.2 šajā redakcijā ir Nr. 8.3.",
			"The plan has several revisions: task 8.2 of another revision is 8.3 in this one.")
		wantOut(t, d, "task-2/8.3", "reason.p8.through", "Uzdevumu 8.3. šajā sēdē skata jautājumā „Uzlabot deleģēto darbu”.",
			"Task 8.3 comes on at this session through “Uzlabot deleģēto darbu”.")
		wantNo(t, check(t, with(in, old), d.Items), "reason.p6.unmet")
	})
	t.Run("what has the same number is not spoken of", func(t *testing.T) {
		d := build(t, with(in, proposal("p1", "Par dialogu", agenda.Discussion, ref(8, 1))))
		it, _ := d.Item("p1")
		if !slices.Equal(it.Tasks, []plan.Ref{now(8, 1)}) || slices.ContainsFunc(it.Reasons, func(r agenda.Reason) bool { return r.Key == "reason.task.became" }) {
			t.Errorf("linked to %v: %v", it.Tasks, it.Reasons)
		}
	})
	t.Run("what is gone stays linked as it read, and brings nothing on", func(t *testing.T) {
		d := build(t, with(in, proposal("p1", "Par konsultatīvajām padomēm", agenda.Discussion, ref(8, 4))))
		wantOn(t, d, "p1", "reason.task.gone",
			"Plāna spēkā esošajā redakcijā uzdevuma Nr. 8.4 nav; jautājums paliek saistīts ar tā iepriekšējo redakciju.",
			"The plan in force has no task 8.4; the item stays linked to it as it read before.")
		it, _ := d.Item("p1")
		if !slices.Equal(it.Tasks, []plan.Ref{ref(8, 4)}) {
			t.Errorf("linked to %v", it.Tasks)
		}
		wantNo(t, d.Unmet, "reason.p7.unmet")
	})
	t.Run("items of an earlier revision count where a list is checked", func(t *testing.T) {
		items := []agenda.Item{{Matter: agenda.Matter{ID: "x", Kind: agenda.Discussion, Tasks: []plan.Ref{ref(8, 3)}}}}
		for _, b := range check(t, in, items) {
			if b.Reason.Key == "reason.p8.unmet" && slices.Contains(splitLines(b.Reason.Facts["tasks"]), "8.2") {
				t.Errorf("task 8.2 is missed although its earlier wording is on: %q", b.Reason.Facts["tasks"])
			}
		}
	})
	t.Run("a session of before is built by the plan of then", func(t *testing.T) {
		x := in
		first, second := revised(t)
		x.Plan, x.Lineage = first, plan.NewLineage(first, second)
		x.Candidates = agenda.FromTasks(&x.Plan, &x.Principles)
		x = with(deals(meets(on(x, "2025-02-26"), "2025-01-29"), "2025-01-29", agenda.Discussion, first.Refs()...),
			proposal("p1", "Par deleģēto darbu", agenda.Discussion, now(8, 3)))
		d := build(t, x)
		wantOut(t, d, "task-1/8.2", "reason.p8.through", "Uzdevumu 8.2. šajā sēdē skata jautājumā „Par deleģēto darbu”.",
			"Task 8.2 comes on at this session through “Par deleģēto darbu”.")
		wantOut(t, d, "task-1/8.3", "reason.p8.later",
			"Uzdevums 8.3. pēdējoreiz skatīts 2025. gada 29. janvārī; pamatprincips P8 prasa to skatīt reizi 12 mēnešos (līdz 2026. gada 29. janvārim), un tā kārta vēl nav pienākusi.",
			"Task 8.3 was last dealt with on 29 January 2025; rule P8 asks for it once in 12 months (by 29 January 2026), and its turn has not come yet.")
	})
	t.Run("data do not fall due anew with a revision", func(t *testing.T) {
		x := in
		x.Principles = only(t, "P9").Principles
		x = meets(deals(on(x, "2025-04-30"), "2025-01-29", agenda.Data, ref(1, 1)), "2025-01-29", "2025-02-26", "2025-03-26")
		wantItems(t, build(t, x), "opening", "task-2/1.1", "any-other")
	})
}

// Two sessions can be on one day: the one that was held came first.
func TestWhatAnotherSessionOfTheDayDidCounts(t *testing.T) {
	in := onTasks(only(t, "P4", "P8"))
	in.Held = []agenda.Held{{Session: "morning", Date: "2024-02-28", Item: "x", ItemKind: agenda.Data, Tasks: []plan.Ref{ref(1, 1)}}}
	in.Decisions = []agenda.OpenDecision{{ID: "d", Session: "morning", Number: "1.1.", Taken: "2024-02-28", Wording: "Sagatavot."}}
	in.Unapproved = []agenda.UnapprovedMinutes{{Session: "morning", Date: "2024-02-28", Number: 2}, {Session: "feb", Date: "2024-02-28", Number: 3}}
	d := build(t, in)
	wantItems(t, d, "opening", "execution", "task-1/2.1", "task-1/3.1", "any-other")
	if n := len(d.Items[0].Details); n != 1 {
		t.Errorf("%d minutes to approve, want those of the morning", n)
	}
}
