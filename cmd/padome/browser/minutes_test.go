package browser

import (
	"padome/council"
	"padome/storage"
)

func init() {
	stops = append(stops,
		stop{name: "minutes", find: belowDay("2024-02-28", "/minutes"), who: []string{public, secretariat, member}},
		stop{name: "minutes-sign", find: belowDay("2024-02-28", "/minutes/sign"), who: []string{deputy}},
		stop{name: "minutes-comments", find: belowDay("2024-02-28", "/minutes/comments"), who: []string{secretariat, member}},
		stop{name: "minutes-changes", find: belowDay("2024-02-28", "/minutes/changes"), who: []string{secretariat}},
		stop{name: "member", path: "/member", who: []string{member, chair, secretariat}},
	)
}

// belowDay finds a page below that of the session of a day.
func belowDay(day council.Date, path string) func(*house) string {
	return func(h *house) string {
		h.Helper()
		all, _, err := h.office.Sessions(h.Context(), storage.Span{From: day, Until: day}, storage.Page{Limit: 1})
		if err != nil || len(all) != 1 {
			h.Fatalf("%d sessions on %s: %v", len(all), day, err)
		}
		return "/sessions/" + all[0].ID + path
	}
}
