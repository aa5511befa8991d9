package agenda

import "padome/internal/locale"

// Transitional is version 1 of the principles: until the working groups agree,
// agendas are built by the State Chancellery together with the association
// „Latvijas Pilsoniskā alianse”, and no rule asks for tasks of the plan.
func Transitional() Principles {
	return Principles{
		Version: 1, From: "2024-01-01",
		Title: locale.Text(locale.LV, "principles.transitional", nil), TitleEN: locale.Text(locale.EN, "principles.transitional", nil),
		Note: locale.Text(locale.LV, "principles.transitional.note", nil), NoteEN: locale.Text(locale.EN, "principles.transitional.note", nil),
		Agreed: []Agreement{{By: locale.Text(locale.LV, "principles.transitional.by", nil), On: "2024-01-31"}},
		Rules:  settings("P1", "P2", "P3", "P4", "P6", "P14", "P20", "P21"),
	}
}

// WholeCatalogue puts every rule this program knows in force, as the catalogue
// marks it. Measure 1 comes on as data and measure 6, which watches three policy
// documents, as review. Who agreed to
// it and from when is for the council to say.
func WholeCatalogue() Principles {
	return Principles{
		Version: 2, From: "2024-02-01",
		Title: locale.Text(locale.LV, "principles.catalogue", nil), TitleEN: locale.Text(locale.EN, "principles.catalogue", nil),
		Agreed:    []Agreement{{By: locale.Text(locale.LV, "principles.catalogue.by", nil), On: "2024-02-01"}},
		Rules:     settings(RuleIDs()...),
		PlanKinds: map[int]Kind{1: Data, 6: Review},
		Watched:   watchedByMeasure6(),
	}
}

// watchedByMeasure6 are the policy documents that the tasks of measure 6 watch.
func watchedByMeasure6() []Watched {
	ws := make([]Watched, 3)
	for i, word := range []string{"open-government", "cohesion", "development-goals"} {
		key := "principles.watched." + word
		ws[i] = Watched{Title: locale.Text(locale.LV, key, nil), TitleEN: locale.Text(locale.EN, key, nil), Measure: 6, Task: i + 1}
	}
	ws[0].Months = 6
	return ws
}

func settings(ids ...string) []Setting {
	ss := make([]Setting, len(ids))
	for i, id := range ids {
		ss[i] = Setting{Rule: id, Hard: catalogue[id].Hard}
	}
	return ss
}
