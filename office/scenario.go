package office

import (
	"padome/agenda"
	"padome/agenda/scenario"
)

// PreviewScenario builds the draft of a scenario, given as its JSON, from nothing
// but what stands in it. Anyone may.
func PreviewScenario(raw []byte) (agenda.Draft, error) {
	in, err := scenario.Read(raw)
	if err != nil {
		return agenda.Draft{}, err
	}
	return agenda.Build(in)
}
