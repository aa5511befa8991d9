package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"padome/internal/problem"
)

// Preview is what a plan from a file would change, shown before anything does.
type Preview struct {
	Base    int     `json:"base"` // the revision it is held against; 0: there is none yet
	Plan    Plan    `json:"plan"` // as it would be stored
	Matches []Match `json:"matches"`
	Comparison
	Digest string `json:"digest"` // names exactly this; bringing the file in asks for it
}

// Propose holds a plan from a file against the revision in force, nil when there
// is none yet, and says what would change. What its tasks continue comes from the
// mapping, else from a file made as the next revision, else from their words. It
// fails with a *problem.Error as NextRevision does, and when the mapping names
// tasks that are not there.
func Propose(prev *Plan, file Plan, given Mapping) (Preview, error) {
	next := file.Clone()
	if prev == nil {
		next.Revision = 1
		if err := next.Validate(); err != nil {
			return Preview{}, err
		}
		return preview(0, next, []Match{}, Comparison{Tasks: []Tracked{}, Parts: []Difference{}})
	}
	next.keepGoals(prev)
	matches, err := match(prev, &next, given)
	if err != nil {
		return Preview{}, err
	}
	if next, err = NextRevision(*prev, next); err != nil {
		return Preview{}, err
	}
	return preview(prev.Revision, next, matches, Compare(*prev, next))
}

// keepGoals leaves measures with the goals they have in the revision before where
// the file says of none which goal it serves, as the text of the plan does not.
func (p *Plan) keepGoals(prev *Plan) {
	if slices.ContainsFunc(p.Measures, func(m Measure) bool { return m.Goal != 0 }) {
		return
	}
	for i := range p.Measures {
		m := &p.Measures[i]
		j := slices.IndexFunc(prev.Measures, func(x Measure) bool { return x.Number == m.Number })
		if j >= 0 && prev.Measures[j].Goal <= len(p.Goals) {
			m.Goal = prev.Measures[j].Goal
		}
	}
}

func preview(base int, next Plan, matches []Match, c Comparison) (Preview, error) {
	raw, err := json.Marshal(struct {
		Base int
		Plan Plan
	}{base, next})
	if err != nil {
		return Preview{}, fmt.Errorf("digest of preview: %w", err)
	}
	sum := sha256.Sum256(raw)
	return Preview{base, next, matches, c, hex.EncodeToString(sum[:])}, nil
}

// Confirm refuses a preview that is not the one with this digest: the file, the
// mapping or the revision in force is another than when it was looked at.
func (p *Preview) Confirm(digest string) error {
	switch digest {
	case p.Digest:
		return nil
	case "":
		return problem.New(problem.State, "problem.plan.preview.none")
	}
	return problem.New(problem.Conflict, "problem.plan.preview.other")
}
