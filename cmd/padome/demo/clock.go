package demo

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"sync"
	"time"

	"padome/council"
)

// Clock is the demo's own time, by which everything in it happens: it stands
// still until the script moves it on. It also makes the ids, so that the same
// script gives the same records and the same files every time.
type Clock struct {
	mu    sync.Mutex
	now   time.Time
	count uint64
}

// NewClock is a clock that stands before the demo's first act.
func NewClock() *Clock { return &Clock{now: moment("2024-01-02 09:00").time()} }

// Ends is when the demo's story is over: before the agenda of April has to go
// out.
func Ends() time.Time { return moment("2024-04-15 10:00").time() }

// Now is the time of the demo.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// NewID makes a version 7 UUID of the demo's time and a count in place of
// chance.
func (c *Clock) NewID() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count++
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(c.now.UnixMilli())<<16)
	binary.BigEndian.PutUint64(b[8:], c.count)
	b[6] |= 0x70
	b[8] |= 0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

func (c *Clock) set(m moment) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = m.time()
}

// moment is an instant in Europe/Riga, written 2024-01-31 11:00.
type moment string

func (m moment) time() time.Time {
	return council.Date(m[:10]).At(council.Clock(m[11:]))
}

// chance stands in for chance, so that the demo comes out the same each time: its
// people are made up, and there is nothing to hide.
func chance(what string, n int) []byte {
	sum := sha256.Sum256([]byte("demo " + what))
	return sum[:n]
}
