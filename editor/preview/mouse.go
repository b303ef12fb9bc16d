package preview

import (
	"image"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"longhand/editor/pane"
	"longhand/editor/preview/column"
	"longhand/editor/preview/content"
)

// mouse is what the mouse is about.
type mouse struct {
	pane.Press
	pressed   bool
	moved     bool          // since the press
	on        *column.Hot   // what was pressed
	place     fyne.Position // where it is, or outside
	over      *column.Hot   // what it is over
	said      string
	scrollbar bool
	grip      float32
	overBar   bool
	held      bool // the shift key is
}

// point is a place of the widget in the column's measure.
func (p *Preview) point(at fyne.Position) (x float32, y int) {
	left := 0
	if p.render != nil {
		left = p.render.left
	}
	return at.X*p.scale - float32(left), int(math.Floor(float64(at.Y * p.scale)))
}

// hotAt returns what answers a click at a place: of things in each other, as a link in a
// summary, the smallest.
func (p *Preview) hotAt(at fyne.Position) *column.Hot {
	x, y := p.point(at)
	var best *column.Hot
	for i := range p.frame.Hot {
		h := &p.frame.Hot[i]
		if (image.Point{round(x), y}).In(h.Area) && (best == nil || extent(h.Area) < extent(best.Area)) {
			best = h
		}
	}
	return best
}

func extent(r image.Rectangle) int { return r.Dx() * r.Dy() }

// MouseDown implements desktop.Mouseable.
func (p *Preview) MouseDown(ev *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil && c.Focused() != fyne.Focusable(p) {
		c.Focus(p)
	}
	p.glide.Stop()
	switch ev.Button {
	case desktop.MouseButtonPrimary:
		p.press(ev)
	case desktop.MouseButtonSecondary:
		if p.onMenu != nil {
			link := ""
			if h := p.hotAt(ev.Position); h != nil && h.Link != nil && !strings.HasPrefix(h.Link.Address, "longhand:") {
				link = h.Link.Address
			}
			p.onMenu(ev.AbsolutePosition, link)
		}
	}
}

func (p *Preview) press(ev *desktop.MouseEvent) {
	m := &p.mouse
	if s := p.scrolled(); s.OnBar(p.Size(), ev.Position) {
		m.scrollbar = true
		var outside bool
		if m.grip, outside = s.Grip(p.Size().Height, ev.Position.Y); outside {
			p.pull(ev.Position.Y)
		}
		return
	}
	m.Down(ev.Position)
	m.pressed, m.moved = true, false
	m.on = p.hotAt(ev.Position)
	p.chosen = nil
	x, y := p.point(ev.Position)
	clicks, extend := m.Clicks, ev.Modifier&fyne.KeyModifierShift != 0
	w := p.worker
	p.ask(func(v *column.View) {
		v.Press(x, y, clicks, extend)
		if clicks != 2 || extend {
			return
		}
		if start, end, ok := v.Source(x, y); ok {
			w.call(func() {
				if p.onSource != nil && m.on == nil {
					p.onSource(start, end)
				}
			})
		}
	})
}

// MouseUp implements desktop.Mouseable.
func (p *Preview) MouseUp(ev *desktop.MouseEvent) {
	m := &p.mouse
	hot := m.on
	clicked := m.pressed && !m.moved && hot != nil && m.Clicks == 1
	p.release()
	if clicked {
		p.activate(*hot)
	}
}

// activate does what a click does.
func (p *Preview) activate(h column.Hot) {
	switch {
	case h.Fold != nil:
		p.ask(func(v *column.View) { v.Toggle(h.Fold) })
	case h.Task >= 0:
		if p.onTask != nil {
			p.onTask(h.Task)
		}
	case h.Link != nil:
		p.follow(h.Link.Address)
	}
}

// follow goes where a link leads.
func (p *Preview) follow(address string) {
	at := p.pixels(p.Size().Height / 4)
	w := p.worker
	inside := strings.HasPrefix(address, content.NoteAddress) || strings.HasPrefix(address, content.BackAddress) || strings.HasPrefix(address, "#")
	if !inside {
		if p.onLink != nil {
			p.onLink(address)
		}
		return
	}
	p.ask(func(v *column.View) {
		if place, ok := v.Follow(address, at); ok {
			w.call(func() { p.tellScrolled(place, p.Size().Height/4) })
		}
	})
}

// Go goes to the place of the page with an id, such as a heading's.
func (p *Preview) Go(id string) {
	if id != "" {
		p.follow("#" + id)
	}
}

func (p *Preview) tellScrolled(place float64, y float32) {
	if p.onScrolled != nil {
		p.onScrolled(place, y)
	}
}

func (p *Preview) release() {
	m := &p.mouse
	m.pressed, m.scrollbar, m.on = false, false, nil
	m.Up()
}

