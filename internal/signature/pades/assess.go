package pades

import (
	"strconv"

	"padome/internal/signature"
)

// assess checks the signatures and document time stamps of a file.
func assess(c signature.Check, file []byte, found []signed, last *revision, v *signature.Verdict) error {
	proofs, err := last.proofs()
	if err != nil {
		return err
	}
	archived := false
	for i, s := range found {
		parts := [][]byte{file[:s.gap[0]], file[s.gap[1]:s.end]}
		switch s.kind {
		case "ETSI.CAdES.detached", "adbe.pkcs7.detached":
			v.Signers = append(v.Signers, signer(c, s, proofs, parts))
		case "ETSI.RFC3161":
			t, err := c.Anchors.OpenStamp(s.contents.bytes, c.Now, parts...)
			if err != nil {
				return err
			}
			archived = len(file)-s.end <= 2 // it covers all proofs
			v.Proven = append(v.Proven, signature.Because("signature.proven.document-stamp",
				"date", t.At.Format("2006-01-02"), "time", t.At.Format("15:04"), "name", t.By))
		default:
			return signature.Because("problem.signature.pdf.kind", "number", strconv.Itoa(i+1), "kind", string(s.kind))
		}
	}
	if archived {
		archive(v.Signers)
	}
	return nil
}

// signer assesses one signature; one whose value is wrong keeps its place, with
// the reason.
func signer(c signature.Check, s signed, proofs signature.Evidence, parts [][]byte) signature.Signer {
	e, err := signature.OpenCMS(s.contents.bytes, parts...)
	if err != nil {
		return signature.Signer{Faults: []signature.Reason{signature.ReasonOf(err)}}
	}
	if e.Claimed.IsZero() {
		e.Claimed = s.claimed // where PAdES has it (EN 319 142-1, 6.3)
	}
	e.Others = append(e.Others, proofs.Others...)
	e.OCSP = append(e.OCSP, proofs.OCSP...)
	e.CRL = append(e.CRL, proofs.CRL...)
	return c.Assess(e)
}

// archive raises the signatures whose proofs a document time stamp covers.
func archive(all []signature.Signer) {
	for i := range all {
		if all[i].Level == signature.LongTerm {
			all[i].Level = signature.Archive
		}
	}
}

// mostProofs bounds the certificates, and the answers about them, of a file.
const mostProofs = 64

// proofs are the certificates and revocation data in the document security
// store (ISO 32000-2, 12.8.4.3).
func (rev *revision) proofs() (e signature.Evidence, err error) {
	catalog, err := rev.dict(rev.trailer["Root"])
	if err != nil {
		return e, err
	}
	store, err := rev.dict(catalog["DSS"])
	if err != nil {
		return e, err
	}
	if e.OCSP, err = rev.contents(store["OCSPs"]); err != nil {
		return e, err
	}
	if e.CRL, err = rev.contents(store["CRLs"]); err != nil {
		return e, err
	}
	certificates, err := rev.contents(store["Certs"])
	if err != nil {
		return e, err
	}
	e.Others = signature.Certificates(certificates)
	return e, nil
}

// contents are those of streams in an array.
func (rev *revision) contents(v any) (all [][]byte, err error) {
	list, err := rev.array(v)
	if err != nil {
		return nil, err
	}
	if len(list) > mostProofs {
		return nil, tooMany()
	}
	for _, one := range list {
		v, err := rev.value(one)
		if err != nil {
			return nil, err
		}
		s, ok := v.(stream)
		if !ok {
			return nil, errSyntax
		}
		raw, err := s.content()
		if err != nil {
			return nil, err
		}
		all = append(all, raw)
	}
	return all, nil
}
