package exchange

import (
	"bufio"
	"fmt"
	"io"

	"padome/plan"
)

// writeText writes a plan for people to read: everything in its order, without a
// table.
func writeText(w io.Writer, p *plan.Plan) error {
	b := bufio.NewWriter(w)
	if p.Proposed {
		fmt.Fprintf(b, "PROJEKTS (%s %s)\n", proposedFact, p.Approved)
	}
	fmt.Fprintf(b, "%s\n", p.Title)
	if p.Approval != "" {
		fmt.Fprintf(b, "%s\n", p.Approval)
	}
	for _, s := range p.Signers {
		fmt.Fprintf(b, "%s, %s\n", s.Name, s.Role)
	}
	fmt.Fprintf(b, "\n%s\n", p.Heading)
	for _, g := range p.Goals {
		fmt.Fprintf(b, "%d. %s\n", g.Number, g.Text)
	}
	if p.Preamble != "" {
		fmt.Fprintf(b, "\n%s\n", p.Preamble)
	}
	for _, m := range p.Measures {
		fmt.Fprintf(b, "\n%d. %s\n", m.Number, m.Text)
		for _, t := range m.Tasks {
			retired := ""
			if t.Retired {
				retired = " (" + retiredWord + ")"
			}
			fmt.Fprintf(b, "  %s %s%s\n", label(m.Number, t.Number), t.Text, retired)
		}
		for _, r := range m.Results {
			fmt.Fprintf(b, "  → %s\n", r)
		}
	}
	return b.Flush()
}
