package web

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// calendarEvent is a session as calendar programs take it. The UID never
// changes, and Sequence grows with every change, so that a moved session moves
// in calendars instead of standing there twice.
type calendarEvent struct {
	UID       string
	Sequence  uint64
	From      time.Time
	Until     time.Time
	Summary   string
	Place     string
	Cancelled bool
}

const calendarTime = "20060102T150405Z"

// calendarNote is what a calendar says of itself, for people and for programs.
type calendarNote struct {
	Name       string
	About      string // beneath the name; "" for nothing
	Checkpoint string // of the ledger, signed; "" for none
}

// calendarOf writes events in the form of RFC 5545. Times are in UTC, so that no
// rules of time zones are needed.
func calendarOf(note calendarNote, now time.Time, events []calendarEvent) []byte {
	var b bytes.Buffer
	line := func(key, value string) { b.WriteString(folded(key + ":" + value)) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Padome//Padome//LV")
	line("METHOD", "PUBLISH")
	line("X-WR-CALNAME", calendarText(note.Name))
	if note.About != "" {
		line("X-WR-CALDESC", calendarText(note.About))
	}
	if note.Checkpoint != "" {
		line("X-PADOME-CHECKPOINT", calendarText(note.Checkpoint))
	}
	for _, e := range events {
		line("BEGIN", "VEVENT")
		line("UID", e.UID+"@padome")
		line("SEQUENCE", fmt.Sprint(e.Sequence))
		line("DTSTAMP", now.UTC().Format(calendarTime))
		line("DTSTART", e.From.UTC().Format(calendarTime))
		line("DTEND", e.Until.UTC().Format(calendarTime))
		line("SUMMARY", calendarText(e.Summary))
		line("LOCATION", calendarText(e.Place))
		if e.Cancelled {
			line("STATUS", "CANCELLED")
		} else {
			line("STATUS", "CONFIRMED")
		}
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.Bytes()
}

var calendarEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", "")

func calendarText(s string) string { return calendarEscapes.Replace(s) }

// folded is a line of at most 75 bytes, and its rest on lines that begin with a
// space; no character is parted.
func folded(s string) string {
	const most = 75
	var b strings.Builder
	room := most
	for _, r := range s {
		if n := utf8.RuneLen(r); n > room {
			b.WriteString("\r\n ")
			room = most - 1
		}
		b.WriteRune(r)
		room -= utf8.RuneLen(r)
	}
	return b.String() + "\r\n"
}
