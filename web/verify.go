package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"padome/council"
	"padome/internal/signature"
	"padome/minutes"
	"padome/office"
	"padome/storage"
)

// verifiedView is the same for programs.
type verifiedView struct {
	Kind        storage.MarkKind  `json:"kind"`
	Title       string            `json:"title"`
	Session     string            `json:"session"`
	Date        council.Date      `json:"date"`
	Number      int               `json:"number,omitempty"`
	Reference   string            `json:"reference,omitempty"` // of a correction
	Digest      string            `json:"digest"`
	Exact       bool              `json:"exact"`              // asked by the SHA-256 of exactly the issued file, or of one that came back signed
	File        minutes.FileKind  `json:"file,omitempty"`     // which of them it is
	FileText    string            `json:"fileText,omitempty"` // that, or what became of a file that holds the paper, in words
	Verdict     *lookedInto       `json:"verdict,omitempty"`  // on a file that was sent and is none of them, but holds the paper
	Superseded  bool              `json:"superseded,omitempty"`
	Public      bool              `json:"public"` // everybody may read it
	State       string            `json:"state"`  // in words
	Signing     string            `json:"signing,omitempty"`
	Signed      []verifiedSigning `json:"signed,omitempty"`
	Corrections []string          `json:"corrections,omitempty"` // their references
	Read        string            `json:"read,omitempty"`        // path of the paper
}

type verifiedSigning struct {
	Name      string          `json:"name"`
	At        time.Time       `json:"at"`
	Level     signature.Level `json:"level,omitempty"` // of an electronic signature, as far as it was proven
	LevelText string          `json:"levelText,omitempty"`
}

// lookedInto is what was found in a file that holds an issued paper and is none of
// those that the council keeps.
type lookedInto struct {
	Valid      bool       `json:"valid"`
	Faults     []string   `json:"faults,omitempty"`
	Signatures []signedBy `json:"signatures,omitempty"`
}

func (c *Call) lookedInto(v *signature.Verdict) *lookedInto {
	if v == nil {
		return nil
	}
	unsigned := func(r signature.Reason) bool { return r.Key == "problem.signature.pdf.unsigned" } // advice for a signer
	x := &lookedInto{Valid: v.Valid(), Faults: c.findings(slices.DeleteFunc(slices.Clone(v.Faults), unsigned))}
	for _, s := range v.Signers {
		x.Faults = append(x.Faults, c.findings(s.Faults)...)
		x.Signatures = append(x.Signatures, c.signedBy(s))
	}
	return x
}

// lines are the signatures of the file, one a line, with what they prove where
// they are good.
func (x *lookedInto) lines(c *Call) string {
	var all []string
	for _, s := range x.Signatures {
		if s.Level != signature.Unsettled {
			all = append(all, s.Name+" – "+s.LevelText)
		} else if s.Name != "" {
			all = append(all, s.Name+" – "+c.say("page.verify.bad"))
		}
	}
	return strings.Join(all, "\n")
}

func (c *Call) verifiedView(x office.Verified) verifiedView {
	v := verifiedView{Kind: x.Kind, Session: x.Session.ID, Date: x.Session.Date, Digest: x.Digest, Exact: x.File != "", File: x.File,
		Verdict: c.lookedInto(x.Verdict), Superseded: x.Superseded}
	if key := x.FileKey(); key != "" {
		v.FileText = c.say(key)
	}
	name, args := x.Name()
	v.Title = c.say(name, args...)
	switch x.Kind {
	case storage.MarkAgenda:
		v.State = c.say("page.verify.agenda.approved")
		v.Public, v.Read = true, sessionAt(v.Session)
	case storage.MarkCorrection:
		k := &x.Correction
		v.Number, v.Reference = k.Number, k.Reference()
		v.signatures(c, x.Public(), k.Sealed)
		if v.Public {
			v.Read = correctionAt(k)
		}
	default:
		m := &x.Minutes
		v.Number = m.Number
		v.signatures(c, x.Public(), m.Sealed())
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
func (v *verifiedView) signatures(c *Call, public bool, p minutes.Sealed) {
	v.Public, v.State = public, c.say("page.verify.unsigned")
	if !public {
		if n := len(p.Signatures); n > 0 && !v.Superseded {
			v.State = c.say("page.verify.partly", "n", strconv.Itoa(n), "of", strconv.Itoa(len(p.Signers)))
		}
		return
	}
	v.State = c.say("api.minutes.signed")
	v.Signing = c.say("page.verify.signing." + string(cmp.Or(p.Signing, council.SignedHere)))
	for _, g := range p.Signatures {
		x := verifiedSigning{Name: g.Name, At: g.At, Level: g.Level}
		if g.Level != "" {
			x.LevelText = c.say("signature.level." + string(g.Level))
		}
		v.Signed = append(v.Signed, x)
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

// verifySent answers programs about a file, which is the body of the request.
func (s *Server) verifySent(c *Call) error {
	f, err := c.sent()
	if err != nil {
		return err
	}
	x, _, err := s.Office.VerifyFile(c.Ctx, f.body)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, c.verifiedView(x), 0)
}
