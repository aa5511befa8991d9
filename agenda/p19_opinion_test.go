package agenda_test

import (
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
)

var finance = council.WorkingGroup{ID: "finance", Name: "Finanšu  darba grupa", NameEN: "Finance group", Measures: []int{2, 3}, Lead: "member", From: "2024-01-31"}

func TestP19DecisionsNeedTheGroupsOpinion(t *testing.T) {
	asked := func(c agenda.Candidate) agenda.Input {
		in := with(only(t, "P19"), c)
		in.Groups = []council.WorkingGroup{finance, {ID: "engagement", Name: "Iesaistes darba grupa", Measures: []int{6, 7, 8}, From: "2024-01-31"}}
		in.Today = "2024-02-16"
		return in
	}
	c := proposal("p1", "Par ziedojumiem", agenda.Decision, ref(2, 1), ref(3, 1))
	opinion := func(group string, on council.Date) agenda.Candidate {
		c := c
		c.Opinion = &agenda.Opinion{Group: group, On: on, Text: "Atbalsta."}
		return c
	}
	t.Run("without one it comes on and blocks", func(t *testing.T) {
		d := build(t, asked(c))
		wantItems(t, d, "opening", "p1", "any-other")
		wantBreach(t, d.Unmet, "reason.p19.unmet", true,
			"Lēmuma jautājumam „Par ziedojumiem” nav par pasākumiem Nr. 2 un 3 atbildīgās darba grupas atzinuma (P19). Saņemiet atzinumu, lūdziet vadītāju un vietnieku abus atļaut lemt bez tā vai mainiet jautājuma veidu uz informatīvu.",
			"Decision item “Par ziedojumiem” lacks the opinion of the working group responsible for measures 2 and 3 (P19). Get the opinion, ask chair and deputy both to waive it, or make the item informative.")
	})
	t.Run("with one it says since when", func(t *testing.T) {
		for _, group := range []string{"finance", "finanšu darba\u00a0grupa", "FINANCE GROUP"} {
			d := build(t, asked(opinion(group, "2024-02-16")))
			wantOn(t, d, "p1", "reason.p19.opinion", "Atbildīgā darba grupa atzinumu devusi 2024. gada 16. februārī (P19).",
				"The responsible working group gave its opinion on 16 February 2024 (P19).")
			wantKept(t, d.Unmet, "P19")
		}
	})
	t.Run("another group's does not count", func(t *testing.T) {
		wantBreach(t, build(t, asked(opinion("engagement", "2024-02-16"))).Unmet, "reason.p19.unmet-group", true,
			"Lēmuma jautājumam „Par ziedojumiem” atzinumu devusi darba grupa, kas neatbild par pasākumiem Nr. 2 un 3 (P19). Saņemiet atbildīgās darba grupas atzinumu, lūdziet vadītāju un vietnieku abus atļaut lemt bez tā vai mainiet jautājuma veidu uz informatīvu.",
			"The opinion on decision item “Par ziedojumiem” is of a working group that is not responsible for measures 2 and 3 (P19). Get the opinion of the responsible group, ask chair and deputy both to waive it, or make the item informative.")
	})
	t.Run("nor one dated after the agenda goes out", func(t *testing.T) {
		in := asked(opinion("finance", "2024-02-17"))
		wantBreach(t, build(t, in).Unmet, "reason.p19.unmet-late", true,
			"Lēmuma jautājuma „Par ziedojumiem” atzinums par pasākumiem Nr. 2 un 3 datēts ar dienu pēc darba kārtības izsūtīšanas (P19). Labojiet atzinuma datumu, lūdziet vadītāju un vietnieku abus atļaut lemt bez tā vai mainiet jautājuma veidu uz informatīvu.",
			"The opinion on decision item “Par ziedojumiem” of measures 2 and 3 is dated after the agenda goes out (P19). Correct the date of the opinion, ask chair and deputy both to waive it, or make the item informative.")
		in.Today = "" // a draft of no day can wait for it until the session
		wantKept(t, build(t, in).Unmet, "P19")
		in.Principles = input(t).Principles
		in.Candidates[0].Opinion.On = "2024-02-22" // under P16 until the last day of going out
		if bs := build(t, in).Unmet; len(bs) == 0 || bs[0].Reason.Key != "reason.p19.unmet-late" {
			t.Errorf("unmet = %v", bs)
		}
	})
	t.Run("other kinds and other measures need none", func(t *testing.T) {
		for _, c := range []agenda.Candidate{proposal("p1", "Par a", agenda.Discussion, ref(2, 1)), proposal("p1", "Par a", agenda.Decision, ref(5, 1))} {
			wantKept(t, build(t, asked(c)).Unmet, "P19")
		}
		wantKept(t, build(t, param(asked(c), "P19", "measures", "6,7")).Unmet, "P19")
	})
	t.Run("of a measure that nobody answers for nobody is asked", func(t *testing.T) {
		in := asked(c)
		in.Groups[0].Until = "2024-02-27"
		d := build(t, in)
		wantKept(t, d.Unmet, "P19")
		wantOn(t, d, "p1", "reason.p19.nobody", "Par pasākumiem Nr. 2 un 3 nav noteikta atbildīgā darba grupa, tāpēc atzinumu nav kam lūgt (P19).",
			"No working group is responsible for measures 2 and 3, so there is nobody to ask for an opinion (P19).")
	})
	t.Run("both leads may do without", func(t *testing.T) {
		c := c
		for _, a := range []council.Actor{officer, member, operator, public} {
			wantFaults(t, c.Waive(a, at(15)), problem.Forbidden, "problem.agenda.leads-only")
		}
		must(t, c.Waive(chair, at(15)))
		wantNoWaiver := build(t, asked(c)).Unmet
		if len(wantNoWaiver) != 1 {
			t.Errorf("one mark leaves %v", wantNoWaiver)
		}
		wantFaults(t, c.Waive(chair, at(15)), problem.State, "problem.agenda.waived-already")
		must(t, c.Waive(deputy, at(15)))
		d := build(t, asked(c))
		wantKept(t, d.Unmet, "P19")
		wantOn(t, d, "p1", "reason.p19.waived", "Padomes vadītājs un vietnieks abi atļāvuši lemt bez darba grupas atzinuma (P19).",
			"Chair and deputy both allowed a decision without the working group’s opinion (P19).")
	})
}

