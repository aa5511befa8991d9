package web

import (
	"net/http"
	"strconv"
	"time"

	"padome/council"
	"padome/minutes"
	"padome/office"
)

// minutesRoutes are those of the minutes. The session's presiding person and
// minute-taker may work on them and sign, whatever else they are, so the office
// says who may.
func (s *Server) minutesRoutes() []Route {
	return append(paperRoutes("/api/v1/sessions/:id/minutes", Public, s.minutesFile), []Route{
		{"GET", "/api/v1/sessions/:id/minutes", Public, noBody, s.minutes},
		{"GET", "/api/v1/sessions/:id/minutes/missing", Public, noBody, s.missing},
		{"POST", "/api/v1/sessions/:id/minutes/draft", LoggedIn, noBody, s.draftMinutes},
		{"PUT", "/api/v1/sessions/:id/minutes/items/:item", LoggedIn, longDoc, s.editPart},
		{"POST", "/api/v1/sessions/:id/minutes/items/:item/take-drafted", LoggedIn, noBody, s.takeDrafted},
		{"PUT", "/api/v1/sessions/:id/minutes/annexes", LoggedIn, longDoc, s.setAnnexes},
		{"POST", "/api/v1/sessions/:id/minutes/finalise", LoggedIn, noBody, s.finaliseMinutes},
		{"POST", "/api/v1/sessions/:id/minutes/sign", LoggedIn, smallDoc, s.signMinutes},
	}...)
}

// minutesView are minutes as their reader may see them: how the text came
// about, and the persons behind the names, are for those who see the record.
type minutesView struct {
	Session    string          `json:"session"`
	Year       int             `json:"year"`
	Number     int             `json:"number"`
	State      minutes.State   `json:"state"`
	StateText  string          `json:"stateText"`
	Parts      []partView      `json:"parts"`
	Annexes    []minutes.Annex `json:"annexes"`
	Digest     string          `json:"digest,omitempty"`
	PDF        string          `json:"pdf,omitempty"` // SHA-256 of the frozen file
	PDFSize    int64           `json:"pdfSize,omitempty"`
	Pages      int             `json:"pages,omitempty"`
	Finalised  time.Time       `json:"finalised,omitzero"`
	Signers    []signerView    `json:"signers"`
	Signing    council.Signing `json:"signing,omitempty"` // how they are signed, once final
	ApprovedAt string          `json:"approvedAt,omitempty"`
	// SignedFile is the file with electronic signatures, and what was found about it.
	SignedFile *signedFileView `json:"signedFile,omitempty"`
	// Corrections are those that the reader may see, where minutes are asked for by
	// themselves; Reopening is who asked for final ones to become a draft again.
	Corrections []correctionView   `json:"corrections,omitempty"`
	Reopening   *minutes.Reopening `json:"reopening,omitempty"`
	Revision    uint64             `json:"revision"`
}

type partView struct {
	Item     string  `json:"item"`
	Number   int     `json:"number"`
	Text     string  `json:"text"`
	Drafted  *string `json:"drafted,omitempty"`
	IsEdited bool    `json:"isEdited,omitempty"`
	EditedBy string  `json:"editedBy,omitempty"`
	Behind   bool    `json:"behind,omitempty"`
}

// signerView is one whose signature the minutes need, with when it was given.
type signerView struct {
	Person string       `json:"person,omitempty"`
	Name   string       `json:"name"`
	Title  string       `json:"title"`
	As     council.Role `json:"as,omitempty"`
	Signed time.Time    `json:"signed,omitzero"`
}

