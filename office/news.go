package office

import (
	"context"
	"slices"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage"
)

// News is something that happened lately in what the reader may see, as a message.
type News struct {
	At      time.Time    `json:"at"`
	Key     string       `json:"key"`
	Args    problem.Args `json:"args"`
	Session string       `json:"session"`
	Below   string       `json:"below,omitempty"` // which of the session's pages shows it
}

// Overview is what a member of the council finds on coming back.
type Overview struct {
	Next      *Papers  // the next session; nil when none is planned
	News      []News   // the newest first
	ToComment []Papers // sessions on whose draft minutes the reader may still comment
	Proposals []Tracked
}

// newsDays is how long ago something may have happened to be news: more than the
// time between two sessions.
const newsDays = 60

// Overview gathers it, on a day, for somebody who holds a mandate.
func (o *Office) Overview(ctx context.Context, a council.Actor, on council.Date) (Overview, error) {
	if err := council.MaySeePeople(a); err != nil {
		return Overview{}, err
	}
	x, err := storage.Read(ctx, o.council, func(v *storage.View) (Overview, error) {
		all, _, err := v.Sessions(storage.Span{From: on.AddDays(-newsDays), Until: on.AddDays(newsDays)}, storage.Page{Limit: storage.MaxPage})
		x := Overview{}
		for i := 0; i < len(all) && err == nil; i++ {
			err = x.session(v, a, on, all[i])
		}
		return x, err
	})
	if err != nil {
		return x, err
	}
	slices.SortStableFunc(x.News, func(a, b News) int { return b.At.Compare(a.At) })
	if own, err := o.OwnProposals(ctx, a); err == nil {
		x.Proposals = own
	}
	return x, nil
}

// session adds what is to be told of one session.
func (x *Overview) session(v *storage.View, a council.Actor, on council.Date, s council.Session) error {
	p, err := papers(v, s)
	if err != nil {
		return err
	}
	if x.Next == nil && s.Date >= on && s.State != council.Cancelled && s.State != council.Closed {
		x.Next = &p
	}
	tell := func(at time.Time, key, below string) {
		if council.DateOf(at) >= on.AddDays(-newsDays) {
			x.News = append(x.News, News{At: at, Key: "news." + key, Args: problem.Pairs("date", string(s.Date)), Session: s.ID, Below: below})
		}
	}
	if ag, err := v.Agenda(s.ID); err == nil {
		if ver, ok := ag.ApprovedVersion(); ok {
			tell(ver.Approvals[len(ver.Approvals)-1].At, "agenda", "")
		}
	} else if !isMissing(err) {
		return err
	}
	m, err := v.Minutes(s.ID)
	if isMissing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return x.minutes(v, a, on, p, &m, tell)
}

// minutes adds what is to be told of the minutes of a session.
func (x *Overview) minutes(v *storage.View, a council.Actor, on council.Date, p Papers, m *minutes.Minutes, tell func(time.Time, string, string)) error {
	s := p.Session
	if m.State == minutes.Signed || m.State == minutes.Approved {
		tell(m.Signatures[len(m.Signatures)-1].At, "signed", "minutes")
	} else if m.State == minutes.Final && minutes.MayReadRecord(a) {
		tell(m.Finalised, "final", "minutes")
	}
	if m.Circulated == nil {
		return nil
	}
	attendance, err := v.Attendance(s.ID)
	if err != nil {
		return err
	}
	r := minutes.Record{Session: s, Attendance: attendance}
	if r.Attended(a.Person) {
		tell(m.Circulated.At, "circulated", "minutes/comments")
	}
	if m.MayComment(a, &r, on) == nil {
		x.ToComment = append(x.ToComment, p)
	}
	all, err := v.Comments(s.ID)
	for _, c := range all {
		if c.Person == a.Person && c.Answer != nil {
			tell(c.Answer.At, "answered", "minutes/comments")
		}
	}
	return err
}
