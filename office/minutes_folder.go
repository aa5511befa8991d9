package office

import (
	"cmp"
	"context"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage"
)

// MinutesFolder is all that there is of the minutes of one session, as one
// snapshot has it.
type MinutesFolder struct {
	Session    council.Session
	Minutes    minutes.Minutes // of revision 0 while nobody has begun them
	Inside     bool            // the reader may see the record
	Editing    bool            // the reader may work on the draft now
	Items      []FolderItem
	Missing    []minutes.Missing
	Document   document.Document // as the PDF has it
	Number     int               // that the minutes have, or would get
	Signers    []minutes.Signer  // who signed or must sign, or would have to
	ApprovedBy *council.Session  // the session that approved them (P1)
	Clauses    map[string]int    // how many clauses the session decided on an item
	Comments   []minutes.Comment // that the reader may see
	Waiting    int               // comments, of anybody, without an answer
	MayComment bool
	MayCompare bool // with the circulated draft
	Dissents   []minutes.Dissent
	// Corrections are those that the reader may see; Correcting and Reopening say
	// what the reader may do now.
	Corrections []minutes.Correction
	Correcting  bool                // may begin one
	Reopening   bool                // may ask for final minutes to become a draft again
	Confirming  bool                // may confirm that, or decline it
	Dropping    bool                // may take it back, or decline it
	Dissenting  error               // why the reader cannot file an opinion; nil when that is possible
	Agenda      []agenda.Item       // that the session dealt with
	Attended    int                 // how many people of the register were there
	Until       council.Date        // the last day for opinions
	Withheld    minutes.Withholding // what must not be published, for those who may read the whole
	Reduced     bool                // what the reader gets is the public version

	today council.Date
}

// FolderItem is an item of the agenda with what the minutes say of it.
type FolderItem struct {
	Title string // "" for one that is on the agenda no more
	Part  minutes.Part
}

// MinutesFolder is the folder of a session's minutes: for those who may see the
// record from the session's beginning, for everybody once they are signed.
func (o *Office) MinutesFolder(ctx context.Context, a council.Actor, lang locale.Lang, session string) (MinutesFolder, error) {
	today := o.Today()
	return storage.Read(ctx, o.council, func(v *storage.View) (MinutesFolder, error) {
		s, err := v.Session(session)
		if err != nil {
			return MinutesFolder{}, err
		}
		f := MinutesFolder{Session: s, today: today, Inside: minutes.MayReadRecord(a) || minutes.MayRecord(a, s)}
		if f.Minutes, err = v.Minutes(session); err != nil && !isMissing(err) {
			return f, err
		}
		f.Inside = f.Inside || f.Minutes.Revision > 0 && f.Minutes.MayRead(a) && f.Minutes.State == minutes.Final
		if !f.Inside && (f.Minutes.Revision == 0 || !f.Minutes.MayRead(a)) {
			return f, hidden("minutes", session)
		}
		if s.State != council.Open && s.State != council.Closed {
			f.Dissenting = problem.New(problem.State, "problem.minutes.dissent.session", "date", string(s.Date))
			return f, nil
		}
		return f, f.fill(v, a, lang)
	})
}

