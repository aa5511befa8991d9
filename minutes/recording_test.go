package minutes

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"padome/council"
)

func TestVote(t *testing.T) {
	set := council.DefaultSettings()
	for _, c := range []struct {
		name string
		vote Vote
		want []string
	}{
		{"not everybody has to vote", Vote{For: 3}, nil},
		{"all may vote", Vote{For: 12, Against: 1}, nil},
		{"nobody votes twice", Vote{For: 12, Against: 1, Abstain: 1}, []string{"vote problem.minutes.vote.more"}},
		{"a vote without votes is none", Vote{}, []string{"vote problem.minutes.vote.empty"}},
		{"counts are not negative", Vote{For: 5, Against: -1}, []string{"vote.against problem.range"}},
		{"counts beyond reason do not overflow", Vote{For: 1<<63 - 1, Against: 1}, []string{"vote.for problem.range"}},
		{"consensus has no counts", Vote{Consensus: true, For: 13}, []string{"vote.consensus problem.minutes.vote.consensus"}},
		{"a tie may be decided", Vote{For: 6, Against: 6, Casting: CastFor}, nil},
		{"only a tie is decided by the presiding person", Vote{For: 7, Against: 6, Casting: CastFor},
			[]string{"vote.casting problem.minutes.vote.casting"}},
		{"a tie is decided for or against", Vote{For: 6, Against: 6, Casting: "perhaps"}, []string{"vote.casting problem.choice"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantFaults(t, c.vote.validate(13, set), c.want...) })
	}
	t.Run("there is no casting vote where the council has none", func(t *testing.T) {
		set.Tie = council.TieRejects
		wantFaults(t, Vote{For: 6, Against: 6, Casting: CastFor}.validate(13, set), "vote.casting problem.minutes.vote.no-casting")
	})
}

