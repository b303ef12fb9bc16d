package app_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"longhand/app/internal/xdrive"
)

// ends waits for a program to end by itself, and returns what it printed. It must end
// well.
func (u *user) ends(cmd *exec.Cmd) string {
	u.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd.Env = u.Environ(cmd.Env)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	u.must(cmd.Start())
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			u.t.Errorf("%v: %v: %s", cmd.Args, err, &out)
		}
	case <-ctx.Done():
		cmd.Process.Kill()
		<-done
		u.t.Fatalf("%v does not end: %s", cmd.Args, &out)
	}
	return out.String()
}

func titled(w *xdrive.Window, title string) func() bool {
	return func() bool { return strings.Contains(w.Title(), title) }
}

// TestSecondStart starts the program twice on one library: the second hands over what
// it is to open and ends.
func TestSecondStart(t *testing.T) {
	u := newUser(t)
	library := u.path(".local/share/longhand/library")
	u.must(os.MkdirAll(library, 0o755))
	for name, text := range map[string]string{"ecole.md": "# École d’été\n\nUn\n", "river.md": "# The river\n\nWater\n"} {
		u.must(os.WriteFile(filepath.Join(library, name), []byte(text), 0o644))
	}
	u.must(os.WriteFile(u.path("letter.md"), []byte("# A letter\n"), 0o644))
	first, w := u.open("ecole")
	u.waitFor("the first article", titled(w, "École"))
	u.must(u.Key("ctrl+end"))
	u.must(u.Type("Deux."))

	second := exec.Command(u.bin, "river")
	if out := u.ends(second); out != "" {
		t.Errorf("the second says %q", out)
	}
	u.waitFor("the article of the second start", titled(w, "The river"))
	u.holds(".local/share/longhand/library/ecole.md", "Deux.") // what was being written there
	u.must(u.Key("ctrl+end"))
	u.must(u.Type("More water."))
	u.holds(".local/share/longhand/library/river.md", "More water.")

	relative := exec.Command(u.bin, "letter.md")
	relative.Dir = u.home
	if out := u.ends(relative); out != "" {
		t.Errorf("the third says %q", out)
	}
	u.waitFor("the file beside the library", titled(w, "A letter"))
	if out := u.ends(exec.Command(u.bin)); out != "" {
		t.Errorf("one without an argument says %q", out)
	}
	if !titled(w, "A letter")() {
		t.Errorf("which opened %q", w.Title())
	}

	nothing := exec.Command(u.bin, "no-such-article")
	nothing.Env = u.Environ(nil)
	if out, err := nothing.CombinedOutput(); err == nil || !strings.Contains(string(out), "no-such-article") {
		t.Errorf("a slug that nobody has: %v, %s", err, out)
	}

	u.must(w.Close())
	<-first.Done()
	_, w = u.open("river")
	u.waitFor("a window of its own", titled(w, "The river"))
}

// TestStartAfterKill starts after the first was killed, which leaves its socket.
func TestStartAfterKill(t *testing.T) {
	u := newUser(t)
	first, w := u.open()
	u.waitFor("the window", titled(w, "Welcome"))
	u.must(syscall.Kill(first.PID(), syscall.SIGKILL))
	<-first.Done()
	_, w = u.open()
	u.waitFor("the next window", titled(w, "Welcome"))
	reports, _ := filepath.Glob(u.path(".local/state/longhand/crash-*"))
	if len(reports) > 0 {
		t.Errorf("a kill is no crash of ours: %v", reports)
	}
}

