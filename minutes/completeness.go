package minutes

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/internal/locale"
	"padome/internal/problem"
)

// Missing is something that minutes must say (hard: they cannot be final
// without it) or should (soft), as a message.
type Missing struct {
	Key  string       `json:"key"`
	Args problem.Args `json:"args,omitempty"`
	Hard bool         `json:"hard"`
	Item int          `json:"item,omitempty"` // number of the item it concerns, when one
}

// Text is the message in a language.
func (m Missing) Text(lang locale.Lang) string { return locale.Text(lang, m.Key, m.Args) }

// note puts it among the faults of a field.
func (m Missing) note(l *problem.List, field string) {
	var args []string
	for _, name := range slices.Sorted(maps.Keys(m.Args)) {
		args = append(args, name, m.Args[name])
	}
	l.Add(field, m.Key, args...)
}

// Completeness lists what the minutes lack: what is missing in the session and
// its attendance first, then item by item, then in the annexes, then the comments
// that wait for an answer.
func Completeness(r Record, m Minutes) []Missing {
	c := checking{r: &r, m: &m}
	c.session()
	c.attendance()
	for _, it := range r.Agenda.Items {
		c.item(it)
	}
	c.leftovers()
	c.comments()
	return c.found
}

type checking struct {
	r     *Record
	m     *Minutes
	found []Missing
}

func (c *checking) hard(missing bool, key string, args ...string) {
	if missing {
		c.found = append(c.found, Missing{Key: "problem.minutes.missing." + key, Args: problem.Pairs(args...), Hard: true})
	}
}

func (c *checking) soft(missing bool, item int, key string, args ...string) {
	if missing {
		c.found = append(c.found, Missing{Key: "problem.minutes.missing." + key, Args: problem.Pairs(args...), Item: item})
	}
}

func (c *checking) session() {
	s := c.r.Session
	c.hard(c.r.Settings.NameOf == "", "body")
	c.hard(s.Place == "", "place")
	c.hard(!s.Date.Valid(), "date")
	c.hard(!s.OpenedAt.Valid(), "opened")
	c.hard(!s.ClosedAt.Valid(), "closed")
	c.hard(s.Kind == "", "kind")
	_, presides := c.r.Roster.Person(s.Presiding)
	c.hard(!presides, "presiding")
	_, takes := c.r.Roster.Person(s.MinuteTaker)
	c.hard(!takes, "minute-taker")
	c.soft(c.r.Next.Date == "", 0, "next")
}

func (c *checking) attendance() {
	c.hard(len(c.r.Attendance.Entries) == 0, "attendance")
	c.hard(len(c.r.Agenda.Items) == 0, "agenda")
	if len(c.r.Attendance.Entries) == 0 {
		return
	}
	for _, person := range c.r.Attendance.unaccounted(c.r.Roster, c.r.Session.Date) {
		p, _ := c.r.Roster.Person(person)
		c.soft(true, 0, "member", "name", p.Name())
	}
}

func (c *checking) item(it agenda.Item) {
	t := c.r.treatment(it)
	number := strconv.Itoa(it.Number)
	if t.Outcome == "" {
		c.found = append(c.found, t.missing("problem.minutes.undecided", "number", number, "title", it.Title))
	}
	by := c.r.voters()
	c.found = append(c.found, t.faults(by)...)
	if present, needed, ok := by.Quorum(it.Number); t.Decisions == 0 {
		c.soft(!ok, it.Number, "quorum", "number", number, "present", strconv.Itoa(present), "needed", strconv.Itoa(needed))
	}
	p := c.m.Part(it.ID)
	if p == nil {
		c.found = append(c.found, t.missing("problem.minutes.missing.part", "number", number, "title", it.Title))
		return
	}
	c.text(&t, p, it.Kind.Substantive())
}

// text checks what an item's part says against the record. How an item went can
// be left out only of standing items, and of those the session did not take up.
func (c *checking) text(t *Treatment, p *Part, substantive bool) {
	number := strconv.Itoa(p.Number)
	lines := Lines(p.Text())
	took := t.Outcome == Decided || t.Outcome == Noted
	if took && !slices.ContainsFunc(lines, Line.course) {
		m := t.missing("problem.minutes.missing.course", "number", number, "title", t.Title)
		m.Hard = substantive
		c.found = append(c.found, m)
	}
	c.soft(p.Behind, p.Number, "behind", "number", number)
	for _, d := range c.r.clauses(t.Item) {
		c.soft(!saysClause(lines, d), p.Number, "clause", "number", d.Number())
	}
	if t.Vote != nil {
		c.soft(!slices.ContainsFunc(lines, func(l Line) bool {
			v, ok := readVote(l.Text)
			return l.Kind == VoteLine && ok && v == *t.Vote
		}), p.Number, "vote", "number", number)
	}
}

// comments are those on the draft that nobody has answered.
func (c *checking) comments() {
	for _, x := range Unanswered(c.r.Comments) {
		m := Missing{Key: "problem.minutes.missing.comment", Hard: true, Item: x.Number,
			Args: problem.Pairs("name", x.Name, "number", strconv.Itoa(x.Number))}
		if x.Number == 0 {
			m.Key += ".whole"
		}
		c.found = append(c.found, m)
	}
}

// course reports whether the line says how an item went.
func (l Line) course() bool {
	return (l.Kind == ReportsLine || l.Kind == SpeaksLine || l.Kind == ParagraphLine) && l.Text != ""
}

// saysClause reports whether a decision stands in the text as it was taken.
func saysClause(lines []Line, d Decision) bool {
	first, _, _ := strings.Cut(d.Wording, "\n")
	return slices.ContainsFunc(lines, func(l Line) bool {
		return l.Kind == ClauseLine && l.Number == d.Number() && words(l.Text) == words(first)
	})
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// leftovers are edited texts of items no longer on the agenda, and annexes
// whose pages nobody counted.
func (c *checking) leftovers() {
	for _, p := range c.m.Parts {
		c.soft(p.Number == 0, 0, "leftover", "item", p.Item)
	}
	for _, a := range c.m.Annexes {
		c.soft(a.Pages == 0, 0, "pages", "title", a.Title)
	}
}
