package web

import (
	"net/http"

	"padome/council"
	"padome/office"
	"padome/templates"
)

var administrators = Holding(council.Administrator)

func init() {
	addArea(area{routes: func(s *Server) []Route {
		if s.Office == nil {
			return nil
		}
		return []Route{
			{"GET", "/api/v1/backups", administrators, noBody, s.backups},
			{"POST", "/api/v1/backups", administrators, noBody, s.backUp},
			{"GET", "/settings/backups", administrators, noBody, s.backupsPage},
			{"POST", "/settings/backups", administrators, smallDoc, s.backUpByForm},
		}
	}})
}

func (s *Server) backups(c *Call) error {
	all, err := s.Office.Backups(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	return listPart(c, all, func(b office.Backup) string { return b.Name }, same)
}

func (s *Server) backUp(c *Call) error {
	c.giveTime()
	b, err := s.Office.BackUp(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, b, 0)
}

func (s *Server) backupsPage(c *Call) error {
	p, err := s.backupsShown(c, c.NewForm(nil, 0, nil))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) backupsShown(c *Call, form templates.Form) (templates.Backups, error) {
	p := templates.Backups{Crumbs: c.settingsCrumbs(), Form: form, Nowhere: !s.Office.BacksUp()}
	all, err := s.Office.Backups(c.Ctx, c.Actor)
	for _, b := range all {
		p.Rows = append(p.Rows, templates.BackupRow{Name: b.Name, Made: b.Made, Size: c.size(b.Size)})
	}
	return p, err
}

func (s *Server) backUpByForm(c *Call) error {
	form, err := c.Form(nil, &struct{}{})
	if err != nil {
		return err
	}
	c.giveTime()
	b, err := s.Office.BackUp(c.Ctx, c.Actor)
	if wrong, err := c.Wrong(&form, err); wrong {
		p, pageErr := s.backupsShown(c, form)
		if pageErr != nil {
			return pageErr
		}
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	return c.Done("/settings/backups", "done.backups.made", "name", b.Name)
}
