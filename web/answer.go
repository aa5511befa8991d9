package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/office"
	"padome/storage"
)

// usualPage is how many records a list shows when nobody says.
const usualPage = 50

// listing is a page of records; Next, where there is more, is the value of
// ?after= for the next one.
type listing[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// by is who makes the change, and as which command.
func (c *Call) by() office.By {
	return office.By{Actor: c.Actor, Command: c.Command, Input: c.input}
}

// page is the part of a list that the address asks for.
func (c *Call) page() (storage.Page, error) {
	n, err := c.number("limit", usualPage, 1, storage.MaxPage)
	return storage.Page{After: c.Query("after"), Limit: n}, err
}

// number is a whole number of the address's query, usual when it is not there.
func (c *Call) number(name string, usual, least, most int) (int, error) {
	value, given := c.gin.GetQuery(name)
	if !given {
		return usual, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		var l problem.List
		l.Add(name, "problem.range", "value", clip(value), "least", strconv.Itoa(least), "most", strconv.Itoa(most))
		return 0, l.Err()
	}
	return n, nil
}

// flag is a yes or no of the address's query, no when it is not there.
func (c *Call) flag(name string) (bool, error) {
	switch value := c.Query(name); value {
	case "", "false":
		return false, nil
	case "true":
		return true, nil
	default:
		var l problem.List
		l.Add(name, "problem.choice", "value", clip(value), "choices", "true, false")
		return false, l.Err()
	}
}

// date is a day of the address's query; it fails when a day that is needed is
// not there.
func (c *Call) date(name string, needed bool) (council.Date, error) {
	d := council.Date(c.Query(name))
	if d == "" && !needed || d.Valid() {
		return d, nil
	}
	var l problem.List
	l.Add(name, "problem.date", "value", clip(string(d)))
	return "", l.Err()
}

// span is the days that ?from= and ?until= name, both included.
func (c *Call) span() (s storage.Span, err error) {
	if s.From, err = c.date("from", false); err != nil {
		return s, err
	}
	s.Until, err = c.date("until", false)
	return s, err
}

// count is a number from 1 on in the path; a thing of any other number is not
// there.
func (c *Call) count(name string) (int, error) {
	value := c.Param(name)
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || strconv.Itoa(n) != value {
		return 0, problem.New(problem.NotFound, "problem.not-found")
	}
	return n, nil
}

// list answers with a page that storage has read; each record is shown by view.
func list[T, V any](c *Call, all []T, next string, view func(T) V) error {
	a := listing[V]{Items: make([]V, 0, len(all)), Next: next}
	for _, one := range all {
		a.Items = append(a.Items, view(one))
	}
	return c.JSON(http.StatusOK, a, 0)
}

// listPart answers with the part that the address asks for of a list that was
// read whole; the id of its last record is the cursor.
func listPart[T, V any](c *Call, all []T, id func(T) string, view func(T) V) error {
	p, err := c.page()
	if err != nil {
		return err
	}
	if p.After != "" {
		i := slices.IndexFunc(all, func(one T) bool { return id(one) == p.After })
		if i < 0 {
			var l problem.List
			l.Add("after", "problem.storage.cursor", "value", clip(p.After))
			return l.Err()
		}
		all = all[i+1:]
	}
	next := ""
	if len(all) > p.Limit {
		all = all[:p.Limit]
		next = id(all[p.Limit-1])
	}
	return list(c, all, next, view)
}

// same shows a record as it is.
func same[T any](v T) T { return v }

// stored answers with what a change has made: 201 for what is new.
func stored[T any](c *Call, v T, revision uint64, created bool) error {
	status := http.StatusOK
	if created {
		status = http.StatusCreated
	}
	return c.JSON(status, v, revision)
}

// say is a message in the caller's language.
func (c *Call) say(key string, args ...string) string {
	return locale.Text(c.Lang, key, problem.Pairs(args...))
}

// listed is a list that is never null.
func listed[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// inLang is the one of two texts that is in the caller's language.
func (c *Call) inLang(lv, en string) string {
	if c.Lang == locale.EN {
		return cmp.Or(en, lv)
	}
	return lv
}
