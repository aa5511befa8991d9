package web

import (
	"net/http"
	"regexp"
	"strconv"

	"padome/council"
	"padome/templates"
)

// moreDays is how many empty lines stand behind the days there are.
const moreDays = 2

// calendarFields are the fields of so many moved days and own days off.
func calendarFields(moved, extra int) (fields []templates.Named) {
	for i := range moved {
		at := "moved-" + strconv.Itoa(i+1) + "-"
		fields = append(fields, templates.Named{Name: at + "free", Label: "page.calendar.free"}, templates.Named{Name: at + "worked", Label: "page.calendar.worked"})
	}
	for i := range extra {
		at := "extra-" + strconv.Itoa(i+1) + "-"
		fields = append(fields, templates.Named{Name: at + "date", Label: "page.calendar.date"}, templates.Named{Name: at + "name", Label: "page.calendar.name"},
			templates.Named{Name: at + "nameEn", Label: "page.calendar.name-en"}, templates.Named{Name: at + "substituted", Label: "page.calendar.substituted"})
	}
	return fields
}

func (c *Call) calendarForm(x council.Calendar, f templates.Form) templates.CalendarForm {
	p := templates.CalendarForm{Crumbs: c.settingsCrumbs(), Form: f, History: c.historyOf("calendar", "the")}
	for i := range len(x.Moved) + moreDays {
		p.Moved = append(p.Moved, i+1)
	}
	for i := range len(x.Extra) + moreDays {
		p.Extra = append(p.Extra, i+1)
	}
	return p
}

func (s *Server) calendarPage(c *Call) error {
	x, err := s.Office.Calendar(c.Ctx)
	if err != nil {
		return err
	}
	f := c.NewForm(calendarFields(len(x.Moved)+moreDays, len(x.Extra)+moreDays), x.Revision, nil)
	for i, m := range x.Moved {
		at := "moved-" + strconv.Itoa(i+1) + "-"
		f.Values[at+"free"], f.Values[at+"worked"] = []string{string(m.Free)}, []string{string(m.Worked)}
	}
	for i, e := range x.Extra {
		at := "extra-" + strconv.Itoa(i+1) + "-"
		f.Values[at+"date"], f.Values[at+"name"], f.Values[at+"nameEn"] = []string{string(e.Date)}, []string{e.Name}, []string{e.NameEN}
		if e.Substituted {
			f.Values[at+"substituted"] = []string{"on"}
		}
	}
	return c.Page(http.StatusOK, c.calendarForm(x, f))
}

var dayFault = regexp.MustCompile(`^(moved|extra)\[(\d+)\]\.(\w+)$`)

func (s *Server) calendarByForm(c *Call) error {
	was, err := s.Office.Calendar(c.Ctx)
	if err != nil {
		return err
	}
	form, err := c.Form(calendarFields(len(was.Moved)+moreDays, len(was.Extra)+moreDays), nil)
	if err != nil {
		return err
	}
	x, lines := calendarEntered(form, len(was.Moved)+moreDays, len(was.Extra)+moreDays)
	_, err = s.Office.SaveCalendar(c.Ctx, c.by(), form.Revision, x)
	if e, ok := asProblem(err); ok {
		for i := range e.Fields {
			if m := dayFault.FindStringSubmatch(e.Fields[i].Name); m != nil {
				n, _ := strconv.Atoi(m[2])
				e.Fields[i].Name = m[1] + "-" + strconv.Itoa(lines[m[1]][n]) + "-" + m[3]
			}
		}
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.calendarForm(was, form))
	} else if err != nil {
		return err
	}
	return c.Done("/settings/calendar", "done.calendar")
}

// calendarEntered is the calendar as the form has it, and on which line each day
// stands; empty lines are none.
func calendarEntered(form templates.Form, moved, extra int) (x council.Calendar, lines map[string][]int) {
	x, lines = council.Calendar{Moved: []council.MovedDay{}, Extra: []council.ExtraDay{}}, map[string][]int{}
	for i := range moved {
		at := "moved-" + strconv.Itoa(i+1) + "-"
		m := council.MovedDay{Free: council.Date(form.Value(at + "free")), Worked: council.Date(form.Value(at + "worked"))}
		if m != (council.MovedDay{}) {
			x.Moved, lines["moved"] = append(x.Moved, m), append(lines["moved"], i+1)
		}
	}
	for i := range extra {
		at := "extra-" + strconv.Itoa(i+1) + "-"
		e := council.ExtraDay{Date: council.Date(form.Value(at + "date")), Name: form.Value(at + "name"), NameEN: form.Value(at + "nameEn"), Substituted: form.Value(at+"substituted") != ""}
		if e != (council.ExtraDay{}) {
			x.Extra, lines["extra"] = append(x.Extra, e), append(lines["extra"], i+1)
		}
	}
	return x, lines
}
