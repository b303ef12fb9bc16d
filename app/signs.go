package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

// iconText is a sign that can be clicked.
type iconText struct {
	widget.BaseWidget
	text    *canvas.Text
	ground  *canvas.Rectangle
	colours func() look.Palette
	run     func()
	over    bool
	on      bool
}

var (
	_ fyne.Tappable     = (*iconText)(nil)
	_ desktop.Hoverable = (*iconText)(nil)
)

func newIconText(sign string, colours func() look.Palette, run func()) *iconText {
	t := &iconText{}
	t.make(sign, colours, run)
	t.ExtendBaseWidget(t)
	return t
}

func (t *iconText) make(sign string, colours func() look.Palette, run func()) {
	t.text, t.ground, t.colours, t.run = canvas.NewText(sign, nil), canvas.NewRectangle(nil), colours, run
	t.text.TextSize, t.text.Alignment = 13, fyne.TextAlignCenter
	t.ground.CornerRadius = 4
}

// Tapped implements fyne.Tappable.
func (t *iconText) Tapped(*fyne.PointEvent) { t.run() }

// MouseIn implements desktop.Hoverable.
func (t *iconText) MouseIn(*desktop.MouseEvent) { t.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (t *iconText) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *iconText) MouseOut() { t.hover(false) }

func (t *iconText) hover(over bool) {
	t.over = over
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *iconText) CreateRenderer() fyne.WidgetRenderer {
	r := &iconTextRenderer{t}
	r.colour()
	return r
}

type iconTextRenderer struct{ t *iconText }

func (r *iconTextRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.t.ground, r.t.text}
}
func (r *iconTextRenderer) MinSize() fyne.Size { return fyne.NewSize(28, 28) }
func (r *iconTextRenderer) Destroy()           {}
func (r *iconTextRenderer) Layout(size fyne.Size) {
	place(r.t.ground, 0, 0, size.Width, size.Height)
	h := r.t.text.MinSize().Height
	place(r.t.text, 0, (size.Height-h)/2, size.Width, h)
}

func (r *iconTextRenderer) Refresh() {
	r.colour()
	canvas.Refresh(r.t)
}

func (r *iconTextRenderer) colour() {
	t, p := r.t, r.t.colours()
	t.text.Color, t.ground.FillColor = p.Muted, p.Panel
	if t.over {
		t.ground.FillColor = p.Chosen
	}
	if t.on {
		t.text.Color, t.ground.FillColor = p.Accent, p.Chosen
	}
}

// toggle is a sign that is on or off.
type toggle struct{ iconText }

func newToggle(sign string, colours func() look.Palette, changed func()) *toggle {
	t := &toggle{}
	t.make(sign, colours, func() {
		t.set(!t.on)
		changed()
	})
	t.ExtendBaseWidget(t)
	return t
}

func (t *toggle) set(on bool) {
	t.on = on
	t.Refresh()
}
