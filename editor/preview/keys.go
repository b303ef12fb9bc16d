package preview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"longhand/editor/preview/column"
)

// FocusGained implements fyne.Focusable.
func (p *Preview) FocusGained() {
	p.focused = true
	p.draw()
}

// FocusLost implements fyne.Focusable.
func (p *Preview) FocusLost() {
	p.focused, p.chosen = false, -1
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

// shift is whether the key is held; Fyne tells of it by its own events.
func (m *mouse) shift() bool { return m.held }

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
		p.scroll(func(v *column.View) { v.ScrollTo(-1 << 30) })
	case fyne.KeyEnd:
		p.scroll(func(v *column.View) { v.ScrollToEnd() })
	case fyne.KeyTab:
		p.choose(!p.mouse.shift())
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.chosen >= 0 {
			p.activate(p.frame.Hot[p.chosen])
			return
		}
		p.passOn(k.Name)
	case fyne.KeyLeft, fyne.KeyRight:
		by := p.scale * 40
		if k.Name == fyne.KeyLeft {
			by = -by
		}
		y := p.pixels(p.Size().Height / 2)
		if p.chosen >= 0 {
			y = p.frame.Hot[p.chosen].Area.Min.Y
		}
		p.ask(func(v *column.View) { v.ScrollSideways(y, by) })
	case fyne.KeyEscape:
		if p.chosen >= 0 || p.frame.Selected {
			p.chosen = -1
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

// page scrolls by nearly a window, so that the eye finds its row again.
func (p *Preview) page(down bool) {
	by := p.pixels(p.Size().Height - 2*row*p.zoom)
	if !down {
		by = -by
	}
	p.scrollBy(by)
}

// choose goes to the next link that is to be seen, or the one before.
func (p *Preview) choose(next bool) {
	n := len(p.frame.Hot)
	if n == 0 {
		return
	}
	for range n {
		switch {
		case next:
			p.chosen++
		case p.chosen < 0:
			p.chosen = n - 1
		default:
			p.chosen--
		}
		if p.chosen >= n || p.chosen < 0 {
			p.chosen = -1
			break
		}
		if h := p.frame.Hot[p.chosen]; (h.Link != nil || h.Fold != nil || h.Task >= 0) && h.Area.Max.Y > 0 && h.Area.Min.Y < p.frame.Height {
			break
		}
	}
	p.draw()
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