// Dragged implements fyne.Draggable.
func (p *Preview) Dragged(ev *fyne.DragEvent) {
	m := &p.mouse
	switch {
	case m.scrollbar:
		p.pull(ev.Position.Y)
	case m.pressed:
		m.moved = true
		p.dragTo(ev.Position)
	}
}

// DragEnd implements fyne.Draggable. MouseUp has been before.
func (p *Preview) DragEnd() { p.release() }

// dragTo extends the selection to a point, and scrolls while that is outside.
func (p *Preview) dragTo(at fyne.Position) {
	inside, by := p.mouse.Moved(at, p.Size().Height)
	x, y := p.point(inside)
	scroll, clicks := round(by*p.scale), p.mouse.Clicks
	p.ask(func(v *column.View) {
		if scroll != 0 {
			v.ScrollBy(scroll)
		}
		v.Drag(x, y, clicks)
	})
}

func (p *Preview) pull(y float32) {
	if to, ok := p.scrolled().Pull(p.Size().Height, y, p.mouse.grip); ok {
		p.scrollTo(func(v *column.View) { v.ScrollTo(to) })
	}
}

// Scrolled implements fyne.Scrollable. Sideways it scrolls what is wide under the mouse.
func (p *Preview) Scrolled(ev *fyne.ScrollEvent) {
	if ev.Scrolled.DX != 0 && ev.Scrolled.DY == 0 {
		by, _ := pane.Notch(ev.Scrolled.DX, p.scale)
		_, y := p.point(ev.Position)
		p.ask(func(v *column.View) { v.ScrollSideways(y, by) })
		return
	}
	by, notches := pane.Notch(ev.Scrolled.DY, p.scale)
	if notches && (p.opt.Still == nil || !p.opt.Still()) {
		p.glide.By(by)
		return
	}
	p.scrollBy(round(by))
}

func (p *Preview) scrollBy(pixels int) { p.scroll(scroll{by: pixels, tell: p.telling()}) }

func (p *Preview) scrollTo(to func(*column.View)) { p.scroll(scroll{to: to, tell: p.telling()}) }

// telling returns what tells, after scrolling, what stands where.
func (p *Preview) telling() func(*column.View) {
	w, scale := p.worker, p.scale
	return func(v *column.View) {
		least, most := v.Extent()
		y := pane.Scrolled{Position: v.Position(), Least: least, Most: most, Seen: v.Height()}.Reading(scale)
		place := v.PlaceAt(round(y * scale))
		w.call(func() { p.tellScrolled(place, y) })
	}
}

// Cursor implements desktop.Cursorable.
func (p *Preview) Cursor() desktop.Cursor {
	m := &p.mouse
	switch {
	case m.scrollbar || m.overBar && !m.pressed:
		return desktop.DefaultCursor
	case m.over != nil && (m.over.Link != nil || m.over.Fold != nil || m.over.Task >= 0) && !m.moved:
		return desktop.PointerCursor
	}
	return desktop.TextCursor
}

// MouseIn implements desktop.Hoverable.
func (p *Preview) MouseIn(ev *desktop.MouseEvent) { p.MouseMoved(ev) }

// MouseMoved implements desktop.Hoverable.
func (p *Preview) MouseMoved(ev *desktop.MouseEvent) { p.hover(ev.Position) }

// MouseOut implements desktop.Hoverable.
func (p *Preview) MouseOut() { p.hover(outside) }

// outside is where a mouse is that is not over the preview.
var outside = fyne.NewPos(-1000, -1000)

// hover shows where the link under the mouse leads, and the scroll bar wider.
func (p *Preview) hover(at fyne.Position) {
	p.mouse.place = at
	if p.lookUnder() {
		p.draw()
	}
}

// lookUnder finds what is under the mouse, and reports whether that is told otherwise now.
func (p *Preview) lookUnder() bool {
	m := &p.mouse
	was, overBar := m.said, p.scrolled().OnBar(p.Size(), m.place)
	m.over, m.said = p.hotAt(m.place), ""
	if m.over != nil && !overBar {
		m.said = saying(*m.over)
	}
	changed := overBar != m.overBar || m.said != was
	m.overBar = overBar
	return changed
}

// saying is what is told of a place.
func saying(h column.Hot) string {
	s := ""
	if h.Link != nil {
		s = h.Link.Address
		switch {
		case strings.HasPrefix(s, content.NoteAddress):
			s = "Footnote " + strings.TrimPrefix(s, content.NoteAddress)
		case strings.HasPrefix(s, content.BackAddress):
			s = "Back to the text"
		case strings.HasPrefix(s, content.AuthorAddress):
			s = ""
		}
	}
	if h.Title != "" {
		if s != "" {
			return h.Title + " — " + s
		}
		return h.Title
	}
	return s
}
