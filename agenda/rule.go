package agenda

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// Rule is one entry of the catalogue of principles (P1–P26): its parameters
// and what it does at each stage of building. A stage that a rule has nothing
// to say to is nil. Each rule is one file; its wording and ground are messages
// rule.pN.wording and rule.pN.ground.
type Rule struct {
	ID     string
	Hard   bool // as the catalogue marks it; a Setting may differ
	Params []Param

	// Add brings on what the rule itself asks for: opening, execution, Dažādi.
	Add func(b *building, s rules)
	// Bar says why a candidate may not come on now; nil when it may.
	Bar func(b *building, s rules, c *Candidate) *Reason
	// Turn changes a candidate that may come on, and says why.
	Turn func(b *building, s rules, c *Candidate) *Reason
	// Need demands candidates that must or should come on.
	Need func(b *building, s rules)
	// Pace says, in each round of choosing and with all demands known, which
	// tasks of the plan come on in turn.
	Pace func(b *building, s rules)
	// Check lists what in a finished list of items breaks the rule.
	Check func(v *view, s rules) []Breach
	// Agree notes parameters that are right each but not together.
	Agree func(l *problem.List, field string, s rules)
}

// ParamKind is what values a parameter takes.
type ParamKind string

const (
	Number   ParamKind = "number"    // a whole number from Least to Most
	Share    ParamKind = "share"     // a fraction such as 1/3
	MonthDay ParamKind = "month-day" // 03-31
	Choice   ParamKind = "choice"    // one of Choices

	ClockTime ParamKind = "clock"    // a time of day such as 17:00
	Measures  ParamKind = "measures" // numbers of measures, ascending: 2,3,6
)

// Param is a parameter of a rule, with the catalogue's value.
type Param struct {
	Name    string
	Kind    ParamKind
	Default string
	Least   int
	Most    int
	Choices []string
}

// number declares a whole-number parameter.
func number(name string, value, least, most int) Param {
	return Param{Name: name, Kind: Number, Default: strconv.Itoa(value), Least: least, Most: most}
}

// Wording is the rule as the council's papers put it.
func (r Rule) Wording(lang locale.Lang) string {
	return locale.Text(lang, "rule."+strings.ToLower(r.ID)+".wording", nil)
}

// Ground is why the rule exists.
func (r Rule) Ground(lang locale.Lang) string {
	return locale.Text(lang, "rule."+strings.ToLower(r.ID)+".ground", nil)
}

var shareForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,2})/([1-9][0-9]{0,2})$`)

// checkParam notes what is wrong with a parameter and reports whether nothing
// is.
func (r Rule) checkParam(l *problem.List, field, name, value string) bool {
	i := slices.IndexFunc(r.Params, func(p Param) bool { return p.Name == name })
	if i < 0 {
		var known []string
		for _, p := range r.Params {
			known = append(known, p.Name)
		}
		l.Add(field, "problem.principles.param", "value", name, "rule", r.ID, "choices", cmp.Or(strings.Join(known, ", "), "–"))
		return false
	}
	p := r.Params[i]
	if p.allows(value) {
		return true
	}
	switch p.Kind {
	case Number:
		l.Add(field, "problem.range", "value", value, "least", strconv.Itoa(p.Least), "most", strconv.Itoa(p.Most))
	case Share:
		l.Add(field, "problem.principles.share", "value", value)
	case MonthDay:
		l.Add(field, "problem.principles.month-day", "value", value)
	case ClockTime:
		l.Add(field, "problem.clock", "value", value)
	case Measures:
		l.Add(field, "problem.principles.measures", "value", value, "most", strconv.Itoa(maxMeasure))
	case Choice:
		l.Add(field, "problem.choice", "value", value, "choices", strings.Join(p.Choices, ", "))
	}
	return false
}

// allows reports whether a value is one the parameter can have, in the form it
// is shown in.
func (p Param) allows(value string) bool {
	switch p.Kind {
	case Number:
		n := atoi(value)
		return strconv.Itoa(n) == value && n >= p.Least && n <= p.Most
	case Share:
		m := shareForm.FindStringSubmatch(value)
		return m != nil && atoi(m[1]) <= atoi(m[2])
	case MonthDay: // a day that every year has
		return council.Date("2023-" + value).Valid()
	case ClockTime:
		return council.Clock(value).Valid()
	case Measures:
		return isMeasureList(value)
	}
	return slices.Contains(p.Choices, value)
}

// isMeasureList reports whether a text lists at least one measure, each once and
// in ascending order.
func isMeasureList(s string) bool {
	last := 0
	for part := range strings.SplitSeq(s, ",") {
		n := atoi(part)
		if strconv.Itoa(n) != part || n <= last || n > maxMeasure {
			return false
		}
		last = n
	}
	return true
}

func measureList(s string) []int {
	var ms []int
	for part := range strings.SplitSeq(s, ",") {
		ms = append(ms, atoi(part))
	}
	return ms
}

func atoi(s string) int { n, _ := strconv.Atoi(s); return n }

// rules is a rule in force: its catalogue entry and its setting.
type rules struct {
	Rule
	Setting
	keys string // what its reasons' keys begin with: "reason.p8."
}

func inUse(r Rule, s Setting) rules {
	return rules{r, s, "reason." + strings.ToLower(r.ID) + "."}
}

// param is the value in force of a parameter; Validate has checked its form.
func (s rules) param(name string) string {
	if v, ok := s.Setting.Params[name]; ok {
		return v
	}
	for _, p := range s.Rule.Params {
		if p.Name == name {
			return p.Default
		}
	}
	panic("agenda: rule " + s.ID + " has no parameter " + name)
}

func (s rules) number(name string) int { return atoi(s.param(name)) }

// share is a fraction as numerator and denominator.
func (s rules) share(name string) (num, den int) {
	n, d, _ := strings.Cut(s.param(name), "/")
	return atoi(n), max(atoi(d), 1)
}

// reason makes a Reason of this rule: key "reason.p8.<key>".
func (s rules) reason(key string, args ...string) *Reason {
	return &Reason{Rule: s.ID, Key: s.keys + key, Facts: problem.Pairs(args...)}
}

// breach makes a Breach of this rule, as hard as its setting.
func (s rules) breach(item, key string, args ...string) Breach {
	return Breach{Reason: *s.reason(key, args...), Hard: s.Setting.Hard, Item: item}
}

// catalogue are the rules this program knows, by id.
var catalogue = func() map[string]Rule {
	m := make(map[string]Rule, len(ruleList))
	for _, r := range ruleList {
		m[r.ID] = r
	}
	return m
}()

// ruleList is the catalogue in the order of the principles; Build asks the
// rules in this order.
var ruleList = []Rule{
	opening, anyOther, numbering, execution, escalation, postponed, planLink, coverage, dataPresentation, annualReview,
	watchedDocuments, balance, presiding, bothLeads, inTime, goesOut, observers, readyToDecide, groupOpinion,
	timing, itemCount, addresseePresent, delegates, regularDate, inSession, outsideRiga,
}

// RuleIDs are the ids of the rules this program knows, in their order.
func RuleIDs() []string {
	ids := make([]string, len(ruleList))
	for i, r := range ruleList {
		ids[i] = r.ID
	}
	return ids
}

// Catalogue are the rules this program knows, for showing.
func Catalogue() []Rule { return slices.Clone(ruleList) }
