package web

import (
	"crypto/rand"
	"net/http"

	"padome/internal/auth"
	"padome/internal/problem"
)

// askerCookie is the cookie of the browser that has asked for a challenge before
// anybody is logged in: its answer counts from there alone.
const askerCookie = "padome-asks"

func (c *Call) askerName() string {
	if c.secure {
		return "__Host-" + askerCookie
	}
	return askerCookie
}

// setAsker marks the browser as the one that asks.
func (c *Call) setAsker(value string, maxAge int) {
	http.SetCookie(c.gin.Writer, &http.Cookie{
		Name: c.askerName(), Value: value, Path: "/", MaxAge: maxAge,
		Secure: c.secure, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
}

// beginPasskeyLogIn asks for any passkey there is for this server.
func (s *Server) beginPasskeyLogIn(c *Call) error {
	if wait := s.Challenges.Attempt(c.Now, "", c.address()); wait > 0 {
		return tooManyAttempts(wait)
	}
	asker := rand.Text()
	h, err := c.keyholder(auth.TokenHash(asker))
	if err != nil {
		return err
	}
	asked, err := s.Office.Logins().BeginLogIn(c.Ctx, h)
	if err != nil {
		return err
	}
	c.setAsker(asker, 600)
	return c.JSON(http.StatusOK, asked, 0)
}

// passkeyLogInRequest is what a passkey has answered: the JSON form of the
// browser's PublicKeyCredential.
type passkeyLogInRequest struct {
	Passkey string `json:"passkey"`
}

func (s *Server) logInByPasskey(c *Call) error {
	var in passkeyLogInRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	a, err := s.whoHasPasskey(c, in.Passkey)
	if err != nil {
		return err
	}
	return s.startLogin(c, a)
}

// whoHasPasskey is the account whose passkey has answered. It fails with an
// Unknown problem when it is none.
func (s *Server) whoHasPasskey(c *Call, answer string) (auth.Account, error) {
	asker, err := c.gin.Request.Cookie(c.askerName())
	if err != nil {
		return auth.Account{}, unknown(auth.ErrChallenge())
	}
	h, err := c.keyholder(auth.TokenHash(asker.Value))
	if err != nil {
		return auth.Account{}, err
	}
	a, err := s.Office.Logins().LogIn(c.Ctx, h, answer)
	if err != nil {
		s.Log.Warn("login refused", "id", c.id, "address", c.address().String(), "account", a.ID, "why", faultKey(err))
		return a, unknown(err)
	}
	s.Challenges.Succeeded(c.Now, "", c.address())
	c.setAsker("", -1)
	if c.half.TokenHash != "" {
		c.login = c.half // which now ends
	}
	return a, nil
}

// unknown makes of what is wrong with an answer that nobody is known by it.
func unknown(err error) error {
	e, ok := asProblem(err)
	if !ok || e.Kind != problem.Invalid || len(e.Fields) == 0 {
		return err
	}
	return &problem.Error{Kind: problem.Unknown, Key: e.Fields[0].Key, Args: e.Fields[0].Args}
}
