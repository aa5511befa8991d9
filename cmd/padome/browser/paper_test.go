package browser

import "padome/office"

func init() {
	stops = append(stops,
		stop{name: "verify", path: "/verify", who: []string{public, member}},
		stop{name: "verified", find: verifiedMinutes, who: []string{public, secretariat}},
		stop{name: "form-minutes", path: "/settings/forms/minutes", who: []string{secretariat}},
		stop{name: "form-agenda", path: "/settings/forms/agenda", who: []string{secretariat}},
		stop{name: "form-extract", path: "/settings/forms/extract", who: []string{secretariat}},
	)
}

// verifiedMinutes is where February's minutes are verified.
func verifiedMinutes(h *house) string {
	h.Helper()
	m, err := h.office.Minutes(h.Context(), h.by(secretariat).Actor, h.session(february).ID)
	h.must(err)
	return office.VerifyPath + "/" + office.Fingerprint(m.Digest)
}
