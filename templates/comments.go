package templates

import (
	"html/template"
	"time"

	"padome/council"
	diff "padome/internal/text"
)

func init() {
	register(MinutesCirculate{}, MinutesComments{}, MinutesAnswer{}, MinutesChanges{}, MinutesDissent{})
}

// MinutesCirculate is the check before draft minutes go to those who attended.
type MinutesCirculate struct {
	Crumbs
	Form
	Rows []Row
	Path string
}

// MinutesComments are the comments on draft minutes, with the form for those who
// may comment.
type MinutesComments struct {
	Crumbs
	Form
	Wide
	Title    string
	Path     string // of the minutes
	Until    string // how long comments are taken, in words
	Choices  []Choice
	Comments []CommentRow
	Asked    bool // the reader may comment
	Draft    bool // the minutes are a draft still
	Paper    template.HTML
	Compare  bool
	Waiting  int
}

// MinutesCommentFields are those of MinutesComments.
var MinutesCommentFields = []Named{{"about", "page.comments.about"}, {"text", "page.comments.text"}}

// CommentRow is one comment.
type CommentRow struct {
	ID      string
	About   string // in words
	Text    string
	Name    string
	At      time.Time
	State   Tag
	Answer  string
	Replier string
	Href    string // where it is answered; "" for those who cannot
}

// MinutesAnswer is where one comment is accepted or rejected.
type MinutesAnswer struct {
	Crumbs
	Form
	Comment CommentRow
	Now     string // what the minutes say there
	Edit    string // where that is edited
	Choices []Choice
	Path    string
}

// MinutesAnswerFields are those of MinutesAnswer.
var MinutesAnswerFields = []Named{{"decision", "page.comment.decision"}, {"answer", "page.comment.answer"}}

// MinutesChanges are how minutes differ from the draft that was circulated.
type MinutesChanges struct {
	Crumbs
	Title string
	At    time.Time
	Parts []ChangedPart
}

// ChangedPart is one item of them.
type ChangedPart struct {
	Number int
	Title  string
	Runs   []diff.Run
}

// MinutesDissent is the form of a dissenting opinion, and the check before it is
// filed.
type MinutesDissent struct {
	Crumbs
	Form
	Session council.Session
	Until   council.Date
	Choices []Choice
	Check   bool
	Rows    []Row
	Path    string
	Minutes string // path of the minutes
}

// MinutesDissentFields are those of MinutesDissent.
var MinutesDissentFields = []Named{{"item", "page.dissent.item"}, {"text", "page.dissent.text"}}

func (MinutesCirculate) file() string { return "minutes-circulate.html" }
func (MinutesComments) file() string  { return "minutes-comments.html" }
func (MinutesAnswer) file() string    { return "minutes-answer.html" }
func (MinutesChanges) file() string   { return "minutes-changes.html" }
func (MinutesDissent) file() string   { return "minutes-dissent.html" }
