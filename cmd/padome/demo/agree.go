package demo

import (
	"strconv"

	"padome/agenda"
	"padome/cmd/padome/tell"
	"padome/office"
	"padome/storage"
)

// agree makes the working groups, lets one of them propose the principles, and
// brings those into force once all three have agreed. It records the first tasks
// that somebody answers for.
func (s *script) agree() error {
	s.tell.Heading("cmd.demo.agreement")
	if err := s.as(secretary, "2024-02-01 11:00", s.makeGroups); err != nil {
		return err
	}
	var d agenda.PrinciplesDraft
	if err := s.as("šķērsone", "2024-02-05 14:20", func(by office.By) (err error) {
		d, err = s.draftPrinciples(by)
		return err
	}); err != nil {
		return err
	}
	return s.as(secretary, "2024-02-09 11:00", func(by office.By) error {
		if err := s.adopt(by, d); err != nil {
			return err
		}
		return s.assign(by)
	})
}

func (s *script) makeGroups(by office.By) error {
	for _, g := range groups {
		g.From, g.Lead = january.date, s.persons[g.Lead].ID
		members := make([]string, len(g.Members))
		for i, who := range g.Members {
			members[i] = s.persons[who].ID
		}
		g.Members = members
		if _, err := s.o.SaveGroup(s.ctx, by, 0, g); err != nil {
			return err
		}
	}
	return nil
}

// draftPrinciples proposes the whole catalogue for the content planning group.
func (s *script) draftPrinciples(by office.By) (agenda.PrinciplesDraft, error) {
	set := agenda.WholeCatalogue()
	set.From = "2024-02-09"
	d, err := s.o.ProposePrinciples(s.ctx, by, "content", set)
	if err != nil {
		return d, err
	}
	c, err := s.o.PrinciplesChanges(s.ctx, by.Actor, office.PrinciplesRef{Version: d.BasedOn}, office.PrinciplesRef{Draft: d.ID})
	if err != nil {
		return d, err
	}
	g := groups[2]
	s.tell.Line(0, "cmd.demo.proposed-principles", "date", "2024-02-05", "group", tell.Titled(s.Lang, g.Name, g.NameEN),
		"version", strconv.Itoa(d.BasedOn), "n", strconv.Itoa(len(c.Changes)))
	return d, nil
}

// adopt records that each group agreed, and brings the set into force.
func (s *script) adopt(by office.By, d agenda.PrinciplesDraft) (err error) {
	for _, g := range groups {
		if d, err = s.o.RecordAgreement(s.ctx, by, d.ID, d.Revision, g.ID, "2024-02-08", "2024. gada 8. februāra protokols Nr. 1"); err != nil {
			return err
		}
	}
	p, err := s.o.AdoptPrinciples(s.ctx, by, d.ID, d.Revision)
	if err == nil {
		s.tellPrinciples(p)
	}
	return err
}

// compare tells what the sessions so far would have been under the principles
// of the time before.
func (s *script) compare(by office.By) error {
	c, err := s.o.ComparePrinciples(s.ctx, by.Actor, office.PrinciplesRef{Version: 1}, office.PrinciplesRef{Version: 2}, storage.Span{})
	if err != nil {
		return err
	}
	s.tell.Line(0, "cmd.demo.compared", "a", strconv.Itoa(c.A.Version), "b", strconv.Itoa(c.B.Version))
	s.tell.ComparisonSum(&c)
	return nil
}
