package main

import (
	"cmp"
	"context"
	"flag"
	"runtime/debug"
	"strings"

	"padome/cmd/padome/tell"
)

func (m *Main) tell() *tell.Teller { return tell.New(m.Out, m.lang) }

// helpOn tells about the program, or about the command that is named.
func (m *Main) helpOn(_ context.Context, o *options) error {
	if len(o.args) == 0 {
		return m.overview()
	}
	c, _, err := find(o.args)
	if err != nil {
		name := strings.Join(o.args, " ")
		for _, sub := range commands() {
			if strings.HasPrefix(sub.name, name+" ") {
				if err := m.help(sub); err != nil {
					return err
				}
				c.name = name
			}
		}
		if c.name != "" {
			return nil
		}
		return err
	}
	return m.help(c)
}

func (m *Main) overview() error {
	t := m.tell()
	t.Line(0, "cmd.help")
	t.Print("")
	for _, c := range commands() {
		name := "  padome " + c.name + strings.Repeat(" ", max(1, 22-len(c.name)))
		t.Wrapped(0, name, t.Say("cmd.help."+c.key()))
	}
	t.Print("")
	t.Line(0, "cmd.help.more")
	return t.Err()
}

// help tells how one command is called.
func (m *Main) help(c command) error {
	t := m.tell()
	line := "padome " + c.name
	for _, a := range c.args {
		line += " " + a
	}
	for _, a := range c.more {
		line += " [" + a + "]"
	}
	if len(c.flags) > 0 {
		line += " [--…]"
	}
	t.Print(line)
	t.Wrapped(1, "", t.Say("cmd.help."+c.key()))
	c.flagSet(&options{}).VisitAll(func(f *flag.Flag) {
		t.Wrapped(1, "--"+f.Name+strings.Repeat(" ", max(1, 18-len(f.Name))), t.Say(cmp.Or(c.flagHelp(f.Name), "cmd.flag.help."+f.Name)))
		t.Wrapped(10, "  ", t.Say("cmd.flag.variable", "name", variable(f.Name)))
	})
	return t.Err()
}

// flagHelp is the message of a flag that means something of its own in the command.
func (c command) flagHelp(flag string) string {
	if flag == "apply" && c.name == "retention" {
		return "cmd.flag.help.erase"
	}
	return ""
}

// version tells which build of the program this is.
func (m *Main) version(context.Context, *options) error {
	t := m.tell()
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	t.Print("padome " + cmp.Or(strings.Trim(info.Main.Version, "()"), "devel"))
	if rev := settings["vcs.revision"]; rev != "" {
		t.Line(0, "cmd.version.revision", "revision", rev[:min(12, len(rev))], "time", settings["vcs.time"])
	}
	t.Line(0, "cmd.version.built", "go", info.GoVersion, "os", settings["GOOS"], "arch", settings["GOARCH"])
	return t.Err()
}
