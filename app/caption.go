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

func newCaption(colours func() look.Palette) *caption {
	c := &caption{colours: colours}
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
	text := captionText(elide(c.Text, wordsSize, false, room), ink)
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
