package demo

import (
	"padome/agenda"
	"padome/office"
)

// step is what somebody does with a proposal between handing it in and the
// session.
type step struct {
	at       moment
	who      string
	proposal string // key
	does     doing
	text     string
}

type doing string

const (
	asks     doing = "asks"
	answers  doing = "answers"
	checks   doing = "checks"
	confirms doing = "confirms"
)

func (s *script) step(x step) error {
	return s.as(x.who, x.at, func(by office.By) error {
		p, err := s.o.Proposal(s.ctx, by.Actor, s.proposals[x.proposal])
		if err != nil {
			return err
		}
		if err := s.take(x, by, p); err != nil {
			return err
		}
		s.tell.Bullet(0, "cmd.demo.proposal."+string(x.does), "date", string(x.at[:10]), "name", by.Actor.Name,
			"title", p.Title, "text", x.text)
		return nil
	})
}

func (s *script) take(x step, by office.By, p agenda.Proposal) (err error) {
	switch x.does {
	case asks:
		_, err = s.o.ReturnProposal(s.ctx, by, p.ID, p.Revision, x.text)
	case answers:
		_, err = s.o.AnswerQuestion(s.ctx, by, p.ID, p.Revision, x.text)
	case checks:
		_, err = s.o.MarkReady(s.ctx, by, p.ID, p.Revision)
	case confirms:
		_, err = s.o.ConfirmJoint(s.ctx, by, p.ID, p.Revision)
	}
	return err
}

// backlog tells what waits for the council now.
func (s *script) backlog() error {
	by, err := s.by(secretary)
	if err != nil {
		return err
	}
	all, err := s.o.Backlog(s.ctx, by.Actor, agenda.Filter{})
	if err != nil {
		return err
	}
	s.tell.Heading("cmd.backlog.title")
	s.tell.Backlog(all)
	return nil
}
