package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// field is an entry of a form. Tab leads on, also from one of several lines;
// Escape and Enter are the form's, and Ctrl+Enter where Enter makes a line.
type field struct {
	widget.Entry
	panel *panel
	// oneLine leaves Enter to the form though the text wraps.
	oneLine bool
}

func newField(hint string, p *panel) *field {
	f := &field{panel: p}
	f.ExtendBaseWidget(f)
	f.SetPlaceHolder(hint)
	return f
}

// newTextField is a field of several lines.
func newTextField(hint string, rows int, p *panel) *field {
	f := &field{panel: p}
	f.MultiLine, f.Wrapping = true, fyne.TextWrapWord
	f.ExtendBaseWidget(f)
	f.SetPlaceHolder(hint)
	f.SetMinRowsVisible(rows)
	return f
}

// AcceptsTab implements fyne.Tabbable.
func (f *field) AcceptsTab() bool { return false }

// TypedKey implements fyne.Focusable.
func (f *field) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if !f.MultiLine || f.oneLine || f.panel.asks() {
			f.panel.key(e.Name)
			return
		}
	case fyne.KeyEscape:
		f.panel.key(e.Name)
		return
	}
	f.Entry.TypedKey(e)
}

// TypedShortcut implements fyne.Shortcutable.
func (f *field) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && (c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter) && c.Modifier == ctrl {
		f.panel.key(fyne.KeyReturn)
		return
	}
	f.Entry.TypedShortcut(s)
}
