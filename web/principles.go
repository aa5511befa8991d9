package web

import (
	"net/http"
	"slices"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
)

// principlesRoutes are those of the principles that agendas are built by.
func (s *Server) principlesRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/principles", Public, noBody, s.allPrinciples},
		{"POST", "/api/v1/principles", preparers, formDoc, s.addPrinciples},
		{"GET", "/api/v1/principles/:version", Public, noBody, s.principles},
		{"GET", "/api/v1/rules", Public, noBody, s.rules},
	}
}

func (s *Server) allPrinciples(c *Call) error {
	all, err := s.Office.Principles(c.Ctx)
	if err != nil {
		return err
	}
	return listPart(c, all, func(p agenda.Principles) string { return strconv.Itoa(p.Version) }, same)
}

func (s *Server) principles(c *Call) error {
	n, err := c.count("version")
	if err != nil {
		return err
	}
	all, err := s.Office.Principles(c.Ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(p agenda.Principles) bool { return p.Version == n })
	if i < 0 {
		return problem.New(problem.NotFound, "problem.missing.principles", "id", strconv.Itoa(n))
	}
	return c.JSON(http.StatusOK, all[i], uint64(n))
}

// principlesContent is what a set of principles says, without who agreed.
type principlesContent struct {
	Title     string              `json:"title"`
	TitleEN   string              `json:"titleEn"`
	From      council.Date        `json:"from"`
	Note      string              `json:"note"`
	NoteEN    string              `json:"noteEn"`
	Rules     []agenda.Setting    `json:"rules"`
	PlanKinds map[int]agenda.Kind `json:"planKinds"`
	Watched   []agenda.Watched    `json:"watched"`
}

func (p principlesContent) principles() agenda.Principles {
	return agenda.Principles{Title: p.Title, TitleEN: p.TitleEN, From: p.From, Note: p.Note, NoteEN: p.NoteEN,
		Rules: p.Rules, PlanKinds: p.PlanKinds, Watched: p.Watched}
}

// principlesRequest is a version as the working groups agreed it; its number is
// the next.
type principlesRequest struct {
	principlesContent
	Agreed []agenda.Agreement `json:"agreed"`
}

func (s *Server) addPrinciples(c *Call) error {
	var in principlesRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	p := in.principles()
	p.Agreed = in.Agreed
	p, err := s.Office.AddPrinciples(c.Ctx, c.by(), p)
	if err != nil {
		return err
	}
	return stored(c, p, uint64(p.Version), true)
}

// ruleView is a rule of the catalogue in the caller's language.
type ruleView struct {
	ID      string      `json:"id"`
	Hard    bool        `json:"hard"`
	Wording string      `json:"wording"`
	Ground  string      `json:"ground"`
	Params  []paramView `json:"params"`
}

type paramView struct {
	Name    string           `json:"name"`
	Kind    agenda.ParamKind `json:"kind"`
	Default string           `json:"default"`
	Least   *int             `json:"least,omitempty"`
	Most    *int             `json:"most,omitempty"`
	Choices []string         `json:"choices,omitempty"`
}

func (s *Server) rules(c *Call) error {
	return listPart(c, agenda.Catalogue(), func(r agenda.Rule) string { return r.ID }, func(r agenda.Rule) ruleView {
		v := ruleView{ID: r.ID, Hard: r.Hard, Wording: r.Wording(c.Lang), Ground: r.Ground(c.Lang), Params: []paramView{}}
		for _, p := range r.Params {
			x := paramView{Name: p.Name, Kind: p.Kind, Default: p.Default, Choices: p.Choices}
			if p.Kind == agenda.Number {
				x.Least, x.Most = new(p.Least), new(p.Most)
			}
			v.Params = append(v.Params, x)
		}
		return v
	})
}
