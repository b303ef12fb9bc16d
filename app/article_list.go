package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// articleList is the list of articles with the keys that move in it. Only rows on
// the screen exist.
type articleList struct {
	widget.List
	keys    func(fyne.KeyName, fyne.KeyModifier)
	letter  func(rune) // typed while the list has the keyboard
	focused bool
	shift   bool // held down
	// deleting is set while Delete is held down: one press deletes one article.
	deleting bool
}

var _ desktop.Keyable = (*articleList)(nil)

func newArticleList(length func() int, create func() fyne.CanvasObject, update func(widget.ListItemID, fyne.CanvasObject)) *articleList {
	l := &articleList{}
	l.Length, l.CreateItem, l.UpdateItem, l.HideSeparators = length, create, update, true
	l.ExtendBaseWidget(l)
	return l
}

// FocusGained implements fyne.Focusable. The rows show what the keys work on.
func (l *articleList) FocusGained() {
	l.focused = true
	l.Refresh()
}

// FocusLost implements fyne.Focusable.
func (l *articleList) FocusLost() {
	l.focused, l.shift, l.deleting = false, false, false
	l.Refresh()
}

// TypedKey implements fyne.Focusable.
func (l *articleList) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyDelete {
		if l.deleting {
			return
		}
		l.deleting = true
	}
	mods := plain
	if l.shift {
		mods = fyne.KeyModifierShift
	}
	l.keys(e.Name, mods)
}

// TypedRune implements fyne.Focusable.
func (l *articleList) TypedRune(r rune) { l.letter(r) }

// KeyDown implements desktop.Keyable.
func (l *articleList) KeyDown(e *fyne.KeyEvent) { l.hold(e.Name, true) }

// KeyUp implements desktop.Keyable.
func (l *articleList) KeyUp(e *fyne.KeyEvent) { l.hold(e.Name, false) }

func (l *articleList) hold(k fyne.KeyName, down bool) {
	if k == desktop.KeyShiftLeft || k == desktop.KeyShiftRight {
		l.shift = down
	}
	if k == fyne.KeyDelete {
		l.deleting = false
	}
}

// page is how many rows are seen whole, at least one.
func (s *sidebar) page() int { return max(int(s.list.Size().Height/rowHeight), 1) }

// key takes a key while the list has the keyboard.
func (s *sidebar) key(k fyne.KeyName, mods fyne.KeyModifier) {
	switch k {
	case fyne.KeyDown:
		s.move(1)
	case fyne.KeyUp:
		s.move(-1)
	case fyne.KeyPageDown:
		s.move(s.page())
	case fyne.KeyPageUp:
		s.move(-s.page())
	case fyne.KeyHome:
		s.move(-s.entries.len())
	case fyne.KeyEnd:
		s.move(s.entries.len())
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		s.box.enter()
	case fyne.KeyDelete:
		if i := s.index(); i >= 0 {
			s.remove(s.entries.at(i).Path)
		}
	case desktop.KeyMenu:
		s.keyMenu()
	case fyne.KeyF10:
		if mods == fyne.KeyModifierShift {
			s.keyMenu()
		}
	default:
		if s.box.function != nil {
			s.box.function(k, mods)
		}
	}
}

// keyMenu opens the menu of the open article, on its row.
func (s *sidebar) keyMenu() {
	i := s.index()
	if i < 0 {
		return
	}
	s.list.ScrollTo(i)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.list)
	s.rowMenu(i, at.AddXY(rowMargin, float32(i)*rowHeight-s.list.GetScrollOffset()+secondLine))
}

func (s *sidebar) rowMenu(i int, where fyne.Position) {
	if i < s.entries.len() {
		s.menu(s.entries.at(i).Path, where)
	}
}

func (s *sidebar) newRow() *row {
	r := newRow(s.letters, s.colours)
	r.tapped = func(i int) {
		if i < s.entries.len() {
			s.open(s.entries.at(i).Path)
		}
	}
	r.menu = s.rowMenu
	return r
}
