package app

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"longhand/library/lock"
)

// holdPause is how long it may take until it shows that another program has opened an
// article too, or left it.
const holdPause = 2 * time.Second

// holding are the locks on the texts that are open here. They tell another Longhand on
// the same library, and keep nobody from writing: what is saved is compared with the
// file in any case. It outlasts a turn to another library, as texts that are not saved do.
type holding struct {
	turn atomic.Int64 // of the newest wish
	busy atomic.Bool  // a wish is being followed

	mu    sync.Mutex
	locks map[string]*lock.Lock // by file
}

// follow takes the locks of the files and lets all others go. It returns who has those
// that could not be had, and whether this was still the newest wish: otherwise nothing
// is done. It touches the disk for what has changed and what others have.
func (h *holding) follow(turn int64, dir string, files []string) (others map[string]*lock.Held, newest bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.turn.Load() != turn {
		return nil, false
	}
	for file, l := range h.locks {
		if !slices.Contains(files, file) {
			_ = l.Release() // a lock's file that stays is taken over
			delete(h.locks, file)
		}
	}
	others = map[string]*lock.Held{}
	for _, file := range files {
		if h.locks[file] != nil {
			continue
		}
		l, err := lock.Take(dir, file)
		var held *lock.Held
		switch {
		case err == nil:
			if h.locks == nil {
				h.locks = map[string]*lock.Lock{}
			}
			h.locks[file] = l
		case errors.As(err, &held) && held.PID != os.Getpid(): // ours has it by another name
			others[file] = held
		}
	}
	return others, true
}

// close lets all locks go. It does not wait for ever: a disk may hang, and the system
// lets them go when the program has ended.
func (h *holding) close() {
	turn := h.turn.Add(1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.follow(turn, "", nil)
	}()
	select {
	case <-done:
	case <-time.After(stopPatience):
	}
}

// hold takes the locks of the texts that are open, in the background, and tells of the
// one shown if another program has it.
func (w *window) hold() {
	h, dir := &w.shell.holding, w.cfg.locks()
	if !h.busy.CompareAndSwap(false, true) {
		return // a disk that hangs hangs one goroutine; it is asked again soon
	}
	files := slices.Collect(maps.Keys(w.docs))
	turn := h.turn.Add(1)
	go func() {
		defer h.busy.Store(false)
		if others, newest := h.follow(turn, dir, files); newest {
			w.do(func() { w.tellHeld(others) })
		}
	}()
}

// watchHolders looks now and then who has our texts open, until the window closes.
func (w *window) watchHolders() {
	w.every(holdPause, w.hold)
}

// tellHeld says that another program has the open text too, once, and again when
// nothing else is being said; and when it has left it.
func (w *window) tellHeld(others map[string]*lock.Held) {
	d := w.doc
	if d == nil {
		return
	}
	held := others[d.file]
	switch {
	case held == nil:
		if w.status.passing.text == w.heldSaid && w.heldSaid != "" {
			w.status.tell("The other window has closed this article", "", nil)
		}
		w.heldSaid = ""
	case w.heldSaid == "" || w.status.passing.text == "":
		w.heldSaid = "Also open in another Longhand window"
		w.status.tell(w.heldSaid, "More", func() { w.explainHeld(held) })
	}
}

func (w *window) explainHeld(held *lock.Held) {
	who := "Another Longhand window"
	if held.PID != 0 {
		who += " (process " + itoa(held.PID)
		if !held.Since.IsZero() {
			who += ", since " + held.Since.Local().Format("2 January, 15:04")
		}
		who += ")"
	}
	text := widget.NewLabel(who + " has this article open too. What is saved there shows here; if you write in both, you are asked which text to keep, and neither is lost. It is easier to write in one of them.")
	text.Wrapping = fyne.TextWrapWord
	w.tellIn("Open twice", text, fyne.NewSize(480, 0))
}

// locks is the folder of the locks on articles.
func (c Config) locks() string { return filepath.Join(c.State, "locks") }
