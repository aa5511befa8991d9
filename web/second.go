package web

import (
	"net/http"

	"padome/council"
	"padome/internal/problem"
)

// holdBack takes from the call the powers that the council lets nobody use
// without a second factor.
func (s *Server) holdBack(c *Call) error {
	if c.account.HasSecond() || !powerful(c.Actor) {
		return nil
	}
	x, err := s.Settings(c.Ctx)
	if err != nil || !x.SecondRequired {
		return err
	}
	c.Actor, c.heldBack = withoutPowers(c.Actor), true
	return nil
}

// withoutPowers takes from an actor the mandates that may be used with a second
// factor only.
func withoutPowers(a council.Actor) council.Actor {
	var kept []council.Mandate
	for _, m := range a.Mandates {
		if m.Role == council.Member {
			kept = append(kept, m)
		}
	}
	a.Mandates = kept
	return a
}

// mayChange refuses every change by somebody whose powers are held back, but for
// those of their own account, where the second factor is set up, and what
// everybody may do. Some powers are a person's, not a mandate's: who presided
// signs the minutes, whoever they are today.
func (c *Call) mayChange(r Route) error {
	own := below(r.Path, passkeysAt) || r.Path == "/logout" || r.Path == "/api/v1/logout" || r.Path == "/api/v1/password" || below(r.Path, accountPath)
	if !c.heldBack || r.Method == http.MethodGet || r.Policy.name == Public.name || own {
		return nil
	}
	return problem.New(problem.Forbidden, "problem.access.second")
}
