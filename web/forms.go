package web

import (
	"net/http"

	"padome/internal/form"
	"padome/internal/problem"
)

// formRoutes are those of the forms of papers.
func (s *Server) formRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/forms/:of", drafters, noBody, s.paperForm},
		{"GET", "/api/v1/forms/:of/versions", drafters, noBody, s.paperForms},
		{"PUT", "/api/v1/forms/:of", keepers, longDoc, s.savePaperForm},
	}
}

// formRequest is a form as somebody edits it.
type formRequest struct {
	Tense   form.Tense            `json:"tense,omitempty"`
	Signers string                `json:"signers,omitempty"`
	Lines   form.Lines            `json:"lines,omitempty"`
	Parts   []string              `json:"parts"`
	Texts   map[string]form.Words `json:"texts,omitempty"`
	Closing []form.Words          `json:"closing,omitempty"`
}

func (in formRequest) form(of form.Of, version int) form.Form {
	return form.Form{Of: of, Version: version, Tense: in.Tense, Signers: in.Signers, Lines: in.Lines, Parts: in.Parts, Texts: in.Texts, Closing: in.Closing}
}

// formOf is the paper that the address names.
func (c *Call) formOf() (form.Of, error) {
	for _, of := range form.All {
		if c.Param("of") == string(of) {
			return of, nil
		}
	}
	return "", problem.New(problem.NotFound, "problem.missing.form", "id", c.Param("of"))
}

func (s *Server) paperForm(c *Call) error {
	of, err := c.formOf()
	if err != nil {
		return err
	}
	f, err := s.Office.Form(c.Ctx, of)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, f, uint64(f.Version))
}

func (s *Server) paperForms(c *Call) error {
	of, err := c.formOf()
	if err != nil {
		return err
	}
	all, err := s.Office.Forms(c.Ctx, of)
	if err != nil {
		return err
	}
	return list(c, all, "", same)
}

func (s *Server) savePaperForm(c *Call) error {
	of, err := c.formOf()
	if err != nil {
		return err
	}
	var in formRequest
	version, err := c.beginningOrChanging(&in)
	if err != nil {
		return err
	}
	f, err := s.Office.SaveForm(c.Ctx, c.by(), in.form(of, int(version)))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, f, uint64(f.Version))
}

// formAt is the page of a form.
func formAt(of form.Of) string { return "/settings/forms/" + string(of) }
