package office

import (
	"bytes"
	"sync/atomic"

	"padome/internal/signature"
	"padome/minutes"
)

// keptAnchors are the certificates that the council trusts, read once for each
// revision: reading them takes milliseconds, and every file that is verified needs
// them.
type keptAnchors struct {
	read atomic.Pointer[readAnchors]
}

// readAnchors are the anchors of one revision.
type readAnchors struct {
	of      minutes.Trust
	anchors *signature.Anchors
}

// of are the anchors of what a transaction has just found stored, so that what
// replaced them holds from the next look on, whoever replaced it. Certificates that
// cannot be read are not kept.
func (k *keptAnchors) of(t minutes.Trust) (*signature.Anchors, error) {
	if r := k.read.Load(); r != nil && r.of.Revision == t.Revision && bytes.Equal(r.of.Certificates, t.Certificates) {
		return r.anchors, nil
	}
	anchors, err := t.Anchors()
	if err == nil {
		k.read.Store(&readAnchors{t, anchors})
	}
	return anchors, err
}
