package agenda_test

import (
	"slices"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
)

func TestP10ThePlanIsReviewedOnceAYear(t *testing.T) {
	in := only(t, "P10")
	t.Run("at the last regular session before the day", func(t *testing.T) {
		d := build(t, on(in, "2025-03-26"))
		wantItems(t, d, "opening", "review-2025", "any-other")
		it := d.Items[1]
		if it.Kind != agenda.Review || it.Minutes != 30 ||
			it.TitleIn(locale.LV) != "Darba plāna ikgadējā pārskatīšana un izvērtēšana 2025. gadā" || it.TitleIn(locale.EN) != "Annual review and evaluation of the work plan in 2025" {
			t.Errorf("the item is %+v, in English %q", it.Matter, it.TitleIn(locale.EN))
		}
		wantOn(t, d, "review-2025", "reason.p10.due",
			"Pamatprincips P10: plāns jāpārskata un jāizvērtē reizi gadā līdz 2025. gada 31. martam, un pirms tam citas kārtējās sēdes vairs nav.",
			"Rule P10: the plan is reviewed and evaluated once a year by 31 March 2025, and no other regular session comes before.")
		wantKept(t, d.Unmet, "P10")
	})
	t.Run("before that it waits, and can be brought on by hand", func(t *testing.T) {
		d := build(t, on(in, "2025-02-26"))
		wantOut(t, d, "review-2025", "reason.p10.later",
			"Plāna ikgadējā pārskatīšana jāveic līdz 2025. gada 31. martam (P10); pirms tam vēl ir kārtējā sēde.",
			"The annual review of the plan is due by 31 March 2025 (P10); a regular session still comes before.")
		wantKept(t, d.Unmet, "P10")
	})
	t.Run("after that it is overdue", func(t *testing.T) {
		d := build(t, on(in, "2025-04-30"))
		wantOn(t, d, "review-2025", "reason.p10.overdue",
			"Pamatprincips P10: plāns bija jāpārskata un jāizvērtē līdz 2025. gada 31. martam, un tas vēl nav izdarīts.",
			"Rule P10: the plan was to be reviewed and evaluated by 31 March 2025, and that has not been done yet.")
		wantBreach(t, check(t, on(in, "2025-04-30"), nil), "reason.p10.unmet-overdue", true,
			"Plāns 2025. gadā vēl nav pārskatīts, un termiņš – 2025. gada 31. marts – ir pagājis (P10). Iekļaujiet pārskatīšanu.",
			"The plan has not been reviewed in 2025, and the time limit, 31 March 2025, is past (P10). Put the review on.")
	})
	t.Run("not again once it was held", func(t *testing.T) {
		held := on(in, "2025-03-26")
		held.Held = []agenda.Held{{Session: "feb25", Date: "2025-02-26", Item: "review-2025", ItemKind: agenda.Review}}
		wantItems(t, build(t, held), "opening", "any-other")
	})
	t.Run("not in the year the plan was approved", func(t *testing.T) {
		wantItems(t, build(t, on(in, "2024-03-27")), "opening", "any-other")
	})
	t.Run("a revision of the plan does not stand for the review", func(t *testing.T) {
		late := bases(t)[1] // revised on 26 March 2025
		late.Principles, late.Candidates = in.Principles, nil
		wantItems(t, build(t, on(late, "2025-04-30")), "opening", "review-2025", "any-other")
	})
	t.Run("an extraordinary session leaves it to the regular one of the month", func(t *testing.T) {
		x := on(in, "2025-03-05")
		x.Session.Kind = council.Extraordinary
		d := build(t, x)
		wantOut(t, d, "review-2025", "reason.p10.regular-only",
			"Plānu pārskata un izvērtē kārtējā sēdē, reizi gadā līdz 2025. gada 31. martam (P10).",
			"The plan is reviewed and evaluated at a regular session, once a year by 31 March 2025 (P10).")
		wantKept(t, d.Unmet, "P10")
	})
	t.Run("its day and its time are parameters", func(t *testing.T) {
		d := build(t, param(param(on(in, "2025-05-28"), "P10", "review_by", "06-15"), "P10", "minutes", "45"))
		if i := slices.IndexFunc(d.Items, func(it agenda.Item) bool { return it.ID == "review-2025" }); i != 1 || d.Items[1].Minutes != 45 {
			t.Errorf("items %q, the second of %d minutes", titles(d), d.Items[1].Minutes)
		}
		wantItems(t, build(t, param(on(in, "2025-04-30"), "P10", "review_by", "06-15")), "opening", "any-other")
	})
	t.Run("a hard rule keeps it when room is short, a soft one does not", func(t *testing.T) {
		short := with(on(in, "2025-03-26"), proposal("p1", "Par lēmumu", agenda.Decision, ref(8, 2)))
		short.Principles.Rules = append(slices.Clone(short.Principles.Rules), agenda.Setting{Rule: "P21", Params: map[string]string{"most": "1"}})
		wantItems(t, build(t, short), "opening", "review-2025", "any-other")
		d := build(t, hard(short, "P10", false))
		wantItems(t, d, "opening", "p1", "any-other")
		wantBreach(t, d.Unmet, "reason.p10.unmet", false,
			"Plāns 2025. gadā vēl nav pārskatīts, un līdz 2025. gada 31. martam citas kārtējās sēdes nav (P10). Iekļaujiet pārskatīšanu.",
			"The plan has not been reviewed in 2025, and no other regular session comes by 31 March 2025 (P10). Put the review on.")
	})
}
