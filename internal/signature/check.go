package signature

import (
	"cmp"
	"crypto/x509"
	"encoding/asn1"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Check is what signatures are held to. The zero Now is not a time: it has to
// be given.
type Check struct {
	Anchors  *Anchors
	Expected []Expected // who may have signed; empty: anybody, and the verdict says that this was not asked
	Now      time.Time
}

// Expected is a person who may sign, known by the serial number in the subject
// of a certificate (ETSI EN 319 412-1: "PNOLV-" and the personal code).
type Expected struct {
	ID     string // ours, comes back in Signer.Person
	Serial string
	Name   string // for messages
}

// StampedValue is a time-stamp token and what it is to be over; Or is the same
// written otherwise, where a signature leaves open which of the two is meant.
type StampedValue struct{ Token, Over, Or []byte }

// Evidence is what a signature carries whose value was found right.
type Evidence struct {
	Certificate *x509.Certificate
	Others      []*x509.Certificate // that came along, trusted for nothing
	Claimed     time.Time
	Marked      bool // it says that the issuer's answer stands for a time stamp
	Stamps      []StampedValue
	OCSP, CRL   [][]byte // DER
}

// Assess says who signed and what holds of it: time stamps, then the path to an
// anchor and the key's purpose at the proven time (without a time stamp: now),
// then revocation at that time, then the person.
func (c Check) Assess(e Evidence) Signer {
	s := Signer{Name: e.Certificate.Subject.CommonName, Serial: e.Certificate.Subject.SerialNumber,
		Issuer: e.Certificate.Issuer.CommonName, Claimed: e.Claimed.UTC(), Qualified: qualified(e.Certificate)}
	if e.Claimed.IsZero() {
		s.Claimed = time.Time{}
	}
	c.stamps(&s, e)
	at := s.StampedAt
	if at.IsZero() {
		at = c.Now
	}
	path, err := c.Anchors.path(e.Certificate, e.Others, at)
	if err != nil {
		s.fault(err)
	} else {
		s.prove("signature.proven.path", "issuer", s.Issuer)
		c.revocation(&s, e, path[1], at)
	}
	c.person(&s)
	if !s.Qualified {
		s.leave("signature.unproven.qualified")
	}
	s.Level = s.level()
	return s
}

func (s *Signer) fault(err error) { s.Faults = append(s.Faults, ReasonOf(err)) }
func (s *Signer) prove(key string, args ...string) {
	s.Proven = append(s.Proven, Because(key, args...))
}
func (s *Signer) leave(key string, args ...string) {
	s.Unproven = append(s.Unproven, Because(key, args...))
}
func (s Signer) proves(key string) bool {
	return slices.ContainsFunc(s.Proven, func(r Reason) bool { return r.Key == key })
}

// level is what the findings amount to.
func (s Signer) level() Level {
	switch {
	case !s.Good():
		return Unsettled
	case s.StampedAt.IsZero():
		return Basic
	case s.proves("signature.proven.revocation"):
		return LongTerm
	}
	return Stamped
}

// OpenStamped is what the time stamp of a value proves.
func (c Check) OpenStamped(v StampedValue) (Stamp, error) {
	t, err := c.Anchors.OpenStamp(v.Token, c.Now, v.Over)
	if err != nil && v.Or != nil && ReasonOf(err).Key == "problem.signature.stamp-other" {
		return c.Anchors.OpenStamp(v.Token, c.Now, v.Or)
	}
	return t, err
}

// stamps takes the earliest of the time stamps, all of which have to be right.
func (c Check) stamps(s *Signer, e Evidence) {
	var found []Stamp
	for _, v := range e.Stamps {
		t, err := c.OpenStamped(v)
		if err != nil {
			s.fault(err)
			continue
		}
		found = append(found, t)
	}
	if len(found) == 0 {
		key := "signature.unproven.time"
		if e.Marked {
			key = "signature.unproven.time-mark"
		}
		s.leave(key)
		return
	}
	first := slices.MinFunc(found, func(a, b Stamp) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	s.StampedAt, s.StampedBy = first.At, first.By
	s.prove("signature.proven.time", "date", day(first.At), "time", hour(first.At), "name", first.By)
	if !first.Listed {
		s.leave("signature.unproven.authority", "name", first.By)
	}
}

// revocation judges the signer's certificate by what came along. A revocation
// after the proven time does no harm; without a proven time any does.
func (c Check) revocation(s *Signer, e Evidence, issuer *x509.Certificate, at time.Time) {
	found, err := standingOf(e, issuer, at)
	switch revoked := found.revoked; {
	case err != nil:
		s.fault(err)
	case !revoked.IsZero() && (s.StampedAt.IsZero() || !revoked.After(at)):
		s.fault(Because("problem.signature.revoked", "name", s.Name, "date", day(revoked)))
	case !revoked.IsZero():
		s.prove("signature.proven.revocation", "date", day(found.asOf))
		s.prove("signature.proven.revoked-later", "date", day(revoked))
	case found.known:
		s.prove("signature.proven.revocation", "date", day(found.asOf))
	case !found.before.IsZero():
		s.leave("signature.unproven.revocation-before", "date", day(found.before))
	default:
		s.leave("signature.unproven.revocation")
	}
}

// person finds who of the expected it is.
func (c Check) person(s *Signer) {
	if len(c.Expected) == 0 {
		s.leave("signature.unproven.person")
		return
	}
	var names []string
	for _, e := range c.Expected {
		if SameSerial(e.Serial, s.Serial) {
			s.Person = e.ID
			s.prove("signature.proven.person", "name", cmp.Or(e.Name, s.Name))
			return
		}
		names = append(names, e.Name)
	}
	s.fault(Because("problem.signature.person", "name", s.Name, "expected", strings.Join(names, "\n")))
}

// SameSerial reports whether two serial numbers of certificate subjects are of
// the same person: personal codes are written with and without their hyphen.
func SameSerial(a, b string) bool {
	a, b = plainSerial(a), plainSerial(b)
	return a != "" && a == b
}

var serialForm = regexp.MustCompile(`^(PNO|PAS|IDC|TIN)[A-Z]{2}-[0-9A-Z-]{4,40}$`)

// IsSerial reports whether a text is the serial number of a person's certificate
// subject (ETSI EN 319 412-1, 5.1.3): kind of number, country, number.
func IsSerial(s string) bool { return serialForm.MatchString(strings.ToUpper(s)) }

func plainSerial(s string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, s))
}

var (
	oidQualified  = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 3} // qcStatements, RFC 3739
	oidCompliance = asn1.ObjectIdentifier{0, 4, 0, 1862, 1, 1}       // id-etsi-qcs-QcCompliance
	oidDevice     = asn1.ObjectIdentifier{0, 4, 0, 1862, 1, 4}       // id-etsi-qcs-QcSSCD
)

// qualified reports whether a certificate says that it is qualified and that
// its key is held in a qualified device (ETSI EN 319 412-5).
func qualified(c *x509.Certificate) bool {
	compliant, device := false, false
	for _, e := range c.Extensions {
		if !e.Id.Equal(oidQualified) {
			continue
		}
		var statements []struct {
			ID   asn1.ObjectIdentifier
			Info asn1.RawValue `asn1:"optional"`
		}
		if whole(e.Value, &statements) != nil {
			return false
		}
		for _, s := range statements {
			compliant = compliant || s.ID.Equal(oidCompliance)
			device = device || s.ID.Equal(oidDevice)
		}
	}
	return compliant && device
}
