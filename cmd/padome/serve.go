package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"padome/internal/auth"
	"padome/internal/pdf"
	"padome/web"
)

const (
	// memory is what the collector keeps the program's heap within, unless
	// GOMEMLIMIT says otherwise: it works harder near it, and never fails for it.
	// With the program's own pages that stays below the 256 MiB that are promised.
	memory = 208 << 20
	// grace is how long requests under way may take once the program stops.
	grace = 10 * time.Second
	// sweepEvery is how often what has expired is cleared away.
	sweepEvery = time.Hour
	// unreferred is how long a file waits for a record that refers to it.
	unreferred = 24 * time.Hour
	// repeatable is how long a repeat of a change returns its first result.
	repeatable = 7 * 24 * time.Hour
)

// serve answers requests until it is told to stop.
func (m *Main) serve(ctx context.Context, o *options) error {
	if err := checkAddress("listen", o.listen); err != nil {
		return err
	}
	if err := checkSite(o.url); err != nil {
		return err
	}
	limitMemory(memory)
	d, err := m.open(ctx, o.dir, true)
	if err != nil {
		return err
	}
	if err := m.beginLedger(ctx, o, o.dir, d); err != nil {
		return errors.Join(err, d.db.Close())
	}
	if err := keepBackups(o, d); err != nil {
		return errors.Join(err, d.db.Close())
	}
	return errors.Join(m.serveData(ctx, o, d, m.log(slog.LevelInfo), m.welcome), d.db.Close())
}

// limitMemory sets the soft limit of the heap where the surroundings have none.
func limitMemory(most int64) {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(most)
	}
}

func (m *Main) log(level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(m.Err, &slog.HandlerOptions{Level: level}))
}

// checkAddress refuses what a flag gives as an address and is none.
func checkAddress(name, address string) error {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return usage("cmd.listen.wrong", "name", name, "value", address)
	}
	return nil
}

// checkSite refuses what --url gives as the address by which people reach the
// program and is none.
func checkSite(address string) error {
	if address == "" {
		return nil
	}
	if _, err := web.Site(address); err != nil {
		return usage("cmd.url.wrong", "value", address)
	}
	return nil
}

// serveData serves an open data folder. greet is told the address at which
// people reach it, once requests wait to be answered there.
func (m *Main) serveData(ctx context.Context, o *options, d *data, log *slog.Logger, greet func(context.Context, *data, string) error) error {
	s, err := m.server(o, d, log)
	if err != nil {
		return err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", o.listen)
	if err != nil {
		return fail(err, "cmd.listen.taken", "name", "listen", "address", o.listen, "error", err.Error())
	}
	stopMeasuring, err := m.measured(ctx, s, o.metrics)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer stopMeasuring()
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	if err := greet(ctx, d, cmp.Or(strings.TrimRight(o.url, "/"), "http://"+reachable(l.Addr()))); err != nil {
		return errors.Join(err, m.stop(s, log, done))
	}
	m.notify(log, "READY=1", "STATUS="+reachable(l.Addr()))
	if m.Listening != nil {
		m.Listening(l.Addr().String())
	}
	stopSweeping := m.sweeping(ctx, d, log)
	defer stopSweeping()
	stopMarking := m.marking(ctx, d, log)
	defer stopMarking()
	select {
	case err := <-done:
		return err
	case <-d.db.Failed():
		return errors.Join(fail(nil, "cmd.serve.failed"), m.stop(s, log, done))
	case <-ctx.Done():
	}
	log.Info("stopping")
	m.notify(log, "STOPPING=1")
	return m.stop(s, log, done)
}

func (m *Main) server(o *options, d *data, log *slog.Logger) (*web.Server, error) {
	if err := pdf.Prepare(); err != nil {
		return nil, err
	}
	passwords, err := auth.NewPasswords(auth.DefaultCost)
	if err != nil {
		return nil, err
	}
	proxies := strings.FieldsFunc(o.trustedProxies, func(r rune) bool { return r == ',' || r == ' ' })
	for _, p := range proxies {
		if _, _, err := net.ParseCIDR(p); err != nil && net.ParseIP(p) == nil {
			return nil, usage("cmd.proxies.wrong", "value", p)
		}
	}
	d.office.ReachedAt(o.url)
	return web.New(web.Config{
		Office: d.office, Passwords: passwords, Address: o.url, SecureCookies: o.secureCookies, TrustedProxies: proxies, Log: log, Now: m.Now,
		Ready: d.db.Ready,
	})
}

// stop lets the requests under way end, for a while. Those that do not are cut
// off, which is logged and no failure of the stop.
func (m *Main) stop(s *web.Server, log *slog.Logger, done <-chan error) error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	err := s.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		log.Warn("requests were cut off at the stop", "after", grace)
		err = nil
	}
	return errors.Join(err, <-done)
}

