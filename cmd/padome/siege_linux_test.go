package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// mostResident is what the program may hold in memory while it is besieged.
const mostResident = 256 << 20

// TestASiegeKeepsNobodyOut holds connections open that say nothing, that speak
// slowly, that send without end and that never read, and writes meanwhile. The
// program's memory stays within its bound.
func TestASiegeKeepsNobodyOut(t *testing.T) { besieged(t, attacks) }

// TestASiegeThatOnlyHoldsConnectionsKeepsNobodyOut is by those who say nothing or
// speak slowly.
func TestASiegeThatOnlyHoldsConnectionsKeepsNobodyOut(t *testing.T) { besieged(t, attacks[:3]) }

// besieged lets some attack in these ways, and adds people meanwhile.
func besieged(t *testing.T, attacks []func(context.Context, net.Conn)) {
	t.Helper()
	p := launch(t, t.TempDir()+"/data")
	setUp(t, p.link)
	token := logIn(t, p.base, "ruta", "sniegota-taka-77")
	address := strings.TrimPrefix(p.base, "http://")
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	defer wg.Wait()
	defer stop()
	for i := range rounds(t, 200) {
		from := &net.TCPAddr{IP: net.IPv4(127, 0, byte(1+i%20), 1)} // many addresses
		attack := attacks[i%len(attacks)]
		wg.Go(func() { besiege(ctx, from, address, attack) })
	}
	clerk := &clerk{name: "Osis", token: token, base: p.base}
	most, longest := 0, time.Duration(0)
	for n := range 25 {
		began := time.Now()
		if !clerk.add(t.Context(), fmt.Sprintf("Osis-%d", n)) {
			t.Fatalf("person %d was not added during the siege", n)
		}
		longest = max(longest, time.Since(began))
		most = max(most, resident(t, p.cmd.Process.Pid))
		time.Sleep(25 * time.Millisecond)
	}
	t.Logf("the slowest of 25 writes took %v; %d MiB in memory at most", longest, most>>20)
	if most > mostResident {
		t.Errorf("%d MiB in memory, want at most %d", most>>20, mostResident>>20)
	}
	if most == 0 || len(clerk.lost(surnames(t, p.base, token))) > 0 {
		t.Error("nothing was measured, or what was added is not there")
	}
}

// attacks are what besiegers do with a connection until ctx ends or the program
// closes it.
var attacks = []func(ctx context.Context, conn net.Conn){
	func(ctx context.Context, conn net.Conn) { io.Copy(io.Discard, conn) }, // says nothing
	func(ctx context.Context, conn net.Conn) { // a header, letter by letter
		drip(ctx, conn, "GET / HTTP/1.1\r\nHost: x\r\nX-"+strings.Repeat("a", 10000))
	},
	func(ctx context.Context, conn net.Conn) { // a body, letter by letter
		drip(ctx, conn, "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8000\r\n\r\n"+strings.Repeat("a", 8000))
	},
	func(ctx context.Context, conn net.Conn) { // asks for much, and reads nothing
		for ctx.Err() == nil {
			if _, err := io.WriteString(conn, strings.Repeat("GET /api/v1/openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n", 50)); err != nil {
				return
			}
		}
	},
	func(ctx context.Context, conn net.Conn) { // sends piece after piece and never says how much is coming
		io.WriteString(conn, "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n")
		for ctx.Err() == nil {
			if _, err := io.WriteString(conn, "1000\r\n"+strings.Repeat("a", 0x1000)+"\r\n"); err != nil {
				return
			}
		}
	},
	func(ctx context.Context, conn net.Conn) { // says 10 GB are coming
		io.WriteString(conn, "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 10000000000\r\n\r\n")
		for ctx.Err() == nil {
			if _, err := io.WriteString(conn, strings.Repeat("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n", 100)); err != nil {
				return
			}
		}
	},
}

// besiege keeps one connection busy, a new one each time it is closed.
func besiege(ctx context.Context, from net.Addr, address string, attack func(context.Context, net.Conn)) {
	d := net.Dialer{LocalAddr: from}
	for ctx.Err() == nil {
		conn, err := d.DialContext(ctx, "tcp", address)
		if err != nil {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		end := context.AfterFunc(ctx, func() { conn.Close() })
		attack(ctx, conn)
		conn.Close()
		end()
		time.Sleep(20 * time.Millisecond)
	}
}

func drip(ctx context.Context, conn net.Conn, text string) {
	for _, c := range []byte(text) {
		if _, err := conn.Write([]byte{c}); err != nil || ctx.Err() != nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
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
