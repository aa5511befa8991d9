package demo

import (
	"strconv"
	"strings"

	"padome/cmd/padome/tell"
	"padome/council"
	"padome/office"
	"padome/plan"
)

// delegate sends somebody to another body and tells when the report is due (P23).
func (s *script) delegate(by office.By) error {
	who := s.persons["lielkalns"]
	d, err := s.o.SaveDelegation(s.ctx, by, 0, council.Delegation{Person: who.ID, Body: "ES fondu uzraudzības komiteja",
		BodyEN: "EU Funds Monitoring Committee", From: "2024-04-15"})
	if err == nil {
		s.tell.Bullet(0, "cmd.demo.delegated", "date", string(d.From), "name", who.Name(),
			"body", tell.Titled(s.Lang, d.Body, d.BodyEN), "by", string(d.From.AddMonths(12)))
	}
	return err
}

// foresee tells what the sessions to the end of the plan would deal with, and whether
// they can meet what is asked of them.
func (s *script) foresee(by office.By) error {
	o, err := s.o.Forecast(s.ctx, by.Actor, s.o.Today(), 0)
	if err != nil {
		return err
	}
	last, items := o.Sessions[len(o.Sessions)-1].Session.Date, 0
	for i := range o.Sessions {
		for _, it := range o.Sessions[i].Draft.Items {
			if it.Kind.Substantive() {
				items++
			}
		}
	}
	s.tell.Bullet(0, "cmd.demo.forecast", "n", strconv.Itoa(len(o.Sessions)), "last", string(last), "items", strconv.Itoa(items))
	if n := len(o.Unmet); n > 0 {
		s.tell.Bullet(0, "cmd.demo.forecast.unmet", "n", strconv.Itoa(n))
		return nil
	}
	s.tell.Bullet(0, "cmd.demo.forecast.met")
	return nil
}

// review begins the yearly review of the plan and tells its tracked changes.
func (s *script) review(by office.By) error {
	p, err := s.o.Plan(s.ctx, 0)
	if err != nil {
		return err
	}
	r, err := s.o.StartReview(s.ctx, by, p.Revision)
	if err != nil {
		return err
	}
	t, _ := p.Task(7, 3)
	if r, err = s.o.EditReview(s.ctx, by, r.ID, r.Revision, plan.Edit{Op: plan.Reword, Measure: 7, Task: 3,
		Text: strings.TrimRight(t.Text, ".;") + ", un reizi gadā uzklausīt tās ziņojumu;"}); err != nil {
		return err
	}
	_, changes, err := s.o.Review(s.ctx, by.Actor, r.ID)
	if err != nil {
		return err
	}
	s.tell.Bullet(0, "cmd.demo.review", "date", string(council.DateOf(r.StartedAt)), "name", by.Actor.Name, "revision", strconv.Itoa(r.Proposed.Revision))
	for _, line := range changes.Lines(s.Lang) {
		s.tell.Wrapped(1, "– ", line)
	}
	return nil
}
