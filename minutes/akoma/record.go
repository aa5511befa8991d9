package akoma

import (
	"strconv"
	"strings"

	"padome/minutes"
	"padome/plan"
)

// steps are the final wording and each signature.
func (w *ofMinutes) steps() (all []step) {
	if !w.m.Finalised.IsZero() {
		all = append(all, step{at: w.m.Finalised, by: "#council", concept: "final"})
	}
	for _, s := range w.m.Signatures {
		as := ""
		for _, r := range w.m.Signers {
			if r.Person == s.Person {
				shown := w.either(r.Title, r.TitleEN)
				as = w.role(slug(shown), shown)
			}
		}
		all = append(all, step{at: s.At, by: w.signer(s.Name), as: as, concept: "signed"})
	}
	return all
}

// analysis has quorum and vote of each item.
func (w *ofMinutes) analysis() string {
	var b markup
	voters := w.r.Voters()
	for _, d := range w.how {
		item := itemID(strconv.Itoa(d.Item.Number))
		present, needed, quorate := voters.Quorum(d.Item.Number)
		if len(w.r.Attendance.Entries) > 0 {
			outcome := "quorate"
			if !quorate {
				outcome = "inquorate"
			}
			b.start("quorumVerification", "eId", item+"__quorum", "outcome", w.concept(outcome), "refersTo", "#"+item)
			b.leaf("quorum", "eId", item+"__quorum__needed", "value", strconv.Itoa(needed))
			b.leaf("count", "eId", item+"__quorum__present", "value", strconv.Itoa(present), "refersTo", w.concept("present"))
			b.end("quorumVerification")
		}
		if v := d.Treatment.Vote; v != nil {
			w.voting(&b, item, *v, present)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return `<analysis source="#council">` + "\n<parliamentary>\n" + b.String() + "</parliamentary>\n</analysis>\n"
}

func (w *ofMinutes) voting(b *markup, item string, v minutes.Vote, present int) {
	outcome := "rejected"
	if v.Passed(present, w.r.Settings) {
		outcome = "adopted"
	}
	id := item + "__voting"
	b.start("voting", "eId", id, "outcome", w.concept(outcome), "refersTo", "#"+item)
	if v.Consensus {
		b.leaf("count", "eId", id+"__all", "value", strconv.Itoa(present), "refersTo", w.concept("consensus"))
	} else {
		for _, c := range []struct {
			of string
			n  int
		}{{"for", v.For}, {"against", v.Against}, {"abstain", v.Abstain}} {
			b.leaf("count", "eId", id+"__"+c.of, "value", strconv.Itoa(c.n), "refersTo", w.concept(c.of))
		}
	}
	if v.Casting != "" {
		b.leaf("count", "eId", id+"__casting", "value", "1", "refersTo", w.concept("casting-"+v.Casting))
	}
	b.end("voting")
}

// decisions are the clauses as data, which Akoma Ntoso has no elements for: who
// is to carry them out, by when, under which tasks of the plan.
func (w *ofMinutes) decisions() string {
	var b markup
	for _, d := range w.how {
		item := itemID(strconv.Itoa(d.Item.Number))
		for _, c := range d.Clauses {
			addressee := ""
			if c.Addressee != "" {
				addressee = w.refer("TLCOrganization", "organization_"+slug(c.Addressee), "organization/lv", c.Addressee)
			}
			until := ""
			if c.UntilNext {
				until = "true"
			}
			b.leaf("r:decision", "number", c.Number(), "item", "#"+item, "addressee", addressee, "deadline", string(c.Deadline),
				"untilNextSession", until, "tasks", taskLabels(c.Tasks))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return own(b.String())
}

// own wraps elements that are not of Akoma Ntoso.
func own(elements string) string {
	return `<proprietary source="#council" xmlns:r="` + Record + `">` + "\n" + elements + "</proprietary>\n"
}

// taskLabels are tasks of the plan by their numbers: "8.2 8.3".
func taskLabels(tasks []plan.Ref) string {
	labels := make([]string, len(tasks))
	for i, t := range tasks {
		labels[i] = strings.TrimSuffix(t.Label(), ".")
	}
	return strings.Join(labels, " ")
}

// sources are the document to sign, which this one is a copy of.
func (w *ofMinutes) sources(k work) []reference {
	if w.m.Digest == "" {
		return nil
	}
	return []reference{{"original", "original", k.expression("lav") + ".pdf", w.say("akoma.original")}}
}

// annexes are the papers attached, by title; address is that of the minutes.
func (w *ofMinutes) annexes(address string) {
	for i, a := range w.m.Annexes {
		n := strconv.Itoa(i + 1)
		w.attached.start("attachment", "eId", "att_"+n)
		w.attached.line("heading", a.Title)
		w.attached.leaf("documentRef", "eId", "att_"+n+"__ref", "href", address+"/!annex_"+n, "showAs", a.Title)
		w.attached.end("attachment")
	}
}
