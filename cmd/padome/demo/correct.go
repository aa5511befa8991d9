package demo

import (
	"bytes"

	"padome/internal/locale"
	"padome/minutes"
	"padome/office"
)

// correct drafts the correction that the session decided on, makes it final and
// has it signed by those who sign the session's minutes.
func (s *script) correct(x *sitting) error {
	if x.corrects == nil {
		return nil
	}
	session := s.sessions[x.corrects.date].ID
	last := x.signatures[len(x.signatures)-1].at
	var c minutes.Correction
	err := s.as(taker, last, func(by office.By) (err error) {
		c, err = s.o.DraftCorrection(s.ctx, by, session, minutes.Wanted{Was: x.corrects.was, Text: x.corrects.text,
			Ground: x.corrects.ground, Decided: s.sessions[x.date].ID})
		if err != nil {
			return err
		}
		c, err = s.o.FinaliseCorrection(s.ctx, by, session, c.ID, c.Revision)
		return err
	})
	for _, act := range x.signatures {
		if err == nil {
			err = s.as(act.who, last, func(by office.By) (err error) {
				c, err = s.signCorrection(x, by, act.who, c)
				return err
			})
		}
	}
	if err == nil {
		s.tell.Line(0, "cmd.demo.corrected", "date", string(x.corrects.date), "number", c.Reference())
	}
	return err
}

// signCorrection signs it as the session's minutes are signed.
func (s *script) signCorrection(x *sitting, by office.By, who string, c minutes.Correction) (minutes.Correction, error) {
	if !x.outside {
		return s.o.SignCorrection(s.ctx, by, c.Session, c.ID, c.Digest)
	}
	r, _, err := s.o.CorrectionPDF(s.ctx, by.Actor, locale.LV, c.Session, c.ID)
	if err != nil {
		return c, err
	}
	file, err := s.contained(r, "labojums.pdf", who)
	if err != nil {
		return c, err
	}
	return s.o.UploadSignedCorrection(s.ctx, by, c.Session, c.ID, bytes.NewReader(file))
}
