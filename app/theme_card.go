package app

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

// themeCards are the themes to choose from, a picture each. Left and Right choose.
type themeCards struct {
	widget.BaseWidget
	colours func() look.Palette
	key     func(fyne.KeyName) bool
	chosen  string // the theme's name
	changed func()
	themes  []shownTheme
	cards   []*themeCard
	flow    flow
	focused bool
}

var _ fyne.Focusable = (*themeCards)(nil)

const (
	cardLabel = 24 // height of a name below its picture
	cardFrame = 3  // between a picture and the mark of the chosen one
)

func newThemeCards(chosen string, colours func() look.Palette, key func(fyne.KeyName) bool) *themeCards {
	t := &themeCards{colours: colours, key: key, chosen: chosen, changed: func() {}}
	t.ExtendBaseWidget(t)
	return t
}

// set shows the themes as they are now.
func (t *themeCards) set(themes []shownTheme) {
	t.themes = themes
	for len(t.cards) < len(themes) {
		t.cards = append(t.cards, newThemeCard(t))
	}
	t.cards = t.cards[:len(themes)]
	for i, th := range themes {
		t.cards[i].set(th)
	}
	t.Refresh()
}

// theme is the chosen one; nil if there is none of that name.
func (t *themeCards) theme() *shownTheme {
	for i := range t.themes {
		if t.themes[i].name == t.chosen {
			return &t.themes[i]
		}
	}
	return nil
}

func (t *themeCards) choose(name string) {
	if name != t.chosen {
		t.chosen = name
		t.changed()
		t.Refresh()
	}
}

// step chooses the theme so many further on.
func (t *themeCards) step(n int) {
	at := 0
	for i, th := range t.themes {
		if th.name == t.chosen {
			at = i + n
		}
	}
	if at >= 0 && at < len(t.themes) {
		t.choose(t.themes[at].name)
	}
}

// FocusGained implements fyne.Focusable.
func (t *themeCards) FocusGained() {
	t.focused = true
	t.Refresh()
}

// FocusLost implements fyne.Focusable.
func (t *themeCards) FocusLost() {
	t.focused = false
	t.Refresh()
}

// TypedRune implements fyne.Focusable.
func (t *themeCards) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (t *themeCards) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		t.step(-1)
	case fyne.KeyRight, fyne.KeyDown:
		t.step(1)
	default:
		t.key(e.Name)
	}
}

// objects are the cards as the toolkit wants them.
func (t *themeCards) objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(t.cards))
	for i, c := range t.cards {
		out[i] = c
	}
	return out
}

// Resize implements fyne.CanvasObject. How high the cards are depends on the width.
func (t *themeCards) Resize(size fyne.Size) {
	t.flow.width = size.Width
	t.BaseWidget.Resize(size)
}

// MinSize implements fyne.CanvasObject. Room is kept for a row, until the themes come.
func (t *themeCards) MinSize() fyne.Size {
	m := t.flow.MinSize(t.objects())
	return fyne.NewSize(themeWidth+2*cardFrame, max(m.Height, themeHeight+2*cardFrame+cardLabel))
}

// CreateRenderer implements fyne.Widget.
func (t *themeCards) CreateRenderer() fyne.WidgetRenderer { return &themeCardsRenderer{t} }

type themeCardsRenderer struct{ t *themeCards }

func (r *themeCardsRenderer) Objects() []fyne.CanvasObject { return r.t.objects() }
func (r *themeCardsRenderer) MinSize() fyne.Size           { return r.t.MinSize() }
func (r *themeCardsRenderer) Destroy()                     {}
func (r *themeCardsRenderer) Layout(size fyne.Size)        { r.t.flow.Layout(r.t.objects(), size) }

func (r *themeCardsRenderer) Refresh() {
	r.Layout(r.t.Size())
	for _, c := range r.t.cards {
		c.Refresh()
	}
	canvas.Refresh(r.t)
}

// themeCard is one of them.
type themeCard struct {
	widget.BaseWidget
	of      *themeCards
	theme   shownTheme
	frame   *canvas.Rectangle // around the chosen one
	edge    *canvas.Rectangle // of the picture
	picture *canvas.Image
	name    *canvas.Text
	broken  *canvas.Text
	over    bool
}

