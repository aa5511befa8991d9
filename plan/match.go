package plan

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"padome/internal/problem"
)

// mostPairs is how many pairs of tasks are compared at most: above that no
// predecessors are proposed.
const mostPairs = 500_000

// How says on what ground a task continues another one.
type How string

const (
	Given     How = "given"   // somebody said so when the file was brought in
	InFile    How = "file"    // the file itself names it
	SameWords How = "same"    // it reads the same
	Similar   How = "similar" // it reads alike: proposed, for a person to confirm
)

// Match is a task of a plan from a file, the tasks it continues, and why that is
// thought. Sure is in per cent: how alike the words are.
type Match struct {
	Task    Ref   `json:"task"`
	Follows []Ref `json:"follows"`
	How     How   `json:"how"`
	Sure    int   `json:"sure"`
}

// Mapping says of tasks of a plan from a file, by their number, which tasks of the
// revision in force they continue; none for a new task. Revisions in it are not
// looked at.
type Mapping map[Ref][]Ref

// mostMapped is how many tasks a mapping may name.
const mostMapped = 999

// ParseMapping reads a mapping from its short form: "3.2=3.2+3.3,4.1=new". A blank
// stands for a plus, as addresses have it. It fails with a *problem.Error that
// shows the part it cannot read.
func ParseMapping(s string) (Mapping, error) {
	m := Mapping{}
	if strings.TrimSpace(s) == "" {
		return m, nil
	}
	parts := strings.Split(s, ",")
	if len(parts) > mostMapped {
		return nil, fieldFault("follows", "problem.plan.many", "value", strconv.Itoa(len(parts)), "most", strconv.Itoa(mostMapped))
	}
	var l problem.List
	for _, part := range parts {
		left, right, found := strings.Cut(part, "=")
		task, ok := parseNumber(left)
		follows, ok2 := parseFollows(right)
		if _, twice := m[task]; !found || !ok || !ok2 || twice {
			l.Add("follows", "problem.plan.mapping", "value", shown(strconv.Quote(strings.TrimSpace(part))))
			continue
		}
		m[task] = follows
	}
	return m, l.Err()
}

func parseFollows(s string) ([]Ref, bool) {
	if strings.TrimSpace(s) == "new" {
		return nil, true
	}
	var rs []Ref
	for f := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '+' || r == ' ' }) {
		r, ok := parseNumber(f)
		if !ok {
			return nil, false
		}
		rs = append(rs, r)
	}
	return rs, len(rs) > 0
}

// parseNumber reads the number of a task: "8.2", with or without a full stop.
func parseNumber(s string) (Ref, bool) {
	m, t, ok := strings.Cut(strings.TrimSuffix(strings.TrimSpace(s), "."), ".")
	measure, err1 := strconv.Atoi(m)
	task, err2 := strconv.Atoi(t)
	return Ref{0, measure, task}, ok && err1 == nil && err2 == nil && measure > 0 && task > 0
}

// Likeness, in per cent, from which a predecessor is proposed.
const (
	leastAlike  = 50
	leastWithin = 70
)

// matching finds the predecessors of the tasks of a plan that names none.
type matching struct {
	prev, next *Plan
	old, new   map[Ref]bag
	left       []Ref // tasks of prev that nothing continues yet
	open       []Ref // tasks of next that continue nothing yet
	found      map[Ref]Match
}

// match gives every task of next the tasks of prev that it continues: those that
// were given, those that the file names when it was made as the revision after
// prev, then by the same words, then by likeness. The plan in next is changed.
func match(prev, next *Plan, given Mapping) ([]Match, error) {
	m := matching{prev: prev, next: next, old: bags(prev), new: bags(next), found: map[Ref]Match{}}
	named := m.named()
	if err := m.given(given); err != nil {
		return nil, err
	}
	m.rest()
	if named {
		return m.put(), nil
	}
	m.same(func(o, n Ref) bool { return o.Measure == n.Measure && o.Task == n.Task })
	m.same(func(o, n Ref) bool { return o.Measure == n.Measure })
	m.same(func(o, n Ref) bool { return true })
	if len(m.left)*len(m.new)+len(m.open)*len(m.old) <= mostPairs {
		m.alike()
		m.parts()
	}
	return m.put(), nil
}

func bags(p *Plan) map[Ref]bag {
	all := map[Ref]bag{}
	for r, t := range tasks(*p) {
		all[r] = bagOf(t.Text)
	}
	return all
}

// named reports whether the file says itself what its tasks continue. What it says
// of an older revision than prev is not of use here and is dropped.
func (m *matching) named() bool {
	some := false
	for i := range m.next.Measures {
		for j := range m.next.Measures[i].Tasks {
			t := &m.next.Measures[i].Tasks[j]
			if m.next.Revision != m.prev.Revision+1 {
				t.Follows = nil
			}
			some = some || len(t.Follows) > 0
		}
	}
	m.next.Revision = m.prev.Revision + 1
	m.old, m.new = bags(m.prev), bags(m.next)
	for _, r := range allRefs(*m.next) {
		if t, _ := m.next.Task(r.Measure, r.Task); len(t.Follows) > 0 {
			m.found[r] = Match{r, slices.Clone(t.Follows), InFile, 100}
		}
	}
	return some
}

