package signature

import (
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"slices"
	"time"
)

// path is the way from a signer's certificate to a root, as of a time. The
// certificate has to be a person's, for signing (nonRepudiation), and in force.
func (a *Anchors) path(c *x509.Certificate, others []*x509.Certificate, at time.Time) ([]*x509.Certificate, error) {
	name := c.Subject.CommonName
	switch {
	case c.IsCA || c.KeyUsage&x509.KeyUsageContentCommitment == 0:
		return nil, Because("problem.signature.usage", "name", name)
	case at.Before(c.NotBefore):
		return nil, Because("problem.signature.early", "name", name, "date", day(c.NotBefore), "at", day(at))
	case at.After(c.NotAfter):
		return nil, Because("problem.signature.expired", "name", name, "date", day(c.NotAfter), "at", day(at))
	}
	known := *c
	known.UnhandledCriticalExtensions = slices.DeleteFunc(slices.Clone(c.UnhandledCriticalExtensions),
		func(id asn1.ObjectIdentifier) bool { return id.Equal(oidQualified) })
	paths, err := known.Verify(x509.VerifyOptions{Roots: a.rootPool, Intermediates: a.intermediatesWith(others), CurrentTime: at,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	if err == nil && len(paths[0]) < 2 {
		err = errors.New("no issuer")
	}
	if err != nil {
		return nil, Because("problem.signature.path", "name", name, "issuer", c.Issuer.CommonName, "detail", err.Error())
	}
	return paths[0], nil
}
