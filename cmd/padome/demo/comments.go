package demo

import (
	"fmt"
	"strings"

	"padome/minutes"
	"padome/office"
)

// comment is what somebody who attended says of the circulated draft, and what
// the secretariat makes of it.
type comment struct {
	at       moment
	who      string
	item     string // key
	text     string
	answered moment
	accepted bool
	answer   string
	was, is  string // what is put in other words because of it
}

// circulate sends the draft to those who attended and deals with their comments.
func (s *script) circulate(x *sitting, m minutes.Minutes) (minutes.Minutes, error) {
	if x.circulated == "" {
		return m, nil
	}
	err := s.as(taker, x.circulated, func(by office.By) (err error) {
		if m, err = s.o.CirculateMinutes(s.ctx, by, m.Session, m.Revision); err == nil {
			s.tell.Bullet(0, "cmd.demo.circulated", "date", string(x.circulated[:10]), "until", string(m.Circulated.Until))
		}
		return err
	})
	for i := 0; i < len(x.comments) && err == nil; i++ {
		m, err = s.comment(x.comments[i], m)
	}
	return m, err
}

func (s *script) comment(x comment, m minutes.Minutes) (minutes.Minutes, error) {
	var c minutes.Comment
	err := s.as(x.who, x.at, func(by office.By) (err error) {
		c, err = s.o.CommentMinutes(s.ctx, by, m.Session, minutes.Saying{Item: s.item(x.item), Text: x.text})
		s.tell.Bullet(0, "cmd.demo.comment", "date", string(x.at[:10]), "name", by.Actor.Name, "text", x.text)
		return err
	})
	if err != nil {
		return m, err
	}
	err = s.as(taker, x.answered, func(by office.By) (err error) {
		part := m.Part(c.Item)
		text := strings.Replace(part.Text(), x.was, x.is, 1)
		if text == part.Text() {
			return fmt.Errorf("the minutes do not say %q", x.was)
		}
		if m, err = s.o.EditPart(s.ctx, by, m.Session, m.Revision, c.Item, text); err != nil {
			return err
		}
		_, err = s.o.AnswerComment(s.ctx, by, m.Session, c.ID, c.Revision, x.accepted, x.answer)
		s.tell.Bullet(0, "cmd.demo.answer", "date", string(x.answered[:10]), "text", x.answer)
		return err
	})
	return m, err
}
