// Package scenario reads a case that somebody wrote down by hand, with all that
// an agenda is built from, so that anyone can hold the engine to a case of their
// own. docs/scenarios.md explains the form, docs/scenario.schema.json is made of
// these types.
package scenario

import (
	"encoding/json"
	"strings"

	"padome/agenda"
	"padome/council"
)

// Scenario is one case. Only the session's day must be there: what is left out
// is as a council has it that begins with the real plan and the whole catalogue
// of principles.
type Scenario struct {
	Schema      string       `json:"$schema,omitempty" doc:"Where the schema is; for editors only."`
	About       string       `json:"about,omitempty" doc:"What the case is to show; for readers only."`
	Today       council.Date `json:"today,omitempty" doc:"The day on which the agenda is built. Without it no deadline of the agenda itself is asked for."`
	Session     Session      `json:"session" need:"yes" doc:"The session whose agenda is built."`
	Next        *Session     `json:"next,omitempty" doc:"The session after it, where one is planned already."`
	PresidesAs  council.Role `json:"presidesAs,omitempty" only:"chair deputy" doc:"In whose right the session is presided over."`
	Settings    Settings     `json:"settings,omitzero" doc:"What the council arranged for itself."`
	Groups      []Group      `json:"groups,omitempty" doc:"Working groups and the measures they answer for."`
	Members     []string     `json:"members,omitempty" doc:"Institutions and organisations of the members."`
	Calendar    Calendar     `json:"calendar,omitzero" doc:"What the calendar has beside public holidays and the moved working days of 2024 to 2026."`
	Plan        *Plan        `json:"plan,omitempty" doc:"The work plan; the real one for 2024–2026 when left out."`
	Principles  Principles   `json:"principles,omitzero" doc:"The principles; the whole catalogue when left out."`
	Past        []Past       `json:"past,omitempty" doc:"Sessions that were held, with the items they dealt with."`
	Candidates  []Candidate  `json:"candidates,omitempty" doc:"What was proposed. The tasks of the plan are candidates by themselves."`
	Carried     []Carried    `json:"carried,omitempty" doc:"Tasks of the plan that sessions postponed."`
	Decisions   []Decision   `json:"decisions,omitempty" doc:"Decisions that are still open."`
	Unapproved  []Minutes    `json:"unapproved,omitempty" doc:"Signed minutes that no session has approved yet."`
	Assignments []Assignment `json:"assignments,omitempty" doc:"Who answers for a task, and until when."`
	Fulfilled   []Task       `json:"fulfilled,omitempty" doc:"Tasks that the council found fulfilled."`
	Delegations []Delegation `json:"delegations,omitempty" doc:"Whom the council sends to other bodies."`
}

// Task is the number of a task within the plan: 8.2.
type Task string

// Weekday is a day of the week from monday to friday.
type Weekday string

// Value is the value of a rule's parameter: "1/3", or a number written with or
// without quotes.
type Value string

// UnmarshalJSON reads a text or a whole number.
func (v *Value) UnmarshalJSON(raw []byte) error {
	var n json.Number
	if err := json.Unmarshal(raw, &n); err == nil && !strings.HasPrefix(string(raw), `"`) {
		*v = Value(n)
		return nil
	}
	return json.Unmarshal(raw, (*string)(v))
}

// Session is a session: regular and two hours from eleven unless it says otherwise.
type Session struct {
	Date   council.Date        `json:"date" need:"yes" doc:"The day."`
	ID     string              `json:"id,omitempty" doc:"The name other parts call it by; its day when left out."`
	Kind   council.SessionKind `json:"kind,omitempty" doc:"regular when left out."`
	Starts council.Clock       `json:"starts,omitempty" doc:"As the settings have it when left out."`
	Ends   council.Clock       `json:"ends,omitempty" doc:"As the settings have it when left out."`
	Place  string              `json:"place,omitempty" doc:"Where it meets."`
	Link   string              `json:"link,omitempty" doc:"The address of remote access."`
}

// Settings are those of the Memorandum Council but for what they name.
type Settings struct {
	Weekday Weekday       `json:"weekday,omitempty" doc:"Of regular sessions, the last one of the month; wednesday when left out."`
	Starts  council.Clock `json:"starts,omitempty" doc:"When sessions begin; 11:00 when left out."`
	Minutes int           `json:"minutes,omitempty" doc:"How long they are planned; 120 when left out."`
	Place   string        `json:"place,omitempty" doc:"As documents have it: Rīgā."`
}

// Group is a working group.
type Group struct {
	ID       string       `json:"id" need:"yes" doc:"A short name: finance."`
	Name     string       `json:"name" need:"yes" doc:"As documents name it, and as opinions are given by."`
	NameEN   string       `json:"nameEn,omitempty" doc:"In English; the name when left out."`
	Measures []int        `json:"measures,omitempty" doc:"The measures it answers for."`
	From     council.Date `json:"from,omitempty" doc:"Its first day; the plan's approval when left out."`
	Until    council.Date `json:"until,omitempty" doc:"Its last day."`
}

