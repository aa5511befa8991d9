package web

import (
	"net/http"

	"padome/office"
	"padome/templates"
)

func init() {
	addArea(area{routes: func(s *Server) []Route {
		if s.Office == nil {
			return nil
		}
		return []Route{
			{"POST", "/api/v1/export", administrators, smallDoc, s.export},
			{"GET", exportAt, administrators, noBody, s.exportPage},
			{"POST", exportAt, administrators, smallDoc, s.exportByForm},
		}
	}})
}

// exportAt is where everything of the council is taken away.
const exportAt = "/settings/export"

func (s *Server) export(c *Call) error {
	var in ownerRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	return s.sendExport(c, in)
}

// sendExport makes the export, and then sends it: whoever takes long to receive it
// holds nobody up.
func (s *Server) sendExport(c *Call, in ownerRequest) error {
	c.giveTime()
	e, err := s.Office.Export(c.Ctx, c.byOwner(in))
	if err != nil {
		return err
	}
	defer e.Close()
	c.giveTime()
	c.SetHeader("Content-Disposition", attachment(e.Name))
	return c.stream(e, "application/zip", e.Size)
}

func (s *Server) exportPage(c *Call) error {
	return c.Page(http.StatusOK, c.exportShown(c.NewForm(templates.ProofFields, 0, nil)))
}

func (c *Call) exportShown(form templates.Form) templates.Export {
	return templates.Export{Crumbs: c.settingsCrumbs(), Form: form, Proof: c.proof(office.OfExport)}
}

func (s *Server) exportByForm(c *Call) error {
	var in ownerRequest
	form, err := c.Form(templates.ProofFields, &in)
	if err != nil {
		return err
	}
	if len(form.Faults) == 0 {
		err = s.sendExport(c, in)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.exportShown(form))
	} else if err != nil {
		return err
	}
	return nil
}
