package agenda

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
)

// Remedy is the smallest change of one kind under which the same sessions leave
// no obligation of a rule unmet, and none of another rule that was met before.
// It was found by simulating the sessions under each value in turn.
type Remedy struct {
	Rule    string     `json:"rule"` // whose obligations it is about
	Kind    RemedyKind `json:"kind"`
	Found   bool       `json:"found"` // false: no change of this kind is enough
	Changes []Change   `json:"changes,omitempty"`
	Extra   []Extra    `json:"extra,omitempty"`
	Reason  Reason     `json:"reason"`
}

// RemedyKind is what would be changed.
type RemedyKind string

const (
	MoreItems  RemedyKind = "items"          // P21: items of a session
	MoreTime   RemedyKind = "time"           // P20: minutes of a session
	MoreOfBoth RemedyKind = "items-and-time" // where neither is enough by itself
	Longer     RemedyKind = "period"         // one parameter of the rule itself
	LongerBoth RemedyKind = "both-periods"   // P8: where neither is enough by itself
	OneMore    RemedyKind = "sessions"       // sessions beside the regular ones
)

// Change is a parameter of a rule with another value.
type Change struct {
	Rule  string `json:"rule"`
	Param string `json:"param"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Extra is an extended session beside the regular ones, with the tasks that it is
// called for.
type Extra struct {
	Date  council.Date `json:"date"`
	Tasks []plan.Ref   `json:"tasks"`

	Reason Reason `json:"reason"` // both in a sentence
}

// periods are the parameters that say how long the sessions have, by rule.
var periods = map[string][]string{coverageID: {"coverage_window", "task_months"}, "P9": {"data_every"}, "P11": {"months"}}

// Remedies are the changes that would meet the obligations which an outlook
// found unmet, for each rule and each kind of change. The search is bounded by
// what values the parameters allow and by mostExtra sessions.
func Remedies(in Input, h Horizon, o *Outlook) ([]Remedy, error) {
	all := []Remedy{}
	for _, rule := range append([]string{coverageID}, obliging...) {
		if !slices.ContainsFunc(o.Unmet, func(x Obligation) bool { return x.Rule == rule }) {
			continue
		}
		s := search{in: in, h: h, rule: rule, unmet: countByRule(o.Unmet)}
		for _, find := range []func() error{s.room, s.period, s.oneMore} {
			if err := find(); err != nil {
				return nil, err
			}
		}
		all = append(all, s.found...)
	}
	return all, nil
}

func countByRule(unmet []Obligation) map[string]int {
	n := map[string]int{}
	for i := range unmet {
		n[unmet[i].Rule]++
	}
	return n
}

// search looks for what would meet one rule's obligations.
type search struct {
	in    Input
	h     Horizon
	rule  string
	unmet map[string]int // obligations unmet as things are, by rule
	found []Remedy
}

// room looks for more items, more minutes, or both.
func (s *search) room() error {
	items, byItems, err := s.smallest(MoreItems, nil, "P21", "most", 1)
	if err != nil {
		return err
	}
	time, byTime, err := s.smallest(MoreTime, nil, "P20", "total", timeStep)
	if err != nil || byItems || byTime || items == nil || time == nil {
		return err
	}
	return s.pair(MoreOfBoth, *items, *time, timeStep)
}

// timeStep is by how many minutes a session is made longer.
const timeStep = 5

// period looks for a longer period of the rule itself.
func (s *search) period() error {
	var tried []Change
	for _, param := range periods[s.rule] {
		c, enough, err := s.smallest(Longer, nil, s.rule, param, 1)
		if err != nil || enough {
			tried = nil
		}
		if err != nil {
			return err
		}
		if c != nil && !enough {
			tried = append(tried, *c)
		}
	}
	if len(tried) < 2 {
		return nil
	}
	return s.pair(LongerBoth, tried[0], tried[1], 1)
}

// smallest finds the smallest value of a parameter, above the one in force, that
// is enough beside other changes, and keeps what it found. Without the rule, or
// with the parameter at its end, there is nothing to change: nil.
func (s *search) smallest(kind RemedyKind, beside []Change, rule, param string, step int) (*Change, bool, error) {
	c, most, ok := s.change(rule, param)
	if !ok {
		return nil, false, nil
	}
	enough, err := s.raise(beside, &c, most, step)
	if err == nil {
		s.keep(kind, enough, append(slices.Clone(beside), c)...)
	}
	return &c, enough, err
}

// raise sets a change to the smallest value that is enough, or to the greatest
// where none is.
func (s *search) raise(beside []Change, c *Change, most, step int) (bool, error) {
	least := atoi(c.From) + step
	c.To = strconv.Itoa(most)
	enough, err := s.enough(append(slices.Clone(beside), *c), nil)
	for n := least; enough && err == nil && n < most; n += step {
		try := *c
		try.To = strconv.Itoa(n)
		var ok bool
		if ok, err = s.enough(append(slices.Clone(beside), try), nil); ok {
			*c = try
			break
		}
	}
	return enough, err
}

// pair looks for the smallest value of one parameter with the other at its end,
// then for the smallest of the other with that.
func (s *search) pair(kind RemedyKind, first, second Change, step int) error {
	_, most, _ := s.change(first.Rule, first.Param)
	enough, err := s.raise([]Change{second}, &first, most, 1)
	if enough && err == nil {
		_, most, _ = s.change(second.Rule, second.Param)
		_, err = s.raise([]Change{first}, &second, most, step)
	}
	if err == nil {
		s.keep(kind, enough, first, second)
	}
	return err
}

// change is a parameter as it stands, and its greatest value; false when it
// cannot be raised.
func (s *search) change(rule, param string) (c Change, most int, ok bool) {
	set, in := s.in.Principles.Rule(rule)
	r, known := catalogue[rule]
	i := slices.IndexFunc(r.Params, func(p Param) bool { return p.Name == param && p.Kind == Number })
	if !in || !known || i < 0 {
		return Change{}, 0, false
	}
	c = Change{Rule: rule, Param: param, From: inUse(r, set).param(param)}
	return c, r.Params[i].Most, atoi(c.From) < r.Params[i].Most
}

// enough reports whether the same sessions, with parameters changed and sessions
// added, leave nothing of the rule unmet and no more of any other.
func (s *search) enough(changes []Change, extra []ahead) (bool, error) {
	in := s.in
	in.Principles = changed(in.Principles, changes)
	sessions := withExtra(s.h.schedule(&s.in), extra)
	for _, c := range changes {
		if c.Rule == "P20" && c.Param == "total" {
			lengthen(sessions, atoi(c.To))
		}
	}
	f := foresee(in, sessions)
	var unmet []Obligation
	for f.more() {
		x, err := f.step(noOne)
		if err != nil {
			return false, err
		}
		unmet = f.fall(unmet, &x)
		if len(unmet) > 0 && slices.ContainsFunc(unmet, func(o Obligation) bool { return o.Rule == s.rule }) {
			return false, nil
		}
	}
	for rule, n := range countByRule(unmet) {
		if n > s.unmet[rule] {
			return false, nil
		}
	}
	return true, nil
}

// noOne has a draft list no candidate left out.
func noOne(*entry) bool { return false }

// changed are the principles with other values of parameters.
func changed(p Principles, changes []Change) Principles {
	p.Rules = slices.Clone(p.Rules)
	for _, c := range changes {
		for i := range p.Rules {
			if p.Rules[i].Rule == c.Rule {
				params := maps.Clone(p.Rules[i].Params)
				if params == nil {
					params = map[string]string{}
				}
				params[c.Param] = c.To
				p.Rules[i].Params = params
			}
		}
	}
	return p
}

// lengthen lets regular sessions be planned as long as the principles allow.
func lengthen(all []ahead, minutes int) {
	for i := range all {
		if s := &all[i]; s.Kind == council.Regular && s.Ends != "" {
			s.Ends = max(s.Ends, s.Starts.Add(minutes))
		}
	}
}

// keep writes down what was found of a kind, with the sentence that says it.
func (s *search) keep(kind RemedyKind, enough bool, changes ...Change) {
	facts := problem.Pairs("rule", s.rule, "from", changes[0].From, "to", changes[0].To)
	key := "forecast.remedy." + string(kind)
	if kind == Longer {
		key += "." + strings.ReplaceAll(changes[0].Param, "_", "-")
	}
	if len(changes) > 1 {
		facts["from-2"], facts["to-2"] = changes[1].From, changes[1].To
	}
	if !enough {
		key += "-not"
	}
	s.found = append(s.found, Remedy{Rule: s.rule, Kind: kind, Found: enough, Changes: changes, Reason: Reason{Rule: s.rule, Key: key, Facts: facts}})
}
