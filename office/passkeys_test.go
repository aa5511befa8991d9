package office

import (
	"context"
	"errors"
	"slices"
	"testing"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/auth/passkey"
	"padome/internal/auth/passkey/passkeytest"
	"padome/internal/problem"
	"padome/storage"
)

var padomeSite, _ = passkey.SiteOf("https://padome.example")

// keyed is an account with the device that has its passkey.
type keyed struct {
	*desk
	id     string
	device *passkeytest.Device
	codes  []string
}

// login is the hash of the login that asks.
const login = "a login"

func (d *desk) account(id string) auth.Account {
	d.t.Helper()
	return get2(d.Logins().Account(d.t.Context(), id))(d.t)
}

func (d *desk) holder(id string) Keyholder { return Keyholder{padomeSite, d.account(id), login} }

// addKey makes an account for a person of the desk, where there is none, and gives
// it a passkey.
func (d *desk) addKey(id, name string) *keyed {
	d.t.Helper()
	l, ctx := d.Logins(), d.t.Context()
	if _, err := l.Account(ctx, id); problem.KindOf(err) == problem.NotFound {
		must(d.t)(l.UpdateAccount(ctx, operator.change("history.account", ""), id, 0, func(a *auth.Account) error {
			a.Name, a.Person, a.Epoch = id, id, 1
			return nil
		}))
	}
	k := &keyed{desk: d, id: id, device: passkeytest.New(padomeSite)}
	asked, err := l.BeginPasskey(ctx, d.by(id), d.holder(id), name)
	if err != nil {
		d.t.Fatal(err)
	}
	if _, k.codes, err = l.AddPasskey(ctx, d.by(id), d.holder(id), name, k.device.Make(asked)); err != nil {
		d.t.Fatal(err)
	}
	return k
}

func (k *keyed) logIn() (auth.Account, error) {
	h := Keyholder{Site: padomeSite, Login: "a browser"}
	asked, err := k.Logins().BeginLogIn(k.t.Context(), h)
	if err != nil {
		k.t.Fatal(err)
	}
	return k.Logins().LogIn(k.t.Context(), h, k.device.Use(asked))
}

// refusal is the key of the fault of "passkey" or "name", or of the problem.
func refusal(err error) string {
	e, ok := errors.AsType[*problem.Error](err)
	switch {
	case !ok:
		return ""
	case len(e.Fields) == 1:
		return e.Fields[0].Key
	}
	return e.Key
}

func TestAPasskeyLogsInAndIsTheSecondFactor(t *testing.T) {
	d := newDesk(t)
	k := d.addKey("ngo-1", "Tālrunis")
	a := d.account("ngo-1")
	if !a.HasSecond() || len(k.codes) != 10 || a.CodesLeft() != 10 || a.Epoch != 2 {
		t.Fatalf("after the key: second factor %v, %d codes told, %d kept, epoch %d", a.HasSecond(), len(k.codes), a.CodesLeft(), a.Epoch)
	}
	got, err := k.logIn()
	if err != nil || got.ID != "ngo-1" || got.Passkeys[0].Used.IsZero() || got.Epoch != 2 {
		t.Fatalf("logging in = %+v, %v", got, err)
	}
	if second := d.addKey("ngo-1", "Stick"); second.codes != nil {
		t.Error("a second key told codes anew")
	}
	by := d.by("ngo-1")
	must(t)(d.Logins().RenamePasskey(t.Context(), by, d.account("ngo-1"), k.device.ID(), "Vecais tālrunis"))
	if _, err := d.Logins().RenamePasskey(t.Context(), by, d.account("ngo-1"), k.device.ID(), "stick"); refusal(err) != "problem.passkey.name" {
		t.Errorf("two keys of one name = %v", err)
	}
	if _, err := d.Logins().RemovePasskey(t.Context(), By{Actor: by.Actor}, d.account("ngo-1"), k.device.ID()); refusal(err) != "problem.office.unproven" {
		t.Errorf("removed by nobody known = %v", err)
	}
	must(t)(d.Logins().RemovePasskey(t.Context(), by, d.account("ngo-1"), k.device.ID()))
	if _, err := k.logIn(); refusal(err) != "problem.passkey.unknown" {
		t.Errorf("a removed key = %v", err)
	}
	must(t)(d.Logins().RemovePasskey(t.Context(), by, d.account("ngo-1"), d.account("ngo-1").Passkeys[0].ID))
	if a = d.account("ngo-1"); a.HasSecond() || a.CodesLeft() != 0 || a.Epoch != 5 {
		t.Errorf("without keys: second factor %v, %d codes, epoch %d", a.HasSecond(), a.CodesLeft(), a.Epoch)
	}
}

