package browser

import (
	"net/http"
	"net/url"

	"padome/council"
	"padome/storage"
)

// Sessions of the demonstration, by their days.
const (
	march council.Date = "2024-03-27" // held, its minutes signed
	april council.Date = "2024-04-24" // planned
)

func init() {
	leading := []string{chair, deputy}
	drafting := []string{secretariat, chair, deputy}
	held := func(rest string) func(*house) string { return pageOf(march, rest) }
	recorded := func(rest string) func(*house) string { return pageOf(beforeDay, rest) }
	planned := func(rest string) func(*house) string { return pageOf(april, rest) }
	stops = append(stops,
		stop{name: "sessions", path: "/sessions", who: everyone},
		stop{name: "sessions-year", path: "/sessions/years/2024", who: []string{public, secretariat}},
		stop{name: "session-new", path: "/sessions/new", who: []string{secretariat}},
		stop{name: "earlier-new", path: "/sessions/earlier", who: []string{secretariat}},
		stop{name: "earlier", find: recorded(""), who: []string{public, secretariat}},
		stop{name: "earlier-change", find: recorded("/earlier"), who: []string{secretariat}},
		stop{name: "earlier-decision", find: recorded("/earlier/decision"), who: []string{secretariat}},
		stop{name: "session-held", find: held(""), who: everyone},
		stop{name: "session-planned", find: planned(""), who: everyone},
		stop{name: "session-change", find: planned("/change"), who: []string{secretariat}},
		stop{name: "session-cancel", find: planned("/cancel"), who: []string{secretariat}},
		stop{name: "observe", find: planned("/observe"), who: []string{public}},
		stop{name: "observers", find: planned("/observers"), who: []string{secretariat}},
		stop{name: "workshop", find: planned("/agenda"), who: []string{secretariat, chair}},
		stop{name: "agenda-item", find: planned("/agenda/items/opening"), who: []string{secretariat}},
		stop{name: "agenda-build", find: planned("/agenda/build"), who: []string{secretariat}},
		stop{name: "agenda-reason", find: reasonAsked, who: []string{secretariat}},
		stop{name: "agenda-submit", find: planned("/agenda/submit"), who: []string{secretariat}},
		stop{name: "approval", find: held("/agenda/approve"), who: leading},
		stop{name: "versions", find: held("/agenda/versions"), who: []string{secretariat, chair}},
		stop{name: "difference", find: held("/agenda/compare?from=1&to=1"), who: []string{secretariat}},
		stop{name: "run-sheet", find: held("/run-sheet"), who: drafting},
		stop{name: "minutes", find: held("/minutes"), who: everyone},
		stop{name: "session-conflict", find: planned("/change"), send: staleSession, status: http.StatusConflict, who: []string{secretariat}},
		stop{name: "session-history", find: historyOfSession, who: []string{secretariat, chair}},
		stop{name: "agenda-item-documents", find: planned("/agenda/items/task-1%2F1.1/documents"), who: []string{secretariat}},
		stop{name: "approval-asked", find: pageOf(may, "/agenda/approve"), who: leading},
		stop{name: "approval-check", find: pageOf(may, "/agenda/approve"), send: approving("approve", ""), who: []string{chair}},
		stop{name: "approval-return-check", find: pageOf(may, "/agenda/approve"), send: approving("return", "Par daudz jautājumu."), who: []string{chair}},
		stop{name: "approval-wrong", find: pageOf(may, "/agenda/approve"), send: approving("", ""), status: http.StatusUnprocessableEntity, who: []string{deputy}},
		stop{name: "live-open", find: planned("/record"), who: []string{secretariat}},
	)
}

// session is the session of a day.
func (h *house) session(day council.Date) council.Session {
	h.Helper()
	all, _, err := h.office.Sessions(h.Context(), storage.Span{From: day, Until: day}, storage.Page{Limit: 1})
	if err != nil || len(all) != 1 {
		h.Fatalf("no session on %s: %v", day, err)
	}
	return all[0]
}

// pageOf finds a page of a session, or beneath it.
func pageOf(day council.Date, rest string) func(*house) string {
	return func(h *house) string { return "/sessions/" + h.session(day).ID + rest }
}

// reasonAsked is the page that asks why the first soft rule is gone against.
func reasonAsked(h *house) string {
	s := h.session(april)
	_, a, _, err := h.office.Workshop(h.Context(), h.by(secretariat).Actor, s.ID)
	if err != nil {
		h.Fatal(err)
	}
	for _, b := range a.Draft.Unmet {
		if !b.Hard {
			return "/sessions/" + s.ID + "/agenda/reasons?" + url.Values{"rule": {b.Reason.Rule}, "item": {b.Item}}.Encode()
		}
	}
	h.Fatalf("every rule is kept: %+v", a.Draft.Unmet)
	return ""
}

// staleSession changes a session from how it stood before somebody else's change.
func staleSession(*house) sending {
	return sends("revision", "1", "kind", "regular", "mode", "in-person", "date-day", "24", "date-month", "4", "date-year", "2024",
		"starts", "10:00", "ends", "12:00", "place", "Brīvības bulvāris 36")(nil)
}

func historyOfSession(h *house) string { return "/history/session/" + h.session(march).ID }

// approving sends what a lead says of May's agenda.
func approving(decision, comment string) func(*house) sending {
	return func(h *house) sending {
		h.Helper()
		a, err := h.office.Agenda(h.Context(), h.by(chair).Actor, h.session(may).ID)
		h.must(err)
		v, _ := a.Current()
		return sends("digest", v.Digest, "decision", decision, "comment", comment)(h)
	}
}
