package preview

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"longhand/editor/preview/column"
)

// FocusGained implements fyne.Focusable.
func (p *Preview) FocusGained() {
	p.focused, p.mouse.held = true, false
	p.draw()
}

// FocusLost implements fyne.Focusable.
func (p *Preview) FocusLost() {
	p.focused, p.chosen = false, nil
	p.mouse.held = false // whoever has the keyboard now is told when it is let go
	p.draw()
}

// AcceptsTab implements fyne.Tabbable: Tab goes from link to link.
func (p *Preview) AcceptsTab() bool { return true }

// TypedRune implements fyne.Focusable.
func (p *Preview) TypedRune(r rune) {
	if r == ' ' {
		p.page(!p.mouse.shift())
	}
}

// shift is whether the key is held. Fyne tells of it by its own events, but for a key that led
// the keyboard here and is held still.
func (m *mouse) shift() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return m.held || ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

// KeyDown implements desktop.Keyable.
func (p *Preview) KeyDown(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		p.mouse.held = true
	}
}

// KeyUp implements desktop.Keyable.
func (p *Preview) KeyUp(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		p.mouse.held = false
	}
}

// row is how far an arrow key scrolls, in Fyne's pixels at its own size.
const row = 60

// TypedKey implements fyne.Focusable.
func (p *Preview) TypedKey(k *fyne.KeyEvent) {
	p.glide.Stop()
	switch k.Name {
	case fyne.KeyUp:
		p.scrollBy(-p.pixels(row * p.zoom))
	case fyne.KeyDown:
		p.scrollBy(p.pixels(row * p.zoom))
	case fyne.KeyPageUp:
		p.page(false)
	case fyne.KeyPageDown:
		p.page(true)
	case fyne.KeyHome:
		p.scrollTo(func(v *column.View) { v.ScrollTo(-1 << 30) })
	case fyne.KeyEnd:
		p.scrollTo((*column.View).ScrollToEnd)
	case fyne.KeyTab:
		p.choose(!p.mouse.shift())
	case fyne.KeyReturn, fyne.KeyEnter:
		if s, ok := p.chosenStop(); ok {
			p.activate(s.hot)
			return
		}
		p.passOn(k.Name)
	case fyne.KeyLeft, fyne.KeyRight:
		by := p.scale * 40
		if k.Name == fyne.KeyLeft {
			by = -by
		}
		y := p.pixels(p.Size().Height / 2)
		if s, ok := p.chosenStop(); ok {
			y = s.areas[0].Min.Y
		}
		p.ask(func(v *column.View) { v.ScrollSideways(y, by) })
	case fyne.KeyEscape:
		if p.chosen != nil || p.frame.Selected {
			p.chosen = nil
			p.ask((*column.View).Unselect)
			return
		}
		p.passOn(k.Name)
	case fyne.KeySpace: // comes as a rune too
	default:
		p.passOn(k.Name)
	}
}

func (p *Preview) passOn(k fyne.KeyName) {
	if p.onKey == nil {
		return
	}
	mods := fyne.KeyModifier(0)
	if p.mouse.shift() {
		mods = fyne.KeyModifierShift
	}
	p.onKey(k, mods)
}

// page scrolls by nearly a window.
func (p *Preview) page(down bool) { p.scrollBy(p.nearly(down)) }

// nearly is nearly a window in pixels, so that the eye finds its row again.
func (p *Preview) nearly(down bool) int {
	height := p.Size().Height
	by := p.pixels(max(height-2*row*p.zoom, height/2))
	if !down {
		by = -by
	}
	return by
}

// stop is a place that the keyboard can choose: a link with all its rows, a summary, the box
// of a task.
type stop struct {
	hot   column.Hot
	areas []image.Rectangle // one in each row
}

// stops are those of the frame, some of which may be out of sight.
func (p *Preview) stops() []stop {
	var out []stop
	for _, h := range p.frame.Hot {
		if h.Link == nil && h.Fold == nil && h.Task < 0 {
			continue
		}
		n := len(out) - 1
		if n < 0 || h.Link == nil || out[n].hot.Link != h.Link {
			out = append(out, stop{h, []image.Rectangle{h.Area}})
			continue
		}
		areas := out[n].areas // it goes on: in another row, or in other type
		if last := &areas[len(areas)-1]; last.Min.Y == h.Area.Min.Y && last.Max.Y == h.Area.Max.Y {
			*last = last.Union(h.Area)
		} else {
			out[n].areas = append(areas, h.Area)
		}
	}
	return out
}

