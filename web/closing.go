package web

import (
	"net/http"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/minutes"
)

// closingRoutes are those of what follows final minutes: their reopening while
// nobody has signed, and corrections of signed ones.
func (s *Server) closingRoutes() []Route {
	const corrections = "/api/v1/sessions/:id/minutes/corrections"
	return []Route{
		{"POST", "/api/v1/sessions/:id/minutes/reopen", LoggedIn, formDoc, s.askReopening},
		{"POST", "/api/v1/sessions/:id/minutes/reopen/confirm", LoggedIn, noBody, s.confirmReopening},
		{"POST", "/api/v1/sessions/:id/minutes/reopen/drop", LoggedIn, noBody, s.dropReopening},
		{"GET", corrections, Public, noBody, s.corrections},
		{"POST", corrections, LoggedIn, longDoc, s.draftCorrection},
		{"GET", corrections + "/:correction", Public, noBody, s.correction},
		{"PUT", corrections + "/:correction", LoggedIn, longDoc, s.changeCorrection},
		{"GET", corrections + "/:correction/pdf", Public, noBody, s.correctionPDF},
		{"POST", corrections + "/:correction/finalise", LoggedIn, noBody, s.finaliseCorrection},
		{"POST", corrections + "/:correction/withdraw", LoggedIn, smallDoc, s.withdrawCorrection},
		{"POST", corrections + "/:correction/sign", LoggedIn, smallDoc, s.signCorrection},
	}
}

type reopenRequest struct {
	Reason string `json:"reason"`
}

func (s *Server) askReopening(c *Call) error {
	var in reopenRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showMinutes(s.Office.AskReopening(c.Ctx, c.by(), c.Param("id"), revision, in.Reason))
}

func (s *Server) confirmReopening(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showMinutes(s.Office.ConfirmReopening(c.Ctx, c.by(), c.Param("id"), revision))
}

func (s *Server) dropReopening(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showMinutes(s.Office.DropReopening(c.Ctx, c.by(), c.Param("id"), revision))
}

// correctionView is a correction as its reader may see it.
type correctionView struct {
	ID          string        `json:"id"`
	Session     string        `json:"session"`
	Reference   string        `json:"reference"` // its own number: 3/2024-L1
	Number      int           `json:"number"`
	State       minutes.State `json:"state"`
	StateText   string        `json:"stateText"`
	Place       string        `json:"place"` // in words
	ItemNumber  int           `json:"itemNumber,omitempty"`
	DecidedOn   council.Date  `json:"decidedOn"`
	DecidedItem int           `json:"decidedItem,omitempty"`
	minutes.Wanted
	Withdrawn string          `json:"withdrawn,omitempty"` // why it came to nothing
	Digest    string          `json:"digest,omitempty"`
	PDF       string          `json:"pdf,omitempty"` // SHA-256 of the frozen file
	PDFSize   int64           `json:"pdfSize,omitempty"`
	Pages     int             `json:"pages,omitempty"`
	Finalised time.Time       `json:"finalised,omitzero"`
	Signing   council.Signing `json:"signing,omitempty"`
	Signers   []signerView    `json:"signers"`
	// SignedFile is the file with electronic signatures, and what was found about it.
	SignedFile *signedFileView `json:"signedFile,omitempty"`
	Revision   uint64          `json:"revision"`
}

func (c *Call) correction(x minutes.Correction) correctionView {
	return correctionView{ID: x.ID, Session: x.Session, Reference: x.Reference(), Number: x.Number, State: x.State,
		StateText: c.say("api.minutes." + string(x.State)), Place: x.PlaceIn(c.Lang), ItemNumber: x.Item, DecidedOn: x.DecidedOn,
		DecidedItem: x.DecidedItem, Wanted: x.Wanted, Digest: x.Digest, PDF: x.PDF, PDFSize: x.PDFSize, Pages: x.Pages, Finalised: x.Finalised,
		Signing: x.Signing, Signers: c.signers(x.Signers, x.Signatures), SignedFile: c.signedFileView(x.SignedFile()), Withdrawn: x.Why(), Revision: x.Revision}
}

func (c *Call) showCorrection(code int, x minutes.Correction, err error) error {
	if err != nil {
		return err
	}
	return c.JSON(code, c.correction(x), x.Revision)
}

func (s *Server) corrections(c *Call) error {
	all, err := s.Office.Corrections(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return list(c, all, "", c.correction)
}

func (s *Server) correction(c *Call) error {
	x, err := s.Office.Correction(c.Ctx, c.Actor, c.Param("id"), c.Param("correction"))
	return c.showCorrection(http.StatusOK, x, err)
}

func (s *Server) draftCorrection(c *Call) error {
	var in minutes.Wanted
	if err := c.Decode(&in); err != nil {
		return err
	}
	x, err := s.Office.DraftCorrection(c.Ctx, c.by(), c.Param("id"), in)
	return c.showCorrection(http.StatusCreated, x, err)
}

func (s *Server) changeCorrection(c *Call) error {
	var in minutes.Wanted
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	x, err := s.Office.ChangeCorrection(c.Ctx, c.by(), c.Param("id"), c.Param("correction"), revision, in)
	return c.showCorrection(http.StatusOK, x, err)
}

func (s *Server) correctionPDF(c *Call) error {
	r, x, err := s.Office.CorrectionPDF(c.Ctx, c.Actor, c.Lang, c.Param("id"), c.Param("correction"))
	if err != nil {
		return err
	}
	name := c.say("api.file.correction", "number", x.Reference())
	if x.PDF == "" || c.Lang != locale.LV {
		return c.pdf(name, r)
	}
	return c.attached(r, agenda.Attachment{Name: name, Media: "application/pdf", Size: x.PDFSize, SHA256: x.PDF})
}

func (s *Server) finaliseCorrection(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	x, err := s.Office.FinaliseCorrection(c.Ctx, c.by(), c.Param("id"), c.Param("correction"), revision)
	return c.showCorrection(http.StatusOK, x, err)
}

func (s *Server) withdrawCorrection(c *Call) error {
	var in reasonRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	x, err := s.Office.WithdrawCorrection(c.Ctx, c.by(), c.Param("id"), c.Param("correction"), revision, in.Reason)
	return c.showCorrection(http.StatusOK, x, err)
}

func (s *Server) signCorrection(c *Call) error {
	var in proofRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	x, err := s.Office.SignCorrection(c.Ctx, c.byProving(in), c.Param("id"), c.Param("correction"), in.Digest)
	return c.showCorrection(http.StatusOK, x, err)
}
