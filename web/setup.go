package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/templates"
)

// What the start page is told after a form is done.
const (
	doneSetUp    = "setup"
	donePassword = "password"
)

// linkForm shows the form that a one-time link is for.
func (s *Server) linkForm(c *Call) error {
	link, account, err := s.link(c)
	if err != nil {
		return err
	}
	if link.Purpose == auth.NewPassword {
		return c.Page(http.StatusOK, templates.NewPassword{Name: account.Name})
	}
	return c.Page(http.StatusOK, templates.SetUp{})
}

// useLink takes the form of a one-time link.
func (s *Server) useLink(c *Call) error {
	link, account, err := s.link(c)
	if err != nil {
		return err
	}
	form, err := c.form()
	if err != nil {
		return err
	}
	if link.Purpose == auth.NewPassword {
		return s.resetPassword(c, link, account, form)
	}
	return s.setUp(c, link, form)
}

// link finds the link of the path, if it still works.
func (s *Server) link(c *Call) (auth.OneTime, auth.Account, error) {
	link, account, err := s.Logins.Link(c.Ctx, auth.TokenHash(c.Param("token")))
	switch {
	case problem.KindOf(err) == problem.NotFound:
		return link, account, auth.ErrLink()
	case err != nil:
		return link, account, fmt.Errorf("looking up a one-time link: %w", err)
	case link.Purpose != auth.FirstAdministrator && link.Purpose != auth.NewPassword:
		return link, account, auth.ErrLink()
	}
	return link, account, link.Valid(c.Now, account)
}

// setUp makes the first administrator.
func (s *Server) setUp(c *Call, link auth.OneTime, form url.Values) error {
	person := council.Person{
		ID: uuid.Must(uuid.NewV7()).String(), Given: form.Get("given"), Surname: form.Get("surname"),
		Gender: council.Gender(form.Get("gender")),
	}
	account := auth.Account{
		ID: uuid.Must(uuid.NewV7()).String(), Person: person.ID, Name: form.Get("name"), Created: c.Now,
	}
	page := templates.SetUp{
		Given: form.Get("given"), Surname: form.Get("surname"), Gender: form.Get("gender"), Name: form.Get("name"),
	}
	wrong := faultsOf(person.Validate(), account.Validate(), checkPasswords(account.Name, form))
	if len(wrong) == 0 {
		hash, err := s.Passwords.Hash(c.Ctx, "password", account.Name, form.Get("password"))
		if err != nil {
			return err
		}
		account.SetPassword(hash, c.Now)
		err = s.Logins.SetUp(c.Ctx, c.Command, link.Hash, c.Now, person, account)
		if problem.KindOf(err) != problem.Invalid {
			return c.redirectOr(err, doneSetUp)
		}
		wrong = faultsOf(err)
	}
	page.Faults = c.inWords(wrong)
	return c.Page(http.StatusUnprocessableEntity, page)
}

// resetPassword gives the link's account a new password.
func (s *Server) resetPassword(c *Call, link auth.OneTime, account auth.Account, form url.Values) error {
	wrong := faultsOf(checkPasswords(account.Name, form))
	if len(wrong) > 0 {
		return c.Page(http.StatusUnprocessableEntity, templates.NewPassword{Name: account.Name, Faults: c.inWords(wrong)})
	}
	_, err := s.setPassword(c, account, "password", form.Get("password"), link.Hash)
	return c.redirectOr(err, donePassword)
}

// redirectOr sends the browser to the start page, which says what was done.
func (c *Call) redirectOr(err error, done string) error {
	if err != nil {
		return err
	}
	return c.Redirect("/?lang=" + string(c.Lang) + "&done=" + done)
}

// checkPasswords says what is wrong with a new password entered twice.
func checkPasswords(name string, form url.Values) error {
	var l problem.List
	auth.CheckRules(&l, "password", name, form.Get("password"))
	if form.Get("password") != form.Get("again") {
		l.Add("again", "problem.password.again")
	}
	return l.Err()
}

// faultsOf gathers the faults of several checks of one form. Each of them fails
// with a problem of fields or not at all.
func faultsOf(errs ...error) (all []problem.Field) {
	for _, err := range errs {
		if e, ok := errors.AsType[*problem.Error](err); ok {
			all = append(all, e.Fields...)
		}
	}
	return all
}

// formFields are the fields in the order of the page, with the keys of their
// labels.
var formFields = []struct{ name, label string }{
	{"given", "page.setup.given"},
	{"surname", "page.setup.surname"},
	{"gender", "page.setup.gender"},
	{"name", "page.setup.name"},
	{"password", "page.password.new"},
	{"again", "page.password.again"},
}

// inWords puts the faults into the caller's language, in the order of the page.
func (c *Call) inWords(wrong []problem.Field) (all templates.Faults) {
	for _, field := range formFields {
		for _, f := range wrong {
			if f.Name != field.name {
				continue
			}
			if f.Name == "gender" { // the page has words to choose from, not values
				f.Key = "problem.setup.gender"
			}
			all = append(all, templates.Fault{
				Field: f.Name, Label: locale.Text(c.Lang, field.label, nil), Text: locale.Text(c.Lang, f.Key, f.Args),
			})
		}
	}
	return all
}
