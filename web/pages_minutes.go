package web

import (
	"net/http"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
	"padome/storage"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).minutesPages}) }

// minutesPages are those of the minutes. The session's presiding person and
// minute-taker may work on them and sign, whatever else they are, so the office
// says who may.
func (s *Server) minutesPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/sessions/:id/minutes", Public, noBody, s.kept(s.minutesPage)},
		{"POST", "/sessions/:id/minutes/draft", LoggedIn, smallDoc, s.draftByForm},
		{"POST", "/sessions/:id/minutes/items/:item", LoggedIn, longDoc, s.partByForm},
		{"GET", "/sessions/:id/minutes/annexes", LoggedIn, noBody, s.annexesPage},
		{"POST", "/sessions/:id/minutes/annexes", LoggedIn, longDoc, s.annexesByForm},
		{"GET", "/sessions/:id/minutes/finalise", LoggedIn, noBody, s.finaliseCheck},
		{"POST", "/sessions/:id/minutes/finalise", LoggedIn, smallDoc, s.finaliseByForm},
		{"GET", "/sessions/:id/minutes/sign", LoggedIn, noBody, s.signPage},
		{"POST", "/sessions/:id/minutes/sign", LoggedIn, smallDoc, s.signByForm},
	}
}

func minutesAt(session string, below ...string) string {
	return sessionAt(session, append([]string{"minutes"}, below...)...)
}

// folder is that of the session. Who may not see it yet is told so by the day of
// the session, and not what those who work on the minutes could do.
func (s *Server) folder(c *Call) (office.MinutesFolder, error) {
	f, err := s.Office.MinutesFolder(c.Ctx, c.Actor, c.Lang, c.Param("id"))
	if e, ok := asProblem(err); ok && e.Key == "problem.missing.minutes" {
		x, err := s.Office.Session(c.Ctx, c.Param("id"))
		if err != nil {
			return f, err
		}
		return f, problem.New(problem.NotFound, "problem.minutes.unpublished", "date", string(x.Date))
	}
	return f, err
}

func (s *Server) minutesPage(c *Call) error {
	f, err := s.folder(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, s.minutesOf(c, f))
}

var minutesColours = map[minutes.State]string{
	minutes.Draft: "grey", minutes.Final: "yellow", minutes.Signed: "green", minutes.Approved: "green", minutes.GivenUp: "grey",
}

func (c *Call) minutesTag(m minutes.Minutes) templates.Tag {
	if m.Revision == 0 || m.State == minutes.Draft && m.Number == 0 {
		return templates.Tag{} // the title says so
	}
	return templates.Tag{Text: c.say("api.minutes." + string(m.State)), Colour: minutesColours[m.State]}
}

// minutesTitle names the minutes of a session, by their number once they have
// one.
func (c *Call) minutesTitle(f office.MinutesFolder) string {
	if f.Minutes.Number > 0 {
		return c.say("page.minutes.title.numbered", "date", string(f.Session.Date), "number", strconv.Itoa(f.Minutes.Number))
	}
	return c.say("page.minutes.title", "date", string(f.Session.Date))
}

