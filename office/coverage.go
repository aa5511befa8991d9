package office

import (
	"context"
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/evaluation"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// Coverage says which session held which task of the newest plan, what is due,
// and which decisions are evidence of what each measure is to bring, at the end
// of a day. Outcomes and decisions count as far as the actor may read them: for
// the public those of sessions whose minutes are signed.
func (o *Office) Coverage(ctx context.Context, a council.Actor, on council.Date) (evaluation.Coverage, error) {
	if err := checkDate("date", on); err != nil {
		return evaluation.Coverage{}, err
	}
	in, err := storage.Read(ctx, o.council, func(v *storage.View) (evaluation.Input, error) { return evaluated(v, a, on) })
	if err != nil {
		return evaluation.Coverage{}, err
	}
	return evaluation.Cover(in), nil
}

// evaluated gathers what coverage and evaluation look at, of sessions in the
// plan's period. Sessions after the day count as planned only.
func evaluated(v *storage.View, a council.Actor, on council.Date) (evaluation.Input, error) {
	in := evaluation.Input{Today: on}
	all, err := v.Plans()
	if err != nil {
		return in, err
	}
	if in.Plan, err = planOn(all, on); err != nil {
		return in, err
	}
	in.Lineage = plan.NewLineage(all...)
	principles, err := v.AllPrinciples()
	if err != nil {
		return in, err
	}
	in.Principles, _ = agenda.InForce(principles, on)
	if in.Assignments, err = v.Assignments(); err != nil {
		return in, err
	}
	reader := readable{v: v, actor: a}
	if in.Fulfilments, err = fulfilments(v, &reader); err != nil {
		return in, err
	}
	sessions, err := between(v, council.Day(all[0].From, 1, 1), council.Day(in.Plan.Until, 12, 31))
	if err != nil {
		return in, err
	}
	for _, s := range sessions {
		if err := sit(v, &reader, &in, s); err != nil {
			return in, err
		}
	}
	return in, nil
}

// between are the sessions of a span of days that were not cancelled.
func between(v *storage.View, from, until council.Date) ([]council.Session, error) {
	var all []council.Session
	page := storage.Page{Limit: storage.MaxPage}
	for {
		list, next, err := v.Sessions(storage.Span{From: from, Until: until}, page)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		if next == "" {
			return slices.DeleteFunc(all, func(s council.Session) bool { return s.State == council.Cancelled }), nil
		}
		page.After = next
	}
}

// sit adds a session to what is evaluated.
func sit(v *storage.View, reader *readable, in *evaluation.Input, s council.Session) error {
	x := evaluation.Sitting{Session: s}
	if s.Earlier {
		return sitEarlier(v, reader.actor, in, x)
	}
	var err error
	x.Agenda, _, err = approved(v, s.ID)
	if err != nil && !isMissing(err) && problem.KindOf(err) != problem.State {
		return err
	}
	may, err := reader.session(s.ID)
	if err != nil {
		return err
	}
	if may && s.Date <= in.Today {
		if err := outcomes(v, reader.actor, in, &x); err != nil {
			return err
		}
	}
	in.Sittings = append(in.Sittings, x)
	return nil
}

// sitEarlier adds a session that was held before the council used this program.
func sitEarlier(v *storage.View, a council.Actor, in *evaluation.Input, x evaluation.Sitting) error {
	e, err := v.Earlier(x.Session.ID)
	if err != nil {
		return err
	}
	if x.Session.Date <= in.Today {
		x.Agenda.Items, x.Treatments = e.Agenda()
		x.Minutes = e.Number
		if err := decided(v, a, in, x.Session.ID); err != nil {
			return err
		}
	}
	in.Sittings = append(in.Sittings, x)
	return nil
}

// outcomes adds what a session did and decided.
func outcomes(v *storage.View, a council.Actor, in *evaluation.Input, x *evaluation.Sitting) (err error) {
	if x.Treatments, err = v.Treatments(x.Session.ID); err != nil {
		return err
	}
	m, err := v.Minutes(x.Session.ID)
	if err != nil && !isMissing(err) {
		return err
	}
	x.Minutes = m.Number
	return decided(v, a, in, x.Session.ID)
}

// decided adds what a session decided, as far as the actor may read it.
func decided(v *storage.View, a council.Actor, in *evaluation.Input, session string) error {
	decisions, err := v.DecisionsOf(session)
	if err != nil {
		return err
	}
	if decisions, err = whatIsSeen(v, a, decisions); err != nil {
		return err
	}
	for _, d := range decisions {
		in.Decisions = append(in.Decisions, d.AsOf(in.Today))
	}
	return nil
}

// fulfilments are the findings on tasks of sessions whose minutes can be read.
func fulfilments(v *storage.View, reader *readable) ([]plan.Fulfilment, error) {
	all, err := v.Fulfilments()
	if err != nil || minutes.MayReadRecord(reader.actor) {
		return all, err
	}
	list := []plan.Fulfilment{}
	for _, f := range all {
		ok, err := reader.session(f.Session)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		w, err := reader.v.Withholding(f.Session)
		if err != nil {
			return nil, err
		}
		f.Note = w.Text(locale.LV, f.Note)
		list = append(list, f)
	}
	return list, nil
}
