package office

import (
	"context"

	"padome/internal/problem"
	"padome/internal/search"
	"padome/internal/text"
	"padome/storage"
)

// SearchResult is a part of what a search finds, the best first.
type SearchResult struct {
	Query string   // tidied
	Terms []string // by which the words found can be marked
	Found []storage.Found
	Next  string // cursor of the next part; "" with the last one
}

// MostQuery is how many characters a query may have.
const MostQuery = 200

// Search looks through what everybody may read, and nothing else whoever asks:
// sessions, agendas that both leads approved, decisions and text of signed
// minutes, the plan, and the principles in force. A query without words finds
// nothing.
func (o *Office) Search(ctx context.Context, query string, p storage.Page) (SearchResult, error) {
	var l problem.List
	text.Line(&l, "q", &query, 0, MostQuery)
	if err := l.Err(); err != nil {
		return SearchResult{}, err
	}
	r := SearchResult{Query: query, Terms: search.Terms(query)}
	today := o.Today()
	var err error
	r.Found, err = storage.Read(ctx, o.council, func(v *storage.View) (list []storage.Found, err error) {
		list, r.Next, err = v.Find(r.Terms, today, p)
		return list, err
	})
	return r, err
}
