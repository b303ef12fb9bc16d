package pane

import (
	"time"

	"fyne.io/fyne/v2"
)

// Press is the mouse button held on a pane: it counts clicks in one place, and goes on
// dragging while the mouse is held above or below.
type Press struct {
	// Do runs a function on the main thread, soon.
	Do func(func())
	// Drag is told again where the mouse is held outside.
	Drag func(at fyne.Position)
	// Clicks are those in one place, quickly after each other: 1 to 3.
	Clicks int

	last  time.Time
	at    fyne.Position
	timer *time.Timer // runs while the mouse is held outside
}

const (
	clicksWithin = 450 * time.Millisecond
	clicksNear   = 5 // pixels
	dragStep     = 30 * time.Millisecond
)

// Down counts a press.
func (p *Press) Down(at fyne.Position) {
	near := abs(at.X-p.at.X) < clicksNear && abs(at.Y-p.at.Y) < clicksNear
	if p.Clicks++; !near || time.Since(p.last) > clicksWithin || p.Clicks > 3 {
		p.Clicks = 1
	}
	p.at, p.last = at, time.Now()
}

// Moved takes note of where the mouse is dragged to in a pane of a height. It returns the
// nearest place inside, and how far to scroll: 0 when it is inside already.
func (p *Press) Moved(at fyne.Position, height float32) (inside fyne.Position, by float32) {
	p.at = at
	inside = fyne.NewPos(at.X, min(max(at.Y, 0), height-1))
	if at.Y >= 0 && at.Y <= height {
		p.Up()
		return inside, 0
	}
	if p.timer == nil {
		p.again()
	}
	return inside, (at.Y - min(max(at.Y, 0), height)) * 0.4
}

func (p *Press) again() {
	p.timer = time.AfterFunc(dragStep, func() {
		p.Do(func() {
			if p.timer != nil {
				p.again()
				p.Drag(p.at)
			}
		})
	})
}

// Up ends dragging by itself.
func (p *Press) Up() {
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
}
