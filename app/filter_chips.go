package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

// filterChips are the filters that are set, one behind the other; a click on one
// removes it.
type filterChips struct {
	widget.BaseWidget
	colours func() look.Palette
	list    []*filterChip
}

const (
	filterHeight = 24 // pixels
	filterGap    = 14 // between two
	crossGap     = 5  // between a chip's text and its cross
)

func newFilterChips(colours func() look.Palette) *filterChips {
	c := &filterChips{colours: colours}
	c.ExtendBaseWidget(c)
	return c
}

// set replaces the filters shown.
func (c *filterChips) set(list []chosenFilter) {
	c.list = c.list[:0:0]
	for _, f := range list {
		one := &filterChip{chosenFilter: f, colours: c.colours}
		one.ExtendBaseWidget(one)
		c.list = append(c.list, one)
	}
	c.Refresh()
}

// lay puts the chips into rows of the width, and returns the height of all.
func (c *filterChips) lay(width float32) float32 {
	if len(c.list) == 0 {
		return 0
	}
	x, y := float32(rowMargin), float32(0)
	for _, one := range c.list {
		w := min(one.MinSize().Width, width-2*rowMargin)
		if x > rowMargin && x+w > width-rowMargin {
			x, y = rowMargin, y+filterHeight
		}
		place(one, x, y, w, filterHeight)
		x += w + filterGap
	}
	return y + filterHeight
}

// CreateRenderer implements fyne.Widget.
func (c *filterChips) CreateRenderer() fyne.WidgetRenderer { return &filterChipsRenderer{c} }

type filterChipsRenderer struct{ c *filterChips }

func (r *filterChipsRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(r.c.list))
	for i, one := range r.c.list {
		out[i] = one
	}
	return out
}
func (r *filterChipsRenderer) MinSize() fyne.Size    { return fyne.NewSize(80, 0) }
func (r *filterChipsRenderer) Layout(size fyne.Size) { r.c.lay(size.Width) }
func (r *filterChipsRenderer) Destroy()              {}
func (r *filterChipsRenderer) Refresh() {
	r.c.lay(r.c.Size().Width)
	for _, one := range r.c.list {
		one.Refresh()
	}
	canvas.Refresh(r.c)
}

// chosenFilter is a filter that is set: how it reads, and how it goes.
type chosenFilter struct {
	label  string
	remove func()
}

// filterChip shows a filter with a cross.
type filterChip struct {
	widget.BaseWidget
	chosenFilter
	colours func() look.Palette
	hovered bool
	objects []fyne.CanvasObject
}

var (
	_ fyne.Tappable      = (*filterChip)(nil)
	_ desktop.Hoverable  = (*filterChip)(nil)
	_ desktop.Cursorable = (*filterChip)(nil)
)

const cross = "×"

// MinSize implements fyne.CanvasObject.
func (c *filterChip) MinSize() fyne.Size {
	return fyne.NewSize(captionText(c.label, c.colours().Ink).MinSize().Width+crossGap+captionText(cross, c.colours().Ink).MinSize().Width+1, filterHeight)
}

func (c *filterChip) build() {
	c.objects = c.objects[:0]
	p := c.colours()
	sign := captionText(cross, p.Muted)
	if c.hovered {
		sign.Color = p.Accent
	}
	m := sign.MinSize()
	text := captionText(elide(c.label, wordsSize, false, c.Size().Width-crossGap-m.Width), p.Ink)
	size := text.MinSize()
	place(text, 0, (filterHeight-size.Height)/2, size.Width, size.Height)
	place(sign, size.Width+crossGap, (filterHeight-m.Height)/2, m.Width, m.Height)
	c.objects = append(c.objects, text, sign)
}

// Tapped implements fyne.Tappable.
func (c *filterChip) Tapped(*fyne.PointEvent) { c.remove() }

// MouseIn implements desktop.Hoverable.
func (c *filterChip) MouseIn(*desktop.MouseEvent) { c.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (c *filterChip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *filterChip) MouseOut() { c.hover(false) }

func (c *filterChip) hover(on bool) {
	c.hovered = on
	c.Refresh()
}

// Cursor implements desktop.Cursorable.
func (c *filterChip) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (c *filterChip) CreateRenderer() fyne.WidgetRenderer { return &filterChipRenderer{c} }

type filterChipRenderer struct{ c *filterChip }

func (r *filterChipRenderer) Objects() []fyne.CanvasObject { return r.c.objects }
func (r *filterChipRenderer) MinSize() fyne.Size           { return r.c.MinSize() }
func (r *filterChipRenderer) Layout(fyne.Size)             { r.c.build() }
func (r *filterChipRenderer) Destroy()                     {}
func (r *filterChipRenderer) Refresh() {
	r.c.build()
	canvas.Refresh(r.c)
}
