package editor

import (
	"image"

	"fyne.io/fyne/v2"

	"longhand/editor/pane"
)

// Scrolled implements fyne.Scrollable.
func (e *Editor) Scrolled(ev *fyne.ScrollEvent) {
	by, notches := pane.Notch(ev.Scrolled.DY, e.scale)
	if notches && (e.opt.Still == nil || !e.opt.Still()) {
		e.glide.By(by)
		return
	}
	e.scrollBy(round(by))
}

func (e *Editor) scrollBy(pixels int) {
	e.view.ScrollBy(pixels)
	e.draw()
	e.tellScrolled()
}

// tellScrolled says that the writer has scrolled.
func (e *Editor) tellScrolled() {
	if e.onScrolled != nil {
		e.onScrolled()
	}
}

// ScrollPosition returns how far the text is scrolled, in device pixels.
func (e *Editor) ScrollPosition() int { return e.view.Position() }

// Reading returns the height at which text and preview are held together, in Fyne's pixels.
func (e *Editor) Reading() float32 { return e.scrolled().Reading(e.scale) }

// PlaceAt returns the place of the text at a height of the window, in Fyne's pixels: bytes,
// with a fraction that is in proportion within a row.
func (e *Editor) PlaceAt(y float32) float64 { return e.view.Place(round(y * e.scale)) }

// Align scrolls so that a place of the text stands at a height of the window, as far as the
// text goes. It does not call OnScrolled.
func (e *Editor) Align(place float64, y float32) {
	e.glide.Stop()
	e.view.Align(place, round(y*e.scale))
	e.draw()
}

// CaretHeight returns where the middle of the caret's row is, from the top of the window, in
// Fyne's pixels, and whether that is to be seen.
func (e *Editor) CaretHeight() (y float32, seen bool) {
	_, top, height := e.view.Point(e.caret())
	middle := top + height/2
	return float32(middle) / e.scale, middle >= 0 && middle < e.view.Height()
}

// scrolled is how far the text is scrolled.
func (e *Editor) scrolled() pane.Scrolled {
	least, most := e.view.Extent()
	return pane.Scrolled{Position: e.view.Position(), Least: least, Most: most, Seen: e.view.Height()}
}

// grab begins to pull the handle, which comes to the mouse if that is elsewhere.
func (e *Editor) grab(y float32) {
	grip, outside := e.scrolled().Grip(e.Size().Height, y)
	e.mouse.grip = grip
	if outside {
		e.pull(y)
	}
}

func (e *Editor) pull(y float32) {
	if at, ok := e.scrolled().Pull(e.Size().Height, y, e.mouse.grip); ok {
		e.view.ScrollTo(at)
		e.draw()
		e.tellScrolled()
	}
}

// placeScroll puts the handle and the marks of what was found.
func (r *renderer) placeScroll() {
	e := r.e
	at := e.scrolled()
	if !at.PlaceBar(r.scroll, e.Size(), e.mouse.scrollbar || e.mouse.overBar && !e.mouse.pressed, e.look.Muted) {
		return
	}
	if n := e.search.count(); n > 0 {
		key := marksKey{e.search.version, e.Doc().Len(), e.Size(), r.look, e.scale}
		if key != r.marked {
			r.marked = key
			if !pane.CanRefresh(r.marks) {
				r.beginMarks()
			}
			r.marks.Resize(fyne.NewSize(pane.BarWidth, e.Size().Height))
			r.marks.Refresh()
		}
		r.marks.Move(fyne.NewPos(e.Size().Width-pane.BarInset-pane.BarWidth, 0))
		r.objects = append(r.objects, r.marks)
	}
	r.objects = append(r.objects, r.scroll)
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
	if e.search.isQuiet() {
		c = e.look.FoundNow
	}
	for _, share := range e.search.places(h/thick, e.Doc().Len()) {
		y := min(int(share*float32(h)), h-thick)
		fill(img, image.Rect(w/4, y, w, y+thick), c)
	}
	return img
}
