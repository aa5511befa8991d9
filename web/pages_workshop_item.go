package web

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/templates"
)

// What the three forms of an item's page send. Lists are texts, an entry a line.
type (
	itemSays struct {
		Title         string `json:"title"`
		Presenters    string `json:"presenters"`
		Invited       string `json:"invited"`
		DraftDecision string `json:"draftDecision"`
		Addressees    string `json:"addressees"`
		OutsideRiga   bool   `json:"outsideRiga"`
	}
	itemAllotted struct {
		Kind    agenda.Kind `json:"kind"`
		Minutes string      `json:"minutes"`
		Reason  string      `json:"reason"`
	}
	itemPlaced struct {
		Section string        `json:"section"`
		Break   string        `json:"break"`
		At      council.Clock `json:"at"`
	}
)

// textLines are the entries of a text, one a line.
func textLines(s string) []string {
	var all []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// minutesEntered reads a duration as people write it; 0 for none.
func minutesEntered(field, s string) (int, error) {
	if strings.TrimSpace(s) == "" {
		return 0, nil
	}
	n, ok := council.ParseMinutes(s)
	if ok {
		return n, nil
	}
	var l problem.List
	l.Add(field, "problem.form.duration", "value", clip(s))
	return 0, l.Err()
}

// asEntered is an error that says of a field what was entered, not what was made
// of it.
func asEntered(err error, field, entered string) error {
	e, ok := asProblem(err)
	if !ok {
		return err
	}
	x := *e
	x.Fields = slices.Clone(e.Fields)
	for i, f := range x.Fields {
		if f.Name == field {
			x.Fields[i].Args = maps.Clone(f.Args)
			x.Fields[i].Args["value"] = clip(entered)
		}
	}
	return &x
}

// item is the item of the path with its session and agenda.
func (s *Server) item(c *Call) (council.Session, agenda.Agenda, *agenda.Item, error) {
	b, err := s.bench(c)
	x, a := b.x, b.a
	if err != nil {
		return x, a, nil, err
	}
	it, ok := a.Draft.Item(c.Param("item"))
	if !ok {
		return x, a, nil, problem.New(problem.NotFound, "problem.agenda.unknown-item", "value", clip(c.Param("item")))
	}
	return x, a, it, nil
}

func (s *Server) itemPage(c *Call) error {
	x, a, it, err := s.item(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.itemForms(x, a, it))
}

// itemForms is the page of an item with its forms as the item is now.
func (c *Call) itemForms(x council.Session, a agenda.Agenda, it *agenda.Item) templates.ItemForm {
	p := templates.ItemForm{Crumbs: c.agendaCrumbs(x), Title: it.TitleIn(c.Lang), Standing: it.Source == agenda.Standing}
	p.Says = c.NewForm(templates.ItemSaysFields, a.Revision, itemSays{it.Title, strings.Join(it.Presenters, "\n"),
		strings.Join(it.Invited, "\n"), it.DraftDecision, strings.Join(it.Addressees, "\n"), it.OutsideRiga})
	p.Allotted = c.NewForm(templates.ItemAllottedFields, a.Revision, itemAllotted{Kind: it.Kind, Minutes: minutesText(it.Minutes)})
	p.Placed = c.NewForm(templates.ItemPlacedFields, a.Revision, itemPlaced{it.Section, minutesText(it.Break), it.At})
	p.Says.ID, p.Allotted.ID, p.Placed.ID = "says-", "allotted-", "placed-"
	kinds := agenda.Kinds()
	if p.Standing {
		kinds = []agenda.Kind{it.Kind}
	}
	for _, k := range kinds {
		p.Kinds = append(p.Kinds, templates.Choice{Value: string(k), Text: c.say("agenda.kind." + string(k))})
	}
	p.Documents, p.Attach = c.documents(it.Documents), sessionAt(x.ID, "agenda", "items", it.ID, "documents")
	if it.Source == agenda.FromProposal {
		p.Attach = proposalAt(it.ID, "documents")
	}
	return p
}

// itemByForm takes whichever of the page's forms was sent.
func (s *Server) itemByForm(c *Call) error {
	x, a, it, err := s.item(c)
	if err != nil {
		return err
	}
	page := c.itemForms(x, a, it)
	form, err := c.itemPart(x.ID, it, &page)
	if wrong, err := c.Wrong(form, err); wrong {
		return c.FormPage(page)
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(x.ID, "agenda"), "done.workshop.item", "title", it.TitleIn(c.Lang))
}

// itemPart reads the form that was sent into its place on the page, and does
// what it asks for.
func (c *Call) itemPart(session string, it *agenda.Item, p *templates.ItemForm) (*templates.Form, error) {
	var says itemSays
	form, err := c.Form(templates.ItemSaysFields, &says)
	if err != nil {
		return &p.Says, err
	}
	office := c.server.Office
	again := func(id string, fields []templates.Named) templates.Form {
		f := form
		f.ID, f.Fields, f.Faults = id, fields, nil
		return f
	}
	switch form.Value("part") {
	case "allotted":
		p.Allotted = again("allotted-", templates.ItemAllottedFields)
		minutes, err := minutesEntered("minutes", form.Value("minutes"))
		if err == nil {
			_, err = office.AllotItem(c.Ctx, c.by(), session, form.Revision, it.ID, agenda.Kind(form.Value("kind")), minutes, form.Value("reason"))
		}
		return &p.Allotted, asEntered(err, "minutes", form.Value("minutes"))
	case "placed":
		p.Placed = again("placed-", templates.ItemPlacedFields)
		pause, err := minutesEntered("break", form.Value("break"))
		if err == nil {
			_, err = office.PlaceItem(c.Ctx, c.by(), session, form.Revision, it.ID,
				agenda.Placement{Section: form.Value("section"), Break: pause, At: clockEntered(council.Clock(form.Value("at")))})
		}
		return &p.Placed, asEntered(asEntered(err, "break", form.Value("break")), "at", form.Value("at"))
	}
	p.Says = again("says-", templates.ItemSaysFields)
	_, err = office.EditItem(c.Ctx, c.by(), session, form.Revision, it.ID, agenda.Matter{Title: says.Title,
		Presenters: textLines(says.Presenters), Invited: textLines(says.Invited), DraftDecision: says.DraftDecision,
		Addressees: textLines(says.Addressees), OutsideRiga: says.OutsideRiga})
	return &p.Says, err
}

// minutesText is a duration as forms show it; nothing for none.
func minutesText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
