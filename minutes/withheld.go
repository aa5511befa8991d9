package minutes

import (
	"slices"
	"strconv"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/internal/text"
)

// Ground is why something that minutes say must not be published (Informācijas
// atklātības likums).
type Ground string

const (
	PrivateLife Ground = "private"  // Section 8: of a natural person
	TradeSecret Ground = "trade"    // Section 7
	InternalUse Ground = "internal" // Section 6
	ByLaw       Ground = "law"      // Section 5: another law says so, which is named
)

// Grounds are all there are.
var Grounds = []Ground{PrivateLife, TradeSecret, InternalUse, ByLaw}

// Withheld is something that the minutes of a session say and that must not be
// published: how an item went and what was decided on it; one clause; or a
// passage, wherever it stands.
type Withheld struct {
	ID     string    `json:"id"`
	Item   string    `json:"item,omitempty"`   // of the agenda; "" for a passage
	Number int       `json:"number,omitempty"` // of the item
	Clause int       `json:"clause,omitempty"` // 0: the whole item
	Text   string    `json:"text,omitempty"`   // the passage, one line
	Ground Ground    `json:"ground"`
	Law    string    `json:"law,omitempty"` // which one, ByLaw
	By     string    `json:"by"`            // name
	At     time.Time `json:"at"`
}

// Withholding is all that must not be published of a session. It is beside the
// minutes, whose signed bytes never change, and may be marked before they are
// signed or after.
type Withholding struct {
	Session  string     `json:"session"`
	Parts    []Withheld `json:"parts"`
	Revision uint64     `json:"revision"`
}

// mostWithheld is how much can be marked in one session's minutes.
const mostWithheld = 200

// MayReadWhole reports whether the actor may read all that the minutes say:
// those who may see the record or work on it, and those who must sign. All others
// read the public version.
func (m *Minutes) MayReadWhole(a council.Actor, s council.Session) bool {
	return MayReadRecord(a) || MayRecord(a, s) || m.signer(a.Person) != nil
}

// Add marks something of a session as not to be published. It fails unless the
// actor may record the session, on an item or a clause that it does not have, on
// a passage of less than three letters, and without a ground.
func (w *Withholding) Add(a council.Actor, r *Record, id string, x Withheld, at time.Time) error {
	if !MayRecord(a, r.Session) {
		return problem.New(problem.Forbidden, "problem.minutes.withheld.who")
	}
	if len(w.Parts) >= mostWithheld {
		return problem.New(problem.TooLarge, "problem.minutes.withheld.full", "most", strconv.Itoa(mostWithheld))
	}
	x.ID, x.By, x.At = id, a.Name, instant(at)
	if err := x.validate(r); err != nil {
		return err
	}
	for _, p := range w.Parts {
		if p.Item == x.Item && p.Clause == x.Clause && p.Text == x.Text {
			return problem.New(problem.Conflict, "problem.minutes.withheld.twice")
		}
	}
	w.Parts = append(slices.Clone(w.Parts), x)
	return nil
}

func (x *Withheld) validate(r *Record) error {
	var l problem.List
	if !slices.Contains(Grounds, x.Ground) {
		l.Add("ground", "problem.choice", "value", string(x.Ground), "choices", "private, trade, internal, law")
	}
	least := 0
	if x.Ground == ByLaw {
		least = 1
	} else {
		x.Law = ""
	}
	text.Line(&l, "law", &x.Law, least, 200)
	if x.Item == "" {
		x.Number, x.Clause = 0, 0
		text.Line(&l, "text", &x.Text, 3, 1000)
		return l.Err()
	}
	x.Text = ""
	i := slices.IndexFunc(r.Agenda.Items, func(it agenda.Item) bool { return it.ID == x.Item })
	if i < 0 {
		l.Add("item", "problem.minutes.withheld.item", "value", x.Item)
		return l.Err()
	}
	x.Number = r.Agenda.Items[i].Number
	clauses := r.clauses(x.Item)
	if x.Clause != 0 && !slices.ContainsFunc(clauses, func(d Decision) bool { return d.Clause == x.Clause }) {
		l.Add("clause", "problem.minutes.withheld.clause", "value", strconv.Itoa(x.Clause), "number", strconv.Itoa(x.Number))
	}
	return l.Err()
}

