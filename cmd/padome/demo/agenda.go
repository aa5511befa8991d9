package demo

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/minutes"
	"padome/office"
	"padome/plan"
)

// before hands in the proposals, takes them through the secretariat, records what working groups say of them and
// notes how decisions are being carried out, in the order of time.
func (s *script) before(x *sitting) error {
	type event struct {
		at moment
		do func() error
	}
	var events []event
	for _, p := range x.proposals {
		events = append(events, event{p.at, func() error { return s.propose(p) }})
	}
	for _, g := range x.opinions {
		events = append(events, event{g.at, func() error { return s.opine(g) }})
	}
	for _, a := range x.steps {
		events = append(events, event{a.at, func() error { return s.step(a) }})
	}
	for _, r := range x.reports {
		events = append(events, event{r.at, func() error { return s.report(r) }})
	}
	slices.SortStableFunc(events, func(a, b event) int { return bytes.Compare([]byte(a.at), []byte(b.at)) })
	s.tell.Title("cmd.demo.before")
	for _, e := range events {
		if err := e.do(); err != nil {
			return err
		}
	}
	return nil
}

func (s *script) propose(p proposal) error {
	return s.as(p.who, p.at, func(by office.By) error {
		p.c.Tasks = refs(p.tasks)
		saved, err := s.o.Propose(s.ctx, by, p.c)
		if err != nil {
			return err
		}
		s.proposals[p.key] = saved.ID
		s.tell.Bullet(0, "cmd.demo.proposed", "date", string(council.DateOf(saved.Submitted)),
			"by", saved.InitiatedBy, "title", saved.Title)
		for _, d := range p.paper {
			file, pages, err := s.draw(d)
			if err != nil {
				return err
			}
			saved, err = s.o.AddDocument(s.ctx, by, saved.ID, saved.Revision, d.name, "application/pdf", bytes.NewReader(file))
			if err != nil {
				return err
			}
			s.pages[saved.Documents[len(saved.Documents)-1].SHA256] = pages
		}
		return nil
	})
}

func (s *script) opine(g opinion) error {
	return s.as(g.who, g.at, func(by office.By) error {
		id := s.proposals[g.proposal]
		p, err := s.o.Proposal(s.ctx, by.Actor, id)
		if err != nil {
			return err
		}
		if p, err = s.o.SetOpinion(s.ctx, by, id, p.Revision, g.x); err != nil {
			return err
		}
		s.tell.Bullet(0, "cmd.demo.opinion", "date", string(g.at[:10]), "group", groupName(g.x.Group, s.Lang), "title", p.Title)
		return nil
	})
}

// groupName is a working group's name in a language.
func groupName(id string, lang locale.Lang) string {
	for _, g := range groups {
		if g.ID == id && lang == locale.EN {
			return g.NameEN
		} else if g.ID == id {
			return g.Name
		}
	}
	return id
}

func (s *script) report(r report) error {
	return s.as(secretary, r.at, func(by office.By) error {
		d, err := s.decision(by, r.session, r.number)
		if err != nil {
			return err
		}
		d, err = s.o.ReportProgress(s.ctx, by, d.ID, d.Revision, minutes.Report{Text: r.text, Status: r.status})
		if err != nil {
			return err
		}
		s.tell.Bullet(0, "cmd.demo.progress", "date", string(r.at[:10]), "number", r.number, "taken", string(r.session),
			"text", r.text, "status", string(r.status))
		if r.paper == nil {
			return nil
		}
		file, _, err := s.draw(*r.paper)
		if err != nil {
			return err
		}
		if _, err := s.o.AddEvidence(s.ctx, by, d.ID, d.Revision, len(d.Progress), r.paper.name, "application/pdf", bytes.NewReader(file)); err != nil {
			return err
		}
		s.tell.Line(1, "cmd.demo.evidence", "name", r.paper.name)
		return nil
	})
}

// decision finds a decision of a session by its number.
func (s *script) decision(by office.By, session council.Date, number string) (minutes.Decision, error) {
	all, err := s.o.DecisionsOf(s.ctx, by.Actor, s.sessions[session].ID)
	if err != nil {
		return minutes.Decision{}, err
	}
	i := slices.IndexFunc(all, func(d minutes.Decision) bool { return d.Number() == number })
	if i < 0 {
		return minutes.Decision{}, fmt.Errorf("no decision %s of %s", number, session)
	}
	return all[i], nil
}

// find records what the session finds of earlier decisions at an item.
func (s *script) find(by office.By, session, item string, all []found) error {
	for _, f := range all {
		d, err := s.decision(by, f.session, f.number)
		if err != nil {
			return err
		}
		if _, err := s.o.FindDecision(s.ctx, by, session, item, d.ID, d.Revision, minutes.Judgement{Status: f.status}); err != nil {
			return err
		}
		s.tell.Bullet(1, "cmd.demo.found", "number", f.number, "taken", string(f.session), "status", string(f.status))
	}
	return nil
}

// build builds the draft of the agenda and tells it with its reasons.
func (s *script) build(x *sitting) error {
	session := s.sessions[x.date]
	return s.as(secretary, x.built, func(by office.By) error {
		a, err := s.o.BuildAgenda(s.ctx, by, session.ID, 0)
		if err != nil {
			return err
		}
		s.tell.Title("cmd.demo.built", "date", string(x.built[:10]), "version", strconv.Itoa(a.Draft.Principles))
		s.tell.Draft(&a.Draft, s.All)
		return nil
	})
}

