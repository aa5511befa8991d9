package web

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/templates"
)

// draftTexts are the texts of a proposed set, and the group that proposes a new
// one.
type draftTexts struct {
	Group   string       `json:"group"`
	Title   string       `json:"title"`
	TitleEN string       `json:"titleEn"`
	From    council.Date `json:"from"`
	Note    string       `json:"note"`
	NoteEN  string       `json:"noteEn"`
}

func (t draftTexts) put(p agenda.Principles) agenda.Principles {
	p.Title, p.TitleEN, p.From, p.Note, p.NoteEN = t.Title, t.TitleEN, t.From, t.Note, t.NoteEN
	return p
}

func unchangedName(name string) string { return name }

func (s *Server) draftTextsPage(c *Call, status int, from agenda.Principles, d agenda.PrinciplesDraft, f templates.Form) error {
	p := templates.DraftTexts{Crumbs: c.principlesCrumbs(), Form: f, New: d.ID == "", From: from.Version, Back: principlesAt}
	if !p.New {
		p.Crumbs, p.Back = c.draftCrumbs(d), draftAt(d.ID)
	}
	var err error
	if p.Groups, err = s.groupChoices(c, func(g council.WorkingGroup) bool { return agenda.MayProposePrinciples(c.Actor, g) }); err != nil {
		return err
	}
	return c.Page(status, p)
}

func (s *Server) draftTexts(c *Call) error {
	d, err := s.draftOf(c)
	if err != nil {
		return err
	}
	x := d.Content
	return s.draftTextsPage(c, http.StatusOK, agenda.Principles{}, d, c.NewForm(templates.DraftTextFields, d.Revision, draftTexts{"", x.Title, x.TitleEN, x.From, x.Note, x.NoteEN}))
}

func (s *Server) draftTextsByForm(c *Call) error {
	var in draftTexts
	d, form, err := s.draftSent(c, templates.DraftTextFields, &in)
	if err != nil {
		return err
	}
	return s.saveDraft(c, d, &form, in.put(d.Content), unchangedName, func() error {
		return s.draftTextsPage(c, http.StatusUnprocessableEntity, agenda.Principles{}, d, form)
	})
}

// ruleOf is the rule of the catalogue that the address names.
func ruleOf(c *Call) (agenda.Rule, error) {
	for _, r := range agenda.Catalogue() {
		if r.ID == c.Param("rule") {
			return r, nil
		}
	}
	return agenda.Rule{}, missing("principles", c.Param("rule"))
}

// ruleFields are the fields of a rule's form: whether it is in force, how
// binding, and every parameter.
func ruleFields(r agenda.Rule) []templates.Named {
	fields := []templates.Named{{Name: "on", Label: "page.draft.rule.on"}, {Name: "hard", Label: "page.draft.rule.hard"}}
	for _, p := range r.Params {
		fields = append(fields, templates.Named{Name: "param-" + p.Name, Label: "principles.param." + r.ID + "." + p.Name})
	}
	return fields
}

var hardnessNames = map[bool]string{true: "hard", false: "soft"}

func (s *Server) draftRule(c *Call) error {
	d, r, err := s.draftAndRule(c)
	if err != nil {
		return err
	}
	set, on := d.Content.Rule(r.ID)
	if !on {
		set.Hard = r.Hard
	}
	form := c.NewForm(ruleFields(r), d.Revision, nil)
	form.Values["hard"] = []string{hardnessNames[set.Hard]}
	if on {
		form.Values["on"] = []string{"on"}
	}
	for _, p := range r.Params {
		form.Values["param-"+p.Name] = []string{paramOf(r.ID, set, p.Name)}
	}
	return c.draftRulePage(http.StatusOK, d, r, form)
}

func (s *Server) draftAndRule(c *Call) (d agenda.PrinciplesDraft, r agenda.Rule, err error) {
	if d, err = s.draftOf(c); err != nil {
		return d, r, err
	}
	r, err = ruleOf(c)
	return d, r, err
}

func (c *Call) draftRulePage(status int, d agenda.PrinciplesDraft, r agenda.Rule, f templates.Form) error {
	set, _ := d.Content.Rule(r.ID)
	p := templates.DraftRule{Crumbs: c.draftCrumbs(d), Form: f, Rule: c.ruleRow(r, set), Back: draftAt(d.ID) + "#" + r.ID, Voiding: len(d.Agreements) > 0}
	for _, x := range r.Params {
		in := templates.ParamInput{Name: "param-" + x.Name, Hint: "page.draft.param." + string(x.Kind), Type: "text"}
		switch x.Kind {
		case agenda.Number: // its name says the rest
			in.Type, in.Hint = "number", ""
		case agenda.ClockTime:
			in.Type = "time"
		}
		for _, v := range x.Choices {
			in.Choices = append(in.Choices, templates.Choice{Value: v, Text: c.say("principles.value." + v)})
		}
		p.Inputs = append(p.Inputs, in)
	}
	return c.Page(status, p)
}

