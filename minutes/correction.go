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

// Correction is an act of its own that corrects signed minutes, whose bytes never
// change: what they say in a place, how it must read, on what ground, and which
// later session decided so. It has its own number below the minutes', its own
// file and its own signatures.
type Correction struct {
	ID      string       `json:"id"`
	Session string       `json:"session"` // whose minutes it corrects
	Held    council.Date `json:"held"`    // the day of that session
	Minutes int          `json:"minutes"` // their number
	Year    int          `json:"year"`    // and its year
	Number  int          `json:"number"`  // below the minutes; 0 until final
	State   State        `json:"state"`   // draft, final, signed, or withdrawn
	Wanted
	Item        int            `json:"itemNumber,omitempty"` // number of the item it concerns; 0: the whole
	ItemTitle   string         `json:"itemTitle,omitempty"`
	DecidedOn   council.Date   `json:"decidedOn"`
	DecidedItem int            `json:"decidedItem,omitempty"` // number of the item under which it was decided
	By          string         `json:"by"`
	Name        string         `json:"name"`
	At          time.Time      `json:"at"`
	Ended       *CorrectionEnd `json:"ended,omitempty"`
	Sealed
	Content  []byte `json:"content,omitempty"` // canonical, what the digest covers
	Revision uint64 `json:"revision"`
}

// CorrectionEnd is why and by whom a draft of a correction was withdrawn.
type CorrectionEnd struct {
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	Name   string    `json:"name"`
	At     time.Time `json:"at"`
}

// Withdraw gives up a draft, as when the session that was to decide on it did not
// agree. It stays with the minutes for those inside, and asks for nothing more.
func (c *Correction) Withdraw(a council.Actor, reason string, at time.Time) error {
	if err := c.drafting(); err != nil {
		return err
	}
	var l problem.List
	text.Block(&l, "reason", &reason, 3, 1000)
	if err := l.Err(); err != nil {
		return err
	}
	c.State, c.Ended = GivenUp, &CorrectionEnd{reason, a.Person, a.Name, instant(at)}
	return nil
}

// drafting refuses what is only done with a draft.
func (c *Correction) drafting() error {
	switch c.State {
	case Draft:
		return nil
	case GivenUp:
		return problem.New(problem.State, "problem.minutes.correction.given-up")
	}
	return c.refuse("final")
}

// begun reports whether the correction has not become final.
func (c *Correction) begun() bool { return c.State == Draft || c.State == GivenUp }

// Why is why the draft was withdrawn; "" when it was not.
func (c *Correction) Why() string {
	if c.Ended == nil {
		return ""
	}
	return c.Ended.Reason
}

// Wanted is what somebody enters of a correction.
type Wanted struct {
	Of      string `json:"item"`    // the item of the agenda; "": the minutes as a whole
	Clause  int    `json:"clause"`  // of the item; 0: not a clause
	Was     string `json:"was"`     // as the minutes have it
	Text    string `json:"text"`    // as it must read
	Ground  string `json:"ground"`  // why
	Decided string `json:"decided"` // the later session that decides on it
	Under   string `json:"under"`   // the item of that session; "": its opening
}

// NewCorrection begins the correction of signed minutes. The record is that of
// their session, decides the session that is to decide on it.
func NewCorrection(a council.Actor, r *Record, m *Minutes, decides council.Session, id string, w Wanted, at time.Time) (Correction, error) {
	if !m.Public() {
		return Correction{}, problem.New(problem.State, "problem.minutes.correction.unsigned")
	}
	c := Correction{ID: id, Session: m.Session, Held: r.Session.Date, Minutes: m.Number, Year: m.Year, State: Draft,
		By: a.Person, Name: a.Name, At: instant(at)}
	return c, c.Change(r, decides, w)
}

// Change replaces what a draft of a correction says. It fails once the correction
// is final, on a place the minutes do not have, and on a session that is not later
// than theirs.
func (c *Correction) Change(r *Record, decides council.Session, w Wanted) error {
	if err := c.drafting(); err != nil {
		return err
	}
	var l problem.List
	text.Block(&l, "was", &w.Was, 0, 10_000)
	text.Block(&l, "text", &w.Text, 1, 10_000)
	text.Block(&l, "ground", &w.Ground, 1, 2000)
	if decides.Date <= r.Session.Date || decides.State == council.Cancelled {
		l.Add("decided", "problem.minutes.correction.session", "date", string(decides.Date), "corrected", string(r.Session.Date))
	}
	c.Item, c.ItemTitle = 0, ""
	for i := range r.Agenda.Items {
		if it := &r.Agenda.Items[i]; it.ID == w.Of {
			c.Item, c.ItemTitle = it.Number, it.TitleIn(locale.LV)
		}
	}
	switch {
	case w.Of != "" && c.Item == 0:
		l.Add("item", "problem.minutes.part", "value", w.Of)
	case w.Clause < 0 || w.Clause > len(r.clauses(w.Of)):
		l.Add("clause", "problem.minutes.comment.clause", "value", strconv.Itoa(w.Clause))
	}
	if err := l.Err(); err != nil {
		return err
	}
	c.Wanted, c.DecidedOn = w, decides.Date
	return nil
}

