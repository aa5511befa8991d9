package exchange

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"padome/plan"
)

// The columns of a plan as records: one row for each thing that it says.
const (
	kindColumn    = "Veids"
	numberColumn  = "Nr."
	textColumn    = "Teksts"
	moreColumn    = "Papildus"
	followsColumn = "Turpina"
	stateColumn   = "Statuss"
)

var columns = []string{kindColumn, numberColumn, textColumn, moreColumn, followsColumn, stateColumn}

// The kinds of rows.
const (
	revisionRow = "Redakcija"
	titleRow    = "Nosaukums"
	periodRow   = "Periods"
	approvedRow = "Apstiprināts"
	proposedRow = "Projekts" // in place of it: no session has decided on it yet
	approvalRow = "Apstiprinājums"
	signerRow   = "Parakstītājs"
	headingRow  = "Mērķu virsraksts"
	preambleRow = "Ievads"
	goalRow     = "Mērķis"
	measureRow  = "Pasākums"
	taskRow     = "Uzdevums"
	resultRow   = "Rezultāts"
)

var kindsOfRows = []string{revisionRow, titleRow, periodRow, approvedRow, proposedRow, approvalRow, signerRow,
	headingRow, preambleRow, goalRow, measureRow, taskRow, resultRow}

const retiredWord = "svītrots"

// records are the rows of a plan under the columns.
func records(p *plan.Plan) [][]string {
	rows := [][]string{
		{revisionRow, strconv.Itoa(p.Revision), "", "", "", ""},
		{titleRow, "", p.Title, "", "", ""},
		{periodRow, "", fmt.Sprintf("%d–%d", p.From, p.Until), "", "", ""},
	}
	if p.Proposed {
		rows = append(rows, []string{proposedRow, "", string(p.Approved), "groza šajā dienā apstiprināto redakciju", "", ""})
	} else {
		rows = append(rows, []string{approvedRow, "", string(p.Approved), "", "", ""})
	}
	add := func(kind, number, text, more string) {
		rows = append(rows, []string{kind, number, text, more, "", ""})
	}
	some := func(kind, text string) {
		if text != "" {
			add(kind, "", text, "")
		}
	}
	some(approvalRow, p.Approval)
	for _, s := range p.Signers {
		add(signerRow, "", s.Name, s.Role)
	}
	some(headingRow, p.Heading)
	for _, g := range p.Goals {
		add(goalRow, strconv.Itoa(g.Number), g.Text, "")
	}
	some(preambleRow, p.Preamble)
	for _, m := range p.Measures {
		goal := ""
		if m.Goal > 0 {
			goal = strconv.Itoa(m.Goal)
		}
		add(measureRow, strconv.Itoa(m.Number), m.Text, goal)
		for _, t := range m.Tasks {
			state := ""
			if t.Retired {
				state = retiredWord
			}
			rows = append(rows, []string{taskRow, label(m.Number, t.Number), t.Text, "", followed(t.Follows), state})
		}
		for _, r := range m.Results {
			add(resultRow, strconv.Itoa(m.Number), r, "")
		}
	}
	return rows
}

func label(measure, task int) string { return plan.Ref{Measure: measure, Task: task}.Label() }

// followed writes references as "1/3.2, 1/3.3".
func followed(rs []plan.Ref) string {
	var s []string
	for _, r := range rs {
		s = append(s, r.Key())
	}
	return strings.Join(s, ", ")
}

var refForm = regexp.MustCompile(`^(\d{1,4})/(\d{1,3})\.(\d{1,3})\.?$`)

// parseFollowed reads what followed writes.
func parseFollowed(s string) (rs []plan.Ref, ok bool) {
	for part := range strings.SplitSeq(s, ",") {
		m := refForm.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			return nil, false
		}
		n := [3]int{}
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1]) // at most four digits
		}
		rs = append(rs, plan.Ref{Revision: n[0], Measure: n[1], Task: n[2]})
	}
	return rs, true
}
