package tell

import (
	"strconv"
	"strings"

	"padome/agenda"
	"padome/internal/locale"
)

// Draft tells a draft: its items and why, what is left out and why, what it does
// not keep. Unless all are asked for, candidates left out beyond the first few
// are counted by their reason.
func (t *Teller) Draft(d *agenda.Draft, all bool) {
	t.Items(d.Items)
	t.Line(0, "cmd.draft.minutes", "n", strconv.Itoa(d.Minutes), "limit", strconv.Itoa(d.Limit))
	t.leftOut(d.LeftOut, all)
	t.unmet(d.Unmet)
}

// Items tells the items of an agenda with their reasons.
func (t *Teller) Items(items []agenda.Item) {
	for i := range items {
		it := &items[i]
		t.Wrapped(0, strconv.Itoa(it.Number)+". ", it.TitleIn(t.lang)+" ("+t.Say("cmd.draft.kind."+string(it.Kind), "n", strconv.Itoa(it.Minutes))+")")
		if note := agenda.PlanNote(t.lang, &it.Matter); note != "" {
			t.Wrapped(2, "", note)
		}
		for _, d := range it.Details {
			t.Wrapped(2, "• ", d.Reason.Text(t.lang))
		}
		for _, r := range it.Reasons {
			t.Wrapped(2, t.Say("cmd.draft.why")+" ", r.Text(t.lang))
		}
	}
}

// Titles tells no more of items than their numbers and titles.
func (t *Teller) Titles(items []agenda.Item) {
	for i := range items {
		t.Wrapped(2, strconv.Itoa(items[i].Number)+". ", items[i].TitleIn(t.lang))
	}
}

// told is how many candidates left out are told one by one.
const told = 5

// leftOut tells proposals and the first tasks one by one, and counts the rest by
// what keeps them off.
func (t *Teller) leftOut(out []agenda.LeftOut, all bool) {
	if len(out) == 0 {
		return
	}
	t.Line(0, "cmd.draft.left-out", "n", strconv.Itoa(len(out)))
	var groups []string
	counts := map[string]int{}
	n := 0
	for _, o := range proposalsFirst(out) {
		if n < told || all || o.Source != agenda.FromPlan {
			n++
			t.Wrapped(1, "– ", title(t.lang, &o.Matter))
			for _, r := range o.Reasons {
				t.Wrapped(2, t.Say("cmd.draft.why-not")+" ", r.Text(t.lang))
			}
			continue
		}
		group := groupOf(o.Reasons)
		if counts[group]++; counts[group] == 1 {
			groups = append(groups, group)
		}
	}
	for _, group := range groups {
		t.Bullet(1, "cmd.draft.rest."+group, "n", strconv.Itoa(counts[group]))
	}
}

func proposalsFirst(out []agenda.LeftOut) []agenda.LeftOut {
	var first, rest []agenda.LeftOut
	for _, o := range out {
		if o.Source == agenda.FromPlan {
			rest = append(rest, o)
		} else {
			first = append(first, o)
		}
	}
	return append(first, rest...)
}

// title is a candidate's title; that of a task of the plan begins with its
// number.
func title(lang locale.Lang, m *agenda.Matter) string {
	if m.Source == agenda.FromPlan && m.OnPlan() {
		return m.Tasks[0].Label() + " " + m.TitleIn(lang)
	}
	return m.TitleIn(lang)
}

// groupOf is the sort of reason by which candidates are counted.
func groupOf(reasons []agenda.Reason) string {
	for _, r := range reasons {
		for _, group := range []string{"unasked", "through", "later", "full", "behind"} {
			if strings.HasSuffix(r.Key, "."+group) || strings.Contains(r.Key, "."+group+"-") {
				return group
			}
		}
	}
	return "other"
}

func (t *Teller) unmet(bs []agenda.Breach) {
	if len(bs) == 0 {
		t.Line(0, "cmd.draft.met")
		return
	}
	t.Line(0, "cmd.draft.unmet")
	for _, b := range bs {
		t.breach(1, b)
	}
}

func (t *Teller) breach(indent int, b agenda.Breach) {
	key := "cmd.draft.soft"
	if b.Hard {
		key = "cmd.draft.hard"
	}
	t.Wrapped(indent, "– ", t.Say(key)+" "+b.Reason.Text(t.lang))
}
