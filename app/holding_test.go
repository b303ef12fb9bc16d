package app

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"longhand/library/lock"
)

// TestHolder is no test: it is the other program of those below.
func TestHolder(t *testing.T) {
	dir, file, ok := strings.Cut(os.Getenv("LONGHAND_TEST_HOLD"), "\n")
	if !ok {
		t.Skip("run by other tests")
	}
	l, err := lock.Take(dir, file)
	if err != nil {
		t.Fatal(err)
	}
	os.Stdout.WriteString("held\n")
	time.Sleep(time.Hour)
	runtime.KeepAlive(l)
}

// holder starts another program that has a file open.
func holder(t *testing.T, dir, file string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestHolder$")
	cmd.Env = append(os.Environ(), "LONGHAND_TEST_HOLD="+dir+"\n"+file)
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
	said := make([]byte, 5)
	if n, err := out.Read(said); string(said[:n]) != "held\n" {
		t.Fatalf("%q, %v", said[:n], err)
	}
	return cmd
}

func TestOpenInAnotherProgram(t *testing.T) {
	f := start(t, three())
	other := holder(t, f.cfg.locks(), f.file("rain.md"))
	f.choose("river.md")
	if f.heldSaid != "" {
		t.Errorf("of the wrong article: %q", f.heldSaid)
	}
	f.choose("rain.md")
	f.until("word of the other", func() bool { return strings.Contains(f.status.said().text, "Also open in another") })
	f.status.said().run()
	if got := f.dialog(); !strings.Contains(got, "process "+itoa(other.Process.Pid)) || !strings.Contains(got, "since ") {
		t.Errorf("%s", got)
	}
	f.press("Close")
	f.typeAtEnd("Mine.") // it keeps nobody from writing
	f.autosave()
	f.until("the save", func() bool { return !f.doc.dirty })
	if got := read(t, f.file("rain.md")); !strings.HasSuffix(got, "Mine.") {
		t.Errorf("%q", got)
	}
	f.status.tell("", "", nil)
	f.until("word of it again", func() bool { return f.status.said().text == f.heldSaid })

	other.Process.Kill()
	other.Wait()
	f.until("word that it is alone", func() bool { return strings.Contains(f.status.said().text, "closed this article") })
	if _, err := lock.Take(f.cfg.locks(), f.file("rain.md")); err == nil {
		t.Error("the lock is not taken when it is free")
	}
	f.choose("river.md")
	if f.heldSaid != "" || f.status.said().text != "" {
		t.Errorf("still said: %q", f.status.said().text)
	}
}

// TestLocksFollow takes the lock of what is open, and lets it go with it.
func TestLocksFollow(t *testing.T) {
	f := start(t, three())
	locked := func() int {
		names, _ := filepath.Glob(filepath.Join(f.cfg.locks(), "*"))
		return len(names)
	}
	free := func(rel string) bool {
		l, err := lock.Take(f.cfg.locks(), f.file(rel))
		if err == nil {
			l.Release()
		}
		return err == nil
	}
	for _, rel := range []string{"river.md", "rain.md", "river.md"} {
		f.choose(rel)
		f.until("the lock of "+rel, func() bool { return locked() == 1 })
		if free(rel) {
			t.Errorf("%s has no lock", rel)
		}
	}
	f.shell.holding.close()
	if n := locked(); n != 0 {
		t.Errorf("%d locks are left", n)
	}
	// A wish that is older than another does nothing.
	h := &f.shell.holding
	old := h.turn.Add(1)
	h.turn.Add(1)
	if _, newest := h.follow(old, f.cfg.locks(), []string{f.file("rain.md")}); newest || locked() != 0 {
		t.Error("an old wish is followed")
	}
}
