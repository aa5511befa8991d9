package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"padome/cmd/padome/demo"
	"padome/storage"
	"padome/storage/store"
	"padome/storage/store/bolt"
)

// running is the program while it serves.
type running struct {
	base string
	out  *output
	stop func() int // and its exit code
}

// output is written by the program and read by the test.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

func program() (*Main, *output, *output) {
	out, errs := &output{}, &output{}
	return &Main{Out: out, Err: errs, Env: func(string) string { return "" }, Now: time.Now}, out, errs
}

// start runs a serving command on a free port until the test or stop ends it.
func start(t *testing.T, args ...string) running {
	t.Helper()
	m, out, errs := program()
	ctx, cancel := context.WithCancel(t.Context())
	address := make(chan string, 1)
	m.Listening = func(a string) { address <- a }
	code := make(chan int, 1)
	if slices.Contains(args, "--store") && !slices.Contains(args, "--ledger-key") { // whose key lies among nobody's settings
		args = append(args, "--ledger-key", filepath.Join(t.TempDir(), "signing.key"))
	}
	go func() { code <- m.Run(ctx, append(args, "--listen", "127.0.0.1:0")) }()
	select {
	case a := <-address:
		stop := sync.OnceValue(func() int { cancel(); return <-code })
		t.Cleanup(func() { stop() })
		return running{"http://" + a, out, stop}
	case c := <-code:
		cancel()
		t.Fatalf("ended with %d: %s", c, errs)
	case <-time.After(20 * time.Second):
		cancel()
		t.Fatal("does not listen")
	}
	return running{}
}

func get(t *testing.T, address, token string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return send(t, r)
}

func send(t *testing.T, r *http.Request) (int, string) {
	t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, body.String()
}

// logIn logs in by the API and returns the token.
func logIn(t *testing.T, base, name, password string) string {
	t.Helper()
	body, _ := json.Marshal(map[string]string{"name": name, "password": password})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/api/v1/login", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	status, answer := send(t, r)
	var in struct{ Token string }
	if err := json.Unmarshal([]byte(answer), &in); err != nil || status != http.StatusOK && status != http.StatusCreated || in.Token == "" {
		t.Fatalf("login of %s: %d %s", name, status, answer)
	}
	return in.Token
}

var setUpLink = regexp.MustCompile(`(?m)^http://\S+/setup/\S+$`)

// setUp makes the first administrator, ruta, by the link that is printed.
func setUp(t *testing.T, link string) {
	t.Helper()
	if status, _ := get(t, link, ""); status != http.StatusOK {
		t.Fatalf("the set-up link %q answers %d", link, status)
	}
	form := url.Values{"given": {"Rūta"}, "surname": {"Zeme"}, "gender": {"f"}, "name": {"ruta"},
		"password": {"sniegota-taka-77"}, "again": {"sniegota-taka-77"}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, link, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if status, body := send(t, r); status != http.StatusOK { // after the redirect
		t.Fatalf("setting up: %d\n%s", status, body)
	}
}

func TestAFreshInstallationIsSetUpByItsLink(t *testing.T) {
	dir := t.TempDir() + "/data"
	p := start(t, "serve", "--dir", dir)
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("data folder: %v, %v; want mode 0700", info, err)
	}
	if !strings.Contains(p.out.String(), "Darba plāna vai pamatprincipu vēl nav") {
		t.Errorf("nothing about the missing plan:\n%s", p.out)
	}
	link := setUpLink.FindString(p.out.String())
	setUp(t, link)
	if status, _ := get(t, link, ""); status != http.StatusNotFound {
		t.Errorf("the link still answers %d", status)
	}
	token := logIn(t, p.base, "ruta", "sniegota-taka-77")
	if status, me := get(t, p.base+"/api/v1/me", token); status != http.StatusOK || !strings.Contains(me, "administrator") {
		t.Errorf("me: %d %s", status, me)
	}
	if got := p.stop(); got != fine {
		t.Errorf("ended with %d", got)
	}

	again := start(t, "serve", "--dir", dir)
	if strings.Contains(again.out.String(), "/setup/") {
		t.Errorf("a set-up link although there is an account:\n%s", again.out)
	}
	if status, _ := get(t, again.base+"/readyz", ""); status != http.StatusOK {
		t.Errorf("readyz: %d", status)
	}
}

