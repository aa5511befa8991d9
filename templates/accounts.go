package templates

import "time"

func init() { register(Accounts{}, AccountForm{}, AccountKept{}, AccountLink{}) }

// Accounts are the accounts there are, by login name.
type Accounts struct {
	All   []AccountRow
	Older string
}

// AccountRow is one account in a list.
type AccountRow struct {
	Name   string
	Person string
	Href   string
	State  Tag
	Second Tag
}

// AccountForm makes an account for a person.
type AccountForm struct {
	Crumbs
	Form
	People []Choice
}

// AccountFields are those of AccountForm.
var AccountFields = []Named{{"person", "page.accounts.person"}, {"name", "page.setup.name"}}

// AccountKept is one account as its keepers see it.
type AccountKept struct {
	Crumbs
	Form
	Name     string
	Person   Link
	Path     string
	State    Tag
	Second   Tag
	HasTwo   bool
	Disabled bool
	Own      bool // one's own is not reset by oneself
	Since    time.Time
	Logins   int
	LastSeen time.Time
}

// AccountLink shows a one-time link, once.
type AccountLink struct {
	Crumbs
	Name  string
	Link  string
	Bare  bool // it has no host: nobody said at which address people reach the pages
	Reset bool
}

func (Accounts) file() string    { return "accounts.html" }
func (AccountForm) file() string { return "accounts-form.html" }
func (AccountKept) file() string { return "accounts-one.html" }
func (AccountLink) file() string { return "accounts-link.html" }