// reachable is an address as somebody at the machine types it.
func reachable(a net.Addr) string {
	tcp, ok := a.(*net.TCPAddr)
	if ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("localhost:%d", tcp.Port)
	}
	return a.String()
}

// welcome prints where the program is reached and, while there is no account,
// the link that makes the first one.
func (m *Main) welcome(ctx context.Context, d *data, base string) error {
	t := m.tell()
	t.Line(0, "cmd.serve.address", "address", base)
	if d.newKey != "" {
		t.Line(0, "cmd.ledger.key.made")
		t.Print(d.newKey)
	}
	token, err := d.office.Logins().NewSetUpLink(ctx)
	if err != nil {
		return err
	}
	if token != "" {
		t.Line(0, "cmd.serve.set-up")
		t.Print(base + "/setup/" + token)
	}
	plans, err := d.office.Plans(ctx)
	if err != nil {
		return err
	}
	principles, err := d.office.Principles(ctx)
	if err != nil {
		return err
	}
	if len(plans) == 0 || len(principles) == 0 {
		t.Line(0, "cmd.serve.begin")
	}
	if !m.supervised() { // whom somebody else stops
		t.Line(0, "cmd.serve.stop")
	}
	return t.Err()
}

// sweeping clears away, every hour, what has expired, until the function that
// it returns is called.
func (m *Main) sweeping(ctx context.Context, d *data, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		backUp(ctx, d, log)
		every := time.NewTicker(sweepEvery)
		defer every.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-every.C:
				sweep(ctx, d, log)
				backUp(ctx, d, log)
			}
		}
	}()
	return func() { cancel(); <-ended }
}

// backUp makes a backup when one is due.
func backUp(ctx context.Context, d *data, log *slog.Logger) {
	made, err := d.office.BackUpIfDue(ctx)
	if err != nil && ctx.Err() == nil {
		log.Error("the backup failed", "error", err)
	} else if made {
		log.Info("backed up")
	}
}

// keepBackups names the folder of backups, which must be there and be written
// to: otherwise nobody would miss the backups until they are needed.
func keepBackups(o *options, d *data) error {
	if o.backups == "" {
		return nil
	}
	err := os.MkdirAll(o.backups, 0o700)
	if err == nil {
		err = writable(o.backups)
	}
	if err != nil {
		return fail(err, "cmd.backups.folder", "dir", o.backups, "error", err.Error())
	}
	d.office.KeepBackupsIn(o.backups)
	return nil
}

// writable makes a file in a folder and takes it away again.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".padome-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// sweep removes logins and links that can no longer be used, files that no
// record refers to, and commands too old to be repeated.
func sweep(ctx context.Context, d *data, log *slog.Logger) {
	logins, err := d.office.Logins().SweepLogins(ctx)
	files, err2 := d.db.SweepBlobs(ctx, unreferred)
	commands, err3 := d.db.ForgetCommands(ctx, repeatable)
	if err := errors.Join(err, err2, err3); err != nil && ctx.Err() == nil {
		log.Error("sweeping failed", "error", err)
	}
	log.Info("swept", "logins", logins, "files", files, "commands", commands)
}
