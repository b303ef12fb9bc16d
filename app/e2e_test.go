package app_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longhand/app/internal/xdrive"
)

// program builds the real program, once for a test.
func program(t testing.TB) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "longhand")
	build := exec.Command("go", "build", "-tags", "migrated_fynedo", "-o", bin, "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return bin
}

// user is somebody at a screen, with a home folder of his own.
type user struct {
	t testing.TB
	*xdrive.Display
	bin, home string
}

func newUser(t testing.TB) *user {
	home := t.TempDir()
	env := []string{"HOME=" + home, "LANG=en_US.UTF-8"}
	for name, dir := range map[string]string{"DATA": ".local/share", "STATE": ".local/state", "CONFIG": ".config", "CACHE": ".cache"} {
		env = append(env, "XDG_"+name+"_HOME="+filepath.Join(home, dir))
	}
	d := xdrive.ForTest(t, xdrive.Options{Env: env, Delay: 10 * time.Millisecond})
	return &user{t, d, program(t), home}
}

const patience = time.Minute

// open starts the program and waits until its window stands.
func (u *user) open(args ...string) (*xdrive.Program, *xdrive.Window) {
	u.t.Helper()
	p, err := u.Run(context.Background(), exec.Command(u.bin, args...))
	u.must(err)
	w, err := u.WaitWindow("Longhand", patience)
	u.must(err)
	u.waitFor("the window to answer", func() bool { return u.Sync(patience) == nil })
	return p, w
}

func (u *user) must(err error) {
	u.t.Helper()
	if err != nil {
		u.t.Fatal(err)
	}
}

func (u *user) waitFor(what string, ok func() bool) {
	u.t.Helper()
	for deadline := time.Now().Add(patience); !ok(); {
		if time.Now().After(deadline) {
			u.t.Fatalf("never came: %s", what)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (u *user) path(name string) string { return filepath.Join(u.home, name) }

// holds waits until a file in the home folder holds the text.
func (u *user) holds(name, text string) string {
	u.t.Helper()
	var data []byte
	u.waitFor(name+" with "+text, func() bool {
		data, _ = os.ReadFile(u.path(name))
		return strings.Contains(string(data), text)
	})
	return string(data)
}

const welcome = ".local/share/longhand/library/welcome.md"

// TestTheWholePath is a first day: start, write, be saved, find, export, quit,
// and find it all again.
func TestTheWholePath(t *testing.T) {
	u := newUser(t)
	p, w := u.open()
	before := u.holds(welcome, "Welcome to Longhand")
	u.waitFor("the welcome article in the window", func() bool { return strings.Contains(w.Title(), "Welcome to Longhand") })

	u.must(u.Key("ctrl+end"))
	u.must(u.Type("Written by hand: naïve, Łódź, 漢字.\n\n- one\n*two*")) // the second dash comes by itself
	const text = "Written by hand: naïve, Łódź, 漢字.\n\n- one\n- *two*"
	after := u.holds(welcome, "*two*") // the autosave
	if after != before+text {
		t.Errorf("the file is not what was typed behind what it was:\n%s", after[max(0, len(after)-200):])
	}

	u.must(u.Key("ctrl+shift+e"))
	page := u.holds("Documents/Longhand/welcome.html", "</html>")
	for _, want := range []string{"Welcome to Longhand", "Written by hand: naïve, Łódź, 漢字.", "<em>two</em>", "About the author", "Your Name"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if strings.Contains(page, u.home) {
		t.Error("the page knows where it was made")
	}

	u.must(u.Key("ctrl+n"))
	time.Sleep(500 * time.Millisecond)
	u.must(u.Type("Second thoughts"))
	u.must(u.Key("return"))
	second := ".local/share/longhand/library/second-thoughts.md"
	u.holds(second, "title: Second thoughts")
	u.waitFor("the new article in the window", func() bool { return strings.Contains(w.Title(), "Second thoughts") })
	u.must(u.Type("A first line."))
	u.must(u.Key("ctrl+s"))
	u.holds(second, "A first line.")

	u.must(u.Key("ctrl+shift+f"))
	u.must(u.Type("lodz"))
	time.Sleep(time.Second)
	u.must(u.Key("down"))
	u.waitFor("the article that was searched", func() bool { return strings.Contains(w.Title(), "Welcome to Longhand") })

	u.must(w.Close())
	select {
	case <-p.Done():
	case <-time.After(patience):
		t.Fatal("the window does not close")
	}
	if s := p.Stderr(); s != "" {
		t.Errorf("the terminal shows %q", s)
	}
	u.holds(".local/state/longhand/session", "welcome.md")
	_, w = u.open()
	u.waitFor("the article of the last time", func() bool { return strings.Contains(w.Title(), "Welcome to Longhand") })
}

// TestLastWordsAreSaved closes the window within the pause before the autosave.
func TestLastWordsAreSaved(t *testing.T) {
	u := newUser(t)
	name := u.path("letter.md")
	u.must(os.WriteFile(name, []byte("\ufeff# Letter\r\n\r\n"), 0o640))
	p, w := u.open(name)
	u.waitFor("the file in the window", func() bool { return strings.Contains(w.Title(), "Letter") })
	u.must(u.Key("pagedown"))
	u.must(u.Key("end"))
	u.must(u.Type("Yours, A."))
	u.must(w.Close())
	<-p.Done()
	data, err := os.ReadFile(name)
	if want := "\ufeff# Letter\r\n\r\nYours, A."; err != nil || string(data) != want {
		t.Errorf("file %q, %v, want %q", data, err, want)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// TestTerminated ends the program as a session's end does.
func TestTerminated(t *testing.T) {
	u := newUser(t)
	p, w := u.open()
	u.waitFor("the welcome article", func() bool { return strings.Contains(w.Title(), "Welcome") })
	u.must(u.Key("pagedown"))
	u.must(u.Key("end"))
	u.must(u.Type("Goodbye."))
	p.Stop()
	u.holds(welcome, "Goodbye.")
}

func TestWithoutADisplay(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	bin := program(t)
	cmd := exec.Command(bin)
	cmd.Env = append(os.Environ(), "DISPLAY=", "WAYLAND_DISPLAY=", "HOME="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 || strings.Count(string(out), "\n") != 1 || !strings.Contains(string(out), "no display") {
		t.Errorf("%v: %q, want one clear line and status 1", err, out)
	}
}
