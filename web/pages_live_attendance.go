package web

import (
	"net/http"
	"strconv"
	"strings"

	"padome/internal/problem"
	"padome/templates"
)

func (s *Server) attendancePage(c *Call) error {
	a, err := s.attendanceSheet(c)
	if err != nil {
		return err
	}
	f := c.NewForm(a.fields(), a.r.Attendance.Revision, nil)
	f.Values = a.values()
	p, err := c.attendanceOf(&a, f)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// attendanceOf is the page with the form as it is entered.
func (c *Call) attendanceOf(a *attendanceSheet, f templates.Form) (templates.LiveAttendance, error) {
	p := templates.LiveAttendance{Crumbs: c.recordCrumbs(a.r.Session), Form: f, Session: a.r.Session, Now: c.liveNow(&a.r)}
	p.Now.Rows = nil
	for _, it := range a.r.Agenda.Items {
		p.Items = append(p.Items, templates.Choice{Value: strconv.Itoa(it.Number), Text: strconv.Itoa(it.Number) + ". " + clip(it.TitleIn(c.Lang))})
	}
	for i := range a.places {
		if err := c.putPlace(&p, &f, &a.places[i]); err != nil {
			return p, err
		}
	}
	return p, nil
}

func (c *Call) putPlace(p *templates.LiveAttendance, f *templates.Form, x *place) (err error) {
	field := func(name string) (y templates.Field) {
		if err == nil {
			y, err = f.Field(name + "-" + x.key)
		}
		return y
	}
	if x.guest {
		p.Guests = append(p.Guests, templates.LiveGuest{Number: len(p.Guests) + 1, Note: x.note, Person: field("person"), Name: field("name"),
			Capacity: field("capacity"), Remote: field("remote"), From: field("from"), Until: field("until")})
		return err
	}
	row := templates.LivePlace{Name: x.person.Name(), Note: x.person.Position, Alternate: x.instead != "", At: field("at"), From: field("from"), Until: field("until")}
	row.Apart = row.From.Value() != "" || row.Until.Value() != ""
	row.At.Choices = []templates.Choice{{Value: isHere, Text: c.say("page.live.attendance.here")}, {Value: isRemote, Text: c.say("page.live.attendance.remote")},
		{Value: isAway, Text: c.say("page.live.attendance.absent")}}
	if row.Alternate {
		row.Note = strings.TrimPrefix(row.Note+" · "+c.say("page.live.attendance.alternate"), " · ")
		row.At.Choices[2].Value = ""
	}
	if n := len(p.Sides); n == 0 || p.Sides[n-1].Name != c.say("page.live.side."+string(x.side)) {
		p.Sides = append(p.Sides, templates.LiveSide{Name: c.say("page.live.side." + string(x.side))})
	}
	side := &p.Sides[len(p.Sides)-1]
	side.Places = append(side.Places, row)
	return err
}

func (s *Server) attendanceByForm(c *Call) error {
	a, err := s.attendanceSheet(c)
	if err != nil {
		return err
	}
	form, err := c.Form(a.fields(), nil)
	if err != nil {
		return err
	}
	entries, keys := a.entries(&form)
	_, err = s.Office.SaveAttendance(c.Ctx, c.by(), a.r.Session.ID, form.Revision, entries)
	if problem.KindOf(err) == problem.Conflict {
		return c.attendanceConflict(&a, form)
	}
	err = renamed(err, func(name string) string { return rowField(name, keys) })
	if wrong, err := c.Wrong(&form, err); wrong {
		p, err := c.attendanceOf(&a, form)
		if err != nil {
			return err
		}
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(a.r.Session.ID, "record"), "done.live.attendance")
}

// rowField is the field of the form that a fault of an entry is shown at.
func rowField(name string, keys []string) string {
	i, rest, ok := strings.Cut(strings.TrimPrefix(name, "entries["), "].")
	n, err := strconv.Atoi(i)
	if !ok || err != nil || n >= len(keys) {
		return name
	}
	guest := strings.HasPrefix(keys[n], "g")
	switch {
	case rest == "from" || rest == "until":
	case guest && rest == "name":
	case guest:
		rest = "capacity"
	default:
		rest = "at"
	}
	return rest + "-" + keys[n]
}

// attendanceConflict shows what was entered again, with what somebody else has
// recorded otherwise.
func (c *Call) attendanceConflict(a *attendanceSheet, form templates.Form) error {
	now := a.values()
	again := c.NewForm(a.fields(), a.r.Attendance.Revision, nil)
	again.Values = form.Values
	p, err := c.attendanceOf(a, again)
	if err != nil {
		return err
	}
	for _, x := range a.places {
		value := ""
		if v := now["at-"+x.key]; len(v) > 0 {
			value = v[0]
		}
		if !x.guest && value != form.Value("at-"+x.key) {
			if value == "" {
				value = "none"
			}
			p.Meanwhile = append(p.Meanwhile, x.person.Name()+": "+c.say("page.live.attendance."+value))
		}
	}
	if p.Meanwhile == nil {
		p.Meanwhile = []string{c.say("page.live.meanwhile.same")}
	}
	return c.Page(http.StatusConflict, p)
}
