package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// panelList is the list of a panel. Up and Down choose at once; the other keys are
// the panel's.
type panelList struct {
	widget.List
	move func(n int)
	key  func(fyne.KeyName) bool
}

// FocusGained implements fyne.Focusable. Rows show themselves which is chosen; the
// toolkit would mark another.
func (l *panelList) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (l *panelList) FocusLost() {}

// TypedKey implements fyne.Focusable.
func (l *panelList) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		l.move(1)
	case fyne.KeyUp:
		l.move(-1)
	default:
		l.key(e.Name)
	}
}
