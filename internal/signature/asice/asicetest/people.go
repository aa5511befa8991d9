package asicetest

import (
	"crypto/x509"
	"time"

	"golang.org/x/crypto/ocsp"

	"padome/internal/signature/signtest"
)

// By is a signature of somebody of a world, made at a time, with a time stamp
// a second later and an OCSP response a second after that.
func By(w *signtest.World, h signtest.Holder, at time.Time) Signature {
	return Signature{
		Key: h.Key, Certificate: h.Certificate, At: at,
		Values: []*x509.Certificate{w.Issuing.Certificate},
		Stamp:  func(over []byte) []byte { return w.Stamp(over, at.Add(time.Second)) },
		OCSP:   [][]byte{w.OCSP(h, ocsp.Good, at.Add(2*time.Second), time.Time{})},
	}
}

// Container is a document that people signed one after another, a minute apart,
// each in a file of signatures of their own.
func Container(w *signtest.World, document File, at time.Time, people ...signtest.Holder) []byte {
	var all [][]byte
	for i, h := range people {
		all = append(all, By(w, h, at.Add(time.Duration(i)*time.Minute)).XML(document))
	}
	return Pack(document, all...)
}
