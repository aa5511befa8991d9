package templates

import (
	"testing"

	"pgregory.net/rapid"

	"padome/council"
	"padome/plan"
)

func init() {
	crumbs := Crumbs{{Text: "Plāns", Href: "/plan"}}
	tag := Tag{"kavēts", "red"}
	changes := []PlanChange{{Kind: tag, Where: "3.2. → 3.1.", Words: []plan.Piece{{Kind: plan.Kept, Text: "Sagatavot"}, {Kind: plan.Removed, Text: "<b>"}, {Kind: plan.Inserted, Text: "jaunu"}}}}
	decisions := []DecisionRow{{Number: "5.1", Wording: "Nosūtīt <b>.", Deadline: "2024-03-01", State: tag, Href: "/decisions/d"}, {Number: "5.2", Href: "/decisions/e"}}
	grid := NewGrid([]council.Date{"2024-11-27", "2024-12-18", "2025-01-29"})
	grid.Row(1, "Līdzdalība", map[int]GridMark{0: {Kind: "held", Text: "skatīts"}, 2: {Kind: "decided", Text: "pieņemts lēmums"}})
	grid.Row(2, "Cits", nil)
	grid.Legend = []GridMark{{Kind: "held", Text: "skatīts"}}
	files := []Link{{Text: "DOCX", Href: "/x"}}
	samples["work plan"] = WorkPlan{Title: "Darba plāns", Source: "1. redakcija", Sum: "Divi.", Do: []Task{{Title: "Importēt", Href: "/plan/import"}},
		More: files, Goals: []plan.Goal{{Number: 1, Text: "Mērķis"}}, Bars: []Bar{NewBar("1. Līdzdalība", "1 kavēts", Count{"overdue", 1}, Count{"due", 2})},
		Grid: grid, Files: files, Measures: []PlanMeasure{{Number: 1, Text: "Līdzdalība", Goal: 1, Results: []string{"Rezultāts"}, Tasks: []PlanLine{
			{Label: "1.1.", Text: "Darīt", Href: "/plan/tasks/1/1", State: tag, When: "skatīts", Responsible: "VK", Deadline: "2024-01-02", Overdue: true},
			{Label: "1.2.", Text: "Darīt", Href: "/plan/tasks/1/2", State: tag}}}}}
	samples["no work plan"] = WorkPlan{Title: "Plāns"}
	samples["task"] = PlanTask{Crumbs: crumbs, Label: "3.2.", Text: "Darīt", State: tag, Rows: []Row{{Name: "Pasākums", Value: "3."}}, Do: []Task{{Title: "Noteikt", Href: "/x"}},
		Sessions:    []PlanSitting{{Date: "2024-01-31", Href: "/sessions/s", Items: "3. jautājums", Mark: tag}},
		Wordings:    []PlanWording{{Label: "3.2.", Revision: 2, Approved: "2025-01-29", Newest: true, Words: changes[0].Words, Decisions: decisions}, {Label: "3.3.", Revision: 1, Approved: "2024-01-31"}},
		Assignments: []Event{{Who: "2024", What: "VK", Note: "Piezīme"}}, Findings: []Event{{Who: "2024", What: "izpildīts"}}}
	samples["bare task"] = PlanTask{Crumbs: crumbs, Label: "3.2.", Text: "Darīt", State: tag, Retired: true, Wordings: []PlanWording{{Label: "3.2.", Revision: 1, Approved: "2024-01-31", Newest: true}}}
	samples["revisions"] = PlanRevisions{Crumbs: crumbs, All: []PlanEdition{{Number: 2, Approved: "2025-01-29", Tasks: 24, Changes: "3 izmaiņas", Newest: true, Files: append(files, files...)}, {Number: 1, Approved: "2024-01-31", Tasks: 24}}}
	cell := CoverCell{"L", "pieņemts lēmums", "green"}
	samples["coverage"] = PlanCoverage{Crumbs: crumbs, Years: []Link{{Text: "2024", Current: true}, {Text: "2025", Href: "/x"}}, Title: "Divas sēdes", Data: "/x",
		Columns: []CoverColumn{{"2024-01-31", "/s/1"}, {"2024-02-28", "/s/2"}}, Legend: []CoverCell{cell}, Measures: []CoverMeasure{
			{Number: 1, Text: "Līdzdalība", Cells: []CoverCell{cell, {}}, Results: []string{"Rezultāts"}, Decisions: decisions, Tasks: []CoverTask{
				{PlanLine{Label: "1.1.", Href: "/t", Text: "Darīt", State: tag, When: "skatīts"}, []CoverCell{{}, cell}}}}, {Number: 2, Cells: []CoverCell{{}, {}}}}}
	samples["no coverage"] = PlanCoverage{Crumbs: crumbs, Title: "Nav", Data: "/x"}
	ahead := []ForeseenSession{{Title: "Sēde", Href: "/s", Note: "ieplānota", Items: []ForeseenItem{{Number: 3, Title: "Par <b>", Note: "8.2.", Reasons: []string{"P8"}}}}, {Title: "Otra", Note: "pēc kalendāra"}}
	samples["forecast"] = PlanForecast{Crumbs: crumbs, Form: Form{Fields: PlanForecastFields}, Summary: "Divas sēdes", Sessions: ahead,
		Tasks: []ForeseenTask{{Label: "1.1.", Href: "/t", Text: "Darīt", Last: "2024-01-31", Days: []council.Date{"2024-02-28", "2024-03-27"}}, {Label: "1.2.", Href: "/u"}},
		Unmet: []ForeseenUnmet{{Text: "Nevar", Why: []string{"Nav vietas"}}}, Remedies: []ForeseenRemedy{{Text: "Vairāk", Parts: []string{"Sēde"}}}, Not: []string{"Garākas sēdes"}}
	samples["forecast that is met"] = PlanForecast{Crumbs: crumbs, Form: Form{Fields: PlanForecastFields}, Sessions: ahead, Met: true}
	samples["forecast with a fault"] = PlanForecast{Crumbs: crumbs, Form: faulty(PlanForecastFields)}
	do := []Task{{Title: "Rakstīt", Href: "/x"}}
	samples["evaluations"] = PlanEvaluations{Crumbs: crumbs, Years: []Task{{Title: "2024. gads", Href: "/x", State: tag}}}
	samples["evaluation"] = PlanEvaluation{Crumbs: crumbs, Title: "Novērtējums", State: tag, Adopted: "Pieņemts", Do: do, PDF: "/p", Alone: "/h", Paper: "<p>Teksts</p>"}
	samples["no evaluation"] = PlanEvaluation{Crumbs: crumbs, Title: "Novērtējums", State: tag}
	samples["conclusions"] = PlanConclusions{Crumbs: crumbs, Form: Form{Revision: 2, Faults: Faults{{Text: "Par garu"}}}, Title: "Secinājumi", Back: "/x", Saved: "Šodien", Overall: "<b>",
		Measures: []PlanConclusion{{1, "Līdzdalība", "1 kavēts", "<i>"}}}
	sessions := []Choice{{Value: "s", Text: "Sēde"}}
	adopting := faulty(PlanAdoptionFields[:1])
	samples["adoption"] = PlanAdoption{Crumbs: crumbs, Form: adopting, Title: "Pieņemšana", Back: "/x", Sessions: sessions}
	samples["no adoption"] = PlanAdoption{Crumbs: crumbs, Title: "Pieņemšana", Back: "/x"}
	samples["assign"] = PlanAssign{Crumbs: crumbs, Form: faulty(PlanAssignFields), Label: "3.2.", Text: "Darīt", Back: "/x", Groups: sessions, Now: []Row{{Name: "Atbildīgais", Value: "VK"}}}
	samples["finding"] = PlanFinding{Crumbs: crumbs, Form: faulty(PlanFindingFields), Label: "3.2.", Text: "Darīt", Back: "/x", Sessions: sessions, Decisions: sessions}
	samples["no finding"] = PlanFinding{Crumbs: crumbs, Label: "3.2.", Text: "Darīt", Back: "/x"}
	samples["plan import"] = PlanImport{Crumbs: crumbs, Form: faulty(PlanImportFields)}
	samples["plan preview"] = PlanPreview{Crumbs: crumbs, Form: Form{Command: "1", Faults: Faults{{Text: "Nevar nolasīt"}}}, Title: "Darba plāns", Approved: "2025", Changes: changes, Unplaced: []string{"1. rinda <b>"}, Plan: "{}", Digest: "d",
		Matches: []PlanMatch{{Name: "follows-3-2", Label: "3.2.", Text: "Darīt", Sure: "80 %", Follows: "3.2., 3.3.", Before: []string{"3.2. Darīt"}}}}
	samples["proposed plan preview"] = PlanPreview{Crumbs: crumbs, Proposed: true, Changes: changes}
	samples["first plan preview"] = PlanPreview{Crumbs: crumbs, First: true, Read: "2 mērķi", Outline: []PlanOutline{{Text: "Pasākums", Tasks: []string{"1.1. uzdevums"}, Results: []string{"Rezultāts"}}}}
	samples["same plan preview"] = PlanPreview{Crumbs: crumbs, Same: true}
	samples["reviews"] = PlanReviews{Crumbs: crumbs, All: do}
	samples["no reviews"] = PlanReviews{Crumbs: crumbs, Form: Form{Values: map[string][]string{"base": {"1"}}, Faults: Faults{{Text: "Cita redakcija"}}}, Start: true}
	real, _ := plan.Real()
	samples["review"] = PlanReview{Crumbs: crumbs, Title: "Priekšlikums", Rows: []Row{{Name: "Sākta", Value: "2024"}}, Do: do, Changes: changes, Files: files, Editing: true, At: "/plan/reviews/r", Proposed: real}
	samples["review that is put"] = PlanReview{Crumbs: crumbs, Title: "Priekšlikums", At: "/plan/reviews/r"}
	for _, op := range []string{"reword", "split", "merge", "move", "add", "measure", "new-measure", "retire"} {
		samples["edit "+op] = PlanEdit{Crumbs: crumbs, Form: Form{Fields: PlanEditFields, Revision: 2}, Title: "Mainīt", About: "3.2. Darīt", Op: op, Back: "/x"}
	}
	samples["edit of what"] = PlanEdit{Crumbs: crumbs, Title: "Mainīt", Choices: do}
	for _, step := range []string{"put", "decide", "withdraw"} {
		samples["review step "+step] = PlanReviewStep{Crumbs: crumbs, Form: Form{Fields: PlanReviewFields, Revision: 2}, Title: "Solis", Step: step, Careful: "Neatgriežams", Back: "/x", Sessions: sessions, Decisions: sessions}
	}
	p, _ := plan.Real()
	p.Measures[0].Tasks[0].Retired = true
	samples["review step decide with changes"] = PlanReviewStep{Crumbs: crumbs, Form: Form{Fields: PlanReviewFields, Revision: 2}, Title: "Solis", Step: "decide", Careful: "Neatgriežams", Back: "/x",
		Sessions: sessions, Decisions: sessions, Amendments: changes, Amended: true, At: "/plan/reviews/x", Proposed: p}
	samples["revision"] = PlanRevision{Crumbs: crumbs, Plan: p, Compared: true, Files: files}
	samples["revision changes"] = PlanChanges{Crumbs: crumbs, Title: "2. redakcija", Number: 2, Changes: changes}
	samples["no revision changes"] = PlanChanges{Crumbs: crumbs, Title: "2. redakcija", Number: 2}
}

