package web

import (
	"slices"
	"strings"
	"testing"

	"padome/office"
)

// todo is what somebody has to do, as kinds.
func (h *hall) todo(who string) (kinds []office.TodoKind) {
	h.Helper()
	var all listing[office.Todo]
	h.do(&all, who, "GET", "/api/v1/todo", nil)
	for _, t := range all.Items {
		kinds = append(kinds, t.Kind)
	}
	return kinds
}

// The same session asks something of everybody in turn.
func TestWhatIsToDoGoesFromOneToTheNext(t *testing.T) {
	h := newHall(t)
	if got := h.todo("state-1"); len(got) != 0 {
		t.Errorf("with no session planned there is to do: %q", got)
	}
	if w := h.ask("state-1", "GET", "/", nil, "Accept", "text/html"); !strings.Contains(w.Body.String(), "Pašlaik nav nekā darāma.") {
		t.Errorf("the desk does not say that there is nothing to do: %s", w.Body)
	}
	s := h.prepared("2024-02-28")
	for who, want := range map[string]office.TodoKind{"officer": office.BuildAgenda, "state-1": "", "ngo-2": ""} {
		got := h.todo(who)
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%s has to do %q, want %q", who, got, want)
		}
	}
	h.opened(s)
	if got := h.todo("officer"); !slices.Contains(got, office.HoldSession) {
		t.Errorf("while the session is open the secretariat has to do %q", got)
	}
	doc := page(t, h.ask("officer", "GET", "/", nil, "Accept", "text/html"))
	if got := doc.Find(".tasks").Text(); !strings.Contains(got, "2024. gada 28. februāra sēdi") {
		t.Errorf("the desk says %q", got)
	}
	for who, want := range map[string]string{"officer": "/record", "state-1": "/live"} {
		if got := h.page(who, "/").Find(".tasks a").AttrOr("href", ""); got != sessionAt(s.ID)+want {
			t.Errorf("the desk of %s leads to %q, want …%s", who, got, want)
		}
	}
	if got := page(t, h.ask("", "GET", "/", nil, "Accept", "text/html")).Find(".tasks").Length(); got != 0 {
		t.Error("the public sees a list of what is to do")
	}
}

// An agenda that is changed once it has been approved has to go to the leads anew.
func TestAnAgendaChangedAfterItsApprovalIsToBeSubmittedAgain(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.proposed("Par brīvprātīgo darbu")
	h.convened(s)
	if got := h.todo("officer"); slices.Contains(got, office.SubmitAgenda) {
		t.Errorf("with the agenda approved the secretariat has to do %q", got)
	}
	at := sessionAt(s.ID, "agenda")
	h.press("officer", at, "↓ Pārcelt zemāk: "+h.titleOf(at, titlesOf(h.page("officer", at))[1]), 303, "reason", "Ziņotājs nāk vēlāk.")
	if got := h.todo("officer"); !slices.Contains(got, office.SubmitAgenda) {
		t.Errorf("with the agenda changed the secretariat has to do %q", got)
	}
}

// Draft minutes ask those who attended for comments, and whoever keeps the record
// for answers.
func TestCommentsOnDraftMinutesAreToBeGivenAndAnswered(t *testing.T) {
	h := newHall(t)
	id := h.held()
	at := minutesAt(id)
	h.press("taker", at, "Sagatavot protokola projektu", 303)
	if got := h.todo("ngo-2"); slices.Contains(got, office.CommentMinutes) {
		t.Errorf("before the draft goes round a member has to do %q", got)
	}
	h.press("taker", at+"/circulate", "Nosūtīt komentēšanai", 303)
	for who, want := range map[string]bool{"ngo-2": true, "state-1": true, "ngo-7": false, "officer": false} {
		if got := slices.Contains(h.todo(who), office.CommentMinutes); got != want {
			t.Errorf("%s is asked for comments: %t, want %t", who, got, want)
		}
	}
	h.press("ngo-2", at+"/comments", "Iesniegt komentāru", 303, "about", "0:", "text", "Piekrītu.")
	if got := h.todo("ngo-2"); slices.Contains(got, office.CommentMinutes) {
		t.Errorf("who has commented has to do %q", got)
	}
	for _, who := range []string{"taker", "officer"} {
		if got := h.todo(who); !slices.Contains(got, office.AnswerComments) {
			t.Errorf("%s has to do %q, want the comment answered", who, got)
		}
	}
	if got := h.page("taker", "/").Find(".tasks a[href$='/minutes/comments']").Length(); got != 1 {
		t.Errorf("the desk leads %d times to the comments", got)
	}
	h.at("2024-03-08", "09:00")
	if got := h.todo("state-1"); slices.Contains(got, office.CommentMinutes) {
		t.Errorf("after the time for comments the chair has to do %q", got)
	}
}

func TestTheStartPageLeadsToThePlanAndTheSessions(t *testing.T) {
	h := newHall(t)
	if got := h.page("", "/").Find("main svg").Length(); got != 0 {
		t.Errorf("without a plan there are %d pictures of it", got)
	}
	s := h.prepared("2024-02-28")
	d := h.page("", "/")
	if d.Find("#next ~ p a[href='"+sessionAt(s.ID)+"']").Length() != 1 || d.Find("main a[href='/plan#progress']").Length() != 1 {
		t.Errorf("the start page does not lead to session and plan: %s", d.Find("main").Text())
	}
	if got := d.Find("main svg desc").Text(); !strings.Contains(got, "24 vēl nav skatīti") {
		t.Errorf("the picture says %q", got)
	}
}
