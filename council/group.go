package council

import (
	"slices"
	"strconv"

	"padome/internal/problem"
	"padome/internal/text"
)

// WorkingGroup is a working group of the council and the measures of the plan
// it is responsible for.
type WorkingGroup struct {
	ID       string   `json:"id"` // short and stable: "finance"
	Name     string   `json:"name"`
	NameEN   string   `json:"nameEn"`
	Measures []int    `json:"measures"`
	Members  []string `json:"members"` // persons
	Lead     string   `json:"lead,omitempty"`
	From     Date     `json:"from"`
	Until    Date     `json:"until,omitempty"`
	Revision uint64   `json:"revision"`
}

// Validate tidies the group's texts and says what is wrong with it.
func (g *WorkingGroup) Validate() error {
	var l problem.List
	text.Line(&l, "id", &g.ID, 1, 40)
	text.Line(&l, "name", &g.Name, 1, 300)
	text.Line(&l, "nameEn", &g.NameEN, 1, 300)
	for i, m := range g.Measures {
		within(&l, "measures["+strconv.Itoa(i)+"]", m, 1, 999)
	}
	period(&l, g.From, g.Until)
	return l.Err()
}

// InForce reports whether the group works on a day.
func (g *WorkingGroup) InForce(on Date) bool {
	return g.From <= on && (g.Until == "" || on <= g.Until)
}

// Has reports whether a person leads the group or is one of its members.
func (g *WorkingGroup) Has(person string) bool {
	return person != "" && (g.Lead == person || slices.Contains(g.Members, person))
}
