package web

import (
	"strconv"
	"strings"

	"padome/agenda"
	"padome/plan"
	"padome/templates"
)

// foreseen puts a forecast on its page.
func (c *Call) foreseen(page *templates.PlanForecast, x *agenda.Outlook, p *plan.Plan) {
	page.Summary = c.say("cmd.forecast.title", "n", strconv.Itoa(len(x.Sessions)), "plan", strconv.Itoa(x.Plan), "version", strconv.Itoa(x.Principles))
	page.Met = len(x.Unmet) == 0
	for i := range x.Sessions {
		page.Sessions = append(page.Sessions, c.foreseenSession(&x.Sessions[i]))
	}
	for _, t := range x.Tasks {
		of, _ := p.Task(t.Task.Measure, t.Task.Task)
		page.Tasks = append(page.Tasks, templates.ForeseenTask{Label: t.Task.Label(), Href: taskAt(t.Task), Text: of.Text, Last: t.Last, Days: t.Sessions})
	}
	for i := range x.Unmet {
		page.Unmet = append(page.Unmet, c.foreseenUnmet(&x.Unmet[i]))
	}
	for _, r := range x.Remedies {
		if !r.Found {
			page.Not = append(page.Not, r.Reason.Text(c.Lang))
			continue
		}
		v := templates.ForeseenRemedy{Text: r.Reason.Text(c.Lang)}
		for _, e := range r.Extra {
			v.Parts = append(v.Parts, e.Reason.Text(c.Lang))
		}
		page.Remedies = append(page.Remedies, v)
	}
}

// foreseenSession is a session with its substantive items.
func (c *Call) foreseenSession(x *agenda.Foreseen) templates.ForeseenSession {
	v := templates.ForeseenSession{Title: c.say("cmd.forecast.session."+string(x.Session.Kind), "date", string(x.Session.Date)), Note: c.say("cmd.forecast.by-calendar")}
	if x.Planned {
		v.Note, v.Href = c.say("cmd.forecast.planned"), sessionAt(x.Session.ID)
	}
	if x.PresidesAs != "" {
		v.Note += ", " + c.say("cmd.forecast.lead."+string(x.PresidesAs))
	}
	for i := range x.Draft.Items {
		it := &x.Draft.Items[i]
		if it.Kind.Substantive() {
			v.Items = append(v.Items, templates.ForeseenItem{Number: it.Number, Title: it.TitleIn(c.Lang),
				Note: strings.Trim(agenda.PlanNote(c.Lang, &it.Matter), "[]"), Reasons: c.reasonTexts(it.Reasons)})
		}
	}
	return v
}

func (c *Call) reasonTexts(all []agenda.Reason) (texts []string) {
	for _, r := range all {
		texts = append(texts, r.Text(c.Lang))
	}
	return texts
}

// foreseenUnmet tells an obligation that cannot be met; one that is of no task
// names its session first.
func (c *Call) foreseenUnmet(o *agenda.Obligation) templates.ForeseenUnmet {
	v := templates.ForeseenUnmet{Text: o.Reason.Text(c.Lang), Why: c.reasonTexts(o.Why)}
	if o.Task == nil {
		v.Text = c.dayShort(o.Session) + ": " + v.Text
	}
	return v
}
