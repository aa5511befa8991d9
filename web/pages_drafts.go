package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).draftPages}) }

// draftPages are those of proposed principles. Who may see and change them only
// the office can tell: to others they are not there.
func (s *Server) draftPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/principles/drafts/new", LoggedIn, noBody, s.newDraftPage},
		{"POST", "/principles/drafts/new", LoggedIn, formDoc, s.proposePrinciplesByForm},
		{"GET", "/principles/drafts/:id", LoggedIn, noBody, s.draftPage},
		{"POST", "/principles/drafts/:id", LoggedIn, formDoc, s.remarkByForm},
		{"GET", "/principles/drafts/:id/texts", LoggedIn, noBody, s.draftTexts},
		{"POST", "/principles/drafts/:id/texts", LoggedIn, formDoc, s.draftTextsByForm},
		{"GET", "/principles/drafts/:id/rules/:rule", LoggedIn, noBody, s.draftRule},
		{"POST", "/principles/drafts/:id/rules/:rule", LoggedIn, formDoc, s.draftRuleByForm},
		{"GET", "/principles/drafts/:id/kinds", LoggedIn, noBody, s.draftKinds},
		{"POST", "/principles/drafts/:id/kinds", LoggedIn, formDoc, s.draftKindsByForm},
		{"GET", "/principles/drafts/:id/watched", LoggedIn, noBody, s.draftWatched},
		{"POST", "/principles/drafts/:id/watched", LoggedIn, formDoc, s.draftWatchedByForm},
		{"GET", "/principles/drafts/:id/groups", preparers, noBody, s.draftGroups},
		{"POST", "/principles/drafts/:id/groups", preparers, formDoc, s.draftGroupsByForm},
		{"GET", "/principles/drafts/:id/agreements/:group", preparers, noBody, s.draftAgreement},
		{"POST", "/principles/drafts/:id/agreements/:group", preparers, formDoc, s.agreeByForm},
		{"POST", "/principles/drafts/:id/agreements/:group/take-back", preparers, smallDoc, s.takeBackByForm},
		{"GET", "/principles/drafts/:id/adopt", preparers, noBody, s.endDraft("adopt")},
		{"POST", "/principles/drafts/:id/adopt", preparers, smallDoc, s.adoptByForm},
		{"GET", "/principles/drafts/:id/reject", preparers, noBody, s.endDraft("reject")},
		{"POST", "/principles/drafts/:id/reject", preparers, formDoc, s.endDraftByForm("reject")},
		{"GET", "/principles/drafts/:id/withdraw", LoggedIn, noBody, s.endDraft("withdraw")},
		{"POST", "/principles/drafts/:id/withdraw", LoggedIn, formDoc, s.endDraftByForm("withdraw")},
	}
}

// draftAt is the path of a proposed set's page, or of one below it.
func draftAt(id string, below ...string) string {
	path := principlesAt + "/drafts/" + url.PathEscape(id)
	for _, p := range below {
		path += "/" + url.PathEscape(p)
	}
	return path
}

func (s *Server) draftOf(c *Call) (agenda.PrinciplesDraft, error) {
	return s.Office.PrinciplesDraft(c.Ctx, c.Actor, c.Param("id"))
}

// draftSent is the proposed set of the address with a form that was sent for it.
func (s *Server) draftSent(c *Call, fields []templates.Named, in any) (d agenda.PrinciplesDraft, f templates.Form, err error) {
	if d, err = s.draftOf(c); err == nil {
		f, err = c.Form(fields, in)
	}
	return d, f, err
}

func (c *Call) draftTitle(d agenda.PrinciplesDraft) string {
	return c.inLang(d.Content.Title, d.Content.TitleEN)
}

func (c *Call) draftCrumbs(d agenda.PrinciplesDraft) templates.Crumbs {
	return append(c.principlesCrumbs(), templates.Link{Text: c.draftTitle(d), Href: draftAt(d.ID)})
}

var draftColours = map[agenda.PrinciplesState]string{
	agenda.PrinciplesProposed: "blue", agenda.PrinciplesAdopted: "green", agenda.PrinciplesRejected: "red", agenda.PrinciplesWithdrawn: "grey",
}

func (c *Call) draftTag(d agenda.PrinciplesDraft) templates.Tag {
	return templates.Tag{Text: c.say("principles.state." + string(d.State)), Colour: draftColours[d.State]}
}

