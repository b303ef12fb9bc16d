package editor

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"longhand/editor/edits"
	"longhand/editor/layout"
	"longhand/editor/pane"
	"longhand/editor/text"
)

// mouse is what the mouse is about.
type mouse struct {
	pane.Press
	pressed  bool
	from, to int  // what the first click took, which dragging extends by its like
	carrying bool // the press was inside the selection: dragging moves that text
	dropping bool
	drop     int  // where it would fall
	moved    bool // since the press
	// The scroll bar: whether it is pulled, and where the mouse holds it, and
	// whether the mouse is over it.
	scrollbar bool
	grip      float32
	overBar   bool
}

// point is the caret under a point of the widget.
func (e *Editor) point(p fyne.Position) layout.Caret {
	left := float32(0)
	if e.render != nil {
		left = e.render.left
	}
	return e.view.At(p.X*e.scale-left, int(math.Floor(float64(p.Y*e.scale))))
}

// MouseDown implements desktop.Mouseable.
func (e *Editor) MouseDown(ev *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil && c.Focused() != fyne.Focusable(e) {
		c.Focus(e)
	}
	e.glide.Stop()
	switch ev.Button {
	case desktop.MouseButtonPrimary:
		e.press(ev)
	case desktop.MouseButtonTertiary:
		e.pastePrimary(e.target(ev.Position))
	case desktop.MouseButtonSecondary:
		c := e.point(ev.Position)
		if r := e.Selection().Main(); c.Offset < r.Start() || c.Offset > r.End() || r.Empty() {
			e.goal = -1
			e.setSelection(text.Caret(e.target(ev.Position)), c.Upstream)
		}
		if e.onMenu != nil {
			e.onMenu(ev.AbsolutePosition)
		}
	}
}

func (e *Editor) press(ev *desktop.MouseEvent) {
	m := &e.mouse
	if e.scrolled().OnBar(e.Size(), ev.Position) {
		m.scrollbar = true
		e.grab(ev.Position.Y)
		return
	}
	m.Down(ev.Position)
	m.pressed, m.moved = true, false
	e.goal = -1
	c := e.point(ev.Position)
	if f := e.view.Folded(); f.End > 0 && c.Offset == 0 && ev.Position.Y*e.scale < float32(e.view.Line(0).Top+e.view.Line(0).RowHeight) && e.overLabel(ev.Position) {
		m.pressed = false
		e.unfold()
		return
	}
	main := e.Selection().Main()
	switch {
	case m.Clicks == 1 && ev.Modifier&fyne.KeyModifierShift != 0:
		m.from, m.to = main.Anchor, main.Anchor
		e.setSelection(text.Select(main.Anchor, e.target(ev.Position)), c.Upstream)
	case m.Clicks == 1 && ev.Modifier&fyne.KeyModifierShortcutDefault != 0: // Alt would open the menu
		ranges := append([]text.Range{}, e.Selection().Ranges()...)
		at := e.target(ev.Position)
		m.pressed = false
		e.setSelection(text.NewSelection(len(ranges), append(ranges, text.Range{Anchor: at, Head: at})...), c.Upstream)
	case m.Clicks == 1 && !main.Empty() && c.Offset > main.Start() && c.Offset < main.End():
		m.carrying = true
	default:
		m.from, m.to = e.unit(c.Offset)
		if m.Clicks == 1 {
			e.setSelection(text.Caret(c.Offset), c.Upstream)
			e.unfoldAt(c.Offset)
		} else {
			e.setSelection(text.Select(m.from, m.to), false)
		}
	}
}

// overLabel reports whether a point is on the words that stand for what is
// folded.
func (e *Editor) overLabel(p fyne.Position) bool {
	l := e.view.Line(0)
	if !l.Label || e.render == nil {
		return false
	}
	x := p.X*e.scale - e.render.left
	return x >= -e.scale*bleed && x <= l.Rows[0].Width+e.scale*bleed
}

