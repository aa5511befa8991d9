package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a PostgreSQL server on loopback with its data in a folder of its
// own.
type Server struct {
	bin, dir string
	settings []string
	port     int
	as       *syscall.Credential
	cmd      *exec.Cmd
	ended    chan struct{}
}

// start makes a server's data and starts it. Its settings are the defaults,
// which keep what they acknowledge.
func start(settings ...string) (s *Server, err error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	s = &Server{bin: bin, settings: settings}
	if s.dir, err = os.MkdirTemp("", "padome-postgres-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(s.dir))
		}
	}()
	if err := s.unprivileged(); err != nil {
		return nil, err
	}
	out, err := s.command("initdb", "--pgdata="+s.data(), "--username=padome", "--auth=trust", "--encoding=UTF8",
		"--locale=C", "--no-sync", "--no-instructions").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		return nil, err
	}
	return s, s.Begin()
}

// unprivileged chooses who runs the server, which refuses to be run by root.
func (s *Server) unprivileged() error {
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errUID := strconv.Atoi(u.Uid)
		gid, errGID := strconv.Atoi(u.Gid)
		s.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return errors.Join(errUID, errGID, os.Chown(s.dir, uid, gid))
	}
	return errors.New("no user to run PostgreSQL as")
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.as, Setpgid: true}
	return cmd
}

// DSN is the address of the server.
func (s *Server) DSN() string {
	return fmt.Sprintf("postgres://padome@127.0.0.1:%d/postgres?sslmode=disable", s.port)
}

// Port is where the server listens on loopback.
func (s *Server) Port() int { return s.port }

// Begin starts the server, also after it was killed, and waits until it answers.
// Processes of a killed one may still hold its memory for a moment.
func (s *Server) Begin() error {
	for tries := 0; ; tries++ {
		err := s.begin()
		if err == nil || tries == 100 || !strings.Contains(err.Error(), "is still in use") {
			return err
		}
		if err := os.Truncate(filepath.Join(s.dir, "log"), 0); err != nil {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (s *Server) begin() error {
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd = s.command("postgres", "-D", s.data(), "-p", strconv.Itoa(s.port), "-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories="+s.dir, "-c", "max_connections=200", "-c", "shared_buffers=64MB")
	for _, setting := range s.settings {
		s.cmd.Args = append(s.cmd.Args, "-c", setting)
	}
	s.cmd.Stdout, s.cmd.Stderr = log, log
	s.cmd.SysProcAttr.Pdeathsig = syscall.SIGQUIT // not to outlive the tests
	begun := make(chan error)
	s.ended = make(chan struct{})
	go func(ended chan struct{}) {
		// The signal comes when the thread ends that started the server.
		runtime.LockOSThread()
		defer close(ended)
		err := s.cmd.Start()
		begun <- err
		if err == nil {
			_ = s.cmd.Wait()
		}
	}(s.ended)
	if err := <-begun; err != nil {
		return err
	}
	return s.answers()
}

func (s *Server) answers() error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.DSN())
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-s.ended:
			said, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			return fmt.Errorf("PostgreSQL ended: %s", said)
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Stop ends the server and removes its data.
func (s *Server) Stop() error {
	_ = s.cmd.Process.Signal(syscall.SIGQUIT)
	<-s.ended
	return os.RemoveAll(s.dir)
}

// Kill kills the server's first process, so that it can clean up nothing; its
// other processes end when they notice.
func (s *Server) Kill() error {
	err := s.cmd.Process.Kill()
	<-s.ended
	return err
}