func TestPassed(t *testing.T) {
	present, cast := council.DefaultSettings(), council.DefaultSettings()
	cast.Majority, cast.Tie = council.OfCast, council.TieRejects
	for _, c := range []struct {
		name string
		vote Vote
		set  council.Settings
		want bool
	}{
		{"consensus carries", Vote{Consensus: true}, present, true},
		{"seven of thirteen present carry", Vote{For: 7, Against: 6}, present, true},
		{"six of thirteen do not, though more are for than against", Vote{For: 6, Against: 3, Abstain: 4}, present, false},
		{"they do where votes cast are counted", Vote{For: 6, Against: 3, Abstain: 4}, cast, true},
		{"a tie carries when the presiding person is for", Vote{For: 6, Against: 6, Casting: CastFor}, present, true},
		{"a tie fails when the presiding person is against", Vote{For: 6, Against: 6, Casting: CastAgainst}, present, false},
		{"a tie nobody decided fails", Vote{For: 6, Against: 6}, present, false},
		{"a tie fails where there is no casting vote", Vote{For: 6, Against: 6, Casting: CastFor}, cast, false},
		{"abstentions alone do not carry", Vote{Abstain: 13}, cast, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.vote.Passed(13, c.set); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestOutcome(t *testing.T) {
	by := voters(t)
	open := openSession()
	begun := func(clauses int) *Treatment {
		tr := Begin("s1", items()[1])
		for range clauses {
			_, err := tr.Take(open, workPlan(), "d", Clause{Wording: "Apstiprināt."})
			must(t, err)
		}
		return &tr
	}
	t.Run("decided needs a clause", func(t *testing.T) {
		wantFaults(t, begun(0).SetOutcome(open, by, Decided, ""), "outcome problem.minutes.outcome.clause")
	})
	t.Run("a clause needs a vote", func(t *testing.T) {
		wantFaults(t, begun(1).SetOutcome(open, by, Decided, ""), "outcome problem.minutes.vote.missing")
	})
	t.Run("decided by a vote that carried", func(t *testing.T) {
		tr := begun(1)
		must(t, tr.SetVote(open, by, &Vote{For: 7, Against: 6}))
		must(t, tr.SetOutcome(open, by, Decided, "nevajadzīgs"))
		if tr.Outcome != Decided || tr.Why != "" {
			t.Errorf("got %s because %q", tr.Outcome, tr.Why)
		}
	})
	t.Run("a vote that failed decides nothing", func(t *testing.T) {
		tr := begun(1)
		must(t, tr.SetVote(open, by, &Vote{For: 6, Against: 7}))
		wantFaults(t, tr.SetOutcome(open, by, Decided, ""), "outcome problem.minutes.vote.failed")
	})
	t.Run("a tie waits for the presiding person", func(t *testing.T) {
		tr := begun(1)
		must(t, tr.SetVote(open, by, &Vote{For: 6, Against: 6}))
		wantFaults(t, tr.SetOutcome(open, by, Decided, ""), "outcome problem.minutes.vote.tied")
	})
	t.Run("without a quorum nothing is decided", func(t *testing.T) {
		few := attendance()
		must(t, few.Validate(4, roster(), day))
		few.Entries = few.Entries[:9] // eight places of the state side
		tr := begun(1)
		must(t, tr.SetVote(open, by, &Vote{Consensus: true}))
		none := Voters{&few, 16, council.DefaultSettings()}
		wantFaults(t, tr.SetOutcome(open, none, Decided, ""), "outcome problem.minutes.quorum")
		must(t, begun(0).SetOutcome(open, none, Postponed, "nav kvoruma"))
		tr = begun(1)
		must(t, tr.SetVote(open, by, &Vote{Consensus: true}))
		one := Voters{&few, 14, council.DefaultSettings()}
		one.Settings.Quorum = council.MoreThanHalfBothSides
		wantFaults(t, tr.SetOutcome(open, one, Decided, ""), "outcome problem.minutes.quorum.side")
	})
	t.Run("postponing and withdrawing need a reason", func(t *testing.T) {
		for _, o := range []Outcome{Postponed, Withdrawn} {
			wantFaults(t, begun(0).SetOutcome(open, by, o, " "), "why problem.text.missing")
		}
	})
	t.Run("an outcome that does not exist is refused", func(t *testing.T) {
		wantFaults(t, begun(0).SetOutcome(open, by, "rejected", ""), "outcome problem.choice")
	})
	t.Run("a vote of more than are there is not recorded", func(t *testing.T) {
		tr := begun(0)
		wantFaults(t, tr.SetVote(open, by, &Vote{For: 14}), "vote problem.minutes.vote.more")
		if tr.Vote != nil {
			t.Error("recorded all the same")
		}
	})
	t.Run("a vote cannot be changed so that what was decided falls", func(t *testing.T) {
		tr := begun(1)
		vote := &Vote{For: 13}
		must(t, tr.SetVote(open, by, vote))
		must(t, tr.SetOutcome(open, by, Decided, ""))
		before := *tr
		wantFaults(t, tr.SetVote(open, by, &Vote{Against: 13}), "outcome problem.minutes.vote.failed")
		wantFaults(t, tr.SetVote(open, by, nil), "outcome problem.minutes.vote.missing")
		vote.For = 1 // the caller's vote is not the record's
		if diff := cmp.Diff(*tr, before); diff != "" {
			t.Errorf("changed (-got +want):\n%s", diff)
		}
		must(t, tr.SetOutcome(open, by, "", ""))
		must(t, tr.SetVote(open, by, nil))
		if tr.Vote != nil {
			t.Error("the vote is still there")
		}
	})
}

func TestRecordingOnlyWhileOpen(t *testing.T) {
	by := voters(t)
	for state, want := range map[council.SessionState]string{
		council.Planned:   "problem.minutes.session-not-open",
		council.Convened:  "problem.minutes.session-not-open",
		council.Closed:    "problem.minutes.session-closed",
		council.Cancelled: "problem.minutes.session-not-open",
	} {
		t.Run(string(state)+" sessions take no record", func(t *testing.T) {
			s := openSession()
			s.State = state
			tr := Begin("s1", items()[1])
			before := tr
			_, taken := tr.Take(s, workPlan(), "d", Clause{Wording: "Apstiprināt."})
			d := Decision{Item: tr.Item, Clause: 0}
			for _, err := range []error{
				tr.SetCourse(s, []Speech{{Kind: Reports, Who: "A"}}), tr.SetTimes(s, "11:00", "11:10"),
				tr.SetVote(s, by, &Vote{Consensus: true}), tr.SetOutcome(s, by, Noted, ""), taken,
				tr.TakeBack(s, &d), d.Reword(s, "", workPlan(), Clause{Wording: "Citādi."}), MayClose(Record{Session: s}),
			} {
				wantFaults(t, err, want)
			}
			if diff := cmp.Diff(tr, before); diff != "" {
				t.Errorf("changed (-got +want):\n%s", diff)
			}
		})
	}
}

func TestCourse(t *testing.T) {
	open := openSession()
	for _, c := range []struct {
		name   string
		course []Speech
		want   []string
	}{
		{"reports and speeches in their order", []Speech{{Kind: Reports, Who: "A"}, {Kind: Speaks, Who: "B", Text: "Jā."}}, nil},
		{"a kind that does not exist", []Speech{{Kind: "sings", Who: "A"}}, []string{"course[0].kind problem.choice"}},
		{"nobody who spoke", []Speech{{Kind: Speaks}}, []string{"course[0].who problem.text.missing"}},
		{"a text that cannot be printed", []Speech{{Kind: Speaks, Who: "A", Text: "labi \u202e"}}, []string{"course[0].text problem.text.character"}},
		{"texts too long together", slicesOf(4, Speech{Kind: Speaks, Who: "A", Text: strings.Repeat("ā", 9000)}), []string{"course problem.text.long"}},
		{"too many speeches", slicesOf(maxSpeeches+1, Speech{Kind: Speaks, Who: "A"}), []string{"course problem.range"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := Begin("s1", items()[1])
			wantFaults(t, tr.SetCourse(open, c.course), c.want...)
			if (len(tr.Course) > 0) != (c.want == nil) {
				t.Errorf("%d speeches recorded", len(tr.Course))
			}
		})
	}
	t.Run("an item ends after it starts", func(t *testing.T) {
		tr := Begin("s1", items()[1])
		wantFaults(t, tr.SetTimes(open, "11:10", "11:05"), "ended problem.minutes.times")
		wantFaults(t, tr.SetTimes(open, "25:10", "soon"), "started problem.clock", "ended problem.clock")
		must(t, tr.SetTimes(open, "11:10", ""))
	})
}

func slicesOf[T any](n int, one T) []T {
	all := make([]T, n)
	for i := range all {
		all[i] = one
	}
	return all
}
