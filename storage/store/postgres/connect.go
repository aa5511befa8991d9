package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"padome/storage/store"
)

// connections is how many there may be at once, unless the DSN says otherwise
// with pool_max_conns.
const connections = 24

// parse reads a DSN. Only a host that takes writes will do, whatever it says.
func parse(dsn string) (*pgxpool.Config, error) {
	c, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("store: the address of the database: %w", err)
	}
	if !strings.Contains(dsn, "pool_max_conns") {
		c.MaxConns = connections
	}
	cc := &c.ConnConfig.Config
	cc.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	if cc.ConnectTimeout == 0 || cc.ConnectTimeout > time.Minute {
		cc.ConnectTimeout = 5 * time.Second
	}
	dialer := &net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 5 * time.Second, Interval: 2 * time.Second, Count: 5}}
	cc.DialFunc = dialer.DialContext
	for name, value := range map[string]string{
		"application_name": "padome",
		// A program that is cut off from the server lets go of its tenants.
		"idle_in_transaction_session_timeout": "60000",
		// Every statement goes by a primary key. A plan made while a table was small
		// must not read all of it when it has grown.
		"enable_seqscan": "off", "enable_bitmapscan": "off",
	} {
		if cc.RuntimeParams[name] == "" {
			cc.RuntimeParams[name] = value
		}
	}
	return c, nil
}

// hosts names where the database is, without what is secret of the DSN.
func (s *Store) hosts() string {
	c := s.pool.Config().ConnConfig
	names := []string{net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port)))}
	for _, f := range c.Fallbacks {
		if name := net.JoinHostPort(f.Host, strconv.Itoa(int(f.Port))); name != names[len(names)-1] {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// lost says of an error that the connection, or the server, is of no use: the
// same may work on another one. A statement that the server itself refused is
// not lost, except where the state says that another time or member will do.
func lost(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code {
		case "25006", // a member that no longer takes writes
			"25P03", "25P02", // the transaction was ended by the server
			"40001", "40P01", // ended for the sake of another one
			"53300",          // too many connections
			"55006", "57014": // busy, cancelled
			return true
		}
		return strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "57P") || pg.Severity == "FATAL" && !denied(pg)
	}
	if err == nil || errors.Is(err, context.Canceled) {
		return false
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) {
		return true
	}
	return errors.Is(err, errCut) || errors.Is(err, context.DeadlineExceeded) || pgconn.SafeToRetry(err)
}

// denied says that the server will not let us in, however often we ask.
func denied(pg *pgconn.PgError) bool {
	return strings.HasPrefix(pg.Code, "28") || strings.HasPrefix(pg.Code, "3D")
}

// errCut: the connection ended while something was under way.
var errCut = errors.New("the connection was cut")

// cut marks an error of a connection that is closed now.
func cut(c *pgxpool.Conn, err error) error {
	if err != nil && c.Conn().IsClosed() && !errors.Is(err, errCut) {
		return fmt.Errorf("%w: %w", errCut, err)
	}
	return err
}

func unreachable(err error) error { return fmt.Errorf("%w: %w", store.ErrUnreachable, err) }

// waiting is a growing pause between attempts, up to a deadline.
type waiting struct {
	s     *Store
	until time.Time
	pause time.Duration
	tries int
}

func (s *Store) wait() *waiting {
	return &waiting{s: s, until: time.Now().Add(s.cfg.Patience), pause: 10 * time.Millisecond}
}

// again waits before another attempt; false when there is no time for one. The
// first one comes at once, since it may find a sound connection.
func (w *waiting) again(ctx context.Context, err error) bool {
	if w.tries++; w.tries == 1 {
		w.s.pool.Reset() // what broke one connection has broken the others
		return true
	}
	w.s.cfg.Log.Warn("the database does not answer", "hosts", w.s.hosts(), "attempt", w.tries, "error", err)
	if time.Now().Add(w.pause).After(w.until) {
		return false
	}
	select {
	case <-time.After(w.pause):
	case <-ctx.Done():
		return false
	}
	w.pause = min(2*w.pause, 500*time.Millisecond)
	return true
}
