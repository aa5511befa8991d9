package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/internal/problem"
	"padome/templates"
)

// orderByForm puts the items into the order of the numbers entered, or moves one
// item by the button that was pressed. With try it only shows how the agenda
// would stand: the page asks for that while its items are moved.
func (s *Server) orderByForm(c *Call) error {
	b, err := s.bench(c)
	if err != nil {
		return err
	}
	var in struct {
		Reason string `json:"reason"`
	}
	form, err := c.Form(workshopFields(&b.a.Draft), &in)
	if err != nil {
		return err
	}
	ids, err := orderOf(&b.a.Draft, form.Values)
	if err == nil && form.Value("try") != "" {
		return c.Page(http.StatusOK, c.triedPage(b, ids, form))
	}
	if err == nil && len(form.Faults) == 0 {
		_, err = s.Office.ArrangeAgenda(c.Ctx, c.by(), b.x.ID, form.Revision, ids, in.Reason)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.triedPage(b, ids, form))
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(b.x.ID, "agenda"), "done.workshop.order")
}

// workshopFields are the reason, and the place of everything that is on the
// agenda or could be.
func workshopFields(d *agenda.Draft) []templates.Named {
	all := slices.Clone(templates.WorkshopFields)
	for i := range d.Items {
		all = append(all, templates.Named{Name: "place." + d.Items[i].ID, Label: "page.workshop.place"})
	}
	for i := range d.LeftOut {
		all = append(all, templates.Named{Name: "place." + d.LeftOut[i].ID, Label: "page.workshop.place"})
	}
	return all
}

// triedPage is the workshop with its items as they were put, so that an order
// whose reason is still missing is not lost. An order that cannot be is not
// shown: then it is the agenda as it stands.
func (c *Call) triedPage(b bench, ids []string, f templates.Form) templates.Workshop {
	a, err := c.server.Office.TryAgenda(c.Ctx, c.Actor, b.x.ID, ids)
	if err != nil || ids == nil {
		return c.workshopPage(b, f)
	}
	b.a = a
	p := c.workshopPage(b, f)
	p.Unsaved = true
	return p
}

// orderOf is the order that a form asks for. It names the items that it shows,
// in their order, as "on"; they stand by the numbers entered for them: one that
// goes up stands before the one that has its number, one that goes down behind
// it. A candidate comes on before the last item. With numbers that are no places
// the items stay as they are shown.
func orderOf(d *agenda.Draft, values url.Values) ([]string, error) {
	type placed struct {
		id    string
		place int
	}
	shown := values["on"]
	if shown == nil {
		for _, it := range d.Items {
			shown = append(shown, it.ID)
		}
	}
	var l problem.List
	all := make([]placed, len(shown))
	for i, id := range shown {
		all[i] = placed{id, 2 * (i + 1)}
		value := strings.TrimSpace(values.Get("place." + id))
		n, err := strconv.Atoi(value)
		switch {
		case value == "":
		case err != nil || n < 1 || n > len(shown):
			l.Add("place."+id, "problem.agenda.place", "value", clip(value), "title", titleOf(d, id), "most", strconv.Itoa(len(shown)))
		case n < i+1:
			all[i].place = 2*n - 1
		case n > i+1:
			all[i].place = 2*n + 1
		}
	}
	if err := l.Err(); err != nil {
		return shown, err
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.place, b.place) })
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].id
	}
	return pressed(ids, values), nil
}

// titleOf is the title of an item of the draft, or of a candidate.
func titleOf(d *agenda.Draft, id string) string {
	if it, ok := d.Item(id); ok {
		return it.Title
	}
	for i := range d.LeftOut {
		if d.LeftOut[i].ID == id {
			return d.LeftOut[i].Title
		}
	}
	return id
}

// pressed is the order after the button that was pressed, if one was.
func pressed(ids []string, values url.Values) []string {
	if i := slices.Index(ids, values.Get("up")); i > 0 {
		ids[i-1], ids[i] = ids[i], ids[i-1]
	}
	if i := slices.Index(ids, values.Get("down")); i >= 0 && i < len(ids)-1 {
		ids[i+1], ids[i] = ids[i], ids[i+1]
	}
	if i := slices.Index(ids, values.Get("out")); i >= 0 {
		ids = slices.Delete(ids, i, i+1)
	}
	if add := values.Get("add"); add != "" {
		ids = slices.Insert(ids, max(len(ids)-1, 0), add)
	}
	return ids
}
