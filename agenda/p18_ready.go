package agenda

// readyToDecide is P18: a decision item needs a draft decision and at least one
// document when the agenda goes out; else it becomes informative or is
// postponed.
var readyToDecide = Rule{
	ID: "P18", Hard: true,
	Params: []Param{{Name: "missing", Kind: Choice, Default: "inform", Choices: []string{"inform", "postpone"}}},
	Bar: func(b *building, s rules, c *Candidate) *Reason {
		if lack := c.lacks(); lack != "" && s.param("missing") == "postpone" && len(c.Postponed) == 0 {
			return s.reason("postponed-" + lack)
		}
		return nil
	},
	Turn: func(b *building, s rules, c *Candidate) *Reason {
		lack := c.lacks()
		if lack == "" {
			return nil
		}
		c.Kind = Information
		return s.reason("informs-" + lack)
	},
	Check: func(v *view, s rules) []Breach {
		var bs []Breach
		for i := range v.items {
			if lack := v.items[i].lacks(); lack != "" {
				bs = append(bs, s.breach(v.items[i].ID, "unmet-"+lack, "title", v.items[i].Title))
			}
		}
		return bs
	},
}

// lacks says what a decision item is without: its draft, its documents, both.
func (m *Matter) lacks() string {
	switch noDraft, noDocument := m.DraftDecision == "", len(m.Documents) == 0; {
	case m.Kind != Decision || !noDraft && !noDocument:
		return ""
	case noDraft && noDocument:
		return "both"
	case noDraft:
		return "draft"
	}
	return "document"
}
