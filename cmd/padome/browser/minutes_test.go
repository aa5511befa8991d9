package browser

import (
	"net/http"
	"net/url"

	"padome/agenda"
	"padome/minutes"
)

const february = "2024-02-28" // held, its minutes signed and commented on before

func init() {
	keeping := []string{secretariat}
	stops = append(stops,
		stop{name: "minutes-commented", find: pageOf(february, "/minutes"), who: []string{public, secretariat, member}},
		stop{name: "minutes-signed", find: pageOf(february, "/minutes/sign"), who: []string{deputy}},
		stop{name: "minutes-comments", find: pageOf(february, "/minutes/comments"), who: []string{secretariat, member}},
		stop{name: "minutes-changes", find: pageOf(february, "/minutes/changes"), who: keeping},
		stop{name: "minutes-final", find: pageOf(finalDay, "/minutes"), who: []string{chair}},
		stop{name: "minutes-sign", find: pageOf(finalDay, "/minutes/sign"), who: []string{chair}},
		stop{name: "minutes-sign-check", find: pageOf(finalDay, "/minutes/sign"), send: minutesDigest, who: []string{chair}},
		stop{name: "minutes-draft", find: pageOf(draftDay, "/minutes"), who: []string{secretariat, member}},
		stop{name: "minutes-circulate", find: pageOf(draftDay, "/minutes/circulate"), who: keeping},
		stop{name: "minutes-comment", find: pageOf(draftDay, "/minutes/comments"), who: []string{member}},
		stop{name: "minutes-answer", find: commentToAnswer, who: keeping},
		stop{name: "minutes-annexes", find: pageOf(draftDay, "/minutes/annexes"), who: keeping},
		stop{name: "minutes-finalise", find: pageOf(draftDay, "/minutes/finalise"), who: keeping},
		stop{name: "minutes-dissent", find: pageOf(draftDay, "/minutes/dissent"), who: []string{member}},
		stop{name: "minutes-dissent-wrong", find: pageOf(draftDay, "/minutes/dissent"), send: sends(), status: http.StatusUnprocessableEntity, who: []string{member}},
		stop{name: "minutes-dissent-check", find: pageOf(draftDay, "/minutes/dissent"), send: sends("item", agenda.OpeningID, "text", "Nepiekrītu."), who: []string{member}},
		stop{name: "minutes-reopen", find: pageOf(finalDay, "/minutes/reopen"), who: []string{chair}},
		stop{name: "minutes-correct", find: pageOf(february, "/minutes/correct"), who: keeping},
		stop{name: "correction", find: correction(minutes.Final, ""), who: []string{secretariat, chair}},
		stop{name: "correction-sign", find: correction(minutes.Final, "/sign"), who: []string{chair}},
		stop{name: "correction-outside", find: correctionOutside(""), who: keeping},
		stop{name: "correction-upload", find: correctionOutside("/signed"), who: []string{chair}},
		stop{name: "correction-upload-wrong", find: correctionOutside("/signed"), send: noSignature, status: http.StatusUnprocessableEntity, who: []string{chair}},
		stop{name: "correction-draft", find: correction(minutes.Draft, ""), who: keeping},
		stop{name: "correction-change", find: correction(minutes.Draft, "/change"), who: keeping},
		stop{name: "minutes-withheld", find: pageOf(draftDay, "/minutes/withheld"), who: keeping},
		stop{name: "minutes-withheld-wrong", find: pageOf(draftDay, "/minutes/withheld"), send: sends("about", "passage", "ground", "private"), status: http.StatusUnprocessableEntity, who: keeping},
		stop{name: "minutes-lift", find: markToLift, who: keeping},
		stop{name: "member", path: "/member", who: []string{member, chair, secretariat}},
	)
}

// minutesDigest sends the digest of the minutes that wait for signatures.
func minutesDigest(h *house) sending {
	h.Helper()
	m, err := h.office.Minutes(h.Context(), h.by(chair).Actor, h.session(finalDay).ID)
	h.must(err)
	return sends("digest", m.Digest)(h)
}

// markToLift marks a passage of the draft, once, and finds where that is undone.
func markToLift(h *house) string {
	h.Helper()
	by, session := h.by(secretariat), h.session(draftDay).ID
	w, err := h.office.Withholding(h.Context(), by.Actor, session)
	h.must(err)
	if len(w.Parts) == 0 {
		w, err = h.office.Withhold(h.Context(), by, session, w.Revision, minutes.Withheld{Text: "Kanārijputniņš", Ground: minutes.PrivateLife})
		h.must(err)
	}
	return "/sessions/" + session + "/minutes/withheld/" + w.Parts[0].ID
}

// commentToAnswer finds where a comment on the draft is answered.
func commentToAnswer(h *house) string {
	h.Helper()
	all, err := h.office.Comments(h.Context(), h.by(secretariat).Actor, h.session(draftDay).ID)
	h.must(err)
	return "/sessions/" + h.session(draftDay).ID + "/minutes/comments/" + all[0].ID
}

// noSignature sends a file without a signature.
func noSignature(*house) sending {
	return sending{fields: url.Values{}, name: "labojums.pdf", contents: "%PDF-1.7"}
}

// correction finds a page of the correction of February's minutes in a state; one
// that is final is signed here.
func correction(state minutes.State, below string) func(*house) string {
	return correctionThat(func(c *minutes.Correction) bool { return c.State == state && c.AwaitsFile() != nil }, below)
}

// correctionOutside finds a page of the one that is signed outside.
func correctionOutside(below string) func(*house) string {
	return correctionThat(func(c *minutes.Correction) bool { return c.AwaitsFile() == nil }, below)
}

func correctionThat(is func(*minutes.Correction) bool, below string) func(*house) string {
	return func(h *house) string {
		h.Helper()
		session := h.session(february).ID
		all, err := h.office.Corrections(h.Context(), h.by(secretariat).Actor, session)
		h.must(err)
		for i := range all {
			if is(&all[i]) {
				return "/sessions/" + session + "/minutes/corrections/" + all[i].ID + below
			}
		}
		h.Fatalf("no correction is like that: %+v", all)
		return ""
	}
}
