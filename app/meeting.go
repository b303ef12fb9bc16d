package app

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"longhand/app/instance"
	"longhand/library"
)

// meeting is where other starts of the program find this window.
type meeting struct {
	runtime, state string // folders
	screen         string

	moving sync.Mutex // held while the place changes

	mu     sync.Mutex // guards what follows
	want   string     // the library to stand for; empty for none any more
	in     *instance.Instance
	handle instance.Handler
}

func newMeeting(cfg Config) *meeting {
	return &meeting{runtime: cfg.Runtime, state: cfg.State, screen: os.Getenv("WAYLAND_DISPLAY") + " " + os.Getenv("DISPLAY")}
}

// meet hands what is to be opened to the window that has the library open already, and
// reports whether it has taken it. Otherwise this program is the one that others find,
// but for an error. Without a library there is nobody to be found.
func (m *meeting) meet(ctx context.Context, lib *library.Library, file string) (handed bool, err error) {
	if lib == nil {
		return false, nil
	}
	dir := lib.Dir()
	place, err := instance.At(m.runtime, m.state, dir, m.screen)
	if err != nil {
		return false, err
	}
	in, err := instance.Hand(ctx, place, instance.Request{Library: dir, File: file, Token: startToken()})
	if in == nil {
		return err == nil, err
	}
	m.want, m.in = dir, in
	return false, nil
}

// startToken is what the desktop gives to a program that it starts, so that its window
// comes to the front.
func startToken() string {
	for _, name := range []string{"XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"} {
		if token := os.Getenv(name); token != "" && len(token) < 4096 {
			return token
		}
	}
	return ""
}

// serve answers other starts, from now on.
func (m *meeting) serve(handle instance.Handler) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.handle = handle
	if m.in != nil {
		m.in.Serve(handle)
	}
}

// follow stands for another library, soon. Where another window stands for it, this
// one is found no more. It may be called on nil, which is never found.
func (m *meeting) follow(ctx context.Context, dir string) {
	if m == nil {
		return
	}
	m.mu.Lock()
	same := m.want == dir
	m.want = dir
	m.mu.Unlock()
	if !same {
		go m.move(ctx)
	}
}

// move goes to the place that is wanted now.
func (m *meeting) move(ctx context.Context) {
	m.moving.Lock()
	defer m.moving.Unlock()
	m.leave()
	m.mu.Lock()
	dir := m.want
	m.mu.Unlock()
	if dir == "" {
		return
	}
	place, err := instance.At(m.runtime, m.state, dir, m.screen)
	var in *instance.Instance
	if err == nil {
		in, err = instance.Claim(ctx, place)
	}
	switch {
	case errors.Is(err, instance.ErrTaken), errors.Is(err, context.Canceled):
	case err != nil:
		fyne.LogError("other starts do not find this window", err)
	default:
		m.mu.Lock()
		m.in = in
		if m.handle != nil { // else it is served as soon as the window has opened its first text
			in.Serve(m.handle)
		}
		m.mu.Unlock()
	}
}

func (m *meeting) leave() {
	m.mu.Lock()
	in := m.in
	m.in = nil
	m.mu.Unlock()
	if in != nil {
		in.Close()
	}
}

// close leaves for good.
func (m *meeting) close() {
	m.mu.Lock()
	m.want = ""
	m.mu.Unlock()
	m.moving.Lock()
	defer m.moving.Unlock()
	m.leave()
}

// asked does what another start asks, on the window of now.
func (sh *shell) asked(ctx context.Context, r instance.Request) error {
	w := sh.now.Load()
	if w.lib == nil || !sameFolder(w.lib.Dir(), r.Library) {
		return instance.ErrRefused // the window has turned to another
	}
	answer := make(chan error, 1)
	w.do(func() { answer <- w.answerStart(ctx, r) })
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-w.ctx.Done():
		return instance.ErrRefused
	}
}

// answerStart opens what another start asks for and brings the window to the front.
// It must not once the asker has gone, which then opens it in a window of its own.
func (w *window) answerStart(ctx context.Context, r instance.Request) error {
	if late, ok := ctx.Deadline(); ctx.Err() != nil || ok && time.Now().After(late) {
		return context.Canceled
	}
	if w.ctx.Err() != nil || w.settled != nil {
		return instance.ErrRefused // the window closes, or turns to another library
	}
	if r.File != "" {
		if w.palette != nil {
			w.palette.close()
		}
		w.open(r.File)
	}
	w.raise(r.Token)
	return nil
}

// tellMet says what came of looking for a window that has the library open.
func (w *window) tellMet(err error) {
	switch {
	case errors.Is(err, instance.ErrSilent):
		w.status.tell("Longhand is open already but does not answer: this is a second window on the library", "", nil)
	case err != nil:
		fyne.LogError("other starts do not find this window", err)
	}
}

func sameFolder(a, b string) bool {
	if a == b {
		return true
	}
	one, err := os.Stat(a)
	two, err2 := os.Stat(b)
	return err == nil && err2 == nil && os.SameFile(one, two)
}
