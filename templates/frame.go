package templates

import (
	"html/template"

	"padome/internal/locale"
)

// Frame is what stands around every page: whose council it is, who reads, where
// they can go from here, and what was done just before.
type Frame struct {
	Lang      locale.Lang
	Languages []Language
	Council   Council
	Reader    string // the name of who is logged in; "" for the public
	LogIn     string // where the public logs in, and comes back from
	Nav       []Link // by what the reader may do
	Plan      string // path of the plan and its progress; "" while there is no such page
	Search    bool   // its head has the search box
	Keys      bool   // single keys do something
	Since     uint64 // the number of the council's changes that it shows; 0 when nobody knows
	Notice    string // what was done just before, in words; "" for nothing
}

// Council is how a council shows itself.
type Council struct {
	Name  string // in full, in the reader's language
	Short string
	Theme string // path of a style sheet with its accent colour; "" for ours
	Arms  string // path of its arms; "" for none
	// Contact is how its secretariat is reached; "" while that is not said.
	Contact string
}

// Language is the way to the same page in a language.
type Language struct {
	Lang    locale.Lang
	Href    string
	Current bool
}

// Link leads somewhere; Current when the reader is there, or below.
type Link struct {
	Text    string
	Href    string
	Current bool
}

// Crumbs are the pages above a page, the highest first; a page that embeds them
// shows the way back. The start page and the page itself are not among them.
type Crumbs []Link

func (c Crumbs) above() Crumbs { return c }

// Wide is embedded by a page that uses the whole width, such as a workshop.
type Wide struct{}

func (Wide) wide() {}

// framed is the frame with the page in it.
type framed struct {
	Frame
	Title  template.HTML
	Main   template.HTML
	Crumbs Crumbs
	Wide   bool
	Faulty bool // a form on it is to be corrected
}

func (f Frame) around(p Page, title, main template.HTML) framed {
	x := framed{Frame: f, Title: title, Main: main}
	if c, ok := p.(interface{ above() Crumbs }); ok {
		x.Crumbs = c.above()
	}
	if c, ok := p.(interface{ faulty() bool }); ok {
		x.Faulty = c.faulty()
	}
	_, x.Wide = p.(interface{ wide() })
	return x
}
