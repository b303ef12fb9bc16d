package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

// caption says below the search box what the list shows, in which order, and how
// many: "All articles, newest first", "214". A click leads to what can be
// changed about it.
type caption struct {
	widget.BaseWidget
	Text, Total string
	letters     *letters
	colours     func() look.Palette
	tapped      func()
	hovered     bool

	objects []fyne.CanvasObject
}

var (
	_ fyne.Tappable      = (*caption)(nil)
	_ desktop.Hoverable  = (*caption)(nil)
	_ desktop.Cursorable = (*caption)(nil)
)

const (
	captionHeight = 30 // pixels
	chevronWidth  = 7
	chevronGap    = 6
)

func newCaption(l *letters, colours func() look.Palette) *caption {
	c := &caption{letters: l, colours: colours}
	c.ExtendBaseWidget(c)
	return c
}

// SetText changes what the caption says.
func (c *caption) SetText(s string) {
	if c.Text != s {
		c.Text = s
		c.Refresh()
	}
}

func (c *caption) build() {
	c.objects = c.objects[:0]
	width := c.Size().Width - 2*rowMargin
	if width < rowMargin {
		return
	}
	p := c.colours()
	ink := p.Muted
	if c.hovered {
		ink = p.Ink
	}
	total := captionText(c.Total, p.Muted)
	size := total.MinSize()
	place(total, rowMargin+width-size.Width, (captionHeight-size.Height)/2, size.Width, size.Height)
	room := width - chevronGap - chevronWidth
	if c.Total != "" {
		room -= size.Width + chevronGap
	}
	text := captionText(c.letters.set(line{text: c.Text, size: wordsSize}, room, 1, 1).text, ink)
	size = text.MinSize()
	place(text, rowMargin, (captionHeight-size.Height)/2, size.Width, size.Height)
	c.objects = append(c.objects, text, total)
	if c.Text == "" {
		return
	}
	x, y := rowMargin+size.Width+chevronGap, float32(captionHeight/2)
	for _, dx := range []float32{-1, 1} { // the two strokes of a chevron
		l := canvas.NewLine(ink)
		l.StrokeWidth = 1
		middle := x + chevronWidth/2.0
		l.Position1, l.Position2 = fyne.NewPos(middle, y+2), fyne.NewPos(middle+dx*chevronWidth/2, y-1.5)
		c.objects = append(c.objects, l)
	}
}

func captionText(s string, ink interface{ RGBA() (r, g, b, a uint32) }) *canvas.Text {
	t := canvas.NewText(s, ink)
	t.TextSize = wordsSize
	return t
}

// Tapped implements fyne.Tappable.
func (c *caption) Tapped(*fyne.PointEvent) { c.tapped() }

// MouseIn implements desktop.Hoverable.
func (c *caption) MouseIn(*desktop.MouseEvent) { c.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (c *caption) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *caption) MouseOut() { c.hover(false) }

func (c *caption) hover(on bool) {
	c.hovered = on
	c.Refresh()
}

// Cursor implements desktop.Cursorable.
func (c *caption) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (c *caption) CreateRenderer() fyne.WidgetRenderer { return &captionRenderer{c} }

type captionRenderer struct{ c *caption }

func (r *captionRenderer) Objects() []fyne.CanvasObject { return r.c.objects }
func (r *captionRenderer) MinSize() fyne.Size           { return fyne.NewSize(80, captionHeight) }
func (r *captionRenderer) Layout(fyne.Size)             { r.c.build() }
func (r *captionRenderer) Destroy()                     {}
func (r *captionRenderer) Refresh() {
	r.c.build()
	canvas.Refresh(r.c)
}

// chips are the filters that are set, one behind the other; a click on one
// removes it.
type chips struct {
	widget.BaseWidget
	letters *letters
	colours func() look.Palette
	list    []*chip
}

const (
	chipHeight = 24 // pixels
	chipGap    = 14 // between two
	crossGap   = 5  // between a chip's text and its cross
)

