package plan

import (
	"bytes"
	_ "embed"
	"fmt"
	"sync"
)

// darba-plans-2024-2026.txt is the council's plan as its PDF yields it.
//
//go:embed data/darba-plans-2024-2026.txt
var realText []byte

var realPlan = sync.OnceValues(func() (Plan, error) {
	p, unplaced, err := ParseText(bytes.NewReader(realText))
	if err != nil {
		return Plan{}, err
	}
	if len(unplaced) > 0 {
		return Plan{}, fmt.Errorf("the council's plan has %d lines without a place, the first is %d", len(unplaced), unplaced[0].Line)
	}
	return p, nil
})

// Real is the council's plan for 2024–2026, revision 1, each time a copy of its
// own. It fails only when the program was built with another text.
func Real() (Plan, error) {
	p, err := realPlan()
	return p.Clone(), err
}

// suggestedGoals are the goals of measures 1–8 of the plan for 2024–2026 in the
// mapping suggested to start from. The plan itself has none.
var suggestedGoals = [...]int{1, 1, 1, 1, 1, 2, 2, 2}

// SuggestGoals gives the measures that have no goal yet the one suggested for the
// plan for 2024–2026: goal 1 to measures 1–5, goal 2 to 6–8. Plans of other
// periods stay as they are.
func (p *Plan) SuggestGoals() {
	if p.From != 2024 || p.Until != 2026 {
		return
	}
	for i := range min(len(p.Measures), len(suggestedGoals)) {
		if m := &p.Measures[i]; m.Goal == 0 && suggestedGoals[i] <= len(p.Goals) {
			m.Goal = suggestedGoals[i]
		}
	}
}
