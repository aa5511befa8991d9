package web

import (
	"net/http"
	"strings"
	"time"

	"padome/internal/auth"
	"padome/internal/auth/passkey"
	"padome/internal/problem"
	"padome/office"
)

// passkeysAt is where programs keep the passkeys of an account, and passkeyLogIn
// where they log in by one.
const (
	passkeysAt   = "/api/v1/passkeys"
	passkeyLogIn = "/api/v1/login/passkey"
)

func init() {
	addArea(area{routes: func(s *Server) []Route {
		if s.Office == nil {
			return nil
		}
		return []Route{
			{"GET", passkeysAt, LoggedIn, noBody, s.passkeys},
			{"POST", passkeysAt, LoggedIn, smallDoc, s.addPasskey},
			{"POST", passkeysAt + "/begin", LoggedIn, smallDoc, s.beginPasskey},
			{"POST", passkeysAt + "/proof", LoggedIn, smallDoc, s.beginProof},
			{"POST", passkeysAt + "/:key/rename", LoggedIn, smallDoc, s.renamePasskey},
			{"POST", passkeysAt + "/:key/remove", LoggedIn, smallDoc, s.removePasskey},
			{"POST", passkeyLogIn, Public, smallDoc, s.logInByPasskey},
			{"POST", passkeyLogIn + "/begin", Public, noBody, s.beginPasskeyLogIn},
		}
	}})
}

// challengeLimits let an office behind one address log in by passkeys all at once,
// and nobody fill the store from one machine.
var challengeLimits = auth.Limits{
	Pair: 60, Address: 60, Name: 1_000_000,
	First: 2 * time.Second, StrangerAt: 2 * time.Second, Longest: time.Minute,
	Forget: time.Hour, Entries: 10_000,
}

// keyholder is the account of the call at the address where people reach the
// server, with the login or browser that asks. It fails with State where browsers
// have no passkeys.
func (c *Call) keyholder(login string) (office.Keyholder, error) {
	none := problem.New(problem.State, "problem.passkey.address")
	if c.server.Office == nil {
		return office.Keyholder{}, none
	}
	site, ok, err := c.passkeySite()
	if err != nil {
		return office.Keyholder{}, err
	}
	if !ok {
		return office.Keyholder{}, none
	}
	return office.Keyholder{Site: site, Account: c.account, Login: login}, nil
}

// passkeySite is the website that passkeys answer to: the operator's address, else
// localhost where the browser is on this machine, else the address of the
// settings. Whatever other host a request names counts for nothing.
func (c *Call) passkeySite() (site passkey.Site, ok bool, err error) {
	if c.server.site == nil && onThisMachine(c.gin.Request.Host) {
		if site, ok = passkey.SiteOf("http://" + c.gin.Request.Host); ok {
			return site, true, nil
		}
	}
	base, err := c.server.reachedAt(c.Ctx, c.gin.Request)
	if err != nil {
		return passkey.Site{}, false, err
	}
	site, ok = passkey.SiteOf(base)
	return site, ok, nil
}

// takesPasskeys reports whether the browser has passkeys where it seems to be.
// Where the operator said at which address that is, what a proxy names is not
// looked at.
func (c *Call) takesPasskeys() bool {
	h, err := c.keyholder("")
	if err != nil {
		return false
	}
	name, _, _ := strings.Cut(c.gin.Request.Host, ":")
	return c.server.site != nil || strings.EqualFold(name, h.Site.ID)
}

// passkeyView is a passkey as its owner sees it.
type passkeyView struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Site   string    `json:"site"` // name of the host that it answers to
	Syncs  bool      `json:"syncs"`
	Added  time.Time `json:"added"`
	Used   time.Time `json:"used,omitzero"`
	Copied time.Time `json:"copied,omitzero"` // somebody may have a copy: it lets nobody in
}

func viewPasskey(k auth.Passkey) passkeyView {
	return passkeyView{k.ID, k.Name, k.Site, k.Syncs, k.Added, k.Used, k.Copied}
}

func (s *Server) passkeys(c *Call) error { return list(c, c.account.Passkeys, "", viewPasskey) }

// beginPasskeyRequest names a new passkey, and says once more who asks for it.
type beginPasskeyRequest struct {
	Name string `json:"name"`
	ownerRequest
}