// groupNames are the working groups by id, as documents name them.
func (s *Server) groupNames(c *Call) (map[string]string, []council.WorkingGroup, error) {
	all, err := s.Office.Groups(c.Ctx)
	names := map[string]string{}
	for _, g := range all {
		names[g.ID] = upper(c.inLang(g.Name, g.NameEN))
	}
	return names, all, err
}

func (s *Server) draftPage(c *Call) error {
	d, err := s.draftOf(c)
	if err != nil {
		return err
	}
	return s.showDraftPage(c, http.StatusOK, d, c.NewForm(templates.DraftRemarkFields, d.Revision, nil))
}

func (s *Server) showDraftPage(c *Call, status int, d agenda.PrinciplesDraft, f templates.Form) error {
	names, groups, err := s.groupNames(c)
	if err != nil {
		return err
	}
	p := templates.DraftPage{Crumbs: c.principlesCrumbs(), Form: f, Title: c.draftTitle(d), Path: draftAt(d.ID), State: c.draftTag(d), Based: d.BasedOn,
		History: c.historyOf("principles-draft", d.ID), Open: d.State == agenda.PrinciplesProposed,
		Ready: len(d.Missing()) == 0, PrinciplesContent: c.principlesContent(d.Content)}
	if d.BasedOn > 0 {
		p.Past = compareAt(strconv.Itoa(d.BasedOn), d.ID) + "&past=1"
	}
	p.Keep = p.Open && c.Actor.Holds(council.Secretariat)
	i := slices.IndexFunc(groups, func(g council.WorkingGroup) bool { return g.ID == d.Group })
	p.Edit = p.Open && i >= 0 && agenda.MayProposePrinciples(c.Actor, groups[i])
	p.Rows = c.draftRows(d, names)
	for _, id := range d.Required {
		p.Groups = append(p.Groups, c.draftGroup(d, id, names[id], p.Keep))
	}
	for _, r := range slices.Backward(d.Remarks) {
		what := c.say("page.draft.remark.of", "edition", strconv.Itoa(r.Edition))
		if r.Rule != "" {
			what = c.say("page.draft.remark.of.rule", "edition", strconv.Itoa(r.Edition), "rule", r.Rule)
		}
		p.Remarks = append(p.Remarks, templates.Event{At: r.At, Who: r.Name, What: what, Note: r.Text})
	}
	p.Rules = c.draftRules(d, p.Edit)
	for _, id := range agenda.RuleIDs() {
		p.RuleIDs = append(p.RuleIDs, templates.Choice{Value: id, Text: id})
	}
	if p.Changes, err = s.draftChanges(c, d); err != nil {
		return err
	}
	return c.Page(status, p)
}

// draftChanges is what a proposed set has otherwise than the version it is based
// on, in sentences.
func (s *Server) draftChanges(c *Call, d agenda.PrinciplesDraft) (texts []string, err error) {
	all, err := s.Office.Principles(c.Ctx)
	for _, p := range all {
		if p.Version != d.BasedOn {
			continue
		}
		for _, x := range agenda.DiffPrinciples(p, d.Content) {
			texts = append(texts, c.change(x))
		}
	}
	return texts, err
}

func (c *Call) draftRows(d agenda.PrinciplesDraft, names map[string]string) []templates.Row {
	rows := []templates.Row{{Name: c.say("page.draft.group"), Value: names[d.Group]},
		{Name: c.say("page.principles.from"), Value: c.say("page.date", "date", string(d.Content.From))},
		{Name: c.say("page.draft.edition"), Value: strconv.Itoa(d.Edition)},
		{Name: c.say("page.draft.by"), Value: d.Name}}
	if e := d.Ended; e != nil {
		rows = append(rows, templates.Row{Name: c.say("page.draft.reason"), Value: e.Reason + "\n" + e.Name})
	}
	if note := c.inLang(d.Content.Note, d.Content.NoteEN); note != "" {
		rows = append(rows, templates.Row{Name: c.say("page.principles.note"), Value: note})
	}
	return rows
}

func (c *Call) draftGroup(d agenda.PrinciplesDraft, id, name string, keep bool) templates.DraftGroup {
	g := templates.DraftGroup{Name: name, Agreed: c.agreementOf(d, id)}
	if keep {
		g.Href = draftAt(d.ID, "agreements", id)
	}
	return g
}

// agreementOf is a group's agreement to the present edition in words; "" while
// there is none.
func (c *Call) agreementOf(d agenda.PrinciplesDraft, group string) string {
	for _, a := range d.Agreements {
		if a.Group == group && a.Edition == d.Edition {
			return c.say("page.draft.agreed.on", "on", string(a.On), "reference", a.Reference, "name", a.Name)
		}
	}
	return ""
}

