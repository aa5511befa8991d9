package signature

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/binary"
	"errors"
	"slices"
	"sync"
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
	way, err := a.verify(&known, others, x509.VerifyOptions{Roots: a.rootPool, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	if err == nil && len(way) < 2 {
		err = errors.New("no issuer")
	}
	if err != nil {
		return nil, Because("problem.signature.path", "name", name, "issuer", c.Issuer.CommonName, "detail", err.Error())
	}
	return way, nil
}

// mostPaths bounds how many paths are remembered.
const mostPaths = 256

// paths are those found so far, by the certificates they were looked for with.
// Looking for one costs several signatures of authorities on long keys, and the
// same few people sign.
type paths struct {
	mu  sync.Mutex
	all map[[sha256.Size]byte][]*x509.Certificate
}

// verify is x509's way from a certificate to an anchor. Only the time it is asked
// for makes a difference between two answers about the same certificates: a way
// that was found holds whenever all certificates on it are in force.
func (a *Anchors) verify(c *x509.Certificate, others []*x509.Certificate, o x509.VerifyOptions) ([]*x509.Certificate, error) {
	h := sha256.New()
	for _, x := range append([]*x509.Certificate{c}, others...) {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(x.Raw))))
		h.Write(x.Raw)
	}
	for _, u := range o.KeyUsages {
		h.Write([]byte{byte(u)})
	}
	key := [sha256.Size]byte(h.Sum(nil))
	a.found.mu.Lock()
	way := a.found.all[key]
	a.found.mu.Unlock()
	if way != nil && inForce(way, o.CurrentTime) {
		return way, nil
	}
	if way = a.issued(c, o); way == nil {
		o.Intermediates = a.intermediatesWith(others)
		ways, err := c.Verify(o)
		if err != nil {
			return nil, err
		}
		way = ways[0]
	}
	a.found.mu.Lock()
	defer a.found.mu.Unlock()
	if a.found.all == nil || len(a.found.all) >= mostPaths {
		a.found.all = map[[sha256.Size]byte][]*x509.Certificate{}
	}
	a.found.all[key] = way
	return way, nil
}

func inForce(way []*x509.Certificate, at time.Time) bool {
	return !slices.ContainsFunc(way, func(x *x509.Certificate) bool { return at.Before(x.NotBefore) || at.After(x.NotAfter) })
}

// issued is the way of a certificate that one of the issuing authorities issued
// itself: its signature on the certificate, and the way up that was found when the
// anchors were read. It spares the signature of the root, the dearest of all; nil
// where the whole way has to be looked for.
func (a *Anchors) issued(c *x509.Certificate, o x509.VerifyOptions) []*x509.Certificate {
	if o.Roots != a.rootPool {
		return nil
	}
	o.Roots = a.issuingPool
	ways, err := c.Verify(o)
	if err != nil {
		return nil
	}
	for _, way := range ways {
		if up := a.above[string(way[len(way)-1].Raw)]; len(way) == 2 && up != nil && inForce(up, o.CurrentTime) {
			return append(way[:1:1], up...)
		}
	}
	return nil
}
