package main

import (
	"encoding/json"
	"strings"
	"syscall"
	"testing"
	"time"

	"padome/internal/faultfs"
)

// TestTheProgramEndsItselfWhenAnOutcomeIsUnknown lets one write of the disk
// fail. Whoever asked for the change is told that its outcome is unknown, the
// program ends with a complaint so that it is started again, and then the same
// request does the change. Before, while the disk works, it goes on: the control.
func TestTheProgramEndsItselfWhenAnOutcomeIsUnknown(t *testing.T) {
	disk := faultfs.Mount(t)
	dir, _ := disk.Folder()
	p := launch(t, dir)
	setUp(t, p.link)
	c := &clerk{name: "Osis", token: logIn(t, p.base, "ruta", "sniegota-taka-77"), base: p.base}
	if !c.add(t.Context(), "Osis-1") {
		t.Fatal("nothing is added while the disk works")
	}
	ended := make(chan error, 1)
	go func() { ended <- p.cmd.Wait() }()
	select {
	case <-ended:
		t.Fatalf("it ends although the disk works: %s", &p.errs)
	case <-time.After(50 * time.Millisecond):
	}
	disk.Arm(faultfs.Fault{Kind: faultfs.Once, At: 1, Errno: syscall.EIO})
	if status, key := c.refused(t, "Osis-2"); status != 503 || key != "problem.storage.outcome" {
		t.Errorf("it is told %d %s", status, key)
	}
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		t.Fatal("it goes on without a database")
	}
	disk.Disarm()
	if code := p.cmd.ProcessState.ExitCode(); code != failed || !strings.Contains(p.errs.String(), "Datu nesējs nepieņēma izmaiņas") {
		t.Errorf("it ends with %d: %s", code, &p.errs)
	}
	p = launch(t, dir)
	c.base = p.base
	there := surnames(t, p.base, c.token)
	if there["Osis-1"] != 1 || !c.add(t.Context(), "Osis-2") || surnames(t, p.base, c.token)["Osis-2"] != 1 {
		t.Errorf("afterwards there is %v", there)
	}
}

// refused sends one person who is not acknowledged, and says how it was
// answered.
func (c *clerk) refused(t *testing.T, surname string) (status int, key string) {
	t.Helper()
	resp, err := c.send(t.Context(), surname)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var d struct{ Key string }
	if err := json.NewDecoder(resp.Body).Decode(&d); err != nil {
		t.Error(err)
	}
	return resp.StatusCode, d.Key
}
