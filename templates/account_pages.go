package templates

import (
	"html/template"
	"time"
)

func init() { register(Account{}, ChangePassword{}, Second{}, SecondDone{}, LogInCode{}) }

// Account is what somebody can see and change about their own account.
type Account struct {
	Name     string // of the account
	Person   string
	Mandates string // one a line
	Second   bool   // there is a device that counts codes
	Left     int    // recovery codes
	Passkeys []OwnPasskey
	// TakesPasskeys: browsers have passkeys at this address.
	TakesPasskeys bool
	Urged         bool // there should be one, by what the person may do
	Logins        []OwnLogin
	Others        bool // there are other logins than this one
	Keys          bool // shortcuts are on
	Form          Form
}

// OwnLogin is one login of the account.
type OwnLogin struct {
	ID       string
	Agent    string
	Since    time.Time
	LastSeen time.Time
	This     bool
}

// ChangePassword is the form by which somebody changes their password.
type ChangePassword struct {
	Crumbs
	Form
	Name string
}

// Second is the form that adds a second factor: the secret as a picture and in
// letters, and the first code of the device.
type Second struct {
	Crumbs
	Form
	Secret string
	Spaced string // the secret in groups of four
	QR     QR
}

// QR is a picture of squares: its side, and the path that fills the dark ones.
type QR struct {
	Side int
	Path template.HTMLAttr
}

// SecondDone shows the recovery codes, once.
type SecondDone struct {
	Crumbs
	Codes   []string
	Passkey bool // it is a passkey
}

// LogInCode is the second step of logging in.
type LogInCode struct {
	Form
	Next    string
	App     bool // the account has a device that counts codes
	Passkey bool // it has a passkey, and browsers have them at this address
}

// Fields of these forms.
var (
	ChangePasswordFields = []Named{{"current", "page.account.current"}, {"password", "page.account.new"}, {"again", "page.password.again"}}
	SecondFields         = []Named{{"code", "page.second.code"}}
	RemoveSecondFields   = []Named{{"current", "page.account.current"}}
	LogInCodeFields      = []Named{{"code", "page.second.code"}}
)

func (Account) file() string        { return "account-own.html" }
func (ChangePassword) file() string { return "account-change-password.html" }
func (Second) file() string         { return "account-second.html" }
func (SecondDone) file() string     { return "account-second-done.html" }
func (LogInCode) file() string      { return "account-code.html" }
