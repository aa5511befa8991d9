package office

import (
	"context"

	"padome/council"
	"padome/minutes"
	"padome/storage"
)

// Papers are what the public may read of a session.
type Papers struct {
	Session council.Session
	Agenda  bool // both leads approved one
	Minutes bool // signed by all who must
	Number  int  // of the minutes in their year
	Year    int
}

// Papers are the sessions of a span of days with what the public may read of
// them, and the cursor of the next page.
func (o *Office) Papers(ctx context.Context, span storage.Span, p storage.Page) ([]Papers, string, error) {
	var next string
	all, err := storage.Read(ctx, o.council, func(v *storage.View) ([]Papers, error) {
		list, after, err := v.Sessions(span, p)
		if err != nil {
			return nil, err
		}
		next = after
		all := make([]Papers, len(list))
		for i, s := range list {
			if all[i], err = papers(v, s); err != nil {
				return nil, err
			}
		}
		return all, nil
	})
	return all, next, err
}

func papers(v *storage.View, s council.Session) (Papers, error) {
	x := Papers{Session: s}
	a, err := v.Agenda(s.ID)
	if err != nil && !isMissing(err) {
		return x, err
	}
	_, x.Agenda = a.ApprovedVersion()
	m, err := v.Minutes(s.ID)
	if err != nil && !isMissing(err) {
		return x, err
	}
	if x.Minutes = m.State == minutes.Signed || m.State == minutes.Approved; x.Minutes {
		x.Number, x.Year = m.Number, m.Year
	}
	return x, nil
}
