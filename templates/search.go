package templates

import (
	"padome/council"
	"padome/internal/search"
)

func init() { register(SearchPage{}) }

// SearchPage is the search and what it found.
type SearchPage struct {
	Query   string
	Fault   string // what is wrong with the query; "" for nothing
	Asked   bool   // there were words to look for
	Results []SearchHit
	Pager
}

// SearchHit is one thing found, with the words that were looked for marked.
type SearchHit struct {
	Kind   Tag
	Number string
	Title  []search.Piece
	Href   string
	Text   []search.Piece
	Date   council.Date // of the session; "" for the plan and the principles
}

func (SearchPage) file() string { return "search.html" }
