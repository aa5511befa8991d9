package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/templates"
)

// itemEntered is what any of an item's forms may send; part says which one it
// is, and do which of its buttons was pressed.
type itemEntered struct {
	Part     string `json:"part"`
	Do       string `json:"do"`
	Decision string `json:"decision"` // id of the one that is reworded or found on
	timesRequest
	courseEntered
	voteEntered
	clauseEntered
	outcomeRequest
	findingEntered
}

type courseEntered struct {
	Course string `json:"course"`
}

type voteEntered struct {
	For     string `json:"for"`
	Against string `json:"against"`
	Abstain string `json:"abstain"`
	Casting string `json:"casting"`
}

type clauseEntered struct {
	Wording   string       `json:"wording"`
	Addressee string       `json:"addressee"`
	Deadline  council.Date `json:"deadline"`
	UntilNext bool         `json:"untilNext"`
	Tasks     string       `json:"tasks"`
}

type findingEntered struct {
	Status minutes.Status `json:"status"`
	Clause string         `json:"clause"`
	Note   string         `json:"note"`
}

// allItemFields are those of every part: which of them a form has, its part says.
var allItemFields = slices.Concat(templates.LiveTimesFields, templates.LiveCourseFields, templates.LiveVoteFields,

	templates.LiveClauseFields, templates.LiveOutcomeFields, templates.LiveFindingFields)

// recordItemByForm records what one of an item's forms says. The other forms of
// the page lose nothing by it, and do not go out of date: each compares only the
// part that it shows.
func (s *Server) recordItemByForm(c *Call) error {
	x, err := s.liveItem(c)
	if err != nil {
		return err
	}
	var in itemEntered
	form, err := c.Form(allItemFields, &in)
	if err != nil {
		return err
	}
	save := c.saving(&x, &in)
	if save == nil {
		return problem.New(malformed, "problem.form.command")
	}
	err = save(form.Revision)
	if problem.KindOf(err) == problem.Conflict && form.Value("was") == digestOf(x.part(in.Part)) {
		err = save(x.Treatment.Revision) // only other parts of the item have changed
	}
	return s.itemAnswer(c, &x, &in, form, err)
}

// itemAnswer goes on to the page of the item, or shows the form again in its
// place with what is wrong, or with what somebody else recorded meanwhile.
func (s *Server) itemAnswer(c *Call, x *liveItem, in *itemEntered, form templates.Form, err error) error {
	kind := problem.KindOf(err)
	if err == nil {
		return c.Done(x.path(), doneWith(in), "n", strconv.Itoa(x.Item.Number))
	}
	if kind != problem.Invalid && kind != problem.Conflict && kind != problem.State {
		return err
	}
	now, readErr := s.liveItem(c)
	if readErr != nil {
		return readErr
	}
	p, pageErr := s.itemPageOf(c, &now)
	if pageErr != nil {
		return pageErr
	}
	at := formOf(&p, in)
	if at == nil {
		return err
	}
	fresh := *at
	at.Values, at.Command = form.Values, form.Command
	if kind == problem.Conflict {
		at.Values["was"], at.Command = fresh.Values["was"], fresh.Command
		p.Meanwhile, p.Theirs = c.say("page.live.meanwhile."+in.Part), c.theirs(&now, in)
		return c.Page(http.StatusConflict, p)
	}
	at.Revision = form.Revision
	if e, ok := asProblem(err); ok && kind == problem.State {
		at.Faults = templates.Faults{{Text: locale.Text(c.Lang, e.Key, e.Args)}}
		return c.Page(http.StatusConflict, p)
	}
	c.fault(at, err)
	if in.Part == "vote" && x.r.Settings.Tie == council.PresidingDecides {
		p.Casting = p.Casting || in.voteEntered.For != "" && in.voteEntered.For == in.voteEntered.Against
	}
	return c.FormPage(p)
}

// doneWith is the key of what was done.
func doneWith(in *itemEntered) string {
	if in.Do == "clear" || in.Do == "back" {
		return "done.live." + in.Part + ".back"
	}
	return "done.live." + in.Part
}

// formOf is the form of the page that was sent; nil when it is there no more.
func formOf(p *templates.LiveItem, in *itemEntered) *templates.Form {
	switch in.Part {
	case "times":
		return &p.Times
	case "course":
		return &p.Course
	case "vote":
		return &p.Vote
	case "outcome":
		return &p.Outcome
	case "clause":
		return &p.Clause
	case "reword":
		for i := range p.Row.Clauses {
			if f := &p.Row.Clauses[i].Edit; f.Value("decision") == in.Decision {
				return f
			}
		}
	case "finding":
		for i := range p.Row.Found {
			if p.Row.Found[i].ID == in.Decision {
				return &p.Row.Found[i].Form
			}
		}
	}
	return nil
}

// theirs is what the record says now of the part that was sent.
func (c *Call) theirs(x *liveItem, in *itemEntered) string {
	switch t := x.Treatment; in.Part {
	case "times":
		return c.spanOf(t.Started, t.Ended)
	case "course":
		return minutes.CourseText(t.Course)
	case "vote":
		if t.Vote != nil {
			return t.Vote.Text(c.Lang)
		}
	case "outcome":
		return strings.TrimSpace(c.treatmentTag(&t).Text + "\n" + t.Why)
	case "clause", "reword":
		var all []string
		for _, d := range x.Clauses {
			all = append(all, d.Number()+" "+d.Wording)
		}
		return strings.Join(all, "\n")
	case "finding":
		for _, d := range x.r.Found {
			if f, ok := d.FoundAt(x.r.Session.ID); ok && d.ID == in.Decision {
				return c.foundText(&d, f)
			}
		}
	}
	return ""
}
