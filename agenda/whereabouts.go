package agenda

import (
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// Where is where a proposal or a carried matter is, in one word.
type Where string

const (
	IsSubmitted Where = "submitted"
	IsReturned  Where = "returned" // with a question
	IsReady     Where = "ready"
	IsOnAgenda  Where = "on-agenda" // of the coming session
	IsLeftOut   Where = "left-out"  // of the coming session's agenda
	IsPostponed Where = "postponed" // by a session, and no newer agenda speaks of it
	IsDealtWith Where = "dealt-with"
	IsWithdrawn Where = "withdrawn"
)

// waitingPlaces are all in which a matter still waits.
var waitingPlaces = []Where{IsSubmitted, IsReturned, IsReady, IsOnAgenda, IsLeftOut, IsPostponed}

// WaitingPlaces are all in which a matter still waits, in the order of its way.
func WaitingPlaces() []Where { return slices.Clone(waitingPlaces) }

// Whereabouts is where a matter is and what there is to say of it, the most
// important sentence first.
type Whereabouts struct {
	Where   Where        `json:"where"`
	Session string       `json:"session,omitempty"` // whose agenda it is on or left out of, or that dealt with it
	Date    council.Date `json:"date,omitempty"`    // of that session
	Number  int          `json:"number,omitempty"`  // of the item
	Said    []Reason     `json:"said"`
}

// Text is all that there is to say, in a language.
func (w Whereabouts) Text(lang locale.Lang) string { return Sentences(lang, w.Said) }

// Sentences are reasons one after the other, as a paragraph has them.
func Sentences(lang locale.Lang, said []Reason) string {
	all := make([]string, len(said))
	for i, r := range said {
		all[i] = r.Text(lang)
	}
	return strings.Join(all, " ")
}

// Lineup is a session's agenda as it stands now, for looking matters up. A nil
// Lineup has none.
type Lineup struct {
	Session  council.Session
	Approved bool // both leads approved just this
	on       map[string]int
	out      map[string][]Reason
	later    *Lineup // of the session after, when its agenda is begun too
}

// NewLineup makes a session's newest agenda ready for looking up.
func NewLineup(s council.Session, a *Agenda) *Lineup {
	l := &Lineup{Session: s, Approved: a.Status == Approved, on: make(map[string]int, len(a.Draft.Items)),
		out: make(map[string][]Reason, len(a.Draft.LeftOut))}
	for _, it := range a.Draft.Items {
		l.on[it.ID] = it.Number
	}
	for _, o := range a.Draft.LeftOut {
		l.out[o.ID] = o.Reasons
	}
	return l
}

// Whereabouts is where the proposal is by the coming agendas and by the
// days on which sessions postponed it.
func (p *Proposal) Whereabouts(coming *Lineup, postponed []council.Date) Whereabouts {
	s := Whereabouts{Where: IsSubmitted}
	switch p.State {
	case DealtWith, Withdrawn:
		return p.ended()
	case Questioned:
		s.Where = IsReturned
		s.say("whereabouts.returned", "date", string(p.Returned), "question", sentence(p.Questions[len(p.Questions)-1].Text))
	case Ready:
		s.Where = IsReady
	}
	s.among(coming, p.ID)
	s.postponed(postponed)
	switch {
	case len(s.Said) > 0:
	case s.Where == IsReady:
		s.say("whereabouts.ready", "date", string(council.DateOf(p.Checked.At)), "submitted", string(council.DateOf(p.Submitted)))
	default:
		s.say("whereabouts.submitted", "date", string(council.DateOf(p.Submitted)))
	}
	if side := p.CountsAs(); p.Initiator != side {
		s.say("whereabouts.joint." + string(side) + "-only")
	}
	return s
}

// CarriedWhereabouts is where a matter is that sessions postponed and nobody
// proposed: a task of the plan, mostly.
func CarriedWhereabouts(c *Candidate, coming *Lineup) Whereabouts {
	var s Whereabouts
	s.among(coming, c.ID)
	s.postponed(c.Postponed)
	return s
}

// Then adds the agenda of the session after; one that is nil adds nothing.
func (l *Lineup) Then(later *Lineup) *Lineup {
	if l == nil {
		return later
	}
	l.later = later
	return l
}

// of is the agenda that speaks of a matter: the first that it is on, else the
// first that leaves it out; nil when none does.
func (l *Lineup) of(id string) (first *Lineup) {
	for ; l != nil; l = l.later {
		if _, on := l.on[id]; on {
			return l
		}
		if _, out := l.out[id]; out && first == nil {
			first = l
		}
	}
	return first
}

// among says what the coming agendas have of a matter.
func (s *Whereabouts) among(l *Lineup, id string) {
	if l = l.of(id); l == nil {
		return
	}
	how := "draft"
	if l.Approved {
		how = "approved"
	}
	if number, on := l.on[id]; on {
		s.say("whereabouts.on-agenda."+how, "date", string(l.Session.Date), "number", strconv.Itoa(number))
		s.at(l, IsOnAgenda, number)
		return
	}
	s.say("whereabouts.left-out."+how, "date", string(l.Session.Date))
	s.Said = append(s.Said, l.out[id]...)
	s.at(l, IsLeftOut, 0)
}

// at notes the session. What the proposer has to answer stays foremost.
func (s *Whereabouts) at(l *Lineup, w Where, number int) {
	s.Session, s.Date, s.Number = l.Session.ID, l.Session.Date, number
	if s.Where != IsReturned {
		s.Where = w
	}
}

func (s *Whereabouts) postponed(days []council.Date) {
	n := len(days)
	if n == 0 {
		return
	}
	if s.Session == "" && s.Where != IsReturned {
		s.Where = IsPostponed
	}
	key := "whereabouts.postponed"
	if n > 1 {
		key = "whereabouts.postponed-again"
	}
	s.say(key, "date", string(days[n-1]), "n", strconv.Itoa(n))
}

func (s *Whereabouts) say(key string, facts ...string) {
	s.Said = append(s.Said, Reason{Key: key, Facts: problem.Pairs(facts...)})
}

// ended says how the proposal ended. Of one that ended before this was recorded
// nothing but that is known.
func (p *Proposal) ended() Whereabouts {
	s := Whereabouts{Where: IsDealtWith, Session: p.Session}
	if p.State == Withdrawn {
		s.Where = IsWithdrawn
	}
	e := p.Ending
	if e == nil {
		s.say("whereabouts." + string(s.Where))
		return s
	}
	s.Date = e.On
	switch {
	case e.Result == ByWithdrawal && e.Session == "":
		s.say("whereabouts.withdrawn-by", "date", string(council.DateOf(e.At)), "reason", sentence(e.Reason))
	case e.Result == ByWithdrawal:
		s.say("whereabouts.withdrawn-at", "date", string(e.On), "reason", sentence(e.Reason))
	default:
		s.say("whereabouts."+string(e.Result), "date", string(e.On))
	}
	return s
}
