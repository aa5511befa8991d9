package web

import (
	"slices"
	"strconv"
	"strings"

	"padome/council"
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
