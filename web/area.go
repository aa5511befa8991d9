package web

import (
	"cmp"
	"slices"
	"strings"

	"padome/council"
	"padome/templates"
)

// area is a part of the web application: its addresses and where the main menu
// leads to it.
type area struct {
	routes func(*Server) []Route
	nav    []entrance
}

// entrance is an entry of the main menu.
type entrance struct {
	path  string
	key   string // of its text
	place int    // entries stand by their places, the lowest first
	shown func(council.Actor) bool
}

// areas are all there are. Each adds itself in an init of its own file, so that
// no two areas edit one list.
var areas []area

func addArea(a area) { areas = append(areas, a) }

// pageRoutes are the addresses of all areas.
func (s *Server) pageRoutes() (all []Route) {
	for _, a := range areas {
		all = append(all, a.routes(s)...)
	}
	return all
}

// nav is the main menu as the actor sees it. The entry whose path is the longest
// beginning of the address is the current one.
func (c *Call) nav() []templates.Link {
	var shown []entrance
	for _, a := range areas {
		for _, e := range a.nav {
			if e.shown(c.Actor) {
				shown = append(shown, e)
			}
		}
	}
	slices.SortStableFunc(shown, func(a, b entrance) int { return cmp.Compare(a.place, b.place) })
	links := make([]templates.Link, len(shown))
	here, longest := -1, 0
	for i, e := range shown {
		links[i] = templates.Link{Text: c.say(e.key), Href: e.path}
		if below(c.gin.Request.URL.Path, e.path) && len(e.path) > longest {
			here, longest = i, len(e.path)
		}
	}
	if here >= 0 {
		links[here].Current = true
	}
	return links
}

// below reports whether an address is that of a path or lies below it.
func below(address, path string) bool {
	return address == path || strings.HasPrefix(address, path+"/")
}

// Who sees an entrance.
func anybody(council.Actor) bool    { return true }
func mandate(a council.Actor) bool  { return len(a.Mandates) > 0 }
func preparer(a council.Actor) bool { return a.Holds(council.Secretariat) }
func keeper(a council.Actor) bool   { return a.HoldsAny(council.Secretariat, council.Administrator) }
