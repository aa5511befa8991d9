package storage

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"padome/council"
	"padome/internal/problem"
)

func ids(list []council.Session) []string {
	var got []string
	for _, s := range list {
		got = append(got, s.ID)
	}
	return got
}

// pages reads a listing page by page.
func pages(t *testing.T, c *Council, span Span, limit int) (got []string, n int) {
	t.Helper()
	p := Page{Limit: limit}
	for {
		var next string
		list := see(t, c, func(v *View) (list []council.Session, err error) {
			list, next, err = v.Sessions(span, p)
			return list, err
		})
		got, n = append(got, ids(list)...), n+1
		if next == "" {
			return got, n
		}
		p.After = next
	}
}

func TestSessionsAreListedByDay(t *testing.T) {
	c := open(t).Council(1)
	for i, d := range []council.Date{"2024-03-27", "2024-01-31", "2024-02-28", "2024-02-28", "2024-12-18"} {
		addSession(t, c, session(fmt.Sprintf("s%d", i), d))
	}
	all := []string{"s1", "s2", "s3", "s0", "s4"}
	down := slices.Clone(all)
	slices.Reverse(down)
	for _, tt := range []struct {
		name string
		span Span
		want []string
	}{
		{"oldest first", Span{}, all},
		{"newest first", Span{NewestFirst: true}, down},
		{"of a span", Span{From: "2024-02-01", Until: "2024-03-27"}, []string{"s2", "s3", "s0"}},
		{"of a span, newest first", Span{From: "2024-02-01", Until: "2024-03-27", NewestFirst: true}, []string{"s0", "s3", "s2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for limit := range 6 {
				limit++
				got, n := pages(t, c, tt.span, limit)
				if !slices.Equal(got, tt.want) || n != (len(tt.want)+limit-1)/limit {
					t.Errorf("limit %d: got %v in %d pages, want %v", limit, got, n, tt.want)
				}
			}
		})
	}
}

func TestASessionThatMovesMovesInTheListing(t *testing.T) {
	c := open(t).Council(1)
	addSession(t, c, session("a", "2024-01-31"))
	addSession(t, c, session("b", "2024-02-28"))
	if _, err := c.UpdateSession(t.Context(), change("session.moved"), "a", 1, func(s *council.Session) error {
		s.Date = "2024-03-06"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	got, _ := pages(t, c, Span{}, 10)
	wantSame(t, got, []string{"b", "a"})
}

func TestPagesAskForALimitAndACursorOfTheListing(t *testing.T) {
	c := open(t).Council(1)
	for i := range 3 {
		addSession(t, c, session(fmt.Sprintf("s%d", i), council.Date(fmt.Sprintf("2024-0%d-01", i+1))))
	}
	var first string
	see(t, c, func(v *View) (list []council.Session, err error) {
		list, first, err = v.Sessions(Span{From: "2024-01-01", Until: "2024-02-28"}, Page{Limit: 1})
		return list, err
	})
	for name, tt := range map[string]struct {
		span  Span
		page  Page
		field string
	}{
		"no limit":                      {Span{}, Page{}, "limit"},
		"a negative limit":              {Span{}, Page{Limit: -1}, "limit"},
		"a limit over the cap":          {Span{}, Page{Limit: MaxPage + 1}, "limit"},
		"a cursor that is none":         {Span{}, Page{Limit: 1, After: "!"}, "after"},
		"a cursor from before the days": {Span{From: "2024-02-01"}, Page{Limit: 1, After: first}, "after"},
		"a cursor of another listing":   {Span{NewestFirst: true, Until: "2023-12-31"}, Page{Limit: 1, After: first}, "after"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(t.Context(), c, func(v *View) ([]council.Session, error) {
				list, _, err := v.Sessions(tt.span, tt.page)
				return list, err
			})
			e := wantKind(t, err, problem.Invalid)
			if len(e.Fields) != 1 || e.Fields[0].Name != tt.field {
				t.Errorf("got %v, want a fault of %s", e, tt.field)
			}
		})
	}
}

func TestNeighboursSkipCancelledSessions(t *testing.T) {
	c := open(t).Council(1)
	in(t, c, "session.planned", func(tx *Tx) error {
		for i := range 40 {
			s := session(fmt.Sprintf("s%02d", i), council.Date("2024-01-01").AddDays(i))
			if i != 0 && i != 20 && i != 39 {
				s.State = council.Cancelled
			}
			if _, err := tx.UpdateSession(s.ID, 0, func(x *council.Session) error { *x = s; return nil }); err != nil {
				return err
			}
		}
		return nil
	})
	for _, tt := range []struct{ of, previous, next string }{
		{"s00", "", "s20"}, {"s20", "s00", "s39"}, {"s39", "s20", ""},
	} {
		t.Run(tt.of, func(t *testing.T) {
			got := see(t, c, func(v *View) ([]string, error) {
				s, err := v.Session(tt.of)
				if err != nil {
					return nil, err
				}
				next, isNext, err := v.NextSession(s)
				if err != nil {
					return nil, err
				}
				previous, isPrevious, err := v.PreviousSession(s)
				if isNext != (next.ID != "") || isPrevious != (previous.ID != "") {
					t.Errorf("got %q %v and %q %v", previous.ID, isPrevious, next.ID, isNext)
				}
				return []string{previous.ID, next.ID}, err
			})
			wantSame(t, got, []string{tt.previous, tt.next})
		})
	}
}

// manySessions adds sessions a day apart, several hundred in a transaction.
func manySessions(t testing.TB, c *Council, from, until int) {
	t.Helper()
	for from < until {
		end := min(from+150, until)
		in(t, c, "session.planned", func(tx *Tx) error {
			for i := from; i < end; i++ {
				s := session(fmt.Sprintf("s%06d", i), council.Date("1990-01-01").AddDays(i))
				if _, err := tx.UpdateSession(s.ID, 0, func(x *council.Session) error { *x = s; return nil }); err != nil {
					return err
				}
			}
			return nil
		})
		from = end
	}
}

func TestReadsCostTheSameWithManySessions(t *testing.T) {
	w, db := watch(t)
	c := db.Council(1)
	calls := func(fn func(v *View) error) int64 {
		before := w.calls.Load()
		see(t, c, func(v *View) (struct{}, error) { return struct{}{}, fn(v) })
		return w.calls.Load() - before
	}
	reads := map[string]func(v *View) error{
		"the page of a session": func(v *View) error {
			s, err := v.Session("s000500")
			if err != nil {
				return err
			}
			_, _, err1 := v.NextSession(s)
			_, _, err2 := v.PreviousSession(s)
			_, err3 := v.Treatments(s.ID)
			_, err4 := v.DecisionsOf(s.ID)
			_, err5 := v.Attendance(s.ID)
			_, _, err6 := v.History("session", s.ID, Page{Limit: 20})
			return cmp.Or(err1, err2, err3, err4, err5, err6)
		},
		"a page of the listing": func(v *View) error {
			_, _, err := v.Sessions(Span{NewestFirst: true}, Page{Limit: 50})
			return err
		},
		"what happened last": func(v *View) error {
			_, _, err := v.Feed(Page{Limit: 50})
			return err
		},
	}
	manySessions(t, c, 0, 1000)
	few := map[string]int64{}
	for name, fn := range reads {
		few[name] = calls(fn)
	}
	manySessions(t, c, 1000, 20_000)
	for name, fn := range reads {
		if got := calls(fn); got != few[name] || got == 0 {
			t.Errorf("%s: %d calls of the engine with 20,000 sessions, %d with 1,000", name, got, few[name])
		}
	}
}
