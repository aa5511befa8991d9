package web

import (
	"net/http"
	"net/url"

	"padome/council"
	"padome/internal/auth"
	"padome/office"
	"padome/templates"
)

func init() {
	addArea(area{
		routes: (*Server).accountsPages,
		nav:    []entrance{{accountsAt, "nav.accounts", 95, administrator}},
	})
}

func administrator(a council.Actor) bool { return a.Holds(council.Administrator) }

const accountsAt = "/accounts"

// accountsPages are those where accounts are kept. They tell a one-time link
// once; nobody resets their own account there.
func (s *Server) accountsPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/accounts", keepers, noBody, s.accountsPage},
		{"GET", "/accounts/new", keepers, noBody, s.newAccountPage},
		{"POST", "/accounts/new", keepers, smallDoc, s.addAccountByForm},
		{"GET", "/accounts/:id", keepers, noBody, s.keptAccountPage},
		{"POST", "/accounts/:id/reset", keepers, smallDoc, s.resetByForm},
		{"POST", "/accounts/:id/end-logins", keepers, smallDoc, s.keepAccount("done.accounts.ended", endingLogins)},
		{"POST", "/accounts/:id/forget-second", keepers, smallDoc, s.keepAccount("done.accounts.second", forgettingSecond)},
		{"POST", "/accounts/:id/disable", keepers, smallDoc, s.keepAccount("done.accounts.disabled", disabling(true))},
		{"POST", "/accounts/:id/enable", keepers, smallDoc, s.keepAccount("done.accounts.enabled", disabling(false))},
	}
}

func (c *Call) accountsCrumbs() templates.Crumbs {
	return templates.Crumbs{{Text: c.say("page.accounts.title"), Href: accountsAt}}
}

func (c *Call) accountTag(a auth.Account) templates.Tag {
	switch {
	case a.Disabled:
		return templates.Tag{Text: c.say("page.accounts.state.disabled"), Colour: "red"}
	case a.Hash == "":
		return templates.Tag{Text: c.say("page.accounts.state.invited"), Colour: "yellow"}
	}
	return templates.Tag{Text: c.say("page.accounts.state.active"), Colour: "green"}
}

func (c *Call) secondTag(a auth.Account) templates.Tag {
	if !a.HasSecond() {
		return templates.Tag{Text: c.say("page.accounts.second.off"), Colour: "grey"}
	}
	return templates.Tag{Text: c.say("page.second.on"), Colour: "green"}
}

func (s *Server) accountsPage(c *Call) error {
	at, err := c.page()
	if err != nil {
		return err
	}
	all, next, err := s.Office.Logins().Accounts(c.Ctx, c.Actor, at)
	if err != nil {
		return err
	}
	r, err := s.Office.Roster(c.Ctx)
	if err != nil {
		return err
	}
	p := templates.Accounts{}
	for _, a := range all {
		who, _ := r.Person(a.Person)
		p.All = append(p.All, templates.AccountRow{Name: a.Name, Person: who.Name(), Href: accountsAt + "/" + url.PathEscape(a.ID), State: c.accountTag(a), Second: c.secondTag(a)})
	}
	if next != "" {
		p.Older = accountsAt + "?after=" + url.QueryEscape(next)
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) accountForm(c *Call, f templates.Form) (p templates.AccountForm, err error) {
	p = templates.AccountForm{Crumbs: c.accountsCrumbs(), Form: f}
	p.People, err = s.personChoices(c)
	return p, err
}

func (s *Server) newAccountPage(c *Call) error {
	p, err := s.accountForm(c, c.NewForm(templates.AccountFields, 0, accountRequest{Person: c.Query("person")}))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) addAccountByForm(c *Call) error {
	var in accountRequest
	form, err := c.Form(templates.AccountFields, &in)
	if err != nil {
		return err
	}
	var token string
	account := auth.Account{ID: "new", Person: in.Person, Name: in.Name}
	if err = account.Validate(); err == nil {
		account, token, err = s.Office.Logins().AddAccount(c.Ctx, c.by(), in.Name, in.Person)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		p, pageErr := s.accountForm(c, form)
		if pageErr != nil {
			return pageErr
		}
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	return c.linkPage(account, token, false)
}

// linkPage tells a one-time link. Where nobody said at which address people
// reach the pages, it is the rest of the address alone: the host that a request
// names could be a stranger's, and the link opens an account.
func (c *Call) linkPage(a auth.Account, token string, reset bool) error {
	base, err := c.server.reachedAt(c.Ctx, c.gin.Request)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, templates.AccountLink{Crumbs: c.accountsCrumbs(), Name: a.Name, Link: base + "/setup/" + token, Bare: base == "", Reset: reset})
}

func (s *Server) keptAccountPage(c *Call) error {
	a, err := s.Office.Logins().Account(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	r, err := s.Office.Roster(c.Ctx)
	if err != nil {
		return err
	}
	logins, err := s.Logins.LoginsOf(c.Ctx, a.ID)
	if err != nil {
		return err
	}
	who, _ := r.Person(a.Person)
	p := templates.AccountKept{Crumbs: c.accountsCrumbs(), Form: c.NewForm(nil, a.Revision, nil), Name: a.Name, Person: templates.Link{Text: who.Name(), Href: personAt(a.Person)},
		Path: accountsAt + "/" + url.PathEscape(a.ID), State: c.accountTag(a), Second: c.secondTag(a), HasTwo: a.HasSecond(), Disabled: a.Disabled,
		Own: a.Person == c.Actor.Person, Since: a.Created}
	for _, l := range logins {
		if l.Valid(c.Now, a) && !l.Half {
			p.Logins++
			if l.LastSeen.After(p.LastSeen) {
				p.LastSeen = l.LastSeen
			}
		}
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) resetByForm(c *Call) error {
	if _, err := c.Form(nil, nil); err != nil {
		return err
	}
	token, err := s.Office.Logins().ResetLink(c.Ctx, c.by(), c.Param("id"))
	if err != nil {
		return err
	}
	a, err := s.Office.Logins().Account(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	return c.linkPage(a, token, true)
}

// keptBy is a change of an account by its keepers.
type keptBy func(*office.Logins, *Call, string, uint64) error

// keepAccount does something with the account of the address and goes back to
// its page.
func (s *Server) keepAccount(done string, do keptBy) func(*Call) error {
	return func(c *Call) error {
		form, err := c.Form(nil, nil)
		if err != nil {
			return err
		}
		if err := do(s.Office.Logins(), c, c.Param("id"), form.Revision); err != nil {
			return err
		}
		return c.Done(accountsAt+"/"+url.PathEscape(c.Param("id")), done)
	}
}

func disabling(disabled bool) keptBy {
	return func(l *office.Logins, c *Call, id string, revision uint64) error {
		_, err := l.Disable(c.Ctx, c.by(), id, revision, disabled)
		return err
	}
}

func endingLogins(l *office.Logins, c *Call, id string, revision uint64) error {
	_, err := l.EndLogins(c.Ctx, c.by(), id, revision)
	return err
}

func forgettingSecond(l *office.Logins, c *Call, id string, revision uint64) error {
	_, err := l.ForgetSecond(c.Ctx, c.by(), id, revision)
	return err
}
