package browser

import (
	"net/url"

	"padome/agenda"
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
	planned := func(rest string) func(*house) string { return pageOf(april, rest) }
	stops = append(stops,
		stop{name: "sessions", path: "/sessions", who: everyone},
		stop{name: "sessions-year", path: "/sessions/years/2024", who: []string{public, secretariat}},
		stop{name: "session-new", path: "/sessions/new", who: []string{secretariat}},
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
		stop{name: "minutes-sign", find: held("/minutes/sign"), who: []string{chair}},
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

// built has the draft of April's agenda built.
func (h *house) built() agenda.Agenda {
	h.Helper()
	a, err := h.office.BuildAgenda(h.Context(), h.by(secretariat), h.session(april).ID, 0)
	if err != nil {
		h.Fatal(err)
	}
	return a
}

// prepared has April's agenda approved, so that the session is convened; then
// the task that rule P8 asks for is taken out again, which asks for a reason.
func (h *house) prepared() {
	h.Helper()
	s := h.session(april).ID
	a, err := h.office.SubmitAgenda(h.Context(), h.by(secretariat), s, h.built().Revision)
	for _, who := range []string{chair, deputy} {
		if err == nil {
			v, _ := a.Current()
			a, err = h.office.ApproveAgenda(h.Context(), h.by(who), s, v.Digest)
		}
	}
	if err != nil {
		h.Fatal(err)
	}
	ids := []string{"opening", "execution", "task-1/1.1", "task-1/6.1", "task-1/8.1"}
	for _, it := range a.Draft.Items[2:] {
		ids = append(ids, it.ID)
	}
	if _, err := h.office.ArrangeAgenda(h.Context(), h.by(secretariat), s, a.Revision, ids, "Tā lūdz abi vadītāji."); err != nil {
		h.Fatal(err)
	}
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
