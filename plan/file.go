package plan

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"padome/internal/problem"
)

// mostMegabytes is the largest file of a plan; the council's own has 9 kB.
const mostMegabytes = 5

var byteOrderMark = []byte("\ufeff")

// readFile reads a plan's file whole and refuses what cannot be one: too large,
// empty, a PDF, another binary, not UTF-8.
func readFile(r io.Reader) ([]byte, error) {
	const most = mostMegabytes << 20
	raw, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, fmt.Errorf("read plan: %w", err)
	}
	raw = bytes.TrimPrefix(raw, byteOrderMark)
	switch {
	case len(raw) > most:
		return nil, problem.New(problem.TooLarge, "problem.plan.large", "most", strconv.Itoa(mostMegabytes))
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, problem.New(problem.Invalid, "problem.plan.empty")
	case bytes.HasPrefix(raw, []byte("%PDF-")):
		return nil, problem.New(problem.Invalid, "problem.plan.pdf")
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")), bytes.IndexByte(raw, 0) >= 0:
		return nil, problem.New(problem.Invalid, "problem.plan.binary")
	}
	if at := invalid(raw); at >= 0 {
		return nil, problem.New(problem.Invalid, "problem.plan.encoding",
			"line", strconv.Itoa(lineAt(raw, at)), "value", fmt.Sprintf("0x%02X", raw[at]))
	}
	return raw, nil
}

// invalid is where the first byte stands that is no UTF-8; -1 when all is.
func invalid(raw []byte) int {
	if utf8.Valid(raw) {
		return -1
	}
	for at := 0; ; {
		r, n := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && n <= 1 {
			return at
		}
		at += n
	}
}

func lineAt(raw []byte, at int) int { return 1 + bytes.Count(raw[:at], []byte("\n")) }