// unit is what as many clicks as there were take at an offset: a character's
// edge, a word, a paragraph (which is a line of the text).
func (e *Editor) unit(offset int) (start, end int) {
	switch e.mouse.Clicks {
	case 2:
		return e.Doc().WordAt(offset)
	case 3:
		line := e.Doc().Line(offset)
		return e.Doc().LineStart(line), e.Doc().LineEnd(line)
	}
	return offset, offset
}

// MouseUp implements desktop.Mouseable.
func (e *Editor) MouseUp(ev *desktop.MouseEvent) {
	m := &e.mouse
	if m.carrying && !m.moved {
		c := e.point(ev.Position)
		e.setSelection(text.Caret(c.Offset), c.Upstream)
	}
	if m.dropping {
		at, move := m.drop, ev.Modifier&fyne.KeyModifierControl == 0
		from := e.Selection().Main()
		e.Do(func(s text.State, c edits.Context) text.Transaction {
			return edits.Drop(s, c, e.SelectedText(), at, from, move)
		})
	}
	e.release()
}

func (e *Editor) release() {
	m := &e.mouse
	was := m.dropping
	m.pressed, m.carrying, m.dropping, m.scrollbar = false, false, false, false
	m.Up()
	if was {
		e.draw()
	}
}

// Dragged implements fyne.Draggable.
func (e *Editor) Dragged(ev *fyne.DragEvent) {
	m := &e.mouse
	switch {
	case m.scrollbar:
		e.pull(ev.Position.Y)
	case m.pressed:
		m.moved = true
		e.dragTo(ev.Position)
	}
}

// DragEnd implements fyne.Draggable. MouseUp has been before.
func (e *Editor) DragEnd() { e.release() }

// dragTo extends the selection, or carries the selected text, to a point, and
// scrolls while that is outside.
func (e *Editor) dragTo(p fyne.Position) {
	m := &e.mouse
	p, by := m.Moved(p, e.Size().Height)
	if by != 0 {
		e.view.ScrollBy(round(by * e.scale))
	}
	c := e.point(p)
	if m.carrying {
		m.dropping, m.drop = true, e.target(p)
		e.draw()
		return
	}
	if m.from >= e.view.Folded().End { // what is folded is not taken unseen
		c.Offset = e.target(p)
	}
	start, end := e.unit(c.Offset)
	anchor, head := m.from, max(end, m.to)
	if start < m.from {
		anchor, head = m.to, start
	} else if m.Clicks == 1 {
		head = c.Offset
	}
	e.setSelection(text.Select(anchor, head), c.Upstream)
}

// target is the offset under a point for what comes there: never within what is
// folded.
func (e *Editor) target(p fyne.Position) int {
	return max(e.point(p).Offset, e.view.Folded().End)
}

// OffsetAt is the offset in the text under a point of the widget, for what is put
// there: never within what is folded.
func (e *Editor) OffsetAt(p fyne.Position) int { return e.target(p) }

// Cursor implements desktop.Cursorable.
func (e *Editor) Cursor() desktop.Cursor {
	if e.mouse.scrollbar || e.mouse.dropping || e.mouse.overBar && !e.mouse.pressed {
		return desktop.DefaultCursor
	}
	return desktop.TextCursor
}

// MouseIn implements desktop.Hoverable.
func (e *Editor) MouseIn(ev *desktop.MouseEvent) { e.MouseMoved(ev) }

// MouseMoved implements desktop.Hoverable.
func (e *Editor) MouseMoved(ev *desktop.MouseEvent) { e.hover(ev.Position) }

// MouseOut implements desktop.Hoverable.
func (e *Editor) MouseOut() { e.hover(fyne.NewPos(-1, -1)) }

// hover shows the scroll bar wider while the mouse is over it.
func (e *Editor) hover(p fyne.Position) {
	was := e.mouse.overBar
	e.mouse.overBar = e.scrolled().OnBar(e.Size(), p)
	if was != e.mouse.overBar {
		e.draw()
	}
}