func (s *Server) beginPasskey(c *Call) error {
	var in beginPasskeyRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	asked, err := s.askForPasskey(c, in)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, asked, 0)
}

func (s *Server) askForPasskey(c *Call, in beginPasskeyRequest) (passkey.Creation, error) {
	h, err := c.keyholder(c.login.TokenHash)
	if err != nil {
		return passkey.Creation{}, err
	}
	return s.Office.Logins().BeginPasskey(c.Ctx, c.byOwner(in.ownerRequest), h, in.Name)
}

// addPasskeyRequest is the key that an authenticator has made.
type addPasskeyRequest struct {
	Name    string `json:"name"`
	Passkey string `json:"passkey"` // the JSON form of the browser's PublicKeyCredential
}

// addPasskeyAnswer is the new key with the login that goes on: all others have
// ended. Recovery codes are told once.
type addPasskeyAnswer struct {
	Passkeys []passkeyView `json:"passkeys"`
	Recovery []string      `json:"recovery,omitempty"`
	Login    loginAnswer   `json:"login"`
}

func (s *Server) addPasskey(c *Call) error {
	var in addPasskeyRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	a, codes, err := s.keepPasskey(c, in)
	if err != nil {
		return err
	}
	login, err := s.goOn(c, a)
	if err != nil {
		return err
	}
	answer := addPasskeyAnswer{Recovery: codes, Login: login}
	for _, k := range a.Passkeys {
		answer.Passkeys = append(answer.Passkeys, viewPasskey(k))
	}
	return c.JSON(http.StatusCreated, answer, 0)
}

func (s *Server) keepPasskey(c *Call, in addPasskeyRequest) (auth.Account, []string, error) {
	h, err := c.keyholder(c.login.TokenHash)
	if err != nil {
		return auth.Account{}, nil, err
	}
	return s.Office.Logins().AddPasskey(c.Ctx, c.by(), h, in.Name, in.Passkey)
}

// goOn begins a login in place of the one that has ended with all of the account.
func (s *Server) goOn(c *Call, a auth.Account) (loginAnswer, error) {
	c.login = auth.Login{}
	token, login, err := s.newLogin(c, a)
	return answerOf(token, login, a), err
}

type renamePasskeyRequest struct {
	Name string `json:"name"`
}

func (s *Server) renamePasskey(c *Call) error {
	var in renamePasskeyRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	a, err := s.Office.Logins().RenamePasskey(c.Ctx, c.by(), c.account, c.Param("key"), in.Name)
	if err != nil {
		return err
	}
	k, _ := a.Passkey(c.Param("key"))
	return c.JSON(http.StatusOK, viewPasskey(k), 0)
}

func (s *Server) removePasskey(c *Call) error {
	var in ownerRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	a, err := s.Office.Logins().RemovePasskey(c.Ctx, c.byOwner(in), c.account, c.Param("key"))
	if err != nil {
		return err
	}
	login, err := s.goOn(c, a)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, login, 0)
}

// passkeyProofRequest is what is to be proved: the digest of what was shown, or
// "account", "retention" or "export" where there is none.
type passkeyProofRequest struct {
	Digest string `json:"digest"`
}

func (s *Server) beginProof(c *Call) error {
	var in passkeyProofRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	h, err := c.keyholder(c.login.TokenHash)
	if err != nil {
		return err
	}
	asked, err := s.Office.Logins().BeginProof(c.Ctx, h, in.Digest)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, asked, 0)
}

// confirmByPasskey asks once more who it is, for one digest.
func (s *Server) confirmByPasskey(c *Call, digest, answer string) error {
	h, err := c.keyholder(c.login.TokenHash)
	if err != nil {
		return err
	}
	a, err := s.Office.Logins().ProveByPasskey(c.Ctx, h, digest, answer)
	if err != nil {
		s.Log.Warn("passkey refused", "id", c.id, "address", c.address().String(), "account", c.account.ID, "why", faultKey(err))
		return err
	}
	c.account = a
	return nil
}

// faultKey is why an answer of a passkey was refused.
func faultKey(err error) string {
	e, ok := asProblem(err)
	switch {
	case !ok:
		return "error"
	case len(e.Fields) > 0:
		return e.Fields[0].Key
	}
	return e.Key
}
