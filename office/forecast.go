package office

import (
	"context"
	"slices"
	"strconv"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/storage"
)

// MostForeseen is how many regular sessions can be asked for.
const MostForeseen = 120

// Forecast simulates the sessions from a day on, so many regular ones or with 0
// all to the end of the plan's period, and looks for the smallest changes that
// would meet what cannot be met. The first is the first planned one, or the
// calendar's. It changes nothing.
func (o *Office) Forecast(ctx context.Context, a council.Actor, from council.Date, sessions int) (agenda.Outlook, error) {
	if !agenda.MayPrepare(a) && !agenda.MayApprove(a) {
		return agenda.Outlook{}, forbidden(false, a, "problem.agenda.prepare")
	}
	if err := checkHorizon(from, sessions); err != nil {
		return agenda.Outlook{}, err
	}
	h := agenda.Horizon{Sessions: sessions}
	d, err := storage.Read(ctx, o.council, func(v *storage.View) (storage.BuildData, error) {
		planned, err := plannedFrom(v, from)
		if err != nil {
			return storage.BuildData{}, err
		}
		s, err := v.Settings()
		if err != nil {
			return storage.BuildData{}, err
		}
		c, err := v.Calendar()
		if err != nil {
			return storage.BuildData{}, err
		}
		first := regular(s, regularFrom(c, s, from))
		if len(planned) > 0 && planned[0].Date <= first.Date {
			first = planned[0]
		}
		h.Planned = planned
		return v.BuildData(first)
	})
	if err != nil {
		return agenda.Outlook{}, err
	}
	return outlook(d, h)
}

// ForecastAnew is Forecast for a council that has nothing but the real plan and
// the whole catalogue of principles.
func ForecastAnew(from council.Date, sessions int) (agenda.Outlook, error) {
	if err := checkHorizon(from, sessions); err != nil {
		return agenda.Outlook{}, err
	}
	d, err := anew(from)
	if err != nil {
		return agenda.Outlook{}, err
	}
	d.Session = regular(d.Settings, regularFrom(d.Calendar, d.Settings, from))
	return outlook(d, agenda.Horizon{Sessions: sessions})
}

func outlook(d storage.BuildData, h agenda.Horizon) (agenda.Outlook, error) {
	in, err := input(d)
	if err != nil {
		return agenda.Outlook{}, err
	}
	o, err := agenda.Forecast(in, h)
	if err != nil {
		return agenda.Outlook{}, err
	}
	o.Remedies, err = agenda.Remedies(in, h, &o)
	return o, err
}

func checkHorizon(from council.Date, sessions int) error {
	var l problem.List
	if !from.Valid() {
		l.Add("from", "problem.date", "value", string(from))
	}
	if sessions < 0 || sessions > MostForeseen {
		l.Add("sessions", "problem.range", "value", strconv.Itoa(sessions), "least", "0", "most", strconv.Itoa(MostForeseen))
	}
	return l.Err()
}

// plannedFrom are the sessions from a day on that are still to be held, in their
// order.
func plannedFrom(v *storage.View, from council.Date) ([]council.Session, error) {
	var all []council.Session
	for after := ""; ; {
		list, next, err := v.Sessions(storage.Span{From: from}, storage.Page{Limit: 100, After: after})
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		if after = next; after == "" || len(all) > 2*MostForeseen {
			break
		}
	}
	return slices.DeleteFunc(all, func(s council.Session) bool {
		return s.State == council.Cancelled || s.State == council.Closed
	}), nil
}

// regularFrom is the first regular session's day from a day on that the calendar
// gives (P24).
func regularFrom(c council.Calendar, s council.Settings, from council.Date) council.Date {
	for first := from[:8] + "01"; ; first = first.AddMonths(1) {
		month, _ := strconv.Atoi(string(first[5:7]))
		if d := c.RegularDate(first.Year(), time.Month(month), s.Weekday); d >= from {
			return d
		}
	}
}