// TestCrashReport has the real program end in a fault of the runtime: the next start
// makes a report of it.
func TestCrashReport(t *testing.T) {
	u := newUser(t)
	const secret = "Nobody may read this sentence."
	first, w := u.open()
	u.waitFor("the window", titled(w, "Welcome"))
	u.must(u.Key("ctrl+end"))
	u.must(u.Type(secret))
	u.holds(welcome, secret)
	u.must(syscall.Kill(first.PID(), syscall.SIGABRT))
	<-first.Done()
	_, w = u.open()
	u.waitFor("the next window", titled(w, "Welcome"))
	var reports []string
	u.waitFor("a report", func() bool {
		reports, _ = filepath.Glob(u.path(".local/state/longhand/crash-*.txt"))
		return len(reports) > 0
	})
	data, err := os.ReadFile(reports[0])
	u.must(err)
	for _, want := range []string{"SIGABRT", "goroutine ", "Longhand dev", "crashed "} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%q is not in the report:\n%.2000s", want, data)
		}
	}
	for _, never := range []string{secret, "Nobody", u.home} {
		if strings.Contains(string(data), never) {
			t.Errorf("%q is in the report", never)
		}
	}
	u.must(w.Close())
	u.waitFor("the end", func() bool {
		left, _ := filepath.Glob(u.path(".local/state/longhand/.crash-*"))
		return len(left) == 0
	})
}

// TestTwoPrograms has two programs on one library that do not find each other: what is
// written in both is there.
func TestTwoPrograms(t *testing.T) {
	u := newUser(t)
	_, w := u.open()
	u.waitFor("the window", titled(w, "Welcome"))
	apart, err := os.MkdirTemp("", "lh")
	u.must(err)
	defer os.RemoveAll(apart)
	cmd := exec.Command("env", "XDG_RUNTIME_DIR="+apart, u.bin)
	second, err := u.Run(context.Background(), cmd)
	u.must(err)
	locks := func() int {
		names, _ := filepath.Glob(u.path(".local/state/longhand/locks/*.lock"))
		return len(names)
	}
	u.waitFor("the lock", func() bool { return locks() == 1 })
	time.Sleep(3 * time.Second)
	select {
	case <-second.Done():
		t.Fatalf("the second ended: %s", second.Stderr())
	default:
	}
	u.must(u.Key("ctrl+end")) // in the window that has the keys
	u.must(u.Type("Written in one of two."))
	u.holds(welcome, "Written in one of two.")
	second.Stop()
	u.must(w.Close())
	u.waitFor("the locks to go", func() bool { return locks() == 0 })
}

// TestSecondStartByTheDesktop is started with the desktop's token: the window manager
// gets the time of the click, and the sign of starting goes.
func TestSecondStartByTheDesktop(t *testing.T) {
	u := newUser(t)
	_, w := u.open()
	u.waitFor("the window", titled(w, "Welcome"))
	conn, err := xgb.NewConnDisplay(u.Name())
	u.must(err)
	defer conn.Close()
	root := xproto.Setup(conn).DefaultScreen(conn).Root
	const mask = xproto.EventMaskSubstructureNotify | xproto.EventMaskPropertyChange
	u.must(xproto.ChangeWindowAttributesChecked(conn, root, xproto.CwEventMask, []uint32{mask}).Check())

	second := exec.Command(u.bin)
	second.Env = append(os.Environ(), `DESKTOP_STARTUP_ID=menu "of" here-17_TIME4711`)
	u.ends(second)
	const want = `remove: ID="menu \"of\" here-17_TIME4711"` + "\x00"
	said, active := "", false
	got := make(chan xgb.Event)
	go func() {
		for {
			e, err := conn.WaitForEvent()
			if e == nil && err == nil {
				return
			}
			got <- e
		}
	}()
	for end := time.After(patience); !active || !strings.Contains(said, want); {
		select {
		case e := <-got:
			m, ok := e.(xproto.ClientMessageEvent)
			if !ok {
				continue
			}
			switch m.Format {
			case 8:
				said += string(m.Data.Data8)
			case 32:
				active = active || uint32(m.Window) == w.ID() && m.Data.Data32[0] == 1 && m.Data.Data32[1] == 4711
			}
		case <-end:
			t.Fatalf("active %v, said %q", active, said)
		}
	}
}
