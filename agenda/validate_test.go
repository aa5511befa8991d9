package agenda_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/plan"
)

func TestACandidateIsTidied(t *testing.T) {
	in := input(t)
	c := proposal("p1", "  Par\tlīdzdalību \n novados ", agenda.Decision, ref(8, 2), ref(2, 1), ref(8, 2))
	c.OutsidePlan, c.InitiatedBy, c.DraftDecision = " ", " Biedrība  „Tilts” ", "Apstiprināt.\r\nUzdot.\n"
	c.Presenters, c.Invited = []string{" V. Sarma "}, []string{"Finanšu\u00a0ministrija"}
	c.Documents[0].Name = " projekts.pdf "
	c.Opinion = &agenda.Opinion{Group: " finance", On: "2024-02-12", Text: " Atbalsta. "}
	must(t, c.Validate(&in.Plan))
	if c.Title != "Par līdzdalību novados" || c.OutsidePlan != "" || c.InitiatedBy != "Biedrība „Tilts”" || c.DraftDecision != "Apstiprināt.\nUzdot." ||
		c.Presenters[0] != "V. Sarma" || c.Documents[0].Name != "projekts.pdf" || c.Opinion.Text != "Atbalsta." || c.Opinion.Group != "finance" {
		t.Errorf("%+v", c)
	}
	if got := c.Tasks; len(got) != 2 || got[0] != ref(2, 1) || got[1] != ref(8, 2) {
		t.Errorf("tasks %v", got)
	}
}

func TestACandidateIsRefused(t *testing.T) {
	in := input(t)
	in.Plan.Measures[7].Tasks[3].Retired = true
	long := func(n int) string { return strings.Repeat("ā", n) }
	for name, x := range map[string]struct {
		change func(*agenda.Candidate)
		fields []string
	}{
		"no title":              {func(c *agenda.Candidate) { c.Title = " \n " }, []string{"title problem.text.missing"}},
		"a long title":          {func(c *agenda.Candidate) { c.Title = long(301) }, []string{"title problem.text.long"}},
		"an emoji":              {func(c *agenda.Candidate) { c.Title = "Par prieku 🙂" }, []string{"title problem.text.character"}},
		"a control character":   {func(c *agenda.Candidate) { c.DraftDecision = "Apstiprināt\x07." }, []string{"draftDecision problem.text.character"}},
		"an invisible one":      {func(c *agenda.Candidate) { c.InitiatedBy = "Til\u200bts" }, []string{"initiatedBy problem.text.character"}},
		"reversed text":         {func(c *agenda.Candidate) { c.OutsidePlan = "Saeimas \u202elūgums" }, []string{"outsidePlan problem.text.character"}},
		"broken encoding":       {func(c *agenda.Candidate) { c.Title = "Par \xff" }, []string{"title problem.text.encoding"}},
		"no kind":               {func(c *agenda.Candidate) { c.Kind = "" }, []string{"kind problem.choice"}},
		"a standing kind":       {func(c *agenda.Candidate) { c.Kind = agenda.Opening }, []string{"kind problem.choice"}},
		"no such side":          {func(c *agenda.Candidate) { c.Initiator = "left" }, []string{"initiator problem.choice"}},
		"too little time":       {func(c *agenda.Candidate) { c.Minutes = -1 }, []string{"minutes problem.range"}},
		"too much time":         {func(c *agenda.Candidate) { c.Minutes = 241 }, []string{"minutes problem.range"}},
		"an unknown task":       {func(c *agenda.Candidate) { c.Tasks = []plan.Ref{ref(8, 2), ref(9, 1)} }, []string{"tasks[1] problem.agenda.task"}},
		"another revision":      {func(c *agenda.Candidate) { c.Tasks = []plan.Ref{{Revision: 2, Measure: 8, Task: 2}} }, []string{"tasks[0] problem.agenda.task"}},
		"a retired task":        {func(c *agenda.Candidate) { c.Tasks = []plan.Ref{ref(8, 4)} }, []string{"tasks[0] problem.agenda.task"}},
		"too many tasks":        {func(c *agenda.Candidate) { c.Tasks = make([]plan.Ref, 25) }, []string{"tasks problem.range"}},
		"a long reason":         {func(c *agenda.Candidate) { c.OutsidePlan = long(501) }, []string{"outsidePlan problem.text.long"}},
		"a long institution":    {func(c *agenda.Candidate) { c.InitiatedBy = long(201) }, []string{"initiatedBy problem.text.long"}},
		"a long draft":          {func(c *agenda.Candidate) { c.DraftDecision = long(10_001) }, []string{"draftDecision problem.text.long"}},
		"an empty presenter":    {func(c *agenda.Candidate) { c.Presenters = []string{"V. Sarma", ""} }, []string{"presenters[1] problem.text.missing"}},
		"too many presenters":   {func(c *agenda.Candidate) { c.Presenters = make([]string, 51) }, []string{"presenters problem.range"}},
		"an empty addressee":    {func(c *agenda.Candidate) { c.Addressees = []string{""} }, []string{"addressees[0] problem.text.missing"}},
		"a long guest":          {func(c *agenda.Candidate) { c.Invited = []string{long(201)} }, []string{"invited[0] problem.text.long"}},
		"too many documents":    {func(c *agenda.Candidate) { c.Documents = make([]agenda.Attachment, 51) }, []string{"documents problem.range"}},
		"a document of nothing": {func(c *agenda.Candidate) { c.Documents[0].SHA256 = "" }, []string{"documents[0].sha256 problem.agenda.sha256"}},
		"a document's bad name": {func(c *agenda.Candidate) { c.Documents[0].Name = "a\x1b[2J.pdf" }, []string{"documents[0].name problem.text.character"}},
		"no such deadline":      {func(c *agenda.Candidate) { c.Deadline = "2024-02-30" }, []string{"deadline problem.date"}},
		"no such wish":          {func(c *agenda.Candidate) { c.Wish = "soon" }, []string{"wish problem.date"}},
		"an empty opinion": {func(c *agenda.Candidate) { c.Opinion = &agenda.Opinion{} },
			[]string{"opinion.group problem.text.missing", "opinion.text problem.text.missing", "opinion.on problem.date"}},
		"all at once": {func(c *agenda.Candidate) { c.Title, c.Kind, c.Minutes = "", "x", 999 },
			[]string{"title problem.text.missing", "kind problem.choice", "minutes problem.range"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := proposal("p1", "Par līdzdalību", agenda.Decision, ref(8, 2))
			x.change(&c)
			wantFaults(t, c.Validate(&in.Plan), problem.Invalid, "problem.invalid", x.fields...)
		})
	}
}

