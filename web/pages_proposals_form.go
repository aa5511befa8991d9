package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/plan"
	"padome/templates"
)

// proposalEntered is what the form of a proposal sends. Lists are texts, an
// entry a line; a duration is as people write it.
type proposalEntered struct {
	Title         string       `json:"title"`
	Kind          agenda.Kind  `json:"kind"`
	Ground        string       `json:"ground"`
	Wanted        string       `json:"wanted"`
	Initiator     council.Side `json:"initiator"`
	InitiatedBy   string       `json:"initiatedBy"`
	Received      council.Date `json:"received"`
	Joint         bool         `json:"joint"`
	Tasks         []string     `json:"tasks"` // as plan.Ref.Key writes them
	OutsidePlan   string       `json:"outsidePlan"`
	Presenters    string       `json:"presenters"`
	OutsideRiga   bool         `json:"outsideRiga"`
	Invited       string       `json:"invited"`
	Minutes       string       `json:"minutes"`
	DraftDecision string       `json:"draftDecision"`
	Addressees    string       `json:"addressees"`
	Wish          council.Date `json:"wish"`
	Deadline      council.Date `json:"deadline"`
}

var sides = []council.Side{council.State, council.NGO, council.Joint}

func enteredOf(x *agenda.Candidate) proposalEntered {
	e := proposalEntered{Title: x.Title, Kind: x.Kind, Ground: x.Ground, Wanted: x.Wanted, Initiator: x.Initiator, InitiatedBy: x.InitiatedBy,
		Joint: x.Initiator == council.Joint, OutsidePlan: x.OutsidePlan, Presenters: strings.Join(x.Presenters, "\n"), OutsideRiga: x.OutsideRiga,
		Invited: strings.Join(x.Invited, "\n"), Minutes: minutesText(x.Minutes), DraftDecision: x.DraftDecision,
		Addressees: strings.Join(x.Addressees, "\n"), Wish: x.Wish, Deadline: x.Deadline}
	for _, r := range x.Tasks {
		e.Tasks = append(e.Tasks, r.Key())
	}
	return e
}

// candidate is what was entered, for the office to take or refuse.
func (e *proposalEntered) candidate() (agenda.Candidate, error) {
	minutes, err := minutesEntered("minutes", e.Minutes)
	x := agenda.Candidate{Ground: e.Ground, Wanted: e.Wanted, Wish: e.Wish, Deadline: e.Deadline, Matter: agenda.Matter{
		Kind: e.Kind, Title: e.Title, OutsidePlan: e.OutsidePlan, Initiator: e.Initiator, InitiatedBy: e.InitiatedBy,
		Presenters: textLines(e.Presenters), OutsideRiga: e.OutsideRiga, Invited: textLines(e.Invited), Minutes: minutes,
		DraftDecision: e.DraftDecision, Addressees: textLines(e.Addressees)}}
	if e.Joint {
		x.Initiator = council.Joint
	}
	for _, key := range e.Tasks {
		var r plan.Ref
		if _, err := fmt.Sscanf(key, "%d/%d.%d", &r.Revision, &r.Measure, &r.Task); err != nil {
			r = plan.Ref{} // which no plan has, as the office says
		}
		x.Tasks = append(x.Tasks, r)
	}
	return x, err
}

