package web

import (
	"padome/council"
	"padome/storage"
)

// foundView is one thing that a search found, in the caller's language where it
// has a wording in it.
type foundView struct {
	Kind     storage.PublishedKind `json:"kind"`
	KindText string                `json:"kindText"`
	Ref      string                `json:"ref,omitempty"` // id of an item, decision or rule; "8.2" of a task
	Number   string                `json:"number,omitempty"`
	Title    string                `json:"title"`
	Session  string                `json:"session,omitempty"`
	Date     council.Date          `json:"date,omitempty"`
	Words    int                   `json:"words"` // how many of those looked for it has
}

func (c *Call) found(f storage.Found) foundView {
	return foundView{Kind: f.Kind, KindText: c.say("search.kind." + string(f.Kind)), Ref: f.Ref, Number: f.Number,
		Title: c.inLang(f.Title, f.TitleEN), Session: f.Session, Date: f.Date, Words: f.Words}
}

func (s *Server) search(c *Call) error {
	p, err := c.page()
	if err != nil {
		return err
	}
	r, err := s.Office.Search(c.Ctx, c.Query("q"), p)
	if err != nil {
		return err
	}
	return list(c, r.Found, r.Next, c.found)
}
