package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/problem"
)

type loginRequest struct {
	Name     string `json:"name"`
	Password string `json:"password"`
	Code     string `json:"code,omitempty"` // of the second factor, where the account has one
}

// loginAnswer is a new login: the token for programs; browsers have it in a
// cookie as well.
type loginAnswer struct {
	Token       string    `json:"token"`
	Expires     time.Time `json:"expires"`
	IdleSeconds int       `json:"idleSeconds"`
	Person      string    `json:"person"`
}

// logIn checks name and password. Whether the name exists shows neither in the
// answer nor in the work done for it.
func (s *Server) logIn(c *Call) error {
	var in loginRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	account, err := s.whoLogsIn(c, in)
	switch {
	case err != nil:
		return err
	case account.HasSecond() && in.Code == "":
		return problem.New(problem.Unknown, "problem.login.code.missing")
	case account.HasSecond():
		if account, err = s.useCode(c, account, in.Code); err != nil {
			return err
		}
	}
	return s.startLogin(c, account)
}

// whoLogsIn is the account that name and password are of. It fails with an
// Unknown problem when they are of none, and with TooMany when there is to be no
// answer yet.
func (s *Server) whoLogsIn(c *Call, in loginRequest) (auth.Account, error) {
	var l problem.List
	if auth.Fold(in.Name) == "" {
		l.Add("name", "problem.login.name")
	}
	if in.Password == "" {
		l.Add("password", "problem.password.missing")
	}
	if err := l.Err(); err != nil {
		return auth.Account{}, err
	}
	account, err := s.Logins.AccountByName(c.Ctx, auth.Fold(in.Name))
	if err != nil && problem.KindOf(err) != problem.NotFound {
		return account, fmt.Errorf("looking up an account: %w", err)
	}
	right, err := s.checkPassword(c, in.Name, account, in.Password)
	if err != nil {
		return account, err
	}
	if !right || account.Disabled {
		s.Log.Warn("login refused", "id", c.id, "address", c.address().String(), "account", account.ID)
		return account, problem.New(problem.Unknown, "problem.login.wrong")
	}
	return account, nil
}

// checkPassword asks the throttle before it does the work, and tells it the
// outcome. Of one person's requests one is looked at after the other: a double
// click is no guessing. It fails with TooMany when there is to be no answer yet.
func (s *Server) checkPassword(c *Call, name string, a auth.Account, password string) (bool, error) {
	c.leave() // this has a queue of its own
	from := c.address()
	done, err := s.Throttle.Turn(c.Ctx, name, from)
	if err != nil {
		return false, err
	}
	defer done()
	if wait := s.Throttle.Attempt(c.Now, name, from); wait > 0 {
		return false, tooManyAttempts(wait)
	}
	right, err := s.Passwords.Check(c.Ctx, a.Hash, password)
	switch {
	case err != nil:
		s.Throttle.Undo(c.Now, name, from)
		return false, fmt.Errorf("checking a password: %w", err)
	case right && !a.Disabled:
		s.Throttle.Succeeded(c.Now, name, from)
	}
	return right, nil
}

func tooManyAttempts(wait time.Duration) error {
	return problem.New(problem.TooMany, "problem.login.wait", "seconds", seconds(wait))
}

// seconds is a wait in whole seconds, none of them too few.
func seconds(wait time.Duration) string {
	return strconv.Itoa(int((wait + time.Second - 1) / time.Second))
}

// halfLogin is the first step of two: the browser goes on to the second.
func (s *Server) halfLogin(c *Call, a auth.Account, next string) error {
	if err := s.endOldLogin(c); err != nil {
		return err
	}
	token, login := auth.NewHalfLogin(c.Now, a, c.gin.Request.UserAgent())
	if err := s.Logins.AddLogin(c.Ctx, login); err != nil {
		return fmt.Errorf("storing a login: %w", err)
	}
	c.setCookie(token, 0)
	return c.Redirect(logInPage + "/code?" + url.Values{"next": {next}}.Encode())
}