func (s *Server) newProposal(c *Call) error {
	p, err := c.proposalForm(c.NewForm(templates.ProposalFields, 0, proposalEntered{Received: c.Today()}), nil)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// proposalForm is the page of the form, of a new proposal or of one that is
// changed.
func (c *Call) proposalForm(f templates.Form, of *agenda.Proposal) (templates.ProposalForm, error) {
	p := templates.ProposalForm{Crumbs: c.proposalCrumbs(of), Form: f, Title: c.say("page.proposals.new"), New: of == nil,
		OnBehalf: agenda.MayCheckProposals(c.Actor), Kinds: words(c, "agenda.kind.", agenda.Kinds()), Sides: words(c, "side.", sides)}
	if of != nil {
		p.Title = c.say("page.proposal.change.title")
	}
	newest, err := c.server.Office.Plan(c.Ctx, 0)
	if err != nil && problem.KindOf(err) != problem.NotFound {
		return p, err
	}
	p.Measures = planTasks(c, &newest, f.Values["tasks"])
	coming, err := c.server.Office.Deadlines(c.Ctx)
	for i, x := range coming {
		if p.New && i < 2 {
			p.Due = append(p.Due, agenda.Sentences(c.Lang, x.Said))
		}
		p.Sessions = append(p.Sessions, templates.Choice{Value: string(x.Date), Text: c.say("page.proposal.wish.session", "date", string(x.Date))})
	}
	if wish := f.Value("wish"); wish != "" && !slices.ContainsFunc(p.Sessions, func(o templates.Choice) bool { return o.Value == wish }) {
		p.Sessions = append(p.Sessions, templates.Choice{Value: wish, Text: c.say("page.proposal.wish.day", "date", wish)})
	}
	return p, err
}

// planTasks are the measures of a plan with their tasks that are not retired;
// those with a ticked one stand open.
func planTasks(c *Call, p *plan.Plan, ticked []string) (all []templates.PlanTasks) {
	for _, m := range p.Measures {
		x := templates.PlanTasks{Title: c.say("page.measure", "number", strconv.Itoa(m.Number), "text", m.Text)}
		for _, t := range m.Tasks {
			if t.Retired {
				continue
			}
			r := plan.Ref{Revision: p.Revision, Measure: m.Number, Task: t.Number}
			x.Tasks = append(x.Tasks, templates.Choice{Value: r.Key(), Text: r.Label() + " " + t.Text})
			x.Open = x.Open || slices.Contains(ticked, r.Key())
		}
		if len(x.Tasks) > 0 {
			all = append(all, x)
		}
	}
	return all
}

// measureChoices are the measures of the newest plan.
func (c *Call) measureChoices() (all []templates.Choice, err error) {
	p, err := c.server.Office.Plan(c.Ctx, 0)
	if err != nil && problem.KindOf(err) != problem.NotFound {
		return nil, err
	}
	for _, m := range p.Measures {
		n := strconv.Itoa(m.Number)
		all = append(all, templates.Choice{Value: n, Text: clip(c.say("page.measure", "number", n, "text", m.Text))})
	}
	return all, nil
}

// proposeByForm hands in what somebody proposes. What the secretariat enters
// came from somebody else, on a day that it says.
func (s *Server) proposeByForm(c *Call) error {
	var in proposalEntered
	form, err := c.Form(templates.ProposalFields, &in)
	if err != nil {
		return err
	}
	var p agenda.Proposal
	x, err := in.candidate()
	switch {
	case err != nil || len(form.Faults) > 0:
	case agenda.MayCheckProposals(c.Actor):
		p, err = s.Office.ProposeFor(c.Ctx, c.by(), x, in.Received)
	default:
		p, err = s.Office.Propose(c.Ctx, c.by(), x)
	}
	if wrong, err := c.Wrong(&form, withoutPlaces(err)); wrong {
		return c.proposalAgain(form, nil)
	} else if err != nil {
		return err
	}
	return c.Done(proposalAt(p.ID), "done.proposal.submitted", "title", p.Title)
}

func (c *Call) proposalAgain(f templates.Form, of *agenda.Proposal) error {
	p, err := c.proposalForm(f, of)
	if err != nil {
		return err
	}
	return c.FormPage(p)
}

// changeable is the proposal of the path, for somebody who may change it now.
func (s *Server) changeable(c *Call) (agenda.Proposal, error) {
	p, err := s.Office.Proposal(c.Ctx, c.Actor, c.Param("id"))
	if err == nil {
		err = p.Changeable(c.Actor)
	}
	return p, err
}

func (s *Server) changedProposal(c *Call) error {
	p, err := s.changeable(c)
	if err != nil {
		return err
	}
	page, err := c.proposalForm(c.NewForm(templates.ProposalFields, p.Revision, enteredOf(&p.Candidate)), &p)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, page)
}

func (s *Server) changeProposalByForm(c *Call) error {
	p, err := s.changeable(c)
	if err != nil {
		return err
	}
	var in proposalEntered
	form, err := c.Form(templates.ProposalFields, &in)
	if err != nil {
		return err
	}
	x, err := in.candidate()
	if err == nil && len(form.Faults) == 0 {
		_, err = s.Office.ChangeProposal(c.Ctx, c.by(), p.ID, form.Revision, x)
	}
	if wrong, err := c.Wrong(&form, withoutPlaces(err)); wrong {
		return c.proposalAgain(form, &p)
	} else if err != nil {
		return err
	}
	return c.Done(proposalAt(p.ID), "done.proposal.changed", "title", x.Title)
}

// words are values that have names in an area of the catalogue, such as "side.",
// to choose from.
func words[T ~string](c *Call, area string, values []T) []templates.Choice {
	all := make([]templates.Choice, len(values))
	for i, v := range values {
		all[i] = templates.Choice{Value: string(v), Text: c.say(area + string(v))}
	}
	return all
}

// withoutPlaces is an error whose fields of lists are named by their list: a form
// has one field for all of "presenters[2]".
func withoutPlaces(err error) error {
	return renamed(err, func(name string) string {
		name, _, _ = strings.Cut(name, "[")
		return name
	})
}

// renamed is an error whose fields have the names that they have in a form.
func renamed(err error, name func(string) string) error {
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		return err
	}
	x := *e
	x.Fields = slices.Clone(e.Fields)
	for i := range x.Fields {
		x.Fields[i].Name = name(x.Fields[i].Name)
	}
	return &x
}
