package browser

import (
	"net/http"

	"padome/council"
	"padome/storage"
)

func init() {
	stops = append(stops,
		stop{name: "people", path: "/people", who: []string{public, secretariat, member}},
		stop{name: "person-new", path: "/people/new", who: []string{secretariat}},
		stop{name: "delegations", path: "/people/delegations", who: []string{secretariat}},
		stop{name: "delegation-new", path: "/people/delegations/new", who: []string{secretariat}},
		stop{name: "groups", path: "/groups", who: []string{public, secretariat}},
		stop{name: "group-new", path: "/groups/new", who: []string{secretariat}},
		stop{name: "principles", path: "/principles", who: []string{public, secretariat}},
		stop{name: "principles-version", path: "/principles/2", who: []string{public}},
		stop{name: "principles-compare", path: "/principles/compare?a=1&b=2&past=1", who: []string{secretariat}},
		stop{name: "overrides", path: "/principles/overrides", who: []string{secretariat}},
		stop{name: "draft-new", path: "/principles/drafts/new", who: []string{secretariat}},
		stop{name: "settings", path: "/settings", who: []string{secretariat}},
		stop{name: "settings-calendar", path: "/settings/calendar", who: []string{secretariat}},
		stop{name: "settings-arms", path: "/settings/arms", who: []string{secretariat}},
		stop{name: "trust", path: "/settings/trust", who: []string{admin}},
		stop{name: "retention", path: "/observers", who: []string{secretariat}},
		stop{name: "due", path: "/settings/retention", who: []string{admin}},
		stop{name: "export", path: "/settings/export", who: []string{admin}},
		stop{name: "backups", path: "/settings/backups", who: []string{admin}},
		stop{name: "certificate", find: ofPerson("/certificate"), who: []string{secretariat}},
		stop{name: "accounts", path: "/accounts", who: []string{admin}},
		stop{name: "account-new", path: "/accounts/new", who: []string{admin}},
		stop{name: "account-kept", find: ofAccount(newcomer, ""), who: []string{admin}},
		stop{name: "account-link", find: ofAccount(member, "/reset"), send: sends(), who: []string{admin}},
		stop{name: "person", find: ofPerson(""), who: []string{secretariat, member}},
		stop{name: "person-change", find: ofPerson("/change"), who: []string{secretariat}},
		stop{name: "person-wrong", path: "/people/new", send: sends(), status: http.StatusUnprocessableEntity, who: []string{secretariat}},
		stop{name: "mandate-new", find: ofPerson("/mandates/new"), who: []string{secretariat}},
		stop{name: "mandate-change", find: ofMandate, who: []string{secretariat}},
		stop{name: "delegation-change", find: ofDelegation, who: []string{secretariat}},
		stop{name: "group-change", path: "/groups/content/change", who: []string{secretariat}},
		stop{name: "principles-draft", find: ofDraft(""), who: []string{secretariat, chair}},
		stop{name: "draft-texts", find: ofDraft("/texts"), who: []string{chair}},
		stop{name: "draft-rule", find: ofDraft("/rules/P12"), who: []string{chair}},
		stop{name: "draft-kinds", find: ofDraft("/kinds"), who: []string{chair}},
		stop{name: "draft-watched", find: ofDraft("/watched"), who: []string{chair}},
		stop{name: "draft-groups", find: ofDraft("/groups"), who: []string{secretariat}},
		stop{name: "draft-agreement", find: ofDraft("/agreements/content"), who: []string{secretariat}},
		stop{name: "draft-adopt", find: ofDraft("/adopt"), who: []string{secretariat}},
		stop{name: "draft-reject", find: ofDraft("/reject"), who: []string{secretariat}},
		stop{name: "draft-withdraw", find: ofDraft("/withdraw"), who: []string{chair}},
	)
}

// ofAccount finds a page of an account.
func ofAccount(name, below string) func(*house) string {
	return func(h *house) string {
		h.Helper()
		a, err := h.office.Logins().AccountByName(h.Context(), name)
		h.must(err)
		return "/accounts/" + a.ID + below
	}
}

// ofPerson finds a page of a member.
func ofPerson(below string) func(*house) string {
	return func(h *house) string {
		h.Helper()
		return "/people/" + h.by(member).Actor.Person + below
	}
}

func ofMandate(h *house) string {
	h.Helper()
	a := h.by(member).Actor
	return "/people/" + a.Person + "/mandates/" + a.Mandates[0].ID
}

func ofDelegation(h *house) string {
	h.Helper()
	all, err := h.office.Delegations(h.Context())
	h.must(err)
	return "/people/delegations/" + all[0].ID
}

// ofDraft finds a page of the principles that were proposed last.
func ofDraft(below string) func(*house) string {
	return func(h *house) string {
		h.Helper()
		all, _, err := h.office.PrinciplesDrafts(h.Context(), council.Actor{Mandates: []council.Mandate{{Role: council.Secretariat}}}, storage.Page{Limit: 1})
		h.must(err)
		return "/principles/drafts/" + all[0].ID + below
	}
}
