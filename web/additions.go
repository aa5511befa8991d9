package web

import (
	"net/http"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/plan"
)

// addItemRequest is a new item of an open session, the vote that brought it on
// and the number of the item at which the council voted.
type addItemRequest struct {
	Item   addedItem    `json:"item"`
	Vote   minutes.Vote `json:"vote"`
	During int          `json:"during"`
}

// addedItem is what may be said of an item that the session adds.
type addedItem struct {
	Kind          agenda.Kind  `json:"kind"`
	Title         string       `json:"title"`
	Tasks         []plan.Ref   `json:"tasks"`
	OutsidePlan   string       `json:"outsidePlan"`
	Initiator     council.Side `json:"initiator"`
	InitiatedBy   string       `json:"initiatedBy"`
	Presenters    []string     `json:"presenters"`
	Minutes       int          `json:"minutes"`
	DraftDecision string       `json:"draftDecision"`
}

func (r addedItem) matter() agenda.Matter {
	return agenda.Matter{Kind: r.Kind, Title: r.Title, Tasks: r.Tasks, OutsidePlan: r.OutsidePlan, Initiator: r.Initiator,
		InitiatedBy: r.InitiatedBy, Presenters: r.Presenters, Minutes: r.Minutes, DraftDecision: r.DraftDecision}
}

// addItem takes no revision: an item is only ever added behind the others.
func (s *Server) addItem(c *Call) error {
	var in addItemRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	x, err := s.Office.AddItem(c.Ctx, c.by(), c.Param("id"), in.Item.matter(), in.Vote, in.During)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, addedView{x.Item, admission{x.Vote, x.During}}, 0)
}

// addedView is an item that the session added.
type addedView struct {
	Item  agenda.Item `json:"item"`
	Added admission   `json:"added"`
}

func (s *Server) addItemDocument(c *Call) error {
	f, err := c.sent()
	if err != nil {
		return err
	}
	x, err := s.Office.AddItemDocument(c.Ctx, c.by(), c.Param("id"), c.Param("item"), f.name, f.media, f.body)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, addedView{x.Item, admission{x.Vote, x.During}}, 0)
}
