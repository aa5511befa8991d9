package agenda

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// execution is P4: whenever a decision is open, a standing item on the
// execution of earlier decisions, most overdue first.
var execution = Rule{
	ID: "P4", Hard: true,
	Add: func(b *building, s rules) {
		open := b.in.openDecisions()
		if len(open) == 0 {
			return
		}
		b.standing(ExecutionID, Execution, locale.Text(locale.LV, "title.execution", nil),
			b.minutesOf("execution", 10), s.reason("open", "n", strconv.Itoa(len(open))), decisionDetails(b.in, open)...)
	},
	Check: func(v *view, s rules) []Breach {
		open := v.in.openDecisions()
		if len(open) == 0 {
			return nil
		}
		it, ok := v.on[ExecutionID]
		if !ok {
			return []Breach{s.breach("", "unmet", "n", strconv.Itoa(len(open)))}
		}
		for _, d := range open {
			if !slices.ContainsFunc(it.Details, func(x Detail) bool { return x.Ref == d.ID }) {
				return []Breach{s.breach(it.ID, "missing", "number", strings.TrimSuffix(d.Number, "."), "date", string(d.Taken))}
			}
		}
		return nil
	},
}

// openDecisions are the decisions of earlier sessions, the most overdue first;
// those without a deadline come last.
func (in *Input) openDecisions() []OpenDecision {
	open := slices.DeleteFunc(slices.Clone(in.Decisions), func(d OpenDecision) bool { return !in.earlier(d.Session, d.Taken) })
	slices.SortFunc(open, func(x, y OpenDecision) int {
		return cmp.Or(compareDeadlines(x.Deadline, y.Deadline), cmp.Compare(x.Taken, y.Taken),
			cmp.Compare(len(x.Number), len(y.Number)), cmp.Compare(x.Number, y.Number), cmp.Compare(x.ID, y.ID))
	})
	return open
}

func decisionDetails(in *Input, open []OpenDecision) []Detail {
	var ds []Detail
	for _, d := range open {
		key := "detail.decision.due"
		facts := problem.Pairs("number", d.Number, "taken", string(d.Taken), "wording", strings.TrimRight(d.Wording, "."),
			"deadline", string(d.Deadline), "days", strconv.Itoa(overdueDays(d.Deadline, in.Session.Date)))
		switch {
		case d.Deadline == "":
			key = "detail.decision.open"
		case d.Deadline < in.Session.Date:
			key = "detail.decision.overdue"
		}
		ds = append(ds, Detail{Ref: d.ID, Reason: Reason{Rule: "P4", Key: key + d.told(facts), Facts: facts}})
	}
	return ds
}

// told is the part of the message's key that says how far the decision has been
// carried out, with its facts: what was reported since the council last found
// anything, else what it found.
func (d *OpenDecision) told(facts locale.Args) string {
	switch {
	case d.Claimed == "open":
		facts["told"] = string(d.ClaimedOn)
		return "-told"
	case d.Claimed != "":
		facts["told"], facts["claimed"] = string(d.ClaimedOn), d.Claimed
		return "-claimed"
	case d.Found != "":
		facts["on"], facts["found"] = string(d.FoundOn), d.Found
		return "-found"
	}
	return ""
}

func overdueDays(deadline, on council.Date) int {
	if deadline == "" || deadline >= on {
		return 0
	}
	return deadline.DaysUntil(on)
}
