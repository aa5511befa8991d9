package exchange

import (
	"archive/zip"
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
)

const (
	documentPart  = "word/document.xml"
	stylesPart    = "word/styles.xml"
	numberingPart = "word/numbering.xml"
)

// readDOCX reads a plan from a document: by the styles of what we wrote, else as
// people write it, with approval, title and goals above a table of four columns.
func readDOCX(raw []byte) (plan.Plan, []plan.Unplaced, error) {
	bs, err := body(raw)
	if err != nil {
		return plan.Plan{}, nil, err
	}
	at := slices.IndexFunc(bs, func(b block) bool { return len(b.rows) > 0 && len(headOf(b.rows[0])) > 1 })
	if at < 0 {
		var l problem.List
		l.Add("table", "problem.plan.table", "head", "Nr. p. k. Pasākums Uzdevumi Sagaidāmais rezultāts")
		return plan.Plan{}, nil, l.Err()
	}
	if missing := headOf(bs[at].rows[0]).missing(); missing != nil {
		return plan.Plan{}, nil, missingColumns("", missing...)
	}
	w := wordReading{tableReading: tableReading{plan: plan.Plan{Revision: 1}, places: map[string]string{}}}
	if slices.ContainsFunc(bs, func(b block) bool { return b.rows == nil && b.para.style == factsStyle }) {
		w.ownHead(bs[:at])
	} else if err := w.foreignHead(bs[:at]); err != nil {
		return plan.Plan{}, nil, err
	}
	w.tables(bs[at:])
	return w.done()
}

// body is the text of a document.
func body(raw []byte) ([]block, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, problem.New(problem.Invalid, "problem.exchange.damaged")
	}
	parts := map[string]*node{}
	for _, name := range []string{documentPart, stylesPart, numberingPart} {
		raw, err := part(z, name)
		if err != nil {
			return nil, err
		}
		if parts[name], err = parseXML(raw); err != nil {
			return nil, err
		}
	}
	b := parts[documentPart].child("document", "body")
	if b == nil {
		return nil, problem.New(problem.Invalid, "problem.exchange.damaged")
	}
	r := bodyReading{lists: lists(parts[numberingPart].child("numbering")), names: map[string]string{}}
	if styles := parts[stylesPart].child("styles"); styles != nil {
		for _, s := range all(styles, "style") {
			r.names[s.attr("styleId")] = s.child("name").attr("val")
		}
	}
	return r.blocks(b), nil
}

// lists says of each list of a document whether it has numbers or bullets.
func lists(n *node) map[string]string {
	kind, of := map[string]string{}, map[string]string{}
	if n == nil {
		return of
	}
	for _, a := range all(n, "abstractNum") {
		kind[a.attr("abstractNumId")] = "number"
		if a.child("lvl", "numFmt").attr("val") == "bullet" {
			kind[a.attr("abstractNumId")] = "bullet"
		}
	}
	for _, num := range all(n, "num") {
		of[num.attr("numId")] = kind[num.child("abstractNumId").attr("val")]
	}
	return of
}

func headOf(r wordRow) tableColumns {
	titles := make([]string, len(r.cells))
	for i, c := range r.cells {
		titles[i] = joinLines(lines(c.paras))
	}
	return columnsOf(titles)
}

// lines are the lines of paragraphs that hold something.
func lines(ps []para) (ls []cellLine) {
	for _, p := range ps {
		first := true
		for s := range strings.SplitSeq(p.text(), "\n") {
			if s = tidy(s); s != "" {
				mark, _ := withoutMark(s, 0)
				ls = append(ls, cellLine{n: p.n, text: s, first: first || mark != s, list: first && p.list != ""})
				first = false
			}
		}
	}
	return ls
}

// wordReading is a plan while a document is read.
type wordReading struct {
	tableReading
}

// foreignHead reads what people wrote above the table. Goals that a list numbers
// get their numbers back.
func (w *wordReading) foreignHead(bs []block) error {
	var above []plan.Paragraph
	gap, number := false, 0
	for _, b := range bs {
		for _, p := range b.flat() {
			ls := lines([]para{p})
			if len(ls) == 0 {
				gap = true
				continue
			}
			if p.list == "number" {
				number++
				ls[0].text = strconv.Itoa(number) + ". " + ls[0].text
			}
			for _, l := range ls {
				above = append(above, plan.Paragraph{N: l.n, Text: l.text, Gap: gap})
				gap = false
			}
		}
	}
	p, unplaced, err := plan.ParseHead(above)
	w.plan, w.unplaced = p, unplaced
	return err
}

// tables reads the plan's table, with the tables that go on with it, and leaves
// what stands outside.
func (w *wordReading) tables(bs []block) {
	var columns tableColumns
	for _, b := range bs {
		if b.rows == nil {
			if s := tidy(b.para.text()); b.para.style != factsStyle && !strings.HasPrefix(s, "* Dokuments ir parakstīts") {
				w.leave(lines([]para{b.para}))
			}
			continue
		}
		if head := headOf(b.rows[0]); head.missing() == nil {
			columns = head
		} else if len(b.rows[0].cells) != len(bs[0].rows[0].cells) {
			w.leave(lines(b.flat()))
			continue
		}
		for _, r := range b.rows {
			w.row(wordTableRow(r, columns))
		}
	}
}

