// Package pane is what the editor and the preview have in common as panes of rows: pictures
// of rows as canvas objects, the scroll bar, scrolling that the eye can follow.
package pane

import (
	"math"
	"time"
)

// Glide spreads a notch of the wheel over some frames, so that the eye can follow the
// rows. It never runs on: each notch takes about a tenth of a second.
type Glide struct {
	// Do runs a function on the main thread, soon.
	Do func(func())
	// Scroll moves by a number of device pixels.
	Scroll func(pixels int)
	// Scale is device pixels of one of Fyne's.
	Scale func() float32

	left  float32 // still to go, in device pixels
	timer *time.Timer
}

const glideStep = 16 * time.Millisecond

// By goes a number of device pixels further.
func (g *Glide) By(pixels float32) {
	if g.left*pixels < 0 {
		g.left = 0 // the other way: turn at once
	}
	g.left += pixels
	if g.timer == nil {
		g.run()
	}
}

func (g *Glide) run() {
	step := g.left * 0.38
	if abs(g.left) < 2*g.Scale() {
		step = g.left
	}
	n := int(math.Round(float64(step)))
	if n == 0 {
		g.Stop()
		return
	}
	g.left -= float32(n)
	g.Scroll(n)
	g.timer = time.AfterFunc(glideStep, func() {
		g.Do(func() {
			if g.timer != nil {
				g.run()
			}
		})
	})
}

// Stop stays where one is.
func (g *Glide) Stop() {
	if g.timer != nil {
		g.timer.Stop()
	}
	g.timer, g.left = nil, 0
}

// Notch is how many pixels to scroll for what Fyne tells of a wheel, and whether that is whole
// notches: it tells 25 of its pixels for one, less than a row of text.
func Notch(dy, scale float32) (pixels float32, notches bool) {
	if dy == float32(int(dy/25))*25 {
		return -dy * scale * 3.3, true
	}
	return -dy * scale, false
}

func abs(f float32) float32 { return max(f, -f) }