func (c *Call) minutes(m minutes.Minutes) minutesView {
	v := minutesView{Session: m.Session, Year: m.Year, Number: m.Number, State: m.State,
		StateText: c.say("api.minutes." + string(m.State)), Parts: []partView{}, Annexes: listed(m.Annexes), Digest: m.Digest,
		PDF: m.PDF, PDFSize: m.PDFSize, Pages: m.Pages, Finalised: m.Finalised, Signing: m.Signing,
		ApprovedAt: m.ApprovedAt, Revision: m.Revision}
	inside := minutes.MayReadRecord(c.Actor)
	if inside {
		v.Reopening = m.Reopening
	}
	for i := range m.Parts {
		p := &m.Parts[i]
		x := partView{Item: p.Item, Number: p.Number, Text: p.Text()}
		if inside {
			x.Drafted, x.IsEdited, x.EditedBy, x.Behind = &p.Drafted, p.IsEdited, p.EditedBy, p.Behind
		}
		v.Parts = append(v.Parts, x)
	}
	v.Signers, v.SignedFile = c.signers(m.Signers, m.Signatures), c.signedFileView(m.SignedFile())
	return v
}

// signers are those whose signatures a paper needs, with when each was given.
func (c *Call) signers(signers []minutes.Signer, given []minutes.Signature) []signerView {
	inside, all := minutes.MayReadRecord(c.Actor), []signerView{}
	for _, s := range signers {
		x := signerView{Name: s.Name, Title: c.inLang(s.Title, s.TitleEN), As: s.As}
		if inside {
			x.Person = s.Person
		}
		for _, g := range given {
			if g.Person == s.Person {
				x.Signed = g.At
			}
		}
		all = append(all, x)
	}
	return all
}

// showMinutes answers with minutes, or passes a refusal on.
func (c *Call) showMinutes(m minutes.Minutes, err error) error {
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, c.minutes(m), m.Revision)
}

func (s *Server) minutes(c *Call) error {
	m, err := s.Office.Minutes(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	v := c.minutes(m)
	corrections, err := s.Office.Corrections(c.Ctx, c.Actor, m.Session)
	if err != nil {
		return err
	}
	for _, x := range corrections {
		v.Corrections = append(v.Corrections, c.correction(x))
	}
	return c.JSON(http.StatusOK, v, m.Revision)
}

// minutesFile sends the minutes in a format: as PDF the frozen file, byte for
// byte; before there is one, a draft.
func (s *Server) minutesFile(c *Call, f office.PaperFormat) error {
	m, err := s.Office.Minutes(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	body, err := s.Office.MinutesFile(c.Ctx, c.Actor, c.Lang, m.Session, f)
	if err != nil {
		return err
	}
	if m.Number == 0 {
		return c.sendPaper(f, body, "api.file.minutes-draft")
	}
	return c.sendPaper(f, body, "api.file.minutes", "year", strconv.Itoa(m.Year), "number", strconv.Itoa(m.Number))
}

// missingView is something that the minutes lack, with its sentence.
type missingView struct {
	minutes.Missing
	Text string `json:"text"`
}

func (s *Server) missing(c *Call) error {
	all, err := s.Office.Missing(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return list(c, all, "", func(m minutes.Missing) missingView { return missingView{m, m.Text(c.Lang)} })
}

func (s *Server) draftMinutes(c *Call) error {
	revision, err := c.RevisionOrNone()
	if err != nil {
		return err
	}
	return c.showMinutes(s.Office.DraftMinutes(c.Ctx, c.by(), c.Param("id"), revision))
}

type partRequest struct {
	Text string `json:"text"`
}

func (s *Server) editPart(c *Call) error {
	var in partRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showMinutes(s.Office.EditPart(c.Ctx, c.by(), c.Param("id"), revision, c.Param("item"), in.Text))
}

func (s *Server) takeDrafted(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showMinutes(s.Office.TakeDrafted(c.Ctx, c.by(), c.Param("id"), revision, c.Param("item")))
}

type annexesRequest struct {
	Annexes []minutes.Annex `json:"annexes"`
}

func (s *Server) setAnnexes(c *Call) error {
	var in annexesRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showMinutes(s.Office.SetAnnexes(c.Ctx, c.by(), c.Param("id"), revision, in.Annexes))
}

func (s *Server) finaliseMinutes(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showMinutes(s.Office.FinaliseMinutes(c.Ctx, c.by(), c.Param("id"), revision))
}

func (s *Server) signMinutes(c *Call) error {
	var in proofRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	return c.showMinutes(s.Office.SignMinutes(c.Ctx, c.byProving(in), c.Param("id"), in.Digest))
}
