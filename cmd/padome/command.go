package main

import (
	"context"
	"strings"
)

// command is one thing that the program does. Its words and its help are
// messages cmd.help.<name>.
type command struct {
	name  string   // "plan import"
	args  []string // names of what must follow
	more  []string // names of what may follow that
	flags []string
	run   func(*Main, context.Context, *options) error
}

// key is the command's part of its messages' keys.
func (c command) key() string { return strings.ReplaceAll(c.name, " ", "-") }

// commands are all commands, in the order that help lists them. It is a
// function because help itself is one of them.
func commands() []command {
	return []command{
		{name: "demo", flags: []string{"once", "all", "dir", "store", "listen", "ledger-key"}, run: (*Main).demo},
		{name: "serve", flags: []string{"dir", "store", "listen", "metrics", "backups", "url", "secure-cookies", "trusted-proxies", "ledger-key"}, run: (*Main).serve},
		{name: "plan import", args: []string{"FILE"}, flags: []string{"dir", "store", "check", "preview", "apply", "follows"}, run: (*Main).planImport},
		{name: "plan export", args: []string{"FILE"}, flags: []string{"dir", "store", "format"}, run: (*Main).planExport},
		{name: "plan diff", args: []string{"FILE", "FILE"}, flags: []string{"follows"}, run: (*Main).planDiff},
		{name: "plan review", flags: []string{"dir", "store"}, run: (*Main).planReview},
		{name: "plan show", flags: []string{"dir", "store", "json"}, run: (*Main).planShow},
		{name: "plan assign", args: []string{"TASK"}, flags: []string{"dir", "store", "responsible", "deadline", "group", "decided-by", "decided-on"}, run: (*Main).planAssign},
		{name: "plan assignments", flags: []string{"dir", "store", "all", "json"}, run: (*Main).planAssignments},
		{name: "principles list", flags: []string{"dir", "store", "json"}, run: (*Main).principlesList},
		{name: "principles show", more: []string{"VERSION"}, flags: []string{"dir", "store", "json"}, run: (*Main).principlesShow},
		{name: "principles import", args: []string{"FILE"}, flags: []string{"dir", "store"}, run: (*Main).principlesImport},
		{name: "principles propose", args: []string{"FILE", "GROUP"}, flags: []string{"dir", "store"}, run: (*Main).principlesPropose},
		{name: "principles agree", args: []string{"GROUP", "REFERENCE"}, more: []string{"ID"}, flags: []string{"decided-on", "dir", "store"}, run: (*Main).principlesAgree},
		{name: "principles adopt", more: []string{"ID"}, flags: []string{"dir", "store"}, run: (*Main).principlesAdopt},
		{name: "principles diff", args: []string{"A", "B"}, flags: []string{"dir", "store", "json"}, run: (*Main).principlesDiff},
		{name: "principles compare", args: []string{"A", "B"}, flags: []string{"dir", "store", "since", "until", "all", "json"}, run: (*Main).principlesCompare},
		{name: "principles overrides", flags: []string{"dir", "store", "since", "until", "json"}, run: (*Main).principlesOverrides},
		{name: "preview", flags: []string{"date", "scenario", "dir", "store", "all", "text", "json"}, run: (*Main).preview},
		{name: "forecast", flags: []string{"sessions", "date", "dir", "store", "all", "json"}, run: (*Main).forecast},
		{name: "delegations add", args: []string{"PERSON", "BODY", "FROM"}, more: []string{"UNTIL"}, flags: []string{"body-en", "dir", "store"}, run: (*Main).delegationsAdd},
		{name: "delegations", flags: []string{"dir", "store", "all", "json"}, run: (*Main).delegationsList},
		{name: "reminders sent", args: []string{"TAKEN", "NUMBER"}, flags: []string{"sent-to", "date", "dir", "store"}, run: (*Main).remindersSent},
		{name: "reminders", flags: []string{"date", "dir", "store", "all"}, run: (*Main).reminders},
		{name: "observers", flags: []string{"erase", "dir", "store", "json"}, run: (*Main).observers},
		{name: "retention", flags: []string{"apply", "dir", "store", "json"}, run: (*Main).retention},
		{name: "backlog", flags: []string{"dir", "store", "json"}, run: (*Main).backlog},
		{name: "coverage", flags: []string{"date", "dir", "store", "json"}, run: (*Main).coverage},
		{name: "evaluation", flags: []string{"year", "pdf", "html", "dir", "store"}, run: (*Main).evaluation},
		{name: "agenda export", args: []string{"DATE", "FILE"}, flags: []string{"dir", "store", "format"}, run: (*Main).agendaExport},
		{name: "minutes export", args: []string{"DATE", "FILE"}, flags: []string{"dir", "store", "format", "item", "public"}, run: (*Main).minutesExport},
		{name: "papers export", args: []string{"DATE", "FILE"}, flags: []string{"dir", "store"}, run: (*Main).papersExport},
		{name: "papers check", args: []string{"FILE"}, flags: []string{"json"}, run: (*Main).papersCheck},
		{name: "trust show", flags: []string{"dir", "store", "json"}, run: (*Main).trustShow},
		{name: "trust replace", args: []string{"FILE"}, flags: []string{"dir", "store"}, run: (*Main).trustReplace},
		{name: "check file", args: []string{"FILE"}, run: (*Main).checkFile},
		{name: "check", flags: []string{"dir", "store", "ledger-key"}, run: (*Main).check},
		{name: "backup", args: []string{"FILE"}, flags: []string{"dir", "store"}, run: (*Main).backup},
		{name: "restore", args: []string{"FILE"}, flags: []string{"to", "dir", "store"}, run: (*Main).restore},
		{name: "export", args: []string{"FILE"}, flags: []string{"council", "dir", "store"}, run: (*Main).export},
		{name: "import", args: []string{"FILE"}, flags: []string{"dir", "store"}, run: (*Main).importAll},
		{name: "verify", more: []string{"FILE"}, flags: []string{"frozen", "anchors", "data", "json", "key", "since", "proof"}, run: (*Main).verify},
		{name: "ledger show", flags: []string{"dir", "store", "ledger-key", "json"}, run: (*Main).ledgerShow},
		{name: "ledger rotate", flags: []string{"dir", "store", "ledger-key", "lost", "reason"}, run: (*Main).ledgerRotate},
		{name: "ledger accept-restore", flags: []string{"dir", "store", "ledger-key", "reason"}, run: (*Main).ledgerAccept},
		{name: "form export", args: []string{"OF", "FILE"}, flags: []string{"dir", "store"}, run: (*Main).formExport},
		{name: "form import", args: []string{"FILE"}, flags: []string{"dir", "store"}, run: (*Main).formImport},
		{name: "migrate", flags: []string{"dir", "store"}, run: (*Main).migrate},
		{name: "move", flags: []string{"from", "to"}, run: (*Main).move},
		{name: "user add", args: []string{"LOGIN"}, flags: []string{"dir", "store", "url", "person", "given", "surname", "gender", "role", "side"}, run: (*Main).userAdd},
		{name: "user list", flags: []string{"dir", "store"}, run: (*Main).userList},
		{name: "user reset", args: []string{"LOGIN"}, flags: []string{"dir", "store", "url"}, run: (*Main).userReset},
		{name: "version", run: (*Main).version},
		{name: "help", run: (*Main).helpOn},
	}
}

// find finds the command that the arguments begin with, and what follows it.
func find(args []string) (command, []string, error) {
	if len(args) == 0 {
		return command{}, nil, usage("cmd.none")
	}
	switch args[0] {
	case "-h", "-help", "--help":
		args = append([]string{"help"}, args[1:]...)
	case "-version", "--version":
		args = []string{"version"}
	}
	var below []string
	for _, c := range commands() {
		words := strings.Fields(c.name)
		if len(args) >= len(words) && strings.Join(args[:len(words)], " ") == c.name {
			return c, args[len(words):], nil
		}
		if words[0] == args[0] {
			below = append(below, c.name)
		}
	}
	if below != nil {
		return command{}, nil, usage("cmd.incomplete", "command", args[0], "choices", strings.Join(below, ", "))
	}
	return command{}, nil, usage("cmd.unknown", "value", args[0], "choices", strings.Join(first(commands()), ", "))
}

// first are the first words of commands, each once.
func first(all []command) []string {
	var words []string
	for _, c := range all {
		word, _, _ := strings.Cut(c.name, " ")
		if len(words) == 0 || words[len(words)-1] != word {
			words = append(words, word)
		}
	}
	return words
}
