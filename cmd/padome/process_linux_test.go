package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is the program as a process of its own, which can be killed.
type process struct {
	cmd  *exec.Cmd
	base string
	link string // by which the first administrator is made, if there is none
	errs bytes.Buffer
}

var addressLine = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// launch serves a folder on a free port.
func launch(t *testing.T, dir string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(os.Args[0], "serve", "--dir", dir, "--listen", "127.0.0.1:0")}
	p.cmd.Args[0] = "padome" // by this name the test's own file is the program
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	p.cmd.Stderr = &p.errs
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.kill() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		line := lines.Text()
		if p.base == "" {
			p.base = addressLine.FindString(line)
		}
		if strings.Contains(line, "/setup/") {
			p.link = strings.TrimSpace(line)
		}
		if strings.Contains(line, "Ctrl+C") { // the last of what it says
			go func() { // whatever comes later
				for lines.Scan() {
				}
			}()
			return p
		}
	}
	p.kill()
	t.Fatalf("does not serve: %s", &p.errs)
	return nil
}

// kill ends the process without a word to it.
func (p *process) kill() {
	p.cmd.Process.Kill()
	p.cmd.Wait()
}

// rounds is how often a campaign goes round: usual in tests, PADOME_SOAK when
// that is given.
func rounds(t *testing.T, usual int) int {
	t.Helper()
	value := os.Getenv("PADOME_SOAK")
	if value == "" {
		return usual
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < usual {
		t.Fatalf("PADOME_SOAK=%s: want a number from %d on", value, usual)
	}
	return n
}

// clerk adds people, one after another, and keeps what was acknowledged. What
// was not it asks for again with the same key until it is told the outcome.
type clerk struct {
	name  string
	token string

	mu           sync.Mutex
	base         string
	acknowledged []string
	unsure       int // requests whose answer was lost
}

// work adds people until ctx ends.
func (c *clerk) work(ctx context.Context) {
	for n := 1; ctx.Err() == nil; n++ {
		surname := fmt.Sprintf("%s-%d", c.name, n)
		for ctx.Err() == nil && !c.add(ctx, surname) {
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// add sends one person and says whether it was acknowledged.
func (c *clerk) add(ctx context.Context, surname string) bool {
	resp, err := c.send(ctx, surname)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.unsure++
		return false
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		return false
	}
	c.acknowledged = append(c.acknowledged, surname)
	return true
}

// send sends one person, the same each time.
func (c *clerk) send(ctx context.Context, surname string) (*http.Response, error) {
	body, _ := json.Marshal(map[string]string{"given": "Anna", "surname": surname, "gender": "f"})
	c.mu.Lock()
	base := c.base
	c.mu.Unlock()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/api/v1/people", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+c.token)
	r.Header.Set("Idempotency-Key", "add-"+surname)
	return http.DefaultClient.Do(r)
}

// surnames counts the people that the program has, by surname.
func surnames(t *testing.T, base, token string) map[string]int {
	t.Helper()
	all := map[string]int{}
	for after := ""; ; {
		status, body := get(t, base+"/api/v1/people?limit=200&after="+after, token)
		var page struct {
			Items []struct{ Surname string }
			Next  string
		}
		if err := json.Unmarshal([]byte(body), &page); err != nil || status != http.StatusOK {
			t.Fatalf("people: %d %s", status, body)
		}
		for _, p := range page.Items {
			all[p.Surname]++
		}
		if after = page.Next; after == "" {
			return all
		}
	}
}

// lost are those whom a clerk was told of and who are not there exactly once.
func (c *clerk) lost(there map[string]int) (all []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.acknowledged {
		if there[s] != 1 {
			all = append(all, fmt.Sprintf("%s is there %d times", s, there[s]))
		}
	}
	return all
}
