package browser

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"padome/council"
	"padome/internal/auth/passkey"
	"padome/internal/auth/passkey/passkeytest"
	"padome/office"
)

func init() {
	stops = append(stops,
		stop{name: "new-passkey", path: "/account/passkeys/new", who: []string{chair, minuteTaker}},
		stop{name: "new-passkey-wrong", path: "/account/passkeys/new", send: sends(), status: http.StatusUnprocessableEntity, who: []string{chair}},
		stop{name: "make-passkey", path: "/account/passkeys/new", send: func(*house) sending { return sends("name", "Dators", "current", passwordOf(member))(nil) }, who: []string{member}},
		stop{name: "passkey", find: func(h *house) string { return "/account/passkeys/" + h.passkeyOf(minuteTaker) }, who: []string{minuteTaker}},
	)
}

// addPasskey gives somebody a passkey of a device in software.
func (h *house) addPasskey(who string) {
	h.Helper()
	site, ok := passkey.SiteOf(h.url)
	if !ok {
		h.Fatal("no passkeys at " + h.url)
	}
	by := h.by(who)
	by.Proof = office.Played
	device := passkeytest.New(site)
	holder := func() office.Keyholder {
		a, err := h.office.Logins().AccountByName(h.Context(), who)
		h.must(err)
		return office.Keyholder{Site: site, Account: a, Login: "none"}
	}
	asked, err := h.office.Logins().BeginPasskey(h.Context(), by, holder(), "Tālrunis")
	h.must(err)
	_, _, err = h.office.Logins().AddPasskey(h.Context(), by, holder(), "Tālrunis", device.Make(asked))
	h.must(err)
}

// passkeyOf is the id of somebody's passkey.
func (h *house) passkeyOf(who string) string {
	h.Helper()
	a, err := h.office.Logins().AccountByName(h.Context(), who)
	h.must(err)
	return a.PasskeyIDs("")[0]
}

// authenticator gives the tab one that verifies its owner at once.
func (b *tab) authenticator() {
	b.Helper()
	_, err := chromedp.Call(b.ctx, webauthn.Enable, webauthn.EnableParams{})
	b.must(err)
	_, err = chromedp.Call(b.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true}})
	b.must(err)
}

// TestAPasskeyLogsInAndApproves makes a key in the browser, logs out and in by it,
// and approves an agenda without the password.
func TestAPasskeyLogsInAndApproves(t *testing.T) {
	h := newHouse(t)
	waits := h.submitted(council.Session{Date: may, Starts: "11:00", Ends: "13:00", Place: "Rīga", Kind: council.Regular, Mode: council.Hybrid})
	b := h.open(chair)
	b.authenticator()
	b.visit("/account/passkeys/new")
	b.fill("#name", "Darba dators")
	b.fill("#current", passwordOf(chair))
	b.leaving(func() { b.click("main .actions button") })
	b.leaving(func() { b.click("[data-make]") })
	if codes := eval[int](b, `document.querySelectorAll(".codes .code").length`); codes != 10 {
		t.Errorf("%d recovery codes are shown: %s", codes, b.text("main"))
	}
	b.leaving(func() { b.click(".who form button") })
	b.visit("/login?next=/account")
	b.leaving(func() { b.click("[data-passkey]") })
	if got := b.text("main"); !strings.Contains(got, "Darba dators") {
		t.Fatalf("after logging in by it: %s", got)
	}
	b.visit("/sessions/" + waits.Session + "/agenda/approve")
	b.choose("decision", "approve")
	b.press("Turpināt")
	b.sees(".careful")
	b.sees("#passkey")
	b.shot("approve-by-passkey")
	b.click("#passkey")
	b.sees(".panel.done .code")
	now, err := h.office.Agenda(t.Context(), h.by(chair).Actor, waits.Session)
	h.must(err)
	if v, _ := now.Current(); len(v.Approvals) != 1 {
		t.Errorf("approvals %+v", v.Approvals)
	}
	b.visit("/account/passkeys/" + h.passkeyOf(chair))
	b.sees("dl.rows")
	b.click("details summary")
	b.leaving(func() { b.click("#passkey") })
	if got := b.text(".notice"); !strings.Contains(got, "noņemta") {
		t.Errorf("after removing the key by itself: %s", got)
	}
}
