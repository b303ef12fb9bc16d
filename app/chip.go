package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

// chip is a word that can be ticked.
type chip struct {
	widget.BaseWidget
	colours func() look.Palette
	key     func(fyne.KeyName) bool
	changed func(on bool)
	fixed   bool // it cannot be ticked

	word, tick    *canvas.Text
	ground        *canvas.Rectangle
	on            bool
	over, focused bool
}

var (
	_ fyne.Focusable    = (*chip)(nil)
	_ fyne.Tappable     = (*chip)(nil)
	_ desktop.Hoverable = (*chip)(nil)
)

const (
	chipHeight = 28  // pixels
	chipInset  = 10  // of the word
	chipTick   = 16  // room for the tick, also while there is none
	chipWidest = 240 // a longer word is shortened
)

func newChip(text string, on bool, colours func() look.Palette, key func(fyne.KeyName) bool, changed func(on bool)) *chip {
	c := &chip{colours: colours, key: key, changed: changed, on: on, ground: canvas.NewRectangle(nil)}
	c.word = canvas.NewText(elide(text, titleSize, false, chipWidest), nil)
	c.tick = canvas.NewText("✓", nil)
	c.word.TextSize, c.tick.TextSize = titleSize, 12
	c.ground.CornerRadius, c.ground.StrokeWidth = 4, 1
	c.ExtendBaseWidget(c)
	return c
}

func (c *chip) set(on bool) {
	c.on = on
	c.Refresh()
}

func (c *chip) press() {
	if !c.fixed {
		c.set(!c.on)
		c.changed(c.on)
	}
}

// Tapped implements fyne.Tappable.
func (c *chip) Tapped(*fyne.PointEvent) { c.press() }

// MouseIn implements desktop.Hoverable.
func (c *chip) MouseIn(*desktop.MouseEvent) {
	c.over = true
	c.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (c *chip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *chip) MouseOut() {
	c.over = false
	c.Refresh()
}

// FocusGained implements fyne.Focusable.
func (c *chip) FocusGained() {
	c.focused = true
	c.Refresh()
}

// FocusLost implements fyne.Focusable.
func (c *chip) FocusLost() {
	c.focused = false
	c.Refresh()
}

// TypedRune implements fyne.Focusable.
func (c *chip) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *chip) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		c.press()
		return
	}
	c.key(e.Name)
}

// MinSize implements fyne.CanvasObject.
func (c *chip) MinSize() fyne.Size {
	return fyne.NewSize(c.word.MinSize().Width+2*chipInset+chipTick, chipHeight)
}

// CreateRenderer implements fyne.Widget.
func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	r := &chipRenderer{c}
	r.colour()
	return r
}

type chipRenderer struct{ c *chip }

func (r *chipRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.c.ground, r.c.tick, r.c.word}
}
func (r *chipRenderer) MinSize() fyne.Size { return r.c.MinSize() }
func (r *chipRenderer) Destroy()           {}

func (r *chipRenderer) Layout(size fyne.Size) {
	c := r.c
	place(c.ground, 0, 0, size.Width, size.Height)
	t, w := c.tick.MinSize(), c.word.MinSize()
	place(c.tick, chipInset, (size.Height-t.Height)/2, t.Width, t.Height)
	x := float32(chipInset + chipTick)
	if !c.on { // in the middle, so that nothing seems to be missing
		x -= chipTick / 2
	}
	place(c.word, x, (size.Height-w.Height)/2, w.Width, w.Height)
}

func (r *chipRenderer) Refresh() {
	r.colour()
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}

func (r *chipRenderer) colour() {
	c, p := r.c, r.c.colours()
	c.word.Color, c.tick.Color = p.Muted, p.Ink
	c.ground.FillColor, c.ground.StrokeColor = p.Paper, p.Hairline
	if c.on {
		c.word.Color, c.ground.FillColor, c.ground.StrokeColor = p.Ink, p.Chosen, p.Chosen
	}
	if c.over && !c.fixed {
		c.word.Color = p.Ink
	}
	if c.focused {
		c.ground.StrokeColor = p.Accent
	}
	show(c.tick, c.on)
}

// chips shows chips in rows, as many as there is room for; more are scrolled to.
type chips struct {
	flow   *fyne.Container
	scroll *container.Scroll
}

const mostChipRows = 4 // in sight

func newChips(list []*chip) *fyne.Container {
	l := &chips{flow: &fyne.Container{Layout: &flow{}}}
	for _, c := range list {
		l.flow.Objects = append(l.flow.Objects, c)
	}
	l.scroll = container.NewVScroll(l.flow)
	return &fyne.Container{Layout: l, Objects: []fyne.CanvasObject{l.scroll}}
}

// MinSize implements fyne.Layout.
func (l *chips) MinSize([]fyne.CanvasObject) fyne.Size {
	const gap = panelGap
	return fyne.NewSize(120, min(l.flow.MinSize().Height, mostChipRows*(chipHeight+gap)-gap))
}

// Layout implements fyne.Layout.
func (l *chips) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.flow.Layout.(*flow).width = size.Width
	place(l.scroll, 0, 0, size.Width, size.Height)
}

// flow sets objects beside one another, and on in the next row.
type flow struct{ width float32 }

func (f *flow) each(objects []fyne.CanvasObject, visit func(o fyne.CanvasObject, x, y, width, height float32)) {
	x, y := float32(0), float32(0)
	for _, o := range objects {
		m := o.MinSize()
		if x > 0 && x+m.Width > f.width {
			x, y = 0, y+m.Height+panelGap
		}
		visit(o, x, y, min(m.Width, f.width), m.Height)
		x += m.Width + panelGap
	}
}

// MinSize implements fyne.Layout.
func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(80, chipHeight)
	f.each(objects, func(_ fyne.CanvasObject, _, y, _, height float32) { size.Height = max(size.Height, y+height) })
	return size
}

// Layout implements fyne.Layout.
func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.each(objects, func(o fyne.CanvasObject, x, y, width, height float32) { place(o, x, y, width, height) })
}