func TestSampleLoginsOfTheDemoWork(t *testing.T) {
	p := start(t, "demo", "--dir", t.TempDir())
	for _, l := range demo.Logins("lv") {
		if !strings.Contains(p.out.String(), l.Name+" / "+l.Password) {
			t.Errorf("%s is not printed", l.Name)
		}
		if status, me := get(t, p.base+"/api/v1/me", logIn(t, p.base, l.Name, l.Password)); status != http.StatusOK {
			t.Errorf("%s: %d %s", l.Name, status, me)
		}
	}
	if status, page := get(t, p.base+"/", ""); status != http.StatusOK || !strings.Contains(page, "Nevalstisko organizāciju") {
		t.Errorf("start page: %d\n%s", status, page)
	}
}

// complaint runs a command that must fail and returns what it says.
func complaint(t *testing.T, want int, args ...string) string {
	t.Helper()
	m, out, errs := program()
	if got := m.Run(t.Context(), args); got != want {
		t.Errorf("%v ended with %d, want %d", args, got, want)
	}
	if out.String() != "" {
		t.Errorf("%v wrote %q", args, out)
	}
	if !strings.HasPrefix(errs.String(), "padome: ") || !strings.Contains(errs.String(), "\nhint: ") {
		t.Errorf("%v complains without a hint: %q", args, errs)
	}
	return errs.String()
}

func TestExitCodesTellMisuseFromFailure(t *testing.T) {
	complaint(t, misuse)
	complaint(t, misuse, "begt")
	complaint(t, misuse, "preview", "--date", "tomorrow")
	complaint(t, misuse, "check")
	complaint(t, failed, "check", "--dir", t.TempDir())
	complaint(t, failed, "plan", "import", "missing.txt", "--dir", t.TempDir())
}

func TestAFolderHeldByAnotherProgramIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	p := start(t, "serve", "--dir", dir)
	for _, args := range [][]string{
		{"serve", "--dir", dir, "--listen", "127.0.0.1:0"}, {"check", "--dir", dir}, {"user", "list", "--dir", dir},
		{"preview", "--date", "2024-02-28", "--dir", dir}, {"plan", "show", "--dir", dir},
	} {
		if said := complaint(t, failed, args...); !strings.Contains(said, "Datu mapi jau lieto cits programmas process") {
			t.Errorf("%v: %s", args, said)
		}
	}
	if status, _ := get(t, p.base+"/healthz", ""); status != http.StatusOK {
		t.Errorf("the first program answers %d", status)
	}
}

