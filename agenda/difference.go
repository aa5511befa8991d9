package agenda

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"padome/internal/locale"
	"padome/internal/problem"
)

// Difference is one thing that stands otherwise in a later version of an
// agenda. Was and Is are values as people entered them, or names of kinds; both
// are empty where an item came on or left.
type Difference struct {
	What  Changed `json:"what"`
	Item  string  `json:"item,omitempty"`  // id; empty: of the session or the agenda as a whole
	Title string  `json:"title,omitempty"` // of the item, in the council's language
	Was   string  `json:"was,omitempty"`
	Is    string  `json:"is,omitempty"`
}

// Changed is what of an agenda stands otherwise.
type Changed string

const (
	ItemAdded    Changed = "added"
	ItemRemoved  Changed = "removed"
	ItemMoved    Changed = "moved" // Was and Is are numbers
	TitleDiffers Changed = "title"
	KindDiffers  Changed = "kind"

	MinutesDiffers    Changed = "minutes"
	PlacementDiffers  Changed = "placement"
	PresentersDiffers Changed = "presenters"
	InvitedDiffers    Changed = "invited"
	DecisionDiffers   Changed = "draft-decision"
	AddresseesDiffers Changed = "addressees"
	DocumentsDiffers  Changed = "documents"
	TasksDiffers      Changed = "tasks"
	OutsideDiffers    Changed = "outside-plan"
	DetailsDiffers    Changed = "details"

	DateDiffers       Changed = "date"
	TimeDiffers       Changed = "time"
	PlaceDiffers      Changed = "place"
	ModeDiffers       Changed = "mode"
	PresidingDiffers  Changed = "presiding" // Was and Is are persons
	PrinciplesDiffers Changed = "principles"
	PlanDiffers       Changed = "plan"
	OverridesDiffers  Changed = "overrides"
)

// Differences lists how version b of an agenda differs from version a: the
// session first, then items in the order of b, then those that left. Two
// versions with the same digest have none.
func Differences(lang locale.Lang, a, b *Content) []Difference {
	c := differing{lang: lang}
	c.session(a, b)
	before, kept := map[string]*Item{}, []string{}
	for i := range a.Items {
		before[a.Items[i].ID] = &a.Items[i]
	}
	for i := range b.Items {
		if before[b.Items[i].ID] != nil {
			kept = append(kept, b.Items[i].ID)
		}
	}
	moved := movedAmong(a.Items, kept)
	for i := range b.Items {
		is := &b.Items[i]
		if was := before[is.ID]; was != nil {
			c.item(was, is, moved[is.ID])
			delete(before, is.ID)
		} else {
			c.note(is, ItemAdded, "", "")
		}
	}
	for i := range a.Items {
		if it := &a.Items[i]; before[it.ID] != nil {
			c.note(it, ItemRemoved, "", "")
		}
	}
	return c.all
}

// differing gathers differences.
type differing struct {
	lang locale.Lang
	all  []Difference
}

func (c *differing) note(it *Item, what Changed, was, is string) {
	c.all = append(c.all, Difference{What: what, Item: it.ID, Title: it.TitleIn(c.lang), Was: was, Is: is})
}

// whole notes what differs in the agenda as a whole.
func (c *differing) whole(what Changed, was, is string) {
	if was != is {
		c.all = append(c.all, Difference{What: what, Was: was, Is: is})
	}
}

func (c *differing) session(a, b *Content) {
	x, y := a.Session, b.Session
	c.whole(DateDiffers, string(x.Date), string(y.Date))
	c.whole(TimeDiffers, string(x.Starts)+"–"+string(x.Ends), string(y.Starts)+"–"+string(y.Ends))
	c.whole(PlaceDiffers, x.Place, y.Place)
	c.whole(ModeDiffers, string(x.Mode), string(y.Mode))
	c.whole(PresidingDiffers, x.Presiding, y.Presiding)
	c.whole(PrinciplesDiffers, strconv.Itoa(a.Principles), strconv.Itoa(b.Principles))
	c.whole(PlanDiffers, strconv.Itoa(a.Plan), strconv.Itoa(b.Plan))
	c.whole(OverridesDiffers, overridesText(a.Overrides), overridesText(b.Overrides))
}

