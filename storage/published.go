package storage

import (
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/internal/search"
	"padome/storage/store"
)

// PublishedKind is what a search finds.
type PublishedKind string

const (
	PublishedSession  PublishedKind = "session"
	PublishedItem     PublishedKind = "item"     // of the agenda that both leads approved
	PublishedDecision PublishedKind = "decision" // of signed minutes
	PublishedMinutes  PublishedKind = "minutes"  // signed
	PublishedMeasure  PublishedKind = "measure"
	PublishedTask     PublishedKind = "task"
	PublishedRule     PublishedKind = "rule" // of the principles in force
)

// PublishedEntry is one thing that everybody may read. Its texts are the public
// ones: no entry is made of anything else.
type PublishedEntry struct {
	Kind    PublishedKind `json:"kind"`
	Ref     string        `json:"ref,omitempty"`    // id of the item, decision or rule; "8.2" of a task
	Number  string        `json:"number,omitempty"` // as documents write it
	Title   string        `json:"title"`
	TitleEN string        `json:"titleEn,omitempty"` // where it has one of its own
	Text    string        `json:"text,omitempty"`
	TextEN  string        `json:"textEn,omitempty"`
}

// published is what everybody may read of one session, kept beside its records
// so that it can be searched. It is written with what makes it public, in the
// same transaction, and holds nothing else.
type published struct {
	Session string           `json:"session"`
	Date    council.Date     `json:"date"`
	Entries []PublishedEntry `json:"entries"`
}

var publishedSessions = &table[published]{
	bucket:  "published",
	kind:    "published",
	key:     func(p *published) key { return key{}.str(p.Session) },
	id:      func(p *published) string { return p.Session },
	indexes: []index[published]{publishedWords},
}

// publishedWords has one entry for each word of a session's texts: the word, the
// session, the newest first, and which entries have it, a byte for each.
var publishedWords = index[published]{"published/words", func(p *published) []key {
	where := key{}.str(string(p.Date)).str(p.Session).down()
	var ks []key
	for term, entries := range p.terms() {
		ks = append(ks, append(append(key{}.str(term), where...), entries...))
	}
	return ks
}}

const (
	maxTerms     = 1800  // words kept of a session, so that publishing it fits into one transaction twice
	maxEntries   = 200   // entries of a session, so that they fit into a key
	maxPublished = 60000 // bytes kept of the text of one entry
)

// terms are the words of the entries, each with the entries that have it. Titles
// and decisions come first: where there are more than maxTerms words, it is the
// end of the minutes' text that is not found.
func (p *published) terms() map[string][]byte {
	all := map[string][]byte{}
	for term, entries := range termsOf(p.Entries, maxTerms) {
		for _, i := range entries {
			all[term] = append(all[term], byte(i))
		}
	}
	return all
}

// termsOf are the words of entries, at most so many, each with the numbers of the
// entries that have it. The text of minutes comes last.
func termsOf(entries []PublishedEntry, most int) map[string][]int {
	all := map[string][]int{}
	for _, last := range []bool{false, true} {
		for i, e := range entries {
			if (e.Kind == PublishedMinutes) == last {
				e.eachTerm(func(term string) {
					at, there := all[term]
					if !there && len(all) < most || there && at[len(at)-1] != i {
						all[term] = append(at, i)
					}
				})
			}
		}
	}
	return all
}

func (e *PublishedEntry) eachTerm(fn func(string)) {
	for _, text := range []string{e.Number, e.Title, e.TitleEN, e.Text, e.TextEN} {
		for _, w := range search.Words(text) {
			fn(w.Term)
		}
	}
}

// publish writes anew what everybody may read of a session.
func publish(w *writing, session string) error {
	s, err := sessions.find(w, key{}.str(session))
	if s == nil || err != nil {
		return err
	}
	p, err := publishedOf(w, s)
	if err != nil {
		return err
	}
	return publishedSessions.put(w, &p)
}

// publishedOf is what everybody may read of a session: when and where it is, its
// agenda once both leads approved it, and once its minutes are signed their
// decisions and text.
func publishedOf(r store.Reader, s *council.Session) (published, error) {
	p := published{Session: s.ID, Date: s.Date}
	args := problem.Pairs("date", string(s.Date), "kind", string(s.Kind))
	p.add(PublishedEntry{Kind: PublishedSession, Title: locale.Text(locale.LV, "search.session", args),
		TitleEN: locale.Text(locale.EN, "search.session", args), Text: s.Place})
	if err := p.addAgenda(r); err != nil {
		return p, err
	}
	return p, p.addMinutes(r)
}

func (p *published) add(e PublishedEntry) {
	if len(p.Entries) == maxEntries {
		return
	}
	e.Text = search.WithoutAddresses(e.Text)
	if len(e.Text) > maxPublished {
		e.Text = strings.ToValidUTF8(e.Text[:maxPublished], "")
	}
	if e.TitleEN == e.Title {
		e.TitleEN = ""
	}
	p.Entries = append(p.Entries, e)
}
