package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

// panel lies over the window: a heading, what is filled in below it, and at its
// foot what can be done with that. What is asked and what goes wrong is said
// there too, so that nothing ever lies over a panel but a file dialog.
type panel struct {
	widget.BaseWidget
	colours func() look.Palette
	theme   fyne.Theme
	closed  func()         // takes it off the window
	above   func() float32 // the height of what lies above the window's content: the menu
	width   float32        // where there is room
	body    panelBody
	// escape and enter are what the keys do while nothing is asked.
	escape, enter func()

	heading, note    *canvas.Text
	said             *widget.Label
	buttons          []*panelButton // from the left; the last is the one offered
	asked            []*panelButton // in place of the buttons, while something is asked
	veil, back       *canvas.Rectangle
	topRule, endRule *canvas.Rectangle
}

// panelBody is what stands between heading and foot.
type panelBody interface {
	fyne.CanvasObject
	// wanted is the height it would like to have, when so wide.
	wanted(width float32) float32
	// colour takes on the colours of now.
	colour(look.Palette)
}

const (
	panelInset = 20 // pixels between the panel's edge and what stands in it
	panelHead  = 52 // height of the heading
	panelFoot  = 56 // height of the foot, at least
	panelGap   = 8  // between buttons
	buttonSize = 32 // height of a button
)

func newPanel(heading string, width float32, th fyne.Theme, colours func() look.Palette) *panel {
	p := &panel{colours: colours, theme: th, width: width, heading: canvas.NewText(heading, nil), note: canvas.NewText("", nil), said: widget.NewLabel("")}
	p.heading.TextSize, p.heading.TextStyle.Bold = 16, true
	p.note.TextSize = 12
	p.said.Wrapping = fyne.TextWrapWord
	for _, r := range []**canvas.Rectangle{&p.veil, &p.back, &p.topRule, &p.endRule} {
		*r = canvas.NewRectangle(nil)
	}
	p.back.CornerRadius, p.back.StrokeWidth = 8, 1
	p.ExtendBaseWidget(p)
	return p
}

// openPanel lays a panel over the window; not above a dialog.
func (w *window) openPanel(p *panel) bool {
	c := w.win.Canvas()
	if c.Overlays().Top() != nil {
		return false
	}
	p.above = func() float32 { return w.win.Content().Position().Y }
	p.closed = func() {
		if w.panel == p {
			w.panel = nil
			c.Overlays().Remove(p) // the keyboard is where it was below it
			if c.Focused() != nil {
				w.followPanes()
			}
		}
	}
	w.panel = p
	c.Overlays().Add(p)
	return true
}

// panelOnTop returns the panel if nothing lies over it.
func (w *window) panelOnTop() *panel {
	if p := w.panel; p != nil && w.win.Canvas().Overlays().Top() == fyne.CanvasObject(p) {
		return p
	}
	return nil
}

// holdsPanel closes the panel, and reports whether it stays, with a question that
// has not been answered yet. Who insists loses what is in it.
func (w *window) holdsPanel() bool {
	p := w.panelOnTop()
	if p == nil || p.asks() {
		return false
	}
	p.escape()
	return w.panel == p
}

// button adds a button at the foot.
func (p *panel) button(label string, run func()) *panelButton {
	b := newPanelButton(label, run, p.key)
	p.buttons = append(p.buttons, b)
	return b
}

// primary adds the button that Enter presses.
func (p *panel) primary(label string) *panelButton {
	b := p.button(label, func() { p.enter() })
	b.Importance = widget.HighImportance
	return b
}

// tell says something at the foot.
func (p *panel) tell(text string) {
	if p.said.Text != text {
		p.said.SetText(text)
		p.Refresh()
	}
}

// fail says at the foot what went wrong, and what to do.
func (p *panel) fail(err error) {
	title, detail := describe(err)
	if detail == "" {
		p.tell(title + ".")
		return
	}
	p.tell(title + ". " + detail)
}

// ask asks at the foot. The first choice is the careful one, which Escape takes;
// the last is the one that Enter takes.
func (p *panel) ask(text string, choices ...choice) {
	p.asked = nil
	for _, c := range choices {
		p.asked = append(p.asked, newPanelButton(c.label, func() {
			p.asked = nil
			p.tell("")
			p.Refresh()
			c.run()
		}, p.key))
	}
	p.asked[len(p.asked)-1].Importance = widget.HighImportance
	p.tell(text)
	p.Refresh()
}

// asks reports whether something is asked.
func (p *panel) asks() bool { return len(p.asked) > 0 }

// goOn takes back what is asked or said, because the writer works on.
func (p *panel) goOn() {
	asked := p.asks()
	p.asked = nil
	p.tell("")
	if asked {
		p.Refresh()
	}
}

// key takes the keys that close the panel and press its button, and reports
// whether it has.
func (p *panel) key(k fyne.KeyName) bool {
	switch {
	case k == fyne.KeyEscape && p.asks():
		p.asked[0].OnTapped()
	case k == fyne.KeyEscape:
		p.escape()
	case k != fyne.KeyReturn && k != fyne.KeyEnter:
		return false
	case p.asks():
		p.asked[len(p.asked)-1].OnTapped()
	default:
		p.enter()
	}
	return true
}

