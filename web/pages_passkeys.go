package web

import (
	"encoding/json"
	"net/http"
	"net/url"

	"padome/internal/auth"
	"padome/internal/auth/passkey"
	"padome/internal/problem"
	"padome/office"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).passkeyPages}) }

// passkeyPages are those where people keep the passkeys of their account, and log
// in by one. A passkey is made and used by the browser's script alone.
func (s *Server) passkeyPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", ownPasskeys + "/new", LoggedIn, noBody, s.newPasskeyPage},
		{"POST", ownPasskeys + "/new", LoggedIn, smallDoc, s.makePasskeyPage},
		{"POST", ownPasskeys, LoggedIn, smallDoc, s.addPasskeyByForm},
		{"GET", ownPasskeys + "/:key", LoggedIn, noBody, s.passkeyPage},
		{"POST", ownPasskeys + "/:key", LoggedIn, smallDoc, s.renamePasskeyByForm},
		{"POST", ownPasskeys + "/:key/remove", LoggedIn, smallDoc, s.removePasskeyByForm},
		{"POST", logInPage + "/passkey", Public, smallDoc, s.logInByPasskeyForm},
	}
}

const ownPasskeys = accountPath + "/passkeys"

// ownPasskeys are those of the reader's account.
func (c *Call) ownPasskeys() (all []templates.OwnPasskey) {
	for _, k := range c.account.Passkeys {
		all = append(all, c.ownPasskey(k))
	}
	return all
}

func (c *Call) ownPasskey(k auth.Passkey) templates.OwnPasskey {
	own := templates.OwnPasskey{Name: k.Name, Href: ownPasskeys + "/" + url.PathEscape(k.ID), Site: k.Site, Added: k.Added, Used: k.Used, Syncs: k.Syncs, Copied: !k.Copied.IsZero()}
	if h, err := c.keyholder(""); err == nil {
		own.Elsewhere = h.Site.ID != k.Site
	}
	return own
}

func (s *Server) newPasskeyPage(c *Call) error {
	return c.Page(http.StatusOK, c.newPasskey(c.NewForm(templates.PasskeyFields, 0, nil)))
}

func (c *Call) newPasskey(form templates.Form) templates.NewPasskey {
	return templates.NewPasskey{Crumbs: c.aboveAccount(), Form: form, Proof: c.proof(office.OfAccount), Takes: c.takesPasskeys()}
}

// makePasskeyPage takes the proof of who asks, and has the browser make the key.
func (s *Server) makePasskeyPage(c *Call) error {
	var in beginPasskeyRequest
	form, err := c.Form(templates.PasskeyFields, &in)
	if err != nil {
		return err
	}
	var asked passkey.Creation
	if len(form.Faults) == 0 {
		asked, err = s.askForPasskey(c, in)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.newPasskey(form))
	} else if err != nil {
		return err
	}
	options, err := json.Marshal(asked)
	if err != nil {
		return err
	}
	next := c.NewForm(templates.PasskeyFields, 0, addPasskeyRequest{Name: in.Name})
	return c.Page(http.StatusOK, templates.MakePasskey{Crumbs: c.aboveAccount(), Form: next, Options: string(options)})
}

// addPasskeyByForm takes the key that the browser has made. Where it is none, the
// way begins anew.
func (s *Server) addPasskeyByForm(c *Call) error {
	var in addPasskeyRequest
	form, err := c.Form(templates.PasskeyFields, &in)
	if err != nil {
		return err
	}
	a, codes, err := s.keepPasskey(c, in)
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.newPasskey(form))
	} else if err != nil {
		return err
	}
	if _, err := s.goOn(c, a); err != nil {
		return err
	}
	if len(codes) > 0 {
		return c.Page(http.StatusOK, templates.SecondDone{Crumbs: c.aboveAccount(), Codes: codes, Passkey: true})
	}
	return c.Done(accountPath, "done.passkey.added", "name", in.Name)
}

func (s *Server) passkeyPage(c *Call) error {
	k, err := c.passkey()
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.keptPasskey(k, c.NewForm(templates.PasskeyFields, 0, renamePasskeyRequest{k.Name}), false))
}

// passkey is the one of the address; it fails with NotFound when the reader has no
// such.
func (c *Call) passkey() (auth.Passkey, error) {
	k, ok := c.account.Passkey(c.Param("key"))
	if !ok {
		return k, problem.New(problem.NotFound, "problem.passkey.gone")
	}
	return k, nil
}

func (c *Call) keptPasskey(k auth.Passkey, form templates.Form, removing bool) templates.KeptPasskey {
	last := len(c.account.Passkeys) == 1 && c.account.Second == nil
	return templates.KeptPasskey{Crumbs: c.aboveAccount(), Form: form, Proof: c.proof(office.OfAccount), OwnPasskey: c.ownPasskey(k), Last: last, Removing: removing}
}

func (s *Server) renamePasskeyByForm(c *Call) error {
	var in renamePasskeyRequest
	form, err := c.Form(templates.PasskeyFields, &in)
	if err != nil {
		return err
	}
	k, err := c.passkey()
	if err == nil {
		_, err = s.Office.Logins().RenamePasskey(c.Ctx, c.by(), c.account, k.ID, in.Name)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.keptPasskey(k, form, false))
	} else if err != nil {
		return err
	}
	return c.Done(accountPath, "done.passkey.renamed", "name", in.Name)
}

func (s *Server) removePasskeyByForm(c *Call) error {
	var in ownerRequest
	form, err := c.Form(templates.PasskeyFields, &in)
	if err != nil {
		return err
	}
	k, err := c.passkey()
	if err != nil {
		return err
	}
	a, err := s.Office.Logins().RemovePasskey(c.Ctx, c.byOwner(in), c.account, k.ID)
	form.Values["name"] = []string{k.Name}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.keptPasskey(k, form, true))
	} else if err != nil {
		return err
	}
	if _, err := s.goOn(c, a); err != nil {
		return err
	}
	return c.Done(accountPath, "done.passkey.removed", "name", k.Name)
}

// logInByPasskeyForm logs in by what the browser's passkey has answered, at first
// or in place of a code.
func (s *Server) logInByPasskeyForm(c *Call) error {
	var in passkeyLogInRequest
	form, err := c.Form(templates.LogInFields, &in)
	if err != nil {
		return err
	}
	next := here(form.Value("next"))
	a, err := s.whoHasPasskey(c, in.Passkey)
	if e, ok := asProblem(err); ok && e.Kind == problem.Unknown {
		form.Faults = append(form.Faults, templates.Fault{Text: c.say(e.Key, flat(e.Args)...)})
		return c.Page(http.StatusUnauthorized, templates.LogIn{Form: form, Next: next, Passkey: c.takesPasskeys()})
	} else if err != nil {
		return err
	}
	if _, _, err := s.newLogin(c, a); err != nil {
		return err
	}
	return c.Redirect(next)
}
