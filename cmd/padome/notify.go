package main

import (
	"log/slog"
	"net"
	"strings"
)

// supervised reports whether systemd started the program and waits to be told
// that it is ready.
func (m *Main) supervised() bool { return m.Env("NOTIFY_SOCKET") != "" }

// notify tells systemd how the service stands, where systemd asks for it
// (Type=notify): a start is over once requests are answered, and one that fails
// is told as failed to whoever asked for it. What cannot be told is logged.
func (m *Main) notify(log *slog.Logger, states ...string) {
	if !m.supervised() {
		return
	}
	// A name that begins with @ is one in no folder; package net knows it so too.
	c, err := net.Dial("unixgram", m.Env("NOTIFY_SOCKET"))
	if err == nil {
		_, err = c.Write([]byte(strings.Join(states, "\n")))
		c.Close()
	}
	if err != nil {
		log.Error("telling systemd failed", "error", err)
	}
}
