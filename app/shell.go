package app

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"longhand/app/look"
	"longhand/editor/typeset"
	"longhand/library/journal"
)

// shell is what stays when the window turns to another library: all else is made
// anew, so that nothing of one library can reach another.
type shell struct {
	ctx      context.Context // of the program
	app      fyne.App
	win      fyne.Window
	theme    *look.Theme
	fonts    *typeset.Fonts
	letters  *letters
	schedule func(func())
	keep     keeper
	journal  *journal.Journal
	scratch  scratch
	saves    sync.WaitGroup // those under way, also of libraries shown before
	keeping  sync.WaitGroup // versions that are being kept
	holding  holding
	builds   sync.WaitGroup         // of websites
	now      atomic.Pointer[window] // what the window shows
}

// follow follows the toolkit's settings. A listener cannot be taken back.
func (sh *shell) follow() {
	sh.fonts.OnLoaded(func() {
		if w := sh.now.Load(); w != nil {
			w.do(w.letter)
		}
	})
	sh.app.Settings().AddListener(func(fyne.Settings) {
		if w := sh.now.Load(); w != nil {
			w.do(w.restyle)
			w.askDesktop()
		}
	})
}

// endPatience is how long the program waits at its end for what it could do without.
const endPatience = 3 * time.Second

// ended waits for work that is to end, and reports whether it has; not for ever: a disk
// may hang.
func ended(work *sync.WaitGroup) bool {
	done := make(chan struct{})
	go func() {
		work.Wait()
		close(done)
	}()
	select {
	case <-done:
		return true
	case <-time.After(endPatience):
		return false
	}
}
