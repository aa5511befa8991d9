package agenda

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// PrinciplesDraft is a set of principles that a working group proposes. While it
// is proposed it can be edited and discussed; each change of what it says makes
// another edition and voids the agreements, as an agreement holds for what was
// agreed to. When every working group that must agree has, it is adopted: it
// becomes the next version of the principles, which never changes again.
type PrinciplesDraft struct {
	ID         string           `json:"id"`
	Revision   uint64           `json:"revision"`
	State      PrinciplesState  `json:"state"`
	Group      string           `json:"group"`   // that proposes it
	BasedOn    int              `json:"basedOn"` // the version it would replace; 0 when there was none
	Edition    int              `json:"edition"` // of its content, counted from 1
	Content    Principles       `json:"content"` // without a number, and without who agreed
	Required   []string         `json:"required"`
	Agreements []GroupAgreement `json:"agreements"`
	Remarks    []Remark         `json:"remarks"`
	By         string           `json:"by"` // person
	Name       string           `json:"name"`
	At         time.Time        `json:"at"`
	Ended      *PrinciplesEnd   `json:"ended,omitempty"`
	Version    int              `json:"version,omitempty"` // that it became
}

// PrinciplesState is how far a proposed set of principles has come.
type PrinciplesState string

const (
	PrinciplesProposed  PrinciplesState = "proposed"
	PrinciplesAdopted   PrinciplesState = "adopted" // in force from its day
	PrinciplesRejected  PrinciplesState = "rejected"
	PrinciplesWithdrawn PrinciplesState = "withdrawn"
)

// GroupAgreement is a working group's agreement to one edition: on which day, by
// which decision or minutes, and who recorded it.
type GroupAgreement struct {
	Group     string       `json:"group"`
	GroupName string       `json:"groupName"` // as it was called then
	On        council.Date `json:"on"`
	Reference string       `json:"reference"`
	Edition   int          `json:"edition"`
	By        string       `json:"by"` // who recorded it
	Name      string       `json:"name"`
	At        time.Time    `json:"at"`
}

// Remark is what somebody says of a proposed set, or of one rule in it.
type Remark struct {
	Rule    string    `json:"rule,omitempty"`
	Text    string    `json:"text"`
	Edition int       `json:"edition"` // that it speaks of
	By      string    `json:"by"`
	Name    string    `json:"name"`
	At      time.Time `json:"at"`
}

// PrinciplesEnd is why and by whom a proposed set was rejected or withdrawn.
type PrinciplesEnd struct {
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	Name   string    `json:"name"`
	At     time.Time `json:"at"`
}

const maxRemarks = 200

// Propose makes a proposed set of a group: of its members and lead, and of the
// secretariat for it. Every working group in force must agree unless the
// secretariat says otherwise. newest is the version it is based on, 0 when there
// is none yet. It fails on content that could not be in force.
func (d *PrinciplesDraft) Propose(a council.Actor, group string, groups []council.WorkingGroup, newest int, content Principles, at time.Time) error {
	on := council.DateOf(at)
	g, ok := groupOn(groups, group, on)
	if !ok {
		return invalid("group", "problem.principles.group", "value", group, "choices", groupIDs(groups, on))
	}
	if !MayProposePrinciples(a, g) {
		return problem.New(problem.Forbidden, "problem.principles.propose")
	}
	d.State, d.Group, d.By, d.Name, d.At = PrinciplesProposed, group, a.Person, a.Name, at
	d.Agreements, d.Remarks = []GroupAgreement{}, []Remark{}
	for _, g := range groups {
		if g.InForce(on) {
			d.Required = append(d.Required, g.ID)
		}
	}
	slices.Sort(d.Required)
	return d.put(content, newest)
}

// Edit puts other content in place of what is proposed, on the newest version.
// What changes anything voids the agreements.
func (d *PrinciplesDraft) Edit(a council.Actor, groups []council.WorkingGroup, newest int, content Principles, at time.Time) error {
	if err := d.open(a, groups, at); err != nil {
		return err
	}
	return d.put(content, newest)
}

func (d *PrinciplesDraft) put(content Principles, newest int) error {
	content = content.clone()
	content.Version, content.Agreed, content.Draft = 0, []Agreement{}, ""
	if err := content.ValidateProposed(); err != nil {
		return err
	}
	if d.Edition > 0 && d.BasedOn == newest && content.equal(&d.Content) {
		return nil
	}
	d.Content, d.BasedOn = content, newest
	d.Edition++
	d.Agreements = []GroupAgreement{}
	return nil
}

// equal reports whether both say the same, to the letter.
func (p *Principles) equal(o *Principles) bool {
	x, err1 := json.Marshal(p)
	y, err2 := json.Marshal(o)
	return err1 == nil && err2 == nil && string(x) == string(y)
}

// open refuses what is decided already, and whoever has no part in it.
func (d *PrinciplesDraft) open(a council.Actor, groups []council.WorkingGroup, at time.Time) error {
	g, _ := groupOn(groups, d.Group, council.DateOf(at))
	if !MayProposePrinciples(a, g) {
		return problem.New(problem.Forbidden, "problem.principles.propose")
	}
	return d.undecided()
}

func (d *PrinciplesDraft) undecided() error {
	if d.State != PrinciplesProposed {
		return problem.New(problem.State, "problem.principles.decided", "state", string(d.State))
	}
	return nil
}