// Tapped implements fyne.Tappable: a click beside the panel is Escape.
func (p *panel) Tapped(e *fyne.PointEvent) {
	in, size := e.Position.Subtract(p.back.Position()), p.back.Size()
	if in.X < 0 || in.Y < 0 || in.X > size.Width || in.Y > size.Height {
		if !p.asks() {
			p.escape()
		}
	}
}

// TappedSecondary implements fyne.SecondaryTappable: nothing below is meant.
func (p *panel) TappedSecondary(*fyne.PointEvent) {}

// CreateRenderer implements fyne.Widget.
func (p *panel) CreateRenderer() fyne.WidgetRenderer {
	r := &panelRenderer{p: p, body: p.body}
	r.colour()
	return r
}

type panelRenderer struct {
	p    *panel
	body fyne.CanvasObject
}

func (r *panelRenderer) Objects() []fyne.CanvasObject {
	p := r.p
	out := []fyne.CanvasObject{p.veil, p.back, p.heading, p.note, p.topRule, r.body, p.endRule, p.said}
	for _, b := range p.shown() {
		out = append(out, b)
	}
	return out
}

// shown are the buttons of now.
func (p *panel) shown() []*panelButton {
	if p.asks() {
		return p.asked
	}
	return p.buttons
}

func (r *panelRenderer) MinSize() fyne.Size { return fyne.NewSize(160, 120) }
func (r *panelRenderer) Destroy()           {}

func (r *panelRenderer) Layout(size fyne.Size) {
	p := r.p
	place(p.veil, 0, 0, size.Width, size.Height)
	width := min(p.width, size.Width-2*paletteMargin)
	x, y := float32(int((size.Width-width)/2)), p.above()+float32(int(min(max(size.Height*0.06, 12), 48)))

	right := x + width - panelInset
	shown := p.shown()
	for _, b := range shown {
		right -= b.MinSize().Width
	}
	right -= panelGap * float32(len(shown)-1)
	said := right - x - panelInset - panelGap
	p.said.Resize(fyne.NewSize(said, 0))
	foot := max(panelFoot, p.said.MinSize().Height+8)
	if p.said.Text == "" {
		foot = panelFoot
	}
	room := size.Height - y - paletteMargin - panelHead - foot - 2
	body := max(min(p.body.wanted(width-2), room), 40)
	place(p.back, x, y, width, panelHead+body+foot+2)

	h := p.heading.MinSize()
	place(p.heading, x+panelInset, y+(panelHead-h.Height)/2, h.Width, h.Height)
	n := p.note.MinSize()
	place(p.note, x+width-panelInset-n.Width, y+(panelHead-n.Height)/2, n.Width, n.Height)
	place(p.topRule, x+1, y+panelHead, width-2, 1)
	place(r.body, x+1, y+panelHead+1, width-2, body)
	end := y + panelHead + 1 + body
	place(p.endRule, x+1, end, width-2, 1)
	m := p.said.MinSize()
	place(p.said, x+panelInset-8, end+1+(foot-m.Height)/2, said+8, m.Height)
	show(p.said, p.said.Text != "")
	for _, b := range shown {
		w := b.MinSize().Width
		place(b, right, end+1+(foot-buttonSize)/2, w, buttonSize)
		right += w + panelGap
	}
}

func (r *panelRenderer) Refresh() {
	r.colour()
	r.Layout(r.p.Size())
	r.body.Refresh()
	r.p.said.Refresh()
	for _, b := range r.p.shown() {
		b.Refresh()
	}
	canvas.Refresh(r.p)
}

func (r *panelRenderer) colour() {
	p, c := r.p, r.p.colours()
	p.veil.FillColor, p.back.Shadow = look.Veil(c), look.Shadow(c)
	p.back.FillColor, p.back.StrokeColor = c.Paper, c.Hairline
	p.topRule.FillColor, p.endRule.FillColor = c.Hairline, c.Hairline
	p.heading.Color, p.note.Color = c.Ink, c.Muted
	p.body.colour(c)
}

// panelButton is a button of a panel, whose Escape and Enter it passes on.
type panelButton struct {
	widget.Button
	key func(fyne.KeyName) bool
}

func newPanelButton(label string, run func(), key func(fyne.KeyName) bool) *panelButton {
	b := &panelButton{key: key}
	b.Text, b.OnTapped, b.Importance = label, run, widget.LowImportance
	b.ExtendBaseWidget(b)
	return b
}

// MinSize implements fyne.CanvasObject.
func (b *panelButton) MinSize() fyne.Size {
	return fyne.NewSize(b.Button.MinSize().Width, buttonSize)
}

// TypedKey implements fyne.Focusable. Enter presses the button it stands on.
func (b *panelButton) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if !b.Disabled() {
			b.OnTapped()
		}
	default:
		if !b.key(e.Name) {
			b.Button.TypedKey(e)
		}
	}
}
