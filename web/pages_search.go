package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"padome/internal/locale"
	"padome/internal/problem"
	"padome/internal/search"
	"padome/office"
	"padome/storage"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).searchPages}) }

const searchPath = "/search"

func (s *Server) searchPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", searchPath, Public, noBody, s.kept(s.searchPage)},
		{"GET", "/api/v1/search", Public, noBody, s.search},
	}
}

// Sizes of a page of what was found.
const (
	mostFound   = 20  // things
	mostTitle   = 300 // characters of a title: a decision may have thousands
	mostExcerpt = 240
)

// searchPage shows the form, and what was found where something was asked.
func (s *Server) searchPage(c *Call) error {
	r, err := s.Office.Search(c.Ctx, c.Query("q"), storage.Page{Limit: mostFound, After: c.Query("after")})
	if e, ok := asProblem(err); ok && e.Kind == problem.Invalid && len(e.Fields) > 0 {
		p := templates.SearchPage{Query: c.Query("q"), Fault: locale.Text(c.Lang, e.Fields[0].Key, e.Fields[0].Args)}
		return c.FormPage(p)
	}
	if err != nil {
		return err
	}
	p := templates.SearchPage{Query: r.Query, Asked: len(r.Terms) > 0}
	for _, f := range r.Found {
		p.Results = append(p.Results, c.searchHit(&r, f))
	}
	if r.Next != "" {
		p.Older = searchFor(r.Query, r.Next)
	}
	if c.Query("after") != "" {
		p.Newer = searchFor(r.Query, "")
	}
	return c.Page(http.StatusOK, p)
}

func searchFor(query, after string) string {
	q := url.Values{"q": {query}}
	if after != "" {
		q.Set("after", after)
	}
	return searchPath + "?" + q.Encode()
}

func (c *Call) searchHit(r *office.SearchResult, f storage.Found) templates.SearchHit {
	h := templates.SearchHit{Kind: templates.Tag{Text: c.say("search.kind." + string(f.Kind)), Colour: "grey"}, Number: f.Number,
		Title: search.Excerpt(c.inLang(f.Title, f.TitleEN), r.Terms, mostTitle), Href: c.server.whereFound(f)}
	text := search.Excerpt(c.inLang(f.Text, f.TextEN), r.Terms, mostExcerpt)
	if slices.ContainsFunc(text, func(p search.Piece) bool { return p.Hit }) {
		h.Text = text
	}
	if f.Session != "" {
		h.Date = f.Date
	}
	return h
}

// whereFound is the page of what was found; the API's answer where the thing has
// no page.
func (s *Server) whereFound(f storage.Found) string {
	measure, task, _ := strings.Cut(f.Ref, ".")
	switch {
	case f.Kind == storage.PublishedSession:
		return sessionAt(f.Session)
	case f.Kind == storage.PublishedItem:
		return sessionAt(f.Session) + "#agenda"
	case f.Kind == storage.PublishedMinutes:
		return sessionAt(f.Session) + "#minutes"
	case f.Kind == storage.PublishedDecision && s.hasPage("/decisions/:id"):
		return decisionAt(f.Ref)
	case f.Kind == storage.PublishedDecision:
		return sessionAt(f.Session) + "#decisions"
	case f.Kind == storage.PublishedTask && s.hasPage("/plan/tasks/:measure/:task"):
		return "/plan/tasks/" + measure + "/" + task
	case f.Kind == storage.PublishedTask:
		return "/api/v1/plan/tasks/" + measure + "/" + task
	case f.Kind == storage.PublishedMeasure && s.hasPage("/plan"):
		return "/plan#measure-" + measure
	case f.Kind == storage.PublishedMeasure:
		return "/api/v1/plan"
	case s.hasPage("/principles"):
		return "/principles"
	}
	return "/api/v1/rules"
}
