package lock_test

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"longhand/library"
	"longhand/library/lock"
)

// The test binary is the other program, too.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "hold" {
		l, err := lock.Take(os.Args[2], os.Args[3])
		if err != nil {
			os.Stdout.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		os.Stdout.WriteString("held\n")
		time.Sleep(time.Hour)
		runtime.KeepAlive(l)
	}
	os.Exit(m.Run())
}

// other starts a program that holds the lock.
func other(t *testing.T, dir, file string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "hold", dir, file)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("the other says %q, %v", line, err)
	}
	return cmd
}

func TestAnotherProgramHoldsIt(t *testing.T) {
	dir, file := filepath.Join(t.TempDir(), "new", "locks"), filepath.Join(t.TempDir(), "Łódź 漢字.md")
	cmd := other(t, dir, file)
	_, err := lock.Take(dir, file)
	var held *lock.Held
	if !errors.As(err, &held) {
		t.Fatalf("error %v", err)
	}
	host, _ := os.Hostname()
	if held.PID != cmd.Process.Pid || held.Host != host || held.File != file || time.Since(held.Since) > time.Minute || time.Since(held.Since) < -time.Second {
		t.Errorf("%+v", held)
	}
	if l, err := lock.Take(dir, file+"2"); err != nil {
		t.Errorf("another file: %v", err)
	} else if err := l.Release(); err != nil {
		t.Error(err)
	}

	cmd.Process.Kill()
	cmd.Wait()
	l, err := lock.Take(dir, file)
	if err != nil {
		t.Fatalf("after it was killed: %v", err)
	}
	if err := l.Release(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestOneLockByAllNames(t *testing.T) {
	dir, real := t.TempDir(), t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	for _, there := range []bool{false, true} {
		if there {
			if err := os.WriteFile(filepath.Join(real, "a.md"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		l, err := lock.Take(dir, filepath.Join(real, "a.md"))
		if err != nil {
			t.Fatal(err)
		}
		var held *lock.Held
		if _, err := lock.Take(dir, filepath.Join(link, ".", "a.md")); !errors.As(err, &held) || held.PID != os.Getpid() {
			t.Errorf("by its other name: %v", err)
		}
		if err := l.Release(); err != nil {
			t.Error(err)
		}
	}
}

func TestNoFolderToBeHad(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := lock.Take(file, "/a.md")
	var p *library.Problem
	if !errors.As(err, &p) || p.Path != file {
		t.Errorf("error %v", err)
	}
}

// What a lock's file says may be anything: a crash, a full disk.
func TestDamagedFileOfALock(t *testing.T) {
	for _, content := range []string{"", "{", "null", "\x00\xff", `{"pid":"x"}`, string(make([]byte, 1<<20))} {
		dir := t.TempDir()
		l, err := lock.Take(dir, "/a.md")
		if err != nil {
			t.Fatal(err)
		}
		names, _ := filepath.Glob(filepath.Join(dir, "*"))
		if err := os.WriteFile(names[0], []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		var held *lock.Held
		if _, err := lock.Take(dir, "/a.md"); !errors.As(err, &held) || held.PID != 0 {
			t.Errorf("%.20q: %v", content, err)
		}
		l.Release()
		if err := os.WriteFile(names[0], []byte(content), 0o600); err != nil { // as a crash leaves it
			t.Fatal(err)
		}
		if l, err = lock.Take(dir, "/a.md"); err != nil {
			t.Fatalf("%.20q: %v", content, err)
		}
		l.Release()
	}
}

// TestOneAtATime has many take and release one lock: never do two hold it.
func TestOneAtATime(t *testing.T) {
	dir := t.TempDir()
	var holding, took atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 300 {
				l, err := lock.Take(dir, "/a.md")
				var held *lock.Held
				if errors.As(err, &held) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				if n := holding.Add(1); n != 1 {
					t.Errorf("%d hold it", n)
				}
				took.Add(1)
				holding.Add(-1)
				if err := l.Release(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if took.Load() == 0 {
		t.Error("nobody took it")
	}
}
