package editor

import "time"

// The caret blinks like GTK's: 600 ms on and off, and stands still after ten
// seconds without a key.
const (
	blinkHalf = 600 * time.Millisecond
	blinkFor  = 10 * time.Second
)

// blink is the caret's going on and off.
type blink struct {
	off   bool
	since time.Time
	timer *time.Timer
}

// restart shows the caret and begins anew.
func (b *blink) restart(e *Editor) {
	b.stop()
	if !e.focused || e.opt.Still != nil && e.opt.Still() {
		return
	}
	b.since = time.Now()
	b.next(e)
}

func (b *blink) next(e *Editor) {
	var t *time.Timer
	t = time.AfterFunc(blinkHalf, func() {
		e.opt.Do(func() {
			if b.timer != t {
				return
			}
			b.off = !b.off && time.Since(b.since) < blinkFor
			e.draw()
			if b.off || time.Since(b.since) < blinkFor {
				b.next(e)
			}
		})
	})
	b.timer = t
}

// stop leaves the caret on.
func (b *blink) stop() {
	if b.timer != nil {
		b.timer.Stop()
	}
	b.timer, b.off = nil, false
}
