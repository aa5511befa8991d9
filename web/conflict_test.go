package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"padome/internal/problem"
	"padome/templates"
)

// keptHouse has a form at /kept, for those logged in, which somebody else has
// filled in meanwhile.
func keptHouse(t *testing.T) *house {
	h := buildHouse(t)
	theirs := map[string]string{"name": "Otra teksts", "given": "tas pats"}
	show := func(c *Call) error {
		f := c.NewForm(templates.SetUpFields, 4, nil)
		for name, value := range theirs {
			f.Values[name] = []string{value}
		}
		return c.Page(http.StatusOK, templates.SetUp{Form: f})
	}
	h.mustMount(append(h.server.routes(), Route{"GET", "/kept", LoggedIn, noBody, show},
		Route{"POST", "/kept", LoggedIn, formDoc, func(c *Call) error {
			if _, err := c.Form(templates.SetUpFields, nil); err != nil {
				return err
			}
			return problem.New(problem.Conflict, "problem.conflict")
		}}))
	return h
}

func TestAConflictShowsBothTexts(t *testing.T) {
	h := keptHouse(t)
	w := h.ask("POST", "/kept", url.Values{"name": {"<b>Mans teksts"}, "given": {"tas pats"}, "password": {"noslēpums"}}.Encode(),
		"Content-Type", plainForm, "Accept", "text/html", "Authorization", h.as("chair"))
	rows := page(t, w).Find("table.stack tbody tr")
	if w.Code != http.StatusConflict || rows.Length() != 1 || rows.Find("td").Eq(0).Text() != "<b>Mans teksts" || rows.Find("td").Eq(1).Text() != "Otra teksts" {
		t.Errorf("answer = %d: %s", w.Code, w.Body)
	}
	if strings.Contains(w.Body.String(), "noslēpums") {
		t.Error("a password came back")
	}
}
