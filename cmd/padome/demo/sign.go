package demo

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"padome/cmd/padome/demo/authority"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
)

// sign has the minutes signed by all who must, as the session wants it, and saves
// their files.
func (s *script) sign(x *sitting, m minutes.Minutes) error {
	give := s.signHere
	if x.outside {
		give = s.signOutside
	}
	for _, act := range x.signatures {
		if err := s.as(act.who, act.at, func(by office.By) (err error) {
			m, err = give(by, act.who, m)
			return err
		}); err != nil {
			return err
		}
	}
	s.tell.Line(0, "cmd.demo.in-force", "number", strconv.Itoa(m.Number))
	s.tell.Line(0, "cmd.demo.verify", "link", "https://padome.example.lv"+office.VerifyPath+"/"+office.Fingerprint(m.Digest))
	if err := s.correct(x); err != nil {
		return err
	}
	by, err := s.by(taker)
	if err != nil {
		return err
	}
	r, _, err := s.o.MinutesPDF(s.ctx, by.Actor, "lv", m.Session)
	if err != nil {
		return err
	}
	if err := s.saveFrom(r, "cmd.demo.file.minutes", "protokols-"+string(x.date)+".pdf"); err != nil {
		return err
	}
	if err := s.extract(x, m); err != nil || !x.outside {
		return err
	}
	return s.endSigning(by, x, m)
}

// saveFrom saves what a file of the council holds.
func (s *script) saveFrom(r io.ReadCloser, key, name string) error {
	defer r.Close()
	file, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return s.save(key, name, file)
}

// signHere signs the minutes off in the program.
func (s *script) signHere(by office.By, _ string, m minutes.Minutes) (minutes.Minutes, error) {
	m, err := s.o.SignMinutes(s.ctx, by, m.Session, m.Digest)
	if err != nil {
		return m, err
	}
	last := m.Signatures[len(m.Signatures)-1]
	s.tell.Bullet(0, "cmd.demo.signed", "date", string(council.DateOf(last.At)), "name", by.Actor.Name, "digest", short(last.Digest))
	return m, nil
}

// outside is what people sign with electronically: certificates of an authority
// that exists in this demonstration alone, and ends with it.
type outside struct {
	authority *authority.Authority
	people    map[string]authority.Signer
}

// prepareSigning has the council choose electronic signatures: the administrator
// says which certificates are trusted, the secretariat whose is whose.
func (s *script) prepareSigning(at moment) error {
	a, err := authority.New("Paraugu sertifikāti", at.time().AddDate(0, -1, 0), chance)
	if err != nil {
		return err
	}
	s.signing = &outside{a, map[string]authority.Signer{}}
	if err := s.as(admin, at, func(by office.By) error {
		_, err := s.o.SaveTrust(s.ctx, by, 0, a.PEM())
		return err
	}); err != nil {
		return err
	}
	return s.as(secretary, at, func(by office.By) error {
		for i, who := range []string{chair, taker, deputy} {
			p := s.persons[who]
			serial := fmt.Sprintf("PNOLV-%06d-%05d", 10170+i, 10001+i)
			if s.signing.people[who], err = a.Person(p.Name(), serial); err != nil {
				return err
			}
			if _, err := s.o.SaveSubject(s.ctx, by, p.ID, 0, serial); err != nil {
				return err
			}
		}
		s.tell.Bullet(0, "cmd.demo.outside", "date", string(at[:10]))
		return s.chooseSigning(by, council.SignedElectronically)
	})
}

func (s *script) chooseSigning(by office.By, how council.Signing) error {
	set, err := s.o.Settings(s.ctx)
	if err != nil {
		return err
	}
	set.Signing = how
	_, err = s.o.SaveSettings(s.ctx, by, set.Revision, set)
	return err
}

// signOutside takes the minutes out, signs them and brings the container back. The
// first file that comes back is signed by the wrong person, and is refused.
func (s *script) signOutside(by office.By, who string, m minutes.Minutes) (minutes.Minutes, error) {
	if len(m.Signatures) == 0 {
		if err := s.wrongSigner(by, m); err != nil {
			return m, err
		}
	}
	file, err := s.signedMinutes(by, who, m)
	if err != nil {
		return m, err
	}
	if m, err = s.o.UploadSigned(s.ctx, by, m.Session, bytes.NewReader(file)); err != nil {
		return m, err
	}
	last := m.Signatures[len(m.Signatures)-1]
	s.tell.Bullet(0, "cmd.demo.signed-outside", "date", string(council.DateOf(last.At)), "name", by.Actor.Name,
		"level", locale.Text(s.Lang, "signature.level."+string(last.Level), nil))
	return m, nil
}

// wrongSigner brings back a file that the deputy signed in the chair's place.
func (s *script) wrongSigner(by office.By, m minutes.Minutes) error {
	file, err := s.signedMinutes(by, deputy, m)
	if err != nil {
		return err
	}
	_, err = s.o.UploadSigned(s.ctx, by, m.Session, bytes.NewReader(file))
	e, refused := errors.AsType[*problem.Error](err)
	if !refused || len(e.Fields) != 1 {
		return fmt.Errorf("a signature of the wrong person: %w", err)
	}
	s.tell.Bullet(0, "cmd.demo.refused", "date", string(council.DateOf(s.clock.Now())), "reason", locale.Text(s.Lang, e.Fields[0].Key, e.Fields[0].Args))
	return nil
}

func (s *script) signedMinutes(by office.By, who string, m minutes.Minutes) ([]byte, error) {
	r, _, err := s.o.MinutesPDF(s.ctx, by.Actor, locale.LV, m.Session)
	if err != nil {
		return nil, err
	}
	return s.contained(r, "protokols.pdf", who)
}

// contained is a file of the council as somebody signs it, a minute before now.
func (s *script) contained(r io.ReadCloser, name, who string) ([]byte, error) {
	defer r.Close()
	file, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return s.signing.authority.Container(name, file, s.signing.people[who], s.clock.Now().Add(-time.Minute))
}

// endSigning saves the signed file, and goes back to signing in the program, where
// whoever tries the demonstration can sign.
func (s *script) endSigning(by office.By, x *sitting, m minutes.Minutes) error {
	r, _, err := s.o.SignedFile(s.ctx, by.Actor, m.Session)
	if err != nil {
		return err
	}
	if err := s.saveFrom(r, "cmd.demo.file.signed", "protokols-"+string(x.date)+".edoc"); err != nil {
		return err
	}
	if err := s.save("cmd.demo.file.trust", "sertifikati.pem", s.signing.authority.PEM()); err != nil {
		return err
	}
	return s.chooseSigning(by, council.SignedHere)
}