// Lift takes a mark away: from then on what it held back may be read by all who
// may read the minutes. It fails as Add does, and on a mark that is not there.
func (w *Withholding) Lift(a council.Actor, s council.Session, id string) error {
	if !MayRecord(a, s) {
		return problem.New(problem.Forbidden, "problem.minutes.withheld.who")
	}
	i := slices.IndexFunc(w.Parts, func(x Withheld) bool { return x.ID == id })
	if i < 0 {
		return problem.New(problem.NotFound, "problem.missing.withheld", "id", id)
	}
	w.Parts = slices.Delete(slices.Clone(w.Parts), i, i+1)
	return nil
}

// Reason is the ground in words.
func (x *Withheld) Reason(lang locale.Lang) string {
	return locale.Text(lang, "minutes.ground."+string(x.Ground), problem.Pairs("law", x.Law))
}

// item is the mark on a whole item, if there is one.
func (w *Withholding) item(id string) *Withheld {
	for i := range w.Parts {
		if x := &w.Parts[i]; x.Item == id && id != "" && x.Clause == 0 {
			return x
		}
	}
	return nil
}

// clause is the mark on a clause, or on its whole item, if there is one.
func (w *Withholding) clause(item string, n int) *Withheld {
	for i := range w.Parts {
		if x := &w.Parts[i]; x.Item == item && item != "" && x.Clause == n {
			return x
		}
	}
	return w.item(item)
}

// HidesItem reports whether the course and outcome of an item must not be
// published.
func (w *Withholding) HidesItem(id string) bool { return w.item(id) != nil }

// HidesDecision reports whether a decision must not be published.
func (w *Withholding) HidesDecision(d Decision) bool { return w.clause(d.Item, d.Clause) != nil }

// HidesDissent reports whether an opinion must not be published: one on an item
// that must not, or that has a passage in it that must not. Its file is as it was
// filed, so that nothing can be left out of it.
func (w *Withholding) HidesDissent(d Dissent) bool {
	return w.HidesItem(d.Item) || w.touches(d.Text, d.Title, d.Name)
}

// HidesCorrections reports whether corrections of the minutes must not be
// published: they name the sum of the signed file, by which somebody could check a
// guess at what was left out of it.
func (w *Withholding) HidesCorrections() bool { return len(w.Parts) > 0 }

// touches reports whether a passage that must not be published stands in one of
// some texts.
func (w *Withholding) touches(texts ...string) bool {
	ps := w.passages(locale.LV)
	return slices.ContainsFunc(texts, func(s string) bool { return ps.hide(s) != s })
}

// Decision is a decision without the passages that must not be published. What
// was reported on it, and found, is without them too.
func (w *Withholding) Decision(d Decision) Decision {
	p := w.passages(locale.LV)
	if p == nil {
		return d
	}
	d.Wording, d.Addressee = p.hide(d.Wording), p.hide(d.Addressee)
	d.Progress, d.Findings, d.Reminders = slices.Clone(d.Progress), slices.Clone(d.Findings), nil
	for i := range d.Progress {
		x := &d.Progress[i]
		x.Text, x.Name = p.hide(x.Text), p.hide(x.Name)
	}
	for i := range d.Findings {
		x := &d.Findings[i]
		x.Note, x.Name = p.hide(x.Note), p.hide(x.Name)
	}
	return d
}

// Outline is a decision as agendas, which are public, may have it: of one that
// must not be published nothing but that it is there and is open.
func (w *Withholding) Outline(d Decision) Decision {
	if x := w.clause(d.Item, d.Clause); x != nil {
		d.Wording, d.Addressee = locale.Text(locale.LV, "minutes.withheld.clause", problem.Pairs("reason", x.Reason(locale.LV))), ""
		d.Progress, d.Findings = nil, nil
		return d
	}
	return w.Decision(d)
}

// Text is a text without the passages that must not be published.
func (w *Withholding) Text(lang locale.Lang, s string) string { return w.passages(lang).hide(s) }
