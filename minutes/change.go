package minutes

import (
	"cmp"
	"slices"

	"padome/council"
	"padome/internal/text"
)

// PartChange is what has become of the text of an item since the draft was
// circulated.
type PartChange struct {
	Item   string     `json:"item"`
	Number int        `json:"number"`
	Runs   []text.Run `json:"runs"`
}

// Changes are the items whose text differs from what was circulated, in their
// order, word by word; none before a circulation.
func (m *Minutes) Changes() []PartChange {
	if m.Circulated == nil {
		return nil
	}
	var all []PartChange
	for _, p := range m.Parts {
		was := ""
		for _, s := range m.Circulated.Parts {
			if s.Item == p.Item {
				was = s.Text
			}
		}
		if is := p.Text(); is != was {
			all = append(all, PartChange{p.Item, p.Number, text.Diff(was, is)})
		}
	}
	for _, s := range m.Circulated.Parts {
		if m.Part(s.Item) == nil && s.Text != "" {
			all = append(all, PartChange{s.Item, s.Number, text.Diff(s.Text, "")})
		}
	}
	slices.SortStableFunc(all, func(a, b PartChange) int { return cmp.Compare(a.Number, b.Number) })
	return all
}

// MaySeeChanges reports whether the actor sees how the final text differs from
// the circulated one: those who commented, and those who see all comments.
func MaySeeChanges(a council.Actor, s council.Session, comments []Comment) bool {
	return MayReadComments(a, s, &Comment{}) || slices.ContainsFunc(comments, func(c Comment) bool { return a.Person != "" && c.Person == a.Person })
}