func (c *differing) item(was, is *Item, moved bool) {
	if moved {
		c.note(is, ItemMoved, strconv.Itoa(was.Number), strconv.Itoa(is.Number))
	}
	for _, f := range []struct {
		what Changed
		of   func(*Item) string
	}{
		{TitleDiffers, func(it *Item) string { return it.Title }},
		{KindDiffers, func(it *Item) string { return string(it.Kind) }},
		{MinutesDiffers, func(it *Item) string { return strconv.Itoa(it.Minutes) }},
		{PlacementDiffers, (*Item).placementText},
		{PresentersDiffers, func(it *Item) string { return strings.Join(it.Presenters, "\n") }},
		{InvitedDiffers, func(it *Item) string { return strings.Join(it.Invited, "\n") }},
		{DecisionDiffers, func(it *Item) string { return it.DraftDecision }},
		{AddresseesDiffers, func(it *Item) string { return strings.Join(it.Addressees, "\n") }},
		{DocumentsDiffers, (*Item).documentsText},
		{TasksDiffers, func(it *Item) string { return numbers(it.Tasks) }},
		{OutsideDiffers, func(it *Item) string { return it.OutsidePlan }},
		{DetailsDiffers, func(it *Item) string { return c.details(it) }},
	} {
		if x, y := f.of(was), f.of(is); x != y {
			c.note(is, f.what, x, y)
		}
	}
}

func (it *Item) placementText() string {
	var parts []string
	if it.Section != "" {
		parts = append(parts, it.Section)
	}
	if it.Break > 0 {
		parts = append(parts, "+"+strconv.Itoa(it.Break))
	}
	if it.At != "" {
		parts = append(parts, string(it.At))
	}
	return strings.Join(parts, "\n")
}

// documentsText names the documents with as much of their digests as people
// compare: a document of the same name may hold something else.
func (it *Item) documentsText() string {
	names := make([]string, len(it.Documents))
	for i, d := range it.Documents {
		names[i] = d.Name + " (" + short(d.SHA256) + ")"
	}
	return strings.Join(names, "\n")
}

func (c *differing) details(it *Item) string {
	lines := make([]string, len(it.Details))
	for i, d := range it.Details {
		lines[i] = d.Reason.Text(c.lang)
	}
	return strings.Join(lines, "\n")
}

func overridesText(all []Override) string {
	lines := make([]string, len(all))
	for i, o := range all {
		lines[i] = cmp.Or(o.Rule, "–") + ": " + o.Reason
	}
	return strings.Join(lines, "\n")
}

// movedAmong are the items that changed places among those that stayed: as few
// as explain the new order, so that one item put last does not read as all
// others put forward.
func movedAmong(before []Item, now []string) map[string]bool {
	at := map[string]int{}
	for i := range before {
		at[before[i].ID] = i
	}
	moved := map[string]bool{}
	stay := longestRising(now, func(id string) int { return at[id] })
	for _, id := range now {
		moved[id] = !slices.Contains(stay, id)
	}
	return moved
}

// longestRising is the longest part of ids whose places rise.
func longestRising(ids []string, place func(string) int) []string {
	longest := make([]int, len(ids)) // ending with each
	from := make([]int, len(ids))
	best := -1
	for i, id := range ids {
		longest[i], from[i] = 1, -1
		for j := range i {
			if place(ids[j]) < place(id) && longest[j]+1 > longest[i] {
				longest[i], from[i] = longest[j]+1, j
			}
		}
		if best < 0 || longest[i] > longest[best] {
			best = i
		}
	}
	var all []string
	for ; best >= 0; best = from[best] {
		all = append(all, ids[best])
	}
	return all
}

// Label names what stands otherwise, in a language.
func (d Difference) Label(lang locale.Lang) string {
	return locale.Text(lang, "agenda.difference."+string(d.What), nil)
}

// Values are Was and Is in a language: kinds by their names, days as people
// write them.
func (d Difference) Values(lang locale.Lang) (was, is string) {
	say := func(s string) string {
		switch {
		case s == "":
			return ""
		case d.What == KindDiffers:
			return locale.Text(lang, "agenda.kind."+s, nil)
		case d.What == ModeDiffers:
			return locale.Text(lang, "session.mode."+s, nil)
		case d.What == DateDiffers:
			return locale.Date(lang, s, locale.Short)
		case d.What == MinutesDiffers:
			return locale.Text(lang, "agenda.difference.minutes.value", problem.Pairs("n", s))
		}
		return s
	}
	return say(d.Was), say(d.Is)
}
