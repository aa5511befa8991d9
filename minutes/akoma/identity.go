package akoma

import (
	"strconv"
	"time"

	"padome/council"
	"padome/internal/locale"
)

// A work is a paper whatever its language and version, as FRBR has it.
type work struct {
	kind, subtype string // the element, and the council's name for it in an address
	title         string
	council       council.Settings
	session       council.Session
	number        string    // of the minutes; "" while they have none
	version       int       // of an agenda; 0: not counted
	of            time.Time // when this version was made
}

// address is that of the work; a day has one session of a kind.
func (k work) address() string {
	number := k.number
	if number == "" {
		number = "nn"
	}
	return "/akn/lv/" + k.kind + "/" + k.subtype + "/" + slug(k.council.ShortEN) + "/" + string(k.session.Date) + "/" + number
}

func (k work) expression(language string) string {
	return k.address() + "/" + language + "@" + string(council.DateOf(k.of))
}

// identity writes work, expression and manifestation. The XML is never the
// authoritative one: that is what was signed or approved.
func (p *paper) identity(k work) string {
	var w markup
	made, session := string(council.DateOf(k.of)), string(k.session.Date)
	expression := k.expression(p.language())
	w.start("identification", "source", "#council")
	w.start("FRBRWork")
	p.core(&w, k.address(), "", session, "session")
	w.leaf("FRBRcountry", "value", "lv")
	w.leaf("FRBRsubtype", "value", k.subtype)
	if k.number != "" {
		w.leaf("FRBRnumber", "value", k.number)
	}
	w.leaf("FRBRname", "value", k.title)
	w.leaf("FRBRprescriptive", "value", "false")
	w.end("FRBRWork")
	w.start("FRBRExpression")
	p.core(&w, expression, "", made, "made")
	if k.version > 0 {
		w.leaf("FRBRversionNumber", "value", strconv.Itoa(k.version))
	}
	w.leaf("FRBRauthoritative", "value", "false")
	w.leaf("FRBRlanguage", "language", p.language())
	if p.lang != locale.LV {
		w.leaf("FRBRtranslation", "href", k.expression("lav"), "fromLanguage", "lav", "authoritative", "false", "by", "#council")
	}
	w.end("FRBRExpression")
	w.start("FRBRManifestation")
	p.core(&w, expression, ".xml", made, "made")
	w.leaf("FRBRformat", "value", Media)
	w.end("FRBRManifestation")
	w.end("identification")
	p.refer("TLCOrganization", "council", "organization/lv", p.either(k.council.Name, k.council.NameEN))
	return w.String()
}

// core are the properties that all levels have.
func (p *paper) core(w *markup, address, ending, date, name string) {
	w.leaf("FRBRthis", "value", address+"/!main"+ending)
	w.leaf("FRBRuri", "value", address+ending)
	w.leaf("FRBRdate", "date", date, "name", name)
	w.leaf("FRBRauthor", "href", "#council", "as", p.role("author", p.say("akoma.role.author")))
}

// role refers to a role.
func (p *paper) role(id, shown string) string { return p.refer("TLCRole", "role_"+id, "role", shown) }

// A step is an act that brought the paper to where it is.
type step struct {
	at      time.Time
	by, as  string // references
	concept string
}

// workflow writes the steps in their order.
func (p *paper) workflow(steps []step) string {
	if len(steps) == 0 {
		return ""
	}
	var w markup
	w.start("workflow", "source", "#council")
	for _, s := range steps {
		w.leaf("step", "date", s.at.UTC().Format(time.RFC3339), "by", s.by, "as", s.as, "refersTo", p.concept(s.concept))
	}
	w.end("workflow")
	return w.String()
}

// lifecycle says that the paper is of the session, and when it was made.
func (p *paper) lifecycle(k work) string {
	var w markup
	w.start("lifecycle", "source", "#council")
	w.leaf("eventRef", "eId", "made", "date", string(council.DateOf(k.of)), "source", "#session", "type", "generation")
	w.end("lifecycle")
	p.refer("TLCEvent", "session", "event/lv", text(p.lang, "akoma.session", "date", string(k.session.Date), "kind", string(k.session.Kind)))
	return w.String()
}
