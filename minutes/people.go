package minutes

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"padome/council"
	"padome/internal/locale"
)

// RequiredSigners are those who must sign the minutes under the council's
// settings: the presiding person and the minute-taker of the session, or the
// chair and the deputy of its day.
func RequiredSigners(r Record) []Signer {
	if r.Settings.Signers == council.ChairAndDeputy {
		return append(r.lead(council.Chair), r.lead(council.Deputy)...)
	}
	var all []Signer
	if p, ok := r.Roster.Person(r.Session.Presiding); ok {
		m, _ := r.leads(p)
		all = append(all, signer(p, "role.presiding", m.Role))
	}
	if p, ok := r.Roster.Person(r.Session.MinuteTaker); ok {
		var as council.Role
		if r.Roster.Actor(p.ID, r.Session.Date).Holds(council.Secretariat) {
			as = council.Secretariat
		}
		all = append(all, signer(p, "role.minute-taker", as))
	}
	return all
}

// lead is who signs for an office: the presiding person, when they led in its
// right, else its holder.
func (r *Record) lead(role council.Role) []Signer {
	if p, ok := r.Roster.Person(r.Session.Presiding); ok {
		if m, _ := r.leads(p); m.Role == role {
			return []Signer{r.leadSigner(p, m)}
		}
	}
	m, _ := r.Roster.Holder(role, r.Session.Date)
	if p, ok := r.Roster.Person(m.Person); ok {
		return []Signer{r.leadSigner(p, m)}
	}
	return nil
}

// leads is the office in whose right a person leads on the session's day.
func (r *Record) leads(p council.Person) (council.Mandate, bool) {
	for _, m := range r.Roster.Actor(p.ID, r.Session.Date).Mandates {
		if m.Role == council.Chair || m.Role == council.Deputy {
			return m, true
		}
	}
	return council.Mandate{}, false
}

func (r *Record) leadSigner(p council.Person, m council.Mandate) Signer {
	return Signer{Person: p.ID, Name: p.Short(), As: m.Role,
		Title: r.office(locale.LV, p, m), TitleEN: r.office(locale.EN, p, m)}
}

func signer(p council.Person, key string, as council.Role) Signer {
	return Signer{Person: p.ID, Name: p.Short(), As: as,
		Title: title(locale.LV, key, p), TitleEN: title(locale.EN, key, p)}
}

// title is a role as a line of its own begins with it, in the person's gender.
func title(lang locale.Lang, key string, p council.Person) string {
	s := locale.Text(lang, key+"."+string(p.Gender), nil)
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// office is the council's office that a person leads in: „Memoranda padomes
// vadītāja vietniece”.
func (r *Record) office(lang locale.Lang, p council.Person, m council.Mandate) string {
	key, short := "minutes.office.", r.Settings.ShortOf
	if m.SubstituteFor != "" {
		key = "minutes.office.acting."
	}
	if lang == locale.EN {
		short = r.Settings.ShortEN
	}
	return locale.Text(lang, key+string(m.Role), locale.Args{"council": short, "gender": string(p.Gender)})
}

// described is a person as the minutes introduce those who lead the session:
// office and position before the name.
func (r *Record) described(lang locale.Lang, p council.Person) string {
	var roles []string
	if m, ok := r.leads(p); ok {
		roles = append(roles, r.office(lang, p, m))
	}
	if position := cmp.Or(p.Position, p.Organisation); position != "" {
		roles = append(roles, position)
	}
	if len(roles) == 0 {
		return p.Short()
	}
	return strings.Join(roles, ", ") + " – " + p.Short()
}
