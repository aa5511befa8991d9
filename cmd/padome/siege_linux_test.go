package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	mostResident = 256 << 20   // what the program may hold in memory while it is besieged
	slowestWrite = time.Second // what a write may take meanwhile, when the siege is in full
	fullSiege    = 5000        // besiegers
)

// TestASiegeKeepsNobodyOut holds connections open that say nothing, that speak
// slowly, that send without end and that never read, floods pages, searches and
// logins, and writes meanwhile. The program's memory stays within its bound, and
// in the full siege of make soak every write commits within a second.
func TestASiegeKeepsNobodyOut(t *testing.T) { holdsOut(t, len(attacks)) }

// TestASiegeThatOnlyHoldsConnectionsKeepsNobodyOut is by those who say nothing or
// speak slowly.
func TestASiegeThatOnlyHoldsConnectionsKeepsNobodyOut(t *testing.T) { holdsOut(t, holding) }

func holdsOut(t *testing.T, kinds int) {
	t.Helper()
	for _, wrong := range besieged(t, rounds(t, 200), kinds) {
		t.Error(wrong)
	}
}

// The control: a siege that does not take place is noticed.
func TestASiegeIsOne(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := l.Addr().String()
	l.Close()
	if idle := besiege(t, nobody, 18, len(attacks)).begun(t, 200*time.Millisecond); len(idle) != len(attacks) {
		t.Errorf("where nobody listens attacks are counted; idle are only %v", idle)
	}
}

// besieged serves, lets besiegers attack the program, and adds people until
// all besiegers have attacked meanwhile. It says what was not as promised.
func besieged(t *testing.T, n, kinds int) (wrong []string) {
	t.Helper()
	p := launch(t, t.TempDir()+"/data")
	defer p.kill()
	setUp(t, p.link)
	token := logIn(t, p.base, "ruta", "sniegota-taka-77")
	s := besiege(t, strings.TrimPrefix(p.base, "http://"), n, kinds)
	defer s.ask.Close()
	if idle := s.begun(t, 2*time.Minute); len(idle) > 0 {
		return append(idle, "the siege did not begin")
	}
	before, began := s.tallies(t), time.Now()
	clerk := &clerk{name: "Osis", token: token, base: p.base}
	most, longest, idle := 0, time.Duration(0), []string{"all"}
	for added := 0; added < 25 || len(idle) > 0; added++ {
		asked := time.Now()
		if !clerk.add(t.Context(), fmt.Sprintf("Osis-%d", added)) {
			wrong = append(wrong, fmt.Sprintf("person %d was not added", added))
		}
		longest = max(longest, time.Since(asked))
		most = max(most, resident(t, p.cmd.Process.Pid))
		if idle = s.idle(before, s.tallies(t)); len(idle) > 0 && time.Since(began) > 2*time.Minute {
			return append(wrong, idle...)
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Logf("%d besiegers in %d ways; the slowest of %d writes took %v; %d MiB in memory at most", n, kinds, len(clerk.acknowledged), longest, most>>20)
	if most == 0 || most > mostResident {
		wrong = append(wrong, fmt.Sprintf("%d MiB in memory, want at most %d", most>>20, mostResident>>20))
	}
	if n >= fullSiege && longest > slowestWrite {
		wrong = append(wrong, fmt.Sprintf("a write took %v, want at most %v", longest, slowestWrite))
	}
	s.ask.Close()
	return append(wrong, clerk.lost(surnames(t, p.base, token))...)
}

// resident is how much memory a process holds, in bytes.
func resident(t *testing.T, pid int) int {
	t.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(raw))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}
