package web

import (
	"net/http"
	"strings"

	"github.com/boombuler/barcode/qr"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/problem"
	"padome/storage/store"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).accountPages}) }

// accountPages are what people see and change of their own account.
func (s *Server) accountPages() []Route {
	return []Route{
		{"GET", "/account", LoggedIn, noBody, s.accountPage},
		{"GET", "/account/password", LoggedIn, noBody, s.passwordForm},
		{"POST", "/account/password", LoggedIn, smallDoc, s.changePasswordByForm},
		{"POST", "/account/logins/end", LoggedIn, smallDoc, s.endLogins},
		{"POST", "/account/keys", LoggedIn, smallDoc, s.switchKeys},
		{"GET", "/account/second", LoggedIn, noBody, s.secondForm},
		{"POST", "/account/second", LoggedIn, smallDoc, s.addSecond},
		{"POST", "/account/second/remove", LoggedIn, smallDoc, s.removeSecond},
		{"GET", logInPage + "/code", Public, noBody, s.codeForm},
		{"POST", logInPage + "/code", Public, smallDoc, s.logInByCode},
	}
}

const accountPath = "/account"

func (c *Call) aboveAccount() templates.Crumbs {
	return templates.Crumbs{{Text: c.say("page.account.title"), Href: accountPath}}
}

func (s *Server) accountPage(c *Call) error {
	return s.showAccount(c, http.StatusOK, c.NewForm(templates.RemoveSecondFields, 0, nil))
}

func (s *Server) showAccount(c *Call, status int, form templates.Form) error {
	logins, err := s.ownLogins(c)
	if err != nil {
		return err
	}
	p := templates.Account{Name: c.account.Name, Person: c.Actor.Name, Keys: c.keys(), Form: form, Urged: powerful(c.Actor) && !c.account.HasSecond()}
	gender, err := s.ownGender(c)
	if err != nil {
		return err
	}
	var mandates []string
	for _, m := range c.Actor.Mandates {
		mandates = append(mandates, c.say("role."+string(m.Role)+gender)+", "+c.mandateSpan(m))
	}
	p.Mandates = strings.Join(mandates, "\n")
	p.Second, p.Left = c.account.Second != nil, c.account.CodesLeft()
	p.Passkeys, p.TakesPasskeys = c.ownPasskeys(), c.takesPasskeys()
	for _, l := range logins {
		this := l.TokenHash == c.login.TokenHash
		p.Others = p.Others || !this
		p.Logins = append(p.Logins, templates.OwnLogin{ID: loginID(l), Agent: agentName(l.Agent), Since: l.Created, LastSeen: l.LastSeen, This: this})
	}
	return c.Page(status, p)
}

// ownGender is the end of the key of a role's name for the reader; "" where
// nothing is known of them.
func (s *Server) ownGender(c *Call) (string, error) {
	if s.Office == nil {
		return "", nil
	}
	r, err := s.Office.Roster(c.Ctx)
	if err != nil {
		return "", err
	}
	if p, ok := r.Person(c.Actor.Person); ok {
		return "." + string(p.Gender), nil
	}
	return "", nil
}

// powerful are those whose stolen password would do the most harm.
func powerful(a council.Actor) bool {
	return a.HoldsAny(council.Secretariat, council.Chair, council.Deputy, council.Administrator)
}

func (c *Call) mandateSpan(m council.Mandate) string {
	if m.Until == "" {
		return c.say("page.account.mandate.from", "from", string(m.From))
	}
	return c.say("page.account.mandate.until", "from", string(m.From), "until", string(m.Until))
}

// loginID names a login on the page, by less than it takes to find it.
func loginID(l auth.Login) string { return l.TokenHash[:16] }

