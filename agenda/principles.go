package agenda

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// Principles are a version of the rules that agendas are built by, with the
// working groups that agreed to them and when. They are data: each agenda
// records the version it was built under, and a version never changes.
type Principles struct {
	Version   int          `json:"version"`
	Title     string       `json:"title"`
	TitleEN   string       `json:"titleEn"`
	From      council.Date `json:"from"` // applies to sessions from this day
	Agreed    []Agreement  `json:"agreed"`
	Note      string       `json:"note,omitempty"`
	NoteEN    string       `json:"noteEn,omitempty"`
	Rules     []Setting    `json:"rules"`
	PlanKinds map[int]Kind `json:"planKinds,omitempty"` // what a measure's tasks come on as; discussion where unset
	Watched   []Watched    `json:"watched,omitempty"`   // policy documents that the council watches (P11)
	Draft     string       `json:"draft,omitempty"`     // the PrinciplesDraft that it was; empty where it came in agreed
}

// Watched is a policy document that comes on at least once in some months, by
// items on the task that watches it (P11).
type Watched struct {
	Title   string `json:"title"`
	TitleEN string `json:"titleEn"`
	Measure int    `json:"measure"`
	Task    int    `json:"task"`
	Months  int    `json:"months,omitempty"` // 0: as the rule has it
}

// Agreement is who agreed to the principles, and when.
type Agreement struct {
	By        string       `json:"by"` // working group or institution, as documents name it
	On        council.Date `json:"on"`
	Reference string       `json:"reference,omitempty"` // the decision or minutes that say so
}

// Setting puts a rule of the catalogue in force with its parameters. A
// parameter that is not named has the catalogue's value.
type Setting struct {
	Rule   string            `json:"rule"` // "P8"
	Hard   bool              `json:"hard"` // blocks approval; else going against it needs a reason
	Params map[string]string `json:"params,omitempty"`
}

// Rule finds the setting of a rule; false when these principles do not have it.
func (p *Principles) Rule(id string) (Setting, bool) {
	for _, s := range p.Rules {
		if s.Rule == id {
			return s, true
		}
	}
	return Setting{}, false
}

// inUse is a rule in force under these principles; false when they do not have
// it.
func (p *Principles) inUse(id string) (rules, bool) {
	s, ok := p.Rule(id)
	return inUse(catalogue[id], s), ok
}

// Validate tidies the texts and says what is wrong: unknown rules or
// parameters, values out of range, nobody who agreed.
func (p *Principles) Validate() error {
	var l problem.List
	if len(p.Agreed) == 0 {
		l.Add("agreed", "problem.principles.nobody")
	}
	for i := range p.Agreed {
		at := "agreed[" + strconv.Itoa(i) + "]"
		text.Line(&l, at+".by", &p.Agreed[i].By, 1, 300)
		text.Line(&l, at+".reference", &p.Agreed[i].Reference, 0, 300)
		if !p.Agreed[i].On.Valid() {
			l.Add(at+".on", "problem.date", "value", string(p.Agreed[i].On))
		}
	}
	p.validateContent(&l)
	return l.Err()
}

// ValidateProposed is Validate for a set that nobody has agreed to yet.
func (p *Principles) ValidateProposed() error {
	var l problem.List
	p.validateContent(&l)
	return l.Err()
}

// validateContent notes what is wrong with all but who agreed.
func (p *Principles) validateContent(l *problem.List) {
	text.Line(l, "title", &p.Title, 1, 200)
	text.Line(l, "titleEn", &p.TitleEN, 1, 200)
	text.Block(l, "note", &p.Note, 0, 5000)
	text.Block(l, "noteEn", &p.NoteEN, 0, 5000)
	if !p.From.Valid() {
		l.Add("from", "problem.date", "value", string(p.From))
	}
	for _, m := range slices.Sorted(maps.Keys(p.PlanKinds)) {
		at := "planKinds." + strconv.Itoa(m)
		if m < 1 || m > maxMeasure {
			l.Add(at, "problem.range", "value", strconv.Itoa(m), "least", "1", "most", strconv.Itoa(maxMeasure))
		}
		if k := p.PlanKinds[m]; !slices.Contains(kinds, k) {
			l.Add(at, "problem.choice", "value", string(k), "choices", kindNames)
		}
	}
	for i := range p.Watched {
		p.Watched[i].validate(l, "watched["+strconv.Itoa(i)+"]")
	}
	p.validateRules(l)
}

// maxMeasure is the highest number a measure of a plan can have.
const maxMeasure = 999

// clone is a copy whose texts can be tidied without touching p.
func (p *Principles) clone() Principles {
	c := *p
	c.Agreed, c.Watched = slices.Clone(p.Agreed), slices.Clone(p.Watched)
	return c
}

func (p *Principles) validateRules(l *problem.List) {
	if len(p.Rules) == 0 {
		l.Add("rules", "problem.principles.empty")
	}
	seen := map[string]bool{}
	for i, s := range p.Rules {
		at := "rules[" + strconv.Itoa(i) + "]"
		rule, ok := catalogue[s.Rule]
		switch {
		case !ok:
			l.Add(at+".rule", "problem.principles.rule", "value", s.Rule, "choices", strings.Join(RuleIDs(), ", "))
			continue
		case seen[s.Rule]:
			l.Add(at+".rule", "problem.principles.twice", "value", s.Rule)
		}
		seen[s.Rule] = true
		fine := true
		for _, name := range slices.Sorted(maps.Keys(s.Params)) {
			fine = rule.checkParam(l, at+".params."+name, name, s.Params[name]) && fine
		}
		if fine && rule.Agree != nil {
			rule.Agree(l, at+".params", inUse(rule, s))
		}
	}
	for _, id := range []string{"P1", "P2", "P3", "P14"} { // without these there is no agenda to approve
		if !seen[id] {
			l.Add("rules", "problem.principles.missing", "rule", id)
		}
	}
}

// MayChangePrinciples reports whether the actor may record a version that the
// working groups agreed.
func MayChangePrinciples(a council.Actor) bool {
	return a.Operator || a.Holds(council.Secretariat)
}

// InForce is the newest version that applies to a session of this day; false
// when none does yet.
func InForce(all []Principles, on council.Date) (Principles, bool) {
	var best Principles
	for _, p := range all {
		if p.From <= on && (best.Version == 0 || p.From > best.From || p.From == best.From && p.Version > best.Version) {
			best = p
		}
	}
	return best, best.Version > 0
}
