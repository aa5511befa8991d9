package web

import (
	"io"
	"net/http"
	"strconv"
	"time"

	"padome/agenda"
	"padome/internal/signature"
	"padome/minutes"
	"padome/office"
)

// signedRoutes are those of files that were signed electronically, and of what
// their signatures are checked against.
func (s *Server) signedRoutes() []Route {
	return []Route{
		{"POST", "/api/v1/sessions/:id/minutes/signed", LoggedIn, office.MaxSigned, s.uploadSigned},
		{"GET", "/api/v1/sessions/:id/minutes/signed", LoggedIn, noBody, s.signedFile},
		{"POST", "/api/v1/sessions/:id/minutes/corrections/:correction/signed", LoggedIn, office.MaxSigned, s.uploadSignedCorrection},
		{"GET", "/api/v1/sessions/:id/minutes/corrections/:correction/signed", LoggedIn, noBody, s.signedCorrection},
		{"GET", "/api/v1/people/:id/certificate", keepers, noBody, s.subject},
		{"PUT", "/api/v1/people/:id/certificate", keepers, smallDoc, s.changeSubject},
		{"GET", "/api/v1/trust", keepers, noBody, s.trust},
		{"PUT", "/api/v1/trust", keepers, trustDoc, s.changeTrust},
	}
}

// trustDoc is the most bytes of a file of certificates, as JSON.
const trustDoc = 4 << 20

// signedFileView is the signed file of minutes or of a correction with what was found about it.
type signedFileView struct {
	SHA256 string           `json:"sha256"`
	Size   int64            `json:"size"`
	Format signature.Format `json:"format"`
	At     time.Time        `json:"at"` // when it was taken
	Signed []signedBy       `json:"signatures"`
	Proven []string         `json:"proven"`
}

// signedBy is one signature in plain words.
type signedBy struct {
	Name      string          `json:"name"`
	Issuer    string          `json:"issuer"`
	Level     signature.Level `json:"level"`
	LevelText string          `json:"levelText"`
	Claimed   time.Time       `json:"claimed,omitzero"`
	Stamped   time.Time       `json:"stamped,omitzero"`
	Proven    []string        `json:"proven"`
	Unproven  []string        `json:"unproven"`
}

func (c *Call) signedFileView(f *minutes.SignedFile) *signedFileView {
	if f == nil {
		return nil
	}
	v := &signedFileView{SHA256: f.Sum, Size: f.Size, Format: f.Verdict.Format, At: f.At, Signed: []signedBy{}, Proven: c.findings(f.Verdict.Proven)}
	for _, x := range f.Verdict.Signers {
		v.Signed = append(v.Signed, c.signedBy(x))
	}
	return v
}

func (c *Call) signedBy(x signature.Signer) signedBy {
	s := signedBy{Name: x.Name, Issuer: x.Issuer, Level: x.Level, Claimed: x.Claimed, Stamped: x.StampedAt,
		Proven: c.findings(x.Proven), Unproven: c.findings(x.Unproven)}
	if x.Level != signature.Unsettled {
		s.LevelText = c.say("signature.level." + string(x.Level))
	}
	return s
}

// findings are reasons of a verdict in the reader's language.
func (c *Call) findings(all []signature.Reason) []string {
	texts := make([]string, len(all))
	for i, r := range all {
		texts[i] = c.say(r.Key, flat(r.Args)...)
	}
	return texts
}

// uploadSigned takes a signed file, which is the body of the request.
func (s *Server) uploadSigned(c *Call) error {
	f, err := c.sent()
	if err != nil {
		return err
	}
	return c.showMinutes(s.Office.UploadSigned(c.Ctx, c.by(), c.Param("id"), f.body))
}

// signedFile sends the signed file byte for byte as it came back.
func (s *Server) signedFile(c *Call) error {
	r, m, err := s.Office.SignedFile(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return c.sendSigned(r, m.SignedFile(), c.say("api.file.minutes-signed", "year", strconv.Itoa(m.Year), "number", strconv.Itoa(m.Number)))
}

// sendSigned sends a signed file under a name without its end.
func (c *Call) sendSigned(r io.ReadCloser, f *minutes.SignedFile, name string) error {
	media := "application/pdf"
	if f.Verdict.Format == signature.Container {
		media = "application/vnd.etsi.asic-e+zip"
	}
	return c.attached(r, agenda.Attachment{Name: name + f.End(), Media: media, Size: f.Size, SHA256: f.Sum})
}

// uploadSignedCorrection is uploadSigned of a correction.
func (s *Server) uploadSignedCorrection(c *Call) error {
	f, err := c.sent()
	if err != nil {
		return err
	}
	x, err := s.Office.UploadSignedCorrection(c.Ctx, c.by(), c.Param("id"), c.Param("correction"), f.body)
	return c.showCorrection(http.StatusOK, x, err)
}

// signedCorrection sends the signed file of a correction.
func (s *Server) signedCorrection(c *Call) error {
	r, x, err := s.Office.SignedCorrection(c.Ctx, c.Actor, c.Param("id"), c.Param("correction"))
	if err != nil {
		return err
	}
	return c.sendSigned(r, x.SignedFile(), c.say("api.file.correction-signed", "number", x.Reference()))
}

func (s *Server) subject(c *Call) error {
	x, err := s.Office.Subject(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, x, x.Revision)
}

type subjectRequest struct {
	Serial string `json:"serial"`
}

func (s *Server) changeSubject(c *Call) error {
	revision, err := c.RevisionOrNone()
	if err != nil {
		return err
	}
	var in subjectRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	x, err := s.Office.SaveSubject(c.Ctx, c.by(), c.Param("id"), revision, in.Serial)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, x, x.Revision)
}

// trustView are the certificates that signatures are checked against.
type trustView struct {
	National     bool               `json:"national"` // those that come with the program
	Fingerprint  string             `json:"fingerprint"`
	Certificates []signature.Anchor `json:"certificates"`
	PEM          string             `json:"pem"`
	Revision     uint64             `json:"revision"`
}

func (c *Call) showTrust(t minutes.Trust, err error) error {
	if err != nil {
		return err
	}
	a, err := t.Anchors()
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, trustView{National: len(t.Certificates) == 0, Fingerprint: a.Fingerprint(), Certificates: a.List(), PEM: string(a.PEM()), Revision: t.Revision}, t.Revision)
}

func (s *Server) trust(c *Call) error { return c.showTrust(s.Office.Trust(c.Ctx, c.Actor)) }

// trustRequest gives certificates in PEM; none: the national ones.
type trustRequest struct {
	PEM string `json:"pem"`
}

func (s *Server) changeTrust(c *Call) error {
	revision, err := c.RevisionOrNone()
	if err != nil {
		return err
	}
	var in trustRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	return c.showTrust(s.Office.SaveTrust(c.Ctx, c.by(), revision, []byte(in.PEM)))
}