// keeper refuses all but the secretariat, and what is decided already.
func (d *PrinciplesDraft) keeper(a council.Actor) error {
	if !MayChangePrinciples(a) {
		return problem.New(problem.Forbidden, "problem.principles.record")
	}
	return d.undecided()
}

// Require says which working groups must agree. Those that did stay agreed.
func (d *PrinciplesDraft) Require(a council.Actor, groups []council.WorkingGroup, ids []string, at time.Time) error {
	if err := d.keeper(a); err != nil {
		return err
	}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 {
		return invalid("groups", "problem.principles.no-group")
	}
	var l problem.List
	for i, id := range ids {
		if _, ok := groupOn(groups, id, council.DateOf(at)); !ok {
			l.Add("groups["+strconv.Itoa(i)+"]", "problem.principles.group", "value", id, "choices", groupIDs(groups, council.DateOf(at)))
		}
	}
	if err := l.Err(); err != nil {
		return err
	}
	d.Required = ids
	d.Agreements = slices.DeleteFunc(d.Agreements, func(x GroupAgreement) bool { return !slices.Contains(ids, x.Group) })
	return nil
}

// Agree records that a working group agreed to the present edition on a day, by
// a decision or minutes that the reference names. Recorded again, it corrects
// what was recorded of the group.
func (d *PrinciplesDraft) Agree(a council.Actor, groups []council.WorkingGroup, group string, on council.Date, reference string, at time.Time) error {
	if err := d.keeper(a); err != nil {
		return err
	}
	var l problem.List
	i := slices.IndexFunc(groups, func(g council.WorkingGroup) bool { return g.ID == group })
	if i < 0 || !slices.Contains(d.Required, group) {
		l.Add("group", "problem.principles.not-required", "value", group, "choices", strings.Join(d.Required, ", "))
	}
	text.Line(&l, "reference", &reference, 1, 300)
	switch {
	case !on.Valid():
		l.Add("on", "problem.date", "value", string(on))
	case on > council.DateOf(at):
		l.Add("on", "problem.principles.future", "value", string(on))
	}
	if err := l.Err(); err != nil {
		return err
	}
	d.forget(group)
	d.Agreements = append(d.Agreements, GroupAgreement{Group: group, GroupName: groups[i].Name, On: on, Reference: reference,
		Edition: d.Edition, By: a.Person, Name: a.Name, At: at})
	return nil
}

// TakeBack gives up an agreement that was recorded by mistake.
func (d *PrinciplesDraft) TakeBack(a council.Actor, group string) error {
	if err := d.keeper(a); err != nil {
		return err
	}
	if !d.forget(group) {
		return problem.New(problem.NotFound, "problem.principles.not-agreed", "group", group)
	}
	return nil
}

func (d *PrinciplesDraft) forget(group string) bool {
	n := len(d.Agreements)
	d.Agreements = slices.DeleteFunc(d.Agreements, func(x GroupAgreement) bool { return x.Group == group })
	return len(d.Agreements) < n
}

// Missing are the working groups that still have to agree.
func (d *PrinciplesDraft) Missing() []string {
	return slices.DeleteFunc(slices.Clone(d.Required), func(id string) bool {
		return slices.ContainsFunc(d.Agreements, func(x GroupAgreement) bool { return x.Group == id && x.Edition == d.Edition })
	})
}

// Say adds a remark: of whoever belongs to a working group, the leads and the
// secretariat.
func (d *PrinciplesDraft) Say(a council.Actor, groups []council.WorkingGroup, rule, words string, at time.Time) error {
	if a.Person == "" || !MayDiscussPrinciples(a, groups, council.DateOf(at)) {
		return problem.New(problem.Forbidden, "problem.principles.discuss")
	}
	if err := d.undecided(); err != nil {
		return err
	}
	var l problem.List
	text.Block(&l, "text", &words, 1, 5000)
	if _, ok := catalogue[rule]; rule != "" && !ok {
		l.Add("rule", "problem.principles.rule", "value", rule, "choices", strings.Join(RuleIDs(), ", "))
	}
	if len(d.Remarks) >= maxRemarks {
		l.Add("text", "problem.principles.remarks", "most", strconv.Itoa(maxRemarks))
	}
	if err := l.Err(); err != nil {
		return err
	}
	d.Remarks = append(d.Remarks, Remark{Rule: rule, Text: words, Edition: d.Edition, By: a.Person, Name: a.Name, At: at})
	return nil
}

// Withdraw takes the proposed set back: its group, and the secretariat for it.
func (d *PrinciplesDraft) Withdraw(a council.Actor, groups []council.WorkingGroup, reason string, at time.Time) error {
	if err := d.open(a, groups, at); err != nil {
		return err
	}
	return d.end(a, PrinciplesWithdrawn, reason, at)
}

// Reject records that the working groups did not agree.
func (d *PrinciplesDraft) Reject(a council.Actor, reason string, at time.Time) error {
	if err := d.keeper(a); err != nil {
		return err
	}
	return d.end(a, PrinciplesRejected, reason, at)
}

func (d *PrinciplesDraft) end(a council.Actor, state PrinciplesState, reason string, at time.Time) error {
	why, err := reasonGiven(reason)
	if err != nil {
		return err
	}
	d.State, d.Ended = state, &PrinciplesEnd{Reason: why, By: a.Person, Name: a.Name, At: at}
	return nil
}
