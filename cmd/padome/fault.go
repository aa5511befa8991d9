package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"padome/internal/locale"
	"padome/internal/problem"
	"padome/office"
	"padome/storage/store"
)

// fault is what went wrong in words, with the way out. A fault of usage is one
// of the command line itself.
type fault struct {
	key   string
	args  problem.Args
	usage bool
	cause error // for logs; nil where the words say all
}

func (f *fault) Error() string { return f.key + fmt.Sprint(f.args) }
func (f *fault) Unwrap() error { return f.cause }

// usage is a fault of the command line.
func usage(key string, args ...string) error {
	return &fault{key: key, args: problem.Pairs(args...), usage: true}
}

// fail is a fault of what the command line asks for.
func fail(cause error, key string, args ...string) error {
	return &fault{key: key, args: problem.Pairs(args...), cause: cause}
}

// hints are the ways out of what the packages below refuse, by message key.
var hints = map[string]string{
	"problem.plan.preview.none":    "cmd.hint.preview",
	"problem.plan.preview.other":   "cmd.hint.preview",
	"problem.storage.busy":         "cmd.hint.busy",
	"problem.storage.newer":        "cmd.hint.newer",
	"problem.storage.damaged":      "cmd.hint.damaged",
	"problem.storage.permission":   "cmd.hint.permission",
	"problem.missing.plan.any":     "cmd.hint.no-plan",
	"problem.office.no-plan":       "cmd.hint.no-plan",
	"problem.office.no-principles": "cmd.hint.no-principles",
	"problem.missing.account":      "cmd.hint.accounts",
	"problem.ledger.behind":        "cmd.hint.ledger.behind",
	"problem.ledger.differs":       "cmd.hint.ledger.behind",
	"problem.ledger.other":         "cmd.hint.ledger.behind",
	"problem.ledger.key":           "cmd.hint.ledger.key",
	"problem.ledger.mark":          "cmd.hint.ledger.mark",
}

// lasting are the refusals of a start that stay until somebody has done what the
// hint says; starting again and again changes nothing.
var lasting = []string{
	"problem.storage.newer", "problem.storage.older", "problem.storage.damaged", "problem.storage.unfinished",
	"problem.ledger.behind", "problem.ledger.differs", "problem.ledger.other", "problem.ledger.key", "problem.ledger.mark",
	"cmd.open.damaged", "cmd.ledger.key.missing", "cmd.ledger.key.unreadable",
}

// complains is how a complaint begins.
const complains = "padome: "

// complain tells an error and the way out, and returns the exit code.
func (m *Main) complain(c command, err error) int {
	say := func(key string, args problem.Args) string { return locale.Text(m.lang, key, args) }
	var lines []string
	hint, code := say("cmd.hint.help", problem.Pairs("command", strings.TrimSpace("help "+c.name))), failed
	if t, ok := errors.AsType[*told](err); ok {
		fmt.Fprint(m.Err, t.text)
		return failed
	}
	f, isFault := errors.AsType[*fault](err)
	p, isProblem := errors.AsType[*problem.Error](err)
	switch {
	case isFault:
		lines = append(lines, say(f.key, f.args))
		code = c.exitCode(f.key, f.usage)
		if key := f.key + ".hint"; locale.Has(key) {
			hint = say(key, f.args)
		}
	case isProblem:
		lines, code = append(lines, say(p.Key, p.Args)), c.exitCode(p.Key, false)
		for _, x := range p.Fields {
			lines = append(lines, "  "+x.Name+": "+say(x.Key, x.Args))
		}
		if key := hints[p.Key]; key != "" {
			hint = say(key, nil)
		}
	case errors.Is(err, context.Canceled):
		lines, hint = append(lines, say("cmd.interrupted", nil)), say("cmd.interrupted.hint", nil)
	default:
		lines = append(lines, say("cmd.error", problem.Pairs("error", err.Error())))
	}
	if newest := office.NewestBackup(m.backups); newest != "" && errors.Is(err, store.ErrDamaged) && c.name != "restore" {
		hint = say("cmd.hint.restore", problem.Pairs("backup", newest))
	}
	fmt.Fprintln(m.Err, complains+strings.Join(lines, "\n"))
	fmt.Fprintln(m.Err, "hint: "+hint)
	return code
}

// exitCode is what the command ends with when it fails for this reason.
func (c command) exitCode(key string, usage bool) int {
	switch {
	case usage:
		return misuse
	case c.name == "serve" && slices.Contains(lasting, key):
		return refused
	}
	return failed
}

// note tells, beside what the command writes, how it goes about it.
func (m *Main) note(key string, args ...string) {
	fmt.Fprintln(m.Err, complains+locale.Text(m.lang, key, problem.Pairs(args...)))
}