func (f *MinutesFolder) fill(v *storage.View, a council.Actor, lang locale.Lang) error {
	r, err := record(v, f.Session.ID)
	if err != nil {
		return err
	}
	f.Dissents, f.Until = r.Dissents, minutes.DissentUntil(f.Session, r.Settings)
	f.Dissenting, f.Agenda = minutes.MayDissent(a, &r, f.today), r.Agenda.Items
	for _, e := range r.Attendance.Entries {
		if r.Attended(e.Person) {
			f.Attended++
		}
	}
	f.Signers, f.Number = f.Minutes.Signers, f.Minutes.Number
	if f.Minutes.Revision == 0 || f.Minutes.State == minutes.Draft {
		f.Editing = minutes.MayRecord(a, f.Session)
		f.Signers = minutes.RequiredSigners(r)
		last, err := v.LastNumber(f.Session.Date.Year())
		if err != nil {
			return err
		}
		f.Number = cmp.Or(f.Minutes.Number, last+1)
	}
	if f.Minutes.Revision == 0 {
		return nil
	}
	if f.Corrections, err = correctionsFor(v, a, f.Session.ID); err != nil {
		return err
	}
	f.closing(a)
	if f.Minutes.State == minutes.Draft {
		f.Missing = minutes.Completeness(r, f.Minutes)
	}
	if f.Minutes.ApprovedAt != "" {
		by, err := v.Session(f.Minutes.ApprovedAt)
		if err != nil {
			return err
		}
		f.ApprovedBy = &by
	}
	f.said(a, &r)
	if f.Document, err = minutesDocument(v, a, lang, r, f.Minutes); err != nil {
		return err
	}
	digest := f.Minutes.Digest
	if f.Minutes, f.Withheld, err = asRead(v, a, lang, f.Session, f.Minutes); err != nil {
		return err
	}
	f.Reduced = f.Minutes.Digest != digest
	f.parts(&r, lang)
	f.Dissents, err = dissentsFor(v, a, f.Session.ID)
	return err
}

// closing is what the reader may do about final minutes.
func (f *MinutesFolder) closing(a council.Actor) {
	m, records := &f.Minutes, minutes.MayRecord(a, f.Session)
	f.Correcting = records && m.Public()
	f.Reopening = records && m.State == minutes.Final && len(m.Signatures) == 0 && m.Reopening == nil
	f.Confirming = m.MayConfirmReopening(a, f.Session) == nil
	f.Dropping = f.Confirming || m.Reopening != nil && a.Person != "" && m.Reopening.By == a.Person
}

// said is what those who attended said of the draft, as far as the reader may
// see it.
func (f *MinutesFolder) said(a council.Actor, r *minutes.Record) {
	m := &f.Minutes
	f.Comments, f.Waiting = visible(a, r), len(minutes.Unanswered(r.Comments))
	f.MayComment = m.MayComment(a, r, f.today) == nil
	f.MayCompare = m.Circulated != nil && minutes.MaySeeChanges(a, r.Session, r.Comments)
	f.Clauses = map[string]int{}
	for _, d := range r.Decisions {
		f.Clauses[d.Item]++
	}
}

func (f *MinutesFolder) parts(r *minutes.Record, lang locale.Lang) {
	titles := map[string]string{}
	for i := range r.Agenda.Items {
		titles[r.Agenda.Items[i].ID] = r.Agenda.Items[i].TitleIn(lang)
	}
	for _, p := range f.Minutes.Parts {
		f.Items = append(f.Items, FolderItem{Title: titles[p.Item], Part: p})
	}
}

// minutesDocument is the minutes as a paper that the actor may read: a draft as it
// stands, final ones in Latvian the frozen document itself, in English a
// translation of it; the public version for those who may not read the whole.
func minutesDocument(v *storage.View, a council.Actor, lang locale.Lang, r minutes.Record, m minutes.Minutes) (document.Document, error) {
	p, err := paperFor(v, a, lang, r, m)
	return p.document, err
}

// paperFor is minutesDocument with what it is made from: of the public version
// too nothing more than may be published.
func paperFor(v *storage.View, a council.Actor, lang locale.Lang, r minutes.Record, m minutes.Minutes) (minutesPaper, error) {
	if !m.MayReadWhole(a, r.Session) {
		if w, err := v.Withholding(m.Session); err != nil || len(w.Parts) > 0 {
			p := minutesPaper{document: minutes.PublicDocument(lang, r, m, w)}
			p.record, p.minutes = w.Public(lang, r, m)
			return p, err
		}
	}
	d, err := wholeDocument(v, lang, r, m)
	return minutesPaper{d, r, m}, err
}

func wholeDocument(v *storage.View, lang locale.Lang, r minutes.Record, m minutes.Minutes) (document.Document, error) {
	if m.State == minutes.Draft || lang != locale.LV {
		return minutes.Document(lang, r, m), nil
	}
	raw, err := v.FrozenMinutes(m.Session, m.Digest)
	if err != nil {
		return document.Document{}, err
	}
	c, err := minutes.ReadContent(raw, m.Digest)
	return c.Document, err
}
