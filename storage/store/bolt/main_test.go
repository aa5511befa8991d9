package bolt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"padome/storage/store"
	"padome/storage/store/storetest"
)

// childMode and childFile tell this test program, started again by itself, what
// to do as another process.
const (
	childMode = "BOLT_TEST_CHILD"
	childFile = "BOLT_TEST_FILE"
)

var children = map[string]func(path string) error{
	"hold":  holdFile,
	"flips": judgeFlips,
}

func TestMain(m *testing.M) {
	if child := children[os.Getenv(childMode)]; child != nil {
		if err := child(os.Getenv(childFile)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// child prepares this program as another process.
func child(t *testing.T, mode, path string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), childMode+"="+mode, childFile+"="+path)
	return cmd
}

// holdFile keeps the file open until its input ends.
func holdFile(path string) error {
	s, err := Open(Config{Path: path})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	_, err = io.Copy(io.Discard, os.Stdin)
	return errors.Join(err, s.Close())
}

// startHolder starts a process that holds the file, and returns how to end it.
func startHolder(t *testing.T, path string) (pid int, end func()) {
	t.Helper()
	cmd := child(t, "hold", path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		t.Fatalf("the other process: %q, %v", line, err)
	}
	return cmd.Process.Pid, func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the other process: %v", err)
		}
	}
}

func TestConformance(t *testing.T) {
	dirs := map[string]string{}
	storetest.Run(t, func(t *testing.T) store.Store {
		if dirs[t.Name()] == "" {
			dirs[t.Name()] = t.TempDir()
		}
		s, err := Open(Config{Path: filepath.Join(dirs[t.Name()], "store.db")})
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

const longest = 20 * time.Second

// open opens a new file for a test that ends with a Check.
func openNew(t testing.TB, cfg Config) *Store {
	t.Helper()
	if cfg.Path == "" {
		cfg.Path = filepath.Join(t.TempDir(), "store.db")
	}
	s, err := Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Check(context.Background()); err != nil && !errors.Is(err, store.ErrClosed) && !errors.Is(err, store.ErrStopped) {
			t.Errorf("check at the end: %v", err)
		}
		if err := s.Close(); err != nil && s.stopped.Load() == nil {
			t.Errorf("close at the end: %v", err)
		}
	})
	return s
}

func put(t testing.TB, s *Store, tenant store.Tenant, id store.CommandID, bucket, key, value string) {
	t.Helper()
	_, _, err := s.Update(context.Background(), tenant, id, func(w store.Writer) ([]byte, error) {
		return []byte("result"), w.Put(bucket, []byte(key), []byte(value))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func get(s *Store, tenant store.Tenant, bucket, key string) (value string, err error) {
	err = s.View(context.Background(), tenant, func(r store.Reader) error {
		v, err := r.Get(bucket, []byte(key))
		value = string(v)
		return err
	})
	return value, err
}

func wantError(t testing.TB, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: got error %v, want %v", what, got, want)
	}
}
