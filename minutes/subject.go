package minutes

import (
	"padome/internal/problem"
	"padome/internal/signature"
	"padome/internal/text"
)

// Subject is by what a person's signatures are known: the serial number in the
// subject of their certificates ("PNOLV-" and the personal code). Only those who
// keep the register see it.
type Subject struct {
	Person   string `json:"person"`
	Serial   string `json:"serial"` // "" for none
	Revision uint64 `json:"revision"`
}

// Validate tidies the serial number and says what is wrong with it.
func (s *Subject) Validate() error {
	var l problem.List
	text.Line(&l, "serial", &s.Serial, 0, 64)
	if s.Serial != "" && !signature.IsSerial(s.Serial) {
		l.Add("serial", "problem.minutes.serial", "value", s.Serial)
	}
	return l.Err()
}

// Trust are the certificates that signatures are checked against.
type Trust struct {
	// Certificates in PEM; none: the national ones that come with the program.
	Certificates []byte `json:"certificates,omitempty"`
	Revision     uint64 `json:"revision"`
}

// Anchors are the certificates, read.
func (t Trust) Anchors() (*signature.Anchors, error) {
	if len(t.Certificates) == 0 {
		return signature.NationalAnchors(), nil
	}
	return signature.ParseAnchors(t.Certificates)
}
