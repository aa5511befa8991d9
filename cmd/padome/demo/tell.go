package demo

import (
	"strconv"

	"padome/agenda"
	"padome/cmd/padome/tell"
	"padome/council"
	"padome/minutes"
)

// teller writes the transcript: what happened, in words.
type teller struct{ *tell.Teller }

// presence tells how somebody took part otherwise than throughout.
func (t teller) presence(p, instead council.Person, x presence) {
	key := ""
	switch {
	case x.absent:
		key = "absent"
	case x.instead != "":
		key = "instead"
	case x.remote && x.until > 0:
		key = "remote-until"
	case x.remote && x.from > 0:
		key = "remote-from"
	case x.remote:
		key = "remote"
	case x.from > 0:
		key = "from"
	default:
		key = "until"
	}
	t.Bullet(1, "cmd.demo.presence."+key, "name", p.Short(), "instead", instead.Short(),
		"from", strconv.Itoa(x.from), "until", strconv.Itoa(x.until))
}

// treatment tells what became of an item.
func (t teller) treatment(it agenda.Item, x minutes.Treatment, ds []minutes.Decision) {
	t.Wrapped(0, strconv.Itoa(it.Number)+". ", it.TitleIn(t.Lang()))
	if v := x.Vote; v != nil {
		if v.Consensus {
			t.Line(2, "cmd.demo.vote.consensus")
		} else {
			t.Line(2, "cmd.demo.vote", "for", t.count(v.For), "against", t.count(v.Against), "abstain", t.count(v.Abstain))
		}
	}
	for _, d := range ds {
		if d.Item != it.ID {
			continue
		}
		s := d.Wording
		if len(d.Tasks) > 0 {
			s += " " + t.Say("cmd.demo.tasks", "n", strconv.Itoa(len(d.Tasks)), "tasks", taskList(d.Tasks))
		}
		t.Wrapped(2, d.Number()+" ", s)
	}
	switch x.Outcome {
	case minutes.Postponed:
		t.Line(2, "cmd.demo.outcome.postponed", "why", x.Why)
	case minutes.Noted:
		t.Line(2, "cmd.demo.outcome.noted")
	}
}

// count is a number of votes; none read „nav”.
func (t teller) count(n int) string {
	if n == 0 {
		return t.Say("minutes.vote.none")
	}
	return strconv.Itoa(n)
}
