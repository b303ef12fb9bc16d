package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

const statusHeight = 28 // pixels

// status is the bar below the window: what the text measures at the left, a
// message with something to do, and at the right whether it is saved and where the
// caret is.
type status struct {
	widget.BaseWidget
	colours                  func() look.Palette
	ground, rule             *canvas.Rectangle
	left, message, right, at *canvas.Text
	action, second           *actionText
	passing, lasting         message
}

func newStatus(colours func() look.Palette) *status {
	s := &status{colours: colours, ground: canvas.NewRectangle(nil), rule: canvas.NewRectangle(nil)}
	for _, t := range []**canvas.Text{&s.left, &s.message, &s.right, &s.at} {
		*t = canvas.NewText("", nil)
		(*t).TextSize = 12
	}
	s.action, s.second = newActionText(), newActionText()
	s.ExtendBaseWidget(s)
	return s
}

// facts shows the text's measures.
func (s *status) facts(text string) { s.put(s.left, text) }

// state shows whether the text is saved.
func (s *status) state(text string) { s.put(s.right, text) }

// clear empties what is said of a text.
func (s *status) clear() {
	s.facts("")
	s.state("")
	s.put(s.at, "")
}

// line shows the caret's line, counted from 0.
func (s *status) line(n int) { s.put(s.at, "Line "+itoa(n+1)) }

// message is something said, with what can be done about it.
type message struct {
	text, label string
	run         func()
	other       choice // a second thing; none without a label
}

// tell shows a message until the next one.
func (s *status) tell(text, label string, run func()) {
	s.passing = message{text: text, label: label, run: run}
	s.Refresh()
}

// alarm shows what is wrong, in place of all other messages, until it is taken
// back with an empty text.
func (s *status) alarm(text, label string, run func()) {
	s.alarmWith(message{text: text, label: label, run: run})
}

func (s *status) alarmWith(m message) {
	if m.text != "" || s.lasting.text != "" {
		s.lasting = m
		s.Refresh()
	}
}

// said is the message to show.
func (s *status) said() message {
	if s.lasting.text != "" {
		return s.lasting
	}
	return s.passing
}

func (s *status) put(t *canvas.Text, text string) {
	if t.Text != text {
		t.Text = text
		s.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (s *status) CreateRenderer() fyne.WidgetRenderer {
	r := &statusRenderer{s}
	r.colour()
	return r
}

type statusRenderer struct{ s *status }

func (r *statusRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.ground, r.s.rule, r.s.left, r.s.message, r.s.action, r.s.second, r.s.right, r.s.at}
}

func (r *statusRenderer) MinSize() fyne.Size { return fyne.NewSize(200, statusHeight) }
func (r *statusRenderer) Destroy()           {}

func (r *statusRenderer) Layout(size fyne.Size) {
	s := r.s
	place(s.ground, 0, 0, size.Width, size.Height)
	place(s.rule, 0, 0, size.Width, 1)
	put := func(o fyne.CanvasObject, x float32) float32 {
		m := o.MinSize()
		place(o, x, (size.Height-m.Height)/2, m.Width, m.Height)
		return m.Width
	}
	const margin, gap = 16, 20
	x := margin + put(s.left, margin)
	if s.left.Text != "" {
		x += gap
	}
	end := size.Width - margin
	if w := s.at.MinSize().Width; s.at.Text != "" {
		put(s.at, end-w)
		end -= w + gap
	}
	if w := s.right.MinSize().Width; s.right.Text != "" {
		put(s.right, end-w)
		end -= w + gap
	}
	label := s.action.MinSize().Width
	if s.second.text.Text != "" {
		label += gap + s.second.MinSize().Width
	}
	s.message.Text = elide(s.said().text, s.message.TextSize, false, max(end-x-label-gap, 0))
	x += put(s.message, x) + 8
	x += put(s.action, x) + gap
	put(s.second, x)
}

func (r *statusRenderer) Refresh() {
	said := r.s.said()
	r.s.action.set(said.label, said.run)
	r.s.second.set(said.other.label, said.other.run)
	r.colour()
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}

func (r *statusRenderer) colour() {
	s, p := r.s, r.s.colours()
	s.ground.FillColor, s.rule.FillColor = p.Panel, p.Hairline
	for _, t := range []*canvas.Text{s.left, s.message, s.right, s.at} {
		t.Color = p.Muted
	}
	if s.lasting.text != "" {
		s.message.Color = p.Accent
	}
	s.action.text.Color, s.second.text.Color = p.Accent, p.Accent
}

// actionText is a word that can be clicked.
type actionText struct {
	widget.BaseWidget
	text *canvas.Text
	run  func()
}

var (
	_ fyne.Tappable      = (*actionText)(nil)
	_ desktop.Cursorable = (*actionText)(nil)
)

func newActionText() *actionText {
	a := &actionText{text: canvas.NewText("", nil)}
	a.text.TextSize, a.text.TextStyle.Bold = 12, true
	a.ExtendBaseWidget(a)
	return a
}

func (a *actionText) set(label string, run func()) {
	a.text.Text, a.run = label, run
	show(a, label != "")
	a.Refresh()
}

// Tapped implements fyne.Tappable.
func (a *actionText) Tapped(*fyne.PointEvent) {
	if a.run != nil {
		a.run()
	}
}

// Cursor implements desktop.Cursorable.
func (a *actionText) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (a *actionText) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.text) }

// newGround puts the colour of paper behind an object.
func newGround(o fyne.CanvasObject, colours func() look.Palette) fyne.CanvasObject {
	g := &ground{object: o, paper: canvas.NewRectangle(nil), colours: colours}
	g.ExtendBaseWidget(g)
	return g
}

type ground struct {
	widget.BaseWidget
	object  fyne.CanvasObject
	paper   *canvas.Rectangle
	colours func() look.Palette
}

// CreateRenderer implements fyne.Widget.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	g.paper.FillColor = g.colours().Paper
	return &groundRenderer{g}
}

type groundRenderer struct{ g *ground }

func (r *groundRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.g.paper, r.g.object}
}
func (r *groundRenderer) MinSize() fyne.Size { return r.g.object.MinSize() }
func (r *groundRenderer) Destroy()           {}
func (r *groundRenderer) Layout(size fyne.Size) {
	r.g.paper.Resize(size)
	r.g.object.Resize(size)
}
func (r *groundRenderer) Refresh() {
	r.g.paper.FillColor = r.g.colours().Paper
	r.g.paper.Refresh()
	r.g.object.Refresh()
}
