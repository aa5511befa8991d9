package web

import (
	"net/http"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
	"padome/templates"
)

// corrected is a correction with the folder of the minutes that it corrects.
func (s *Server) corrected(c *Call) (office.MinutesFolder, minutes.Correction, error) {
	f, err := s.folder(c)
	if err != nil {
		return f, minutes.Correction{}, err
	}
	x, err := s.Office.Correction(c.Ctx, c.Actor, f.Session.ID, c.Param("correction"))
	return f, x, err
}

func (s *Server) correctionPage(c *Call) error {
	f, x, err := s.corrected(c)
	if err != nil {
		return err
	}
	return s.showCorrectionPage(c, f, x, c.NewForm(templates.CorrectionEndFields, x.Revision, nil))
}

func (s *Server) showCorrectionPage(c *Call, f office.MinutesFolder, x minutes.Correction, form templates.Form) error {
	d, err := s.Office.CorrectionDocument(c.Ctx, c.Actor, c.Lang, f.Session.ID, x.ID)
	if err != nil {
		return err
	}
	decides, err := s.Office.Session(c.Ctx, x.Decided)
	if err != nil {
		return err
	}
	p := templates.MinutesCorrection{Crumbs: c.minutesCrumbs(f), Form: form, Title: c.correctionTitle(&x),
		State: c.paperTag(x.State), Path: correctionAt(&x), Paper: templates.Paper(d), PDF: c.correctionFile(&x), Digest: x.Digest,
		Signers: c.correctionSigners(&x), MaySign: x.MaySign(c.Actor), Signed: c.correctionSigned(&x),
		Upload: x.AwaitsFile() == nil && x.MayTakeSigned(c.Actor)}
	p.Change = x.State == minutes.Draft && f.Correcting
	if p.Finalise = p.Change && decides.State == council.Closed; p.Change && !p.Finalise {
		p.Waits = c.say("page.correction.waits", "date", string(x.DecidedOn))
	}
	if e := x.Ended; e != nil {
		p.Waits = c.say("page.correction.withdrawn", "name", e.Name, "date", string(council.DateOf(e.At)), "reason", e.Reason)
	}
	if len(form.Faults) > 0 {
		return c.FormPage(p)
	}
	return c.Page(http.StatusOK, p)
}

// correctionSigners are those who must sign it, with when they did.
func (c *Call) correctionSigners(x *minutes.Correction) []templates.SignerRow {
	return c.signerRows(office.MinutesFolder{Signers: x.Signers, Minutes: minutes.Minutes{Signatures: x.Signatures}})
}

func (s *Server) changeCorrectionPage(c *Call) error {
	f, x, err := s.corrected(c)
	if err != nil {
		return err
	}
	entered := correctionEntered{About: strconv.Itoa(x.Clause) + ":" + x.Of, Was: x.Was, Text: x.Text, Ground: x.Ground, Decided: x.Decided}
	p, err := s.correctForm(c, f, c.NewForm(templates.MinutesCorrectFields, x.Revision, entered), c.correctionTitle(&x))
	if err != nil {
		return err
	}
	p.Back = correctionAt(&x)
	return c.Page(http.StatusOK, p)
}

