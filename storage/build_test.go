package storage

import (
	"fmt"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
)

// year stores a session on the last Wednesday of each month of 2024, each with
// one decision, one held item and signed minutes; those until May are closed.
func year(t *testing.T, c *Council) []council.Session {
	t.Helper()
	days := []council.Date{"2024-01-31", "2024-02-28", "2024-03-27", "2024-04-24", "2024-05-29", "2024-06-26"}
	var all []council.Session
	for i, day := range days {
		s := session(fmt.Sprintf("s%d", i+1), day)
		if i < 5 {
			s.State = council.Closed
		}
		all = append(all, addSession(t, c, s))
		in(t, c, "session.closed", func(tx *Tx) error {
			d := decision("d-"+s.ID, s.ID, 1)
			d.Taken = day
			if i == 0 {
				d.Status = minutes.Done
			}
			if _, err := tx.AddDecision(d); err != nil {
				return err
			}
			_, err := tx.UpdateMinutes(s.ID, 0, func(m *minutes.Minutes) error {
				m.Year, m.Number, m.State = 2024, i+1, minutes.Signed
				return nil
			})
			if err != nil {
				return err
			}
			return tx.SetHeld(s, []agenda.Held{{Session: s.ID, Date: day, Number: 1, Item: "item-" + s.ID}})
		})
	}
	return all
}

func TestBuildDataIsWhatTheSessionCouldKnow(t *testing.T) {
	c := open(t).Council(1)
	all := year(t, c)
	p, first, second := realPlan(t), somePrinciples(1, "2024-01-01"), somePrinciples(2, "2024-03-01")
	in(t, c, "test", func(tx *Tx) error {
		if err := tx.AddPlan(p); err != nil {
			return err
		}
		if err := tx.AddPrinciples(first); err != nil {
			return err
		}
		if err := tx.AddPrinciples(second); err != nil {
			return err
		}
		if _, err := tx.UpdateProposal("p", 0, func(x *agenda.Proposal) error { x.State = agenda.Waiting; return nil }); err != nil {
			return err
		}
		return tx.Carry(agenda.Candidate{Matter: agenda.Matter{ID: "carried"}})
	})
	got := see(t, c, func(v *View) (BuildData, error) { return v.BuildData(all[3]) })

	wantSame(t, got.Session, all[3])
	wantSame(t, ids(got.Past), []string{"s1", "s2", "s3"})
	wantSame(t, got.Next.ID, "s5")
	wantSame(t, decisionIDs(got.Decisions), []string{"d-s2", "d-s3"})
	var held, unapproved []string
	for _, h := range got.Held {
		held = append(held, h.Item)
	}
	for _, m := range got.Unapproved {
		unapproved = append(unapproved, m.Session)
	}
	wantSame(t, held, []string{"item-s1", "item-s2", "item-s3"})
	wantSame(t, unapproved, []string{"s1", "s2", "s3"})
	wantSame(t, len(got.Plans), 1)
	wantSame(t, got.Plans[0], p)
	wantSame(t, got.Principles, []agenda.Principles{first, second})
	wantSame(t, len(got.Proposals)+len(got.Carried), 2)
	wantSame(t, got.Settings, council.DefaultSettings())
	wantSame(t, got.Calendar, council.DefaultCalendar())
}

func TestBuildDataOfASessionThatIsNotStored(t *testing.T) {
	c := open(t).Council(1)
	year(t, c)
	got := see(t, c, func(v *View) (BuildData, error) { return v.BuildData(session("preview", "2024-06-26")) })
	if len(got.Past) != 5 || got.Next.ID != "s6" {
		t.Errorf("got %v before and %q after, want five and s6", ids(got.Past), got.Next.ID)
	}
	got = see(t, c, func(v *View) (BuildData, error) { return v.BuildData(session("preview", "2025-01-29")) })
	if got.Next.ID != "" {
		t.Errorf("got %q after the last session", got.Next.ID)
	}
}
