package web

import (
	"net/url"
	"strings"

	"padome/internal/problem"
	"padome/templates"
)

// conflicts is what now stands in the fields of a form that lost against somebody
// else's change, where it is not what was entered. The page of the form is asked
// for anew, as the reader would see it.
func (c *Call) conflicts(e *problem.Error) (all []templates.Conflict) {
	if c.entered == nil || e.Kind != problem.Conflict {
		return nil
	}
	now, ok := c.formNow()
	if !ok {
		return nil
	}
	stored := false
	for _, n := range c.entered.Fields {
		yours, theirs := shownValue(*c.entered, n.Name), shownValue(now, n.Name)
		if yours != theirs && !secret[n.Name] {
			all = append(all, templates.Conflict{Name: c.say(n.Label), Yours: yours, Now: theirs})
			stored = stored || theirs != ""
		}
	}
	if !stored { // a form that begins empty has nothing to compare with
		return nil
	}
	return all
}

// formNow is the form that the address shows now; false when it shows none.
func (c *Call) formNow() (templates.Form, bool) {
	r, ok := c.server.pathsOf[c.gin.FullPath()]
	if !ok || r.Policy.admits(c) != nil {
		return templates.Form{}, false
	}
	var page templates.Page
	again := *c
	again.shown, again.entered = &page, nil
	if r.Handle(&again) != nil {
		return templates.Form{}, false
	}
	form, ok := page.(interface{ Filled() templates.Form })
	if !ok {
		return templates.Form{}, false
	}
	return form.Filled(), true
}

// shownValue is what is entered in a field; a day may come in three boxes.
func shownValue(f templates.Form, name string) string {
	value := strings.Join(f.Values[name], "\n")
	if value == "" {
		value = day(url.Values(f.Values), name)
	}
	return strings.TrimSpace(strings.ReplaceAll(value, "\r\n", "\n"))
}
