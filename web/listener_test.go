package web

import (
	"errors"
	"io"
	"net"
	"syscall"
	"testing"
	"time"
)

// door is a listener with limits, and what it has let in.
type door struct {
	*testing.T
	limited *limited
	in      chan *counted
	refused chan bool
}

func newDoor(t *testing.T, l Limits, proxies ...string) *door {
	t.Helper()
	d := &door{T: t, in: make(chan *counted, 100), refused: make(chan bool, 100)}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	d.limited = limit(listener, l, proxies, func() { d.refused <- true })
	go func() {
		for {
			conn, err := d.limited.Accept()
			if err != nil {
				return
			}
			d.in <- conn.(*counted)
		}
	}()
	return d
}

// knock connects from an address of this machine, and waits until it is let in
// (the server's end) or refused (nil).
func (d *door) knock(from string) (client net.Conn, server *counted) {
	d.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	client, err := dialer.DialContext(d.Context(), "tcp", d.limited.Addr().String())
	if errors.Is(err, syscall.ECONNRESET) { // refused sooner than it stood
		<-d.refused
		return nil, nil
	}
	if err != nil {
		d.Fatal(err)
	}
	d.Cleanup(func() { client.Close() })
	for {
		select {
		case server = <-d.in:
			d.Cleanup(func() { server.Close() })
			return client, server
		case <-d.refused: // perhaps another in its place
			if closed(client, 20*time.Millisecond) {
				return client, nil
			}
		}
	}
}

// closed reports whether the other end has closed a connection by now.
func closed(conn net.Conn, within time.Duration) bool {
	conn.SetReadDeadline(time.Now().Add(within))
	_, err := conn.Read(make([]byte, 1))
	var slow net.Error
	return errors.Is(err, io.EOF) || err != nil && !(errors.As(err, &slow) && slow.Timeout())
}

const ours, theirs = "127.0.0.1", "127.0.3.1"

// Whoever holds as many connections as there may be of one address gets further
// ones, but for their oldest; whoever is logged in stays.
func TestTheOldestConnectionOfAnAddressGivesWay(t *testing.T) {
	d := newDoor(t, Limits{Connections: 100, PerAddress: 3, Requests: 100})
	known, server := d.knock(ours)
	server.known.Store(true)
	other, _ := d.knock(theirs)
	oldest, _ := d.knock(ours)
	d.knock(ours)
	if _, server := d.knock(ours); server == nil {
		t.Error("the fourth connection of an address is refused, want its oldest closed for it")
	}
	if !closed(oldest, time.Second) {
		t.Error("the oldest connection of the address is still open")
	}
	if closed(known, 20*time.Millisecond) || closed(other, 20*time.Millisecond) {
		t.Error("the connection of who is logged in, or of another address, is closed")
	}
}

func TestNothingGivesWayToAFloodWhereAllAreLoggedIn(t *testing.T) {
	d := newDoor(t, Limits{Connections: 2, PerAddress: 2, Requests: 100})
	for range 2 {
		_, server := d.knock(ours)
		server.known.Store(true)
	}
	for _, from := range []string{ours, theirs} {
		if _, server := d.knock(from); server != nil {
			t.Errorf("a connection from %s is let in where all are taken by people who are logged in", from)
		}
	}
	if got := d.limited.count(); got != 2 {
		t.Errorf("%d connections counted, want 2", got)
	}
}

// When there are too many connections, those who hold most give way.
func TestWhoHoldsMostGivesWay(t *testing.T) {
	d := newDoor(t, Limits{Connections: 4, PerAddress: 10, Requests: 100})
	lone, _ := d.knock(theirs)
	oldest, _ := d.knock(ours)
	d.knock(ours)
	d.knock(ours)
	if _, server := d.knock("127.0.4.1"); server == nil {
		t.Fatal("a newcomer is refused")
	}
	if !closed(oldest, time.Second) || closed(lone, 20*time.Millisecond) {
		t.Error("want the oldest connection of the address with most closed, and the only one of another open")
	}
}

// Behind a proxy everybody has one address: it is not held to its limits.
func TestAProxyHasTheLimitOfAllAlone(t *testing.T) {
	d := newDoor(t, Limits{Connections: 30, PerAddress: 2, Requests: 1}, "192.0.2.1", "127.0.0.0/16")
	for n := range 30 {
		if _, server := d.knock(ours); server == nil {
			t.Fatalf("connection %d of a proxy is refused", n)
		}
	}
	if _, server := d.knock(ours); server != nil {
		t.Error("a proxy holds more connections than there may be of all")
	}
}

// New connections have a pace: beyond it they are closed at once, and those of
// other addresses are not.
func TestConnectionsThatComeTooOftenAreClosed(t *testing.T) {
	d := newDoor(t, Limits{Connections: 100, PerAddress: 100, Requests: 1})
	in := 0
	for range 2 * burst {
		client, server := d.knock(ours)
		if server != nil {
			in++
			client.Close()
			server.Close()
			server.Close() // is one connection still
		}
	}
	if in < burst || in >= 2*burst {
		t.Errorf("%d of %d connections in a moment are let in, want some %d", in, 2*burst, burst)
	}
	if _, server := d.knock(theirs); server == nil {
		t.Error("another address is refused too")
	}
	if got := d.limited.count(); got != 1 {
		t.Errorf("%d connections counted, want 1", got)
	}
}
