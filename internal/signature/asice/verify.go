// Package asice verifies signed containers (ASiC-E with XAdES: .asice, .edoc)
// around exactly one document, and joins the signatures of several into one.
//
// A container is a ZIP. It is read strictly: every byte of it is accounted for,
// it holds the document, signatures and a list of files, and nothing else. Each
// signature has to cover the document as it was frozen; its parts are found by
// where they stand, and nothing is followed to where an Id or a transform leads.
package asice

import (
	"crypto"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"padome/internal/signature"
)

// mostSignatures bounds the signatures of one container.
const mostSignatures = 32

// Verify says whether a container is one of the frozen document and nothing
// else, and who signed it. With frozen nil any one document will do: the verdict
// has its digest. Signers are in the order of the container's files.
func Verify(b, frozen []byte, check signature.Check) signature.Verdict {
	v, _ := verify(b, frozen, check)
	return v
}

// verify also returns the container where it could be opened; its signature
// files have as many signatures in order as the verdict has signers.
func verify(b, frozen []byte, check signature.Check) (signature.Verdict, *container) {
	v := signature.Verdict{Format: signature.Container, File: sum(b), At: check.Now.UTC(), Anchors: check.Anchors.Fingerprint()}
	c, err := openContainer(b, frozen)
	if err != nil {
		v.Faults = append(v.Faults, signature.ReasonOf(err))
		return v, nil
	}
	v.Document = hex.EncodeToString(c.document.sum(crypto.SHA256))
	v.Proven = append(v.Proven, signature.Because("signature.proven.document"))
	for _, f := range c.signatures {
		for _, s := range f.each {
			v.Signers = append(v.Signers, assess(s, c, f.name, check))
		}
	}
	return v, c
}

// Document is the one document of a container, whatever its signatures are worth;
// nil for a file that is no container.
func Document(b []byte) []byte {
	c, err := openContainer(b, nil)
	if c == nil || err != nil && c.document.bytes == nil {
		return nil
	}
	return c.document.bytes
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// assess judges one signature: what needs no trust first, then who it is of.
func assess(s *element, c *container, file string, check signature.Check) signature.Signer {
	x, err := readXAdES(s, c, file)
	var e signature.Evidence
	var later []signature.StampedValue
	if err == nil {
		e, later, err = x.evidence(file)
	}
	if err != nil {
		return signature.Signer{Name: x.subject(), Faults: []signature.Reason{signature.ReasonOf(err)}}
	}
	return guarded(check.Assess(e), check, later)
}

// guarded adds what later time stamps prove: over a signature whose certificate
// was proven not revoked they guard that proof. A wrong one is a fault.
func guarded(s signature.Signer, check signature.Check, later []signature.StampedValue) signature.Signer {
	for _, l := range later {
		t, err := check.OpenStamped(l)
		switch {
		case err != nil:
			s.Faults, s.Level = append(s.Faults, signature.ReasonOf(err)), signature.Unsettled
		case s.Level == signature.LongTerm:
			s.Level = signature.Archive
			fallthrough
		default:
			s.Proven = append(s.Proven, signature.Because("signature.proven.archive", "date", t.At.Format(time.DateOnly), "name", t.By))
		}
	}
	return s
}

// subject is whom the certificate names, as far as one was found.
func (x *xades) subject() string {
	if x == nil || x.cert == nil {
		return ""
	}
	return x.cert.Subject.CommonName
}