// Calendar is what is added to the calendar.
type Calendar struct {
	Moved []Moved `json:"moved,omitempty" doc:"Working days that are free and worked on a Saturday instead."`
	Extra []Extra `json:"extra,omitempty" doc:"Public holidays that no rule gives."`
}

// Moved is a working day moved to a Saturday.
type Moved struct {
	Free   council.Date `json:"free" need:"yes" doc:"The weekday that is free."`
	Worked council.Date `json:"worked" need:"yes" doc:"The Saturday that is worked."`
}

// Extra is a public holiday that no rule gives.
type Extra struct {
	Date        council.Date `json:"date" need:"yes" doc:"The day."`
	Name        string       `json:"name" need:"yes" doc:"What it is called."`
	NameEN      string       `json:"nameEn,omitempty" doc:"In English; the name when left out."`
	Substituted bool         `json:"substituted,omitempty" doc:"On a weekend it gives the next working day off."`
}

// Plan is a work plan. Measures and their tasks are numbered as they stand.
type Plan struct {
	Title    string       `json:"title,omitempty" doc:"What it is called."`
	From     int          `json:"from" need:"yes" doc:"The first year of its period."`
	Until    int          `json:"until" need:"yes" doc:"The last year."`
	Approved council.Date `json:"approved" need:"yes" doc:"The session's day that approved it; obligations count from it."`
	Measures []Measure    `json:"measures" need:"yes" doc:"The measures, the first is 1."`
}

// Measure is a measure of a plan.
type Measure struct {
	Text  string   `json:"text" need:"yes" doc:"What it says."`
	Tasks []string `json:"tasks" need:"yes" doc:"What its tasks say; the first of measure 8 is 8.1."`
}

// Principles are a version of the principles. Rules that are named are in force
// and no others; without any, the whole catalogue is.
type Principles struct {
	Version   int                    `json:"version,omitempty" doc:"Its number; 1 when left out."`
	Rules     map[string]Rule        `json:"rules,omitempty" doc:"The rules in force by their ids; P1, P2, P3 and P14 must be among them."`
	PlanKinds map[string]agenda.Kind `json:"planKinds,omitempty" only:"decision review data discussion information" doc:"By the measure's number: what its tasks come on as. When left out, discussion; of the real plan, measure 1 as data and measure 6 as review."`
	Watched   []Watched              `json:"watched,omitempty" doc:"Policy documents that the council watches (P11)."`
}

// Rule is a rule in force.
type Rule struct {
	Hard   *bool            `json:"hard,omitempty" doc:"Whether it blocks approval; as in the catalogue when left out."`
	Params map[string]Value `json:"params,omitempty" doc:"Its parameters; those left out have the catalogue's value."`
}

// Watched is a policy document that the council watches.
type Watched struct {
	Title   string `json:"title" need:"yes" doc:"What it is called."`
	TitleEN string `json:"titleEn,omitempty" doc:"In English; the title when left out."`
	Task    Task   `json:"task" need:"yes" doc:"The task that watches it."`
	Months  int    `json:"months,omitempty" doc:"How often; as the rule has it when left out."`
}

// Past is a session that was held.
type Past struct {
	Date       council.Date        `json:"date" need:"yes" doc:"The day."`
	ID         string              `json:"id,omitempty" doc:"The name other parts call it by; its day when left out."`
	Kind       council.SessionKind `json:"kind,omitempty" doc:"regular when left out."`
	PresidedBy council.Role        `json:"presidedBy,omitempty" only:"chair deputy" doc:"Who presided."`
	Items      []Held              `json:"items,omitempty" doc:"The items it dealt with, in their order: decided or noted, not postponed."`
}

// Held is an item that a past session dealt with.
type Held struct {
	ID          string       `json:"id,omitempty" doc:"Its id; review-2025 is the plan's annual review of that year (P10)."`
	Kind        agenda.Kind  `json:"kind,omitempty" doc:"discussion when left out."`
	Tasks       []Task       `json:"tasks,omitempty" doc:"The tasks of the plan it was about."`
	Initiator   council.Side `json:"initiator,omitempty" doc:"Which side brought it on."`
	Minutes     int          `json:"minutes,omitempty" doc:"How long it took; 15 when left out."`
	OutsideRiga bool         `json:"outsideRiga,omitempty" doc:"An organisation from outside Rīga presented it."`
}

