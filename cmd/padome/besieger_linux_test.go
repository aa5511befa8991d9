package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// An attack is what besiegers do with a connection until ctx ends or the program
// closes it.
type attack struct {
	name  string
	carry func(ctx context.Context, conn net.Conn)
}

// attacks are those that hold connections, and then the floods.
var attacks = []attack{
	{"says nothing", func(_ context.Context, conn net.Conn) { io.Copy(io.Discard, conn) }},
	{"a header, letter by letter", func(ctx context.Context, conn net.Conn) {
		drip(ctx, conn, "GET / HTTP/1.1\r\nHost: x\r\nX-"+strings.Repeat("a", 10000))
	}},
	{"a body, letter by letter", func(ctx context.Context, conn net.Conn) {
		drip(ctx, conn, head("POST /login", "application/x-www-form-urlencoded", "Content-Length: 8000")+strings.Repeat("a", 8000))
	}},
	{"asks for much and reads nothing", func(ctx context.Context, conn net.Conn) {
		pour(ctx, conn, "", strings.Repeat("GET /api/v1/openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n", 50))
	}},
	{"sends without end", func(ctx context.Context, conn net.Conn) {
		pour(ctx, conn, head("POST /login", "multipart/form-data; boundary=b", "Transfer-Encoding: chunked"), "1000\r\n"+strings.Repeat("a", 0x1000)+"\r\n")
	}},
	{"says 10 GB are coming", func(ctx context.Context, conn net.Conn) {
		pour(ctx, conn, head("POST /login", "multipart/form-data; boundary=b", "Content-Length: 10000000000"),
			strings.Repeat("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n", 100))
	}},
	{"asks for pages with a forged login", func(ctx context.Context, conn net.Conn) {
		ask(ctx, conn, "GET / HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nCookie: padome=forged\r\n\r\n")
	}},
	{"searches", func(ctx context.Context, conn net.Conn) {
		ask(ctx, conn, "GET /search?q=osis HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n")
	}},
	{"guesses a password", func(ctx context.Context, conn net.Conn) {
		const guess = `{"name":"ruta","password":"sniegota-taka-78"}`
		ask(ctx, conn, head("POST /api/v1/login", "application/json", "Content-Length: "+strconv.Itoa(len(guess)))+guess)
	}},
}

func init() { programs["besiegers"] = besiegers }

const holding = 3 // so many of the attacks only hold connections

func head(request, media, length string) string {
	return request + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + media + "\r\n" + length + "\r\n\r\n"
}

func drip(ctx context.Context, conn net.Conn, text string) {
	for _, c := range []byte(text) {
		if _, err := conn.Write([]byte{c}); err != nil || ctx.Err() != nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// pour sends a beginning, and then the same again and again.
func pour(ctx context.Context, conn net.Conn, beginning, again string) {
	_, err := io.WriteString(conn, beginning)
	for err == nil && ctx.Err() == nil {
		_, err = io.WriteString(conn, again)
	}
}

// ask sends a request again and again, and reads each answer.
func ask(ctx context.Context, conn net.Conn, request string) {
	answers := bufio.NewReader(conn)
	for ctx.Err() == nil {
		if _, err := io.WriteString(conn, request); err != nil {
			return
		}
		resp, err := http.ReadResponse(answers, nil)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.Close {
			return
		}
	}
}

// tally is what besiegers of one kind have done so far.
type tally struct {
	Begun int64 // that have attacked at all
	Under int64 // that attack just now
	Tried int64 // connections, also those that were refused
}

// besiegers attack ADDRESS with N connections in the first KINDS ways, until
// standard input ends; for each line there they tell their tallies. They stand for
// other machines, so they work only when nobody else on this one does.
func besiegers() {
	address := os.Args[1]
	n, _ := strconv.Atoi(os.Args[2])
	kinds, _ := strconv.Atoi(os.Args[3])
	stepBack()
	tallies := make([]struct{ begun, under, tried atomic.Int64 }, kinds)
	for i := range n {
		go func() {
			t, d := &tallies[i%kinds], net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, byte(1+i%20), 1)}} // of many addresses
			var begun sync.Once
			for {
				conn, err := d.Dial("tcp", address)
				if err == nil || errors.Is(err, syscall.ECONNRESET) {
					t.tried.Add(1)
					begun.Do(func() { t.begun.Add(1) })
				}
				if err == nil {
					t.under.Add(1)
					attacks[i%kinds].carry(context.Background(), conn)
					conn.Close()
					t.under.Add(-1)
				}
				time.Sleep(20 * time.Millisecond)
			}
		}()
	}
	for asked := bufio.NewScanner(os.Stdin); asked.Scan(); {
		all := make([]tally, kinds)
		for k := range tallies {
			t := &tallies[k]
			all[k] = tally{t.begun.Load(), t.under.Load(), t.tried.Load()}
		}
		json.NewEncoder(os.Stdout).Encode(all)
	}
}

// stepBack gives every thread of this process, and those that come of them, the
// lowest priority.
func stepBack() {
	threads, _ := os.ReadDir("/proc/self/task")
	for _, t := range threads {
		if id, err := strconv.Atoi(t.Name()); err == nil {
			syscall.Setpriority(syscall.PRIO_PROCESS, id, 19)
		}
	}
}

// siege is besiegers in a process of their own.
type siege struct {
	n, kinds int
	ask      io.WriteCloser
	answers  *bufio.Reader
}

// besiege lets n besiegers attack an address in the first kinds ways until the
// test ends.
func besiege(t *testing.T, address string, n, kinds int) *siege {
	t.Helper()
	cmd := exec.Command(os.Args[0], address, strconv.Itoa(n), strconv.Itoa(kinds))
	cmd.Args[0] = "besiegers"
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return &siege{n: n, kinds: kinds, ask: in, answers: bufio.NewReader(out)}
}

// tallies are what the besiegers have done so far, by their kinds.
func (s *siege) tallies(t *testing.T) (all []tally) {
	t.Helper()
	if _, err := io.WriteString(s.ask, "\n"); err != nil {
		t.Fatal(err)
	}
	line, err := s.answers.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &all)
	}
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// idle names the kinds of which not every besieger has attacked since the siege
// was as before; nil from the siege's beginning.
func (s *siege) idle(before, now []tally) (all []string) {
	for k, x := range now {
		besiegers, did := int64(s.n/s.kinds), x.Begun
		if before != nil {
			did = before[k].Under + x.Tried - before[k].Tried
		}
		if did < besiegers {
			all = append(all, fmt.Sprintf("%q: %d attacks by %d besiegers", attacks[k].name, did, besiegers))
		}
	}
	return all
}

// begun waits until every besieger has attacked; it says which have not within a
// time.
func (s *siege) begun(t *testing.T, within time.Duration) (idle []string) {
	t.Helper()
	for end := time.Now().Add(within); ; time.Sleep(50 * time.Millisecond) {
		if idle = s.idle(nil, s.tallies(t)); len(idle) == 0 || time.Now().After(end) {
			return idle
		}
	}
}