func newChips(l *letters, colours func() look.Palette) *chips {
	c := &chips{letters: l, colours: colours}
	c.ExtendBaseWidget(c)
	return c
}

// set replaces the filters shown.
func (c *chips) set(list []chosenFilter) {
	c.list = c.list[:0:0]
	for _, f := range list {
		one := &chip{chosenFilter: f, letters: c.letters, colours: c.colours}
		one.ExtendBaseWidget(one)
		c.list = append(c.list, one)
	}
	c.Refresh()
}

// lay puts the chips into rows of the width, and returns the height of all.
func (c *chips) lay(width float32) float32 {
	if len(c.list) == 0 {
		return 0
	}
	x, y := float32(rowMargin), float32(0)
	for _, one := range c.list {
		w := min(one.MinSize().Width, width-2*rowMargin)
		if x > rowMargin && x+w > width-rowMargin {
			x, y = rowMargin, y+chipHeight
		}
		place(one, x, y, w, chipHeight)
		x += w + chipGap
	}
	return y + chipHeight
}

// CreateRenderer implements fyne.Widget.
func (c *chips) CreateRenderer() fyne.WidgetRenderer { return &chipsRenderer{c} }

type chipsRenderer struct{ c *chips }

func (r *chipsRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(r.c.list))
	for i, one := range r.c.list {
		out[i] = one
	}
	return out
}
func (r *chipsRenderer) MinSize() fyne.Size    { return fyne.NewSize(80, 0) }
func (r *chipsRenderer) Layout(size fyne.Size) { r.c.lay(size.Width) }
func (r *chipsRenderer) Destroy()              {}
func (r *chipsRenderer) Refresh() {
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

// chip shows a filter with a cross.
type chip struct {
	widget.BaseWidget
	chosenFilter
	letters *letters
	colours func() look.Palette
	hovered bool
	objects []fyne.CanvasObject
}

var (
	_ fyne.Tappable      = (*chip)(nil)
	_ desktop.Hoverable  = (*chip)(nil)
	_ desktop.Cursorable = (*chip)(nil)
)

const cross = "×"

// MinSize implements fyne.CanvasObject.
func (c *chip) MinSize() fyne.Size {
	return fyne.NewSize(captionText(c.label, c.colours().Ink).MinSize().Width+crossGap+captionText(cross, c.colours().Ink).MinSize().Width+1, chipHeight)
}

func (c *chip) build() {
	c.objects = c.objects[:0]
	p := c.colours()
	sign := captionText(cross, p.Muted)
	if c.hovered {
		sign.Color = p.Accent
	}
	m := sign.MinSize()
	text := captionText(c.letters.set(line{text: c.label, size: wordsSize}, c.Size().Width-crossGap-m.Width, 1, 1).text, p.Ink)
	size := text.MinSize()
	place(text, 0, (chipHeight-size.Height)/2, size.Width, size.Height)
	place(sign, size.Width+crossGap, (chipHeight-m.Height)/2, m.Width, m.Height)
	c.objects = append(c.objects, text, sign)
}

// Tapped implements fyne.Tappable.
func (c *chip) Tapped(*fyne.PointEvent) { c.remove() }

// MouseIn implements desktop.Hoverable.
func (c *chip) MouseIn(*desktop.MouseEvent) { c.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (c *chip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *chip) MouseOut() { c.hover(false) }

func (c *chip) hover(on bool) {
	c.hovered = on
	c.Refresh()
}

// Cursor implements desktop.Cursorable.
func (c *chip) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (c *chip) CreateRenderer() fyne.WidgetRenderer { return &chipRenderer{c} }

type chipRenderer struct{ c *chip }

func (r *chipRenderer) Objects() []fyne.CanvasObject { return r.c.objects }
func (r *chipRenderer) MinSize() fyne.Size           { return r.c.MinSize() }
func (r *chipRenderer) Layout(fyne.Size)             { r.c.build() }
func (r *chipRenderer) Destroy()                     {}
func (r *chipRenderer) Refresh() {
	r.c.build()
	canvas.Refresh(r.c)
}