func (s *Server) changeCorrectionByForm(c *Call) error {
	f, x, err := s.corrected(c)
	if err != nil {
		return err
	}
	var in correctionEntered
	form, err := c.Form(templates.MinutesCorrectFields, &in)
	if err != nil {
		return err
	}
	if err = in.chosen(); err == nil {
		w := in.wanted()
		w.Under = x.Under
		_, err = s.Office.ChangeCorrection(c.Ctx, c.by(), f.Session.ID, x.ID, form.Revision, w)
	}
	if wrong, err := c.wrongPlace(&form, err); wrong {
		p, err := s.correctForm(c, f, form, c.correctionTitle(&x))
		if err != nil {
			return err
		}
		p.Back = correctionAt(&x)
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	return c.Done(correctionAt(&x), "done.correction.changed")
}

func (s *Server) finaliseCorrectionByForm(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	x, err := s.Office.FinaliseCorrection(c.Ctx, c.by(), c.Param("id"), c.Param("correction"), form.Revision)
	if err != nil {
		return err
	}
	return c.Done(correctionAt(&x), "done.correction.final", "number", x.Reference())
}

func (s *Server) withdrawCorrectionByForm(c *Call) error {
	f, x, err := s.corrected(c)
	if err != nil {
		return err
	}
	var in reasonRequest
	form, err := c.Form(templates.CorrectionEndFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.WithdrawCorrection(c.Ctx, c.by(), f.Session.ID, x.ID, form.Revision, in.Reason)
	if wrong, err := c.Wrong(&form, err); wrong {
		return s.showCorrectionPage(c, f, x, form)
	} else if err != nil {
		return err
	}
	return c.Done(correctionAt(&x), "done.correction.withdrawn")
}

func (s *Server) signCorrectionPage(c *Call) error {
	f, x, err := s.correctionToSign(c)
	if err != nil {
		return err
	}
	p, err := s.signCorrectionOf(c, f, x, c.NewForm(templates.ProofFields, 0, nil))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) correctionToSign(c *Call) (office.MinutesFolder, minutes.Correction, error) {
	f, x, err := s.corrected(c)
	if err == nil && x.Digest == "" {
		err = problem.New(problem.State, "problem.minutes.correction.draft")
	}
	return f, x, err
}

// signCorrectionOf is the page where a correction is signed; it is the Latvian
// paper that is.
func (s *Server) signCorrectionOf(c *Call, f office.MinutesFolder, x minutes.Correction, form templates.Form) (templates.MinutesSign, error) {
	content, err := x.Frozen()
	if err != nil {
		return templates.MinutesSign{}, err
	}
	title := c.correctionTitle(&x)
	crumbs := append(c.minutesCrumbs(f), templates.Link{Text: title, Href: correctionAt(&x)})
	p := templates.MinutesSign{Crumbs: crumbs, Form: form, Title: title, State: c.paperTag(x.State), Paper: templates.Paper(content.Document),
		PDF: c.correctionFile(&x), Digest: x.Digest, Signers: c.correctionSigners(&x), Path: correctionAt(&x, "sign"),
		MaySign: x.MaySign(c.Actor), Proof: c.proof(x.Digest), Correction: true}
	if x.AwaitsFile() == nil && x.Awaits(c.Actor) {
		p.Upload = correctionAt(&x, "signed")
	}
	for i, signer := range x.Signers {
		if signer.Person == c.Actor.Person && c.Actor.Person != "" {
			p.Done = p.Signers[i].Signed
			p.Rows = []templates.Row{
				{Name: c.say("page.minutes-sign.row.what"), Value: title},
				{Name: c.say("page.minutes-sign.row.as"), Value: p.Signers[i].Title + " – " + signer.Name},
				{Name: c.say("page.minutes.digest"), Value: x.Digest},
			}
		}
	}
	return p, nil
}

// signCorrectionByForm shows the check page first, as signByForm does.
func (s *Server) signCorrectionByForm(c *Call) error {
	f, x, err := s.correctionToSign(c)
	if err != nil {
		return err
	}
	var in signRequest
	form, err := c.Form(templates.ProofFields, &in)
	if err != nil {
		return err
	}
	probe := x
	if err := probe.Sign(c.Actor, in.Digest, c.Now); err != nil {
		return err // before a password is asked for, or a code used up
	}
	if in.Confirmed {
		_, err = s.Office.SignCorrection(c.Ctx, c.byProving(in.proofRequest), f.Session.ID, x.ID, in.Digest)
	}
	wrong, err := c.Wrong(&form, err)
	switch {
	case err != nil:
		return err
	case in.Confirmed && !wrong:
		return c.Done(correctionAt(&x), "done.correction.signed", "number", x.Reference())
	}
	p, err := s.signCorrectionOf(c, f, x, form)
	if err != nil {
		return err
	}
	p.Check = true
	if wrong {
		return c.FormPage(p)
	}
	return c.Page(http.StatusOK, p)
}
