package templates

func init() { register(Verify{}) }

// Verify is where anybody checks a paper of the council: the forms, and what was
// found.
type Verify struct {
	Form
	Path    string
	Found   bool
	Exact   string   // what is said of the file that was sent; "" when none was
	Differs string   // it is none of those issued, or one of them altered
	Why     []string // what is wrong with an altered one
	Warning string
	Rows    []Row
	Read    string // where the paper itself is; "" where it is not public
	Also    []Link // corrections
}

// VerifyFields are those of Verify.
var VerifyFields = []Named{{"code", "page.verify.code"}, {"file", "page.verify.file"}}

func (Verify) file() string { return "verify.html" }
