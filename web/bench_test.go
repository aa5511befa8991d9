package web

import (
	"fmt"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/plan"
	"padome/storage"
)

// BenchmarkSessionPage has a bound to hold: the page of a session with 30 items
// in 3 ms, with 100 and with 100,000 stored sessions alike.
func BenchmarkSessionPage(b *testing.B) {
	for _, stored := range []int{100, 100_000} {
		b.Run(fmt.Sprintf("sessions=%d", stored), func(b *testing.B) {
			h := newHall(b)
			path := sessionAt(h.longSession(30).ID)
			h.storeSessions(stored)
			for _, who := range []string{"", "officer"} {
				h.page(who, path) // logs in, and shows that there is a page
				b.Run("reader="+who, func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						if w := h.ask(who, "GET", path, nil); w.Code != 200 {
							b.Fatal(w.Code)
						}
					}
				})
			}
		})
	}
}

// longSession is a session whose agenda both leads approved, with a number of
// proposed items.
func (h *hall) longSession(items int) council.Session {
	h.Helper()
	p, err := plan.Real()
	if err != nil {
		h.Fatal(err)
	}
	if _, err := h.office.ImportPlan(h.Context(), operator, p); err != nil {
		h.Fatal(err)
	}
	bare := agenda.Transitional()
	bare.Rules = []agenda.Setting{{Rule: "P1", Hard: true}, {Rule: "P2", Hard: true}, {Rule: "P3", Hard: true}, {Rule: "P14", Hard: true}}
	if _, err := h.office.AddPrinciples(h.Context(), operator, bare); err != nil {
		h.Fatal(err)
	}
	var s council.Session
	h.do(&s, "officer", "POST", "/api/v1/sessions", aSession("2024-02-28"))
	for i := range items {
		h.do(nil, "ngo-2", "POST", "/api/v1/proposals", aProposal(fmt.Sprintf("Par %d. jautājumu", i+1)))
	}
	h.convened(s)
	if d := h.page("", sessionAt(s.ID)); d.Find("#agenda ~ ol.items > li").Length() != items+2 {
		h.Fatalf("the page has %d items", d.Find("ol.items > li").Length())
	}
	return s
}

// storeSessions stores sessions that were held before.
func (h *hall) storeSessions(n int) {
	h.Helper()
	first := council.Day(2023, 12, 1).AddDays(-n / 40) // forty a day
	for from := 0; from < n; from += 200 {
		ch := storage.Change{By: operator.Actor, What: "history.session.planned"}
		if _, err := storage.Do(h.Context(), h.db.Council(1), ch, func(tx *storage.Tx) (int, error) {
			for i := from; i < min(from+200, n); i++ {
				_, err := tx.UpdateSession(fmt.Sprintf("old-%06d", i), 0, func(s *council.Session) error {
					*s = council.Session{ID: s.ID, Kind: council.Regular, Mode: council.Hybrid, Date: first.AddDays(i / 40), Starts: "11:00",
						Ends: "13:00", Place: "Rīgā", State: council.Closed}
					return nil
				})
				if err != nil {
					return 0, err
				}
			}
			return from, nil
		}); err != nil {
			h.Fatal(err)
		}
	}
}
