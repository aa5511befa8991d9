package web

import (
	"bytes"
	"mime"
	"net/http"
	"strconv"

	"padome/office"
	"padome/plan"
	"padome/plan/exchange"
)

// planMedia are the kinds of files of a plan. Which it really is shows from what
// is in it.
var planMedia = []string{"application/json", "text/plain", "text/csv", "application/octet-stream",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

// planFile reads the file that the request carries, and from the address what its
// tasks continue.
func (c *Call) planFile() (exchange.File, office.PlanFile, error) {
	var none exchange.File
	if _, err := c.mustBe(planMedia...); err != nil {
		return none, office.PlanFile{}, err
	}
	body, err := c.body()
	if err != nil {
		return none, office.PlanFile{}, err
	}
	follows, err := plan.ParseMapping(c.Query("follows"))
	if err != nil {
		return none, office.PlanFile{}, err
	}
	f, err := exchange.Read(bytes.NewReader(body))
	if err != nil {
		return none, office.PlanFile{}, err
	}
	f.Unplaced = listed(f.Unplaced)
	return f, office.PlanFile{Plan: f.Plan, Follows: follows}, nil
}

// previewAnswer is what bringing in a file would change.
type previewAnswer struct {
	Format   exchange.Format `json:"format"`
	Unplaced []plan.Unplaced `json:"unplaced"`
	plan.Preview
}

func (s *Server) previewPlan(c *Call) error {
	f, in, err := c.planFile()
	if err != nil {
		return err
	}
	p, err := s.Office.PreviewPlan(c.Ctx, c.Actor, in)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, previewAnswer{f.Format, f.Unplaced, p}, 0)
}

// importAnswer is the imported plan, with the lines of its file that belong to no
// part of it.
type importAnswer struct {
	Plan     plan.Plan       `json:"plan"`
	Unplaced []plan.Unplaced `json:"unplaced"`
}

func (s *Server) importPlan(c *Call) error {
	f, in, err := c.planFile()
	if err != nil {
		return err
	}
	p, err := s.Office.ApplyPlan(c.Ctx, c.by(), in, c.Query("digest"))
	if err != nil {
		return err
	}
	return stored(c, importAnswer{p, f.Unplaced}, uint64(p.Revision), true)
}

// exportPlan answers with a revision as a file, DOCX unless another format is
// asked for.
func (s *Server) exportPlan(c *Call) error {
	n, err := c.count("revision")
	if err != nil {
		return err
	}
	format, err := c.planFormat()
	if err != nil {
		return err
	}
	p, err := s.Office.Plan(c.Ctx, n)
	if err != nil {
		return err
	}
	return c.planAs(p, format)
}

// planAs answers with a plan as a file.
func (c *Call) planAs(p plan.Plan, format exchange.Format) error {
	var b bytes.Buffer
	if err := exchange.Write(&b, p, format); err != nil {
		return err
	}
	name := "darba-plans-" + strconv.Itoa(p.From) + "-" + strconv.Itoa(p.Until) + "-" + strconv.Itoa(p.Revision) + "." + string(format)
	c.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	c.write(http.StatusOK, format.Media(), b.Bytes())
	return nil
}
