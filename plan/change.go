package plan

import "slices"

// ChangeKind is what a review did to a task.
type ChangeKind string

const (
	Added    ChangeKind = "added"
	Reworded ChangeKind = "reworded"
	Moved    ChangeKind = "moved" // to another number, perhaps another measure
	Merged   ChangeKind = "merged"
	Split    ChangeKind = "split"
	Retired  ChangeKind = "retired"
	Restored ChangeKind = "restored" // was retired before
)

// Change is one difference between the tasks of a revision and the next one.
type Change struct {
	Kind   ChangeKind `json:"kind"`
	From   []Ref      `json:"from,omitempty"` // in the earlier revision
	To     []Ref      `json:"to,omitempty"`   // in the later one
	Before []string   `json:"before,omitempty"`
	After  []string   `json:"after,omitempty"`
}

// Changes lists how the tasks of b differ from those of a, the revision before
// it: in the order of b, then what was retired in the order of a. A task both
// moved and reworded has two entries; one that stayed as it was has none.
func Changes(a, b Plan) []Change {
	c := comparison{a: tasks(a), b: tasks(b), later: map[Ref][]Ref{}, dropped: map[Ref]Ref{}}
	for _, to := range allRefs(b) {
		for _, from := range c.b[to].Follows {
			if c.b[to].Retired {
				c.dropped[from] = to
			} else {
				c.later[from] = append(c.later[from], to)
			}
		}
	}
	for _, to := range b.Refs() {
		c.task(to)
	}
	for _, from := range a.Refs() {
		if len(c.later[from]) > 0 {
			continue
		}
		var to []Ref
		if t, ok := c.dropped[from]; ok {
			to = []Ref{t}
		}
		c.note(Retired, []Ref{from}, to)
	}
	return c.changes
}

// comparison is two revisions while their differences are listed.
type comparison struct {
	a, b    map[Ref]Task
	later   map[Ref][]Ref // the tasks of b in force that follow one of a
	dropped map[Ref]Ref   // the retired task of b that follows one of a
	changes []Change
}

// task notes what became different in a task of b in force. A split is noted with
// the first of its parts.
func (c *comparison) task(to Ref) {
	from := c.b[to].Follows
	if len(from) == 0 {
		c.note(Added, nil, []Ref{to})
		return
	}
	if len(from) > 1 {
		c.note(Merged, from, []Ref{to})
	}
	split := false
	for _, f := range from {
		if parts := c.later[f]; len(parts) > 1 {
			split = true
			if parts[0] == to {
				c.note(Split, []Ref{f}, parts)
			}
		}
	}
	if len(from) == 1 && !split {
		c.single(from[0], to)
	}
}

// single notes the differences of a task that continues just one.
func (c *comparison) single(from, to Ref) {
	if c.a[from].Retired {
		c.note(Restored, []Ref{from}, []Ref{to})
	}
	if from.Measure != to.Measure || from.Task != to.Task {
		c.note(Moved, []Ref{from}, []Ref{to})
	}
	if !sameWords(c.a[from].Text, c.b[to].Text) {
		c.note(Reworded, []Ref{from}, []Ref{to})
	}
}

func (c *comparison) note(kind ChangeKind, from, to []Ref) {
	ch := Change{Kind: kind, From: slices.Clone(from), To: slices.Clone(to)}
	for _, r := range from {
		ch.Before = append(ch.Before, c.a[r].Text)
	}
	for _, r := range to {
		ch.After = append(ch.After, c.b[r].Text)
	}
	c.changes = append(c.changes, ch)
}

func tasks(p Plan) map[Ref]Task {
	all := map[Ref]Task{}
	for _, m := range p.Measures {
		for _, t := range m.Tasks {
			all[Ref{p.Revision, m.Number, t.Number}] = t
		}
	}
	return all
}

// allRefs are the tasks of a revision, the retired ones too, in order.
func allRefs(p Plan) []Ref {
	var rs []Ref
	for _, m := range p.Measures {
		for _, t := range m.Tasks {
			rs = append(rs, Ref{p.Revision, m.Number, t.Number})
		}
	}
	return rs
}