// ruleAt is where the whole catalogue has a rule; where one more would stand for
// none.
func ruleAt(id string) string {
	i := slices.Index(agenda.RuleIDs(), id)
	if i < 0 {
		i = len(agenda.RuleIDs())
	}
	return "rules[" + strconv.Itoa(i) + "]"
}

func TestPrinciplesAreRefused(t *testing.T) {
	put := func(rule, name, value string) func(*agenda.Principles) {
		return func(p *agenda.Principles) {
			p.Rules = param(agenda.Input{Principles: *p}, rule, name, value).Principles.Rules
		}
	}
	for name, x := range map[string]struct {
		change func(*agenda.Principles)
		fields []string
	}{
		"no title":              {func(p *agenda.Principles) { p.Title, p.TitleEN = "", " " }, []string{"title problem.text.missing", "titleEn problem.text.missing"}},
		"an emoji":              {func(p *agenda.Principles) { p.Note = "Labi 👍" }, []string{"note problem.text.character"}},
		"a long note":           {func(p *agenda.Principles) { p.NoteEN = strings.Repeat("a", 5001) }, []string{"noteEn problem.text.long"}},
		"no day to apply from":  {func(p *agenda.Principles) { p.From = "" }, []string{"from problem.date"}},
		"nobody agreed":         {func(p *agenda.Principles) { p.Agreed = nil }, []string{"agreed problem.principles.nobody"}},
		"somebody agreed never": {func(p *agenda.Principles) { p.Agreed = []agenda.Agreement{{By: "", On: "2024"}} }, []string{"agreed[0].by problem.text.missing", "agreed[0].on problem.date"}},
		"no rules":              {func(p *agenda.Principles) { p.Rules = nil }, []string{"rules problem.principles.empty", "rules problem.principles.missing", "rules problem.principles.missing", "rules problem.principles.missing", "rules problem.principles.missing"}},
		"without P14": {func(p *agenda.Principles) {
			p.Rules = slices.DeleteFunc(p.Rules, func(s agenda.Setting) bool { return s.Rule == "P14" })
		}, []string{"rules problem.principles.missing"}},
		"an unknown rule":        {func(p *agenda.Principles) { p.Rules = append(p.Rules, agenda.Setting{Rule: "P99"}) }, []string{ruleAt("") + ".rule problem.principles.rule"}},
		"a rule twice":           {func(p *agenda.Principles) { p.Rules = append(p.Rules, agenda.Setting{Rule: "P4"}) }, []string{ruleAt("") + ".rule problem.principles.twice"}},
		"an unknown parameter":   {put("P4", "days", "3"), []string{ruleAt("P4") + ".params.days problem.principles.param"}},
		"another rule's":         {put("P8", "most", "3"), []string{ruleAt("P8") + ".params.most problem.principles.param"}},
		"no number":              {put("P21", "most", "many"), []string{ruleAt("P21") + ".params.most problem.range"}},
		"a number too small":     {put("P21", "most", "0"), []string{ruleAt("P21") + ".params.most problem.range"}},
		"a number too great":     {put("P21", "most", "31"), []string{ruleAt("P21") + ".params.most problem.range"}},
		"a number written else":  {put("P21", "most", "+5"), []string{ruleAt("P21") + ".params.most problem.range"}},
		"a huge number":          {put("P21", "most", "99999999999999999999"), []string{ruleAt("P21") + ".params.most problem.range"}},
		"no share":               {put("P7", "off_plan_share", "0.33"), []string{ruleAt("P7") + ".params.off_plan_share problem.principles.share"}},
		"a share of nothing":     {put("P7", "off_plan_share", "1/0"), []string{ruleAt("P7") + ".params.off_plan_share problem.principles.share"}},
		"more than all":          {put("P7", "off_plan_share", "4/3"), []string{ruleAt("P7") + ".params.off_plan_share problem.principles.share"}},
		"a negative share":       {put("P7", "off_plan_share", "-1/3"), []string{ruleAt("P7") + ".params.off_plan_share problem.principles.share"}},
		"no day":                 {put("P10", "review_by", "31.03."), []string{ruleAt("P10") + ".params.review_by problem.principles.month-day"}},
		"a day of no year":       {put("P10", "review_by", "04-31"), []string{ruleAt("P10") + ".params.review_by problem.principles.month-day"}},
		"a day of some years":    {put("P10", "review_by", "02-29"), []string{ruleAt("P10") + ".params.review_by problem.principles.month-day"}},
		"no such choice":         {put("P18", "missing", "ignore"), []string{ruleAt("P18") + ".params.missing problem.choice"}},
		"an opening of no kind":  {put("P1", "opening", "split"), []string{ruleAt("P1") + ".params.opening problem.choice"}},
		"usual time below least": {put("P20", "least", "20"), []string{ruleAt("P20") + ".params.usual problem.range"}},
		"usual time over most":   {put("P20", "most", "12"), []string{ruleAt("P20") + ".params.usual problem.range"}},
		"a session with no room": {put("P20", "total", "40"), []string{ruleAt("P20") + ".params.total problem.principles.no-room"}},
		"no time of day":         {put("P17", "time", "17.00"), []string{ruleAt("P17") + ".params.time problem.clock"}},
		"a time of no day":       {put("P17", "time", "24:00"), []string{ruleAt("P17") + ".params.time problem.clock"}},
		"no measures":            {put("P19", "measures", ""), []string{ruleAt("P19") + ".params.measures problem.principles.measures"}},
		"measures out of order":  {put("P19", "measures", "3,2"), []string{ruleAt("P19") + ".params.measures problem.principles.measures"}},
		"a measure twice":        {put("P19", "measures", "2,2"), []string{ruleAt("P19") + ".params.measures problem.principles.measures"}},
		"measures with spaces":   {put("P19", "measures", "2, 3"), []string{ruleAt("P19") + ".params.measures problem.principles.measures"}},
		"a huge measure":         {put("P19", "measures", "2,1000"), []string{ruleAt("P19") + ".params.measures problem.principles.measures"}},
		"a plan kind of none":    {func(p *agenda.Principles) { p.PlanKinds = map[int]agenda.Kind{2: "vote"} }, []string{"planKinds.2 problem.choice"}},
		"a nameless document":    {func(p *agenda.Principles) { p.Watched[1].Title, p.Watched[1].TitleEN = "", "" }, []string{"watched[1].title problem.text.missing", "watched[1].titleEn problem.text.missing"}},
		"a document of no task":  {func(p *agenda.Principles) { p.Watched[2].Measure, p.Watched[2].Task, p.Watched[2].Months = 0, 1000, 37 }, []string{"watched[2].measure problem.range", "watched[2].task problem.range", "watched[2].months problem.range"}},
		"of no measure":          {func(p *agenda.Principles) { p.PlanKinds = map[int]agenda.Kind{0: agenda.Data, 1000: agenda.Data} }, []string{"planKinds.0 problem.range", "planKinds.1000 problem.range"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := agenda.WholeCatalogue()
			x.change(&p)
			wantFaults(t, p.Validate(), problem.Invalid, "problem.invalid", x.fields...)
		})
	}
}

