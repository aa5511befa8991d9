package plan

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"padome/council"
	"padome/internal/problem"
)

// Unplaced is a line of a plan's text that belongs to no part of the plan.
type Unplaced struct {
	Line int    `json:"line"` // from 1
	Text string `json:"text"`
}

// ParseText reads a plan from the text that its PDF yields: the approval block,
// the title with the period, the goals, the preamble and the table of measures.
// It makes revision 1. Lines are joined to the texts they belong to, over page
// breaks too, and spelling stays as it is; only white space is collapsed. Every
// line that is neither part of the plan nor furniture of its pages comes back as
// Unplaced, in order.
//
// It fails with a *problem.Error when the file cannot be such a text, when a part
// is missing, when the measures are not numbered 1, 2, 3 … or have no tasks, and
// when Validate refuses the plan.
func ParseText(r io.Reader) (Plan, []Unplaced, error) {
	raw, err := readFile(r)
	if err != nil {
		return Plan{}, nil, err
	}
	rd := reading{plan: Plan{Revision: 1}}
	lines := split(raw, &rd.faults)
	if from, until, ok := rd.tableHead(lines); ok {
		rd.head(lines[:from])
		rd.table(lines[until:])
	} else {
		rd.faults.Add("measures", "problem.plan.table", "head", tableHead)
	}
	if err := rd.faults.Err(); err != nil {
		return Plan{}, nil, err
	}
	if err := rd.plan.Validate(); err != nil {
		return Plan{}, nil, err
	}
	slices.SortStableFunc(rd.unplaced, func(a, b Unplaced) int { return cmp.Compare(a.Line, b.Line) })
	return rd.plan, rd.unplaced, nil
}

// Paragraph is a paragraph above the table of a plan that is no plain text.
type Paragraph struct {
	N    int    // its number in the file, from 1
	Text string // one line
	Gap  bool   // an empty paragraph stands before it
}

// ParseHead reads a plan's approval block, title, goals and preamble from the
// paragraphs that stand above its table, as ParseText reads them. The plan it
// makes, as revision 1, has no measures yet, so that it is for the caller to
// validate. It fails with a *problem.Error when a part is missing.
func ParseHead(paragraphs []Paragraph) (Plan, []Unplaced, error) {
	rd := reading{plan: Plan{Revision: 1}}
	var ls []line
	for _, p := range paragraphs {
		if s := strings.Join(strings.Fields(norm.NFC.String(p.Text)), " "); s != "" {
			ls = append(ls, line{n: p.N, text: s, gap: p.Gap})
		}
	}
	rd.head(ls)
	if err := rd.faults.Err(); err != nil {
		return Plan{}, nil, err
	}
	return rd.plan, rd.unplaced, nil
}

// reading is a plan while its text is read.
type reading struct {
	plan     Plan
	unplaced []Unplaced
	faults   problem.List
}

// leave notes lines that belong to no part of the plan.
func (r *reading) leave(ls ...line) {
	for _, l := range ls {
		r.unplaced = append(r.unplaced, Unplaced{Line: l.n, Text: strings.TrimSpace(l.mark + " " + l.text)})
	}
}

var (
	approvedWord = regexp.MustCompile(`(?i)^apstiprināt[sa]$`)
	signedMark   = regexp.MustCompile(`(?i)^\(paraksts ?\*?\)$`)
	goalNumber   = regexp.MustCompile(`^(\d{1,2})\. (.+)$`)
	titlePeriod  = regexp.MustCompile(`darba plāns (\d{4})\.(?: ?[-–—] ?(\d{4})\.)? ?gadam`)
	dateWords    = regexp.MustCompile(`(\d{4})\. ?gada (\d{1,2})\. ?(` + strings.Join(months, "|") + `)\p{L}+`)
)

// months are the stems of the months' names: the case differs from text to text.
var months = []string{
	"janvār", "februār", "mart", "aprī", "maij", "jūnij",
	"jūlij", "august", "septembr", "oktobr", "novembr", "decembr",
}

