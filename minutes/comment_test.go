package minutes

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"padome/council"
)

// commentable is a closed session with its draft minutes, circulated on the day of
// the session until another.
func commentable(t *testing.T, until council.Date) (Record, Minutes) {
	t.Helper()
	r := record(t)
	m := DraftFrom(r)
	must(t, m.Circulate(council.Actor{Person: "officer", Name: "V. Uzvārde"}, r.Session, until, r.Session.Date.At("15:00")))
	return r, m
}

func TestOnlyThoseWhoAttendedCommentAndOnlyInTime(t *testing.T) {
	r, m := commentable(t, lastDay)
	member := council.Actor{Person: "state-2", Name: "Baiba Liepa"}
	in, late := r.Session.Date.At("16:00"), lastDay.AddDays(1).At("08:00")
	say := Saying{Item: r.Agenda.Items[0].ID, Text: "Precizēt."}
	c, err := NewComment(member, &r, &m, "c-1", say, in)
	must(t, err)
	if c.About() != "1." || c.Answer != nil {
		t.Errorf("the comment is %+v", c)
	}
	_, err = NewComment(council.Actor{Person: "nobody"}, &r, &m, "c-2", say, in)
	wantFaults(t, err, "problem.minutes.comment.attended")
	_, err = NewComment(council.Actor{Operator: true}, &r, &m, "c-2", say, in)
	wantFaults(t, err, "problem.minutes.comment.attended")
	_, err = NewComment(member, &r, &m, "c-2", say, late)
	wantFaults(t, err, "problem.minutes.comment.late")
	_, err = NewComment(member, &r, &m, "c-2", Saying{Item: "none"}, in)
	wantFaults(t, err, "text problem.text.missing", "item problem.minutes.part")
	_, err = NewComment(member, &r, &m, "c-2", Saying{Clause: 1, Text: "A."}, in)
	wantFaults(t, err, "clause problem.minutes.comment.clause")
}

var lastDay = day.AddDays(7)

func TestMinutesAreNotFinalWhileCommentsWait(t *testing.T) {
	r, m := commentable(t, lastDay)
	_, err := m.Content(r, 1, lastDay.At("10:00"))
	wantFaults(t, err, "problem.minutes.circulated")
	c, err := NewComment(council.Actor{Person: "state-2", Name: "Baiba Liepa"}, &r, &m, "c-1", Saying{Text: "Precizēt."}, day.At("16:00"))
	must(t, err)
	r.Comments = []Comment{c}
	after := lastDay.AddDays(1).At("10:00")
	_, err = m.Content(r, 1, after)
	wantFaults(t, err, "minutes problem.minutes.missing.comment.whole")
	must(t, r.Comments[0].Reply(council.Actor{Name: "V. Uzvārde"}, &m, false, "Ieraksts atbilst teiktajam.", after))
	if _, err := m.Content(r, 1, after); err != nil {
		t.Error(err)
	}
}

func TestChangesAreThoseSinceTheCirculation(t *testing.T) {
	r, m := commentable(t, lastDay)
	if got := m.Changes(); got != nil {
		t.Errorf("unchanged minutes have changes: %v", got)
	}
	wantFaults(t, m.Circulate(council.Actor{}, r.Session, lastDay, lastDay.At("10:00")), "problem.minutes.circulate.open")
	must(t, m.Edit(council.Actor{Name: "V. Uzvārde"}, m.Parts[1].Item, m.Parts[1].Text()+"\nPiebilde."))
	got := m.Changes()
	if len(got) != 1 || got[0].Number != 2 {
		t.Fatalf("changes are %v", got)
	}
	after := ""
	for _, x := range got[0].Runs {
		if x.Kind != "went" {
			after += x.Text
		}
	}
	if diff := cmp.Diff(after, m.Parts[1].Text()); diff != "" {
		t.Error(diff)
	}
}

func TestTwoPeopleEditTwoPartsButNotOneUnseen(t *testing.T) {
	r := record(t)
	m := DraftFrom(r)
	one, two := m.Parts[0].Item, m.Parts[1].Item
	seen := [2]string{m.Parts[0].Sum(), m.Parts[1].Sum()}
	drafted := m.Parts[0].Drafted
	must(t, m.EditSeen(council.Actor{Name: "A"}, one, seen[0], "Ziņo: A"))
	must(t, m.EditSeen(council.Actor{Name: "B"}, two, seen[1], "Ziņo: B"))
	wantFaults(t, m.EditSeen(council.Actor{Name: "B"}, one, seen[0], "Ziņo: C"), "problem.minutes.part-changed")
	must(t, m.EditSeen(council.Actor{Name: "A"}, one, m.Parts[0].Sum(), drafted))
	if m.Parts[0].IsEdited || m.Parts[1].EditedBy != "B" {
		t.Errorf("the parts are %+v", m.Parts[:2])
	}
}

func TestMembersDissentWithinTheDaysOfTheSettings(t *testing.T) {
	r := record(t)
	item := r.Agenda.Items[1].ID
	member := council.Actor{Person: "ngo-3", Name: "Cildis Žagata"}
	last := DissentUntil(r.Session, r.Settings)
	if last != day.AddDays(7) {
		t.Errorf("opinions are taken until %s", last)
	}
	d, err := NewDissent(member, &r, "d-1", item, "Nepiekrītu.", last.At("23:59"))
	must(t, err)
	must(t, d.Document(&r).Validate())
	_, err = NewDissent(member, &r, "d-2", item, "Nepiekrītu.", last.AddDays(1).At("00:00"))
	wantFaults(t, err, "problem.minutes.dissent.late")
	_, err = NewDissent(council.Actor{Person: "officer"}, &r, "d-2", item, "Nepiekrītu.", last.At("10:00"))
	wantFaults(t, err, "problem.minutes.dissent.member")
	r.Dissents = []Dissent{d}
	m := DraftFrom(r)
	if got := m.Annexes[len(m.Annexes)-1]; got != d.Annex() {
		t.Errorf("the last annex is %+v", got)
	}
}