func TestARepeatedKeyIsAddedOnce(t *testing.T) {
	d := newDesk(t)
	d.addKey("ngo-1", "A")
	device := passkeytest.New(padomeSite)
	asked := get2(d.Logins().BeginPasskey(t.Context(), d.by("ngo-1"), d.holder("ngo-1"), "B"))(t)
	by, h, made := d.by("ngo-1"), d.holder("ngo-1"), device.Make(asked)
	by.Command = "once"
	for range 2 {
		a, codes, err := d.Logins().AddPasskey(t.Context(), by, h, "B", made)
		if err != nil || len(a.Passkeys) != 2 || codes != nil {
			t.Errorf("%d keys, %d codes, %v", len(a.Passkeys), len(codes), err)
		}
	}
	by.Command = "again"
	if _, _, err := d.Logins().AddPasskey(t.Context(), by, d.holder("ngo-1"), "C", made); refusal(err) != "problem.passkey.challenge" {
		t.Errorf("the same answer as another command = %v", err)
	}
}

// Each of these is refused, and its challenge is then used up; the control is the
// same without the attack.
func TestAttacksOnAPasskeyAreRefused(t *testing.T) {
	d := newDesk(t)
	k, other := d.addKey("state-1", "A"), d.addKey("ngo-1", "B")
	l, ctx, digest := d.Logins(), t.Context(), "the digest that was shown"
	prove := func(as Keyholder, digest, answer string) error {
		_, err := l.ProveByPasskey(ctx, as, digest, answer)
		return err
	}
	ask := func(h Keyholder) passkey.Request { t.Helper(); return get2(l.BeginProof(ctx, h, digest))(t) }
	elsewhere, _ := passkey.SiteOf("https://padome.example.evil.example")
	for name, c := range map[string]struct {
		attack func(h *Keyholder, device *passkeytest.Device, digest *string)
		device *passkeytest.Device
		want   string
	}{
		"none":                           {want: ""},
		"another website in the browser": {func(_ *Keyholder, x *passkeytest.Device, _ *string) { x.Origin = elsewhere.Origin }, nil, "problem.passkey.origin"},
		"another port":                   {func(_ *Keyholder, x *passkeytest.Device, _ *string) { x.Origin += ":8443" }, nil, "problem.passkey.origin"},
		"another website in the device":  {func(_ *Keyholder, x *passkeytest.Device, _ *string) { x.Site = elsewhere.ID }, nil, "problem.passkey.origin"},
		"no owner verified":              {func(_ *Keyholder, x *passkeytest.Device, _ *string) { x.Unverified = true }, nil, "problem.passkey.verified"},
		"another login":                  {func(h *Keyholder, _ *passkeytest.Device, _ *string) { h.Login = "stolen" }, nil, "problem.passkey.challenge"},
		"another digest":                 {func(_ *Keyholder, _ *passkeytest.Device, s *string) { *s = "what was not shown" }, nil, "problem.passkey.challenge"},
		"a challenge of nobody's":        {func(_ *Keyholder, x *passkeytest.Device, _ *string) { x.Challenge = "bm9ib2R5cw" }, nil, "problem.passkey.challenge"},
		"another person's key":           {nil, other.device, "problem.passkey.unknown"},
		"another person's challenge":     {func(h *Keyholder, _ *passkeytest.Device, _ *string) { h.Account = d.account("ngo-1") }, nil, "problem.passkey.challenge"},
		"another owner":                  {func(_ *Keyholder, x *passkeytest.Device, _ *string) { x.Owner = other.device.Owner }, nil, "problem.passkey.unknown"},
	} {
		h, device, of := d.holder("state-1"), *k.device, digest
		if c.device != nil {
			device = *c.device
		}
		asked := ask(h)
		if c.attack != nil {
			c.attack(&h, &device, &of)
		}
		answer := device.Use(asked)
		if err := prove(h, of, answer); refusal(err) != c.want || c.want == "" && err != nil {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if err := prove(d.holder("state-1"), digest, k.device.Use(asked)); device.Challenge == "" && refusal(err) != "problem.passkey.challenge" {
			t.Errorf("%s: the challenge once more = %v", name, err)
		}
	}
	login := get2(l.BeginLogIn(ctx, Keyholder{Site: padomeSite, Login: "a browser"}))(t)
	if err := prove(d.holder("state-1"), digest, k.device.Use(login)); refusal(err) != "problem.passkey.challenge" {
		t.Errorf("a challenge of a login proves: %v", err)
	}
	asked := ask(d.holder("state-1"))
	d.clock.Add(301)
	if err := prove(d.holder("state-1"), digest, k.device.Use(asked)); refusal(err) != "problem.passkey.challenge" {
		t.Errorf("a late answer = %v", err)
	}
}

func TestAKeyWhoseCounterGoesBackLetsNobodyIn(t *testing.T) {
	d := newDesk(t)
	k := d.addKey("ngo-1", "Stick")
	k.device.Counter = 7
	if _, err := k.logIn(); err != nil {
		t.Fatal(err)
	}
	copied := *k
	one := *k.device
	copied.device = &one
	if _, err := copied.logIn(); err != nil { // nobody knows yet which is which
		t.Fatal(err)
	}
	for range 2 {
		if _, err := k.logIn(); refusal(err) != "problem.passkey.copied" {
			t.Errorf("a counter that was there before = %v", err)
		}
	}
	if _, err := copied.logIn(); refusal(err) != "problem.passkey.copied" {
		t.Errorf("the copy = %v", err)
	}
	if a := d.account("ngo-1"); a.Passkeys[0].Copied.IsZero() || !a.HasSecond() {
		t.Errorf("the account %+v", a.Passkeys[0])
	}
}

func TestWhoTakesTheSecondFactorAwayTakesThePasskeys(t *testing.T) {
	d := newDesk(t)
	d.addKey("ngo-1", "A")
	a := d.account("ngo-1")
	if a.UseCode(d.db.Now(), d.addKey("ngo-2", "B").codes[0]) {
		t.Error("a code of another account works")
	}
	must(t)(d.Logins().ForgetSecond(t.Context(), d.by("admin"), "ngo-1", a.Revision))
	if a = d.account("ngo-1"); a.HasSecond() || a.CodesLeft() != 0 {
		t.Errorf("left: %+v", a)
	}
	if _, err := d.Logins().ForgetSecond(t.Context(), d.by("ngo-2"), "ngo-1", a.Revision); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("a member takes it away: %v", err)
	}
}