func wordTableRow(r wordRow, columns tableColumns) tableRow {
	cell := func(of tableOf) []para {
		if i := columns[of]; i < len(r.cells) && !(r.cells[i].continued && of < tasksOf) {
			return r.cells[i].paras
		}
		return nil
	}
	t := tableRow{column: columns, number: joinLines(lines(cell(numberOf))),
		name: func(column int) string { return fmt.Sprintf("table.row[%d].column[%d]", r.n, column+1) }}
	var measure []para
	for _, p := range cell(measureOf) {
		if m := goalForm.FindStringSubmatch(p.text()); p.style == noteStyle && m != nil {
			t.goal, _ = strconv.Atoi(m[1])
			continue
		}
		measure = append(measure, p)
	}
	t.measure = lines(measure)
	for _, p := range cell(tasksOf) {
		t.tasks = append(t.tasks, taskLines(p)...)
	}
	for _, p := range cell(resultsOf) {
		if p.style == resultStyle {
			t.results = append(t.results, exact(p, p.text())...)
			continue
		}
		t.results = append(t.results, lines([]para{p})...)
	}
	return t
}

// exact is a text that we wrote; none for a paragraph emptied since.
func exact(p para, s string) []cellLine {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return []cellLine{{n: p.n, text: s, first: true, exact: true}}
}

// taskLines are the lines of a paragraph of tasks. In one of ours the number is
// furniture, and a note says what the task continues and whether it is retired.
func taskLines(p para) []cellLine {
	if p.style != taskStyle {
		return lines([]para{p})
	}
	var text, note strings.Builder
	for _, r := range p.runs {
		switch r.style {
		case numberStyle:
		case noteStyle + charSuffix:
			note.WriteString(r.text)
		default:
			text.WriteString(r.text)
		}
	}
	ls := exact(p, text.String())
	if len(ls) == 0 {
		return nil
	}
	for part := range strings.SplitSeq(strings.Trim(note.String(), " []"), ";") {
		part = strings.TrimSpace(part)
		refs, follows := strings.CutPrefix(part, followsWord)
		ok := part == "" || part == retiredWord
		if follows {
			ls[0].task.Follows, ok = parseFollowed(refs)
		}
		ls[0].task.Retired = ls[0].task.Retired || part == retiredWord
		if !ok {
			ls[0].wrong = part
		}
	}
	return ls
}

var (
	goalForm  = regexp.MustCompile(`^\((\d{1,2})\. mērķis\)$`)
	factsForm = regexp.MustCompile(`^Redakcija: (\d{1,4}); periods: (\d{4})–(\d{4}); (apstiprināts|` + proposedFact + `): (\d{4}-\d{2}-\d{2})$`)
)

// ownHead reads what we wrote above the table: each paragraph says by its style
// what it is.
func (w *wordReading) ownHead(bs []block) {
	var preamble []string
	for _, b := range bs {
		p, place := b.para, "paragraph["+strconv.Itoa(b.para.n)+"]"
		s := strings.TrimSpace(p.text())
		if s == "" && p.style != preambleStyle {
			continue
		}
		switch p.style {
		case markStyle:
		case approvalStyle:
			w.plan.Approval, w.places["approval"] = s, place
		case signerStyle:
			name, role, _ := strings.Cut(s, "\t")
			w.places[fmt.Sprintf("signers[%d]", len(w.plan.Signers))] = place
			w.plan.Signers = append(w.plan.Signers, plan.Signer{Name: name, Role: role})
		case titleStyle:
			w.plan.Title, w.places["title"] = s, place
		case headingStyle:
			w.plan.Heading, w.places["heading"] = s, place
		case goalStyle:
			w.goal(p, place)
		case preambleStyle:
			preamble = append(preamble, p.text())
			w.places["preamble"] = place
		case factsStyle:
			w.facts(s, place)
		default:
			w.leave(lines(b.flat()))
		}
	}
	w.plan.Preamble = strings.Join(preamble, "\n")
}

func (w *wordReading) goal(p para, place string) {
	var text strings.Builder
	for _, r := range p.runs {
		if r.style != numberStyle {
			text.WriteString(r.text)
		}
	}
	n := len(w.plan.Goals)
	w.places[fmt.Sprintf("goals[%d]", n)] = place
	w.plan.Goals = append(w.plan.Goals, plan.Goal{Number: n + 1, Text: text.String()})
}

// facts reads the line of what has no place of its own in the plan's form.
func (w *wordReading) facts(s, place string) {
	m := factsForm.FindStringSubmatch(s)
	if m == nil {
		w.faults.Add(place, "problem.exchange.facts", "value", clip(s))
		return
	}
	w.plan.Revision, _ = strconv.Atoi(m[1])
	w.plan.From, _ = strconv.Atoi(m[2])
	w.plan.Until, _ = strconv.Atoi(m[3])
	w.plan.Proposed, w.plan.Approved = m[4] == proposedFact, council.Date(m[5])
	for _, path := range []string{"revision", "from", "until", "approved"} {
		w.places[path] = place
	}
}
