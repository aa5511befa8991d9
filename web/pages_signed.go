package web

import (
	"io"
	"net/http"

	"padome/council"
	"padome/internal/signature"
	"padome/minutes"
	"padome/office"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).signedPages}) }

// signedPages are where signed files come back, and where what their signatures
// are checked against is kept.
func (s *Server) signedPages() []Route {
	if s.Office == nil {
		return nil
	}
	return append(s.signedRoutes(), []Route{
		{"GET", "/sessions/:id/minutes/signed", LoggedIn, noBody, s.signedPage},
		{"POST", "/sessions/:id/minutes/signed", LoggedIn, office.MaxSigned, s.signedByForm},
		{"GET", "/sessions/:id/minutes/corrections/:correction/signed", LoggedIn, noBody, s.signedCorrectionPage},
		{"POST", "/sessions/:id/minutes/corrections/:correction/signed", LoggedIn, office.MaxSigned, s.signedCorrectionByForm},
		{"GET", "/people/:id/certificate", keepers, noBody, s.subjectPage},
		{"POST", "/people/:id/certificate", keepers, smallDoc, s.subjectByForm},
		{"GET", "/settings/trust", keepers, noBody, s.trustPage},
		{"POST", "/settings/trust", keepers, trustDoc, s.trustByForm},
	}...)
}

// signedRow is the signed file of a paper as its page shows it; href leads to
// the file, "" for those who may not have it.
func (c *Call) signedRow(f *minutes.SignedFile, href string) *templates.SignedFile {
	if f == nil {
		return nil
	}
	v := c.signedFileView(f)
	row := &templates.SignedFile{Href: href, Format: c.say("page.minutes-signed.format." + string(f.Verdict.Format)), Size: c.size(f.Size),
		At: f.At.In(council.Riga), Proven: v.Proven}
	for i, x := range v.Signed {
		when := f.Verdict.Signers[i].When().In(council.Riga)
		row.Signers = append(row.Signers, templates.SignedBy{Name: x.Name, Level: x.LevelText, At: when, Stamped: !x.Stamped.IsZero(), Proven: x.Proven, Unproven: x.Unproven})
	}
	return row
}

// signedMinutes is the signed file of minutes as their page shows it.
func (c *Call) signedMinutes(m *minutes.Minutes) *templates.SignedFile {
	href := ""
	if m.MayReadSigned(c.Actor) {
		href = "/api/v1" + minutesAt(m.Session, "signed")
	}
	return c.signedRow(m.SignedFile(), href)
}

// correctionSigned is that of a correction.
func (c *Call) correctionSigned(x *minutes.Correction) *templates.SignedFile {
	href := ""
	if x.MayReadSigned(c.Actor) {
		href = "/api/v1" + correctionAt(x, "signed")
	}
	return c.signedRow(x.SignedFile(), href)
}

// toUpload is the folder of minutes that wait for a signed file of the caller.
func (s *Server) toUpload(c *Call) (office.MinutesFolder, error) {
	f, err := s.folder(c)
	if err != nil {
		return f, err
	}
	if err := f.Minutes.AwaitsFile(); err != nil {
		return f, err
	}
	return f, office.MayTakeSigned(c.Actor, &f.Minutes)
}

func (s *Server) signedPage(c *Call) error {
	f, err := s.toUpload(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.signedUpload(f, c.NewForm(templates.DocumentFields, 0, nil)))
}

// signedUpload is the page that says how to sign and takes the file.
func (c *Call) signedUpload(f office.MinutesFolder, form templates.Form) templates.MinutesUpload {
	m := &f.Minutes
	return uploading(m.SignedFile(), templates.MinutesUpload{Crumbs: c.minutesCrumbs(f), Form: form, Title: c.minutesTitle(f),
		PDF: c.minutesPDFAt(*m), Signers: c.signerRows(f), Signed: c.signedMinutes(m), Back: minutesAt(f.Session.ID)})
}

// uploading completes such a page by the file that is there already.
func uploading(now *minutes.SignedFile, p templates.MinutesUpload) templates.MinutesUpload {
	p.Accept = ".pdf,.edoc,.asice"
	if now != nil {
		p.Continues = now.Verdict.Format == signature.PDF
		p.Joins = !p.Continues
	}
	return p
}

func (s *Server) signedByForm(c *Call) error {
	f, err := s.toUpload(c)
	if err != nil {
		return err
	}
	return c.takeSigned(func(form templates.Form) templates.Page { return c.signedUpload(f, form) }, func(body io.Reader) error {
		_, err := s.Office.UploadSigned(c.Ctx, c.by(), f.Session.ID, body)
		return err
	}, minutesAt(f.Session.ID), "done.minutes.signed-file")
}

// takeSigned takes the file of a form, and answers with the form again where it
// was not good.
func (c *Call) takeSigned(again func(templates.Form) templates.Page, take func(io.Reader) error, to, done string) error {
	form, err := c.Form(templates.DocumentFields, nil)
	if err != nil {
		return err
	}
	_, _, body, err := c.Upload("file")
	if err == nil {
		defer body.Close()
		err = take(body)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(again(form))
	} else if err != nil {
		return err
	}
	return c.Done(to, done)
}

// correctionToUpload is a correction that waits for a signed file of the caller,
// with the folder of its minutes.
func (s *Server) correctionToUpload(c *Call) (office.MinutesFolder, minutes.Correction, error) {
	f, x, err := s.corrected(c)
	if err == nil {
		err = x.AwaitsFile()
	}
	if err == nil {
		err = office.MayTakeSignedCorrection(c.Actor, &x)
	}
	return f, x, err
}

func (s *Server) signedCorrectionPage(c *Call) error {
	f, x, err := s.correctionToUpload(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.signedCorrectionUpload(f, &x, c.NewForm(templates.DocumentFields, 0, nil)))
}

func (c *Call) signedCorrectionUpload(f office.MinutesFolder, x *minutes.Correction, form templates.Form) templates.MinutesUpload {
	title := c.correctionTitle(x)
	crumbs := append(c.minutesCrumbs(f), templates.Link{Text: title, Href: correctionAt(x)})
	return uploading(x.SignedFile(), templates.MinutesUpload{Crumbs: crumbs, Form: form, Title: title,
		PDF: c.correctionFile(x), Signers: c.correctionSigners(x), Signed: c.correctionSigned(x), Back: correctionAt(x)})
}

func (s *Server) signedCorrectionByForm(c *Call) error {
	f, x, err := s.correctionToUpload(c)
	if err != nil {
		return err
	}
	return c.takeSigned(func(form templates.Form) templates.Page { return c.signedCorrectionUpload(f, &x, form) }, func(body io.Reader) error {
		_, err := s.Office.UploadSignedCorrection(c.Ctx, c.by(), f.Session.ID, x.ID, body)
		return err
	}, correctionAt(&x), "done.minutes.signed-file")
}
