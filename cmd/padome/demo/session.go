package demo

import (
	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/plan"
)

// sitting is the script of one session: what was handed in before it, who
// approved its agenda, what happened, who signed its minutes. Items are called
// by the key of their proposal, a task as „1.1.”, or the id of a standing item.
type sitting struct {
	date      council.Date
	mode      council.Mode
	proposals []proposal
	opinions  []opinion
	steps     []step
	reports   []report // how earlier decisions are being carried out

	built     moment
	submitted moment
	returned  *returned // what a lead wanted otherwise; then approvals are of version 2
	approvals []act
	observers []signUp

	presides, takes string
	opened, closed  council.Clock
	presence        []presence // of those of whom there is something to say
	guests          []minutes.Entry
	items           []treatment
	added           *addition // what the session added to its agenda

	drafted, finalised moment
	circulated         moment // for comments; "" when it was not
	comments           []comment
	signatures         []act
	extracted          string      // the item that an extract is issued of; "" for none
	outside            bool        // they sign with electronic signatures
	corrects           *correcting // what the session corrected in earlier minutes
}

// correcting is a correction of the minutes of a day that the session decided on,
// drafted and made final with its own minutes.
type correcting struct {
	date              council.Date
	was, text, ground string
}

// act is somebody's approval or signature.
type act struct {
	at  moment
	who string
}

// proposal is a candidate that somebody hands in, with its documents.
type proposal struct {
	key   string
	at    moment
	who   string
	c     agenda.Candidate
	tasks []string
	paper []paper
}

// opinion is what a working group says of a proposal, as its lead records it.
type opinion struct {
	at       moment
	who      string
	proposal string // key
	x        agenda.Opinion
}

// paper is a made-up document that is attached as a PDF.
type paper struct {
	name  string // of the file
	title string
	text  []string
}

// report is what the secretariat notes of an earlier decision.
type report struct {
	at      moment
	session council.Date
	number  string
	text    string
	status  minutes.Status // claimed
	paper   *paper         // that it rests on
}

// returned is a lead's request for changes and the order made of it.
type returned struct {
	at      moment
	who     string
	comment string
	order   []string
	reason  string
	again   moment // submitted again
}

// presence is how a member's attendance differs from being there throughout.
type presence struct {
	who         string
	absent      bool
	instead     string // the alternate who takes the place
	remote      bool
	from, until int
}

// treatment is what the council does with an item.
type treatment struct {
	item           string
	started, ended council.Clock
	course         []minutes.Speech
	vote           *minutes.Vote
	clauses        []clause
	found          []found
	outcome        minutes.Outcome
	why            string
}

// found is what the session finds of an earlier decision.
type found struct {
	session council.Date
	number  string
	status  minutes.Status
}

// addition is an item that the session adds by a vote, and what it does with it
// after all the others.
type addition struct {
	m         agenda.Matter
	tasks     []string
	vote      minutes.Vote
	during    int // number of the item at which the council votes
	treatment treatment
}

// signUp is an observer who signs up for the session.
type signUp struct {
	at moment
	o  council.Observer
}

// clause is a decision as it is taken.
type clause struct {
	wording   string
	addressee string
	deadline  council.Date
	untilNext bool
	tasks     []string
}

func reports(who, text string) minutes.Speech {
	return minutes.Speech{Kind: minutes.Reports, Who: who, Text: text}
}

func speaks(who, text string) minutes.Speech {
	return minutes.Speech{Kind: minutes.Speaks, Who: who, Text: text}
}

func votes(yes, no, abstain int) *minutes.Vote {
	return &minutes.Vote{For: yes, Against: no, Abstain: abstain}
}

var consensus = &minutes.Vote{Consensus: true}

// refs reads „2.1.” as tasks of the plan's first revision.
func refs(tasks []string) []plan.Ref {
	var rs []plan.Ref
	for _, s := range tasks {
		rs = append(rs, plan.Ref{Revision: 1, Measure: int(s[0] - '0'), Task: int(s[2] - '0')})
	}
	return rs
}
