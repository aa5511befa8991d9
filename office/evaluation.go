package office

import (
	"context"
	"encoding/json"
	"strconv"

	"padome/council"
	"padome/evaluation"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/storage"
)

// Evaluation is what people concluded of a year of the plan: for everybody once a
// session has adopted it, before that for the council.
func (o *Office) Evaluation(ctx context.Context, a council.Actor, year int) (evaluation.Evaluation, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (evaluation.Evaluation, error) { return evaluationOf(v, a, year) })
}

func evaluationOf(v *storage.View, a council.Actor, year int) (evaluation.Evaluation, error) {
	e, err := v.Evaluation(year)
	if err == nil && !e.MayRead(a) {
		err = hidden("evaluation", strconv.Itoa(year))
	}
	if err != nil {
		return evaluation.Evaluation{}, err
	}
	return e, planOfYear(v, year)
}

// Evaluations are all that the actor may read, the newest year first.
func (o *Office) Evaluations(ctx context.Context, a council.Actor) ([]evaluation.Evaluation, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) ([]evaluation.Evaluation, error) {
		all, err := v.Evaluations()
		list := []evaluation.Evaluation{}
		for _, e := range all {
			if e.MayRead(a) {
				list = append(list, e)
			}
		}
		return list, err
	})
}

// SaveConclusions replaces the conclusions on a year of the plan; revision 0
// begins them.
func (o *Office) SaveConclusions(ctx context.Context, by By, year int, revision uint64, conclusions []evaluation.Conclusion, overall string) (evaluation.Evaluation, error) {
	if !evaluation.MayEdit(by.Actor) {
		return evaluation.Evaluation{}, forbidden(false, by.Actor, "problem.evaluation.edit")
	}
	at := o.db.Now()
	return storage.Do(ctx, o.council, by.change("history.evaluation.edited", ""), func(tx *storage.Tx) (evaluation.Evaluation, error) {
		in, err := evaluatedYear(&tx.View, by.Actor, year, council.DateOf(at))
		if err != nil {
			return evaluation.Evaluation{}, err
		}
		return tx.UpdateEvaluation(year, revision, func(e *evaluation.Evaluation) error {
			return e.Edit(by.Actor, &in.Plan, conclusions, overall, at)
		})
	})
}

// AdoptEvaluation records that a session adopted the evaluation, and keeps its
// paper in each language as it is then. Nothing of it changes after.
func (o *Office) AdoptEvaluation(ctx context.Context, by By, year int, revision uint64, session string) (evaluation.Evaluation, error) {
	if !evaluation.MayEdit(by.Actor) {
		return evaluation.Evaluation{}, forbidden(false, by.Actor, "problem.evaluation.edit")
	}
	today := o.Today()
	return storage.Do(ctx, o.council, by.change("history.evaluation.adopted", ""), func(tx *storage.Tx) (evaluation.Evaluation, error) {
		in, err := evaluatedYear(&tx.View, by.Actor, year, today)
		if err != nil {
			return evaluation.Evaluation{}, err
		}
		s, err := tx.Session(session)
		if isMissing(err) {
			var l problem.List
			l.Add("session", "problem.missing.session", "id", session)
			return evaluation.Evaluation{}, l.Err()
		}
		if err != nil {
			return evaluation.Evaluation{}, err
		}
		e, err := tx.UpdateEvaluation(year, revision, func(e *evaluation.Evaluation) error { return e.Adopt(s, &in.Plan) })
		if err != nil {
			return evaluation.Evaluation{}, err
		}
		return e, keepPapers(tx, in, e)
	})
}

// keepPapers keeps the paper of an adopted evaluation in every language.
func keepPapers(tx *storage.Tx, in evaluation.Input, e evaluation.Evaluation) error {
	settings, err := tx.Settings()
	if err != nil {
		return err
	}
	year := evaluation.Of(in, e.Year)
	for _, lang := range locale.Langs {
		d := evaluation.Document(lang, settings, year, e)
		if err := d.Validate(); err != nil {
			return err
		}
		raw, err := json.Marshal(d)
		if err != nil {
			return err
		}
		if err := tx.AddEvaluationPaper(storage.EvaluationPaper{Year: e.Year, Lang: string(lang), Bytes: raw}); err != nil {
			return err
		}
	}
	return nil
}

// EvaluationDocument is the yearly evaluation as a paper, in a language: as it was
// adopted, before that from the data and conclusions of today.
func (o *Office) EvaluationDocument(ctx context.Context, a council.Actor, lang locale.Lang, year int) (document.Document, error) {
	type drawn struct {
		e        evaluation.Evaluation
		in       evaluation.Input
		settings council.Settings
		kept     []byte
	}
	today := o.Today()
	x, err := storage.Read(ctx, o.council, func(v *storage.View) (x drawn, err error) {
		if x.e, err = evaluationOf(v, a, year); err != nil {
			return x, err
		}
		if x.e.State == evaluation.Adopted {
			p, err := v.EvaluationPaper(year, string(lang))
			x.kept = p.Bytes
			return x, err
		}
		if x.settings, err = v.Settings(); err != nil {
			return x, err
		}
		x.in, err = evaluatedYear(v, a, year, today)
		return x, err
	})
	if err != nil {
		return document.Document{}, err
	}
	if x.kept != nil {
		var d document.Document
		err := json.Unmarshal(x.kept, &d)
		return d, err
	}
	return evaluation.Document(lang, x.settings, evaluation.Of(x.in, year), x.e), nil
}

// EvaluationPDF is the yearly evaluation as a file.
func (o *Office) EvaluationPDF(ctx context.Context, a council.Actor, lang locale.Lang, year int) ([]byte, error) {
	d, err := o.EvaluationDocument(ctx, a, lang, year)
	if err != nil {
		return nil, err
	}
	return o.draw(ctx, d, "", "")
}

// EvaluationHTML is the yearly evaluation as a page of its own.
func (o *Office) EvaluationHTML(ctx context.Context, a council.Actor, lang locale.Lang, year int) (string, error) {
	d, err := o.EvaluationDocument(ctx, a, lang, year)
	if err != nil {
		return "", err
	}
	return document.HTML(d), d.Validate()
}

// evaluatedYear gathers what the evaluation of a year looks at, up to its end or
// today.
func evaluatedYear(v *storage.View, a council.Actor, year int, today council.Date) (evaluation.Input, error) {
	if err := planOfYear(v, year); err != nil {
		return evaluation.Input{}, err
	}
	return evaluated(v, a, min(today, council.Day(year, 12, 31)))
}

// planOfYear refuses a year that the plan does not have.
func planOfYear(v *storage.View, year int) error {
	all, err := v.Plans()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return problem.New(problem.State, "problem.office.no-plan")
	}
	first, last := all[0].From, all[len(all)-1].Until
	if year < first || year > last {
		return problem.New(problem.NotFound, "problem.evaluation.year", "value", strconv.Itoa(year),
			"from", strconv.Itoa(first), "until", strconv.Itoa(last))
	}
	return nil
}
