package web

import (
	"net/http"
	"strconv"

	"padome/internal/locale"
	"padome/minutes"
	"padome/office"
	"padome/templates"
)

func (s *Server) remindersPage(c *Call) error {
	p, err := s.remindersShown(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// remindersShown are the reminders due today, each with its form.
func (s *Server) remindersShown(c *Call) (templates.Reminders, error) {
	p := templates.Reminders{Crumbs: c.decisionCrumbs(nil)}
	due, err := s.Office.RemindersDue(c.Ctx, c.Actor, c.Today())
	for i, r := range due {
		p.Due = append(p.Due, c.reminderShown(i, r))
	}
	return p, err
}

func (c *Call) reminderShown(i int, r office.DueReminder) templates.ReminderShown {
	other := locale.EN
	if c.Lang == locale.EN {
		other = locale.LV
	}
	x := templates.ReminderShown{Decision: r.Decision.ID, Title: c.say("page.decision.title", "date", string(r.Decision.Taken), "number", r.Decision.Number()),
		Href: decisionAt(r.Decision.ID), Text: r.Text(c.Lang), Other: r.Text(other),
		When: c.say("page.reminder.when."+string(r.Stage), "date", string(r.Deadline), "n", strconv.Itoa(r.Days)),
		Form: c.NewForm(templates.ReminderFields, r.Decision.Revision, remindedRequest{To: r.To})}
	x.Form.ID = "reminder-" + strconv.Itoa(i) + "-"
	if r.Stage == minutes.Belated {
		x.Late = templates.Tag{Text: c.say("page.decision.overdue"), Colour: "red"}
	}
	return x
}

// remindedByForm notes that a reminder was sent today.
func (s *Server) remindedByForm(c *Call) error {
	var in struct {
		Decision string `json:"decision"`
		To       string `json:"to"`
	}
	form, err := c.Form(templates.ReminderFields, &in)
	if err != nil {
		return err
	}
	d, err := s.Office.MarkReminded(c.Ctx, c.by(), in.Decision, form.Revision, c.Today(), in.To)
	if _, ok := asProblem(err); ok {
		p, failed := s.remindersShown(c)
		if failed != nil {
			return failed
		}
		for i := range p.Due {
			if p.Due[i].Decision == in.Decision {
				form.ID = p.Due[i].Form.ID
				if wrong, err := c.Wrong(&form, err); !wrong {
					return err
				}
				p.Due[i].Form = form
				return c.FormPage(p)
			}
		}
	}
	if err != nil {
		return err
	}
	return c.Done(remindersAt, "done.reminded", "number", d.Number())
}
