package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestNothingAcknowledgedIsLostWhenTheProgramIsStopped asks the program to end
// while clerks write through HTTP. It ends by itself within ten seconds and says
// nothing is wrong; what they were told of is there, and there once. The control
// asks the same of somebody who never was.
func TestNothingAcknowledgedIsLostWhenTheProgramIsStopped(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	p := launch(t, dir)
	setUp(t, p.link)
	token := logIn(t, p.base, "ruta", "sniegota-taka-77")
	clerks := make([]*clerk, 4)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var wg sync.WaitGroup
	for i := range clerks {
		clerks[i] = &clerk{name: fmt.Sprintf("Alksnis%c", 'a'+i), token: token, base: p.base}
		wg.Go(func() { clerks[i].work(ctx) })
	}
	time.Sleep(300 * time.Millisecond)
	began := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("it ends with %v: %s", err, &p.errs)
	}
	took := time.Since(began)
	stop()
	wg.Wait()
	if took > grace {
		t.Errorf("it took %v to stop, want at most %v", took, grace)
	}
	there := surnames(t, launch(t, dir).base, token)
	told := 0
	for _, c := range clerks {
		told += len(c.acknowledged)
		for _, l := range c.lost(there) {
			t.Error(l)
		}
	}
	t.Logf("%d acknowledged, %d people there, stopped in %v", told, len(there), took.Round(time.Millisecond))
	if told < 4 || len((&clerk{acknowledged: []string{"Nekad"}}).lost(there)) == 0 {
		t.Errorf("%d acknowledged, or losses are not seen: this shows nothing", told)
	}
}
