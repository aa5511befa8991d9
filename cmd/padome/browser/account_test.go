package browser

import "net/http"

func init() {
	all := []string{secretariat, chair, member}
	stops = append(stops,
		stop{name: "account", path: "/account", who: append(all, minuteTaker)},
		stop{name: "change-password", path: "/account/password", who: []string{member}},
		stop{name: "change-password-wrong", path: "/account/password", send: sends(), status: http.StatusUnprocessableEntity, who: []string{member}},
		stop{name: "second-factor", path: "/account/second", who: []string{chair}},
		stop{name: "second-factor-done", path: "/account/second", send: func(h *house) sending { return sending{fields: h.secondFactor()} }, who: []string{newcomer}},
		stop{name: "login-code", path: "/login/code", who: []string{halfway}},
		stop{name: "login-wrong", path: "/login", send: sends("name", "x", "password", "y"), status: http.StatusUnauthorized, who: []string{public}},
		stop{name: "set-password", find: func(h *house) string { return "/setup/" + h.keys.link }, who: []string{public}},
	)
}