// approve submits the agenda, takes what the leads say of it, and files it.
func (s *script) approve(x *sitting) error {
	s.tell.Title("cmd.demo.approval")
	v, err := s.submit(x, x.submitted)
	if err != nil {
		return err
	}
	if x.returned != nil {
		if v, err = s.change(x, v); err != nil {
			return err
		}
	}
	for _, act := range x.approvals {
		if err := s.as(act.who, act.at, func(by office.By) error {
			a, err := s.o.ApproveAgenda(s.ctx, by, s.sessions[x.date].ID, v.Digest)
			if err != nil {
				return err
			}
			given := a.Versions[v.Number-1].Approvals
			last := given[len(given)-1]
			s.tell.Bullet(0, "cmd.demo.approved", "date", string(council.DateOf(last.At)), "role", string(last.Role)+"."+string(s.persons[act.who].Gender),
				"name", last.Name, "digest", short(last.Digest))
			return nil
		}); err != nil {
			return err
		}
	}
	s.tell.Line(0, "cmd.demo.convened", "date", string(x.date))
	if err := s.fileAgenda(x); err != nil {
		return err
	}
	return s.signUps(x)
}

// signUps lets observers sign up over the public address.
func (s *script) signUps(x *sitting) error {
	for _, u := range x.observers {
		s.clock.set(u.at)
		o, err := s.o.SignUp(s.ctx, office.By{}, s.sessions[x.date].ID, u.o)
		if err != nil {
			return err
		}
		s.tell.Bullet(0, "cmd.demo.observer", "date", string(u.at[:10]), "organisation", o.Organisation, "topic", o.Topic)
	}
	return nil
}

func (s *script) submit(x *sitting, at moment) (v agenda.Version, err error) {
	err = s.as(secretary, at, func(by office.By) error {
		a, err := s.o.Agenda(s.ctx, by.Actor, s.sessions[x.date].ID)
		if err != nil {
			return err
		}
		if a, err = s.o.SubmitAgenda(s.ctx, by, a.Session, a.Revision); err != nil {
			return err
		}
		v = a.Versions[len(a.Versions)-1]
		s.tell.Bullet(0, "cmd.demo.submitted", "date", string(at[:10]), "version", strconv.Itoa(v.Number),
			"digest", short(v.Digest), "name", v.Name)
		return nil
	})
	return v, err
}

// change takes a lead's request for changes and submits the agenda anew.
func (s *script) change(x *sitting, v agenda.Version) (agenda.Version, error) {
	r := x.returned
	id := s.sessions[x.date].ID
	if err := s.as(r.who, r.at, func(by office.By) error {
		_, err := s.o.RequestChanges(s.ctx, by, id, v.Digest, r.comment)
		s.tell.Bullet(0, "cmd.demo.returned", "date", string(r.at[:10]), "name", by.Actor.Name,
			"version", strconv.Itoa(v.Number), "comment", r.comment)
		return err
	}); err != nil {
		return agenda.Version{}, err
	}
	order := make([]string, len(r.order))
	for i, key := range r.order {
		order[i] = s.item(key)
	}
	if err := s.as(secretary, r.again, func(by office.By) error {
		a, err := s.o.Agenda(s.ctx, by.Actor, id)
		if err != nil {
			return err
		}
		a, err = s.o.ArrangeAgenda(s.ctx, by, id, a.Revision, order, r.reason)
		if err == nil {
			s.tell.Bullet(0, "cmd.demo.arranged", "date", string(r.again[:10]), "reason", r.reason)
			s.tell.Titles(a.Draft.Items)
		}
		return err
	}); err != nil {
		return agenda.Version{}, err
	}
	return s.submit(x, r.again)
}

// item is the id of what the script calls by a key.
func (s *script) item(key string) string {
	if id, ok := s.proposals[key]; ok {
		return id
	}
	if len(key) == 4 && key[1] == '.' {
		return agenda.TaskID(refs([]string{key})[0])
	}
	return key
}

// fileAgenda files the approved agenda, and once more with its reasons.
func (s *script) fileAgenda(x *sitting) error {
	for _, f := range []struct {
		key, name string
		reasons   bool
	}{
		{"cmd.demo.file.agenda", "darba-kartiba-" + string(x.date) + ".pdf", false},
		{"cmd.demo.file.reasons", "darba-kartiba-" + string(x.date) + "-ar-pamatojumu.pdf", true},
	} {
		by, err := s.by(secretary)
		if err != nil {
			return err
		}
		file, err := s.o.AgendaPDF(s.ctx, by.Actor, "lv", s.sessions[x.date].ID, 0, f.reasons)
		if err != nil {
			return err
		}
		if err := s.save(f.key, f.name, file); err != nil {
			return err
		}
	}
	return nil
}

// short is as much of a digest as people compare.
func short(digest string) string { return digest[:min(len(digest), 12)] }

// taskList joins the labels of tasks: 1.1., 6.2.
func taskList(tasks []plan.Ref) string {
	var b []byte
	for i, r := range tasks {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(b, r.Label()...)
	}
	return string(b)
}
