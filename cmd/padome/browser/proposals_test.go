package browser

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"padome/agenda"
	"padome/council"
)

func init() {
	proposers := []string{secretariat, chair, member}
	stops = append(stops,
		stop{name: "proposals", path: "/proposals", who: proposers},
		stop{name: "proposal-new", path: "/proposals/new", who: []string{secretariat, member}},
		stop{name: "proposal", find: proposal(""), who: proposers},
		stop{name: "proposal-change", find: proposal("/change"), who: []string{secretariat}},
		stop{name: "proposal-documents", find: proposal("/documents"), who: []string{secretariat}},
		stop{name: "proposal-opinion", find: proposal("/opinion"), who: []string{secretariat}},
		stop{name: "proposal-withdraw", find: proposal("/withdraw"), who: []string{secretariat}},
		stop{name: "backlog", path: "/backlog", who: proposers},
		stop{name: "decisions", path: "/decisions", who: []string{public, secretariat}},
		stop{name: "decisions-open", path: "/decisions?state=open&measure=2", who: []string{public}},
		stop{name: "decision", find: decision(""), who: []string{public, secretariat}},
		stop{name: "decision-report", find: decision("/report"), who: []string{secretariat}},
		stop{name: "decision-evidence", find: decisionReported, who: []string{secretariat}},
		stop{name: "proposal-wrong", path: "/proposals/new", send: sends(), status: http.StatusUnprocessableEntity, who: []string{member}},
		stop{name: "settle", find: settle, who: []string{chair}},
		stop{name: "reminders", path: "/reminders", who: []string{secretariat}})
}

var officer = council.Actor{Mandates: []council.Mandate{{Role: council.Secretariat}}}

// proposal finds a page of a proposal that waits.
func proposal(below string) func(*house) string {
	return func(h *house) string {
		h.Helper()
		all, err := h.office.Backlog(h.Context(), officer, agenda.Filter{})
		i := slices.IndexFunc(all, func(p agenda.Pending) bool { return p.State != "" && len(p.Postponed) == 0 })
		if err != nil || i < 0 {
			h.Fatalf("no proposal waits: %v", err)
		}
		return "/proposals/" + all[i].ID + below
	}
}

// decision finds a page of a decision that is still to be carried out.
func decision(below string) func(*house) string {
	return func(h *house) string {
		h.Helper()
		return "/decisions/" + h.decision().ID + below
	}
}

// decisionReported finds where evidence is added to the newest report on it.
func decisionReported(h *house) string {
	h.Helper()
	d := h.decision()
	return fmt.Sprintf("/decisions/%s/reports/%d/evidence", d.ID, len(d.Progress))
}

// settle finds where the leads choose what becomes of a postponed matter.
func settle(h *house) string {
	h.Helper()
	all, err := h.office.Carried(h.Context(), h.by(chair).Actor)
	h.must(err)
	if len(all) == 0 {
		h.Fatal("nothing was postponed")
	}
	return "/backlog/" + url.PathEscape(all[0].ID) + "/settle"
}