func (m *matching) given(given Mapping) error {
	var l problem.List
	for task, follows := range given {
		task.Revision = m.next.Revision
		if _, ok := m.new[task]; !ok {
			l.Add("follows", "problem.plan.mapping.task", "value", task.Label())
		}
		g := Match{Task: task, Follows: []Ref{}, How: Given, Sure: 100}
		for _, f := range follows {
			f.Revision = m.prev.Revision
			if _, ok := m.old[f]; !ok {
				l.Add("follows", "problem.plan.follows.none", "value", f.Label(), "revision", strconv.Itoa(f.Revision))
			}
			g.Follows = append(g.Follows, f)
		}
		m.found[task] = g
	}
	return l.Err()
}

// rest notes which tasks are still without the other.
func (m *matching) rest() {
	used := map[Ref]bool{}
	for _, f := range m.found {
		for _, r := range f.Follows {
			used[r] = true
		}
	}
	m.left = slices.DeleteFunc(allRefs(*m.prev), func(r Ref) bool { return used[r] })
	m.open = slices.DeleteFunc(allRefs(*m.next), func(r Ref) bool { _, ok := m.found[r]; return ok })
}

// same matches tasks that read the same and stand as asked.
func (m *matching) same(place func(o, n Ref) bool) {
	old, new := tasks(*m.prev), tasks(*m.next)
	byText := map[string][]Ref{}
	for _, r := range m.left {
		k := strings.TrimRight(old[r].Text, ".;")
		byText[k] = append(byText[k], r)
	}
	taken := map[Ref]bool{}
	for _, n := range m.open {
		for _, o := range byText[strings.TrimRight(new[n].Text, ".;")] {
			if !taken[o] && place(o, n) {
				taken[o] = true
				m.found[n] = Match{n, []Ref{o}, SameWords, 100}
				break
			}
		}
	}
	m.rest()
}

// alike matches what is left one to one, the most alike first; of equals those
// that stand nearest to each other.
func (m *matching) alike() {
	type pair struct {
		o, n       Ref
		sure, away int
	}
	var ps []pair
	for _, o := range m.left {
		for _, n := range m.open {
			if sure := m.old[o].alike(m.new[n]); sure >= leastAlike {
				ps = append(ps, pair{o, n, sure, max(o.Measure-n.Measure, n.Measure-o.Measure)})
			}
		}
	}
	slices.SortFunc(ps, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.sure, a.sure), cmp.Compare(a.away, b.away), a.o.Compare(b.o), a.n.Compare(b.n))
	})
	taken := map[Ref]bool{}
	for _, p := range ps {
		if _, done := m.found[p.n]; !done && !taken[p.o] {
			taken[p.o] = true
			m.found[p.n] = Match{p.n, []Ref{p.o}, Similar, p.sure}
		}
	}
	m.rest()
}

// parts proposes merged tasks, where the words of one that is left are in a task
// that reads otherwise than its predecessor, and split ones, where a task's words
// are in an old one that is continued in other words.
func (m *matching) parts() {
	for _, o := range m.left {
		best, at := leastWithin-1, Ref{}
		for _, n := range allRefs(*m.next) {
			if f, ok := m.found[n]; ok && f.How == Similar {
				if w := m.old[o].within(m.new[n]); w > best {
					best, at = w, n
				}
			}
		}
		if at != (Ref{}) {
			f := m.found[at]
			f.Follows, f.Sure = append(f.Follows, o), min(f.Sure, best)
			slices.SortFunc(f.Follows, Ref.Compare)
			m.found[at] = f
		}
	}
	changed := map[Ref]bool{}
	for _, f := range m.found {
		if f.How == Similar {
			for _, o := range f.Follows {
				changed[o] = true
			}
		}
	}
	for _, n := range m.open {
		best := leastWithin - 1
		for _, o := range allRefs(*m.prev) {
			if w := m.new[n].within(m.old[o]); changed[o] && w > best {
				best = w
				m.found[n] = Match{n, []Ref{o}, Similar, w}
			}
		}
	}
}

// put writes what was found into the plan and lists it in its order.
func (m *matching) put() []Match {
	all := []Match{}
	for i := range m.next.Measures {
		ms := &m.next.Measures[i]
		for j := range ms.Tasks {
			if f, ok := m.found[Ref{m.next.Revision, ms.Number, ms.Tasks[j].Number}]; ok {
				ms.Tasks[j].Follows = nil
				if len(f.Follows) > 0 {
					ms.Tasks[j].Follows = f.Follows
				}
				all = append(all, f)
			}
		}
	}
	return all
}
