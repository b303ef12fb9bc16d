//go:build linux || darwin || freebsd

package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"longhand/app/instance"
	"longhand/library"
)

// meetingPlace gives a window a place where other starts find it.
func meetingPlace(t *testing.T, f *fixture) *meeting {
	t.Helper()
	runtime, err := os.MkdirTemp("", "lh") // short enough for a socket
	if err != nil {
		t.Fatal(err)
	}
	f.cfg.Runtime = runtime
	m := newMeeting(f.cfg)
	t.Cleanup(func() {
		m.close()
		os.RemoveAll(runtime)
	})
	if handed, err := m.meet(t.Context(), f.lib, ""); handed || err != nil {
		t.Fatalf("the first: %v, %v", handed, err)
	}
	f.cfg.meeting = m
	m.serve(f.shell.asked)
	return m
}

// second starts the program a second time, and runs the window meanwhile.
func (f *fixture) second(dir, file string) (handed bool, err error) {
	f.t.Helper()
	lib, err := library.Open(dir)
	if err != nil {
		f.t.Fatal(err)
	}
	m := newMeeting(f.cfg)
	defer m.close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		handed, err = m.meet(f.t.Context(), lib, file)
	}()
	f.until("an answer to the second start", func() bool {
		select {
		case <-done:
			return true
		default:
			time.Sleep(time.Millisecond)
			f.shell.now.Load().do(func() {}) // so that this is looked at again
			return false
		}
	})
	return handed, err
}

func TestSecondStartOpensHere(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	meetingPlace(t, f)
	f.typeAtEnd("More.")
	f.quickOpen()
	if handed, err := f.second(f.lib.Dir(), f.file("rain.md")); !handed || err != nil {
		t.Fatalf("%v, %v", handed, err)
	}
	f.until("the article", func() bool { return f.doc != nil && f.doc.rel == "rain.md" })
	if f.palette != nil {
		t.Error("the palette lies over it")
	}
	f.until("what was being written", func() bool { return len(f.documents()) == 1 })
	if got := read(t, f.file("river.md")); got != three()["river.md"]+"More." {
		t.Errorf("%q", got)
	}
	if handed, err := f.second(f.lib.Dir(), ""); !handed || err != nil || f.doc.rel != "rain.md" {
		t.Errorf("%v, %v, %s", handed, err, f.doc.rel)
	}
}

// TestSecondStartFindsTheLibraryOfNow turns to another library: other starts find the
// window by that one, and no more by the one before.
func TestSecondStartFindsTheLibraryOfNow(t *testing.T) {
	f := start(t, three())
	m := meetingPlace(t, f)
	before, other := f.lib.Dir(), filepath.Join(f.dir, "other")
	write(t, filepath.Join(other, "night.md"), "# Night\n")
	first := m.in
	f.switchTo(other)
	f.until("the other library", func() bool { return f.shell.now.Load().lib.Dir() == other })
	f.until("the place to change", func() bool {
		m.mu.Lock()
		defer m.mu.Unlock()
		f.shell.now.Load().do(func() {})
		return m.in != nil && m.in != first
	})
	if handed, err := f.second(other, filepath.Join(other, "night.md")); !handed || err != nil {
		t.Fatalf("%v, %v", handed, err)
	}
	w := f.shell.now.Load()
	f.until("the article", func() bool { return w.doc != nil && w.doc.rel == "night.md" })
	if handed, err := f.second(before, ""); handed || err != nil {
		t.Errorf("by the library before: %v, %v", handed, err)
	}
}

// TestSecondStartWhileClosing refuses: a window that goes must not take an article
// with it.
func TestSecondStartWhileClosing(t *testing.T) {
	f := start(t, three())
	ask := func(ctx context.Context) error {
		return f.answerStart(ctx, instance.Request{Library: f.lib.Dir(), File: f.file("rain.md")})
	}
	f.settled = func() {}
	if err := ask(t.Context()); !errors.Is(err, instance.ErrRefused) {
		t.Errorf("while it is closing: %v", err)
	}
	f.settled = nil
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ask(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("of one that has gone: %v", err)
	}
	f.drain()
	if f.doc != nil {
		t.Errorf("%s is opened", f.doc.rel)
	}
	f.cancel()
	if err := f.shell.asked(t.Context(), instance.Request{Library: f.lib.Dir()}); !errors.Is(err, instance.ErrRefused) {
		t.Errorf("when it is closed: %v", err)
	}
	if err := f.shell.asked(t.Context(), instance.Request{Library: f.dir}); !errors.Is(err, instance.ErrRefused) {
		t.Errorf("of another library: %v", err)
	}
}

// TestFirstStartHangs says so in the second window.
func TestFirstStartHangs(t *testing.T) {
	f := start(t, three())
	meetingPlace(t, f)
	m := newMeeting(f.cfg)
	defer m.close()
	handed, err := m.meet(t.Context(), f.lib, f.file("rain.md")) // the window's loop stands still
	if handed || !errors.Is(err, instance.ErrSilent) {
		t.Fatalf("%v, %v", handed, err)
	}
	f.drain()
	if f.doc != nil {
		t.Error("it is opened in both")
	}
	f.tellMet(err)
	if got := f.status.passing.text; got == "" {
		t.Error("nothing is said")
	}
}