func TestAnAgendaIsApprovedByAPasskey(t *testing.T) {
	d := newDesk(t)
	s := d.prepared("2024-02-28")
	k := d.addKey("state-1", "A")
	digest := d.submitted(s.ID).Versions[0].Digest
	by := func(of string) By {
		by := d.by("state-1")
		by.Proof = func(ctx context.Context, _ council.Actor, asked string) error {
			request := get2(d.Logins().BeginProof(ctx, d.holder("state-1"), of))(t)
			_, err := d.Logins().ProveByPasskey(ctx, d.holder("state-1"), asked, k.device.Use(request))
			return err
		}
		return by
	}
	if _, err := d.ApproveAgenda(t.Context(), by("another version"), s.ID, digest); refusal(err) != "problem.passkey.challenge" {
		t.Errorf("proved for another version: %v", err)
	}
	a, err := d.ApproveAgenda(t.Context(), by(digest), s.ID, digest)
	if err != nil || len(a.Versions[0].Approvals) != 1 {
		t.Errorf("proved for this version: %v", err)
	}
}

func TestMoreKeysThanAnAccountMayHaveAreRefused(t *testing.T) {
	d := newDesk(t)
	for i := range auth.MostPasskeys {
		d.addKey("ngo-1", string(rune('A'+i)))
	}
	_, err := d.Logins().BeginPasskey(t.Context(), d.by("ngo-1"), d.holder("ngo-1"), "Z")
	if refusal(err) != "problem.passkey.most" {
		t.Error(err)
	}
	ids := get2(storage.ReadInstallation(t.Context(), d.Logins().Installation, func(v *storage.InstallationView) ([]string, error) {
		a, err := v.Account("ngo-1")
		return a.PasskeyIDs(padomeSite.ID), err
	}))(t)
	if slices.Sort(ids); len(slices.Compact(ids)) != auth.MostPasskeys {
		t.Errorf("%d keys", len(ids))
	}
}
