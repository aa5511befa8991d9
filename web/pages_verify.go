package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
	"padome/storage"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).verifyPages}) }

const verifyAt = office.VerifyPath

// verifyPages are those on which anybody checks a paper of the council.
func (s *Server) verifyPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", verifyAt, Public, noBody, s.verifyPage},
		{"POST", verifyAt, Public, office.MaxDocument, s.verifyFile},
		{"GET", verifyAt + "/:code", Public, noBody, s.verifyPage},
		{"GET", "/api/v1/verify/:code", Public, noBody, s.verify},
	}
}

// verifyRequest is what somebody enters to find a paper by.
type verifyRequest struct {
	Code string `json:"code"`
}

// verifyPage shows the forms, and what the code of the address or of the form
// leads to.
func (s *Server) verifyPage(c *Call) error {
	code := c.Param("code")
	if code == "" {
		code = c.Query("code")
	}
	form := c.NewForm(templates.VerifyFields, 0, verifyRequest{code})
	p := templates.Verify{Form: form, Path: verifyAt}
	if code == "" {
		return c.Page(http.StatusOK, p)
	}
	x, err := s.Office.Verify(c.Ctx, code)
	if err == nil {
		c.verified(&p, x)
		return c.Page(http.StatusOK, p)
	}
	if problem.KindOf(err) == problem.NotFound {
		p.Differs = c.say("problem.verify.unknown")
		return c.Page(http.StatusNotFound, p)
	}
	if wrong, err := c.Wrong(&p.Form, err); !wrong {
		return err
	}
	return c.FormPage(p)
}

// verifyFile compares the file that was sent with those that were issued. Nothing
// of it is kept.
func (s *Server) verifyFile(c *Call) error {
	form, err := c.Form(templates.VerifyFields, nil)
	if err != nil {
		return err
	}
	p := templates.Verify{Form: form, Path: verifyAt}
	_, f, err := c.sentFile("file")
	if wrong, err := c.Wrong(&p.Form, err); wrong {
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	defer f.Close()
	x, sum, err := s.Office.VerifyFile(c.Ctx, f)
	if problem.KindOf(err) == problem.NotFound {
		p.Differs, err = c.say("page.verify.differs"), nil
	} else if err == nil {
		c.verified(&p, x)
	}
	if err != nil {
		return err
	}
	p.Rows = append(p.Rows, templates.Row{Name: c.say("page.verify.sum"), Value: sum})
	return c.Page(http.StatusOK, p)
}

// verified is what anybody may know of a paper.
func (c *Call) verified(p *templates.Verify, x office.Verified) {
	v := c.verifiedView(x)
	p.Found = true
	if x.Exact {
		p.Exact = c.say("page.verify.exact")
	}
	if x.Superseded {
		p.Warning = c.say("page.verify.superseded")
	}
	row := func(key, value string) {
		if value != "" {
			p.Rows = append(p.Rows, templates.Row{Name: c.say("page.verify." + key), Value: value})
		}
	}
	row("what", v.Title)
	row("state", v.State)
	row("signing", v.Signing)
	var signed []string
	for _, g := range v.Signed {
		at := g.At.In(council.Riga)
		signed = append(signed, g.Name+" – "+c.say("page.minutes.signed-at", "date", string(council.DateOf(g.At)), "time", at.Format("15:04")))
	}
	row("signed", strings.Join(signed, "\n"))
	row("digest", x.Digest)
	p.Read = v.Read
	for i := range x.Corrections {
		p.Also = append(p.Also, templates.Link{Text: c.correctionTitle(&x.Corrections[i]), Href: correctionAt(&x.Corrections[i])})
	}
}

// verifiedView is the same for programs.
type verifiedView struct {
	Kind        storage.MarkKind  `json:"kind"`
	Title       string            `json:"title"`
	Session     string            `json:"session"`
	Date        council.Date      `json:"date"`
	Number      int               `json:"number,omitempty"`
	Reference   string            `json:"reference,omitempty"` // of a correction
	Digest      string            `json:"digest"`
	Exact       bool              `json:"exact"` // asked by the SHA-256 of exactly the issued file
	Superseded  bool              `json:"superseded,omitempty"`
	Public      bool              `json:"public"` // everybody may read it
	State       string            `json:"state"`  // in words
	Signing     string            `json:"signing,omitempty"`
	Signed      []verifiedSigning `json:"signed,omitempty"`
	Corrections []string          `json:"corrections,omitempty"` // their references
	Read        string            `json:"read,omitempty"`        // path of the paper
}

type verifiedSigning struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

func (c *Call) verifiedView(x office.Verified) verifiedView {
	v := verifiedView{Kind: x.Kind, Session: x.Session.ID, Date: x.Session.Date, Digest: x.Digest, Exact: x.Exact, Superseded: x.Superseded}
	switch x.Kind {
	case storage.MarkAgenda:
		v.Title, v.State = c.say("page.verify.agenda", "date", string(v.Date)), c.say("page.verify.agenda.approved")
		v.Public, v.Read = true, sessionAt(v.Session)
	case storage.MarkCorrection:
		k := &x.Correction
		v.Number, v.Reference = k.Number, k.Reference()
		v.Title = c.say("page.verify.correction", "date", string(v.Date), "number", v.Reference)
		v.signatures(c, k.Public(), k.Signing, k.Signatures)
		if v.Public {
			v.Read = correctionAt(k)
		}
	default:
		m := &x.Minutes
		v.Number = m.Number
		v.Title = c.say("page.verify.minutes", "date", string(v.Date), "number", strconv.Itoa(m.Number))
		v.signatures(c, m.Public() && !x.Superseded, m.Signing, m.Signatures)
		if !v.Public {
			break
		}
		v.Read = minutesAt(v.Session)
		for i := range x.Corrections {
			v.Corrections = append(v.Corrections, x.Corrections[i].Reference())
		}
		if m.ApprovedAt != "" {
			key := "page.verify.approved"
			if m.WithCorrection(x.Corrections) {
				key = "page.verify.corrected"
			}
			v.State = c.say(key, "signed", v.State, "date", string(x.ApprovedBy.Date))
		}
	}
	return v
}

// signatures says how a paper is signed. Who signed is said once everybody may
// read it.
func (v *verifiedView) signatures(c *Call, public bool, how council.Signing, given []minutes.Signature) {
	v.Public, v.State = public, c.say("page.verify.unsigned")
	if !public {
		return
	}
	v.State = c.say("api.minutes.signed")
	if how == "" {
		how = council.SignedHere
	}
	v.Signing = c.say("page.verify.signing." + string(how))
	for _, g := range given {
		v.Signed = append(v.Signed, verifiedSigning{g.Name, g.At})
	}
}

// verify answers programs, for a fingerprint, a digest or the SHA-256 of a file.
func (s *Server) verify(c *Call) error {
	x, err := s.Office.Verify(c.Ctx, c.Param("code"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, c.verifiedView(x), 0)
}