// head reads what stands above the table.
func (r *reading) head(ls []line) {
	word := slices.IndexFunc(ls, func(l line) bool { return approvedWord.MatchString(l.text) })
	if word < 0 {
		r.faults.Add("approved", "problem.plan.approval")
		return
	}
	r.leave(ls[:word]...)
	approved, ls := ls[word], ls[word+1:]
	if end, _ := find(ls, titlePeriod); end < 0 {
		r.faults.Add("title", "problem.plan.title")
		return
	}
	day, date := find(ls, dateWords)
	approval, ls := ls[:day+1], ls[day+1:]
	end, period := find(ls, titlePeriod)
	if day < 0 || end < 0 { // no date, or the first one stands below the title
		r.faults.Add("approved", "problem.plan.approved", "line", strconv.Itoa(approved.n))
		return
	}
	month := slices.Index(months, date[3]) + 1
	r.plan.Approved = council.Date(fmt.Sprintf("%s-%02d-%02s", date[1], month, date[2]))
	r.plan.Approval = join(approval)
	r.plan.Title = join(r.signers(ls[:end+1]))
	r.plan.From, _ = strconv.Atoi(period[1])
	r.plan.Until, _ = strconv.Atoi(cmp.Or(period[2], period[1]))
	r.goals(ls[end+1:])
}

// find is the first line at which a pattern is complete, on that line alone or
// broken over it and the one before; -1 when there is none.
func find(ls []line, pattern *regexp.Regexp) (int, []string) {
	for i := range ls {
		if m := pattern.FindStringSubmatch(join(ls[max(i-1, 0) : i+1])); m != nil {
			return i, m
		}
	}
	return -1, nil
}

// signers reads name, mark and role of each who approved the plan, and returns
// the lines of the title after them. A role goes on until the next name; the last
// one until empty lines, or it has one line.
func (r *reading) signers(ls []line) (title []line) {
	from := 0 // the first line after the mark before
	for i, l := range ls {
		switch {
		case !signedMark.MatchString(l.text):
			continue
		case i == from:
			r.leave(l) // nobody's mark
		default:
			r.role(ls[from : i-1])
			r.plan.Signers = append(r.plan.Signers, Signer{Name: ls[i-1].text})
		}
		from = i + 1
	}
	rest := ls[from:]
	if len(r.plan.Signers) == 0 || len(rest) < 2 {
		return rest
	}
	gap := slices.IndexFunc(rest[1:], func(l line) bool { return l.gap })
	cut := max(gap+1, 1)
	r.role(rest[:cut])
	return rest[cut:]
}

// role gives the last signer a role; lines before the first name have no owner.
func (r *reading) role(ls []line) {
	if n := len(r.plan.Signers); n > 0 {
		r.plan.Signers[n-1].Role = join(ls)
		return
	}
	r.leave(ls...)
}

// goals reads the heading, the numbered goals and the preamble, which begins with
// the first new sentence or gap after the last goal.
func (r *reading) goals(ls []line) {
	var starts []int
	for i, l := range ls {
		m := goalNumber.FindStringSubmatch(l.text)
		if m != nil && m[1] == strconv.Itoa(len(starts)+1) && capital(m[2]) {
			starts = append(starts, i)
			ls[i].text = m[2]
		}
	}
	if len(starts) == 0 {
		r.plan.Preamble = join(ls)
		return
	}
	r.plan.Heading = join(ls[:starts[0]])
	end := starts[len(starts)-1] + 1
	for end < len(ls) && !ls[end].gap && !(ends(ls[end-1].text) && capital(ls[end].text)) {
		end++
	}
	r.plan.Preamble = join(ls[end:])
	for i, from := range starts {
		until := end
		if i+1 < len(starts) {
			until = starts[i+1]
		}
		r.plan.Goals = append(r.plan.Goals, Goal{Number: i + 1, Text: join(ls[from:until])})
	}
}