var (
	_ fyne.Tappable     = (*themeCard)(nil)
	_ desktop.Hoverable = (*themeCard)(nil)
)

func newThemeCard(of *themeCards) *themeCard {
	c := &themeCard{of: of, frame: canvas.NewRectangle(nil), edge: canvas.NewRectangle(nil), picture: &canvas.Image{}, name: canvas.NewText("", nil), broken: canvas.NewText("", nil)}
	c.frame.CornerRadius, c.frame.StrokeWidth = 6, 2
	c.edge.CornerRadius, c.edge.StrokeWidth = 4, 1
	c.picture.FillMode, c.picture.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleSmooth
	c.picture.CornerRadius = 4
	c.name.TextSize, c.broken.TextSize = titleSize, 12
	c.ExtendBaseWidget(c)
	return c
}

func (c *themeCard) set(th shownTheme) {
	c.theme = th
	c.picture.Image = th.picture
	if th.picture == nil {
		c.picture.Image = image.NewRGBA(image.Rect(0, 0, 1, 1))
	}
	c.broken.Text = ""
	if th.err != nil {
		c.broken.Text = "Cannot be used"
	}
	c.picture.Refresh()
	c.Refresh()
}

// Tapped implements fyne.Tappable.
func (c *themeCard) Tapped(*fyne.PointEvent) { c.of.choose(c.theme.name) }

// MouseIn implements desktop.Hoverable.
func (c *themeCard) MouseIn(*desktop.MouseEvent) {
	c.over = true
	c.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (c *themeCard) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *themeCard) MouseOut() {
	c.over = false
	c.Refresh()
}

// MinSize implements fyne.CanvasObject.
func (c *themeCard) MinSize() fyne.Size {
	return fyne.NewSize(themeWidth+2*cardFrame, themeHeight+2*cardFrame+cardLabel)
}

// CreateRenderer implements fyne.Widget.
func (c *themeCard) CreateRenderer() fyne.WidgetRenderer {
	r := &themeCardRenderer{c}
	r.colour()
	return r
}

type themeCardRenderer struct{ c *themeCard }

func (r *themeCardRenderer) Objects() []fyne.CanvasObject {
	c := r.c
	return []fyne.CanvasObject{c.picture, c.edge, c.frame, c.broken, c.name}
}
func (r *themeCardRenderer) MinSize() fyne.Size { return r.c.MinSize() }
func (r *themeCardRenderer) Destroy()           {}

func (r *themeCardRenderer) Layout(size fyne.Size) {
	c := r.c
	place(c.picture, cardFrame, cardFrame, themeWidth, themeHeight)
	place(c.edge, cardFrame, cardFrame, themeWidth, themeHeight)
	place(c.frame, 0, 0, themeWidth+2*cardFrame, themeHeight+2*cardFrame)
	b := c.broken.MinSize()
	place(c.broken, cardFrame+(themeWidth-b.Width)/2, cardFrame+(themeHeight-b.Height)/2, b.Width, b.Height)
	c.name.Text = elide(c.theme.name, titleSize, c.name.TextStyle.Bold, themeWidth)
	n := c.name.MinSize()
	place(c.name, cardFrame+(themeWidth-n.Width)/2, themeHeight+2*cardFrame+(cardLabel-n.Height)/2, n.Width, n.Height)
}

func (r *themeCardRenderer) Refresh() {
	r.colour()
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}

func (r *themeCardRenderer) colour() {
	c, p := r.c, r.c.of.colours()
	chosen := c.theme.name == c.of.chosen
	c.edge.StrokeColor, c.edge.FillColor = p.Hairline, nil
	c.frame.FillColor, c.frame.StrokeColor = nil, p.Muted
	if c.of.focused {
		c.frame.StrokeColor = p.Accent
	}
	show(c.frame, chosen)
	c.name.Color, c.broken.Color = p.Muted, p.Muted
	if chosen || c.over {
		c.name.Color = p.Ink
	}
	c.name.TextStyle.Bold = chosen
}
