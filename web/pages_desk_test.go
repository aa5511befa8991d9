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
	if got := h.todo("officer"); len(got) != 0 {
		t.Errorf("with no session planned there is to do: %q", got)
	}
	if w := h.ask("officer", "GET", "/", nil, "Accept", "text/html"); !strings.Contains(w.Body.String(), "Pašlaik nav nekā darāma.") {
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
	if got := page(t, h.ask("", "GET", "/", nil, "Accept", "text/html")).Find(".tasks").Length(); got != 0 {
		t.Error("the public sees a list of what is to do")
	}
}
