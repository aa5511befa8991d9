package web

import (
	"net/http"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/templates"
)

// addEntered is what the form of an added item sends.
type addEntered struct {
	Title         string       `json:"title"`
	Kind          agenda.Kind  `json:"kind"`
	Presenters    string       `json:"presenters"`
	Minutes       string       `json:"minutes"`
	Tasks         string       `json:"tasks"`
	OutsidePlan   string       `json:"outsidePlan"`
	Initiator     council.Side `json:"initiator"`
	DraftDecision string       `json:"draftDecision"`
	During        int          `json:"during"`
	voteEntered
}

// addedKinds are what an item that a session adds may be.
var addedKinds = []agenda.Kind{agenda.Decision, agenda.Review, agenda.Data, agenda.Discussion, agenda.Information}

func (s *Server) addItemPage(c *Call) error {
	r, err := s.recording(c)
	if err != nil {
		return err
	}
	in := addEntered{During: len(r.Agenda.Items)}
	if i := r.Current(); i >= 0 {
		in.During = r.Agenda.Items[i].Number
	}
	return c.Page(http.StatusOK, c.adding(&r, c.NewForm(templates.LiveAddFields, 0, in), in.During))
}

func (c *Call) adding(r *minutes.Record, f templates.Form, during int) templates.LiveAdd {
	p := templates.LiveAdd{Crumbs: c.recordCrumbs(r.Session), Form: f, Session: r.Session, Sides: words(c, "side.", sides), Kinds: words(c, "agenda.kind.", addedKinds)}
	for _, it := range r.Agenda.Items {
		p.During = append(p.During, templates.Choice{Value: strconv.Itoa(it.Number), Text: strconv.Itoa(it.Number) + ". " + it.TitleIn(c.Lang)})
	}
	p.Present, _, _ = r.Voters().Quorum(during)
	return p
}

func (s *Server) addItemByForm(c *Call) error {
	r, err := s.recording(c)
	if err != nil {
		return err
	}
	var in addEntered
	form, err := c.Form(templates.LiveAddFields, &in)
	if err != nil {
		return err
	}
	var x minutes.Added
	if len(form.Faults) == 0 {
		x, err = c.addItem(&r, &in)
		err = renamed(err, func(name string) string {
			name, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimPrefix(name, "item."), "vote."), "[")
			return name
		})
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.adding(&r, form, in.During))
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(r.Session.ID, "record", "items", x.ID), "done.live.added", "n", strconv.Itoa(x.Number))
}

func (c *Call) addItem(r *minutes.Record, in *addEntered) (minutes.Added, error) {
	present, _, _ := r.Voters().Quorum(in.During)
	vote, err := in.voteEntered.vote(present)
	if err != nil {
		return minutes.Added{}, err
	}
	long, err := minutesEntered("minutes", in.Minutes)
	if err != nil {
		return minutes.Added{}, err
	}
	p, err := c.server.Office.PlanInForce(c.Ctx, r.Session.Date)
	if err != nil {
		return minutes.Added{}, err
	}
	tasks, err := tasksEntered(in.Tasks, p.Revision)
	if err != nil {
		return minutes.Added{}, err
	}
	m := agenda.Matter{Kind: in.Kind, Title: in.Title, Tasks: tasks, OutsidePlan: in.OutsidePlan, Initiator: in.Initiator,
		Presenters: textLines(in.Presenters), Minutes: long, DraftDecision: in.DraftDecision}
	return c.server.Office.AddItem(c.Ctx, c.by(), r.Session.ID, m, vote, in.During)
}
