package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/templates"
)

// liveItem is an item of a session that is being recorded.
type liveItem struct {
	r minutes.Record
	minutes.Dealt
	index int
}

func (s *Server) liveItem(c *Call) (liveItem, error) {
	r, err := s.recording(c)
	if err != nil {
		return liveItem{}, err
	}
	for i, d := range r.Dealt() {
		if d.Item.ID == c.Param("item") {
			return liveItem{r, d, i}, nil
		}
	}
	return liveItem{}, problem.New(problem.NotFound, "problem.not-found")
}

func (x *liveItem) path() string {
	return sessionAt(x.r.Session.ID, "record", "items", x.Item.ID)
}

// digestOf tells whether a part of the record is still as a form showed it.
func digestOf(part any) string {
	raw, err := json.Marshal(part)
	if err != nil { // texts and numbers only: cannot happen
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8])
}

// parts are what the forms of an item show, each by its name.
func (x *liveItem) part(name string) any {
	switch t := x.Treatment; name {
	case "times":
		return [2]council.Clock{t.Started, t.Ended}
	case "course":
		return t.Course
	case "vote":
		return t.Vote
	case "outcome":
		return [2]string{string(t.Outcome), t.Why}
	default:
		return t.Decisions
	}
}

func (s *Server) recordItemPage(c *Call) error {
	x, err := s.liveItem(c)
	if err != nil {
		return err
	}
	p, err := s.itemPageOf(c, &x)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// itemPageOf is the page of an item with its forms as the record is now.
func (s *Server) itemPageOf(c *Call, x *liveItem) (templates.LiveItem, error) {
	rows, err := s.liveRows(c, &x.r)
	if err != nil {
		return templates.LiveItem{}, err
	}
	it := x.Item
	p := templates.LiveItem{Crumbs: c.recordCrumbs(x.r.Session), Session: x.r.Session, Path: x.path(), Row: rows[x.index], Now: c.itemNow(x),
		Kind: c.say("agenda.kind." + string(it.Kind)), Planned: rows[x.index].Planned, Presenters: it.Presenters, Invited: it.Invited,
		Draft: it.DraftDecision, Open: x.r.Session.State == council.Open, Begin: c.beginWords(x), Bodies: bodies(&x.r)}
	for _, d := range it.Documents {
		p.Documents = append(p.Documents, templates.Action{Text: d.Name, Href: "/api/v1/documents/" + d.SHA256})
	}
	if x.index > 0 {
		p.Previous = templates.Link{Text: titled(rows[x.index-1]), Href: rows[x.index-1].Href}
	}
	if x.index < len(rows)-1 {
		p.Next = templates.Link{Text: titled(rows[x.index+1]), Href: rows[x.index+1].Href}
	}
	p.Outcomes = words(c, "page.live.outcome.", []minutes.Outcome{minutes.Decided, minutes.Noted, minutes.Postponed, minutes.Withdrawn})
	c.liveForms(x, &p)
	if err := s.clauseForms(c, x, &p); err != nil {
		return p, err
	}
	return p, s.findingForms(c, x, &p)
}

func titled(r templates.LiveRow) string { return strconv.Itoa(r.Number) + ". " + r.Title }

// itemNow counts who can vote at this very item.
func (c *Call) itemNow(x *liveItem) templates.LiveNow {
	n := templates.LiveNow{Topics: "session/" + x.r.Session.ID + " attendance/" + x.r.Session.ID, State: c.sessionTag(x.r.Session)}
	c.countVoters(&x.r, x.Item.Number, &n)
	return n
}

// beginWords are on the button that takes the time: which of the item's times it
// takes, and which other item it ends.
func (c *Call) beginWords(x *liveItem) string {
	switch t := x.Treatment; {
	case t.Running():
		return c.say("page.live.end")
	case t.Started != "":
		return ""
	}
	if other := x.running(); other != nil {
		return c.say("page.live.begin.end", "n", strconv.Itoa(other.Item.Number))
	}
	return c.say("page.live.begin")
}

// running is another item that is begun and not ended; nil when there is none.
func (x *liveItem) running() *minutes.Dealt {
	for _, d := range slices.Backward(x.r.Dealt()) {
		if d.Item.ID != x.Item.ID && d.Treatment.Running() {
			return &d
		}
	}
	return nil
}

// bodies are whom a clause may be addressed to: the organisations that the
// agenda and the roster name.
func bodies(r *minutes.Record) (all []string) {
	add := func(name string) {
		if name != "" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	for _, it := range r.Agenda.Items {
		for _, a := range it.Addressees {
			add(a)
		}
	}
	for _, seat := range r.Roster.Members(r.Session.Date) {
		p, _ := r.Roster.Person(seat.Member.Person)
		add(p.Organisation)
	}
	return all
}

// partForm is a form of an item with what the record says now.
func (c *Call) partForm(x *liveItem, part, id string, fields []templates.Named, v any) templates.Form {
	f := c.NewForm(fields, x.Treatment.Revision, v)
	f.ID = id
	f.Values["was"] = []string{digestOf(x.part(part))}
	return f
}

func (c *Call) liveForms(x *liveItem, p *templates.LiveItem) {
	t := x.Treatment
	p.Times = c.partForm(x, "times", "times-", templates.LiveTimesFields, timesRequest{t.Started, t.Ended})
	p.Course = c.partForm(x, "course", "course-", templates.LiveCourseFields, courseEntered{minutes.CourseText(t.Course)})
	p.Vote = c.partForm(x, "vote", "vote-", templates.LiveVoteFields, nil)
	if v := t.Vote; v != nil && !v.Consensus {
		if p.Vote.Values["casting"] = []string{v.Casting}; v.Sum() != p.Now.Present { // else all others are for, and need not be counted again
			p.Vote.Values["for"] = []string{strconv.Itoa(v.For)}
		}
		p.Vote.Values["against"], p.Vote.Values["abstain"] = []string{strconv.Itoa(v.Against)}, []string{strconv.Itoa(v.Abstain)}
	}
	p.Casting = t.Vote != nil && t.Vote.Tied() && x.r.Settings.Tie == council.PresidingDecides
	p.Outcome = c.partForm(x, "outcome", "outcome-", templates.LiveOutcomeFields, outcomeRequest{t.Outcome, t.Why})
	if x.Added != nil {
		p.Document = new(c.NewForm(templates.LiveFileFields, 0, nil))
	}
}

// clauseForms are those that change each clause, and the one of the next, which
// begins with what the agenda proposes.
func (s *Server) clauseForms(c *Call, x *liveItem, p *templates.LiveItem) error {
	plan, err := s.Office.PlanInForce(c.Ctx, x.r.Session.Date)
	if err != nil {
		return err
	}
	for i, d := range x.Clauses {
		f := c.NewForm(templates.LiveClauseFields, d.Revision, clauseEntered{d.Wording, d.Addressee, d.Deadline, d.UntilNext, taskLabels(d.Tasks)})
		f.ID = "c" + strconv.Itoa(d.Clause) + "-"
		f.Values["decision"] = []string{d.ID}
		if p.Open {
			p.Row.Clauses[i].Edit, p.Row.Clauses[i].Back = f, i == len(x.Clauses)-1
		}
	}
	next := clauseEntered{Wording: proposed(x.Item.DraftDecision, len(x.Clauses))}
	if len(x.Item.Tasks) > 0 && x.Item.Tasks[0].Revision == plan.Revision {
		next.Tasks = taskLabels(x.Item.Tasks)
	}
	p.Clause = c.partForm(x, "clause", "new-", templates.LiveClauseFields, next)
	return nil
}

// proposed is the clause of a draft decision that comes after so many; "" when it
// has no more.
func proposed(draft string, taken int) string {
	n := 0
	for line := range strings.SplitSeq(draft, "\n") {
		line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "0123456789."))
		if line == "" {
			continue
		}
		if n == taken {
			return line
		}
		n++
	}
	return ""
}

