package minutes

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
)

// Content is what the digest of final minutes covers: the Latvian document that
// is signed, and what identifies it.
type Content struct {
	Council   string            `json:"council"`
	Session   string            `json:"session"`
	Date      council.Date      `json:"date"`
	Year      int               `json:"year"`
	Number    int               `json:"number"`
	Agenda    string            `json:"agenda"` // digest of the approved version
	Decisions []Resolution      `json:"decisions"`
	Annexes   []Annex           `json:"annexes"`
	Signers   []Signer          `json:"-"`                 // with the persons behind the names
	SignedBy  []Signer          `json:"signers"`           // without them: everybody reads the content once it is signed
	Signing   council.Signing   `json:"signing,omitempty"` // as Minutes have it
	Form      int               `json:"form,omitempty"`    // version of the form; 0: the usual
	Document  document.Document `json:"document"`
}

// Resolution is a decision as it was taken, without how it is carried out.
type Resolution struct {
	ID        string       `json:"id"`
	Number    string       `json:"number"`
	Wording   string       `json:"wording"`
	Addressee string       `json:"addressee"`
	Deadline  council.Date `json:"deadline"`
	UntilNext bool         `json:"untilNext"`
	Tasks     []plan.Ref   `json:"tasks"`
}

// Content makes what the minutes will say for good under a number, finalised at
// a time. It fails while the session is not closed or the draft is circulated, once the minutes are final,
// and with every hard thing they lack.
func (m *Minutes) Content(r Record, number int, at time.Time) (Content, error) {
	if err := m.editable(); err != nil {
		return Content{}, err
	}
	if r.Session.State != council.Closed {
		return Content{}, problem.New(problem.State, "problem.minutes.session-open", "date", string(r.Session.Date))
	}
	if today := council.DateOf(at); m.Circulated.Open(today) {
		return Content{}, problem.New(problem.State, "problem.minutes.circulated", "date", string(m.Circulated.Until))
	}
	var l problem.List
	for _, missing := range Completeness(r, *m) {
		if missing.Hard {
			missing.note(&l, "minutes")
		}
	}
	if err := refusal(&l, problem.State, "problem.minutes.incomplete"); err != nil {
		return Content{}, err
	}
	final := *m
	final.State, final.Number, final.Finalised, final.Signers = Final, number, instant(at), RequiredSigners(r)
	final.Signing = r.Settings.SigningInForce()
	c := Content{Council: r.Settings.Name, Session: r.Session.ID, Date: r.Session.Date, Year: m.Year, Number: number,
		Agenda: r.Digest, Decisions: []Resolution{}, Annexes: append([]Annex{}, m.Annexes...), Signers: final.Signers, SignedBy: named(final.Signers), Form: r.Form.Version, Signing: final.Signing,
		Document: Document(locale.LV, r, final)}
	for _, it := range r.Agenda.Items {
		for _, d := range r.clauses(it.ID) {
			c.Decisions = append(c.Decisions, Resolution{d.ID, d.Number(), d.Wording, d.Addressee, d.Deadline,
				d.UntilNext, append([]plan.Ref{}, d.Tasks...)})
		}
	}
	return c, c.Document.Validate()
}

// named are signers without the persons behind the names.
func named(signers []Signer) []Signer {
	all := slices.Clone(signers)
	for i := range all {
		all[i].Person = ""
	}
	return all
}

// Canonical are the content's bytes, always the same for the same content, and
// their SHA-256 in hex: the digest of the minutes.
func (c Content) Canonical() (raw []byte, digest string, err error) {
	return canonical(c)
}

// ReadContent reads frozen content and holds it to the minutes' digest.
func ReadContent(raw []byte, digest string) (Content, error) {
	sum := sha256.Sum256(raw)
	if got := hex.EncodeToString(sum[:]); got != digest {
		return Content{}, fmt.Errorf("frozen minutes have digest %s, their record says %s", got, digest)
	}
	var c Content
	if err := json.Unmarshal(raw, &c); err != nil {
		return Content{}, fmt.Errorf("reading frozen minutes: %w", err)
	}
	return c, nil
}
