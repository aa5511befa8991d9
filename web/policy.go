package web

import (
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// Policy says who may use a route at all, by the actor's mandates of the day.
// What depends on the thing asked for is for its handler, which asks the thing.
// The zero Policy is no policy: a route with it does not start.
type Policy struct {
	name   string
	admits func(*Call) error
	open   bool // nobody is identified
}

var (
	// Open is open to everybody; who is logged in is not even looked up, so that
	// it answers when storage does not.
	Open = Policy{name: "open", admits: everybody, open: true}
	// Public is open to everybody; whoever is logged in is known.
	Public = Policy{name: "public", admits: everybody}
	// LoggedIn is open to everybody with an account, with or without a mandate.
	LoggedIn = Policy{name: "logged in", admits: loggedIn}
)

func everybody(*Call) error { return nil }

func loggedIn(c *Call) error {
	if c.account.ID == "" {
		return problem.New(problem.Unknown, "problem.unauthenticated")
	}
	return nil
}

// Holding is open to those who hold one of the roles that day, in their own
// right or as a substitute.
func Holding(roles ...council.Role) Policy {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	admits := func(c *Call) error {
		if err := loggedIn(c); err != nil {
			return err
		}
		if c.Actor.HoldsAny(roles...) {
			return nil
		}
		if c.heldBack {
			return problem.New(problem.Forbidden, "problem.access.second")
		}
		return problem.New(problem.Forbidden, "problem.access.role", "roles", roleNames(c.Lang, roles))
	}
	return Policy{name: "holding " + strings.Join(names, ", "), admits: admits}
}

// Who may use the routes of the council's work. Whether they may do it to this
// very thing the office asks once more.
var (
	mandated  = Holding(council.Roles...)
	keepers   = Holding(council.Secretariat, council.Administrator)
	preparers = Holding(council.Secretariat)
	leads     = Holding(council.Chair, council.Deputy)
	drafters  = Holding(council.Secretariat, council.Chair, council.Deputy)
	workers   = Holding(council.Secretariat, council.Chair, council.Deputy, council.Administrator)
	proposers = Holding(council.Member, council.Chair, council.Deputy, council.Secretariat)
)

func roleNames(lang locale.Lang, roles []council.Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = locale.Text(lang, "role."+string(r), nil)
	}
	return strings.Join(names, ", ")
}