// minutesOf is the page of a folder.
func (s *Server) minutesOf(c *Call, f office.MinutesFolder) templates.Minutes {
	m := &f.Minutes
	p := templates.Minutes{Crumbs: c.sessionCrumbs(f.Session), Session: f.Session, Title: c.minutesTitle(f), State: c.minutesTag(*m),
		Path: minutesAt(f.Session.ID), Live: "minutes/" + f.Session.ID, Inside: f.Inside, Begun: m.Revision > 0, Editing: f.Editing,
		Held: f.Session.State == council.Open || f.Session.State == council.Closed,
		Form: c.NewForm(nil, m.Revision, nil), Paper: templates.Paper(f.Document), PDF: c.minutesPDFAt(*m), Digest: m.Digest, Signers: c.signerRows(f),
		MaySign: m.MaySign(c.Actor), Signed: c.signedMinutes(m), Upload: m.AwaitsFile() == nil && m.MayTakeSigned(c.Actor)}
	p.Withheld, p.MayMark = len(f.Withheld.Parts), minutes.MayRecord(c.Actor, f.Session) && m.Revision > 0
	if m.Public() {
		for _, it := range f.Items {
			p.Extracts = append(p.Extracts, templates.ExtractRow{Title: strconv.Itoa(it.Part.Number) + ". " + it.Title,
				Formats: c.everyFormat("/api/v1" + minutesAt(f.Session.ID, "items", it.Part.Item, "extract"))})
		}
	}
	p.Also = c.also("/api/v1" + minutesAt(f.Session.ID))
	p.Missing, p.Hard, p.Reduced = s.minutesGaps(c, f), hasHard(f.Missing) || m.Circulated.Open(c.Today()), f.Reduced
	if m.PDF != "" {
		p.PDFSize = c.say("page.minutes.pdf.size", "kb", strconv.FormatInt((m.PDFSize+1023)/1024, 10), "pages", strconv.Itoa(m.Pages))
	}
	for i := range f.Items {
		p.Parts = append(p.Parts, c.minutesPart(f.Session.ID, f.Items[i], i))
	}
	for _, a := range m.Annexes {
		p.Annexes = append(p.Annexes, c.annexRow(a, f.Inside))
	}
	p.Dissent, p.MaySend, p.Compare, p.Waiting = f.Dissenting == nil, f.Editing && f.Session.State == council.Closed && !m.Circulated.Open(c.Today()), f.MayCompare, f.Waiting
	if m.Circulated != nil && f.Inside {
		p.Sent = c.circulated(f)
	}
	for _, d := range f.Dissents {
		p.Dissents = append(p.Dissents, templates.AnnexRow{Title: d.Annex().Title, Pages: d.Pages,
			Href: "/api/v1" + minutesAt(d.Session, "dissents", d.ID)})
	}
	c.afterFinal(&p, f)
	if f.ApprovedBy != nil {
		p.Approved = templates.Link{Text: c.say("page.session.of", "date", string(f.ApprovedBy.Date)), Href: sessionAt(f.ApprovedBy.ID)}
	}
	return p
}

// minutesPDFAt is where the file of minutes is: final ones are one file, drafts
// are drawn in the reader's language.
func (c *Call) minutesPDFAt(m minutes.Minutes) string {
	lang := string(c.Lang)
	if m.PDF != "" {
		lang = string(locale.LV)
	}
	return "/api/v1" + sessionAt(m.Session, "minutes.pdf") + "?lang=" + lang
}

func (c *Call) annexRow(a minutes.Annex, inside bool) templates.AnnexRow {
	row := templates.AnnexRow{Title: a.Title, Pages: a.Pages}
	if inside && a.SHA256 != "" {
		row.Href = "/api/v1/documents/" + a.SHA256
	}
	return row
}

