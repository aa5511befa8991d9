package agenda

import (
	"cmp"
	"slices"
	"time"

	"padome/council"
)

// ahead is a session that a forecast simulates.
type ahead struct {
	council.Session
	planned bool
	beyond  bool        // behind the horizon: only to be named as the next
	extra   []Candidate // what it was called for, and nothing else; nil for all candidates
}

// schedule are the sessions of a forecast, that of the input first.
func (h *Horizon) schedule(in *Input) []ahead {
	end := council.Day(max(in.Plan.Until, in.Session.Date.Year()), time.December, 31)
	all, taken := h.planned(in)
	if in.Session.Date.Valid() { // else the first step says so
		for d := range in.regularDates() {
			if d > end || len(all) > 2*mostForeseen {
				break
			}
			if !taken[d[:7]] {
				all = append(all, ahead{Session: in.regularOn(d)})
			}
		}
	}
	slices.SortFunc(all, func(x, y ahead) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.Starts, y.Starts), cmp.Compare(x.ID, y.ID))
	})
	return h.markBeyond(end, append([]ahead{{Session: in.Session, planned: in.Session.ID != ""}}, all...))
}

// planned are the planned sessions after that of the input, and the months that
// have a regular one.
func (h *Horizon) planned(in *Input) (all []ahead, taken map[council.Date]bool) {
	taken = map[council.Date]bool{}
	known := map[string]bool{in.Session.ID: true}
	for _, s := range append(slices.Clone(h.Planned), in.Next) {
		gone := s.State == council.Cancelled || s.State == council.Closed
		if !s.Date.Valid() || s.Date < in.Session.Date || gone || known[s.ID] {
			continue
		}
		known[s.ID] = true
		all = append(all, ahead{Session: s, planned: true})
		if s.Kind == council.Regular {
			taken[s.Date[:7]] = true
		}
	}
	return all, taken
}

// markBeyond marks what stands behind the last regular session that is looked
// at, or behind the last day.
func (h *Horizon) markBeyond(end council.Date, all []ahead) []ahead {
	most := mostForeseen
	if h.Sessions > 0 {
		most = min(most, h.Sessions)
	}
	for i := range all {
		all[i].beyond = i > 0 && (most == 0 || all[i].Date > end)
		if all[i].Kind == council.Regular && most > 0 {
			most--
		}
	}
	return all
}

// regularOn is a regular session on a day by the settings; where they say
// nothing, as that of the input.
func (in *Input) regularOn(d council.Date) council.Session {
	s := council.Session{ID: "forecast-" + string(d), Kind: council.Regular, Mode: in.Session.Mode, Date: d,
		Starts: in.Settings.Starts, Place: cmp.Or(in.Settings.Place, in.Session.Place), State: council.Planned}
	if !s.Starts.Valid() {
		s.Starts = in.Session.Starts
	}
	minutes := in.Settings.Minutes
	if minutes == 0 {
		minutes = in.Session.Ends.Minutes() - in.Session.Starts.Minutes()
	}
	s.Ends = s.Starts.Add(minutes)
	return s
}
