package web

import (
	"net/http"
	"strconv"

	"padome/minutes"
	"padome/office"
)

// withheldRoutes are those of the public version of minutes and of what it leaves
// out.
func (s *Server) withheldRoutes() []Route {
	if s.Office == nil {
		return nil
	}
	return append(append(paperRoutes("/api/v1/sessions/:id/minutes/public", Public, s.publicMinutesFile),
		paperRoutes("/api/v1/sessions/:id/minutes/items/:item/extract", Public, s.extractFile)...), []Route{
		{"GET", "/api/v1/sessions/:id/minutes/withheld", LoggedIn, noBody, s.withholding},
		{"POST", "/api/v1/sessions/:id/minutes/withheld", LoggedIn, smallDoc, s.withhold},
		{"DELETE", "/api/v1/sessions/:id/minutes/withheld/:mark", LoggedIn, noBody, s.lift},
	}...)
}

// withholdingView is what must not be published, each with its ground in words.
type withholdingView struct {
	Session  string         `json:"session"`
	Parts    []withheldView `json:"parts"`
	Revision uint64         `json:"revision"`
}

type withheldView struct {
	minutes.Withheld
	Reason string `json:"reason"`
}

func (c *Call) showWithholding(status int) func(minutes.Withholding, error) error {
	return func(w minutes.Withholding, err error) error {
		if err != nil {
			return err
		}
		v := withholdingView{Session: w.Session, Parts: []withheldView{}, Revision: w.Revision}
		for _, x := range w.Parts {
			v.Parts = append(v.Parts, withheldView{x, x.Reason(c.Lang)})
		}
		return c.JSON(status, v, w.Revision)
	}
}

func (s *Server) withholding(c *Call) error {
	return c.showWithholding(http.StatusOK)(s.Office.Withholding(c.Ctx, c.Actor, c.Param("id")))
}

// withholdRequest marks an item, a clause of it, or without an item a passage.
type withholdRequest struct {
	Item   string         `json:"item"`
	Clause int            `json:"clause"`
	Text   string         `json:"text"`
	Ground minutes.Ground `json:"ground"`
	Law    string         `json:"law"`
}

func (in withholdRequest) mark() minutes.Withheld {
	return minutes.Withheld{Item: in.Item, Clause: in.Clause, Text: in.Text, Ground: in.Ground, Law: in.Law}
}

func (s *Server) withhold(c *Call) error {
	var in withholdRequest
	revision, err := c.beginningOrChanging(&in)
	if err != nil {
		return err
	}
	return c.showWithholding(http.StatusCreated)(s.Office.Withhold(c.Ctx, c.by(), c.Param("id"), revision, in.mark()))
}

func (s *Server) lift(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showWithholding(http.StatusOK)(s.Office.Lift(c.Ctx, c.by(), c.Param("id"), revision, c.Param("mark")))
}

// publicMinutesFile sends the public version: where nothing is withheld it is the
// signed file itself.
func (s *Server) publicMinutesFile(c *Call, f office.PaperFormat) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	body, err := s.Office.PublicMinutesFile(c.Ctx, c.Actor, c.Lang, x.ID, f)
	if err != nil {
		return err
	}
	return c.sendPaper(f, body, "api.file.minutes-public", "date", string(x.Date))
}

// extractFile sends the extract of one item; made by the secretariat it is
// certified.
func (s *Server) extractFile(c *Call, f office.PaperFormat) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	body, err := s.Office.ExtractFile(c.Ctx, c.Actor, c.Lang, x.ID, c.Param("item"), f)
	if err != nil {
		return err
	}
	m, err := s.Office.Minutes(c.Ctx, c.Actor, x.ID)
	if err != nil {
		return err
	}
	number := c.Param("item")
	if part := m.Part(number); part != nil {
		number = strconv.Itoa(part.Number)
	}
	return c.sendPaper(f, body, "api.file.extract", "date", string(x.Date), "item", number)
}
