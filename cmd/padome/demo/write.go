package demo

import (
	"strconv"

	"padome/council"
	"padome/evaluation"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/pdf"
	"padome/minutes"
	"padome/office"
)

// write drafts the minutes, makes them final, has them signed and files them.
func (s *script) write(x *sitting) error {
	id := s.sessions[x.date].ID
	s.tell.Title("cmd.demo.minutes")
	var m minutes.Minutes
	err := s.as(taker, x.drafted, func(by office.By) (err error) {
		if m, err = s.o.DraftMinutes(s.ctx, by, id, 0); err != nil {
			return err
		}
		if m, err = s.countPages(by, m); err != nil {
			return err
		}
		s.tell.Bullet(0, "cmd.demo.drafted", "date", string(x.drafted[:10]), "name", by.Actor.Name)
		return nil
	})
	if err != nil {
		return err
	}
	if m, err = s.circulate(x, m); err != nil {
		return err
	}
	if x.outside {
		if err := s.prepareSigning(x.finalised); err != nil {
			return err
		}
	}
	err = s.as(taker, x.finalised, func(by office.By) (err error) {
		missing, err := s.o.Missing(s.ctx, by.Actor, id)
		if err != nil {
			return err
		}
		for _, lack := range missing {
			s.tell.Wrapped(1, "– ", lack.Text(s.Lang))
		}
		if m, err = s.o.FinaliseMinutes(s.ctx, by, id, m.Revision); err != nil {
			return err
		}
		s.tell.Bullet(0, "cmd.demo.final", "date", string(x.finalised[:10]), "number", strconv.Itoa(m.Number),
			"pages", strconv.Itoa(m.Pages), "digest", short(m.Digest), "file", short(m.PDF))
		return nil
	})
	if err != nil {
		return err
	}
	return s.sign(x, m)
}

// countPages names the annexes by their titles and counts their pages.
func (s *script) countPages(by office.By, m minutes.Minutes) (minutes.Minutes, error) {
	if len(m.Annexes) == 0 {
		return m, nil
	}
	for i := range m.Annexes {
		a := &m.Annexes[i]
		a.Pages = s.pages[a.SHA256]
	}
	return s.o.SetAnnexes(s.ctx, by, m.Session, m.Revision, m.Annexes)
}

// draw makes a made-up document, or that of the plan for one without a text.
func (s *script) draw(p paper) (file []byte, pages int, err error) {
	d := document.Document{Lang: "lv", Title: p.title, Author: council.DefaultSettings().Name, Created: s.clock.Now()}
	if p.text == nil {
		s.planPaper(&d)
	} else {
		d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: p.title})
		for _, t := range p.text {
			d.Blocks = append(d.Blocks, document.Paragraph{Text: document.Plain(t)})
		}
	}
	return pdf.RenderPages(s.ctx, d)
}

// planPaper is the plan as a document: goals, measures, tasks.
func (s *script) planPaper(d *document.Document) {
	d.Title = s.plan.Title
	d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: s.plan.Title})
	for _, g := range s.plan.Goals {
		d.Blocks = append(d.Blocks, document.Paragraph{Text: document.Plain(strconv.Itoa(g.Number) + ". " + g.Text)})
	}
	for _, m := range s.plan.Measures {
		d.Blocks = append(d.Blocks, document.Heading{Level: 2, Label: strconv.Itoa(m.Number) + ".", Text: m.Text})
		l := document.List{Ordered: true}
		for _, t := range m.Tasks {
			l.Items = append(l.Items, document.Item{
				Label: strconv.Itoa(m.Number) + "." + strconv.Itoa(t.Number) + ".", Text: document.Plain(t.Text)})
		}
		d.Blocks = append(d.Blocks, l)
	}
}

// since is what is reported of decisions after the last session.
var since = []report{
	{"2024-04-15 09:10", "2024-01-31", "2.3.", "Priekšlikumus iesniegušas visas trīs darba grupas.", minutes.Done, nil},
	{"2024-04-15 09:20", "2024-02-28", "3.3.", "Monitoringa datu kopa 2024. gada 26. martā publicēta Latvijas Atvērto datu portālā.", minutes.Done, nil},
}

// end notes what happened since, and tells what comes next.
func (s *script) end() error {
	s.tell.Title("cmd.demo.after")
	for _, r := range since {
		if err := s.report(r); err != nil {
			return err
		}
	}
	next := s.sessions["2024-04-24"]
	by, err := s.by(secretary)
	if err != nil {
		return err
	}
	if err := s.evaluate(by); err != nil {
		return err
	}
	d, err := s.o.Preview(s.ctx, by.Actor, next.Date)
	if err != nil {
		return err
	}
	for _, tell := range []func(office.By) error{s.compare, s.delegate, s.foresee, s.review} {
		if err := tell(by); err != nil {
			return err
		}
	}
	s.tell.Heading("cmd.demo.next", "date", string(next.Date))
	s.tell.Items(d.Items)
	return s.backlog()
}

// evaluate tells how the plan is covered so far, and draws its evaluation.
func (s *script) evaluate(by office.By) error {
	c, err := s.o.Coverage(s.ctx, by.Actor, s.o.Today())
	if err != nil {
		return err
	}
	all, n := 0, map[evaluation.State]int{}
	for _, m := range c.Measures {
		for _, t := range m.Tasks {
			all++
			n[t.State]++
		}
	}
	s.tell.Bullet(0, "cmd.demo.coverage", "on", string(c.On), "tasks", strconv.Itoa(all), "held", strconv.Itoa(all-n[evaluation.Never]),
		"never", strconv.Itoa(n[evaluation.Never]), "overdue", strconv.Itoa(n[evaluation.Overdue]))
	file, err := s.o.EvaluationPDF(s.ctx, by.Actor, locale.LV, c.On.Year())
	if err != nil {
		return err
	}
	return s.save("cmd.demo.evaluation", "novertejums-"+strconv.Itoa(c.On.Year())+".pdf", file)
}
