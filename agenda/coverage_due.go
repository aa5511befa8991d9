package agenda

import "padome/council"

// TaskMonths is within how many months every task of the plan is to be held (P8);
// false where the principles do not have that rule.
func (p Principles) TaskMonths() (int, bool) {
	s, ok := p.Rule(coverage.ID)
	if !ok {
		return 0, false
	}
	return inUse(coverage, s).number("task_months"), true
}

// NextDue is the day by which a task that was last held, or first promised, on a
// day is to be held again (P8); empty where the principles do not say.
func (p Principles) NextDue(since council.Date) council.Date {
	months, ok := p.TaskMonths()
	if !ok || since == "" {
		return ""
	}
	return since.AddMonths(months)
}
