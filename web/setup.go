package web

import (
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/problem"
	"padome/templates"
)

// linkForm shows the form that a one-time link is for.
func (s *Server) linkForm(c *Call) error {
	link, account, err := s.link(c)
	if err != nil {
		return err
	}
	if link.Purpose == auth.NewPassword {
		return c.Page(http.StatusOK, templates.NewPassword{Form: c.NewForm(templates.NewPasswordFields, 0, nil), Name: account.Name})
	}
	return c.Page(http.StatusOK, templates.SetUp{Form: c.NewForm(templates.SetUpFields, 0, nil)})
}

// useLink takes the form of a one-time link.
func (s *Server) useLink(c *Call) error {
	link, account, err := s.link(c)
	if err != nil {
		return err
	}
	if link.Purpose == auth.NewPassword {
		return s.resetPassword(c, link, account)
	}
	return s.setUp(c, link)
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

// newPassword is a new password entered twice.
type newPassword struct {
	Password string `json:"password"`
	Again    string `json:"again"`
}

type setUpRequest struct {
	Given    string         `json:"given"`
	Surname  string         `json:"surname"`
	Gender   council.Gender `json:"gender"`
	Name     string         `json:"name"`
	Password string         `json:"password"`
	Again    string         `json:"again"`
}

// setUp makes the first administrator.
func (s *Server) setUp(c *Call, link auth.OneTime) error {
	var in setUpRequest
	form, err := c.Form(templates.SetUpFields, &in)
	if err != nil {
		return err
	}
	person := council.Person{ID: uuid.Must(uuid.NewV7()).String(), Given: in.Given, Surname: in.Surname, Gender: in.Gender}
	account := auth.Account{ID: uuid.Must(uuid.NewV7()).String(), Person: person.ID, Name: in.Name, Created: c.Now}
	err = together(genderInWords(person.Validate()), account.Validate(), checkPasswords(account.Name, newPassword{in.Password, in.Again}))
	if err == nil {
		err = s.makeFirst(c, link, person, account, in.Password)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(templates.SetUp{Form: form})
	} else if err != nil {
		return err
	}
	return c.Done(logInPage, "done.setup")
}

// makeFirst hashes the password, outside every transaction, and stores person
// and account.
func (s *Server) makeFirst(c *Call, link auth.OneTime, p council.Person, a auth.Account, password string) error {
	hash, err := s.Passwords.Hash(c.Ctx, "password", a.Name, password)
	if err != nil {
		return err
	}
	a.SetPassword(hash, c.Now)
	return s.Logins.SetUp(c.Ctx, c.Command, link.Hash, c.Now, p, a)
}

// resetPassword gives the link's account a new password.
func (s *Server) resetPassword(c *Call, link auth.OneTime, account auth.Account) error {
	var in newPassword
	form, err := c.Form(templates.NewPasswordFields, &in)
	if err != nil {
		return err
	}
	if err = checkPasswords(account.Name, in); err == nil {
		_, err = s.setPassword(c, account, "password", in.Password, link.Hash)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(templates.NewPassword{Form: form, Name: account.Name})
	} else if err != nil {
		return err
	}
	return c.Done(logInPage, "done.password")
}

// checkPasswords says what is wrong with a new password entered twice.
func checkPasswords(name string, in newPassword) error {
	var l problem.List
	auth.CheckRules(&l, "password", name, in.Password)
	if in.Password != in.Again {
		l.Add("again", "problem.password.again")
	}
	return l.Err()
}

// genderInWords: the page has words to choose from, not values.
func genderInWords(err error) error {
	if e, ok := asProblem(err); ok {
		for i := range e.Fields {
			if e.Fields[i].Name == "gender" {
				e.Fields[i].Key = "problem.setup.gender"
			}
		}
	}
	return err
}

// together is one problem of the faults of several checks of one form. Each of
// them fails with a problem of fields or not at all.
func together(errs ...error) error {
	all := &problem.Error{Kind: problem.Invalid, Key: "problem.invalid"}
	for _, err := range errs {
		if e, ok := asProblem(err); ok {
			all.Fields = append(all.Fields, e.Fields...)
		}
	}
	if len(all.Fields) == 0 {
		return nil
	}
	return all
}
