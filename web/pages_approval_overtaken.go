package web

import (
	"net/http"
	"slices"
	"strconv"

	"padome/agenda"
	"padome/internal/problem"
	"padome/templates"
)

// overtaken answers a lead whose word was about a version that is no longer the
// current one: with the page of the current one and what is different in it from
// what the lead was shown. Nothing was recorded. Where no version was ever shown
// by that digest, the refusal stands as it is.
func (s *Server) overtaken(c *Call, in approvalRequest, refusal error) error {
	if problem.KindOf(refusal) != problem.Conflict {
		return refusal
	}
	_, a, _, err := s.Office.Workshop(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	shown := slices.IndexFunc(a.Versions, func(v agenda.Version) bool { return v.Digest == in.Digest })
	if shown < 0 || shown == len(a.Versions)-1 {
		return refusal
	}
	p, err := s.approval(c)
	if err != nil {
		return err
	}
	p.Since = a.Versions[shown].Number
	ds, err := s.Office.Differences(c.Ctx, c.Actor, c.Lang, p.Session.ID, p.Since, p.Version)
	if err != nil {
		return err
	}
	p.Changed = c.differences(ds)
	p.Form = c.NewForm(templates.AgendaApprovalFields, 0, nil)
	p.Form.Values["comment"] = []string{in.Comment}
	p.Form.Faults = templates.Faults{{Text: c.say("problem.approval.overtaken", "shown", strconv.Itoa(p.Since), "now", strconv.Itoa(p.Version))}}
	return c.Page(http.StatusConflict, p)
}
