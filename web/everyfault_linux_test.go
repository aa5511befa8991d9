package web

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"padome/internal/faultfs"
	"padome/storage"
	"padome/storage/store/bolt"
	"padome/storage/store/move"
)

// step is one request of a session's way from its agenda to signed minutes, and
// the data folder as it was before.
type step struct {
	name    string
	who     string
	method  string
	path    string
	body    any
	headers []string
	before  faultfs.Image
	clock   int64
	known   map[uint64]string // what the council holds, by the number of its changes
	from    uint64            // number of changes before
	to      uint64            // and after
	changes int               // operations of the disk that it takes
}

// scene repeats steps on a disk that fails. What is made by chance comes out
// alike each time, so that what is stored can be compared.
type scene struct {
	*hall
	disk  *faultfs.Disk
	steps []*step
	at    int // the step that runs
	made  int // ids in it
}

// scenes records every request that changes something from the first draft of
// an agenda to the last signature.
func scenes(t *testing.T) *scene {
	t.Helper()
	c := &scene{disk: faultfs.Mount(t), hall: newHall(t)}
	s := c.prepared("2024-02-28")
	c.proposed("Par ieceri")
	for _, who := range []string{"officer", "taker", "state-1", "ngo-1"} {
		c.token(who)
	}
	c.config = func(config *storage.Config) {
		config.NewID = func() string { c.made++; return fmt.Sprintf("id-%d-%d", c.at, c.made) }
		config.Chance = func(what string, n int) []byte {
			sum := sha256.Sum256([]byte(what))
			return sum[:n]
		}
	}
	c.reopened(c.dir)
	c.asking = func(who, method, path string, body any, headers []string) {
		if method == "GET" {
			return
		}
		name := fmt.Sprintf("%s %s as %s", method, strings.TrimPrefix(path, of(s)), who)
		c.steps = append(c.steps, &step{name: name, who: who, method: method, path: path, body: body, headers: headers,
			before: faultfs.ImageOf(t, c.dir), clock: c.clock.Load(), known: map[uint64]string{}})
		c.at, c.made = len(c.steps)-1, 0
	}
	upToTheDraft(c.hall, s)
	var m minutesView
	tag := c.do(nil, "taker", "GET", of(s)+"/minutes", nil)
	c.do(&m, "taker", "POST", of(s)+"/minutes/finalise", nil, seen(tag)...)
	c.do(nil, "state-1", "POST", of(s)+"/minutes/sign", proofRequest{Digest: m.Digest, Current: password})
	c.do(nil, "taker", "POST", of(s)+"/minutes/sign", proofRequest{Digest: m.Digest, Current: password})
	c.asking = nil
	return c
}

// reopened ends the program and starts it over a folder.
func (c *scene) reopened(dir string) {
	c.Helper()
	c.db.Close() // a database that has stopped may say so again
	c.dir = dir
	c.starts()
}

// held is what a folder holds of the council: the number of its changes, and
// the digest of all.
func (c *scene) held(dir string) (changes uint64, digest string, err error) {
	engine, err := bolt.Open(bolt.Config{Path: filepath.Join(dir, "padome.db"), ReadOnly: true})
	if err != nil {
		return 0, "", err
	}
	defer engine.Close()
	changes, err = engine.Seq(context.Background(), 1)
	if err != nil {
		return 0, "", err
	}
	r, err := move.DigestTenant(context.Background(), engine, 1)
	return changes, r.Digest, err
}

// ending is how a step was answered under a fault, and what it left.
type ending struct {
	status  int
	key     string
	reached bool // the operation that was to fail came
	stopped bool // the program has to be started again
	changes uint64
	digest  string
	err     error // of what was left, when it does not open or is damaged
	folder  string
}

// try does a step on a disk with a fault, ends the program, and looks at what
// was left.
func (c *scene) try(i int, f faultfs.Fault) (got ending) {
	c.Helper()
	s := c.steps[i]
	dir, behind := c.disk.Folder()
	s.before.Write(c, behind)
	c.clock.Store(s.clock)
	c.reopened(dir)
	c.at, c.made = i, 0
	c.disk.Arm(f)
	w := c.send(s)
	got = ending{status: w.Code, folder: behind}
	select {
	case <-c.db.Failed():
		got.stopped = true
	default:
	}
	c.db.Close()
	operations := c.disk.Disarm()
	got.reached = operations >= f.At
	if f.Kind == faultfs.None {
		s.changes = operations
	}
	var d document
	if json.Unmarshal(w.Body.Bytes(), &d) == nil {
		got.key = d.Key
	}
	got.changes, got.digest, got.err = c.held(behind)
	return got
}

// send sends a step's request as a client does that may repeat it.
func (c *scene) send(s *step) *httptest.ResponseRecorder {
	c.Helper()
	w := httptest.NewRecorder()
	headers := append([]string{"Idempotency-Key", "once"}, s.headers...)
	c.server.Handler().ServeHTTP(w, c.request(s.who, s.method, s.path, s.body, headers...))
	return w
}

// learn does every step on a disk that works.
func (c *scene) learn() {
	c.Helper()
	for i, s := range c.steps {
		path := filepath.Join(c.TempDir(), "before")
		s.before.Write(c, path)
		from, digest, err := c.held(path)
		if err != nil {
			c.Fatal(err)
		}
		got := c.try(i, faultfs.Fault{Kind: faultfs.None})
		if got.status/100 != 2 || got.err != nil || s.changes == 0 || got.changes == from {
			c.Fatalf("%s without a fault: %+v", s.name, got)
		}
		s.from, s.to = from, got.changes
		s.known[from], s.known[got.changes] = digest, got.digest
	}
}