// newLogin ends the login that the request came with and begins a new one, so
// that a token known before logging in is worth nothing after it.
func (s *Server) newLogin(c *Call, a auth.Account) (token string, login auth.Login, err error) {
	if err := s.endOldLogin(c); err != nil {
		return "", login, err
	}
	actor, err := s.Actor(c.Ctx, a.Person, c.Today())
	if err != nil {
		return "", login, fmt.Errorf("finding the mandates of a person: %w", err)
	}
	token, login = auth.NewLogin(c.Now, a, s.Lifetimes, c.gin.Request.UserAgent())
	login.Held = heldBy(actor)
	if err := s.Logins.AddLogin(c.Ctx, login); err != nil {
		return "", login, fmt.Errorf("storing a login: %w", err)
	}
	c.setCookie(token, 0)
	return token, login, nil
}

// heldBy are the roles of an actor, each once; for whom somebody substitutes is
// a part of it.
func heldBy(a council.Actor) (held []string) {
	for _, m := range a.Mandates {
		role := string(m.Role)
		if m.SubstituteFor != "" {
			role += " " + m.SubstituteFor
		}
		if !slices.Contains(held, role) {
			held = append(held, role)
		}
	}
	return held
}

// startLogin answers with a new login.
func (s *Server) startLogin(c *Call, a auth.Account) error {
	token, login, err := s.newLogin(c, a)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answerOf(token, login, a), 0)
}

func answerOf(token string, login auth.Login, a auth.Account) loginAnswer {
	return loginAnswer{Token: token, Expires: login.Expires.UTC().Truncate(time.Second),
		IdleSeconds: int(login.Idle / time.Second), Person: a.Person}
}

func (s *Server) endOldLogin(c *Call) error {
	if c.login.TokenHash == "" {
		return nil
	}
	if err := s.Logins.EndLogin(c.Ctx, c.login.TokenHash); err != nil {
		return fmt.Errorf("ending a login: %w", err)
	}
	return nil
}

// logOut ends the login of the request, and no other of the account.
func (s *Server) logOut(c *Call) error {
	if err := s.endOldLogin(c); err != nil {
		return err
	}
	c.setCookie("", -1)
	c.forgetPages()
	return c.NoContent()
}

// meAnswer is who is logged in and what they may act as today.
type meAnswer struct {
	Name     string            `json:"name"` // of the account
	Person   string            `json:"person"`
	FullName string            `json:"fullName"`
	Mandates []council.Mandate `json:"mandates"`
	Expires  time.Time         `json:"expires"` // of the login
}

func (s *Server) me(c *Call) error {
	mandates := c.Actor.Mandates
	if mandates == nil {
		mandates = []council.Mandate{}
	}
	return c.JSON(http.StatusOK, meAnswer{
		Name: c.account.Name, Person: c.account.Person, FullName: c.Actor.Name,
		Mandates: mandates, Expires: c.login.Expires.UTC().Truncate(time.Second),
	}, 0)
}

type passwordRequest struct {
	Current string `json:"current"`
	New     string `json:"new"`
}

// changePassword ends every login of the account and begins a new one for the
// caller.
func (s *Server) changePassword(c *Call) error {
	var in passwordRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	var l problem.List
	if in.Current == "" {
		l.Add("current", "problem.password.missing")
	}
	auth.CheckRules(&l, "new", c.account.Name, in.New)
	if err := l.Err(); err != nil {
		return err
	}
	right, err := s.checkPassword(c, c.account.Name, c.account, in.Current)
	if err != nil {
		return err
	}
	if !right {
		l.Add("current", "problem.password.wrong")
		return l.Err()
	}
	account, err := s.setPassword(c, c.account, "new", in.New, "")
	if err != nil {
		return err
	}
	c.login = auth.Login{} // the new password has ended it
	return s.startLogin(c, account)
}

// setPassword hashes a new password and stores it, with the link that allows it
// if the account's owner is not logged in.
func (s *Server) setPassword(c *Call, a auth.Account, field, password, linkHash string) (auth.Account, error) {
	hash, err := s.Passwords.Hash(c.Ctx, field, a.Name, password)
	if err != nil {
		return auth.Account{}, err
	}
	a, err = s.Logins.SetPassword(c.Ctx, c.Command, auth.PasswordChange{
		Account: a.ID, Revision: a.Revision, Link: linkHash, Hash: hash, At: c.Now,
	})
	if _, ours := errors.AsType[*problem.Error](err); err != nil && !ours {
		return auth.Account{}, fmt.Errorf("storing a password: %w", err)
	}
	return a, err
}
