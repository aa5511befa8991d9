package web

import (
	"net/http"
	"strconv"

	"padome/office"
	"padome/templates"
)

func init() {
	addArea(area{routes: func(s *Server) []Route {
		if s.Office == nil {
			return nil
		}
		return []Route{
			{"GET", "/api/v1/retention", keepers, noBody, s.retention},
			{"POST", "/api/v1/retention", keepers, smallDoc, s.applyRetention},
			{"GET", dueAt, keepers, noBody, s.duePage},
			{"POST", dueAt, keepers, smallDoc, s.applyRetentionByForm},
		}
	}})
}

// dueAt is where personal data past its time is looked over and erased.
const dueAt = "/settings/retention"

func (s *Server) retention(c *Call) error {
	all, err := s.Office.Retention(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	return list(c, all, "", same)
}

// ownerRequest is who does it, once more.
type ownerRequest struct {
	Current string `json:"current"`           // the password of the account
	Code    string `json:"code,omitempty"`    // of the second factor, where the account has one
	Passkey string `json:"passkey,omitempty"` // or what a passkey of the account answers
}

func (c *Call) byOwner(in ownerRequest) office.By {
	return c.byProving(proofRequest{Current: in.Current, Code: in.Code, Passkey: in.Passkey})
}

func (s *Server) applyRetention(c *Call) error {
	var in ownerRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	erased, err := s.Office.ApplyRetention(c.Ctx, c.byOwner(in))
	if err != nil {
		return err
	}
	return list(c, erased, "", same)
}

func (s *Server) duePage(c *Call) error {
	p, err := s.dueShown(c, c.NewForm(templates.ProofFields, 0, nil))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) dueShown(c *Call, form templates.Form) (templates.Due, error) {
	p := templates.Due{Crumbs: c.settingsCrumbs(), Form: form, Proof: c.proof(office.OfRetention)}
	all, err := s.Office.Retention(c.Ctx, c.Actor)
	for _, d := range all {
		p.Rows = append(p.Rows, templates.DueRow{Of: string(d.Of), Days: d.Days, Kept: d.Kept, Due: d.Due, Oldest: d.Oldest})
		p.Due += d.Due
	}
	return p, err
}

func (s *Server) applyRetentionByForm(c *Call) error {
	var in ownerRequest
	form, err := c.Form(templates.ProofFields, &in)
	if err != nil {
		return err
	}
	var erased []office.Due
	if len(form.Faults) == 0 {
		erased, err = s.Office.ApplyRetention(c.Ctx, c.byOwner(in))
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		p, pageErr := s.dueShown(c, form)
		if pageErr != nil {
			return pageErr
		}
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	n := 0
	for _, d := range erased {
		n += d.Due
	}
	return c.Done(dueAt, "done.retention.erased", "n", strconv.Itoa(n))
}