// Candidate is something proposed.
type Candidate struct {
	ID            string            `json:"id" need:"yes" doc:"A short name, each its own."`
	Title         string            `json:"title" need:"yes" doc:"As the agenda would have it."`
	Kind          agenda.Kind       `json:"kind,omitempty" only:"decision review data discussion information" doc:"discussion when left out."`
	Tasks         []Task            `json:"tasks,omitempty" doc:"The tasks of the plan it is about."`
	OutsidePlan   string            `json:"outsidePlan,omitempty" doc:"Why it comes on although it is about no task."`
	Submitted     council.Date      `json:"submitted,omitempty" doc:"The day it came in; in time when left out."`
	Initiator     council.Side      `json:"initiator,omitempty" doc:"Which side proposes it."`
	InitiatedBy   string            `json:"initiatedBy,omitempty" doc:"Which institution or organisation."`
	Presenters    []string          `json:"presenters,omitempty" doc:"Who presents it, as the agenda names them."`
	Invited       []string          `json:"invited,omitempty" doc:"Who is invited."`
	Minutes       int               `json:"minutes,omitempty" doc:"The time it asks for; the usual when left out."`
	DraftDecision string            `json:"draftDecision,omitempty" doc:"What the council is to decide."`
	Addressees    []string          `json:"addressees,omitempty" doc:"Institutions that the draft decision gives a task."`
	Documents     []string          `json:"documents,omitempty" doc:"Names of its documents."`
	Opinion       *Opinion          `json:"opinion,omitempty" doc:"What the working group said of it."`
	Deadline      council.Date      `json:"deadline,omitempty" doc:"By when the council must deal with it."`
	Wish          council.Date      `json:"wish,omitempty" doc:"Not before the session of this day."`
	Urgent        []council.Role    `json:"urgent,omitempty" only:"chair deputy" doc:"Which leads marked that it may not wait."`
	Waived        []council.Role    `json:"waived,omitempty" only:"chair deputy" doc:"Which leads marked that it may do without an opinion."`
	Postponed     []council.Date    `json:"postponed,omitempty" doc:"Days of the sessions that postponed it, oldest first."`
	Settle        agenda.Settlement `json:"settle,omitempty" doc:"What the leads chose after too many postponements."`
	OutsideRiga   bool              `json:"outsideRiga,omitempty" doc:"An organisation from outside Rīga presents it."`
}

// Opinion is what a working group said.
type Opinion struct {
	Group string       `json:"group" need:"yes" doc:"The group's id or name."`
	On    council.Date `json:"on" need:"yes" doc:"The day."`
	Text  string       `json:"text" need:"yes" doc:"What it said."`
}

// Carried is a task of the plan that sessions postponed.
type Carried struct {
	Task      Task              `json:"task" need:"yes" doc:"The task."`
	Postponed []council.Date    `json:"postponed" need:"yes" doc:"Days of those sessions, oldest first."`
	Settle    agenda.Settlement `json:"settle,omitempty" doc:"What the leads chose after too many postponements."`
}

// Decision is a decision that is still open.
type Decision struct {
	ID        string       `json:"id,omitempty" doc:"A short name; session and number when left out."`
	Number    string       `json:"number" need:"yes" doc:"Its number in the minutes: 1.2."`
	Session   string       `json:"session,omitempty" doc:"The session that took it; that of the day when left out."`
	Taken     council.Date `json:"taken" need:"yes" doc:"The day."`
	Wording   string       `json:"wording" need:"yes" doc:"What was decided."`
	Addressee string       `json:"addressee,omitempty" doc:"Who is to carry it out."`
	Deadline  council.Date `json:"deadline,omitempty" doc:"Until when; without one it is never overdue."`
}

// Minutes are signed minutes that wait for approval.
type Minutes struct {
	Date    council.Date `json:"date" need:"yes" doc:"The session's day."`
	Session string       `json:"session,omitempty" doc:"The session; that of the day when left out."`
	Number  int          `json:"number" need:"yes" doc:"The number of the minutes within the year."`
}

// Assignment is who answers for a task.
type Assignment struct {
	Task        Task         `json:"task" need:"yes" doc:"The task."`
	Responsible string       `json:"responsible,omitempty" doc:"Institution or organisation."`
	Group       string       `json:"group,omitempty" doc:"The working group that decided it."`
	Deadline    council.Date `json:"deadline,omitempty" doc:"Until when; without one it is never overdue."`
}

// Delegation is somebody whom the council sends to another body.
type Delegation struct {
	ID       string       `json:"id" need:"yes" doc:"A short name."`
	Body     string       `json:"body" need:"yes" doc:"The other body."`
	BodyEN   string       `json:"bodyEn,omitempty" doc:"In English; the body when left out."`
	Delegate string       `json:"delegate" need:"yes" doc:"Role and name as the agenda prints them."`
	Since    council.Date `json:"since" need:"yes" doc:"The last report, or the first day."`
}
