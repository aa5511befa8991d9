package web

import (
	"net/http"
	"strings"

	"padome/council"
	"padome/internal/problem"
	"padome/office"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).verifyPages}) }

const verifyAt = office.VerifyPath

// verifyPages are those on which anybody checks a paper of the council.
func (s *Server) verifyPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", verifyAt, Public, noBody, s.verifyPage},
		{"POST", verifyAt, Public, office.MaxDocument, s.verifyFile},
		{"GET", verifyAt + "/:code", Public, noBody, s.verifyPage},
		{"GET", "/api/v1/verify/:code", Public, noBody, s.verify},
		{"POST", "/api/v1/verify", Public, office.MaxDocument, s.verifySent},
	}
}

// verifyRequest is what somebody enters to find a paper by.
type verifyRequest struct {
	Code string `json:"code"`
}

// verifyPage shows the forms, and what the code of the address or of the form
// leads to.
func (s *Server) verifyPage(c *Call) error {
	code := c.Param("code")
	if code == "" {
		code = c.Query("code")
	}
	form := c.NewForm(templates.VerifyFields, 0, verifyRequest{code})
	p := templates.Verify{Form: form, Path: verifyAt}
	if code == "" {
		return c.Page(http.StatusOK, p)
	}
	x, err := s.Office.Verify(c.Ctx, code)
	if err == nil {
		c.verified(&p, x)
		return c.Page(http.StatusOK, p)
	}
	if problem.KindOf(err) == problem.NotFound {
		p.Differs = c.say("problem.verify.unknown")
		return c.Page(http.StatusNotFound, p)
	}
	if wrong, err := c.Wrong(&p.Form, err); !wrong {
		return err
	}
	return c.FormPage(p)
}

// verifyFile compares the file that was sent with those that were issued or came
// back signed, and looks into a signed one that is none of these. Nothing of it is
// kept.
func (s *Server) verifyFile(c *Call) error {
	form, err := c.Form(templates.VerifyFields, nil)
	if err != nil {
		return err
	}
	p := templates.Verify{Form: form, Path: verifyAt}
	_, f, err := c.sentFile("file")
	if wrong, err := c.Wrong(&p.Form, err); wrong {
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	defer f.Close()
	x, sum, err := s.Office.VerifyFile(c.Ctx, f)
	if problem.KindOf(err) == problem.NotFound {
		p.Differs, err = c.say("page.verify.differs"), nil
	} else if err == nil {
		c.verified(&p, x)
	}
	if err != nil {
		return err
	}
	p.Rows = append(p.Rows, templates.Row{Name: c.say("page.verify.sum"), Value: sum})
	return c.Page(http.StatusOK, p)
}

// verified is what anybody may know of a paper.
func (c *Call) verified(p *templates.Verify, x office.Verified) {
	v := c.verifiedView(x)
	p.Found = true
	switch {
	case v.Verdict == nil:
		p.Exact = v.FileText
	case v.Verdict.Valid:
		p.Warning = v.FileText
	default:
		p.Differs, p.Why = v.FileText, v.Verdict.Faults
	}
	if x.Superseded {
		p.Warning = c.say("page.verify.superseded")
	}
	row := func(key, value string) {
		if value != "" {
			p.Rows = append(p.Rows, templates.Row{Name: c.say("page.verify." + key), Value: value})
		}
	}
	row("what", v.Title)
	row("state", v.State)
	row("signing", v.Signing)
	var signed []string
	for _, g := range v.Signed {
		at := g.At.In(council.Riga)
		line := g.Name + " – " + c.say("page.minutes.signed-at", "date", string(council.DateOf(g.At)), "time", at.Format("15:04"))
		if g.LevelText != "" {
			line += " – " + g.LevelText
		}
		signed = append(signed, line)
	}
	row("signed", strings.Join(signed, "\n"))
	if v.Verdict != nil {
		row("inside", v.Verdict.lines(c))
	}
	row("digest", x.Digest)
	p.Read = v.Read
	for i := range x.Corrections {
		p.Also = append(p.Also, templates.Link{Text: c.correctionTitle(&x.Corrections[i]), Href: correctionAt(&x.Corrections[i])})
	}
}