// agentName is what people call the program that logged in, as far as it says.
func agentName(agent string) string {
	for _, known := range []struct{ mark, name string }{
		{"Edg/", "Microsoft Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	} {
		if strings.Contains(agent, known.mark) {
			return known.name
		}
	}
	return clip(agent)
}

// ownLogins are the logins of the account that still hold.
func (s *Server) ownLogins(c *Call) (held []auth.Login, err error) {
	all, err := s.Logins.LoginsOf(c.Ctx, c.account.ID)
	for _, l := range all {
		if l.Valid(c.Now, c.account) && !l.Half {
			held = append(held, l)
		}
	}
	return held, err
}

// endLogins ends one other login of the account, or all others.
func (s *Server) endLogins(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	logins, err := s.ownLogins(c)
	if err != nil {
		return err
	}
	one := form.Value("login")
	for _, l := range logins {
		if l.TokenHash != c.login.TokenHash && (one == "" || one == loginID(l)) {
			if err := s.Logins.EndLogin(c.Ctx, l.TokenHash); err != nil {
				return err
			}
		}
	}
	if one == "" {
		return c.Done(accountPath, "done.account.ended.others")
	}
	return c.Done(accountPath, "done.account.ended")
}

func (s *Server) switchKeys(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	if form.Value("keys") == "off" {
		c.keepChoice(keysCookie, "off")
		return c.Done(accountPath, "done.account.keys.off")
	}
	c.keepChoice(keysCookie, "on")
	return c.Done(accountPath, "done.account.keys.on")
}

func (s *Server) passwordForm(c *Call) error {
	return c.Page(http.StatusOK, templates.ChangePassword{Crumbs: c.aboveAccount(), Name: c.account.Name,
		Form: c.NewForm(templates.ChangePasswordFields, 0, nil)})
}

type ownPassword struct {
	Current  string `json:"current"`
	Password string `json:"password"`
	Again    string `json:"again"`
}

// changePasswordByForm ends every login of the account and begins a new one.
func (s *Server) changePasswordByForm(c *Call) error {
	var in ownPassword
	form, err := c.Form(templates.ChangePasswordFields, &in)
	if err != nil {
		return err
	}
	err = together(missingCurrent(in.Current), checkPasswords(c.account.Name, newPassword{in.Password, in.Again}))
	if err == nil {
		err = s.confirmPassword(c, in.Current)
	}
	var account auth.Account
	if err == nil {
		account, err = s.setPassword(c, c.account, "password", in.Password, "")
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(templates.ChangePassword{Crumbs: c.aboveAccount(), Name: c.account.Name, Form: form})
	} else if err != nil {
		return err
	}
	c.login = auth.Login{} // the new password has ended it
	if _, _, err := s.newLogin(c, account); err != nil {
		return err
	}
	return c.Done(accountPath, "done.account.password")
}

func missingCurrent(current string) error {
	var l problem.List
	if current == "" {
		l.Add("current", "problem.password.missing")
	}
	return l.Err()
}

// confirmPassword fails with a fault of "current" when the password is not that
// of the account.
func (s *Server) confirmPassword(c *Call, current string) error {
	right, err := s.checkPassword(c, c.account.Name, c.account, current)
	if err != nil || right {
		return err
	}
	var l problem.List
	l.Add("current", "problem.password.wrong")
	return l.Err()
}

func (s *Server) secondForm(c *Call) error {
	if c.account.Second != nil {
		return c.Redirect(accountPath)
	}
	return s.showSecond(c, http.StatusOK, c.NewForm(templates.SecondFields, 0, nil), auth.NewSecret())
}

// showSecond shows a secret that is nobody's until its first code comes back.
func (s *Server) showSecond(c *Call, status int, form templates.Form, secret string) error {
	picture, err := qrOf(auth.SecretAddress(c.council().Short, c.account.Name, secret))
	if err != nil {
		return problem.New(malformed, "problem.form.command")
	}
	var spaced []string
	for i := 0; i < len(secret); i += 4 {
		spaced = append(spaced, secret[i:min(i+4, len(secret))])
	}
	return c.Page(status, templates.Second{Crumbs: c.aboveAccount(), Form: form, Secret: secret, Spaced: strings.Join(spaced, " "), QR: picture})
}

// qrOf draws a QR code, with the white border that readers need.
func qrOf(text string) (templates.QR, error) {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return templates.QR{}, err
	}
	const border = 4
	side := code.Bounds().Dx()
	dark := func(x, y int) bool { r, _, _, _ := code.At(x, y).RGBA(); return r == 0 }
	return templates.NewQR(side, border, dark), nil
}

type secondRequest struct {
	Code   string `json:"code"`
	Secret string `json:"secret"`
}