func TestATakenAddressIsToldAndTheFolderIsReleased(t *testing.T) {
	p := start(t, "serve", "--dir", t.TempDir())
	dir := t.TempDir()
	if said := complaint(t, failed, "serve", "--dir", dir, "--listen", strings.TrimPrefix(p.base, "http://")); !strings.Contains(said, "nevar gaidīt") {
		t.Error(said)
	}
	db, err := storage.Open(storage.Config{Dir: dir})
	if err != nil {
		t.Fatalf("the folder is still held: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

func TestDataOfANewerProgramAreLeftAlone(t *testing.T) {
	dir := t.TempDir()
	s, err := bolt.Open(bolt.Config{Path: dir + "/" + records})
	if err != nil {
		t.Fatal(err)
	}
	newer, err := cbor.Marshal(map[string]int{"version": storage.SchemaVersion + 1})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = s.Update(t.Context(), firstTenant, "", func(w store.Writer) ([]byte, error) {
		return nil, w.Put("meta", []byte("schema"), newer)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(dir + "/" + records)
	if err != nil {
		t.Fatal(err)
	}
	for i, args := range [][]string{{"serve", "--dir", dir}, {"check", "--dir", dir}, {"plan", "show", "--dir", dir}} {
		if said := complaint(t, []int{refused, failed, failed}[i], args...); !strings.Contains(said, "jaunāka programmas versija") {
			t.Errorf("%v: %s", args, said)
		}
	}
	after, err := os.ReadFile(dir + "/" + records)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file changed (%v)", err)
	}
}

func TestDamageIsTold(t *testing.T) {
	dir := t.TempDir()
	m, _, errs := program()
	if code := m.Run(t.Context(), []string{"demo", "--once", "--dir", dir}); code != fine {
		t.Fatal(errs)
	}
	files, err := filepath.Glob(filepath.Join(dir, "blobs", "*", "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files, %v", err)
	}
	if err := os.Chmod(files[0], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	said := complaint(t, failed, "check", "--dir", dir)
	if !strings.Contains(said, "ir bojāti") || !strings.Contains(said, filepath.Base(files[0])) || strings.Contains(said, "problem.") {
		t.Error(said)
	}
}

// TestSystemdIsToldWhenTheServiceIsReadyAndWhenItStops listens where systemd
// would. Nothing is said of the keyboard there.
func TestSystemdIsToldWhenTheServiceIsReadyAndWhenItStops(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "notify")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	m, out, errs := program()
	m.Env = func(name string) string { return map[string]string{"NOTIFY_SOCKET": socket}[name] }
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	code := make(chan int, 1)
	go func() {
		code <- m.Run(ctx, []string{"serve", "--dir", t.TempDir() + "/data", "--listen", "127.0.0.1:0"})
	}()
	heard := func() string {
		l.SetReadDeadline(time.Now().Add(20 * time.Second))
		b := make([]byte, 200)
		n, err := l.Read(b)
		if err != nil {
			t.Fatalf("nothing is told: %v %s", err, errs)
		}
		return string(b[:n])
	}
	ready, address, _ := strings.Cut(heard(), "\nSTATUS=")
	if ready != "READY=1" {
		t.Errorf("at the start %q is told", ready)
	}
	if status, _ := get(t, "http://"+address+"/readyz", ""); status != http.StatusOK {
		t.Errorf("then it answers %d", status)
	}
	cancel()
	if got := heard(); got != "STOPPING=1" {
		t.Errorf("at the stop %q is told", got)
	}
	if got := <-code; got != fine || strings.Contains(out.String(), "Ctrl+C") {
		t.Errorf("it ends with %d; said: %s", got, out)
	}
}

func TestAFolderForBackupsThatTakesNoneIsRefused(t *testing.T) {
	said := complaint(t, failed, "serve", "--dir", t.TempDir()+"/data", "--listen", "127.0.0.1:0", "--backups", "/proc/self")
	if !strings.Contains(said, "/proc/self") || !strings.Contains(said, "ReadWritePaths") {
		t.Error(said)
	}
}

func TestMeasurementsHaveAListenerOfTheirOwn(t *testing.T) {
	p := start(t, "serve", "--dir", t.TempDir()+"/data", "--metrics", "127.0.0.1:0", "--backups", t.TempDir())
	at := regexp.MustCompile(`http://\S+/metrics`).FindString(p.out.String())
	get(t, p.base+"/readyz", "")
	status, body := get(t, at, "")
	if status != http.StatusOK || !strings.Contains(body, `route="/readyz"`) || !strings.Contains(body, "padome_backup_newest_seconds ") {
		t.Errorf("%s = %d\n%s", at, status, body)
	}
	if status, _ := get(t, p.base+"/metrics", ""); status != http.StatusNotFound {
		t.Errorf("the public address answers /metrics with %d", status)
	}
}
