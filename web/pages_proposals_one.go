package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/office"
	"padome/templates"
)

func (s *Server) proposalPage(c *Call) error {
	t, err := s.Office.TrackedProposal(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	p, err := s.proposalShown(c, &t)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// proposalShown is the page of a proposal, its forms not filled in.
func (s *Server) proposalShown(c *Call, t *office.Tracked) (templates.ProposalPage, error) {
	w := t.Whereabouts
	p := templates.ProposalPage{Crumbs: c.proposalCrumbs(nil), Title: t.Title, State: c.whereTag(w.Where), Path: proposalAt(t.ID), Revision: t.Revision,
		Rows: c.proposalContent(&t.Proposal), Documents: c.documents(t.Documents), Events: c.proposalEvents(&t.Proposal),
		Mark: c.NewForm(nil, t.Revision, nil)}
	for _, r := range w.Said {
		p.Said = append(p.Said, r.Text(c.Lang))
	}
	if w.Session != "" && w.Date != "" {
		p.Session = templates.Action{Text: c.say("page.proposal.session.see", "date", string(w.Date)), Href: sessionAt(w.Session)}
	}
	for _, d := range t.Decisions {
		p.Decisions = append(p.Decisions, templates.Task{Title: d.Number() + " " + d.Wording, Href: decisionAt(d.ID), State: c.decisionTag(d.Status)})
	}
	p.Ask, p.Answer = c.NewForm(templates.ProposalAskFields, t.Revision, nil), c.NewForm(templates.ProposalAnswerFields, t.Revision, nil)
	p.Ask.ID, p.Answer.ID = "ask-", "answer-"
	if t.State == agenda.Questioned {
		p.Question = t.Questions[len(t.Questions)-1].Text
	}
	var err error
	p.May, err = s.proposalRights(c, t)
	return p, err
}

// proposalRights tries on a copy what the reader may do: the domain knows.
func (s *Server) proposalRights(c *Call, t *office.Tracked) (r templates.ProposalRights, err error) {
	if !t.State.Open() {
		return r, nil
	}
	a, p := c.Actor, t.Proposal
	checks := agenda.MayCheckProposals(a)
	r.Change = p.MayChange(a)
	r.Ask, r.Ready = checks && p.State != agenda.Questioned, checks && p.State == agenda.Waiting
	r.Answer = r.Change && p.State == agenda.Questioned
	if p.Joint != nil {
		p.Joint = new(*t.Joint)
	}
	r.Confirm = p.Confirm(a, c.Now) == nil
	r.Urgent = t.Whereabouts.Where != agenda.IsOnAgenda && p.MarkUrgent(a, c.Now) == nil
	r.Waive = p.Kind == agenda.Decision && p.Opinion == nil && p.Waive(a, c.Now) == nil
	groups, err := c.groupsToSpeakFor()
	if err != nil {
		return r, err
	}
	r.Opinion = len(groups) > 0
	if agenda.MaySettle(a) {
		carried, err := s.Office.Carried(c.Ctx, a)
		if err != nil {
			return r, err
		}
		if slices.ContainsFunc(carried, func(x agenda.Candidate) bool { return x.ID == t.ID }) {
			r.Settle = settleAt(t.ID)
		}
	}
	return r, nil
}

// groupsToSpeakFor are the working groups whose opinion the reader may record:
// the secretariat of all, others of those they lead.
func (c *Call) groupsToSpeakFor() ([]council.WorkingGroup, error) {
	all, err := c.server.Office.Groups(c.Ctx)
	return slices.DeleteFunc(slices.Clone(all), func(g council.WorkingGroup) bool {
		return !agenda.MayPrepare(c.Actor) && g.Lead != c.Actor.Person
	}), err
}

// proposalContent is what a proposal says, without what it leaves unsaid.
func (c *Call) proposalContent(p *agenda.Proposal) (rows []templates.Row) {
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, templates.Row{Name: c.say(key), Value: value})
		}
	}
	add("page.proposal.kind", c.say("agenda.kind."+string(p.Kind)))
	add("page.proposal.ground", p.Ground)
	add("page.proposal.wanted", p.Wanted)
	if p.Initiator != "" {
		add("page.proposal.initiator", c.say("side."+string(p.Initiator)))
	}
	add("page.proposal.initiated-by", p.InitiatedBy)
	add("page.proposal.plan", c.planNote(&p.Matter))
	add("page.proposal.presenters", strings.Join(p.Presenters, "\n"))
	if p.OutsideRiga {
		add("page.proposal.outside-riga", c.say("page.yes"))
	}
	add("page.proposal.invited", strings.Join(p.Invited, "\n"))
	if p.Minutes > 0 {
		add("page.proposal.minutes", c.say("page.workshop.minutes", "n", minutesText(p.Minutes)))
	}
	add("page.proposal.decision", p.DraftDecision)
	add("page.proposal.addressees", strings.Join(p.Addressees, "\n"))
	if p.Wish != "" {
		add("page.proposal.wish", c.say("page.proposal.wish.session", "date", string(p.Wish)))
	}
	if p.Deadline != "" {
		add("page.proposal.deadline", c.say("page.on-day", "date", string(p.Deadline)))
	}
	if o := p.Opinion; o != nil {
		add("page.proposal.opinion.given", c.say("page.opinion.given", "group", c.groupName(o.Group), "date", string(o.On))+"\n"+o.Text)
	}
	return rows
}

// groupName is the name of a working group; its id where the group is gone.
func (c *Call) groupName(id string) string {
	all, err := c.server.Office.Groups(c.Ctx)
	if err != nil {
		return id
	}
	for _, g := range all {
		if g.ID == id {
			return c.inLang(g.Name, g.NameEN)
		}
	}
	return id
}

// proposalEvents are what happened to a proposal, the newest first.
func (c *Call) proposalEvents(p *agenda.Proposal) []templates.Event {
	events := []templates.Event{{At: p.Submitted, Who: p.Name, What: c.say("page.proposal.event.submitted")}}
	add := func(m agenda.Mark, note, key string, args ...string) {
		events = append(events, templates.Event{At: m.At, Who: m.Name, What: c.say("page.proposal.event."+key, args...), Note: note})
	}
	for _, q := range p.Questions {
		add(q.Asked, q.Text, "asked")
		if q.Answered != nil {
			add(*q.Answered, q.Answer, "answered")
		}
	}
	if p.Checked != nil {
		add(*p.Checked, "", "checked")
	}
	if p.Joint != nil {
		for _, m := range p.Joint.Sides {
			add(m.Mark, "", "confirmed", "side", string(m.Side))
		}
	}
	for _, u := range p.Urgent {
		add(agenda.Mark{At: u.At}, "", "urgent", "role", string(u.Role))
	}
	for _, u := range p.Waived {
		add(agenda.Mark{At: u.At}, "", "waived", "role", string(u.Role))
	}
	if e := p.Ending; e != nil {
		add(e.Mark, e.Reason, string(e.Result))
	}
	slices.SortStableFunc(events, func(a, b templates.Event) int { return cmp.Compare(b.At.UnixNano(), a.At.UnixNano()) })
	return events
}
