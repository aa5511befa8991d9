package agenda

import (
	"padome/council"
)

// presiding is P13: chair and deputy preside in turn; the same office twice
// running needs a reason. While nobody is named for the session nothing is
// broken yet: the opening item says whose turn it is, and the rule is asked
// again once somebody is named.
var presiding = Rule{
	ID: "P13",
	Add: func(b *building, s rules) {
		opening, ok := b.named(OpeningID)
		if !ok || b.in.PresidesAs != "" {
			return
		}
		last, ok := b.in.lastPresiding()
		if !ok {
			opening.grounds = append(opening.grounds, *s.reason("begins"))
			return
		}
		opening.grounds = append(opening.grounds, *s.reason("turn", "turn", string(council.OtherLead(last.AsRole)),
			"last", string(last.AsRole), "date", string(last.Date)))
	},
	Check: func(v *view, s rules) []Breach {
		last, ok := v.in.lastPresiding()
		if !ok || v.in.PresidesAs != last.AsRole {
			return nil
		}
		return []Breach{s.breach("", "twice", "role", string(last.AsRole), "date", string(last.Date),
			"turn", string(council.OtherLead(last.AsRole)))}
	},
}

// lastPresiding is the last session before this one that was presided over in
// the right of one of the leads; false when there is none.
func (in *Input) lastPresiding() (last PastSession, ok bool) {
	for _, s := range in.Past {
		if s.AsRole != "" && in.earlier(s.Session, s.Date) &&
			(!ok || s.Date > last.Date || s.Date == last.Date && s.Session > last.Session) {
			last, ok = s, true
		}
	}
	return last, ok
}