func TestTheVersionsOfTheProgramAreValid(t *testing.T) {
	for _, p := range []agenda.Principles{agenda.Transitional(), agenda.WholeCatalogue()} {
		must(t, p.Validate())
		for _, s := range p.Rules {
			if got, ok := p.Rule(s.Rule); !ok || got.Rule != s.Rule {
				t.Errorf("version %d has no rule %s", p.Version, s.Rule)
			}
		}
	}
	whole := agenda.WholeCatalogue()
	hard := map[string]bool{"P1": true, "P2": true, "P3": true, "P4": true, "P5": false, "P6": true, "P7": false, "P8": false, "P9": true,
		"P10": true, "P11": false, "P12": false, "P13": false, "P14": true, "P15": true, "P16": true, "P17": true, "P18": true, "P19": true,
		"P20": true, "P21": false, "P22": false, "P23": false, "P24": false, "P25": true, "P26": false}
	if len(whole.Rules) != len(agenda.Catalogue()) {
		t.Errorf("%d rules of %d", len(whole.Rules), len(agenda.Catalogue()))
	}
	for _, s := range whole.Rules {
		if is, ok := hard[s.Rule]; !ok || is != s.Hard {
			t.Errorf("%s is hard: %t", s.Rule, s.Hard)
		}
	}
	if _, ok := whole.Rule("P99"); ok {
		t.Error("there is a rule P99")
	}
}

