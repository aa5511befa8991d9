package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"padome/internal/locale"
	"padome/internal/problem"
	"padome/storage/store"
)

func TestTroublesAreToldWithTheirWayOut(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		kind problem.Kind
		key  string
	}{
		{"outcome unknown", store.ErrOutcomeUnknown, problem.OutcomeUnknown, "problem.storage.outcome"},
		{"outcome unknown for want of room", errors.Join(syscall.ENOSPC, store.ErrOutcomeUnknown), problem.OutcomeUnknown, "problem.storage.outcome"},
		{"stopped since an outcome is unknown", errors.Join(store.ErrStopped, store.ErrOutcomeUnknown), problem.Unavailable, "problem.storage.stopped"},
		{"disk full", &fs.PathError{Op: "write", Path: "padome.db", Err: syscall.ENOSPC}, problem.Unavailable, "problem.storage.full"},
		{"quota", syscall.EDQUOT, problem.Unavailable, "problem.storage.full"},
		{"a disk that fails", &fs.PathError{Op: "sync", Path: "upload-1", Err: syscall.EIO}, problem.Unavailable, "problem.storage.disk"},
		{"mounted for reading", syscall.EROFS, problem.Unavailable, "problem.storage.readonly"},
		{"opened for reading", store.ErrReadOnly, problem.Unavailable, "problem.storage.readonly"},
		{"damaged", store.ErrDamaged, problem.Unavailable, "problem.storage.damaged"},
		{"a newer program", store.ErrNewerSchema, problem.Unavailable, "problem.storage.newer"},
		{"another process", store.ErrBusy, problem.Unavailable, "problem.storage.busy"},
		{"stopping", store.ErrClosed, problem.Unavailable, "problem.storage.closed"},
		{"too large", store.ErrTooLarge, problem.TooLarge, "problem.storage.large"},
		{"not allowed", syscall.EACCES, problem.Unavailable, "problem.storage.permission"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cause := fmt.Errorf("commit: %w", tt.err)
			got := edge(cause)
			e := wantKind(t, got, tt.kind)
			if e.Key != tt.key {
				t.Errorf("got %s, want %s", e.Key, tt.key)
			}
			if !errors.Is(got, tt.err) || !strings.Contains(got.Error(), cause.Error()) {
				t.Errorf("got %q, want the cause kept for the log", got)
			}
			if again := edge(got); again != got {
				t.Errorf("a second time it becomes %v", again)
			}
		})
	}
}

func TestWhatIsNoTroubleOfTheEnginePasses(t *testing.T) {
	refusal := problem.New(problem.State, "problem.session.open")
	for name, err := range map[string]error{
		"a refusal of the domain":       refusal,
		"a request that was given up":   fmt.Errorf("%w: %w", context.Canceled, store.ErrClosed),
		"a fault of the program":        store.ErrLimit,
		"a missing file of the program": fs.ErrNotExist,
		"nothing":                       nil,
	} {
		t.Run(name, func(t *testing.T) {
			if got := edge(err); got != err {
				t.Errorf("got %v, want it unchanged", got)
			}
		})
	}
}

func TestAfterClosingPeopleAreToldSo(t *testing.T) {
	engine, blobs := engines(t, nil)
	db, err := Open(Config{Engine: engine, Blobs: blobs})
	if err != nil {
		t.Fatal(err)
	}
	c := db.Council(1)
	addSession(t, c, session("s", "2024-01-31"))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wantKind(t, try(t, c, "test", func(*Tx) error { return nil }), problem.Unavailable)
	_, err = Read(t.Context(), c, (*View).Settings)
	wantKind(t, err, problem.Unavailable)
}

func TestARecordOverTheCapIsRefused(t *testing.T) {
	c := open(t).Council(1)
	d := decision("d", "s", 1)
	d.Wording = strings.Repeat("x", store.MaxValue)
	err := try(t, c, "test", func(tx *Tx) error {
		_, err := tx.AddDecision(d)
		return err
	})
	if e := wantKind(t, err, problem.TooLarge); e.Key != "problem.storage.large" {
		t.Errorf("got %s", e.Key)
	}
}

// TestEveryKindHasItsMessages asks for the messages whose keys are put together
// from the kind of a record.
func TestEveryKindHasItsMessages(t *testing.T) {
	kinds := map[string]bool{"file": false, "login": false} // whether they can also exist already
	for _, k := range []string{
		people.kind, mandates.kind, groups.kind, delegations.kind, settings.kind, calendars.kind, sessions.kind, plans.kind,
		assignments.kind, principles.kind, principlesDrafts.kind, proposals.kind, agendas.kind, frozenAgendas.kind, attendances.kind,
		fulfilments.kind, additions.kind, earlier.kind, observers.kind, reviews.kind,
		evaluations.kind, evaluationPapers.kind,
		comments.kind, dissents.kind, corrections.kind, subjects.kind, trusts.kind, withheld.kind, forms.kind,
		treatments.kind, decisions.kind, allMinutes.kind, frozenContents.kind, accounts.kind, register.kind,
	} {
		kinds[k] = true
	}
	if len(kinds) != len(councilTables)-5+len(installationTables)-2+1 { // carried, held, overrides, history, published; history, links; file
		t.Errorf("%d kinds for %d and %d tables", len(kinds), len(councilTables), len(installationTables))
	}
	for kind, exists := range kinds {
		if !locale.Has("problem.missing." + kind) {
			t.Errorf("no message problem.missing.%s", kind)
		}
		if exists && !locale.Has("problem.exists."+kind) {
			t.Errorf("no message problem.exists.%s", kind)
		}
	}
	for _, trouble := range troubles {
		if !locale.Has(trouble.key) {
			t.Errorf("no message %s", trouble.key)
		}
	}
}
