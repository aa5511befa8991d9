package minutes

import (
	"strconv"

	"padome/council"
	"padome/internal/problem"
)

// How the presiding person decides a tie.
const (
	CastFor     = "for"
	CastAgainst = "against"
)

// maxVotes is more than any council has; it keeps sums far from overflowing.
const maxVotes = 1000

// Sum is how many voted, abstentions included; 0 for a finding that all agreed.
func (v Vote) Sum() int { return v.For + v.Against + v.Abstain }

// Tied reports whether as many voted for as against.
func (v Vote) Tied() bool { return !v.Consensus && v.For > 0 && v.For == v.Against }

// Passed reports whether a vote of an item with so many voters present carries:
// all agreed, or there is the majority that the council's settings ask for. On
// a tie the presiding person's vote decides, where the settings give one.
func (v Vote) Passed(present int, s council.Settings) bool {
	switch {
	case v.Consensus:
		return true
	case v.Tied():
		return s.Tie == council.PresidingDecides && v.Casting == CastFor
	case s.Majority == council.OfCast:
		return v.For > v.Against
	}
	return 2*v.For > present
}

// validate says what is wrong with a vote of so many voters. Not everybody has
// to vote.
func (v Vote) validate(present int, s council.Settings) error {
	var l problem.List
	for _, c := range []struct {
		field string
		n     int
	}{{"vote.for", v.For}, {"vote.against", v.Against}, {"vote.abstain", v.Abstain}} {
		if c.n < 0 || c.n > maxVotes {
			l.Add(c.field, "problem.range", "value", strconv.Itoa(c.n), "least", "0", "most", strconv.Itoa(present))
		}
	}
	if err := l.Err(); err != nil {
		return err
	}
	switch {
	case v.Consensus && v.Sum() > 0:
		l.Add("vote.consensus", "problem.minutes.vote.consensus", "sum", strconv.Itoa(v.Sum()))
	case !v.Consensus && v.Sum() == 0:
		l.Add("vote", "problem.minutes.vote.empty")
	case v.Sum() > present:
		l.Add("vote", "problem.minutes.vote.more", "sum", strconv.Itoa(v.Sum()), "present", strconv.Itoa(present))
	}
	switch {
	case v.Casting != "" && v.Casting != CastFor && v.Casting != CastAgainst:
		l.Add("vote.casting", "problem.choice", "value", v.Casting, "choices", CastFor+", "+CastAgainst)
	case v.Casting != "" && s.Tie != council.PresidingDecides:
		l.Add("vote.casting", "problem.minutes.vote.no-casting")
	case v.Casting != "" && !v.Tied():
		l.Add("vote.casting", "problem.minutes.vote.casting", "for", strconv.Itoa(v.For), "against", strconv.Itoa(v.Against))
	}
	return l.Err()
}