// The parts of a bar stand one after another and fill it, each as wide as its
// share.
func TestABarIsDividedByItsCounts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var counts []Count
		sum := 0
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, 9), 1, 5).Draw(rt, "counts") {
			counts = append(counts, Count{"x", n})
			sum += n
		}
		b, at, of := NewBar("", "", counts...), 0.0, 0
		for _, c := range counts {
			if c.N == 0 {
				continue
			}
			p := b.Parts[of]
			if want := 100 * float64(c.N) / float64(sum); p.Width < want-.001 || p.Width > want+.001 || p.From < at-.001 || p.From > at+.001 {
				rt.Fatalf("%d of %d from %g: %+v", c.N, sum, at, p)
			}
			at, of = p.From+p.Width, of+1
		}
		if of != len(b.Parts) {
			rt.Fatalf("%d parts for %d counts", len(b.Parts), of)
		}
	})
}

// Each mark of a grid stands within the picture, in the row and column it is of.
func TestAGridPlacesItsMarks(t *testing.T) {
	g := NewGrid([]council.Date{"2024-11-27", "2024-12-18", "2025-01-29"})
	g.Row(1, "a", nil)
	g.Row(2, "b", map[int]GridMark{1: {Kind: "held"}})
	if len(g.Marks) != 1 || g.Marks[0].X != g.Columns[1].X || g.Marks[0].Y != g.Rows[1].Y || g.Marks[0].X > g.Width() || g.Marks[0].Y > g.Height() {
		t.Errorf("marks %+v in %+v", g.Marks, g.Columns)
	}
	if g.Columns[0].Year != 2024 || g.Columns[1].Year != 0 || g.Columns[2].Year != 2025 || g.Columns[1].Month() != 12 {
		t.Errorf("columns %+v", g.Columns)
	}
}