// addSecond begins a second factor once the device has shown that it has the
// secret. Every login of the account ends but this one.
func (s *Server) addSecond(c *Call) error {
	var in secondRequest
	form, err := c.Form(templates.SecondFields, &in)
	if err != nil {
		return err
	}
	if len(in.Secret) != len(auth.NewSecret()) {
		return problem.New(malformed, "problem.form.command")
	}
	second, recovery, ok := auth.NewSecondFactor(c.Now, in.Secret, in.Code)
	if !ok {
		var l problem.List
		l.Add("code", "problem.second.code")
		c.fault(&form, l.Err())
		return s.showSecond(c, http.StatusUnprocessableEntity, form, in.Secret)
	}
	if err := s.changeSecond(c, &second); err != nil {
		return err
	}
	return c.Page(http.StatusOK, templates.SecondDone{Crumbs: c.aboveAccount(), Codes: recovery})
}

// removeSecond asks for the password once more.
func (s *Server) removeSecond(c *Call) error {
	var in struct {
		Current string `json:"current"`
	}
	form, err := c.Form(templates.RemoveSecondFields, &in)
	if err != nil {
		return err
	}
	if err = missingCurrent(in.Current); err == nil {
		err = s.confirmPassword(c, in.Current)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return s.showAccount(c, http.StatusUnprocessableEntity, form)
	} else if err != nil {
		return err
	}
	if err := s.changeSecond(c, nil); err != nil {
		return err
	}
	return c.Done(accountPath, "done.account.second.removed")
}

func (s *Server) changeSecond(c *Call, f *auth.SecondFactor) error {
	account, err := s.Logins.ChangeSecond(c.Ctx, c.Actor, c.Command, c.account.ID, c.account.Revision, func(a *auth.Account) error {
		a.SetSecond(f)
		return nil
	})
	if err != nil {
		return err
	}
	c.login = auth.Login{} // it has ended with all others
	_, _, err = s.newLogin(c, account)
	return err
}

func (s *Server) codeForm(c *Call) error {
	if c.half.TokenHash == "" {
		return c.Redirect(logInPage)
	}
	return c.Page(http.StatusOK, c.codePage(c.NewForm(templates.LogInCodeFields, 0, nil), here(c.Query("next"))))
}

// codePage asks for the second factor, by what the account has.
func (c *Call) codePage(form templates.Form, next string) templates.LogInCode {
	a := &c.halfAccount
	return templates.LogInCode{Form: form, Next: next, App: a.Second != nil, Passkey: len(a.Passkeys) > 0 && c.takesPasskeys()}
}

// logInByCode is the second step of logging in.
func (s *Server) logInByCode(c *Call) error {
	var in secondRequest
	form, err := c.Form(templates.LogInCodeFields, &in)
	if err != nil {
		return err
	}
	if c.half.TokenHash == "" {
		return c.Redirect(logInPage)
	}
	next := here(form.Value("next"))
	account, err := s.useCode(c, c.halfAccount, in.Code)
	if e, ok := asProblem(err); ok && (e.Kind == problem.Unknown || e.Kind == problem.TooMany) {
		form.Faults = append(form.Faults, templates.Fault{Field: "code", Label: c.say("page.second.code"), Text: c.say(e.Key, flat(e.Args)...)})
		return c.Page(statuses[e.Kind], c.codePage(form, next))
	} else if err != nil {
		return err
	}
	c.login = c.half // which now ends
	if _, _, err := s.newLogin(c, account); err != nil {
		return err
	}
	return c.Redirect(next)
}

// useCode uses up a code of the account's second factor, slowed down as guesses
// of the password are. It fails with an Unknown problem when the code is wrong.
func (s *Server) useCode(c *Call, a auth.Account, code string) (auth.Account, error) {
	from := c.address()
	name := a.Name + " code"
	if wait := s.Throttle.Attempt(c.Now, name, from); wait > 0 {
		return a, tooManyAttempts(wait)
	}
	account, err := s.Logins.ChangeSecond(c.Ctx, council.Actor{Person: a.Person, Name: a.Name}, store.CommandID(""), a.ID, a.Revision, func(a *auth.Account) error {
		if !a.UseCode(c.Now, code) {
			return problem.New(problem.Unknown, "problem.login.code")
		}
		return nil
	})
	if err == nil {
		s.Throttle.Succeeded(c.Now, name, from)
	}
	return account, err
}