func (c *Call) signerRows(f office.MinutesFolder) (rows []templates.SignerRow) {
	for _, x := range f.Signers {
		row := templates.SignerRow{Title: c.inLang(x.Title, x.TitleEN), Name: x.Name}
		for _, g := range f.Minutes.Signatures {
			if g.Person == x.Person {
				row.Signed = c.say("page.minutes.signed-at", "date", string(council.DateOf(g.At)), "time", g.At.In(council.Riga).Format("15:04"))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// minutesPart is the form of one part; at tells the forms of a page apart.
func (c *Call) minutesPart(session string, it office.FolderItem, at int) templates.MinutesPart {
	x := it.Part
	p := templates.MinutesPart{Item: x.Item, Number: x.Number, Title: it.Title, Path: minutesAt(session, "items", x.Item),
		Seen: x.Sum(), Drafted: x.Drafted, Behind: x.Behind}
	if x.IsEdited {
		p.Edited = c.say("page.minutes.edited", "name", x.EditedBy)
	}
	p.Form = c.NewForm(templates.MinutesPartFields, 0, partRequest{Text: x.Text()})
	p.Form.ID = "p" + strconv.Itoa(at+1) + "-"
	return p
}

// minutesGaps are what the minutes lack, each with the way to mend it.
func (s *Server) minutesGaps(c *Call, f office.MinutesFolder) []templates.Task {
	tasks := make([]templates.Task, len(f.Missing))
	for i, m := range f.Missing {
		tasks[i] = templates.Task{Title: m.Text(c.Lang), Href: gapAt(f.Session, m), State: templates.Tag{Text: c.say("page.minutes.soft"), Colour: "yellow"}}
		if m.Hard {
			tasks[i].State = templates.Tag{Text: c.say("page.minutes.hard"), Colour: "red"}
		}
	}
	return tasks
}

// gapAt is where a gap is mended.
func gapAt(x council.Session, m minutes.Missing) string {
	at := m.Item
	if n, err := strconv.Atoi(m.Args["number"]); at == 0 && err == nil {
		at = n
	}
	what := m.Key[strings.LastIndex(m.Key, ".")+1:]
	switch {
	case what == "undecided", what == "quorum", what == "attendance", what == "member", what == "minute-taker", what == "presiding":
		return sessionAt(x.ID, "live")
	case strings.HasPrefix(m.Key, "problem.minutes.missing.comment"):
		return minutesAt(x.ID, "comments")
	case at > 0:
		return minutesAt(x.ID) + "#part-" + strconv.Itoa(at)
	case what == "pages":
		return minutesAt(x.ID, "annexes")
	case what == "next":
		return "/sessions/new"
	case what == "leftover":
		return minutesAt(x.ID) + "#part-0"
	}
	return sessionAt(x.ID)
}

func hasHard(all []minutes.Missing) bool {
	for _, m := range all {
		if m.Hard {
			return true
		}
	}
	return false
}

// draftByForm begins the draft, or renews it from the record; edited parts stay,
// so that it does not matter what anybody wrote meanwhile.
func (s *Server) draftByForm(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	f, err := s.folder(c)
	if err != nil {
		return err
	}
	revision, done := form.Revision, "done.minutes.drafted"
	if revision > 0 && f.Minutes.Revision > 0 {
		revision, done = storage.Newest, "done.minutes.refreshed"
	}
	if _, err := s.Office.DraftMinutes(c.Ctx, c.by(), f.Session.ID, revision); err != nil {
		return err
	}
	return c.Done(minutesAt(f.Session.ID), done)
}

// partByForm saves the text of one item, or takes the drafted one back. A script
// that saves as somebody types gets the form alone.
func (s *Server) partByForm(c *Call) error {
	var in partRequest
	form, err := c.Form(templates.MinutesPartFields, &in)
	if err != nil {
		return err
	}
	id, item := c.Param("id"), c.Param("item")
	if form.Value("take") == "drafted" {
		if _, err := s.Office.TakeDrafted(c.Ctx, c.by(), id, storage.Newest, item); err != nil {
			return err
		}
		return c.Done(minutesAt(id), "done.minutes.taken")
	}
	_, err = s.Office.EditPartSeen(c.Ctx, c.by(), id, item, form.Value("seen"), in.Text)
	if problem.KindOf(err) == problem.Conflict {
		return s.partConflict(c, form, item, err)
	}
	wrong, err := c.Wrong(&form, err)
	if err != nil {
		return err
	}
	return s.partSaved(c, form, wrong, item)
}

// partConflict shows what somebody else wrote meanwhile above what was entered,
// which replaces it when it is sent again.
func (s *Server) partConflict(c *Call, form templates.Form, item string, conflict error) error {
	f, err := s.folder(c)
	if err != nil {
		return err
	}
	p := s.minutesOf(c, f)
	for i := range p.Parts {
		if part := &p.Parts[i]; part.Item == item {
			part.Theirs = part.Value("text")
			form.ID, form.Command = part.ID, part.Command
			part.Form = form
			return c.Page(http.StatusConflict, p)
		}
	}
	return conflict
}

// partSaved answers with what became of a part that was sent.
func (s *Server) partSaved(c *Call, form templates.Form, wrong bool, item string) error {
	typing := c.gin.GetHeader("Padome-Autosave") != ""
	if !wrong && !typing {
		return c.Done(minutesAt(c.Param("id")), "done.minutes.saved")
	}
	f, err := s.folder(c)
	if err != nil {
		return err
	}
	p := s.minutesOf(c, f)
	for i := range p.Parts {
		part := &p.Parts[i]
		if part.Item != item {
			continue
		}
		if wrong {
			form.ID = part.ID
			for j := range form.Faults {
				form.Faults[j].Field = part.ID + form.Faults[j].Field
			}
			part.Form, part.Seen = form, form.Value("seen")
		} else {
			p.Saved = *part
			return c.Part(http.StatusOK, p, "minutes-saved")
		}
	}
	return c.FormPage(p)
}
