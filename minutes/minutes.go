package minutes

import (
	"time"

	"padome/council"
	"padome/internal/signature"
)

// State is how far minutes have come.
type State string

const (
	Draft    State = "draft"
	Final    State = "final"    // content fixed, PDF frozen, waits for signatures
	Signed   State = "signed"   // by all required signers: legal force
	Approved State = "approved" // by a later session (P1)
	// GivenUp is a draft of a correction that comes to nothing.
	GivenUp State = "withdrawn"
)

// Minutes are the minutes of one session. Drafted from the record, edited part
// by part, finalised, signed off; after that no write is accepted.
type Minutes struct {
	Session    string    `json:"session"`
	Year       int       `json:"year"`
	Number     int       `json:"number"` // per year; 0 until finalised
	State      State     `json:"state"`
	Parts      []Part    `json:"parts"`
	Annexes    []Annex   `json:"annexes,omitempty"`
	AnnexesSet bool      `json:"annexesSet,omitempty"` // by a person: a refresh leaves them
	Digest     string    `json:"digest,omitempty"`     // SHA-256 of the final content, hex
	PDF        string    `json:"pdf,omitempty"`        // blob of the frozen PDF
	PDFSize    int64     `json:"pdfSize,omitempty"`
	Pages      int       `json:"pages,omitempty"`
	Finalised  time.Time `json:"finalised,omitzero"`
	Signers    []Signer  `json:"signers,omitempty"` // required, fixed when finalised
	// Signing is how they are to be signed, fixed when finalised. Minutes from
	// before this was a choice have none and are signed off in the program.
	Signing    council.Signing `json:"signing,omitempty"`
	Signatures []Signature     `json:"signatures,omitempty"`
	// SignedFiles are the files with electronic signatures that came back, each
	// with all signatures so far; the newest is in force.
	SignedFiles []SignedFile `json:"signedFiles,omitempty"`
	ApprovedAt  string       `json:"approvedAt,omitempty"` // session that approved them
	// Reopening is the request, that waits, for final minutes to become a draft
	// again; Reopened are those that were confirmed.
	Reopening *Reopening `json:"reopening,omitempty"`
	// Form is the version of the form that they became final under; 0: the usual.
	Form     int        `json:"form,omitempty"`
	Reopened []Reopened `json:"reopened,omitempty"`
	// Circulated is the newest sending of the draft for comments; nil for none.
	Circulated *Circulation `json:"circulated,omitempty"`
	Revision   uint64       `json:"revision"`
}

// Part is the text of one item. Drafted comes from the record and is renewed on
// refresh; Edited is what a person made of it, and is never overwritten.
type Part struct {
	Item     string `json:"item"`
	Number   int    `json:"number"`
	Drafted  string `json:"drafted"`
	Edited   string `json:"edited,omitempty"`
	IsEdited bool   `json:"isEdited,omitempty"`
	EditedBy string `json:"editedBy,omitempty"` // name
	// Behind: the record changed after the part was edited; Drafted shows how.
	Behind bool `json:"behind,omitempty"`
}

// Annex is a paper that the minutes name as attached to them.
type Annex struct {
	Title  string `json:"title"`
	Pages  int    `json:"pages,omitempty"`  // 0: not counted
	SHA256 string `json:"sha256,omitempty"` // of the blob, where the program keeps it
}

// Signer is somebody whose sign-off the minutes require.
type Signer struct {
	Person  string       `json:"person,omitempty"`
	Name    string       `json:"name"`  // J. Ozoliņš
	Title   string       `json:"title"` // Sēdes vadītājs
	TitleEN string       `json:"titleEn"`
	As      council.Role `json:"as,omitempty"`
}

// Signature is a sign-off of exactly one digest.
type Signature struct {
	Person string    `json:"person"`
	Name   string    `json:"name"`
	Digest string    `json:"digest"`
	At     time.Time `json:"at"`
	// Level is how far an electronic signature was proven; "" of a sign-off here.
	Level signature.Level `json:"level,omitempty"`
}
