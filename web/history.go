package web

import "padome/storage"

// historyRoutes tell what happened to a record, to those who work with drafts.
func (s *Server) historyRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/history/:kind/:id", workers, noBody, s.history},
	}
}

// entryView is an entry of the history with what was done in words.
type entryView struct {
	storage.Entry
	Text string `json:"text"`
}

func (s *Server) history(c *Call) error {
	p, err := c.page()
	if err != nil {
		return err
	}
	all, next, err := s.Office.History(c.Ctx, c.Actor, c.Param("kind"), c.Param("id"), p)
	if err != nil {
		return err
	}
	return list(c, all, next, func(e storage.Entry) entryView { return entryView{e, c.say(e.What)} })
}