// findingForms are the earlier decisions that the item speaks of, each with what
// the session finds of it.
func (s *Server) findingForms(c *Call, x *liveItem, p *templates.LiveItem) error {
	p.Row.Found = nil
	p.Statuses = words(c, "page.live.finding.status.", []minutes.Status{minutes.Done, minutes.PartlyDone, minutes.NotDone, minutes.Settled})
	for _, id := range listedDecisions(x) {
		d, err := s.Office.Decision(c.Ctx, c.Actor, id)
		if problem.KindOf(err) == problem.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		p.Row.Found = append(p.Row.Found, c.findingForm(x, &d, len(p.Row.Found)+1))
	}
	return nil
}

// listedDecisions are the ids of earlier decisions that an item lists, and of those
// on which the session found something under it.
func listedDecisions(x *liveItem) (ids []string) {
	for _, d := range x.Item.Details {
		if d.Ref != "" && x.Item.Kind != agenda.Opening && !slices.Contains(ids, d.Ref) {
			ids = append(ids, d.Ref)
		}
	}
	for _, d := range x.r.Found {
		if f, ok := d.FoundAt(x.r.Session.ID); ok && f.Item == x.Item.ID && !slices.Contains(ids, d.ID) {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

func (c *Call) findingForm(x *liveItem, d *minutes.Decision, n int) templates.LiveFinding {
	row := templates.LiveFinding{ID: d.ID, Number: d.Number(), Wording: d.Wording, Note: c.say("page.live.finding.taken", "date", string(d.Taken))}
	for _, r := range c.clauseRows(d) {
		row.Note += " · " + r.Name + ": " + r.Value
	}
	if told, ok := d.Told(); ok {
		row.Told = c.say("page.live.finding.told", "status", string(told.Status)) + " " + told.Text
	}
	var j findingEntered
	if f, ok := d.FoundAt(x.r.Session.ID); ok {
		row.Found = c.foundText(d, f)
		j = findingEntered{f.Status, minutesText(f.Clause), f.Note}
	}
	row.Form = c.NewForm(templates.LiveFindingFields, d.Revision, j)
	row.Form.ID = "f" + strconv.Itoa(n) + "-"
	return row
}

func (s *Server) addDocumentByForm(c *Call) error {
	x, err := s.liveItem(c)
	if err != nil {
		return err
	}
	form, err := c.Form(templates.LiveFileFields, nil)
	if err != nil {
		return err
	}
	name, media, body, err := c.Upload("file")
	if err == nil {
		defer body.Close()
		_, err = s.Office.AddItemDocument(c.Ctx, c.by(), x.r.Session.ID, x.Item.ID, name, media, body)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		p, err := s.itemPageOf(c, &x)
		if err != nil {
			return err
		}
		p.Document = &form
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	return c.Done(x.path(), "done.live.document", "name", name)
}
