package agenda

import (
	"slices"
	"strconv"
	"strings"

	"padome/council"
)

// VersionOverrides are the reasons kept with one submitted version of an agenda:
// for going against soft rules, and for changes by hand.
type VersionOverrides struct {
	Session    string       `json:"session"`
	Date       council.Date `json:"date"` // of the session
	Version    int          `json:"version"`
	Principles int          `json:"principles"`
	Approved   bool         `json:"approved"` // both leads approved it
	Overrides  []Override   `json:"overrides"`
}

// GoneAgainst counts how often each soft rule was gone against, and how often
// agendas were changed by hand, over submitted versions.
type GoneAgainst struct {
	Versions int             `json:"versions"` // that went against a rule, or were changed by hand
	Approved int             `json:"approved"` // of these
	Rules    []RuleOverrides `json:"rules"`    // in the order of the principles
	ByHand   RuleOverrides   `json:"byHand"`
}

// RuleOverrides are the times one rule was gone against: over all submitted
// versions, and over those that both leads approved.
type RuleOverrides struct {
	Rule      string          `json:"rule,omitempty"`
	Submitted int             `json:"submitted"`
	Approved  int             `json:"approved"`
	Entries   []OverrideEntry `json:"entries"`
}

// OverrideEntry is one time, with its reason and who gave it.
type OverrideEntry struct {
	Session  string       `json:"session"`
	Date     council.Date `json:"date"`
	Version  int          `json:"version"`
	Approved bool         `json:"approved"`
	Override
}

// CountOverrides counts what the versions went against.
func CountOverrides(all []VersionOverrides) GoneAgainst {
	g := GoneAgainst{Rules: []RuleOverrides{}, ByHand: RuleOverrides{Entries: []OverrideEntry{}}}
	at := map[string]*RuleOverrides{"": &g.ByHand}
	for _, v := range all {
		g.Versions++
		if v.Approved {
			g.Approved++
		}
		for _, o := range v.Overrides {
			if at[o.Rule] == nil {
				at[o.Rule] = &RuleOverrides{Rule: o.Rule}
			}
			at[o.Rule].add(OverrideEntry{v.Session, v.Date, v.Version, v.Approved, o})
		}
	}
	delete(at, "")
	for _, r := range at {
		g.Rules = append(g.Rules, *r)
	}
	slices.SortFunc(g.Rules, func(x, y RuleOverrides) int { return ruleNumber(x.Rule) - ruleNumber(y.Rule) })
	return g
}

func (r *RuleOverrides) add(e OverrideEntry) {
	r.Submitted++
	if e.Approved {
		r.Approved++
	}
	r.Entries = append(r.Entries, e)
}

func ruleNumber(id string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(id, "P"))
	return n
}