// draftRules are all rules of the catalogue, those that the set leaves out too.
func (c *Call) draftRules(d agenda.PrinciplesDraft, edit bool) (rows []templates.RuleRow) {
	for _, r := range agenda.Catalogue() {
		set, ok := d.Content.Rule(r.ID)
		row := c.ruleRow(r, set)
		row.Off = !ok
		if edit {
			row.Change = draftAt(d.ID, "rules", r.ID)
		}
		if ok || edit {
			rows = append(rows, row)
		}
	}
	return rows
}

func (s *Server) remarkByForm(c *Call) error {
	var in remarkRequest
	d, form, err := s.draftSent(c, templates.DraftRemarkFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.RemarkOnPrinciples(c.Ctx, c.by(), d.ID, form.Revision, in.Rule, in.Text)
	if wrong, err := c.Wrong(&form, err); wrong {
		return s.showDraftPage(c, http.StatusUnprocessableEntity, d, form)
	} else if err != nil {
		return err
	}
	return c.Done(draftAt(d.ID), "done.draft.remark")
}

// newDraftPage proposes a new version, starting from one there is.
func (s *Server) newDraftPage(c *Call) error {
	from, err := s.draftStart(c)
	if err != nil {
		return err
	}
	return s.draftTextsPage(c, http.StatusOK, from, agenda.PrinciplesDraft{}, c.NewForm(templates.DraftTextFields, 0, draftTexts{
		Title: from.Title, TitleEN: from.TitleEN, Note: from.Note, NoteEN: from.NoteEN}))
}

// draftStart is what a new set starts from: the version that the address names,
// else the newest; the whole catalogue while there is none.
func (s *Server) draftStart(c *Call) (agenda.Principles, error) {
	if may, err := s.mayPropose(c); err != nil {
		return agenda.Principles{}, err
	} else if !may && !preparer(c.Actor) {
		return agenda.Principles{}, problem.New(problem.Forbidden, "problem.principles.propose")
	}
	all, err := s.Office.Principles(c.Ctx)
	if err != nil {
		return agenda.Principles{}, err
	}
	if len(all) == 0 {
		whole := agenda.WholeCatalogue()
		whole.Version = 0
		return whole, nil
	}
	n, err := c.number("from", len(all), 0, 100000)
	if err != nil {
		return agenda.Principles{}, err
	}
	i := slices.IndexFunc(all, func(p agenda.Principles) bool { return p.Version == n })
	if i < 0 {
		return agenda.Principles{}, missing("principles", strconv.Itoa(n))
	}
	return all[i], nil
}

func (s *Server) proposePrinciplesByForm(c *Call) error {
	from, err := s.draftStart(c)
	if err != nil {
		return err
	}
	var in draftTexts
	form, err := c.Form(templates.DraftTextFields, &in)
	if err != nil {
		return err
	}
	d, err := s.Office.ProposePrinciples(c.Ctx, c.by(), in.Group, in.put(from))
	if wrong, err := c.Wrong(&form, err); wrong {
		return s.draftTextsPage(c, http.StatusUnprocessableEntity, from, agenda.PrinciplesDraft{}, form)
	} else if err != nil {
		return err
	}
	return c.Done(draftAt(d.ID), "done.draft.proposed")
}

// groupChoices are the working groups in force that the reader may propose for.
func (s *Server) groupChoices(c *Call, may func(council.WorkingGroup) bool) (choices []templates.Choice, err error) {
	names, all, err := s.groupNames(c)
	for _, g := range all {
		if g.InForce(c.Today()) && may(g) {
			choices = append(choices, templates.Choice{Value: g.ID, Text: names[g.ID]})
		}
	}
	return choices, err
}

// saveDraft changes what a proposed set says and goes back to its page; wrong
// shows the form again, with the names of the faults as on the page.
func (s *Server) saveDraft(c *Call, d agenda.PrinciplesDraft, form *templates.Form, content agenda.Principles,
	rename func(string) string, again func() error) error {
	var err error
	if len(form.Faults) == 0 {
		_, err = s.Office.EditPrinciplesDraft(c.Ctx, c.by(), d.ID, form.Revision, content)
	}
	if e, ok := asProblem(err); ok && e.Kind == problem.Invalid {
		for i := range e.Fields {
			e.Fields[i].Name = rename(e.Fields[i].Name)
		}
	}
	if wrong, err := c.Wrong(form, err); wrong {
		return again()
	} else if err != nil {
		return err
	}
	return c.Done(draftAt(d.ID), "done.draft.saved")
}