// judged is what is wrong with how a step ended under a fault: something that
// was acknowledged is not there, something is there by half, what was left does
// not open, or the answer is no answer.
func (s *step) judged(got ending) string {
	if got.err != nil {
		return fmt.Sprintf("what was left: %v", got.err)
	}
	known, seen := s.known[got.changes]
	switch {
	case got.changes < s.from || got.changes > s.to:
		return fmt.Sprintf("%d changes, want from %d to %d", got.changes, s.from, s.to)
	case got.status/100 == 2 && got.changes != s.to:
		return "it was acknowledged, and is not there"
	case seen && known != got.digest:
		return "it is there by half"
	case got.status/100 != 2 && (got.status != 503 || !refusals[got.key]):
		return fmt.Sprintf("answered with %d %s", got.status, got.key)
	}
	s.known[got.changes] = got.digest
	return ""
}

// refusals are what people are told when the disk does not take something.
var refusals = map[string]bool{"problem.storage.outcome": true, "problem.storage.full": true, "problem.storage.readonly": true, "problem.storage.disk": true}

// again starts the program on what was left, checks all of it, and does the same
// request once more: then the step is done, once.
func (c *scene) again(i int, got ending) string {
	c.Helper()
	s := c.steps[i]
	c.at, c.made = len(c.steps)+i, 0
	c.reopened(got.folder)
	if err := c.db.Check(c.Context()); err != nil {
		return fmt.Sprintf("its check: %v", err)
	}
	if w := c.send(s); w.Code/100 != 2 {
		return fmt.Sprintf("the same request afterwards = %d: %s", w.Code, w.Body)
	}
	if n := c.seq(); n != s.to {
		return fmt.Sprintf("%d changes after the same request, want %d", n, s.to)
	}
	return ""
}

// suffers does a step under a fault, and once more afterwards.
func (c *scene) suffers(i int, f faultfs.Fault, n *tally) {
	c.Helper()
	s := c.steps[i]
	got := c.try(i, f)
	n.count(s, got)
	wrong := s.judged(got)
	if wrong == "" {
		wrong = c.again(i, got)
	}
	if wrong == "" && !got.reached {
		wrong = "it did not come so far"
	}
	if wrong != "" {
		c.Errorf("%s, %s: %s", s.name, f, wrong)
	}
	os.RemoveAll(got.folder)
}

// tally counts how steps ended under faults.
type tally struct{ tried, unknown, refused, done, part, not int }

func (n *tally) count(s *step, got ending) {
	n.tried++
	switch {
	case got.stopped:
		n.unknown++
	case got.status/100 != 2:
		n.refused++
	}
	switch got.changes {
	case s.from:
		n.not++
	case s.to:
		n.done++
	default:
		n.part++
	}
}

func (n *tally) String() string {
	return fmt.Sprintf("%d faults: outcome unknown %d, refused %d; afterwards done %d, not done %d, done but for its file %d",
		n.tried, n.unknown, n.refused, n.done, n.not, n.part)
}

// failing are the operations of a step that fail in turn: each of them in the long
// form; else one, of every step or of each so many.
func failing(i, operations, each int) (all []int) {
	if os.Getenv("PADOME_SOAK") != "" {
		for n := range operations {
			all = append(all, n+1)
		}
	} else if i%each == 0 {
		all = []int{1 + (7*i+3)%operations}
	}
	return all
}

// TestEveryOperationOfTheDiskMayFail fails, in each step from a draft to signed
// minutes, one operation of the disk after another: by an error of the device, by
// want of room, and because nothing may be written any more. What was
// acknowledged is there afterwards, nothing is by half, and the same request
// does it once. The control is a disk that says it has written, and has not.
func TestEveryOperationOfTheDiskMayFail(t *testing.T) {
	c := scenes(t)
	c.learn()
	operations := 0
	for _, s := range c.steps {
		operations += s.changes
	}
	t.Logf("%d steps, %d operations of the disk", len(c.steps), operations)
	for _, tt := range []struct {
		fault faultfs.Fault
		each  int
	}{
		{faultfs.Fault{Kind: faultfs.Once, Errno: syscall.EIO}, 1},
		{faultfs.Fault{Kind: faultfs.From, Errno: syscall.ENOSPC}, 5},
		{faultfs.Fault{Kind: faultfs.From, Errno: syscall.EROFS}, 5},
	} {
		var n tally
		for i, s := range c.steps {
			for _, tt.fault.At = range failing(i, s.changes, tt.each) {
				c.suffers(i, tt.fault, &n)
			}
		}
		t.Logf("%v, %s: %s", tt.fault.Errno, tt.fault.Kind, &n)
		if n.unknown == 0 || n.not == 0 {
			t.Errorf("%v: nothing failed: this shows nothing", tt.fault.Errno)
		}
	}
	found, asked := 0, 0
	for i := 0; i < len(c.steps); i += 6 {
		asked++
		if got := c.try(i, faultfs.Fault{Kind: faultfs.Lies, At: 1}); c.steps[i].judged(got) != "" {
			found++
		}
	}
	t.Logf("on a disk that lies %d of %d steps are found wrong", found, asked)
	if found == 0 {
		t.Error("a disk that lies is not found out either: the question finds nothing")
	}
	c.reopened(c.TempDir()) // whose check at the end finds nothing
}
