// Package signature says whether an electronic signature is good: who signed,
// when that is proven to have been, and what is not proven. It is the part that
// PDF signatures (pades) and containers (asice) have in common; it reads no
// clock and asks no network.
package signature

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"padome/internal/problem"
)

// Level is how much of a signature lasts: the baseline levels of ETSI EN 319
// 142-1 (PAdES) and EN 319 132-1 (XAdES), as far as they were found to hold.
type Level string

const (
	Basic     Level = "B-B"   // a signature; when it was made is only claimed
	Stamped   Level = "B-T"   // a time stamp proves that it existed
	LongTerm  Level = "B-LT"  // and that the certificate was not revoked
	Archive   Level = "B-LTA" // and a later time stamp guards that proof
	Unsettled Level = ""      // the signature is not good
)

// Reason is one finding: a message key of internal/locale with its arguments.
// As an error it says why something is refused.
type Reason struct {
	Key  string       `json:"key"`
	Args problem.Args `json:"args,omitempty"`
}

// Because makes a Reason with name, value pairs as arguments.
func Because(key string, args ...string) Reason { return Reason{key, problem.Pairs(args...)} }

// Error is for logs; people read the message of Key.
func (r Reason) Error() string { return fmt.Sprint(r.Key, " ", map[string]string(r.Args)) }

// ReasonOf is the Reason in an error; any other error is a file that cannot be read.
func ReasonOf(err error) Reason {
	if r, ok := errors.AsType[Reason](err); ok {
		return r
	}
	return Because("problem.signature.malformed", "detail", err.Error())
}

// Signer is one signature of a file. It is good when it has no Faults.
type Signer struct {
	Name      string    `json:"name"`                // common name of the certificate
	Serial    string    `json:"serial,omitempty"`    // serialNumber of its subject, such as PNOLV-…: personal data
	Issuer    string    `json:"issuer,omitempty"`    // common name of who issued the certificate
	Person    string    `json:"person,omitempty"`    // ID of the Expected that it is
	Level     Level     `json:"level"`               // as found, never as claimed
	Claimed   time.Time `json:"claimed,omitzero"`    // what the signer's computer said
	StampedAt time.Time `json:"stamped,omitzero"`    // by the earliest time stamp; zero without one
	StampedBy string    `json:"stampedBy,omitempty"` // the authority of that stamp
	Qualified bool      `json:"qualified,omitempty"` // the certificate says it is qualified and its key is in a device
	Proven    []Reason  `json:"proven,omitempty"`
	Unproven  []Reason  `json:"unproven,omitempty"`
	Faults    []Reason  `json:"faults,omitempty"`
}

// Good reports whether nothing is wrong with the signature.
func (s Signer) Good() bool { return len(s.Faults) == 0 }

// When is the time the signature is taken to be of: proven, else claimed.
func (s Signer) When() time.Time {
	if !s.StampedAt.IsZero() {
		return s.StampedAt
	}
	return s.Claimed
}

// Format is the kind of a signed file.
type Format string

const (
	PDF       Format = "pades"
	Container Format = "asice"
)

// Verdict is what was found about one signed file, with no trace of the
// document's content. The file is accepted when it is Valid.
type Verdict struct {
	Format   Format    `json:"format"`
	File     string    `json:"file"`               // SHA-256 of the file, hexadecimal
	Document string    `json:"document,omitempty"` // SHA-256 of the document that is signed
	At       time.Time `json:"at"`                 // when it was checked
	Anchors  string    `json:"anchors"`            // Fingerprint of the anchors it was checked against
	Signers  []Signer  `json:"signers,omitempty"`  // in the order of signing where the file has one
	Proven   []Reason  `json:"proven,omitempty"`   // of the file as a whole
	Faults   []Reason  `json:"faults,omitempty"`   // of the file as a whole
}

// Valid reports whether the file has a signature and nothing in it is wrong.
func (v Verdict) Valid() bool {
	for _, s := range v.Signers {
		if !s.Good() {
			return false
		}
	}
	return len(v.Faults) == 0 && len(v.Signers) > 0
}

// Err is nil for a valid file; else a problem.Error with every fault, of the
// file under "file", of the first signature under "signatures[0]".
func (v Verdict) Err() error {
	if v.Valid() {
		return nil
	}
	e := problem.New(problem.Invalid, "problem.signature.refused")
	add := func(field string, faults []Reason) {
		for _, r := range faults {
			e.Fields = append(e.Fields, problem.Field{Name: field, Key: r.Key, Args: r.Args})
		}
	}
	add("file", v.Faults)
	for i, s := range v.Signers {
		add("signatures["+strconv.Itoa(i)+"]", s.Faults)
	}
	if len(e.Fields) == 0 {
		add("file", []Reason{Because("problem.signature.none")})
	}
	return e
}
