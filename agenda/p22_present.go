package agenda

import (
	"slices"
	"strings"
)

// addresseePresent is P22: an institution that the draft decision gives a task
// is a member or is invited. Who presents the item is there too.
var addresseePresent = Rule{
	ID: "P22",
	Check: func(v *view, s rules) []Breach {
		var bs []Breach
		for i := range v.items {
			it := &v.items[i]
			for _, a := range it.Addressees {
				if !v.attends(&it.Matter, a) {
					bs = append(bs, s.breach(it.ID, "absent", "title", it.Title, "institution", a))
				}
			}
		}
		return joined(bs)
	},
}

// joined puts the institutions of one item into one breach, so that one reason
// answers for all of them.
func joined(bs []Breach) []Breach {
	var all []Breach
	for _, b := range bs {
		if n := len(all); n > 0 && all[n-1].Item == b.Item {
			all[n-1].Reason.Facts["institution"] += "\n" + b.Reason.Facts["institution"]
			continue
		}
		all = append(all, b)
	}
	return all
}

// attends reports whether somebody of an institution takes part in an item.
func (v *view) attends(m *Matter, institution string) bool {
	return slices.ContainsFunc(v.in.Members, func(s string) bool { return sameName(s, institution) }) ||
		slices.ContainsFunc(m.Invited, func(s string) bool { return speaksFor(s, institution) }) ||
		slices.ContainsFunc(m.Presenters, func(s string) bool { return speaksFor(s, institution) })
}

// sameName reports whether two names are of one institution, however they are
// spaced and capitalised.
func sameName(a, b string) bool { return plainName(a) == plainName(b) && plainName(a) != "" }

func plainName(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// speaksFor reports whether somebody, role before name, is of an institution:
// „Finanšu ministrijas pārstāvis” is of „Finanšu ministrija”. The institution's
// last word stands there in another case, so its ending is not compared.
func speaksFor(who, institution string) bool {
	words, name := strings.Fields(plainName(who)), strings.Fields(plainName(institution))
	if len(name) == 0 {
		return false
	}
	for i := 0; i+len(name) <= len(words); i++ {
		last := len(name) - 1
		if slices.Equal(words[i:i+last], name[:last]) && stem(words[i+last]) == stem(name[last]) {
			return true
		}
	}
	return false
}

// stem is a word without punctuation and without the ending of its case.
func stem(word string) string {
	word = strings.Trim(word, `.,;:()–-„”“"'`)
	for _, ending := range []string{"as", "es", "is", "us", "a", "e", "s", "š", "u", "i", "ai", "ei", "am", "im"} {
		if cut, ok := strings.CutSuffix(word, ending); ok && len(cut) > 2 {
			return cut
		}
	}
	return word
}
