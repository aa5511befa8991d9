package web

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
)

// breaks puts another file in the place of the open one of the database, such as
// one on which every write fails for want of space.
func (h *hall) breaks(with string) {
	h.Helper()
	other, err := os.OpenFile(with, os.O_RDWR, 0)
	if err != nil {
		h.Fatal(err)
	}
	defer other.Close()
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		h.Fatal(err)
	}
	for _, e := range open {
		to, err := os.Readlink("/proc/self/fd/" + e.Name())
		if err != nil || to != filepath.Join(h.dir, "padome.db") {
			continue
		}
		fd, err := strconv.Atoi(e.Name())
		if err != nil {
			h.Fatal(err)
		}
		if err := syscall.Dup3(int(other.Fd()), fd, syscall.O_CLOEXEC); err != nil {
			h.Fatal(err)
		}
		return
	}
	h.Fatal("the database is not open")
}

// act is a step from the agenda to signed minutes: what it asks for, and how one
// sees whether it was done.
type act struct {
	name   string
	before func(h *hall, s council.Session)
	who    string
	do     func(h *hall, s council.Session) (method, path string, body any, headers []string)
	done   func(h *hall, s council.Session) bool
}

func (h *hall) agendaOf(s council.Session) (a agenda.Agenda) {
	h.Helper()
	h.do(&a, "officer", "GET", of(s)+"/agenda", nil)
	return a
}

func (h *hall) minutesOf(s council.Session) (m minutesView) {
	h.Helper()
	h.do(&m, "taker", "GET", of(s)+"/minutes", nil)
	return m
}

func upToTheDraft(h *hall, s council.Session) {
	h.opened(s)
	h.at("2024-02-28", "13:30")
	h.dealWith(s, "")
	tag := h.do(nil, "taker", "GET", of(s), nil)
	h.do(nil, "taker", "POST", of(s)+"/close", closeRequest{"12:45"}, seen(tag)...)
	tag = h.do(nil, "taker", "POST", of(s)+"/minutes/draft", nil, seen(unbegun)...)
	h.do(nil, "taker", "PUT", of(s)+"/minutes/items/opening", partRequest{"Ziņo: Z. Kārkliņa\nNolemj:\n1.1. Pieņemt zināšanai."}, seen(tag)...)
}

var acts = []act{
	{"submitting", func(h *hall, s council.Session) {
		h.do(nil, "officer", "POST", of(s)+"/agenda/build", nil, seen(unbegun)...)
	}, "officer", func(h *hall, s council.Session) (string, string, any, []string) {
		return "POST", of(s) + "/agenda/submit", nil, seen(h.do(nil, "officer", "GET", of(s)+"/agenda", nil))
	}, func(h *hall, s council.Session) bool { return len(h.agendaOf(s).Versions) == 1 }},

	{"the second approval", func(h *hall, s council.Session) {
		h.do(nil, "state-1", "POST", of(s)+"/agenda/approve", proofRequest{Digest: h.submitted(s), Current: password})
	}, "ngo-1", func(h *hall, s council.Session) (string, string, any, []string) {
		v := h.agendaOf(s).Versions
		return "POST", of(s) + "/agenda/approve", proofRequest{Digest: v[len(v)-1].Digest, Current: password}, nil
	}, func(h *hall, s council.Session) bool {
		w := h.ask("", "GET", of(s)+"/agenda/versions/approved", nil)
		return w.Code == 200
	}},

	{"finalising", upToTheDraft, "taker", func(h *hall, s council.Session) (string, string, any, []string) {
		return "POST", of(s) + "/minutes/finalise", nil, seen(h.do(nil, "taker", "GET", of(s)+"/minutes", nil))
	}, func(h *hall, s council.Session) bool { return h.minutesOf(s).Number == 1 }},

	{"the last signature", func(h *hall, s council.Session) {
		upToTheDraft(h, s)
		var m minutesView
		tag := h.do(nil, "taker", "GET", of(s)+"/minutes", nil)
		h.do(&m, "taker", "POST", of(s)+"/minutes/finalise", nil, seen(tag)...)
		h.do(nil, "state-1", "POST", of(s)+"/minutes/sign", proofRequest{Digest: m.Digest, Current: password})
	}, "taker", func(h *hall, s council.Session) (string, string, any, []string) {
		return "POST", of(s) + "/minutes/sign", proofRequest{Digest: h.minutesOf(s).Digest, Current: password}, nil
	}, func(h *hall, s council.Session) bool { return h.minutesOf(s).State == minutes.Signed }},
}

// TestADiskThatFailsLeavesNothingHalfDone fails the commit of each act that has
// legal effect. Whoever asked is told that the outcome is not known, nothing more
// is answered, and after the next start the act is not done at all; the same
// request does it then.
func TestADiskThatFailsLeavesNothingHalfDone(t *testing.T) {
	for _, a := range acts {
		for name, file := range map[string]string{"a full disk": "/dev/full", "a sync that fails": "/dev/null"} {
			if file == "/dev/null" && a.name != "the last signature" {
				continue
			}
			t.Run(a.name+", "+name, func(t *testing.T) {
				h := newHall(t)
				s := h.prepared("2024-02-28")
				h.proposed("Par ieceri")
				a.before(h, s)
				method, path, body, headers := a.do(h, s)
				headers = append(headers, "Idempotency-Key", "once")
				token := h.token(a.who)
				before := h.seq()
				h.breaks(file)
				d := unavailable(t, h, method, path, token, body, headers)
				if d.Key != "problem.storage.outcome" {
					t.Errorf("it is told %+v", d)
				}
				unavailable(t, h, method, path, token, body, headers)
				h.db.Close()
				h.starts()
				if h.seq() != before || a.done(h, s) {
					t.Errorf("it is half done: %d changes, done %v", h.seq()-before, a.done(h, s))
				}
				if err := h.db.Check(t.Context()); err != nil {
					t.Error(err)
				}
				h.do(nil, a.who, method, path, body, headers...)
				if !a.done(h, s) {
					t.Error("the same request does not do it afterwards")
				}
			})
		}
	}
}

// unavailable sends a request that is answered with 503.
func unavailable(t *testing.T, h *hall, method, path, token string, body any, headers []string) (d document) {
	t.Helper()
	r := h.request("", method, path, body, append(headers, "Authorization", "Bearer "+token)...)
	w := httptest.NewRecorder()
	h.server.Handler().ServeHTTP(w, r)
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil || w.Code != 503 {
		t.Fatalf("%s %s = %d: %s", method, path, w.Code, w.Body)
	}
	return d
}