func TestP19AnOpinionThatCameSinceGoesOutWithTheDraft(t *testing.T) {
	c := proposal("p1", "Par ziedojumiem", agenda.Decision, ref(2, 1))
	in := with(only(t, "P19"), c)
	in.Groups = []council.WorkingGroup{finance}
	a := agenda.New("feb")
	must(t, a.Rebuild(officer, in))
	wantFaults(t, a.Submit(officer, in, at(16)), problem.State, "problem.agenda.not-ready", "rules.P19 reason.p19.unmet")
	must(t, c.SetOpinion(member, in.Groups, agenda.Opinion{Group: "finance", On: "2024-02-15", Text: "Atbalsta."}, "2024-02-15"))
	in = with(only(t, "P19"), c)
	in.Groups = []council.WorkingGroup{finance}
	must(t, a.Submit(officer, in, at(16)))
	f := a.TakeFrozen()
	content, err := agenda.ReadContent(f.Bytes, f.Digest)
	must(t, err)
	if o := content.Items[1].Opinion; o == nil || o.Text != "Atbalsta." {
		t.Errorf("the version has the opinion %+v", o)
	}
}

func TestWhoRecordsAnOpinion(t *testing.T) {
	groups := []council.WorkingGroup{finance, {ID: "engagement", Lead: "chair"}}
	good := agenda.Opinion{Group: "finance", On: "2024-02-12", Text: "Atbalsta."}
	for name, x := range map[string]struct {
		who    council.Actor
		change func(*agenda.Opinion)
		kind   problem.Kind
		key    string
		fields []string
	}{
		"another group's lead":   {chair, func(*agenda.Opinion) {}, problem.Forbidden, "problem.agenda.opinion", nil},
		"the public":             {public, func(o *agenda.Opinion) { o.Group = "" }, problem.Forbidden, "problem.agenda.opinion", nil},
		"nobody of no group":     {council.Actor{Person: ""}, func(o *agenda.Opinion) { o.Group = "x" }, problem.Forbidden, "problem.agenda.opinion", nil},
		"an unknown group":       {officer, func(o *agenda.Opinion) { o.Group = "tax" }, problem.Invalid, "problem.invalid", []string{"opinion.group problem.choice"}},
		"no group":               {officer, func(o *agenda.Opinion) { o.Group = "" }, problem.Invalid, "problem.invalid", []string{"opinion.group problem.text.missing"}},
		"nothing said":           {member, func(o *agenda.Opinion) { o.Text = " " }, problem.Invalid, "problem.invalid", []string{"opinion.text problem.text.missing"}},
		"a day that is to come":  {member, func(o *agenda.Opinion) { o.On = "2024-02-13" }, problem.Invalid, "problem.invalid", []string{"opinion.on problem.agenda.opinion-day"}},
		"a day that never comes": {officer, func(o *agenda.Opinion) { o.On = "2024-02-30" }, problem.Invalid, "problem.invalid", []string{"opinion.on problem.date"}},
	} {
		t.Run(name, func(t *testing.T) {
			c, o := proposal("p1", "Par ziedojumiem", agenda.Decision, ref(2, 1)), good
			x.change(&o)
			wantFaults(t, c.SetOpinion(x.who, groups, o, "2024-02-12"), x.kind, x.key, x.fields...)
			if c.Opinion != nil {
				t.Error("kept all the same")
			}
		})
	}
	for _, who := range []council.Actor{officer, member} {
		c := proposal("p1", "Par ziedojumiem", agenda.Decision, ref(2, 1))
		o := good
		o.Group = "finance group"
		must(t, c.SetOpinion(who, groups, o, "2024-02-12"))
		if c.Opinion.Group != "finance" {
			t.Errorf("of group %q", c.Opinion.Group)
		}
	}
}
