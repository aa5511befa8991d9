package web

import (
	"net/http"
	"strconv"

	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
	"padome/templates"
)

// reportsShown are the reports on a decision, the newest first.
func (c *Call) reportsShown(x *office.Followed, mayReport bool) (all []templates.ReportShown) {
	inside := minutes.MayReadRecord(c.Actor)
	for i := len(x.Progress) - 1; i >= 0; i-- {
		p := x.Progress[i]
		r := templates.ReportShown{At: p.At, Who: p.For, Text: p.Text, Status: c.say("page.decision.reported", "status", string(p.Status)), Files: c.evidenceFiles(x, i)}
		if inside && p.Name != "" {
			r.Who = p.Name
			if p.For != "" {
				r.Who = c.say("page.decision.reported-for", "name", p.Name, "for", p.For)
			}
		}
		if mayReport && x.MayAddEvidence(c.Actor, i+1) == nil {
			r.Attach = decisionAt(x.ID, "reports", strconv.Itoa(i+1), "evidence")
		}
		all = append(all, r)
	}
	return all
}

func (c *Call) evidenceFiles(x *office.Followed, report int) (ds []templates.Document) {
	for _, f := range x.Progress[report].Evidence {
		ds = append(ds, templates.Document{Name: f.Name, Href: "/api/v1" + decisionAt(x.ID, "evidence", f.SHA256), Size: c.size(f.Size)})
	}
	return ds
}

// reporting is the decision of the path, for somebody who may report on it now.
func (s *Server) reporting(c *Call) (office.Followed, error) {
	x, may, err := s.Office.FollowedDecision(c.Ctx, c.Actor, c.Param("id"))
	switch {
	case err != nil || may:
		return x, err
	case !x.Status.Open():
		return x, problem.New(problem.State, "problem.minutes.progress.closed", "number", x.Number())
	}
	return x, problem.New(problem.Forbidden, "problem.office.report-for", "number", x.Number())
}

func (s *Server) reportPage(c *Call) error {
	x, err := s.reporting(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.reportForm(&x, c.NewForm(templates.ReportFields, x.Revision, nil)))
}

func (c *Call) reportForm(x *office.Followed, f templates.Form) templates.ReportForm {
	return templates.ReportForm{Crumbs: c.decisionCrumbs(x), Form: f, Title: c.decisionLine(x).Title, Wording: x.Wording, For: minutes.MayReport(c.Actor),
		Statuses: words(c, "decision.status.", []minutes.Status{minutes.OpenStatus, minutes.PartlyDone, minutes.Done, minutes.NotDone})}
}

// reportByForm notes a report, with the file that shows it where there is one.
func (s *Server) reportByForm(c *Call) error {
	x, err := s.reporting(c)
	if err != nil {
		return err
	}
	var in minutes.Report
	form, err := c.Form(templates.ReportFields, &in)
	if err != nil {
		return err
	}
	err = s.report(c, x.ID, form.Revision, in)
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.reportForm(&x, form))
	} else if err != nil {
		return err
	}
	return c.Done(decisionAt(x.ID), "done.decision.reported", "number", x.Number())
}

// report stores a report and then its file. The file is looked at before, so that
// one of a wrong kind leaves no report behind.
func (s *Server) report(c *Call, id string, revision uint64, in minutes.Report) error {
	var file *upload
	if c.hasFile("file") {
		name, media, r, err := c.Upload("file")
		if err != nil {
			return err
		}
		defer r.Close()
		file = &upload{name, media, r}
	}
	d, err := s.Office.ReportProgress(c.Ctx, c.by(), id, revision, in)
	if err != nil || file == nil {
		return err
	}
	by := c.by()
	by.Command += "-file" // a change of its own
	return s.addFile(c, by, d.ID, d.Revision, len(d.Progress), *file)
}

func (s *Server) addFile(c *Call, by office.By, id string, revision uint64, report int, f upload) error {
	_, err := s.Office.AddEvidence(c.Ctx, by, id, revision, report, f.name, f.media, f.body)
	return renamed(err, func(string) string { return "file" })
}

// evidenceOn is the decision of the path, whose report of the path somebody may
// add files to.
func (s *Server) evidenceOn(c *Call) (x office.Followed, report int, err error) {
	if report, err = c.count("report"); err != nil {
		return x, 0, err
	}
	if x, err = s.reporting(c); err == nil {
		err = x.MayAddEvidence(c.Actor, report)
	}
	return x, report, err
}

func (s *Server) evidencePage(c *Call) error {
	x, report, err := s.evidenceOn(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.evidenceForm(&x, report, c.NewForm(templates.DocumentFields, x.Revision, nil)))
}

func (c *Call) evidenceForm(x *office.Followed, report int, f templates.Form) templates.EvidenceForm {
	return templates.EvidenceForm{Crumbs: c.decisionCrumbs(x), Form: f, Title: c.decisionLine(x).Title, Text: x.Progress[report-1].Text,
		Files: c.evidenceFiles(x, report-1)}
}

func (s *Server) evidenceByForm(c *Call) error {
	x, report, err := s.evidenceOn(c)
	if err != nil {
		return err
	}
	form, err := c.Form(templates.DocumentFields, nil)
	if err != nil {
		return err
	}
	err = c.takeFile(func(f upload) error { return s.addFile(c, c.by(), x.ID, form.Revision, report, f) })
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.evidenceForm(&x, report, form))
	} else if err != nil {
		return err
	}
	return c.Done(decisionAt(x.ID), "done.document.added")
}
