package web

import (
	"encoding/base32"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"padome/internal/auth"
	"padome/storage"
)

// An open browser is not enough: programs prove who approves and signs as the
// pages do.
func TestAProgramProvesWhoApprovesAndSigns(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	digest := h.submitted(s)
	approve := of(s) + "/agenda/approve"
	h.refused(h.ask("state-1", "POST", approve, proofRequest{Digest: digest}), 422, "current problem.password.missing")
	h.refused(h.ask("state-1", "POST", approve, proofRequest{Digest: digest, Current: "cita parole 123"}), 422, "current problem.password.wrong")
	secret := h.giveSecond("state-1")
	h.refused(h.ask("state-1", "POST", approve, proofRequest{Digest: digest, Current: password}), 422, "code problem.proof.code")
	h.refused(h.ask("state-1", "POST", approve, proofRequest{Digest: digest, Current: password, Code: "000000"}), 422, "code problem.login.code")
	h.do(nil, "state-1", "POST", approve, proofRequest{Digest: digest, Current: password, Code: auth.CodeAt(secret, time.Unix(h.clock.Load(), 0))})
}

// giveSecond gives an account a second factor and returns its secret; the next
// code of it is right.
func (h *hall) giveSecond(who string) []byte {
	h.Helper()
	secret := []byte("12345678901234567890")
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	before := time.Unix(h.clock.Load(), 0).Add(-5 * time.Minute)
	f, _, ok := auth.NewSecondFactor(before, text, auth.CodeAt(secret, before))
	a, err := h.office.Logins().Account(h.Context(), who)
	if err != nil || !ok {
		h.Fatal(err, ok)
	}
	change := storage.Change{By: operator.Actor, What: "history.second"}
	if _, err := h.office.Logins().UpdateAccount(h.Context(), change, who, a.Revision, func(a *auth.Account) error { a.Second = &f; return nil }); err != nil {
		h.Fatal(err)
	}
	return secret
}

func TestGuessesAtAnApprovalAreSlowedDownAndLockNobodyOut(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	digest := h.submitted(s)
	approve := of(s) + "/agenda/approve"
	slowed := 0
	for range 30 {
		if w := h.ask("state-1", "POST", approve, proofRequest{Digest: digest, Current: "minējums 1234"}); w.Code == 429 {
			slowed++
		}
	}
	if slowed < 20 {
		t.Errorf("%d of 30 guesses were slowed down", slowed)
	}
	h.refused(h.ask("state-1", "POST", approve, proofRequest{Digest: digest, Current: password}), 429, "problem.login.wait")
	h.clock.Add(int64(auth.DefaultLimits.Longest / time.Second))
	h.do(nil, "state-1", "POST", approve, proofRequest{Digest: digest, Current: password})
}

func TestNothingKeptIsMadeOfAPassword(t *testing.T) {
	form := url.Values{"digest": {"d"}, "command": {"1"}, "current": {password}, "code": {"123456"}, "password": {password}, "again": {password}}
	bare := url.Values{"digest": {"d"}, "command": {"1"}}
	if sumOf(form) != sumOf(bare) {
		t.Error("the digest of a form depends on its password")
	}
	if form.Get("current") != password {
		t.Error("the form has lost its password")
	}
	bare.Set("digest", "e")
	if sumOf(form) == sumOf(bare) || strings.Contains(sumOf(form), password) {
		t.Error("the digest of a form does not depend on what it asks for")
	}
}

// TestADoubleClickApprovesOnce sends one approval twice at the same time, and an
// old one once more.
func TestADoubleClickApprovesOnce(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	digest := h.submitted(s)
	h.token("state-1")
	page := sessionAt(s.ID, "agenda", "approve")
	_, values := h.fields(h.page("state-1", page), "Turpināt")
	values.Set("decision", "approve")
	values.Set("current", password)
	values.Set("confirmed", "on")
	var clicks sync.WaitGroup
	for range 2 {
		clicks.Go(func() {
			if w := h.postForm("state-1", page, values); w.Code != 303 {
				t.Errorf("a click = %d: %s", w.Code, w.Body)
			}
		})
	}
	clicks.Wait()
	var a agendaView
	if h.do(&a, "officer", "GET", of(s)+"/agenda", nil); len(a.Versions[0].Approvals) != 1 {
		t.Errorf("approvals %+v", a.Versions[0].Approvals)
	}
	h.unchanged("the approval of what somebody approved before", func() {
		h.refused(h.ask("state-1", "POST", of(s)+"/agenda/approve", proofRequest{Digest: digest, Current: password}), 409, "problem.agenda.approved-already")
	})
}
