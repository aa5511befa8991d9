package storage

import (
	"strconv"

	"padome/evaluation"
	"padome/storage/store"
)

// Evaluations stand newest first.
var evaluations = &table[evaluation.Evaluation]{
	bucket:   "evaluations",
	kind:     "evaluation",
	key:      func(e *evaluation.Evaluation) key { return key{}.num(uint64(e.Year)).down() },
	id:       func(e *evaluation.Evaluation) string { return strconv.Itoa(e.Year) },
	revision: func(e *evaluation.Evaluation) *uint64 { return &e.Revision },
}

// Evaluation is what people concluded of a year; nothing, with revision 0, until
// somebody writes it.
func (v *View) Evaluation(year int) (evaluation.Evaluation, error) {
	return only(v.r, evaluations, evaluation.Evaluation{Year: year, State: evaluation.Drafted})
}

// Evaluations are all that there are, the newest year first.
func (v *View) Evaluations() ([]evaluation.Evaluation, error) {
	return evaluations.every(v.r, evaluations.bucket, store.Range{})
}

// UpdateEvaluation changes what people conclude of a year, or begins it for
// revision 0.
func (tx *Tx) UpdateEvaluation(year int, revision uint64, fn func(*evaluation.Evaluation) error) (evaluation.Evaluation, error) {
	return evaluations.edit(tx.w, revision, evaluation.Evaluation{Year: year, State: evaluation.Drafted}, fn)
}

// EvaluationPaper is the paper of an adopted evaluation in one language, as it
// was adopted: a document.Document in JSON.
type EvaluationPaper struct {
	Year  int    `json:"year"`
	Lang  string `json:"lang"`
	Bytes []byte `json:"bytes"`
}

var evaluationPapers = &table[EvaluationPaper]{
	bucket: "evaluations/papers",
	kind:   "evaluation-paper",
	key:    func(p *EvaluationPaper) key { return key{}.num(uint64(p.Year)).str(p.Lang) },
	id:     func(p *EvaluationPaper) string { return strconv.Itoa(p.Year) + "/" + p.Lang },
}

// EvaluationPaper fails with NotFound while the evaluation is not adopted.
func (v *View) EvaluationPaper(year int, lang string) (EvaluationPaper, error) {
	return evaluationPapers.get(v.r, EvaluationPaper{Year: year, Lang: lang})
}

// AddEvaluationPaper keeps a paper for good. It fails with Conflict when there is
// one.
func (tx *Tx) AddEvaluationPaper(p EvaluationPaper) error { return evaluationPapers.add(tx.w, &p, 1) }
