package templates

func init() { register(SettingsForm{}, CalendarForm{}, ArmsForm{}) }

// SettingsForm is all that a council arranges for itself.
type SettingsForm struct {
	Form
	Weekdays []Choice
	Arms     string // path of the picture; "" while there is none
	History  string
	Trust    string // path of the trusted certificates, for who may see them
}

// SettingsFields are those of SettingsForm.
var SettingsFields = []Named{{"name", "page.settings.name"}, {"nameOf", "page.settings.name-of"}, {"nameEn", "page.settings.name-en"},
	{"short", "page.settings.short"}, {"shortOf", "page.settings.short-of"}, {"shortEn", "page.settings.short-en"},
	{"place", "page.settings.place"}, {"placeEn", "page.settings.place-en"}, {"seatsPerSide", "page.settings.seats"},
	{"quorum", "page.settings.quorum"}, {"majority", "page.settings.majority"}, {"tie", "page.settings.tie"}, {"signers", "page.settings.signers"},
	{"signing", "page.settings.signing"}, {"commentDays", "page.settings.comment-days"}, {"dissentDays", "page.settings.dissent-days"}, {"address", "page.settings.address"}, {"contact", "page.settings.contact"},
	{"weekday", "page.settings.weekday"}, {"starts", "page.session-form.starts"}, {"minutes", "page.settings.minutes"},
	{"reminders-before", "page.settings.before"}, {"reminders-onDay", "page.settings.on-day"}, {"reminders-every", "page.settings.every"},
	{"observerDays", "page.settings.observer-days"}, {"keepComments", "page.settings.keep-comments"}, {"keepProposals", "page.settings.keep-proposals"},
	{"keepDrafts", "page.settings.keep-drafts"}, {"keepFormer", "page.settings.keep-former"}, {"accent", "page.settings.accent"}, {"secondRequired", "page.settings.second"}}

// CalendarForm is the moved working days and the council's own days off.
type CalendarForm struct {
	Crumbs
	Form
	Moved   []int
	Extra   []int
	History string
}

// ArmsForm brings in the picture of the council's arms.
type ArmsForm struct {
	Crumbs
	Form
	Arms string
}

// ArmsFields are those of ArmsForm.
var ArmsFields = []Named{{"arms", "page.arms.file"}}

func (SettingsForm) file() string { return "settings.html" }
func (CalendarForm) file() string { return "settings-calendar.html" }
func (ArmsForm) file() string     { return "settings-arms.html" }
