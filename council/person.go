package council

import (
	"strings"

	"padome/internal/problem"
	"padome/internal/text"
)

// Gender decides the form of a role's title: vadītājs or vadītāja.
type Gender string

const (
	Masculine Gender = "m"
	Feminine  Gender = "f"
)

// Person is somebody the council deals with: a member, an alternate, an
// officer of the secretariat. Only role and name are ever published.
type Person struct {
	ID           string `json:"id"`
	Given        string `json:"given"`
	Surname      string `json:"surname"`
	Gender       Gender `json:"gender"`
	Position     string `json:"position"`     // "Valsts kancelejas direktors"
	Organisation string `json:"organisation"` // "Valsts kanceleja"
	OutsideRiga  bool   `json:"outsideRiga"`  // the organisation is based outside Rīga (P26)
	Revision     uint64 `json:"revision"`
}

// Validate tidies the person's texts and says what is wrong with them.
func (p *Person) Validate() error {
	var l problem.List
	text.Line(&l, "given", &p.Given, 1, 60)
	text.Line(&l, "surname", &p.Surname, 1, 60)
	text.Line(&l, "position", &p.Position, 0, 200)
	text.Line(&l, "organisation", &p.Organisation, 0, 200)
	choice(&l, "gender", p.Gender, Masculine, Feminine)
	return l.Err()
}

// Name is the full name: "Jānis Ozoliņš".
func (p Person) Name() string { return p.Given + " " + p.Surname }

// Short is the initial and the surname, joined by a no-break space as the
// documents write it: "J. Ozoliņš".
func (p Person) Short() string {
	for _, r := range p.Given {
		return strings.ToUpper(string(r)) + "." + text.NoBreak + p.Surname
	}
	return p.Surname
}
