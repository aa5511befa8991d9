package main

import (
	"errors"
	"flag"
	"io"
	"slices"
	"strings"

	"padome/internal/locale"
)

// options are what the flags of all commands say, and the arguments.
type options struct {
	args []string

	dir, listen, metrics, backups, url, lang, date string
	person, given, surname, gender                 string
	role, side, trustedProxies                     string
	apply, follows, format                         string
	frozen, anchors, data                          string
	store, from, to, since, until                  string
	responsible, deadline, group                   string
	decidedBy, decidedOn, year, pdf, html          string
	bodyEN, sentTo                                 string
	once, all, check, json, secureCookies          bool
	sessions                                       int
	scenario                                       string
	text                                           bool
	preview, erase, public                         bool
	item                                           string
	council                                        uint64

	ledgerKey, reason, key, proof string
	lost                          bool
}

const defaultListen = "127.0.0.1:8080"

// define defines one flag.
func (o *options) define(fs *flag.FlagSet, name string) {
	texts := map[string]*string{
		"dir": &o.dir, "metrics": &o.metrics, "backups": &o.backups, "url": &o.url, "lang": &o.lang, "date": &o.date, "person": &o.person, "given": &o.given,
		"surname": &o.surname, "gender": &o.gender, "role": &o.role, "side": &o.side, "trusted-proxies": &o.trustedProxies,
		"apply": &o.apply, "follows": &o.follows, "format": &o.format,
		"store": &o.store, "scenario": &o.scenario, "from": &o.from, "to": &o.to, "since": &o.since, "until": &o.until,
		"responsible": &o.responsible, "deadline": &o.deadline,
		"group": &o.group, "decided-by": &o.decidedBy, "decided-on": &o.decidedOn,
		"frozen": &o.frozen, "anchors": &o.anchors, "data": &o.data,
		"body-en": &o.bodyEN, "sent-to": &o.sentTo,
		"year": &o.year, "item": &o.item, "pdf": &o.pdf, "html": &o.html,
	}
	texts["ledger-key"], texts["reason"] = &o.ledgerKey, &o.reason
	texts["key"], texts["proof"] = &o.key, &o.proof
	switches := map[string]*bool{
		"lost":    &o.lost,
		"preview": &o.preview, "erase": &o.erase, "public": &o.public,
		"once": &o.once, "all": &o.all, "check": &o.check, "json": &o.json, "text": &o.text, "secure-cookies": &o.secureCookies,
	}
	switch {
	case name == "listen":
		fs.StringVar(&o.listen, name, defaultListen, "")
	case name == "council":
		fs.Uint64Var(&o.council, name, 0, "")
	case name == "sessions":
		fs.IntVar(&o.sessions, name, 0, "")
	case texts[name] != nil:
		fs.StringVar(texts[name], name, "", "")
	default:
		fs.BoolVar(switches[name], name, false, "")
	}
}

// flagSet has the flags of a command, to be read into o.
func (c command) flagSet(o *options) *flag.FlagSet {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	for _, name := range c.flags {
		if name == "apply" && c.name == "retention" { // there it names nothing
			fs.BoolVar(&o.erase, name, false, "")
			continue
		}
		o.define(fs, name)
	}
	o.define(fs, "lang")
	return fs
}

// parse reads a command's flags, which may stand before and after its
// arguments. A flag that is not given has the value of its variable in the
// environment.
func (m *Main) parse(c command, args []string) (o *options, help bool, err error) {
	o = &options{}
	fs := c.flagSet(o)
	for len(args) > 0 {
		if err := fs.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return o, true, nil
			}
			return o, false, c.flagFault(err)
		}
		if args = fs.Args(); len(args) > 0 {
			o.args, args = append(o.args, args[0]), args[1:]
		}
	}
	given := map[string]bool{}
	fs.Visit(func(f *flag.Flag) { given[f.Name] = true })
	fs.VisitAll(func(f *flag.Flag) {
		value := m.Env(variable(f.Name))
		if value == "" || given[f.Name] || err != nil {
			return
		}
		if fs.Set(f.Name, value) != nil {
			err = usage("cmd.flag.environment", "name", variable(f.Name), "value", value)
		}
	})
	if err == nil {
		err = c.checkArgs(o)
	}
	if err == nil && c.name != "demo" { // which keeps its files in the folder
		err = o.place(given)
	}
	return o, false, err
}

// place makes the store, if there is one, where the command finds its data. Of a
// flag and a variable the flag counts.
func (o *options) place(given map[string]bool) error {
	switch {
	case o.store == "" || given["dir"] && !given["store"]:
		return nil
	case given["dir"]:
		return usage("cmd.store.both")
	}
	o.dir = o.store
	return nil
}

func (c command) checkArgs(o *options) error {
	if l := o.lang; l != "" && !slices.Contains(locale.Langs, locale.Lang(l)) {
		return usage("cmd.flag.lang", "value", l)
	}
	switch {
	case c.name == "help":
		return nil
	case len(o.args) < len(c.args):
		return usage("cmd.args.missing", "name", c.args[len(o.args)], "command", c.name)
	case len(o.args) > len(c.args)+len(c.more):
		return usage("cmd.args.many", "value", o.args[len(c.args)+len(c.more)], "command", c.name)
	}
	return nil
}

// variable is the name in the environment that stands in for a flag.
func variable(flag string) string {
	return "PADOME_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// flagFault puts what package flag finds wrong into words of the catalogue.
func (c command) flagFault(err error) error {
	s := err.Error()
	if name, ok := strings.CutPrefix(s, "flag provided but not defined: -"); ok {
		names := []string{}
		for _, f := range c.flags {
			names = append(names, "--"+f)
		}
		return usage("cmd.flag.unknown", "value", name, "command", c.name, "choices", strings.Join(append(names, "--lang"), ", "))
	}
	if name, ok := strings.CutPrefix(s, "flag needs an argument: -"); ok {
		return usage("cmd.flag.value", "name", name)
	}
	return usage("cmd.flag.wrong", "error", s)
}

// language is the language of everything the program says: of the flag, the
// variable, else the one of the surroundings; Latvian when they have neither.
func (m *Main) language(args []string) locale.Lang {
	asked := []string{}
	for i, a := range args {
		name, value, joined := strings.Cut(strings.TrimLeft(a, "-"), "=")
		switch {
		case name != "lang" || !strings.HasPrefix(a, "-"):
		case joined:
			asked = append(asked, value)
		case i+1 < len(args):
			asked = append(asked, args[i+1])
		}
	}
	asked = append(asked, m.Env(variable("lang")), m.Env("LC_ALL"), m.Env("LANG"))
	for _, s := range asked {
		for _, l := range locale.Langs {
			if s == string(l) || strings.HasPrefix(s, string(l)+"_") {
				return l
			}
		}
	}
	return locale.LV
}
