package templates

func init() { register(LogIn{}, SetUp{}, NewPassword{}) }

// LogIn is the form by which people log in.
type LogIn struct {
	Form
	Next string // path to which they come back; "" for the start page
	Why  bool   // they wanted a page that is for those logged in
	// Passkey: browsers have passkeys at this address.
	Passkey bool
}

// SetUp is the form that makes the first administrator.
type SetUp struct{ Form }

// NewPassword is the form that gives an account a new password.
type NewPassword struct {
	Form
	Name string // of the account
}

// LogInFields, SetUpFields and NewPasswordFields are those of the forms.
var (
	LogInFields = []Named{{"name", "page.setup.name"}, {"password", "page.password.new"}}
	SetUpFields = []Named{
		{"given", "page.setup.given"},
		{"surname", "page.setup.surname"},
		{"gender", "page.setup.gender"},
		{"name", "page.setup.name"},
		{"password", "page.password.new"},
		{"again", "page.password.again"},
	}
	NewPasswordFields = []Named{{"password", "page.password.new"}, {"again", "page.password.again"}}
)

func (LogIn) file() string       { return "account-login.html" }
func (SetUp) file() string       { return "account-setup.html" }
func (NewPassword) file() string { return "account-password.html" }
