package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"padome/council"
	"padome/office"
	"padome/storage"
)

// TestNothingAcknowledgedIsLostWhenTheProgramIsKilled kills the program again
// and again while clerks write through HTTP. What they were told of is there, and
// there once, although they repeat whatever got no answer. The control: on the
// file as it was a round earlier the same question finds losses.
func TestNothingAcknowledgedIsLostWhenTheProgramIsKilled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	p := launch(t, dir)
	setUp(t, p.link)
	token := logIn(t, p.base, "ruta", "sniegota-taka-77")
	clerks := make([]*clerk, 8)
	for i := range clerks {
		clerks[i] = &clerk{name: fmt.Sprintf("Liepa%c", 'a'+i), token: token, base: p.base}
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var wg sync.WaitGroup
	for _, c := range clerks {
		wg.Go(func() { c.work(ctx) })
	}
	var before []byte // the file, a round ago
	for i := range rounds(t, 4) {
		time.Sleep(time.Duration(150+37*(i%7)) * time.Millisecond)
		p.kill()
		if raw, err := os.ReadFile(filepath.Join(dir, records)); err != nil {
			t.Fatal(err)
		} else if i < rounds(t, 4)-1 {
			before = raw
		}
		p = launch(t, dir)
		for _, c := range clerks {
			c.mu.Lock()
			c.base = p.base
			c.mu.Unlock()
		}
	}
	time.Sleep(150 * time.Millisecond)
	stop()
	wg.Wait()
	there := surnames(t, p.base, token)
	told, unsure := 0, 0
	for _, c := range clerks {
		told, unsure = told+len(c.acknowledged), unsure+c.unsure
		for _, l := range c.lost(there) {
			t.Error(l)
		}
	}
	t.Logf("%d acknowledged, %d answers lost, %d people there", told, unsure, len(there))
	if told < 20 || unsure == 0 {
		t.Errorf("%d acknowledged and %d answers lost: the campaign proves nothing", told, unsure)
	}
	if found := lostOf(t, clerks, before); found == 0 {
		t.Error("an older file has everything too: the question finds no losses")
	}
}

// lostOf asks the same of another file.
func lostOf(t *testing.T, clerks []*clerk, file []byte) (n int) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, records), file, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(storage.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	people, err := office.New(db, firstTenant).People(t.Context(), council.Actor{Operator: true})
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]int{}
	for _, p := range people {
		there[p.Surname]++
	}
	for _, c := range clerks {
		n += len(c.lost(there))
	}
	return n
}