// refuse words why something cannot be done with the correction.
func (c *Correction) refuse(key string, args ...string) error {
	return problem.New(problem.State, "problem.minutes.correction."+key, append(args, "number", c.Reference())...)
}

// Place is what the correction is on, as a number: "3.2." of a clause, "3." of an
// item, "" of the whole.
func (c *Correction) Place() string {
	x := Comment{Number: c.Item, Clause: c.Clause}
	return x.About()
}

// NextCorrection is the number that the next correction of the minutes gets.
func NextCorrection(all []Correction) int {
	last := 0
	for _, c := range all {
		last = max(last, c.Number)
	}
	return last + 1
}

// decides is the item of a record under which the correction was decided: the one
// that is named, else the opening.
func (c *Correction) decides(r *Record) (number int, outcome Outcome) {
	for _, it := range r.Agenda.Items {
		if it.ID == c.Under || c.Under == "" && it.Kind == agenda.Opening {
			return it.Number, r.treatment(it).Outcome
		}
	}
	return 0, ""
}

// Seal makes the correction final under a number: content, digest, signers. The
// record is that of the session that decided. It fails unless that is closed, and
// the item under which it was decided ended as decided.
func (c *Correction) Seal(decided *Record, m *Minutes, number int, at time.Time) error {
	if err := c.drafting(); err != nil {
		return err
	}
	item, outcome := c.decides(decided)
	switch {
	case decided.Session.State != council.Closed:
		return problem.New(problem.State, "problem.minutes.correction.open", "date", string(decided.Session.Date))
	case outcome != Decided:
		return problem.New(problem.State, "problem.minutes.correction.undecided", "date", string(decided.Session.Date), "item", strconv.Itoa(item))
	}
	final := *c
	final.State, final.Number, final.DecidedItem = Final, number, item
	final.Sealed = Sealed{Signers: RequiredSigners(*decided), Signing: decided.Settings.SigningInForce(), Finalised: instant(at)}
	if len(final.Signers) == 0 {
		return problem.New(problem.State, "problem.minutes.signers")
	}
	content := CorrectionContent{Council: decided.Settings.Name, Session: c.Session, Minutes: m.Number, Year: m.Year,
		MinutesDigest: m.Digest, MinutesPDF: m.PDF, Number: number, Wanted: c.Wanted, Item: c.Item, DecidedOn: c.DecidedOn, DecidedItem: item,
		SignedBy: named(final.Signers), Signing: final.Signing, Document: final.Document(locale.LV, decided, m)}
	if err := content.Document.Validate(); err != nil {
		return err
	}
	raw, digest, err := canonical(content)
	if err != nil {
		return err
	}
	final.Content, final.Digest = raw, digest
	*c = final
	return nil
}

// FreezePDF notes, once, the file that is to be signed.
func (c *Correction) FreezePDF(sum string, size int64, pages int) error {
	if c.State != Final || c.PDF != "" {
		return c.refuse("frozen")
	}
	return c.freezePDF(sum, size, pages)
}

// Sign signs the correction off, as Minutes.Sign does minutes.
func (c *Correction) Sign(a council.Actor, digest string, at time.Time) error {
	switch c.State {
	case Draft, GivenUp:
		return c.refuse("draft")
	case Final:
	default:
		return c.refuse("final")
	}
	all, err := c.sign(a, digest, at, c.refuse)
	if all {
		c.State = Signed
	}
	return err
}

// Public reports whether everybody may read the correction.
func (c *Correction) Public() bool { return c.State == Signed }

// MayRead reports whether the actor may read the correction: everybody once it is
// signed, before that those who may see the record and those who must sign.
func (c *Correction) MayRead(a council.Actor, s council.Session) bool {
	return c.Public() || MayReadRecord(a) || MayRecord(a, s) || c.signer(a.Person) != nil
}

// MaySign reports whether the actor's sign-off in this program is awaited.
func (c *Correction) MaySign(a council.Actor) bool {
	return c.Awaits(a) && c.Signing != council.SignedElectronically
}

// Awaits reports whether the actor's signature is awaited, however it is given.
func (c *Correction) Awaits(a council.Actor) bool {
	return !a.Operator && c.State == Final && c.signer(a.Person) != nil && c.signature(a.Person) == nil
}

// WithCorrection reports whether the session that approved the minutes approved
// them with a correction that is final.
func (m *Minutes) WithCorrection(all []Correction) bool {
	return m.ApprovedAt != "" && slices.ContainsFunc(all, func(c Correction) bool {
		return c.Decided == m.ApprovedAt && !c.begun()
	})
}