func (s *Server) draftRuleByForm(c *Call) error {
	d, r, err := s.draftAndRule(c)
	if err != nil {
		return err
	}
	var in struct {
		On   bool   `json:"on"`
		Hard string `json:"hard"`
	}
	form, err := c.Form(ruleFields(r), &in)
	if err != nil {
		return err
	}
	set := agenda.Setting{Rule: r.ID, Hard: in.Hard == hardnessNames[true], Params: map[string]string{}}
	for _, p := range r.Params {
		v := strings.TrimSpace(form.Value("param-" + p.Name))
		if p.Kind == agenda.Measures {
			v = strings.ReplaceAll(v, " ", "")
		}
		set.Params[p.Name] = v
	}
	content, at := withRule(d.Content, set, in.On)
	return s.saveDraft(c, d, &form, content, func(name string) string {
		return strings.Replace(name, "rules["+strconv.Itoa(at)+"].params.", "param-", 1)
	}, func() error { return c.draftRulePage(http.StatusUnprocessableEntity, d, r, form) })
}

// withRule is a set with one rule put otherwise, or left out, in the order of
// the catalogue; at is where it stands.
func withRule(p agenda.Principles, set agenda.Setting, on bool) (agenda.Principles, int) {
	rules := slices.DeleteFunc(slices.Clone(p.Rules), func(x agenda.Setting) bool { return x.Rule == set.Rule })
	place := map[string]int{}
	for i, id := range agenda.RuleIDs() {
		place[id] = i
	}
	at := slices.IndexFunc(rules, func(x agenda.Setting) bool { return place[x.Rule] > place[set.Rule] })
	if at < 0 {
		at = len(rules)
	}
	if on {
		rules = slices.Insert(rules, at, set)
	}
	p.Rules = rules
	return p, at
}

// agendaKinds are what a task of the plan can come on as.
var agendaKinds = []agenda.Kind{agenda.Decision, agenda.Review, agenda.Data, agenda.Discussion, agenda.Information}

func (s *Server) draftKinds(c *Call) error {
	d, err := s.draftOf(c)
	if err != nil {
		return err
	}
	return s.draftKindsPage(c, http.StatusOK, d, c.NewForm(nil, d.Revision, nil), d.Content.PlanKinds)
}

func (s *Server) draftKindsPage(c *Call, status int, d agenda.PrinciplesDraft, f templates.Form, kinds map[int]agenda.Kind) error {
	p := templates.DraftKinds{Crumbs: c.draftCrumbs(d), Form: f, Back: draftAt(d.ID), Voiding: len(d.Agreements) > 0}
	for _, k := range agendaKinds {
		p.Kinds = append(p.Kinds, templates.Choice{Value: string(k), Text: c.say("agenda.kind." + string(k))})
	}
	plan, err := s.planOrNone(c)
	if err != nil {
		return err
	}
	for _, m := range plan.Measures {
		p.Measures = append(p.Measures, templates.MeasureKind{Field: "kind-" + strconv.Itoa(m.Number), Text: c.measure(plan, m.Number), Kind: string(kinds[m.Number])})
	}
	return c.Page(status, p)
}

func (s *Server) draftKindsByForm(c *Call) error {
	d, form, err := s.draftSent(c, nil, nil)
	if err != nil {
		return err
	}
	content := d.Content
	content.PlanKinds = maps.Clone(d.Content.PlanKinds)
	if content.PlanKinds == nil {
		content.PlanKinds = map[int]agenda.Kind{}
	}
	for name := range form.Values {
		number, ok := strings.CutPrefix(name, "kind-")
		n, err := strconv.Atoi(number)
		if !ok || err != nil {
			continue
		}
		delete(content.PlanKinds, n)
		if k := form.Value(name); k != "" {
			content.PlanKinds[n] = agenda.Kind(k)
		}
	}
	return s.saveDraft(c, d, &form, content, unchangedName, func() error {
		return s.draftKindsPage(c, http.StatusUnprocessableEntity, d, form, content.PlanKinds)
	})
}

// watchedFields are the fields of so many watched documents.
func watchedFields(n int) (fields []templates.Named) {
	for i := range n {
		at := "watched-" + strconv.Itoa(i+1) + "-"
		fields = append(fields, templates.Named{Name: at + "title", Label: "page.principles.watched.title"}, templates.Named{Name: at + "titleEn", Label: "page.draft.watched.title-en"},
			templates.Named{Name: at + "task", Label: "page.principles.watched.task"}, templates.Named{Name: at + "months", Label: "page.principles.watched.months"})
	}
	return fields
}

// moreWatched is how many empty lines stand behind the documents there are.
const moreWatched = 2

func (s *Server) draftWatched(c *Call) error {
	d, err := s.draftOf(c)
	if err != nil {
		return err
	}
	form := c.NewForm(watchedFields(len(d.Content.Watched)+moreWatched), d.Revision, nil)
	for i, w := range d.Content.Watched {
		at := "watched-" + strconv.Itoa(i+1) + "-"
		form.Values[at+"title"], form.Values[at+"titleEn"] = []string{w.Title}, []string{w.TitleEN}
		form.Values[at+"task"] = []string{strconv.Itoa(w.Measure) + "." + strconv.Itoa(w.Task)}
		if w.Months > 0 {
			form.Values[at+"months"] = []string{strconv.Itoa(w.Months)}
		}
	}
	return c.draftWatchedPage(http.StatusOK, d, form)
}

func (c *Call) draftWatchedPage(status int, d agenda.PrinciplesDraft, f templates.Form) error {
	p := templates.DraftWatched{Crumbs: c.draftCrumbs(d), Form: f, Back: draftAt(d.ID), Voiding: len(d.Agreements) > 0}
	for i := range len(f.Fields) / 4 {
		p.Lines = append(p.Lines, i+1)
	}
	return c.Page(status, p)
}
