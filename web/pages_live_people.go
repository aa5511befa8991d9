package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/templates"
)

// How somebody takes part, as the form of the attendance says it.
const (
	isHere   = "here"
	isRemote = "remote"
	isAway   = "absent"
)

// place is a row of the form of the attendance: a member, an alternate below the
// member, or a guest.
type place struct {
	key       string // of its fields
	person    council.Person
	instead   string // the member whose place an alternate takes
	side      council.Side
	guest     bool
	suggested string // a guest whom the agenda or a sign-up names
	note      string
}

// attendanceSheet is the form of the attendance: its rows, and what they hold.
type attendanceSheet struct {
	r      minutes.Record
	places []place
}

// mostBlank is how many empty rows there are for guests.
const mostBlank = 2

func (s *Server) attendanceSheet(c *Call) (attendanceSheet, error) {
	r, err := s.recording(c)
	if err != nil {
		return attendanceSheet{}, err
	}
	a := attendanceSheet{r: r}
	for _, seat := range r.Roster.Members(r.Session.Date) {
		p, _ := r.Roster.Person(seat.Member.Person)
		a.places = append(a.places, place{key: p.ID, person: p, side: seat.Side})
		for _, m := range seat.Alternates {
			if q, ok := r.Roster.Person(m.Person); ok {
				a.places = append(a.places, place{key: q.ID + "_" + p.ID, person: q, instead: p.ID, side: seat.Side})
			}
		}
	}
	guests, err := s.guests(c, &r)
	if err != nil {
		return a, err
	}
	for i, g := range guests {
		g.key, g.guest = "g"+strconv.Itoa(i+1), true
		a.places = append(a.places, g)
	}
	return a, nil
}

// guests are those who take part without a vote, those whom the agenda names or
// who signed up, and some rows for others.
func (s *Server) guests(c *Call, r *minutes.Record) (all []place, err error) {
	var known []string
	for _, seat := range r.Roster.Members(r.Session.Date) {
		p, _ := r.Roster.Person(seat.Member.Person)
		known = append(known, p.Short(), p.Name())
	}
	suggest := func(name, note string) {
		if !slices.ContainsFunc(known, func(k string) bool { return k == name || strings.Contains(name, k) }) {
			all, known = append(all, place{suggested: name, note: note}), append(known, name)
		}
	}
	for _, e := range r.Attendance.Entries {
		if e.Capacity == minutes.Advising || e.Capacity == minutes.Invited {
			all, known = append(all, place{suggested: e.Name}), append(known, e.Name)
		}
	}
	for _, it := range r.Agenda.Items {
		for _, name := range slices.Concat(it.Presenters, it.Invited) {
			suggest(name, c.say("page.live.attendance.of-item", "n", strconv.Itoa(it.Number)))
		}
	}
	if council.MaySeeObservers(c.Actor) == nil {
		observers, err := s.Office.Observers(c.Ctx, c.Actor, r.Session.ID)
		if err != nil {
			return nil, err
		}
		for _, o := range observers {
			name := o.Name
			if o.Organisation != "" {
				name = o.Organisation + " – " + o.Name
			}
			suggest(name, strings.TrimSpace(c.say("page.live.attendance.signed-up")+" "+o.Topic))
		}
	}
	return append(all, make([]place, mostBlank)...), nil
}

// values are the fields of the form as the attendance is recorded now.
func (a *attendanceSheet) values() map[string][]string {
	v := map[string][]string{}
	guests := slices.DeleteFunc(slices.Clone(a.r.Attendance.Entries), func(e minutes.Entry) bool {
		return e.Capacity != minutes.Advising && e.Capacity != minutes.Invited
	})
	for _, p := range a.places {
		switch {
		case p.guest && len(guests) > 0:
			e := guests[0]
			guests = guests[1:]
			a.put(v, p.key, e)
			v["name-"+p.key], v["capacity-"+p.key], v["person-"+p.key] = []string{e.Name}, []string{string(e.Capacity)}, []string{e.Person}
		case p.guest:
			v["name-"+p.key] = []string{p.suggested}
		default:
			if e, ok := a.entry(p); ok {
				a.put(v, p.key, e)
			}
		}
	}
	return v
}

func (a *attendanceSheet) put(v map[string][]string, key string, e minutes.Entry) {
	at := isHere
	switch {
	case e.Capacity == minutes.Absent:
		at = isAway
	case e.Remote:
		at = isRemote
		v["remote-"+key] = []string{"on"}
	}
	v["at-"+key], v["from-"+key], v["until-"+key] = []string{at}, []string{minutesText(e.From)}, []string{minutesText(e.Until)}
}

// entry is what is recorded of a member, or of an alternate in the member's
// place.
func (a *attendanceSheet) entry(p place) (minutes.Entry, bool) {
	for _, e := range a.r.Attendance.Entries {
		if e.Person == p.person.ID && (e.Capacity == minutes.Voting && e.SubstituteFor == p.instead || e.Capacity == minutes.Absent && p.instead == "") {
			return e, true
		}
	}
	return minutes.Entry{}, false
}

// entries reads the form; keys are the rows that they come from, one for each.
func (a *attendanceSheet) entries(f *templates.Form) (entries []minutes.Entry, keys []string) {
	all := f.Value("do") == "all"
	for _, p := range a.places {
		at := f.Value("at-" + p.key)
		if at == "" && all && !p.guest && p.instead == "" && !a.substituted(f, p) {
			at = isHere
		}
		e := minutes.Entry{Person: p.person.ID, Name: asListed(p.person), Side: p.side, SubstituteFor: p.instead, Capacity: minutes.Voting, Remote: at == isRemote,
			From: number(f.Value("from-" + p.key)), Until: number(f.Value("until-" + p.key))}
		switch {
		case p.guest:
			e = minutes.Entry{Person: f.Value("person-" + p.key), Name: f.Value("name-" + p.key), Capacity: minutes.Capacity(f.Value("capacity-" + p.key)),
				Remote: f.Value("remote-"+p.key) != "", From: e.From, Until: e.Until}
			if e.Capacity == "" {
				continue
			}
		case at == isAway && p.instead == "":
			e.Capacity, e.Remote = minutes.Absent, false
		case at != isHere && at != isRemote:
			continue
		}
		if was, ok := a.entry(p); ok && !p.guest {
			e.Name = was.Name
		}
		entries, keys = append(entries, e), append(keys, p.key)
	}
	return entries, keys
}

// substituted reports whether an alternate takes the member's place.
func (a *attendanceSheet) substituted(f *templates.Form, member place) bool {
	return slices.ContainsFunc(a.places, func(p place) bool {
		at := f.Value("at-" + p.key)
		return p.instead == member.person.ID && (at == isHere || at == isRemote)
	})
}

func number(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return 0 // the choices are numbers
	}
	return n
}

// asListed is a person as minutes list them: position before the name.
func asListed(p council.Person) string {
	if p.Position == "" {
		return p.Short()
	}
	return p.Position + " – " + p.Short()
}

// fields are those of all rows, in the order of the page.
func (a *attendanceSheet) fields() (all []templates.Named) {
	for _, p := range a.places {
		names := []string{"at", "from", "until"}
		if p.guest {
			names = []string{"person", "name", "capacity", "remote", "from", "until"}
		}
		for _, n := range names {
			all = append(all, templates.Named{Name: n + "-" + p.key, Label: "page.live.attendance." + n})
		}
	}
	return all
}

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