// inView reports whether a stop is to be seen.
func (p *Preview) inView(s stop) bool {
	return slices.ContainsFunc(s.areas, func(a image.Rectangle) bool { return a.Max.Y > 0 && a.Min.Y < p.frame.Height })
}

// sameHot reports whether what answers a click is the same as in an earlier frame.
func sameHot(a, b column.Hot) bool {
	address := func(h column.Hot) string {
		if h.Link == nil {
			return ""
		}
		return h.Link.Address
	}
	fold := func(h column.Hot) string {
		if h.Fold == nil {
			return ""
		}
		return h.Fold.Key
	}
	return a.From == b.From && a.Task == b.Task && address(a) == address(b) && fold(a) == fold(b)
}

// whereChosen returns which of the stops is chosen, -1 for none.
func (p *Preview) whereChosen(stops []stop) int {
	if p.chosen == nil {
		return -1
	}
	// A link of what has not been built anew: wherever that is now.
	if n := slices.IndexFunc(stops, func(s stop) bool { return s.hot.Link != nil && s.hot.Link == p.chosen.Link }); n >= 0 {
		return n
	}
	return slices.IndexFunc(stops, func(s stop) bool { return sameHot(s.hot, *p.chosen) })
}

// chosenStop returns what is chosen, if it is to be seen.
func (p *Preview) chosenStop() (stop, bool) {
	if p.chosen == nil {
		return stop{}, false
	}
	stops := p.stops()
	n := p.whereChosen(stops)
	if n < 0 || !p.inView(stops[n]) {
		return stop{}, false
	}
	return stops[n], true
}

// choose goes to the next stop or the one before. If none is to be seen it scrolls on.
func (p *Preview) choose(next bool) {
	if p.seeking || p.asleep {
		return
	}
	if p.pick(next) {
		p.draw()
		return
	}
	p.seeking = true
	w, by, tell := p.worker, p.nearly(next), p.telling()
	p.ask(func(v *column.View) {
		moved := false
		defer func() { w.call(func() { p.sought(next, moved) }) }()
		was := v.Position()
		v.ScrollBy(by)
		moved = v.Position() != was
		tell(v)
	})
}

// pick chooses the next stop that is to be seen, or the one before, if there is one: of all
// in view when the one chosen has left it.
func (p *Preview) pick(next bool) bool {
	stops := p.stops()
	if !next {
		slices.Reverse(stops)
	}
	if n := p.whereChosen(stops); n >= 0 && p.inView(stops[n]) {
		stops = stops[n+1:]
	}
	n := slices.IndexFunc(stops, p.inView)
	if n >= 0 {
		p.chosen = &stops[n].hot
	}
	return n >= 0
}

// sought goes on when the page has been scrolled to find a stop. At its end the keyboard goes
// to what is next in the window.
func (p *Preview) sought(next, moved bool) {
	p.seeking = false
	if !p.focused {
		return
	}
	if p.pick(next) {
		p.draw()
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(p)
	if moved || c == nil {
		return
	}
	p.chosen = nil
	if next {
		c.FocusNext()
	} else {
		c.FocusPrevious()
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (p *Preview) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutCopy:
		p.Copy(false)
	case *fyne.ShortcutSelectAll:
		p.SelectAll()
	default:
		if p.onShortcut != nil {
			p.onShortcut(s)
		}
	}
}

// SelectAll selects the whole page.
func (p *Preview) SelectAll() { p.ask((*column.View).SelectAll) }

// Copy puts what is selected on the clipboard: as it is read, or as Markdown.
func (p *Preview) Copy(source bool) {
	w := p.worker
	p.ask(func(v *column.View) {
		if s := v.Selected(source); s != "" {
			w.call(func() { p.opt.Clipboard.SetContent(s) })
		}
	})
}

// HasSelection reports whether something is selected.
func (p *Preview) HasSelection() bool { return p.frame.Selected }
