package minutes

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/internal/text"
)

// DraftFrom drafts the minutes of a session from its record, one part for each
// item of its agenda. The text is Latvian, the language the council's minutes
// are in.
func DraftFrom(r Record) Minutes {
	m := Minutes{Session: r.Session.ID, Year: r.Session.Date.Year(), State: Draft}
	m.renew(r)
	return m
}

// Refresh drafts the parts anew from the record. What a person edited stays as
// it is; where the record has changed under it, the part is marked Behind, with
// the new draft beside it. It fails once the minutes are final.
func (m *Minutes) Refresh(r Record) error {
	if err := m.editable(); err != nil {
		return err
	}
	m.renew(r)
	return nil
}

func (m *Minutes) renew(r Record) {
	parts := make([]Part, 0, len(r.Agenda.Items))
	for _, it := range r.Agenda.Items {
		drafted := draftItem(&r, it)
		p := Part{Item: it.ID, Drafted: drafted}
		if old := m.Part(it.ID); old != nil {
			p = *old
			p.Behind = p.IsEdited && (p.Behind || p.Drafted != drafted)
			p.Drafted = drafted
		}
		p.Number = it.Number
		parts = append(parts, p)
	}
	for _, p := range m.Parts {
		if p.IsEdited && !on(r.Agenda.Items, p.Item) {
			p.Number, p.Behind = 0, true
			parts = append(parts, p)
		}
	}
	m.Parts = parts
	if !m.AnnexesSet {
		m.Annexes = documents(r.Agenda.Items, m.Annexes, r.Pages)
		for i := range r.Dissents {
			m.Annexes = append(m.Annexes, r.Dissents[i].Annex())
		}
	}
}

func on(items []agenda.Item, id string) bool {
	for _, it := range items {
		if it.ID == id {
			return true
		}
	}
	return false
}

// documents are the papers of the items as annexes, under their names without
// the file's ending; those known before keep their numbers of pages, others have
// those that were counted.
func documents(items []agenda.Item, known []Annex, counted map[string]int) []Annex {
	pages := map[string]int{}
	maps.Copy(pages, counted)
	for _, a := range known {
		if a.Pages > 0 {
			pages[a.SHA256] = a.Pages
		}
	}
	var all []Annex
	seen := map[string]bool{}
	for _, it := range items {
		for _, d := range it.Documents {
			if !seen[d.SHA256] {
				seen[d.SHA256] = true
				all = append(all, Annex{Title: strings.TrimSuffix(d.Name, path.Ext(d.Name)), Pages: pages[d.SHA256], SHA256: d.SHA256})
			}
		}
	}
	return all
}

// Part finds the part of an item; nil when there is none.
func (m *Minutes) Part(item string) *Part {
	for i := range m.Parts {
		if m.Parts[i].Item == item {
			return &m.Parts[i]
		}
	}
	return nil
}

// Text is what the minutes say of the item.
func (p *Part) Text() string {
	if p.IsEdited {
		return p.Edited
	}
	return p.Drafted
}

// maxPart is how many characters the text of one item may have.
const maxPart = 40_000

// Edit replaces what the minutes say of an item. It fails once the minutes are
// final, on an item that the minutes do not have and on a text that cannot be
// printed.
func (m *Minutes) Edit(a council.Actor, item, s string) error {
	p, err := m.editablePart(item)
	if err != nil {
		return err
	}
	var l problem.List
	text.Block(&l, "text", &s, 0, maxPart)
	if err := l.Err(); err != nil {
		return err
	}
	p.Edited, p.IsEdited, p.EditedBy, p.Behind = s, true, a.Name, false
	return nil
}

// TakeDrafted puts what the record says back in place of what a person edited.
// It fails as Edit does.
func (m *Minutes) TakeDrafted(item string) error {
	p, err := m.editablePart(item)
	if err != nil {
		return err
	}
	p.Edited, p.IsEdited, p.EditedBy, p.Behind = "", false, "", false
	return nil
}

// EditSeen is Edit for somebody who saw the text of a sum, so that two people can
// edit two parts at once and neither overwrites what the other wrote into the
// same one. A text that is the drafted one is not taken for edited. It fails with
// Conflict when the part says something else by now.
func (m *Minutes) EditSeen(a council.Actor, item, seen, s string) error {
	p, err := m.editablePart(item)
	if err != nil {
		return err
	}
	switch {
	case p.Sum() != seen:
		return problem.New(problem.Conflict, "problem.minutes.part-changed", "number", strconv.Itoa(p.Number))
	case s == p.Text():
		return nil
	case s == p.Drafted:
		return m.TakeDrafted(item)
	}
	return m.Edit(a, item, s)
}

// Sum names what the part says now.
func (p *Part) Sum() string {
	sum := sha256.Sum256([]byte(p.Text()))
	return hex.EncodeToString(sum[:8])
}

func (m *Minutes) editablePart(item string) (*Part, error) {
	if err := m.editable(); err != nil {
		return nil, err
	}
	p := m.Part(item)
	if p == nil {
		return nil, problem.New(problem.NotFound, "problem.minutes.part", "value", item)
	}
	return p, nil
}

// draftItem puts the record of one item into words.
func draftItem(r *Record, it agenda.Item) string {
	t := r.treatment(it)
	d := drafting{past: r.Past}
	d.course(t.Course)
	for _, x := range r.Found {
		if f, ok := x.FoundAt(r.Session.ID); ok && f.Item == it.ID {
			d.paragraphs(x.foundSentence(f, r.Past))
		}
	}
	if t.Vote != nil {
		d.labelled(VoteLine, t.Vote.text(locale.LV, r.Past))
	}
	if cs := r.clauses(it.ID); len(cs) > 0 {
		d.labelled(DecidesLine, "")
		for _, c := range cs {
			first, more, _ := strings.Cut(c.Wording, "\n")
			d.line(c.Number() + " " + first)
			d.paragraphs(more)
		}
	}
	switch t.Outcome {
	case Postponed:
		d.labelled(PostponedLine, t.Why)
	case Withdrawn:
		d.labelled(WithdrawnLine, t.Why)
	case Noted:
		if t.Decisions == 0 {
			d.line(said(locale.LV, r.Past, "minutes.line.noted") + ".")
		}
	}
	return strings.TrimSuffix(d.out.String(), "\n")
}

// drafting writes the lines of a part.
type drafting struct {
	past bool
	out  strings.Builder
}

func (d *drafting) line(s string) {
	d.out.WriteString(s)
	d.out.WriteByte('\n')
}

func (d *drafting) labelled(kind LineKind, s string) {
	d.line(strings.TrimSuffix(said(locale.LV, d.past, "minutes.line."+string(kind))+": "+s, " "))
}

// course writes the speeches; those of one kind that follow each other without
// a text of their own share a line.
func (d *drafting) course(course []Speech) {
	for i := 0; i < len(course); i++ {
		sp := course[i]
		who := sp.Who
		for sp.Text == "" && i+1 < len(course) && course[i+1].Kind == sp.Kind && course[i+1].Text == "" {
			i++
			who += ", " + course[i].Who
		}
		d.labelled(LineKind(sp.Kind), who)
		d.paragraphs(sp.Text)
	}
}

// paragraphs writes a text that a person entered so that no line of it is taken
// for a label or a clause of its own.
func (d *drafting) paragraphs(s string) {
	for l := range strings.SplitSeq(s, "\n") {
		if l = plain(l); l != "" {
			d.line(l)
		}
	}
}
