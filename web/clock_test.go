package web

import (
	"slices"
	"testing"
	"time"

	"padome/agenda"
	"padome/internal/auth"
	"padome/storage"
)

// TestAClockThatJumpsLosesNothing puts the clock back an hour and ahead a year
// between the acts of an approval. Each act keeps its place by its number, not
// its time; one that is out of its time is refused and changes nothing; and what
// is due says the same as before once the clock is right.
func TestAClockThatJumpsLosesNothing(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.proposed("Par ieceri")
	h.at("2024-02-14", "10:00")
	due := []string{"/api/v1/plan/coverage", "/api/v1/backlog", "/api/v1/forecast?sessions=3"}
	digest := proofRequest{Digest: h.submitted(s), Current: password}
	before := map[string]string{}
	for _, path := range due {
		before[path] = h.told("officer", path)
	}
	h.at("2024-02-14", "09:00") // an hour back
	h.do(nil, "state-1", "POST", of(s)+"/agenda/approve", digest)
	h.at("2025-02-14", "10:00") // a year ahead
	moved := 0
	h.unchanged("an approval a year late", func() {
		if w := h.ask("ngo-1", "POST", of(s)+"/agenda/approve", digest); w.Code != 409 {
			t.Errorf("a year late = %d: %s", w.Code, w.Body)
		}
		for _, path := range due {
			if h.told("officer", path) != before[path] {
				moved++
			}
		}
	})
	if moved == 0 {
		t.Error("a year makes no difference to what is due: this shows nothing")
	}
	h.at("2024-02-14", "11:00")
	for _, path := range due {
		if got := h.told("officer", path); got != before[path] {
			t.Errorf("%s after the clock was put right:\n%s\nbefore:\n%s", path, got, before[path])
		}
	}
	h.do(nil, "ngo-1", "POST", of(s)+"/agenda/approve", digest)
	var a agenda.Agenda
	h.do(&a, "officer", "GET", of(s)+"/agenda", nil)
	if a.Status != agenda.Approved || len(a.Versions[0].Approvals) != 2 || !a.Versions[0].Approvals[0].At.Before(a.Versions[0].Submitted) {
		t.Errorf("%s with %+v, submitted %v", a.Status, a.Versions[0].Approvals, a.Versions[0].Submitted)
	}
	h.inOrder()
}

// told is an answer's text.
func (h *hall) told(who, path string) string {
	h.Helper()
	w := h.ask(who, "GET", path, nil)
	if w.Code != 200 {
		h.Fatalf("%s = %d: %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

// inOrder wants the history in the order of what was done, with a time that goes
// back among it.
func (h *hall) inOrder() {
	h.Helper()
	all, err := storage.Read(h.Context(), h.db.Council(1), func(v *storage.View) ([]storage.Entry, error) {
		list, _, err := v.Feed(storage.Page{Limit: 50})
		return list, err
	})
	if err != nil {
		h.Fatal(err)
	}
	back := 0
	for i := 1; i < len(all); i++ { // the newest first
		if all[i-1].Seq < all[i].Seq {
			h.Errorf("%d comes after %d", all[i-1].Seq, all[i].Seq)
		}
		if all[i-1].At.Before(all[i].At) {
			back++
		}
	}
	if back == 0 {
		h.Error("the time never went back: this shows nothing")
	}
	if !slices.ContainsFunc(all, func(e storage.Entry) bool { return e.What == "history.agenda.approved" }) {
		h.Error("an approval is not in the history")
	}
}

// TestALoginUnderAWrongClockEndsWithIt logs in at the right time and while the
// clock is a year ahead. Once it is right again the first holds and the second
// has ended: it would have held for a year. A clock put back an hour ends none.
func TestALoginUnderAWrongClockEndsWithIt(t *testing.T) {
	h := newHall(t)
	right := time.Unix(h.clock.Load(), 0)
	now := func(at time.Time) { h.clock.Store(at.Unix()) }
	a, err := h.office.Logins().Account(t.Context(), "officer")
	if err != nil {
		t.Fatal(err)
	}
	logIn := func() string {
		token, l := auth.NewLogin(time.Unix(h.clock.Load(), 0), a, auth.DefaultLifetimes, "")
		if err := h.office.Logins().AddLogin(t.Context(), l); err != nil {
			t.Fatal(err)
		}
		return token
	}
	first := logIn()
	holds := func(token string, want bool, when string) {
		t.Helper()
		w := h.ask("", "GET", "/api/v1/me", nil, "Authorization", "Bearer "+token)
		if got := w.Code == 200; got != want {
			t.Errorf("%s a login holds: %v, want %v", when, got, want)
		}
	}
	holds(first, true, "at once")
	now(right.Add(-time.Hour))
	holds(first, true, "an hour back")
	now(right.AddDate(1, 0, 0))
	holds(first, false, "a year ahead")
	second := logIn()
	holds(second, true, "a year ahead, at once")
	now(right.Add(-30 * time.Minute))
	holds(second, false, "with the right time again, one of the year ahead")
	holds(first, true, "with the right time again, the first")
}
