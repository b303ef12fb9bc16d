package editor

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
)

// Scrolled implements fyne.Scrollable. Fyne tells 25 of its pixels for a notch of
// a wheel: less than a row of text.
func (e *Editor) Scrolled(ev *fyne.ScrollEvent) {
	by := -ev.Scrolled.DY * e.scale
	if ev.Scrolled.DY == float32(int(ev.Scrolled.DY/25))*25 { // whole notches
		by *= 3.3
		if e.opt.Still == nil || !e.opt.Still() {
			e.glide.by(e, by)
			return
		}
	}
	e.scrollBy(round(by))
}

func (e *Editor) scrollBy(pixels int) {
	e.view.ScrollBy(pixels)
	e.draw()
}

// glide spreads a notch of the wheel over some frames, so that the eye can
// follow the rows. It never runs on: each notch takes about a tenth of a second.
type glide struct {
	left  float32 // still to go, in device pixels
	timer *time.Timer
}

const glideStep = 16 * time.Millisecond

func (g *glide) by(e *Editor, pixels float32) {
	if g.left*pixels < 0 {
		g.left = 0 // the other way: turn at once
	}
	g.left += pixels
	if g.timer == nil {
		g.run(e)
	}
}

func (g *glide) run(e *Editor) {
	step := g.left * 0.38
	if abs32(g.left) < 2*e.scale {
		step = g.left
	}
	n := round(step)
	if n == 0 {
		g.stop()
		return
	}
	g.left -= float32(n)
	e.scrollBy(n)
	g.timer = time.AfterFunc(glideStep, func() {
		e.opt.Do(func() {
			if g.timer != nil {
				g.run(e)
			}
		})
	})
}

func (g *glide) stop() {
	if g.timer != nil {
		g.timer.Stop()
	}
	g.timer, g.left = nil, 0
}

func abs32(f float32) float32 { return max(f, -f) }

// The scroll bar, in Fyne's pixels.
const (
	barInset = 5 // from the edge, where the panes' divider takes the mouse
	barWidth = 12
	barThin  = 4
	barLeast = 28 // height of its handle
)

// handle returns the scroll bar's handle, in Fyne's pixels; no height when all is
// to be seen.
func (e *Editor) handle() (top, height float32) {
	least, most := e.view.Extent()
	track := e.Size().Height
	if most <= least || track <= barLeast {
		return 0, 0
	}
	span := float32(most - least)
	seen := float32(e.view.Height())
	height = max(track*seen/(span+seen), barLeast)
	at := min(max(float32(e.view.Position()-least)/span, 0), 1)
	return at * (track - height), height
}

func (e *Editor) onScrollbar(p fyne.Position) bool {
	_, height := e.handle()
	return height > 0 && p.X >= e.Size().Width-barInset-barWidth && p.X <= e.Size().Width && p.Y >= 0
}

// grab begins to pull the handle, which comes to the mouse if that is elsewhere.
func (e *Editor) grab(y float32) {
	top, height := e.handle()
	e.mouse.grip = y - top
	if y < top || y > top+height {
		e.mouse.grip = height / 2
		e.pull(y)
	}
}

func (e *Editor) pull(y float32) {
	_, height := e.handle()
	track := e.Size().Height - height
	if height == 0 || track <= 0 {
		return
	}
	least, most := e.view.Extent()
	at := min(max((y-e.mouse.grip)/track, 0), 1)
	e.view.ScrollTo(least + int(at*float32(most-least)))
	e.draw()
}

// placeScroll puts the handle and the marks of what was found.
func (r *renderer) placeScroll() {
	e := r.e
	top, height := e.handle()
	if n := e.search.count(); n > 0 && height > 0 {
		key := marksKey{e.search.version, e.Doc().Len(), e.Size(), r.look, e.scale}
		if key != r.marked {
			r.marked = key
			r.marks.Resize(fyne.NewSize(barWidth, e.Size().Height))
			r.marks.Refresh()
		}
		r.marks.Move(fyne.NewPos(e.Size().Width-barInset-barWidth, 0))
		r.objects = append(r.objects, r.marks)
	}
	if height == 0 {
		return
	}
	bar := r.scroll
	wide := float32(barThin)
	if e.mouse.scrollbar || e.mouse.overBar && !e.mouse.pressed {
		wide = 2 * barThin
	}
	c := e.look.Muted
	c.A = 0x66
	bar.FillColor = c
	bar.CornerRadius = wide / 2
	bar.Move(fyne.NewPos(e.Size().Width-barInset-wide, top+2))
	bar.Resize(fyne.NewSize(wide, max(height-4, wide)))
	r.objects = append(r.objects, bar)
}

// marksKey is all that the marks beside the text depend on.
type marksKey struct {
	version, length int
	size            fyne.Size
	look            int
	scale           float32
}

// drawMarks draws a line for each match at its height in the text.
func (r *renderer) drawMarks(w, h int) image.Image {
	e := r.e
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	thick := max(2, round(2*e.scale))
	c := e.look.Accent
	for _, share := range e.search.places(h/thick, e.Doc().Len()) {
		y := min(int(share*float32(h)), h-thick)
		fill(img, image.Rect(w/4, y, w, y+thick), c)
	}
	return img
}
