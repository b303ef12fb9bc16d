package pane

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// The scroll bar, in Fyne's pixels.
const (
	BarInset = 5 // from the edge, where the panes' divider takes the mouse
	BarWidth = 12
	barThin  = 4
	barLeast = 28 // height of its handle
)

// Scrolled is how far something is scrolled: its position between the least and the most,
// and how much of it is seen, in device pixels.
type Scrolled struct{ Position, Least, Most, Seen int }

// Handle returns the scroll bar's handle on a track, in Fyne's pixels; no height when
// all is to be seen.
func (s Scrolled) Handle(track float32) (top, height float32) {
	if s.Most <= s.Least || track <= barLeast {
		return 0, 0
	}
	span := float32(s.Most - s.Least)
	seen := float32(s.Seen)
	height = max(track*seen/(span+seen), barLeast)
	at := min(max(float32(s.Position-s.Least)/span, 0), 1)
	return at * (track - height), height
}

// Pull returns the position for the mouse at a height, which holds the handle at grip.
func (s Scrolled) Pull(track, y, grip float32) (position int, ok bool) {
	_, height := s.Handle(track)
	track -= height
	if height == 0 || track <= 0 {
		return 0, false
	}
	at := min(max((y-grip)/track, 0), 1)
	return s.Least + int(at*float32(s.Most-s.Least)), true
}

// Grip returns where the mouse holds the handle when it grabs at a height; outside says that
// the handle comes to the mouse.
func (s Scrolled) Grip(track, y float32) (grip float32, outside bool) {
	top, height := s.Handle(track)
	if y < top || y > top+height {
		return height / 2, true
	}
	return y - top, false
}

// Reading returns the height at which two panes are held together, in Fyne's pixels: some way
// down where one reads, but at the top of what is not scrolled, so that both begin at their
// beginnings. Scale is device pixels of one of Fyne's.
func (s Scrolled) Reading(scale float32) float32 {
	const share = 0.3
	return min(float32(s.Seen)*share, float32(s.Position-s.Least)+Top*scale) / scale
}

// Top is the room above a text, in Fyne's pixels.
const Top = 40

// OnBar reports whether a point of a pane is on its scroll bar.
func (s Scrolled) OnBar(size fyne.Size, p fyne.Position) bool {
	_, height := s.Handle(size.Height)
	return height > 0 && p.X >= size.Width-BarInset-BarWidth && p.X <= size.Width && p.Y >= 0
}

// PlaceBar puts the handle where it belongs, wider while the mouse is at it, and reports
// whether there is one.
func (s Scrolled) PlaceBar(bar *canvas.Rectangle, size fyne.Size, wide bool, colour color.NRGBA) bool {
	top, height := s.Handle(size.Height)
	if height == 0 {
		return false
	}
	width := float32(barThin)
	if wide {
		width = 2 * barThin
	}
	colour.A = 0x66
	bar.FillColor = colour
	bar.CornerRadius = width / 2
	bar.Move(fyne.NewPos(size.Width-BarInset-width, top+2))
	bar.Resize(fyne.NewSize(width, max(height-4, width)))
	return true
}
