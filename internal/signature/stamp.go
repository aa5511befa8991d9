package signature

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"time"
)

// Stamp is what a time stamp proves: that the data existed at a time.
type Stamp struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`     // common name of the authority
	Listed bool      `json:"listed"` // the authority itself is an anchor, not only who certified it
}

// stampInfo is TSTInfo of RFC 3161 up to the time.
type stampInfo struct {
	Version int
	Policy  asn1.ObjectIdentifier
	Imprint struct {
		Algorithm pkix.AlgorithmIdentifier
		Digest    []byte
	}
	Serial *big.Int
	Time   time.Time `asn1:"generalized"`
}

// OpenStamp checks a time-stamp token (RFC 3161, DER or BER) over data given in
// parts: its value, that its certificate is an authority's of the anchors at the
// time it states, and that this time is not after now.
func (a *Anchors) OpenStamp(token []byte, now time.Time, data ...[]byte) (Stamp, error) {
	der, rest, err := toDER(token)
	if err != nil || len(bytes.Trim(rest, "\x00")) > 0 {
		return Stamp{}, Because("problem.signature.stamp-unreadable")
	}
	c, err := openSigned(der, oidStampInfo, nil)
	if err != nil {
		return Stamp{}, Because("problem.signature.stamp-unreadable", "detail", err.Error())
	}
	var info stampInfo
	if err := whole(c.content, &info); err != nil {
		return Stamp{}, Because("problem.signature.stamp-unreadable", "detail", err.Error())
	}
	h, err := digestOf(info.Imprint.Algorithm.Algorithm)
	if err != nil {
		return Stamp{}, err
	}
	if !bytes.Equal(info.Imprint.Digest, Sum(h, data...)) {
		return Stamp{}, Because("problem.signature.stamp-other")
	}
	const skew = 5 * time.Minute // by which two good clocks may differ
	by := c.Certificate.Subject.CommonName
	if info.Time.After(now.Add(skew)) {
		return Stamp{}, Because("problem.signature.stamp-future", "name", by, "date", day(info.Time), "time", hour(info.Time))
	}
	listed, err := a.authority(c.Certificate, c.Others, info.Time)
	return Stamp{At: info.Time.UTC(), By: by, Listed: listed}, err
}

// authority checks that a certificate may give time stamps at a time, and
// reports whether it is an anchor itself.
func (a *Anchors) authority(c *x509.Certificate, others []*x509.Certificate, at time.Time) (listed bool, err error) {
	for _, t := range a.tsa {
		listed = listed || t.Equal(c)
	}
	roots := a.rootPool
	if listed {
		roots = roots.Clone()
		roots.AddCert(c)
	}
	_, err = a.verify(c, others, x509.VerifyOptions{Roots: roots, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}})
	only := len(c.ExtKeyUsage) == 1 && len(c.UnknownExtKeyUsage) == 0 && c.ExtKeyUsage[0] == x509.ExtKeyUsageTimeStamping // RFC 3161, 2.3
	if err != nil || !only {
		return listed, Because("problem.signature.stamp-authority", "name", c.Subject.CommonName, "issuer", c.Issuer.CommonName, "date", day(at))
	}
	return listed, nil
}

// day and hour are a time as arguments of a message, in universal time.
func day(t time.Time) string  { return t.UTC().Format(time.DateOnly) }
func hour(t time.Time) string { return t.UTC().Format("15:04") }