func TestEveryParameterAllowsItsDefaultAndItsBounds(t *testing.T) {
	for _, r := range agenda.Catalogue() {
		for _, p := range r.Params {
			values := append([]string{p.Default}, p.Choices...)
			if p.Kind == agenda.Number && r.ID != "P20" { // P20's bounds hang together
				values = append(values, strconv.Itoa(p.Least), strconv.Itoa(p.Most))
			}
			for _, v := range values {
				x := param(agenda.Input{Principles: agenda.WholeCatalogue()}, r.ID, p.Name, v).Principles
				if err := x.Validate(); err != nil {
					t.Errorf("%s %s=%s: %v", r.ID, p.Name, v, err)
				}
			}
		}
	}
}

func TestTheNewestVersionThatAppliesIsInForce(t *testing.T) {
	version := func(n int, from council.Date) agenda.Principles { return agenda.Principles{Version: n, From: from} }
	all := []agenda.Principles{version(3, "2024-07-01"), version(1, "2024-01-01"), version(2, "2024-02-01"), version(4, "2024-02-01")}
	for day, want := range map[council.Date]int{"2023-12-31": 0, "2024-01-01": 1, "2024-01-31": 1, "2024-02-01": 4, "2024-06-30": 4, "2024-07-01": 3} {
		got, ok := agenda.InForce(all, day)
		if got.Version != want || ok != (want > 0) {
			t.Errorf("on %s version %d is in force, want %d", day, got.Version, want)
		}
	}
}
