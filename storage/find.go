package storage

import (
	"bytes"
	"encoding/base64"
	"slices"

	"padome/council"
	"padome/internal/search"
	"padome/storage/store"
)

// Found is one thing that a search found.
type Found struct {
	PublishedEntry
	Session string       // "" for the plan and the principles
	Date    council.Date // of the session; else since when it applies
	Words   int          // how many words of the query it has
}

// mostPostings is how many sessions a word is looked for in, the newest ones.
const mostPostings = store.MaxScan

// hit is an entry that has words of the query.
type hit struct {
	date    council.Date
	session string // "" for a standing source
	source  int    // number of the standing source
	entry   int
	words   int
}

// place sorts the hits: those with more words first, then the newest, then as
// they stand. It is the cursor of a page that ends with the hit.
func (h *hit) place() key {
	return append(append(key{}.num(uint64(search.MaxTerms-h.words)), key{}.str(string(h.date)).str(h.session).down()...),
		key{}.num(uint64(h.source)).num(uint64(h.entry))...)
}

// Find looks for what everybody may read: what has most of the words first, then
// the newest. A word is looked for in the newest mostPostings sessions that have
// it. No words find nothing.
func (v *View) Find(terms []string, today council.Date, p Page) (list []Found, next string, err error) {
	rest, err := p.window(store.Range{})
	if err != nil {
		return nil, "", err
	}
	hits, err := v.hits(terms, today)
	if err != nil {
		return nil, "", err
	}
	slices.SortFunc(hits, func(a, b *hit) int { return bytes.Compare(a.place(), b.place()) })
	if i := slices.IndexFunc(hits, func(h *hit) bool { return bytes.Compare(h.place(), rest.From) >= 0 }); i >= 0 {
		hits = hits[i:]
	} else {
		hits = nil
	}
	if len(hits) > p.Limit {
		hits = hits[:p.Limit]
		next = base64.RawURLEncoding.EncodeToString(hits[p.Limit-1].place())
	}
	list, err = v.found(hits, today)
	return list, next, err
}

// hits are all entries that have one of the terms at least.
func (v *View) hits(terms []string, today council.Date) ([]*hit, error) {
	all := map[hit]*hit{}
	note := func(h hit) {
		if all[h] == nil {
			all[h] = &h
		}
		all[h].words++
	}
	still, err := v.standing(today)
	if err != nil {
		return nil, err
	}
	for _, term := range terms {
		for i, s := range still.sources {
			for _, e := range s.terms[term] {
				note(hit{date: s.date, source: i, entry: e})
			}
		}
		if err := v.postings(term, note); err != nil {
			return nil, err
		}
	}
	hits := make([]*hit, 0, len(all))
	for _, h := range all {
		hits = append(hits, h)
	}
	return hits, nil
}

// dayLength is how many bytes a date has in a key.
var dayLength = len(key{}.str("2024-01-31"))

// postings hands on every entry of a session that has the term.
func (v *View) postings(term string, note func(hit)) error {
	prefix := key{}.str(term)
	return v.r.Scan(publishedWords.bucket, store.Prefix(prefix), mostPostings, func(k, session []byte) bool {
		where := k[len(prefix):]
		date, rest := key(where[:dayLength]).down(), where[dayLength+len(session):]
		h := hit{date: council.Date(date[:dayLength-2]), session: string(session)}
		for _, e := range rest {
			h.entry = int(e)
			note(h)
		}
		return true
	})
}

// found are the entries of hits; a session is read once.
func (v *View) found(hits []*hit, today council.Date) ([]Found, error) {
	still, err := v.standing(today)
	if err != nil {
		return nil, err
	}
	read := map[string]*published{}
	list := make([]Found, len(hits))
	for i, h := range hits {
		list[i] = Found{Date: h.date, Words: h.words}
		if h.session == "" {
			list[i].PublishedEntry = still.sources[h.source].entries[h.entry]
			continue
		}
		if read[h.session] == nil {
			if read[h.session], err = publishedSessions.find(v.r, key(h.session)); err != nil {
				return nil, err
			}
		}
		p := read[h.session]
		if p == nil || h.entry >= len(p.Entries) {
			return nil, store.ErrDamaged
		}
		list[i].Session, list[i].PublishedEntry = p.Session, p.Entries[h.entry]
	}
	return list, nil
}
